"""Lines of styled runs: what layout makes and both faces draw."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tui.layout import cells, roles


class Run(NamedTuple):
    """A stretch of one style.

    `target` is the number of the link within its block, -1 for none. `start` is the offset of the
    text in the flow of its block, -1 for decoration (markers, padding, labels).
    """

    text: str
    role: str
    target: int = -1
    start: int = -1


class Line(NamedTuple):
    """One row of cells.

    `start` and `end` bound the part of the flow that stands on it. `joins` says that the next line
    goes on with the same paragraph.
    """

    runs: tuple[Run, ...] = ()
    start: int = 0
    end: int = 0
    joins: bool = False

    @property
    def text(self) -> str:
        """The row without style."""
        return "".join(run.text for run in self.runs)

    @property
    def width(self) -> int:
        """Cells of the row, characters of ambiguous width counted as one."""
        return sum(cells.width(run.text) for run in self.runs)


def runs_width(runs: Iterable[Run], wide: bool = False) -> int:
    """Cells that `runs` take side by side."""
    total = 0
    for run in runs:
        total += cells.width(run.text, wide)
    return total


@lru_cache(512)
def blanks(count: int) -> tuple[Run, ...]:
    """Padding of `count` cells: one run, or none."""
    return (Run(" " * count, roles.INK),) if count > 0 else ()


def sliced(runs: Iterable[Run], first: int, last: int) -> tuple[Run, ...]:
    """The characters `first` to `last` of the joined text of `runs`, in their styles."""
    parts = []
    begin = 0
    for run in runs:
        low, high = max(first - begin, 0), min(last - begin, len(run.text))
        if low < high:
            start = run.start if run.start < 0 else run.start + low
            parts.append(Run(run.text[low:high], run.role, run.target, start))
        begin += len(run.text)
    return tuple(parts)


def bounds(runs: Iterable[Run], position: int) -> tuple[int, int]:
    """The part of the flow that `runs` show; empty and at `position` where they show none."""
    start, end = -1, position
    for run in runs:
        if run.start >= 0:
            start = run.start if start < 0 else start
            end = run.start + len(run.text)
    return (start, end) if start >= 0 else (position, position)
