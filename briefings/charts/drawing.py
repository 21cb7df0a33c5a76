"""What is drawn of a plot in a picture: scales, days, lines, breaks, what is stated, events; as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from briefings.charts.crowding import Crowding, marks
from briefings.charts.lettering import LEADING, SMALL, TEXT, cut, lettered, stroke, wide
from briefings.charts.palettes import Palette
from briefings.charts.plots import Line
from briefings.charts.scales import time_ticks
from briefings.charts.strokes import Grid
from briefings.charts.views import Axis, Look, reach

MARGIN, GAP = 22.0, 8.0
"""Pixels around a picture, and between the things in it."""

_DENSE = 2
_DAY_ROOM = 62
_EDGE = 2.0


class Framed(NamedTuple):
    """The plot's own place in the picture, in pixels."""

    left: float
    top: float
    right: float
    bottom: float
    seen: Look
    palette: Palette
    names: float

    def grid(self, axis: int) -> Grid:
        """Pixels as dots: of a number that a line needs to look smooth."""
        columns, rows = max(2, round(self.right - self.left)), max(2, round(self.bottom - self.top))
        return Grid(columns, rows, self.seen.plot.first, self.seen.plot.last, self.seen.axes[axis].scale)

    def x(self, day: float) -> float:
        """Where a day lies."""
        plot = self.seen.plot
        return self.left + (day - plot.first) / (plot.last - plot.first) * (self.right - self.left)

    def y(self, value: float, axis: int) -> float:
        """Where a value lies; at the edge for one beyond the scale."""
        scale = self.seen.axes[axis].scale
        place = 0.0 if scale.log and value <= 0 else scale.place(value)
        return self.bottom - min(1.0, max(0.0, place)) * (self.bottom - self.top)

    def inside(self, day: float) -> float:
        """Where a day lies, or the nearer edge."""
        return min(self.right, max(self.left, self.x(day)))


def nothing(frame: Framed) -> Iterator[str]:
    x, y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    yield lettered("no figures", x, y, frame.palette.quiet, anchor="middle")


# ---------------------------------------------------------------------- scales


def label_room(axis: Axis) -> float:
    return max((wide(tick.label, TEXT) for tick in axis.ticks), default=0.0) + GAP


def scales(frame: Framed) -> Iterator[str]:
    level = 100.0 if frame.seen.view == "rebased" else 0.0
    for number, axis in enumerate(frame.seen.axes):
        side, anchor = (frame.left - GAP, "end") if number == 0 else (frame.right + GAP, "start")
        tint = frame.palette.quiet
        if len(frame.seen.axes) > 1 and len(axis.lines) == 1:
            tint = frame.palette.lines[axis.lines[0] % 3]
        for tick in axis.ticks:
            y = frame.y(tick.at, number)
            if number == 0:
                colour = frame.palette.quiet if tick.at == level else frame.palette.rule
                yield stroke(frame.left, y, frame.right, y, colour, 1)
            yield lettered(tick.label, side, y + TEXT * 0.35, tint, anchor=anchor)
        is_wide = number == 0 and wide(axis.unit, SMALL) > side - MARGIN
        place, anchor = (MARGIN, "start") if is_wide else (side, anchor)
        if axis.unit:
            yield lettered(axis.unit, place, frame.top - 1.8 * GAP, tint, SMALL, anchor)


def days(frame: Framed) -> Iterator[str]:
    plot = frame.seen.plot
    most = max(1, int((frame.right - frame.left) / _DAY_ROOM))
    for tick in time_ticks(date.fromordinal(plot.first), date.fromordinal(plot.last), most, plot.finest):
        x = frame.x(tick.at)
        yield stroke(x, frame.bottom, x, frame.bottom + 5, frame.palette.quiet, 1)
        anchor = "end" if x > frame.right - GAP else "middle"
        yield lettered(tick.label, x, frame.bottom + 5 + TEXT * 1.2, frame.palette.quiet, anchor=anchor)


# ---------------------------------------------------------------------- what is drawn


def name_in(line: Line, room: float) -> str:
    """The name of a line with the Chinese one, where there is room for both."""
    both = f"{line.label} {line.label_zh}".rstrip()
    return both if wide(both, TEXT) <= room else cut(line.label, room, TEXT)


def lines(frame: Framed) -> Iterator[str]:
    """Each line from the last to the first, then their names at their ends, none over another."""
    width, height = frame.right - frame.left, frame.bottom - frame.top + 2 * _EDGE
    box = f"{frame.left:.1f} {frame.top - _EDGE:.1f} {width:.1f} {height:.1f}"
    x, y, wide, high = box.split()
    yield f'<svg x="{x}" y="{y}" width="{wide}" height="{high}" viewBox="{box}" overflow="hidden">'
    for number, line in reversed(list(enumerate(frame.seen.lines))):
        colour = frame.palette.lines[number % 3]
        path = " ".join(_path(line, frame))
        if path:
            yield (
                f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.8"'
                ' stroke-linejoin="round" stroke-linecap="round"/>'
            )
    yield "</svg>"
    if len(frame.seen.lines) > 1:
        yield from _names(frame)


