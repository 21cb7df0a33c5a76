"""Switching the day: the whole snapshot and the bundled claims as they were known then, painted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result
from benchmarks.ptybench import Press, TerminalSession
from benchmarks.scrolling import over_floor
from benchmarks.starts import FIRST_FRAME

SWITCH = Figure("as-of", "as-of switch, bundled library, screen painted, p95", "ms", "rest", 100, 33)
BACK = Figure("as-of-back", "back across an as-of switch, p95", "ms", "rest", 33, 16)

FIGURES = (SWITCH, BACK)

FIRST = date(2026, 4, 20)
PAGES = ("0", "2", "c")
"""The overview, a topic with its figures, and the ledger."""


def measure(bench: Bench) -> Iterator[Result]:
    """One session: each day is one that was not asked for before, so that nothing of it is kept."""
    home = bench.libraries.bundled().home
    times = max(12, bench.presses // 4)
    say(f"as-of switches: {times}")
    with programs.app(home) as session:
        session.wait_for(FIRST_FRAME)
        session.settle(2.0)
        switched, back = _switch(session, times)
    yield over_floor(bench, home, SWITCH, switched)
    yield over_floor(bench, home, BACK, back)


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
