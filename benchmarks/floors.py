"""What a key costs in a program that does nothing but answer it."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.echo import READY

FRAME = 5_000
"""Bytes of a common answer to a key."""


def key_floor(bench: Bench, home: Path, size: int = FRAME) -> float:
    """Milliseconds from a key to the end of an answer of `size` bytes: the median, since the floor's own
    95th percentile is the machine's noise, which would be taken off what is measured."""
    with programs.echo(home, size) as session:
        session.wait_for(READY)
        return median(press.wall for press in session.press(*"x" * bench.presses))
