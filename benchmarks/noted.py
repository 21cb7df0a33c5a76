"""A vault of plain notes: its first index, the start on it, searching it, and going in it by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result
from benchmarks.ptybench import Press, TerminalSession
from benchmarks.scrolling import over_floor
from benchmarks.starts import FIRST_FRAME
from benchmarks.vaults import NOTES

BUILD = Figure("vault-index", f"vault of {NOTES:,} notes: first index", "s", "measured", 15, 5)
START = Figure("vault-start", "vault: start over that without it, CPU", "ms", "ratio", 1.25, 1.05)
SEARCH = Figure("vault-search", "vault: key to results, p95", "ms", "rest", 33, 16)
BAR = Figure("vault-bar", "vault: go bar, a letter, p95", "ms", "rest", 33, 16)

FIGURES = (BUILD, START, SEARCH, BAR)

_TYPED = ("wang wei", "王伟", "decree", "制裁", "index", "zettel 77")


def measure(bench: Bench) -> Iterator[Result]:
    """Build once; start in turn with a home without notes; type in one session."""
    say(f"a vault of {NOTES:,} notes")
    vault, bundled = bench.libraries.of_a_vault(), bench.libraries.bundled()
    yield BUILD.of(vault.wall, cpu=vault.cpu, memory=vault.rss)
    starts = [(_start(vault.home), _start(bundled.home)) for _ in range(bench.rounds)]
    yield START.of(*map(median, zip(*starts, strict=True)))
    with programs.app(vault.home) as session:
        session.wait_for(FIRST_FRAME)
        session.settle(2.0)
        found = _type(session, "s", bench.presses)
        gone = _type(session, ":", bench.presses)
    yield over_floor(bench, vault.home, SEARCH, found)
    yield over_floor(bench, vault.home, BAR, gone)


def _start(home: Path) -> float:
    with programs.app(home) as session:
        return session.wait_for(FIRST_FRAME).cpu


def _type(session: TerminalSession, key: str, least: int) -> list[Press]:
    """Names typed after a key, a letter at a time; left again by escape."""
    typed: list[Press] = []
    while len(typed) < least:
        for words in _TYPED:
            session.press(key)
            typed += session.press(*words.replace(" ", "") if key == ":" else words.partition(" ")[0])
            session.press("escape", "0")
    return typed


GROUP = Group(FIGURES, measure)
