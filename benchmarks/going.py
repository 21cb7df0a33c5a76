"""Going anywhere in a library of 10,000 documents: hints, the go bar, and names in texts as links."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result
from benchmarks.ptybench import Press, TerminalSession
from benchmarks.scrolling import DOCUMENTS, over_floor
from benchmarks.starts import FIRST_FRAME

HINTS = Figure("hints", "hints, 10,000 documents, p95", "ms", "rest", 33, 16)
BAR = Figure("go-bar", "go bar, 10,000 documents: a letter, p95", "ms", "rest", 33, 16)
BAR_OPEN = Figure("go-bar-open", "go bar opened, p95", "ms", "rest", 33, 16)
NAMES = Figure("names", "names as links, 10,000 documents: a page on, p95", "ms", "rest", 33, 16)

FIGURES = (HINTS, BAR, BAR_OPEN, NAMES)

GATHERED = 3.0
"""Seconds without a change after which the names of all documents are links."""

PAGES = {"0": 2, "1": 5, "2": 3, "3": 2, "4": 1, "5": 2}
"""Screens of text that follow the first in each tab of the bundled briefing."""

TYPED = ("huawei", "hwi", "decree", "d123", "gap", "zxgj", "ledger", "note 7")
"""Names, letters apart, mnemonics, sounds, and what thousands of documents have."""


def measure(bench: Bench) -> Iterator[Result]:
    """One session, on a page and on the list of all documents."""
    home = bench.libraries.of_documents(DOCUMENTS).home
    say(f"hints over {DOCUMENTS:,} documents: {bench.presses} presses")
    with programs.app(home) as session:
        session.wait_for(FIRST_FRAME)
        session.settle(2.0)
        hints = _show_hints(session, bench.presses // 2)
        session.press("l")
        hints += _show_hints(session, bench.presses // 2)
        opened, typed = _type_names(session, bench.presses)
        turned = _read_names(session, bench.presses)
    yield over_floor(bench, home, HINTS, hints)
    yield over_floor(bench, home, BAR, typed)
    yield over_floor(bench, home, BAR_OPEN, opened)
    yield over_floor(bench, home, NAMES, turned)


def _show_hints(session: TerminalSession, times: int) -> list[Press]:
    """Show hints and take them away; the presses that showed them."""
    shown = []
    for _ in range(times):
        shown += session.press("f")
        session.press("escape")
    return shown


def _type_names(session: TerminalSession, least: int) -> tuple[list[Press], list[Press]]:
    """Type names into the bar and leave it; the presses that opened it, and those of letters."""
    opened: list[Press] = []
    typed: list[Press] = []
    while len(typed) < least:
        for name in TYPED:
            opened += session.press(":")
            typed += session.press(*name)
            session.press("escape")
    return opened, typed


def _read_names(session: TerminalSession, least: int) -> list[Press]:
    """Go from the list to the bundled briefing and through it by pages while names in texts are links, each
    time looked for anew; the presses that turned a page."""
    session.press("g", "j", "enter")
    turned: list[Press] = []
    while len(turned) < least:
        session.press("E")
        session.settle(GATHERED)
        for tab, pages in PAGES.items():
            session.press(tab, "g")
            turned += session.press(*["space"] * pages)
        session.press("E")
    return turned


GROUP = Group(FIGURES, measure)
