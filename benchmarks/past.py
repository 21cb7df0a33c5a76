"""Switching the day: the whole snapshot and the bundled claims as they were known then, painted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result
from benchmarks.ptybench import Press, TerminalSession
from benchmarks.scrolling import over_floor
from benchmarks.starts import FIRST_FRAME

SWITCH = Figure("as-of", "as-of switch, bundled library, screen painted, p95", "ms", "rest", 100, 33)
BACK = Figure("as-of-back", "back across an as-of switch, p95", "ms", "rest", 33, 16)
LARGE = Figure("as-of-10k", "as-of switch among 10,000 documents, p95", "ms", "rest", 100, 33)

FIGURES = (SWITCH, BACK, LARGE)

FIRST = date(2026, 4, 20)
PAGES = ("0", "2", "c")
"""The overview, a topic with its figures, and the ledger."""


def measure(bench: Bench) -> Iterator[Result]:
    """One session a library: each day is one that was not asked for before, so that nothing of it is kept."""
    times = max(12, bench.presses // 4)
    say(f"as-of switches: {times}, twice")
    bundled = bench.libraries.bundled().home
    switched, back = _session(bundled, times)
    yield over_floor(bench, bundled, SWITCH, switched)
    yield over_floor(bench, bundled, BACK, back)
    large = bench.libraries.of_documents(10_000).home
    yield over_floor(bench, large, LARGE, _session(large, times)[0])


def _session(home: Path, times: int) -> tuple[list[Press], list[Press]]:
    """The presses that switched and those that went back, in a home."""
    with programs.app(home) as session:
        session.wait_for(FIRST_FRAME)
        session.settle(2.0)
        return _switch(session, times)


def _switch(session: TerminalSession, times: int) -> tuple[list[Press], list[Press]]:
    """Switch to a new day on each page in turn, and go back; the presses that did."""
    switched: list[Press] = []
    back: list[Press] = []
    for number in range(times):
        session.press(PAGES[number % len(PAGES)], "@", *f"{FIRST - timedelta(number)}")
        switched += session.press("enter")
        back += session.press("H")
    return switched, back


GROUP = Group(FIGURES, measure)
