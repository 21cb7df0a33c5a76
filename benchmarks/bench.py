"""What every measurement gets: the libraries of the run, and how often to repeat."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.figures import Figure, Result
from benchmarks.libraries import Libraries


@dataclass(frozen=True, slots=True)
class Bench:
    """One run. `rounds` is how many processes are started for a median, `presses` how many keys for a
    95th percentile."""

    libraries: Libraries
    rounds: int
    presses: int


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that are measured together."""

    figures: tuple[Figure, ...]
    measure: Callable[[Bench], Iterator[Result]]


def say(words: str) -> None:
    """Tell a waiting person what is being measured."""
    print(f"... {words}", file=sys.stderr, flush=True)
