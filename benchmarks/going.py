"""Going anywhere in a library of 10,000 documents: hints."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result
from benchmarks.ptybench import Press, TerminalSession
from benchmarks.scrolling import DOCUMENTS, over_floor
from benchmarks.starts import FIRST_FRAME

HINTS = Figure("hints", "hints, 10,000 documents, p95", "ms", "rest", 33, 16)

FIGURES = (HINTS,)


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
    yield over_floor(bench, home, HINTS, hints)


def _show_hints(session: TerminalSession, times: int) -> list[Press]:
    """Show hints and take them away; the presses that showed them."""
    shown = []
    for _ in range(times):
        shown += session.press("f")
        session.press("escape")
    return shown


GROUP = Group(FIGURES, measure)
