"""From the start of the process to the first useful frame, and what memory that takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, spread
from benchmarks.ptybench import TerminalSession

SIZES = (10, 1_000, 10_000)
"""Documents in the generated libraries."""

FIRST_FRAME = r"Bottom line.*\? help"
"""The text and the footer: a whole frame."""

START = Figure("start", "start: first useful frame", "ms", "ratio", 1.35, 1.15)
START_CPU = Figure("start-cpu", "start: the same in CPU time", "ms", "ratio", 1.35, 1.15)
STARTS_OF = {
    size: Figure(f"start-{size}", f"start: {size:,} documents, CPU", "ms", "ratio", 1.35, 1.15)
    for size in SIZES
}
GROWTH = Figure("start-growth", "start: 10,000 documents over 10, CPU", "ms", "ratio", 1.25, 1.05)
FIRST_KEY = Figure("first-key", "start: key typed at once, answered", "ms", "ratio", 2.5, 1.5)
MEMORY = Figure("rss-first", "memory after the first frame", "MB", "measured", 60, 38)
MEMORY_GROWTH = Figure("rss-growth", "memory: 10,000 documents over 10", "MB", "ratio", 1.25, 1.05)

FIGURES = (START, START_CPU, *STARTS_OF.values(), GROWTH, FIRST_KEY, MEMORY, MEMORY_GROWTH)

Samples = defaultdict[str, list[float]]


def measure(bench: Bench) -> Iterator[Result]:
    """Start everything once a round, so that a busy moment meets all alike."""
    bundled = bench.libraries.bundled().home
    homes = {size: bench.libraries.of_documents(size).home for size in SIZES}
    say(f"starts: {bench.rounds} rounds")
    samples = Samples(list)
    for number in range(bench.rounds + 1):
        found = samples if number else Samples(list)  # the first round only warms up
        _minimal(bundled, found)
        _bundled(bundled, found)
        _first_key(bundled, found)
        for size, home in homes.items():
            _generated(home, str(size), found)
    return _results(samples)


def _results(samples: Samples) -> Iterator[Result]:
    middle = {name: median(values) for name, values in samples.items()}
    smallest, largest = min(SIZES), max(SIZES)
    yield START.of(middle["start"], middle["minimal"], **spread(samples["start"]))
    yield START_CPU.of(middle["start cpu"], middle["minimal cpu"], **spread(samples["start cpu"]))
    for size, figure in STARTS_OF.items():
        yield figure.of(middle[f"{size} cpu"], middle["minimal cpu"], **spread(samples[f"{size} cpu"]))
    yield GROWTH.of(middle[f"{largest} cpu"], middle[f"{smallest} cpu"])
    yield FIRST_KEY.of(middle["key"], middle["minimal"], **spread(samples["key"]))
    yield MEMORY.of(middle["memory"], middle["minimal memory"], **spread(samples["memory"]))
    yield MEMORY_GROWTH.of(middle[f"{largest} memory"], middle[f"{smallest} memory"])


def _minimal(home: Path, samples: Samples) -> None:
    with programs.minimal(home) as session:
        seen = session.wait_for("ready")
        session.settle()
        samples["minimal"].append(seen.wall)
        samples["minimal cpu"].append(seen.cpu)
        samples["minimal memory"].append(session.rss())


def _bundled(home: Path, samples: Samples) -> None:
    with programs.app(home) as session:
        seen = session.wait_for(FIRST_FRAME)
        samples["start"].append(seen.wall)
        samples["start cpu"].append(seen.cpu)
        samples["memory"].append(_settled_memory(session))


def _first_key(home: Path, samples: Samples) -> None:
    with programs.app(home) as session:
        session.send("2")
        samples["key"].append(session.wait_for("▸2 Monetary").wall)


def _generated(home: Path, name: str, samples: Samples) -> None:
    with programs.app(home) as session:
        seen = session.wait_for(FIRST_FRAME)
        samples[name].append(seen.wall)
        samples[f"{name} cpu"].append(seen.cpu)
        samples[f"{name} memory"].append(_settled_memory(session))


def _settled_memory(session: TerminalSession) -> float:
    """Memory after the comparison with the disk, which follows the first frame, has ended."""
    while session.idle(0.2).cpu_percent > _BUSY_PERCENT:
        pass
    return session.rss()


_BUSY_PERCENT = 10

GROUP = Group(FIGURES, measure)
