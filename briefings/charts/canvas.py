"""Cells of a picture in a terminal, one character and one role each; and the rows that they make."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

QUIET = "quiet"


class Run(NamedTuple):
    """Text of one role; `crossed` where the crosshair stands. A character is a cell."""

    text: str
    role: str
    crossed: bool = False


Row = tuple[Run, ...]


class Canvas:
    """Cells of one character and one role each."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.text = [[" "] * width for _ in range(height)]
        self.roles = [[QUIET] * width for _ in range(height)]

    def put(self, row: int, column: int, text: str, role: str = QUIET) -> None:
        """Write over cells, as far as they are there."""
        for at, letter in enumerate(text, column):
            if 0 <= row < self.height and 0 <= at < self.width:
                self.text[row][at], self.roles[row][at] = letter, role

    def is_free(self, row: int, column: int, cells: int = 1, over: str = " ") -> bool:
        """Whether nothing stands in some cells, or a sign to write `over`, all of them being there."""
        inside = 0 <= row < self.height and column >= 0 and column + cells <= self.width
        return inside and all(text in (" ", over) for text in self.text[row][column : column + cells])

    def role(self, row: int, column: int) -> str:
        """The role of a cell; empty for one that is not there."""
        inside = 0 <= row < self.height and 0 <= column < self.width
        return self.roles[row][column] if inside else ""

    def rows(self) -> Iterator[Row]:
        """The cells row by row, those of one role joined."""
        for texts, roles in zip(self.text, self.roles, strict=True):
            pairs = groupby(zip(texts, roles, strict=True), key=lambda cell: cell[1])
            yield tuple(Run("".join(text for text, _ in cells), role) for role, cells in pairs)


def crossed(row: Row, first: int, last: int) -> Row:
    """A row in which the cells `first` to `last` are crossed."""
    runs = []
    at = 0
    for run in row:
        end = at + len(run.text)
        if first < end and at <= last:
            low, high = max(first - at, 0), min(last + 1 - at, len(run.text))
            parts = ((run.text[:low], False), (run.text[low:high], True), (run.text[high:], False))
            runs += [Run(text, run.role, here) for text, here in parts if text]
        else:
            runs.append(run)
        at = end
    return tuple(runs)


def replaced(row: Row, column: int, other: Run) -> Row:
    """A row in which another run stands from a column on, where there is room for it."""
    end = column + len(other.text)
    parts = list(_split(row, column, end))
    if column < 0 or end > sum(len(run.text) for run in row):
        return row
    before, after = [run for at, run in parts if at < column], [run for at, run in parts if at >= end]
    return (*before, other, *after)


def _split(row: Row, *cuts: int) -> Iterator[tuple[int, Run]]:
    """The runs of a row with their columns, those that reach across a cut in two."""
    at = 0
    for run in row:
        end = at + len(run.text)
        places = sorted({at, end, *(cut for cut in cuts if at < cut < end)})
        for low, high in pairwise(places):
            yield low, run._replace(text=run.text[low - at : high - at])
        at = end
