"""A plot in the cells of a terminal: rows of runs, each with the role of its text.

    braille    2 x 4 dots in a cell
    blocks     2 x 2, for fonts without braille
    ascii      1 x 1, a letter for each line

Every row is `width` cells wide, and every character of it takes one cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefings.charts.axes import draw_days, draw_values
from briefings.charts.canvas import Canvas, Row, Run, crossed, replaced
from briefings.charts.frame import Around, Frame, Style, framed
from briefings.charts.marks import draw_breaks, draw_events, draw_letters
from briefings.charts.plots import Plot
from briefings.charts.readout import role_of
from briefings.charts.strokes import columns_of, rule
from briefings.charts.views import Look, look, reach

ROLES = ("ink", "quiet", "line1", "line2", "line3", "reference")
"""The roles that runs have."""

_LEFT, _RIGHT = (0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80)
_BLOCKS = " ▘▖▌▝▀▞▛▗▚▄▙▐▜▟█"
_ASCII_DOTS = "*.+"
_WITH_DAYS, _WITH_MARKS = 4, 7
"""Rows from which there are days below, and a row for marks above."""

_ROWS_PER_TICK = 3


class Raster(NamedTuple):
    """A drawn plot. Its own cells are `width` by `height`, from column `left` and row `top` on."""

    rows: tuple[Row, ...]
    look: Look
    left: int
    top: int
    width: int
    height: int
    across: int = 2
    cross: str = "▾"

    def column(self, day: float) -> int:
        """The column of a day, at an edge for one outside of the span."""
        first, last = self.look.plot.first, self.look.plot.last
        place = min(1.0, max(0.0, (day - first) / (last - first)))
        return self.left + round(place * (self.width * self.across - 1)) // self.across

    def day(self, column: float) -> float:
        """The day in the middle of a column."""
        first, last = self.look.plot.first, self.look.plot.last
        place = ((column - self.left + 0.5) * self.across - 0.5) / max(1, self.width * self.across - 1)
        return first + min(1.0, max(0.0, place)) * (last - first)

    def crossed(self, number: int, column: int, last: int | None = None) -> Row:
        """A row with the crosshair, or with the columns that are being chosen."""
        row = self.rows[number]
        if number < self.top and last is None:
            above = "".join(run.text for run in row)[column : column + 1]
            if above.isspace():
                return replaced(row, column, Run(self.cross, "ink"))
            return crossed(row, column, column)  # a number that stands there stays readable
        if not self.top <= number < self.top + self.height:
            return row
        low, high = sorted((column, column if last is None else last))
        return crossed(row, low, high)


def raster(
    plot: Plot, width: int, height: int, style: Style = "braille", around: Around | None = None
) -> Raster:
    """Draw a plot in `width` by `height` cells, at least 1 by 1. Where there is little room, labels go."""
    wanted = around or Around()
    days = wanted.days and height >= _WITH_DAYS
    top = int(wanted.marks and height >= _WITH_MARKS)
    rows = max(1, height - top - days)
    seen = look(plot, max(2, rows // _ROWS_PER_TICK + 1))
    frame = framed(seen, width, top, rows, style, wanted.labels)
    canvas = Canvas(width, height)
    if not seen.is_empty:
        draw_values(canvas, frame, seen)
    _draw_lines(canvas, frame, seen)
    _draw_rule(canvas, frame, seen)
    draw_breaks(canvas, frame, seen)
    draw_letters(canvas, frame, seen)
    draw_events(canvas, frame, seen)
    if days and not seen.is_empty:
        draw_days(canvas, frame, seen)
    if not any(low < high for low, high in (reach(line, plot.first, plot.last) for line in seen.lines)):
        words = "no figures here"
        canvas.put(top + rows // 2, frame.left + max(0, (frame.width - len(words)) // 2), words)
    drawn = tuple(canvas.rows())
    return Raster(drawn, seen, frame.left, top, frame.width, rows, frame.dots[0], frame.glyphs.cross)


# ---------------------------------------------------------------------- lines


def _draw_lines(canvas: Canvas, frame: Frame, seen: Look) -> None:
    """All dots: the first line lies on top, references below all."""
    drawn = [(columns_of(line, frame.grid(seen, line.axis)), role_of(n)) for n, line in enumerate(seen.lines)]
    for each in seen.references:
        grid = frame.grid(seen, each.axis)
        drawn.append((rule(grid, each.value, each.first, each.last, frame.dots[0]), "reference"))
    if frame.style == "ascii":
        _set_letters(canvas, frame, drawn)
    else:
        _set_dots(canvas, frame, drawn)


def _set_letters(canvas: Canvas, frame: Frame, drawn: Sequence[tuple[list[int], str]]) -> None:
    for number, (columns, role) in reversed(list(enumerate(drawn))):
        letter = "=" if role == "reference" else _ASCII_DOTS[number % len(_ASCII_DOTS)]
        for x, column in enumerate(columns):
            for y in _rows_of(column, 1):
                canvas.put(frame.top + y, frame.left + x, letter, role)


def _set_dots(canvas: Canvas, frame: Frame, drawn: Sequence[tuple[list[int], str]]) -> None:
    down = frame.dots[1]
    letters = _BRAILLE if down == 4 else _BLOCKS
    taken: dict[tuple[int, int], int] = {}
    low = (1 << down) - 1
    for columns, role in drawn:
        for cell in range(frame.width):
            left, right = columns[2 * cell], columns[2 * cell + 1]
            for row in _rows_of(left | right, down):
                bits = (left >> row * down) & low | ((right >> row * down) & low) << down
                if not bits:
                    continue
                before = taken.get((row, cell), 0)
                taken[row, cell] = before | bits
                at = frame.left + cell
                canvas.text[frame.top + row][at] = letters[before | bits]
                if not before:
                    canvas.roles[frame.top + row][at] = role


def _rows_of(column: int, down: int) -> range:
    """The rows of cells in which a column of dots may have some."""
    if not column:
        return range(0)
    return range(((column & -column).bit_length() - 1) // down, (column.bit_length() - 1) // down + 1)


def _braille(bits: int) -> str:
    left = sum(dot for number, dot in enumerate(_LEFT) if bits >> number & 1)
    right = sum(dot for number, dot in enumerate(_RIGHT) if bits >> number + 4 & 1)
    return chr(0x2800 + left + right)


_BRAILLE = "".join(map(_braille, range(256)))


def _draw_rule(canvas: Canvas, frame: Frame, seen: Look) -> None:
    """Zero, or the hundred that all lines begin with, where nothing else stands."""
    scale = seen.axes[0].scale
    level = 100.0 if seen.view == "rebased" else 0.0
    if not scale.low < level < scale.high or (scale.log and level <= 0):
        return
    row = frame.top + frame.grid(seen, 0).y(level) // frame.dots[1]
    for column in range(frame.left, frame.left + frame.width):
        if canvas.is_free(row, column):
            canvas.put(row, column, frame.glyphs.zero)
