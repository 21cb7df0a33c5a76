"""`python -m benchmarks`: measure, and print one table."""

from __future__ import annotations

import argparse
import json
import platform
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from benchmarks import (
    charts,
    going,
    growth,
    headless,
    judging,
    noted,
    past,
    programs,
    reading,
    refreshing,
    scrolling,
    searching,
    starts,
    storing,
)
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Result, table
from benchmarks.libraries import Libraries

GROUPS = (
    starts.GROUP,
    headless.GROUP,
    reading.GROUP,
    scrolling.GROUP,
    going.GROUP,
    past.GROUP,
    growth.OPENING,
    growth.INDEX,
    searching.GROUP,
    noted.GROUP,
    judging.GROUP,
    refreshing.GROUP,
    storing.GROUP,
    charts.GROUP,
)


def main() -> int:
    """Measure what is asked for; status 1 when a budget is missed."""
    options = _options()
    groups = [group for group in GROUPS if _wanted(group, options.only)]
    if not groups:
        say(f"no figure is called {', '.join(options.only)}; there are {', '.join(_names())}")
        return 2
    signal.signal(signal.SIGTERM, _end)
    programs.compile_packages()
    with Libraries() as libraries:
        results = list(_measured(Bench(libraries, options.rounds, options.presses), groups, options.only))
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    print(table(results))
    if options.json:
        text = json.dumps([result.plain() for result in results], ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return int(any(result.verdict == "MISSED" for result in results))


def _end(number: int, _: FrameType | None) -> None:
    """Leave by the ordinary way, so that programs are ended and folders removed."""
    sys.exit(128 + number)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure how fast briefing is.")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="figures of this name")
    parser.add_argument("--rounds", type=int, default=7, help="processes started for a median (7)")
    parser.add_argument("--presses", type=int, default=100, help="keys pressed for a percentile (100)")
    parser.add_argument("--quick", action="store_true", help="3 rounds, 20 presses: a first look")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.presses = 3, 20
    return options


def _measured(bench: Bench, groups: list[Group], only: list[str]) -> Iterator[Result]:
    for group in groups:
        for result in group.measure(bench):
            if not only or any(result.figure.name.startswith(name) for name in only):
                yield result


def _wanted(group: Group, only: list[str]) -> bool:
    return not only or any(figure.name.startswith(name) for figure in group.figures for name in only)


def _names() -> list[str]:
    return [figure.name for group in GROUPS for figure in group.figures]


if __name__ == "__main__":
    sys.exit(main())
