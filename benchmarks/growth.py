"""What grows with the library and with a document: the index, and opening."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, spread
from benchmarks.libraries import LONG_FIRST_LINE, RARE_WORD
from benchmarks.scrolling import open_long_note

BUILD_1K = Figure("index-1000", "index of 1,000 documents, built", "s")
BUILD_10K = Figure("index-10000", "index of 10,000 documents, built", "s", "measured", 30, 10)
UPDATE_1K = Figure("update-1000", "update after one change, of 1,000", "ms")
UPDATE_10K = Figure("update-10000", "update after one change, of 10,000", "ms", "measured", 100, 30)
OPEN = Figure("open", "open 50,000 lines over 1,000, CPU", "ms", "ratio", 1.25, 1.1)
MEMORY = Figure("rss-open", "memory: 50,000 lines over 1,000", "MB", "rest", 40, 25)
MEMORY_FOUND = Figure("rss-found", "the same after find in all of it", "MB", "rest", 40, 25)

INDEX_FIGURES = (BUILD_1K, BUILD_10K, UPDATE_1K, UPDATE_10K)
OPEN_FIGURES = (OPEN, MEMORY, MEMORY_FOUND)


def measure_index(bench: Bench) -> Iterator[Result]:
    """Build once, since that is what making the library does; update once a round."""
    for count, build, update in ((1_000, BUILD_1K, UPDATE_1K), (10_000, BUILD_10K, UPDATE_10K)):
        say(f"index of {count:,} documents")
        built = bench.libraries.of_documents(count)
        times = json.loads(programs.run_indexing(built.home, "update", str(bench.rounds)))
        yield build.of(built.wall, cpu=built.cpu, memory=built.rss)
        yield update.of(median(times), **spread(times))


def measure_open(bench: Bench) -> Iterator[Result]:
    """Open a short and a long note from the list, in turn."""
    say(f"opening notes: {bench.rounds} rounds")
    pairs = [(_open(bench, 50_000), _open(bench, 1_000)) for _ in range(bench.rounds)]
    middles = zip(_middles([long for long, _ in pairs]), _middles([short for _, short in pairs]), strict=True)
    for figure, (measured, floor) in zip(OPEN_FIGURES, middles, strict=True):
        yield figure.of(measured, floor)


def _middles(rounds: Sequence[Sequence[float]]) -> list[float]:
    return [median(values) for values in zip(*rounds, strict=True)]


def _open(bench: Bench, lines: int) -> tuple[float, float, float]:
    """CPU milliseconds to open a note, memory then, memory after finding a word in it."""
    with programs.app(bench.libraries.with_long_note(lines).home) as session:
        open_long_note(session)
        opened = session.press_until("enter", LONG_FIRST_LINE)
        session.settle()
        before = session.rss()
        session.press("/")
        session.press(*RARE_WORD, "enter")
        return opened.cpu, before, session.rss()


INDEX = Group(INDEX_FIGURES, measure_index)
OPENING = Group(OPEN_FIGURES, measure_open)
