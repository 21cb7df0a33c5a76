"""The marks on a chart of cells: breaks, letters of lines and references, numbers of events."""

from __future__ import annotations

from typing import NamedTuple

from briefings.charts.canvas import Canvas
from briefings.charts.crowding import Crowding, marks
from briefings.charts.frame import Frame
from briefings.charts.plots import Break, Line, Reference
from briefings.charts.readout import role_of
from briefings.charts.strokes import Grid
from briefings.charts.views import Look

_REDEFINED = "{} redefined {}"
_SHIFTED = 3
"""Cells by which the number of an event may stand beside its day."""


def draw_breaks(canvas: Canvas, frame: Frame, seen: Look) -> None:
    """A quiet bar wherever a line begins to count something else, and what and since when, if there is
    room."""
    grid = frame.grid(seen, 0)
    found: dict[int, Break] = {}
    for line in seen.lines:
        for each in line.breaks:
            if seen.plot.first <= each.day <= seen.plot.last:
                found.setdefault(frame.left + grid.x(each.day) // frame.dots[0], each)
    for column in found:
        for row in range(frame.top, frame.top + frame.height):
            if canvas.is_free(row, column, over=frame.glyphs.zero):
                canvas.put(row, column, frame.glyphs.parted)
    for column, each in found.items():
        words = _REDEFINED.format(each.name, each.period).lstrip()
        if not (each.name.isascii() and _put_beside(canvas, frame, column, words)):
            _put_beside(canvas, frame, column, _REDEFINED.format("", each.period).lstrip())


def _put_beside(canvas: Canvas, frame: Frame, column: int, words: str) -> bool:
    """Write words next to a column, in the lowest row that has room for them; whether one has."""
    for row in range(frame.top + frame.height - 1, frame.top - 1, -1):
        for start in (column - len(words) - 1, column + 2):
            if start > frame.left and canvas.is_free(row, start - 1, len(words) + 2):
                canvas.put(row, start, words)
                return True
    return False


def draw_letters(canvas: Canvas, frame: Frame, seen: Look) -> None:
    """The letters of lines behind their ends, those of references beside them."""
    for number, line in enumerate(seen.lines):
        end = _end(line, frame.grid(seen, line.axis)) if line.letter else None
        if end:
            column, row = frame.left + end[0] // frame.dots[0], frame.top + end[1] // frame.dots[1]
            places = [(row + step, column + 1) for step in (0, -1, 1, -2, 2, -3, 3)]
            free = (place for place in places if canvas.is_free(*place))
            if place := next(free, None):
                canvas.put(*place, line.letter, role_of(number))
    ruled = [_place(frame, seen, each) for each in seen.references]
    for each, rule in zip(seen.references, ruled, strict=True):
        others = {at for other in ruled if other is not rule and other.row == rule.row for at in other.cells}
        _put_reference(canvas, rule, others, each.letter, frame.glyphs.zero)


class _Ruled(NamedTuple):
    """The row and the columns of a stated value."""

    row: int
    first: int
    last: int

    @property
    def cells(self) -> range:
        return range(self.first, self.last + 1)


def _place(frame: Frame, seen: Look, reference: Reference) -> _Ruled:
    grid = frame.grid(seen, reference.axis)
    first = frame.left + max(0, grid.x(reference.first)) // frame.dots[0]
    last = frame.left + min(grid.columns - 1, grid.x(reference.last)) // frame.dots[0]
    return _Ruled(frame.top + grid.y(reference.value) // frame.dots[1], first, last)


def _put_reference(canvas: Canvas, place: _Ruled, others: set[int], letter: str, zero: str) -> None:
    """Write the letter of a stated value where it can be read as one of that level: beside its rule, but not
    where that of another is, else on it, else in a free row next to it; where a line takes all of that, over
    the line."""
    row, first, last = place
    beside = [
        at
        for at in (first - 1, last + 1, first - 2, last + 2)
        if at not in others and canvas.is_free(row, at, over=zero)
    ]
    own = sorted((at for at in place.cells if canvas.role(row, at) == "reference"), key=others.__contains__)
    near = [(row + step, at) for step in (1, -1) for at in (first - 1, last + 1, first)]
    free = [(r, at) for r, at in near if canvas.is_free(r, at)]
    places = [*((row, at) for at in (*beside, *own)), *free, (row, first)]
    canvas.put(*places[0], letter, "ink")


def _end(line: Line, grid: Grid) -> tuple[int, int] | None:
    """The dot of the last point that is visible."""
    low, high = line.within(grid.first, grid.last)
    if low == high:
        return None
    day = line.until if line.is_step and high == len(line.days) else line.days[high - 1]
    return min(grid.columns - 1, grid.x(day)), grid.y(line.values[high - 1])


def draw_events(canvas: Canvas, frame: Frame, seen: Look) -> None:
    """The numbers of events above their days, those that crowd a little to the right or joined."""
    if not frame.top:
        return
    grid = frame.grid(seen, 0)
    shown = [each for each in seen.plot.events if seen.plot.first <= each.day <= seen.plot.last]
    places = [frame.left + grid.x(each.day) // frame.dots[0] for each in shown]
    for mark in marks(shown, places, Crowding(_SHIFTED, 1, canvas.width, len)):
        canvas.put(0, int(mark.at), mark.text, "ink")
