"""The store of figures when it is full: keeping and reading a series, and starting beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, spread
from benchmarks.starts import FIRST_FRAME

SERIES = 10_000
VALUES = 400
LONG = 1_000_000

KEEP = Figure("store-keep", "keep one more value, of 10,000 series", "ms")
KEEP_NEW = Figure("store-new", "keep a new series of 400, of 10,000", "ms")
READ = Figure("store-read", "read a series of 400, of 10,000", "ms", "measured", 0.2, 0.05)
READ_LONG = Figure("store-long", "read a series of 1,000,000", "ms", "measured", 200, 5)
SIZE = Figure("store-size", "store of 10,000 series of 400", "MB")
PREPARE = Figure("store-prepare", "lists of 10,000 indicators worked out", "s")
START = Figure("store-start", "start: 10,000 indicators kept, CPU over none", "ms", "ratio", 1.25, 1.05)
MEMORY = Figure("store-rss", "memory: 10,000 indicators kept over none", "MB", "ratio", 1.25, 1.05)

FIGURES = (KEEP, KEEP_NEW, READ, READ_LONG, SIZE, PREPARE, START, MEMORY)


def measure(bench: Bench) -> Iterator[Result]:
    """Fill the store of a home once, read it, then start the app there and in an empty one."""
    say(f"a store of {SERIES:,} series of {VALUES}")
    full = bench.libraries.fresh("full-store").home
    arguments = (str(SERIES), str(VALUES), str(LONG), str(20 * bench.rounds))
    found = json.loads(programs.run_filling(full, *arguments))
    for figure, name in ((KEEP, "keep"), (KEEP_NEW, "new"), (READ, "read"), (READ_LONG, "long")):
        yield figure.of(median(found[name]), **spread(found[name]))
    yield SIZE.of(found["size"])
    yield PREPARE.of(found["prepare"][0] / 1000)
    empty = bench.libraries.bundled().home
    say(f"starts beside a full store: {bench.rounds} rounds")
    starts = [(_started(full), _started(empty)) for _ in range(bench.rounds)]
    for number, figure in enumerate((START, MEMORY)):
        measured, floor = zip(*((ours[number], none[number]) for ours, none in starts), strict=True)
        yield figure.of(median(measured), median(floor))


def _started(home: Path) -> tuple[float, float]:
    """CPU milliseconds to the first frame, and the memory once all work beside it is done."""
    with programs.app(home) as session:
        cpu = session.wait_for(FIRST_FRAME).cpu
        session.settle()
        return cpu, session.rss()


GROUP = Group(FIGURES, measure)
