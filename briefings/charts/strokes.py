"""From figures to dots: a line as the dots that it sets in each column of a grid.

A column is an integer whose bit number `n` is the dot in row `n` from the top. Of many figures in one
column the least and the greatest are set and what lies between, so that no peak is lost.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from briefings.charts.plots import Line
from briefings.charts.scales import Scale
from briefings.charts.views import reach

_SPARSE = 2


class Grid(NamedTuple):
    """`columns` by `rows` dots over the days `first` to `last` and a scale of values."""

    columns: int
    rows: int
    first: int
    last: int
    scale: Scale

    def x(self, day: float) -> int:
        """The column of a day; outside of the grid for one outside of the span."""
        return round((day - self.first) / (self.last - self.first) * (self.columns - 1))

    def y(self, value: float) -> int:
        """The row of a value; at the edge for one beyond the scale."""
        if self.scale.log and value <= 0:
            return self.rows - 1
        return min(self.rows - 1, max(0, round((1 - self.scale.place(value)) * (self.rows - 1))))

    def day(self, column: float) -> float:
        """The day in the middle of a column."""
        return self.first + column / max(1, self.columns - 1) * (self.last - self.first)


class _Stroke(NamedTuple):
    """What one column sees of a line: where it enters and leaves, and how far it goes; whether it is
    joined to the stroke before."""

    x: int
    enters: int
    leaves: int
    top: int
    bottom: int
    joined: bool


def columns_of(line: Line, grid: Grid) -> list[int]:
    """The dots of a line in each column of a grid."""
    columns = [0] * grid.columns
    low, high = reach(line, grid.first, grid.last)
    dense = high - low > _SPARSE * grid.columns
    strokes = _by_column(line, grid, low, high) if dense else _by_point(line, grid, low, high)
    before: _Stroke | None = None
    for stroke in strokes:
        if 0 <= stroke.x < grid.columns:
            columns[stroke.x] |= _run(stroke.top, stroke.bottom)
        if before and stroke.joined:
            if line.is_step:
                _link(columns, before.x, before.leaves, stroke.x, before.leaves)
                _link(columns, stroke.x, before.leaves, stroke.x, stroke.enters)
            else:
                _link(columns, before.x, before.leaves, stroke.x, stroke.enters)
        before = stroke
    if before and line.is_step and high == len(line.days):
        _link(columns, before.x, before.leaves, grid.x(line.until), before.leaves)
    return columns


def rule(grid: Grid, value: float, first: float, last: float, every: int = 1) -> list[int]:
    """The dots of a level line over some days, of which every so many are set, at least one."""
    columns = [0] * grid.columns
    left, right = max(0, grid.x(first)), min(grid.columns - 1, grid.x(last))
    for x in range(left, right + 1, every):
        columns[x] = 1 << grid.y(value)
    return columns


def _by_point(line: Line, grid: Grid, low: int, high: int) -> list[_Stroke]:
    starts = set(line.starts[bisect_left(line.starts, low) : bisect_right(line.starts, high)])
    strokes = []
    for at in range(low, high):
        y = grid.y(line.values[at])
        strokes.append(_Stroke(grid.x(line.days[at]), y, y, y, y, at not in starts))
    return strokes


def _by_column(line: Line, grid: Grid, low: int, high: int) -> list[_Stroke]:
    """A stroke for each column that holds figures."""
    values, starts = line.values, line.starts
    strokes = []
    first = low
    for x in range(grid.columns):
        last = bisect_left(line.days, grid.day(x + 0.5), first, high)
        if x == grid.columns - 1:
            last = high
        if first == last:
            continue
        found = values[first:last]
        start = bisect_left(starts, first)
        joined = not (start < len(starts) and starts[start] == first)
        ends = grid.y(found[0]), grid.y(found[-1])
        strokes.append(_Stroke(x, *ends, grid.y(max(found)), grid.y(min(found)), joined))
        first = last
    return strokes


def _run(top: int, bottom: int) -> int:
    """The dots of rows `top` to `bottom`, in either order."""
    if top > bottom:
        top, bottom = bottom, top
    return ((1 << (bottom - top + 1)) - 1) << top


def _link(columns: list[int], x0: int, y0: int, x1: int, y1: int) -> None:
    """Set the dots of a straight line, as far as it lies within the columns."""
    if x0 == x1:
        if 0 <= x0 < len(columns):
            columns[x0] |= _run(y0, y1)
        return
    slope = (y1 - y0) / (x1 - x0)
    for x in range(max(x0, 0), min(x1, len(columns) - 1) + 1):
        here = y0 + slope * (x - x0)
        if abs(slope) <= 1:
            columns[x] |= 1 << round(here)
            continue
        enters = y0 if x == x0 else round(here - slope / 2 + (1 if slope > 0 else -1) * 0.5)
        leaves = y1 if x == x1 else round(here + slope / 2 - (1 if slope > 0 else -1) * 0.5)
        columns[x] |= _run(enters, leaves)
