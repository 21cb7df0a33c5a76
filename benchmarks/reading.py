"""Reading the bundled briefing: tabs, links, memory after them, and doing nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, percentile, spread
from benchmarks.floors import key_floor
from benchmarks.ptybench import TerminalSession
from benchmarks.starts import FIRST_FRAME

FIRST_VISIT = Figure("tab-first", "next tab, first visit, p95", "ms", "rest", 100, 33)
VISITED = Figure("tab-visited", "next tab, visited, p95", "ms", "rest", 33, 16)
FOLLOW = Figure("follow", "follow a link, p95", "ms", "rest", 100, 33)
BACK = Figure("back", "back, p95", "ms", "rest", 33, 16)
INDICATOR = Figure("indicator", "open an indicator and its chart, p95", "ms", "rest", 50, 33)
CHART_BACK = Figure("chart-back", "back from a chart, p95", "ms", "rest", 33, 16)
LINE = Figure("line", "line scroll, bundled briefing, p95", "ms", "rest", 16, 10)
MEMORY = Figure("rss-tabs", "memory after all tabs", "MB", "measured", 80, 50)
IDLE = Figure("idle", "idle: CPU over 10 s", "%", "measured", 1, 0.2)
IDLE_BYTES = Figure("idle-bytes", "idle: bytes written over 10 s", "B", "measured", 0, 0)

FIGURES = (FIRST_VISIT, VISITED, FOLLOW, BACK, INDICATOR, CHART_BACK, LINE, MEMORY, IDLE, IDLE_BYTES)

SAMPLED = (
    (FIRST_VISIT, "first"), (VISITED, "visited"), (FOLLOW, "follow"), (BACK, "back"),
    (INDICATOR, "indicator"), (CHART_BACK, "chart-back"), (LINE, "line"),
)  # fmt: skip
"""Figures, each with the name of its samples."""

TABS = ("1", "2", "3", "4", "5", "0")
IDLE_SECONDS = 10.0

Samples = defaultdict[str, list[float]]


def measure(bench: Bench) -> Iterator[Result]:
    """First visits need new processes; all else is one reader's session."""
    home = bench.libraries.bundled().home
    floor = key_floor(bench, home)
    samples = Samples(list)
    say(f"tabs: {bench.rounds} rounds")
    for _ in range(bench.rounds):
        _visit_first(home, samples)
    say(f"tabs, links, lines: {bench.presses} presses each")
    with programs.app(home) as session:
        session.wait_for(FIRST_FRAME)
        session.settle()
        _read(session, bench.presses, samples)
        still = session.idle(IDLE_SECONDS)
    for figure, name in SAMPLED:
        yield figure.of(percentile(samples[name]), floor, **spread(samples[name]))
    yield MEMORY.of(median(samples["memory"]), **spread(samples["memory"]))
    yield IDLE.of(still.cpu_percent)
    yield IDLE_BYTES.of(still.size)


def _visit_first(home: Path, samples: Samples) -> None:
    with programs.app(home) as session:
        session.wait_for(FIRST_FRAME)
        session.settle()
        samples["first"] += [press.wall for press in session.press(*TABS[:5])]
        samples["memory"].append(session.rss())


def _read(session: TerminalSession, presses: int, samples: Samples) -> None:
    session.press(*TABS)
    samples["visited"] += [press.wall for press in session.press(*TABS * -(-presses // len(TABS)))]
    session.press("3")
    for _ in range(presses // 20):
        samples["line"] += [press.wall for press in session.press(*"j" * 10, *"k" * 10)]
    session.press("0")
    while len(samples["follow"]) < presses:
        _follow_and_return(session, samples)
    while len(samples["indicator"]) < presses:
        _look_at_chart_and_return(session, samples)


def _follow_and_return(session: TerminalSession, samples: Samples) -> None:
    """From link to link; those that lead to no page of their own (figures, addresses) are not counted."""
    session.press("tab")
    here = session.first_row()
    there = session.press("enter")
    if session.first_row() != here:
        samples["follow"] += [press.wall for press in there]
        samples["back"] += [press.wall for press in session.press("backspace")]


def _look_at_chart_and_return(session: TerminalSession, samples: Samples) -> None:
    session.send(*":GAP")
    session.settle()
    samples["indicator"] += [press.wall for press in session.press("enter")]
    samples["chart-back"] += [press.wall for press in session.press("backspace")]


GROUP = Group(FIGURES, measure)
