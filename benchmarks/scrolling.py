"""Moving through what is long: a note of 50,000 lines, and the list of 10,000 documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, percentile, spread
from benchmarks.floors import key_floor
from benchmarks.libraries import LONG_FIRST_LINE, LONG_TITLE, RARE_WORD
from benchmarks.ptybench import Press, TerminalSession
from benchmarks.starts import FIRST_FRAME
from briefings.library.folders import bundled_folder

LINES = 50_000
DOCUMENTS = 10_000
HELD_PER_SECOND = 30.0

LINE = Figure("line-50k", "line scroll, 50,000 lines, p95", "ms", "rest", 16, 10)
PAGE = Figure("page-50k", "page scroll, 50,000 lines, p95", "ms", "rest", 33, 20)
LINE_BYTES = Figure("line-bytes", "bytes written for a line, median", "kB", "measured", 12, 6)
HELD = Figure("held", "held key at 30 Hz: lag after the last", "ms", "measured", 50, 16)
FRAMES = Figure("held-frames", "held key at 30 Hz: frames a second", "Hz")
FIND = Figure("find", "find in 50,000 lines: typed letter, p95", "ms", "rest", 33, 16)
FIND_NEXT = Figure("find-next", "find in 50,000 lines: next hit, p95", "ms", "rest", 33, 16)
LIST = Figure("list", "cursor in a list of 10,000, p95", "ms", "rest", 8, 3)
LIST_OPEN = Figure("list-open", "open the list of 10,000, p95", "ms", "rest", 100, 33)

FIGURES = (LINE, PAGE, LINE_BYTES, HELD, FRAMES, FIND, FIND_NEXT, LIST, LIST_OPEN)


def measure(bench: Bench) -> Iterator[Result]:
    """One session in the long note, one in the long list."""
    yield from _in_long_note(bench)
    yield from _in_long_list(bench)


def open_long_note(session: TerminalSession) -> None:
    """Go from the first frame to the list, and to the note's row in it, below the bundled briefings."""
    session.wait_for(FIRST_FRAME)
    session.settle()
    session.press_until("l", LONG_TITLE)
    session.press(*"j" * len(list(Path(bundled_folder(), "briefings").iterdir())))


def _in_long_note(bench: Bench) -> Iterator[Result]:
    home = bench.libraries.with_long_note(LINES).home
    say(f"a note of {LINES:,} lines: {bench.presses} presses each")
    with programs.app(home) as session:
        open_long_note(session)
        session.press_until("enter", LONG_FIRST_LINE)
        session.settle()
        lines = session.press(*"j" * bench.presses)
        pages = session.press(*["pagedown"] * bench.presses)
        held = session.hold("j", 2 * int(HELD_PER_SECOND), HELD_PER_SECOND)
        typed = [press for _ in range(bench.rounds) for press in _search(session, "escape")]
        _search(session, "enter")
        hits = session.press(*"n" * bench.presses)
    yield over_floor(bench, home, LINE, lines)
    yield over_floor(bench, home, PAGE, pages)
    yield LINE_BYTES.of(median(press.size for press in lines) / 1000)
    yield HELD.of(held.lag)
    yield FRAMES.of(held.frames / 2)
    yield over_floor(bench, home, FIND, typed)
    yield over_floor(bench, home, FIND_NEXT, hits)


def _in_long_list(bench: Bench) -> Iterator[Result]:
    home = bench.libraries.of_documents(DOCUMENTS).home
    say(f"a list of {DOCUMENTS:,} documents: {bench.presses} presses")
    with programs.app(home) as session:
        session.wait_for(FIRST_FRAME)
        session.settle(2.0)
        opened = [press for _ in range(bench.rounds) for press in _look_at_list(session)]
        session.press("l")
        moved = session.press(*"j" * bench.presses)
    yield over_floor(bench, home, LIST, moved)
    yield over_floor(bench, home, LIST_OPEN, opened)


def _search(session: TerminalSession, end: str) -> list[Press]:
    """Type a rare word into the field of find, and leave it by a key; the letters' presses."""
    session.press("/")
    typed = session.press(*RARE_WORD)
    session.press(end)
    return typed


def _look_at_list(session: TerminalSession) -> list[Press]:
    """Open the list and close it again; the first key's press."""
    opened = session.press("l")
    session.press("escape")
    return opened


def over_floor(bench: Bench, home: Path, figure: Figure, presses: Sequence[Press]) -> Result:
    """The slowest presses beside those of a program that only writes as much."""
    if not presses:
        return figure.skipped("no key changed the screen")
    floor = key_floor(bench, home, int(median(press.size for press in presses)))
    times = [press.wall for press in presses]
    return figure.of(percentile(times), floor, **spread(times))


GROUP = Group(FIGURES, measure)
