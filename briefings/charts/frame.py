"""Where what stands in a chart of cells: the plot's own cells, with labels around them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from briefings.charts.canvas import QUIET
from briefings.charts.readout import role_of
from briefings.charts.strokes import Grid
from briefings.charts.views import Axis, Look

Style = Literal["braille", "blocks", "ascii"]
"""2 x 4 dots in a cell; 2 x 2, for fonts without braille; 1 x 1, a letter for each line."""

LABELLED = 24
"""Cells from which there are labels at the side."""

_LONGEST_LABEL, _LONGEST_UNIT = 12, 7


class Around(NamedTuple):
    """What stands around a plot: at least so many cells of labels at the left; days below, marks above."""

    labels: int = 0
    days: bool = True
    marks: bool = True


class Glyphs(NamedTuple):
    """What is drawn besides the dots."""

    zero: str = "╌"
    parted: str = "╎"
    cross: str = "▾"


_GLYPHS = {"ascii": Glyphs("-", ":", "v")}


class Frame(NamedTuple):
    """Where what stands: the plot's own cells, and labels around them."""

    left: int
    top: int
    width: int
    height: int
    right: int
    style: Style
    glyphs: Glyphs

    @property
    def dots(self) -> tuple[int, int]:
        """Dots of a cell: columns and rows."""
        return {"braille": (2, 4), "blocks": (2, 2), "ascii": (1, 1)}[self.style]

    def grid(self, seen: Look, axis: int) -> Grid:
        """The dots of the plot on one of its scales."""
        across, down = self.dots
        columns, rows = self.width * across, self.height * down
        return Grid(columns, rows, seen.plot.first, seen.plot.last, seen.axes[axis].scale)


def framed(seen: Look, width: int, top: int, rows: int, style: Style, labels: int = 0) -> Frame:
    """The frame of a plot in `width` cells and `rows` rows from row `top` on, with at least `labels` cells
    of labels at its left."""
    sides = [0, 0]
    if width >= LABELLED:
        for number, axis in enumerate(seen.axes):
            sides[number] = label_cells(seen, axis) + 1
        sides[0] = max(sides[0], labels)
    letters = 2 if width >= LABELLED and any(line.letter for line in seen.lines) else 0
    glyphs = _GLYPHS.get(style, Glyphs())
    own = max(1, width - sum(sides) - letters)
    return Frame(sides[0], top, own, rows, sides[1], style, glyphs)


def label_cells(seen: Look, axis: Axis) -> int:
    """The cells that the labels of a scale take."""
    widths = [len(tick.label) for tick in axis.ticks if len(tick.label) <= _LONGEST_LABEL]
    return max((*widths, len(unit_of(seen, axis))), default=0)


def unit_of(seen: Look, axis: Axis) -> str:
    """The unit, where it can stand under the labels; of two scales, after the letters of their lines."""
    unit = axis.unit if axis.unit.isascii() and len(axis.unit) <= _LONGEST_UNIT else ""
    letters = "".join(seen.lines[place].letter for place in axis.lines) if len(seen.axes) > 1 else ""
    return f"{letters} {unit}".strip()


def tint_of(seen: Look, axis: Axis) -> str:
    """The role of the labels of a scale: that of its line, where there are two scales."""
    return role_of(axis.lines[0]) if len(seen.axes) > 1 and len(axis.lines) == 1 else QUIET
