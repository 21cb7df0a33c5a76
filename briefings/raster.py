"""A plot in the cells of a terminal: rows of runs, each with the role of its text.

    braille    2 x 4 dots in a cell
    blocks     2 x 2, for fonts without braille
    ascii      1 x 1, a letter for each line

Every row is `width` cells wide, and every character of it takes one cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from briefings.canvas import QUIET, Canvas, Row, Run, crossed, replaced
from briefings.plots import Line, Plot
from briefings.readout import role_of
from briefings.scales import Tick, time_ticks
from briefings.strokes import Grid, columns_of, rule
from briefings.views import Axis, Look, look, reach

Style = Literal["braille", "blocks", "ascii"]

ROLES = ("ink", "quiet", "line1", "line2", "line3", "reference")
"""The roles that runs have."""

_LEFT, _RIGHT = (0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80)
_BLOCKS = " ▘▖▌▝▀▞▛▗▚▄▙▐▜▟█"
_ASCII_DOTS = "*.+"
_LABELLED, _WITH_DAYS, _WITH_MARKS = 24, 4, 7
"""Cells and rows from which there are labels at the side, days below, and a row for marks above."""

_ROWS_PER_TICK = 3
_LONGEST_LABEL, _LONGEST_UNIT = 12, 7
_REDEFINED = "redefined {}"


class Glyphs(NamedTuple):
    """What is drawn besides the dots."""

    zero: str = "╌"
    parted: str = "╎"
    cross: str = "▾"


_GLYPHS = {"ascii": Glyphs("-", ":", "v")}


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
            return replaced(row, column, Run(self.cross, "ink"))
        if not self.top <= number < self.top + self.height:
            return row
        low, high = sorted((column, column if last is None else last))
        return crossed(row, low, high)


class _Frame(NamedTuple):
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


# ---------------------------------------------------------------------- the whole


def raster(plot: Plot, width: int, height: int, style: Style = "braille") -> Raster:
    """Draw a plot in `width` by `height` cells, at least 1 by 1. Where there is little room, labels go."""
    top = int(height >= _WITH_MARKS)
    rows = max(1, height - top - (height >= _WITH_DAYS))
    seen = look(plot, max(2, rows // _ROWS_PER_TICK + 1))
    frame = _framed(seen, width, top, rows, style)
    canvas = Canvas(width, height)
    if not seen.is_empty:
        _draw_values(canvas, frame, seen)
    _draw_lines(canvas, frame, seen)
    _draw_rule(canvas, frame, seen)
    _draw_breaks(canvas, frame, seen)
    _draw_letters(canvas, frame, seen)
    _draw_events(canvas, frame, seen)
    if height >= _WITH_DAYS and not seen.is_empty:
        _draw_days(canvas, frame, seen)
    if not any(low < high for low, high in (reach(line, plot.first, plot.last) for line in seen.lines)):
        words = "no figures here"
        canvas.put(top + rows // 2, frame.left + max(0, (frame.width - len(words)) // 2), words)
    drawn = tuple(canvas.rows())
    return Raster(drawn, seen, frame.left, top, frame.width, rows, frame.dots[0], frame.glyphs.cross)


def _framed(seen: Look, width: int, top: int, rows: int, style: Style) -> _Frame:
    sides = [0, 0]
    if width >= _LABELLED:
        for number, axis in enumerate(seen.axes):
            sides[number] = _label_cells(seen, axis) + 1
    letters = 2 if width >= _LABELLED and any(line.letter for line in seen.lines) else 0
    glyphs = _GLYPHS.get(style, Glyphs())
    own = max(1, width - sum(sides) - letters)
    return _Frame(sides[0], top, own, rows, sides[1], style, glyphs)


def _label_cells(seen: Look, axis: Axis) -> int:
    widths = [len(tick.label) for tick in axis.ticks if len(tick.label) <= _LONGEST_LABEL]
    return max((*widths, len(_unit(seen, axis))), default=0)


def _unit(seen: Look, axis: Axis) -> str:
    """The unit, where it can stand under the labels; of two scales, after the letters of their lines."""
    unit = axis.unit if axis.unit.isascii() and len(axis.unit) <= _LONGEST_UNIT else ""
    letters = "".join(seen.lines[place].letter for place in axis.lines) if len(seen.axes) > 1 else ""
    return f"{letters} {unit}".strip()


def _tint(seen: Look, axis: Axis) -> str:
    """The role of the labels of a scale: that of its line, where there are two scales."""
    return role_of(axis.lines[0]) if len(seen.axes) > 1 and len(axis.lines) == 1 else QUIET


# ---------------------------------------------------------------------- lines


def _draw_lines(canvas: Canvas, frame: _Frame, seen: Look) -> None:
    """All dots: the first line lies on top, references below all."""
    drawn = [(columns_of(line, frame.grid(seen, line.axis)), role_of(n)) for n, line in enumerate(seen.lines)]
    for each in seen.references:
        grid = frame.grid(seen, each.axis)
        drawn.append((rule(grid, each.value, each.first, each.last, frame.dots[0]), "reference"))
    if frame.style == "ascii":
        _set_letters(canvas, frame, drawn)
    else:
        _set_dots(canvas, frame, drawn)


def _set_letters(canvas: Canvas, frame: _Frame, drawn: Sequence[tuple[list[int], str]]) -> None:
    for number, (columns, role) in reversed(list(enumerate(drawn))):
        letter = "=" if role == "reference" else _ASCII_DOTS[number % len(_ASCII_DOTS)]
        for x, column in enumerate(columns):
            for y in _rows_of(column, 1):
                canvas.put(frame.top + y, frame.left + x, letter, role)


def _set_dots(canvas: Canvas, frame: _Frame, drawn: Sequence[tuple[list[int], str]]) -> None:
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


def _draw_rule(canvas: Canvas, frame: _Frame, seen: Look) -> None:
    """Zero, or the hundred that all lines begin with, where nothing else stands."""
    scale = seen.axes[0].scale
    level = 100.0 if seen.view == "rebased" else 0.0
    if not scale.low < level < scale.high or (scale.log and level <= 0):
        return
    row = frame.top + frame.grid(seen, 0).y(level) // frame.dots[1]
    for column in range(frame.left, frame.left + frame.width):
        if canvas.is_free(row, column):
            canvas.put(row, column, frame.glyphs.zero)


# ---------------------------------------------------------------------- marks


def _draw_breaks(canvas: Canvas, frame: _Frame, seen: Look) -> None:
    """A quiet bar wherever a line begins to count something else, and since when, if there is room."""
    grid = frame.grid(seen, 0)
    found: dict[int, str] = {}
    for line in seen.lines:
        for each in line.breaks:
            if seen.plot.first <= each.day <= seen.plot.last:
                found.setdefault(frame.left + grid.x(each.day) // frame.dots[0], each.period)
    for column in found:
        for row in range(frame.top, frame.top + frame.height):
            if canvas.is_free(row, column) or canvas.text[row][column] == frame.glyphs.zero:
                canvas.put(row, column, frame.glyphs.parted)
    for column, period in found.items():
        _put_beside(canvas, frame, column, _REDEFINED.format(period))


def _put_beside(canvas: Canvas, frame: _Frame, column: int, words: str) -> None:
    """Write words next to a column, in the lowest row that has room for them."""
    for row in range(frame.top + frame.height - 1, frame.top - 1, -1):
        for start in (column - len(words) - 1, column + 2):
            if start > frame.left and canvas.is_free(row, start - 1, len(words) + 2):
                canvas.put(row, start, words)
                return


def _draw_letters(canvas: Canvas, frame: _Frame, seen: Look) -> None:
    """The letters of lines behind their ends, those of references beside them."""
    for number, line in enumerate(seen.lines):
        end = _end(line, frame.grid(seen, line.axis)) if line.letter else None
        if end:
            column, row = frame.left + end[0] // frame.dots[0], frame.top + end[1] // frame.dots[1]
            places = ((row + step, column + 1) for step in (0, -1, 1, -2, 2, -3, 3))
            _put_first_free(canvas, places, line.letter, role_of(number))
    for each in seen.references:
        grid = frame.grid(seen, each.axis)
        first = frame.left + max(0, grid.x(each.first)) // frame.dots[0]
        last = frame.left + min(grid.columns - 1, grid.x(each.last)) // frame.dots[0]
        row = frame.top + grid.y(each.value) // frame.dots[1]
        places = ((row + step, at) for step in (0, 1, -1, 2, -2) for at in (first - 1, last + 1, first))
        _put_first_free(canvas, places, each.letter, "ink")


def _end(line: Line, grid: Grid) -> tuple[int, int] | None:
    """The dot of the last point that is visible."""
    low, high = line.within(grid.first, grid.last)
    if low == high:
        return None
    day = line.until if line.is_step and high == len(line.days) else line.days[high - 1]
    return min(grid.columns - 1, grid.x(day)), grid.y(line.values[high - 1])


def _put_first_free(canvas: Canvas, places: Iterable[tuple[int, int]], letter: str, role: str) -> None:
    for row, column in places:
        if canvas.is_free(row, column):
            canvas.put(row, column, letter, role)
            return


def _draw_events(canvas: Canvas, frame: _Frame, seen: Look) -> None:
    """The numbers of events above their days; of those that crowd, the next free cell to the right."""
    if not frame.top:
        return
    grid = frame.grid(seen, 0)
    for each in seen.plot.events:
        if seen.plot.first <= each.day <= seen.plot.last:
            column = frame.left + grid.x(each.day) // frame.dots[0]
            _put_first_free(canvas, ((0, column + step) for step in range(4)), each.mark, "ink")


# ---------------------------------------------------------------------- labels


def _draw_values(canvas: Canvas, frame: _Frame, seen: Look) -> None:
    """The labels of the scales: the first at the left, the second at the right."""
    for number, side in enumerate((frame.left, frame.right)[: len(seen.axes)]):
        if not side:
            continue
        grid, taken = frame.grid(seen, number), set[int]()
        for tick in seen.axes[number].ticks:
            row = frame.top + grid.y(tick.at) // frame.dots[1]
            if row not in taken and len(tick.label) < side:
                taken.add(row)
                _put_label(canvas, frame, number, row, tick.label, _tint(seen, seen.axes[number]))


def _put_label(canvas: Canvas, frame: _Frame, axis: int, row: int, label: str, role: str) -> None:
    column = canvas.width - frame.right + 1 if axis else frame.left - 1 - len(label)
    canvas.put(row, column, label, role)


def _draw_days(canvas: Canvas, frame: _Frame, seen: Look) -> None:
    """The row of days, with the units of the scales under their labels."""
    row = canvas.height - 1
    grid = frame.grid(seen, 0)
    end = frame.left - 1
    for tick in _day_ticks(seen.plot, frame.width):
        centre = frame.left + grid.x(tick.at) // frame.dots[0]
        start = max(
            frame.left, min(centre - len(tick.label) // 2, canvas.width - frame.right - len(tick.label))
        )
        if start > end and start + len(tick.label) <= canvas.width:
            canvas.put(row, start, tick.label)
            end = start + len(tick.label)
    for number, axis in enumerate(seen.axes):
        unit = _unit(seen, axis)
        if unit and len(unit) < (frame.left, frame.right)[number]:
            _put_label(canvas, frame, number, row, unit, _tint(seen, axis))


def _day_ticks(plot: Plot, cells: int) -> tuple[Tick, ...]:
    """As many ticks of time as have room beside each other."""
    first, last = date.fromordinal(plot.first), date.fromordinal(plot.last)
    ticks: tuple[Tick, ...] = ()
    for each in (6, 8, 10, 14, 20):
        ticks = time_ticks(first, last, max(1, cells // each))
        longest = max((len(tick.label) for tick in ticks), default=0)
        room = cells * min((b.at - a.at for a, b in pairwise(ticks)), default=1e9)
        if room >= (longest + 2) * (plot.last - plot.first):
            break
    return ticks
