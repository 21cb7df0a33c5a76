"""Run in a process of its own: fill the store of the home in the environment, and time it, as JSON.

All series but the long one are indicators of the user's as well, in one topic, and what reading looks up of
them is worked out. The arguments are the number of series, of values in each, of values in one long series,
and of rounds.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path

from briefings.desk import Library, open_desk
from cache.paths import places
from cache.rows import Batch, ProvenanceRow, Row
from cache.vintages import Vintages

FIRST_DAY = date(1990, 1, 1).toordinal()
MOMENT = 1_790_000_000_000_000
AT_ONCE = 200
"""Series kept in one transaction, to be done sooner."""

DAYS_MOST = 2_900_000
"""From the first day to the last that a date can be."""

_ENTRY = """\
- id: bench.s{0}
  title: Series {0}
  unit: index
  frequency: M
  topics: [risks]
  page: https://example.org/{0}
"""

ORIGIN = ProvenanceRow("benchmark", "made")


def main() -> None:
    """Fill, measure, print."""
    series, values, long, rounds = map(int, sys.argv[1:])
    folder = places(os.environ).store
    with closing(Vintages.open(folder)) as store:
        _fill(store, series, values)
        store.append(_batch("bench.long", long), MOMENT)
        names = [f"bench.s{number * series // rounds}" for number in range(rounds)]
        times = {
            "keep": [_timed(store.append, _next(name, values), MOMENT) for name in names],
            "new": [_timed(store.append, _batch(f"{name}-new", values), MOMENT) for name in names],
            "read": [_timed(store.read_packed, name) for name in names],
            "long": [_timed(store.read_packed, "bench.long") for _ in range(max(3, rounds // 20))],
        }
    _catalogue(places(os.environ).library / "indicators", series)
    times["prepare"] = [_timed(_prepare)]
    json.dump({**times, "size": _megabytes(folder)}, sys.stdout)


def _fill(store: Vintages, series: int, values: int) -> None:
    batches = (_batch(f"bench.s{number}", values) for number in range(series))
    while part := tuple(islice(batches, AT_ONCE)):
        store.append_all(part, MOMENT)


def _catalogue(folder: Path, series: int) -> None:
    folder.mkdir(parents=True)
    for first in range(0, series, AT_ONCE):
        entries = map(_ENTRY.format, range(first, min(first + AT_ONCE, series)))
        (folder / f"from-{first}.yaml").write_text("".join(entries), encoding="utf-8")


def _prepare() -> None:
    desk = open_desk(Library(places(os.environ)))
    desk.upkeep.prepare_figures()
    desk.close()


def _batch(name: str, values: int) -> Batch:
    step = min(30, DAYS_MOST // values)
    rows = [Row(FIRST_DAY + step * number, number / 7, MOMENT) for number in range(values)]
    return Batch(name, rows, ORIGIN)


def _next(name: str, values: int) -> Batch:
    return Batch(name, [Row(FIRST_DAY + 30 * values, 1.5, MOMENT)], ORIGIN)


def _timed(do: Callable[..., object], *arguments: object) -> float:
    begun = time.perf_counter()
    do(*arguments)
    return 1000 * (time.perf_counter() - begun)


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


if __name__ == "__main__":
    main()
