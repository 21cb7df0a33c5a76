"""Rows of words in columns, for text on any terminal and in a pipe."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sources.text import clean_line
from tui.layout import cells

GAP = "  "


def in_columns(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """A line for each row, its cells below each other; those at the places in `right` end together."""
    clean = [[clean_line(cell) for cell in row] for row in rows]
    widths = [max(map(cells.width, column)) for column in zip(*clean, strict=True)]
    for row in clean:
        placed = enumerate(zip(row, widths, strict=True))
        fitted = (cells.fit(cell, width, "right" if at in right else "left") for at, (cell, width) in placed)
        yield GAP.join(fitted).rstrip()


def number(value: float, decimals: int) -> str:
    """A number as people read it: `41,310`, `-0.2`."""
    from sources.numbers import shown, with_thousands

    return with_thousands(shown(value, decimals))