def _path(line: Line, frame: Framed) -> Iterator[str]:
    """The strokes of a line: each pixel column that holds many figures keeps its first, extremes and last."""
    low, high = reach(line, frame.seen.plot.first, frame.seen.plot.last)
    grid = frame.grid(line.axis)
    starts = set(line.starts)
    dense = high - low > _DENSE * grid.columns
    kept = _thinned(line, grid, low, high) if dense else range(low, high)
    before = -1
    for at in kept:
        x, y = frame.x(line.days[at]), frame.y(line.values[at], line.axis)
        parted = before < 0 or any(number in starts for number in range(before + 1, at + 1))
        if parted:
            yield f"M{x:.1f} {y:.1f}h0"
        elif line.is_step:
            yield f"H{x:.1f}V{y:.1f}"
        else:
            yield f"L{x:.1f} {y:.1f}"
        before = at
    if before >= 0 and line.is_step and high == len(line.days):
        yield f"H{frame.x(line.until):.1f}"


def _thinned(line: Line, grid: Grid, low: int, high: int) -> Iterator[int]:
    """The numbers of the first, least, greatest and last point of each column."""
    first = low
    while first < high:
        last = first
        column = grid.x(line.days[first])
        while last < high and grid.x(line.days[last]) == column:
            last += 1
        value = line.values.__getitem__
        found = range(first, last)
        yield from sorted({first, min(found, key=value), max(found, key=value), last - 1})
        first = last


def _names(frame: Framed) -> Iterator[str]:
    """The names of lines at the right, moved apart."""
    ends = []
    for number, line in enumerate(frame.seen.lines):
        low, high = line.within(frame.seen.plot.first, frame.seen.plot.last)
        if low < high:
            ends.append((frame.y(line.values[high - 1], line.axis), number, line))
    ends.sort()
    x = frame.right + (label_room(frame.seen.axes[1]) if len(frame.seen.axes) > 1 else 0.0) + 1.5 * GAP
    floor = frame.top
    for place, (y, number, line) in enumerate(ends):
        left_below = (len(ends) - place - 1) * TEXT * LEADING
        y = min(max(y, floor), frame.bottom - left_below)
        floor = y + TEXT * LEADING
        yield lettered(name_in(line, frame.names), x, y + TEXT * 0.35, frame.palette.lines[number % 3])


def breaks(frame: Framed) -> Iterator[str]:
    """A dashed bar at each break, and since when it holds; one for several lines that break together."""
    plot = frame.seen.plot
    found = {
        each.day: f"{each.name} redefined {each.period}".lstrip()
        for line in frame.seen.lines
        for each in line.breaks
        if plot.first <= each.day <= plot.last
    }
    yield from break_bars(frame)
    for day, words in found.items():
        x = frame.x(day)
        is_left = x - wide(words, SMALL) - GAP > frame.left
        place, anchor = (x - 5, "end") if is_left else (x + 5, "start")
        yield lettered(words, place, frame.bottom - 6, frame.palette.quiet, SMALL, anchor)


def break_bars(frame: Framed) -> Iterator[str]:
    """A dashed bar at each break."""
    plot = frame.seen.plot
    found = sorted({each.day for line in frame.seen.lines for each in line.breaks})
    for x in (frame.x(day) for day in found if plot.first <= day <= plot.last):
        yield stroke(x, frame.top, x, frame.bottom, frame.palette.quiet, 1, "2 4")


def references(frame: Framed) -> Iterator[str]:
    """What is said of a line, over its days, with its letter: before it, or behind it where it is crowded."""
    colour = frame.palette.reference
    taken = frame.left - TEXT
    for each in frame.seen.references:
        y = frame.y(each.value, each.axis)
        left = frame.inside(each.first)
        right = max(frame.inside(each.last), left + 4)
        yield stroke(left, y, right, y, colour, 2.4)
        place, anchor = (left - 4, "end") if left - TEXT > taken else (right + 4, "start")
        yield lettered(each.letter, place, y + TEXT * 0.35, colour, anchor=anchor, bold=True)
        taken = right


def events(frame: Framed) -> Iterator[str]:
    """Bars at the days of events, and their numbers above; those that crowd are joined."""
    plot = frame.seen.plot
    shown = [each for each in plot.events if plot.first <= each.day <= plot.last]
    for each in shown:
        x = frame.x(each.day)
        yield stroke(x, frame.top - 4, x, frame.bottom, frame.palette.rule, 1)
    places = [frame.x(each.day) - wide(each.mark, SMALL) / 2 for each in shown]
    limit = frame.right + frame.names + MARGIN / 2
    for mark in marks(shown, places, Crowding(SMALL, GAP, limit, partial(wide, size=SMALL))):
        yield lettered(mark.text, mark.at, frame.top - 7, frame.palette.quiet, SMALL)
