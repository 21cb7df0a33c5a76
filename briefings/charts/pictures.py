"""A plot as a picture for a report: SVG of our own writing, in light or dark.

It asks for nothing from elsewhere: no script, no style sheet, no font but those of whoever looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from briefings.charts.crowding import Crowding, marks
from briefings.charts.lettering import (
    FONTS,
    LEADING,
    SMALL,
    TEXT,
    TITLE,
    cut,
    headed,
    lettered,
    plain,
    stroke,
    wide,
    wrapped,
)
from briefings.charts.plots import Line, Plot
from briefings.charts.scales import time_ticks
from briefings.charts.strokes import Grid
from briefings.charts.views import Axis, Look, look, reach

_LEAST = (320, 200)
_HEIGHT, _FEW_NOTES = 540, 3
_DENSE = 2
_TICK_ROOM, _DAY_ROOM = 44, 62
_TOP, _BOTTOM, _GAP = 22.0, 42.0, 8.0
_NAMES = 0.28
_EDGE = 2.0


class Palette(NamedTuple):
    """Colours of a picture."""

    paper: str
    ink: str
    quiet: str
    rule: str
    lines: tuple[str, str, str]
    reference: str


LIGHT = Palette("#ffffff", "#20252b", "#5d6670", "#e2e4e7", ("#1f5fa8", "#8a3f9c", "#1f7a68"), "#b02a20")
DARK = Palette("#14171b", "#dfe2e7", "#98a1ad", "#2b3038", ("#7fb0e8", "#d3a5e0", "#8fd0c0"), "#f08a80")


class Legend(NamedTuple):
    """The words around a picture: above it, and below as notes and the source."""

    title: str
    title_zh: str = ""
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""


class _Frame(NamedTuple):
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


def svg(
    plot: Plot, legend: Legend, width: int = 960, height: int | None = None, palette: Palette = LIGHT
) -> str:
    """The whole picture of a plot, at least 320 by 200 pixels; where no height is asked for, one that
    leaves the plot its room above however many notes."""
    width = max(width, _LEAST[0])
    title = headed(legend.title, width - 2 * _TOP)
    head = list(_head(title, legend, width, palette))
    foot = wrapped((*legend.notes, legend.source), width - 2 * _TOP)
    height = max(height or _height_for(len(foot)), _LEAST[1])
    top = _TOP + TITLE + _below(title) + (TEXT * LEADING if legend.subtitle else 0.0) + 4.5 * _GAP
    bottom = height - _BOTTOM - (len(foot) * SMALL * LEADING + _GAP if foot else 0.0)
    bottom = max(bottom, top + 40)
    seen = look(plot, max(2, int((bottom - top) / _TICK_ROOM)))
    names = _room_for_names(seen, width)
    left = _TOP + _room(seen.axes[0])
    right = width - _TOP - (_room(seen.axes[1]) if len(seen.axes) > 1 else 0.0)
    right = max(left + 40, right - names)
    frame = _Frame(left, top, right, bottom, seen, palette, names - 2 * _GAP)
    parts = [
        *head,
        *(_nothing(frame) if seen.is_empty else (*_scales(frame), *_days(frame))),
        *_events(frame),
        *_breaks(frame),
        *_references(frame),
        *_lines(frame),
        *_foot(foot, width, height, palette),
    ]
    return "\n".join([_opening(legend, width, height, palette), *parts, "</svg>", ""])


def _height_for(notes: int) -> int:
    """The height of a picture under which so many lines of notes stand."""
    return _HEIGHT + round(max(0, notes - _FEW_NOTES) * SMALL * LEADING)


def _room_for_names(seen: Look, width: int) -> float:
    """Pixels beside the plot in which lines are named; a single one is named by the title."""
    if len(seen.lines) < 2:
        return 0.0
    return min(max(wide(_name(line, width * _NAMES), TEXT) for line in seen.lines), width * _NAMES) + 2 * _GAP


def _opening(legend: Legend, width: int, height: int, palette: Palette) -> str:
    title = plain(" ".join(filter(None, (legend.title, legend.title_zh))))
    words = plain(" ".join(filter(None, (legend.subtitle, *legend.notes, legend.source))))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" font-family="{FONTS}">\n'
        f"<title>{title}</title>\n<desc>{words}</desc>\n"
        f'<rect width="{width}" height="{height}" fill="{palette.paper}"/>'
    )


# ---------------------------------------------------------------------- the words around it


def _below(title: Sequence[str]) -> float:
    """Pixels that the lines of a title take below its first."""
    return max(0, len(title) - 1) * TITLE * 1.25


def _head(title: Sequence[str], legend: Legend, width: int, palette: Palette) -> Iterator[str]:
    y = _TOP + TITLE * 0.8
    room = width - 2 * _TOP - wide("".join(title), TITLE) * 1.2 - 2 * _GAP
    for number, line in enumerate(title):
        yield lettered(line, _TOP, y + _below(title[: number + 1]), palette.ink, TITLE, bold=True)
    if legend.title_zh and wide(legend.title_zh, TITLE * 0.8) < room:
        # at the other edge, in a text of its own: where a sign is missing, renderers draw the whole text
        # in another font, which need not be bold
        yield lettered(legend.title_zh, width - _TOP, y, palette.ink, TITLE * 0.8, "end")
    if legend.subtitle:
        subtitle = cut(legend.subtitle, width - 2 * _TOP, TEXT)
        yield lettered(subtitle, _TOP, y + _below(title) + TEXT * LEADING + 2, palette.quiet)


def _foot(lines: Sequence[str], width: int, height: int, palette: Palette) -> Iterator[str]:
    for number, line in enumerate(reversed(lines)):
        y = height - _TOP / 2 - number * SMALL * LEADING
        yield lettered(line, _TOP, y, palette.quiet, SMALL)


def _nothing(frame: _Frame) -> Iterator[str]:
    x, y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    yield lettered("no figures", x, y, frame.palette.quiet, anchor="middle")


# ---------------------------------------------------------------------- scales


def _room(axis: Axis) -> float:
    return max((wide(tick.label, TEXT) for tick in axis.ticks), default=0.0) + _GAP


def _scales(frame: _Frame) -> Iterator[str]:
    level = 100.0 if frame.seen.view == "rebased" else 0.0
    for number, axis in enumerate(frame.seen.axes):
        side, anchor = (frame.left - _GAP, "end") if number == 0 else (frame.right + _GAP, "start")
        tint = frame.palette.quiet
        if len(frame.seen.axes) > 1 and len(axis.lines) == 1:
            tint = frame.palette.lines[axis.lines[0] % 3]
        for tick in axis.ticks:
            y = frame.y(tick.at, number)
            if number == 0:
                colour = frame.palette.quiet if tick.at == level else frame.palette.rule
                yield stroke(frame.left, y, frame.right, y, colour, 1)
            yield lettered(tick.label, side, y + TEXT * 0.35, tint, anchor=anchor)
        is_wide = number == 0 and wide(axis.unit, SMALL) > side - _TOP
        place, anchor = (_TOP, "start") if is_wide else (side, anchor)
        yield lettered(axis.unit, place, frame.top - 1.8 * _GAP, tint, SMALL, anchor)


def _days(frame: _Frame) -> Iterator[str]:
    plot = frame.seen.plot
    most = max(1, int((frame.right - frame.left) / _DAY_ROOM))
    for tick in time_ticks(date.fromordinal(plot.first), date.fromordinal(plot.last), most, plot.finest):
        x = frame.x(tick.at)
        yield stroke(x, frame.bottom, x, frame.bottom + 5, frame.palette.quiet, 1)
        anchor = "end" if x > frame.right - _GAP else "middle"
        yield lettered(tick.label, x, frame.bottom + 5 + TEXT * 1.2, frame.palette.quiet, anchor=anchor)


# ---------------------------------------------------------------------- what is drawn


def _name(line: Line, room: float) -> str:
    """The name of a line with the Chinese one, where there is room for both."""
    both = f"{line.label} {line.label_zh}".rstrip()
    return both if wide(both, TEXT) <= room else cut(line.label, room, TEXT)


def _lines(frame: _Frame) -> Iterator[str]:
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


def _path(line: Line, frame: _Frame) -> Iterator[str]:
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


def _names(frame: _Frame) -> Iterator[str]:
    """The names of lines at the right, moved apart."""
    ends = []
    for number, line in enumerate(frame.seen.lines):
        low, high = line.within(frame.seen.plot.first, frame.seen.plot.last)
        if low < high:
            ends.append((frame.y(line.values[high - 1], line.axis), number, line))
    ends.sort()
    x = frame.right + (_room(frame.seen.axes[1]) if len(frame.seen.axes) > 1 else 0.0) + 1.5 * _GAP
    floor = frame.top
    for place, (y, number, line) in enumerate(ends):
        left_below = (len(ends) - place - 1) * TEXT * LEADING
        y = min(max(y, floor), frame.bottom - left_below)
        floor = y + TEXT * LEADING
        yield lettered(_name(line, frame.names), x, y + TEXT * 0.35, frame.palette.lines[number % 3])


def _breaks(frame: _Frame) -> Iterator[str]:
    """A dashed bar at each break, and since when it holds; one for several lines that break together."""
    plot = frame.seen.plot
    found = {
        each.day: f"{each.name} redefined {each.period}".lstrip()
        for line in frame.seen.lines
        for each in line.breaks
        if plot.first <= each.day <= plot.last
    }
    for day, words in found.items():
        x = frame.x(day)
        yield stroke(x, frame.top, x, frame.bottom, frame.palette.quiet, 1, "2 4")
        is_left = x - wide(words, SMALL) - _GAP > frame.left
        place, anchor = (x - 5, "end") if is_left else (x + 5, "start")
        yield lettered(words, place, frame.bottom - 6, frame.palette.quiet, SMALL, anchor)


def _references(frame: _Frame) -> Iterator[str]:
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


def _events(frame: _Frame) -> Iterator[str]:
    """Bars at the days of events, and their numbers above; those that crowd are joined."""
    plot = frame.seen.plot
    shown = [each for each in plot.events if plot.first <= each.day <= plot.last]
    for each in shown:
        x = frame.x(each.day)
        yield stroke(x, frame.top - 4, x, frame.bottom, frame.palette.rule, 1)
    places = [frame.x(each.day) - wide(each.mark, SMALL) / 2 for each in shown]
    limit = frame.right + frame.names + _TOP / 2
    for mark in marks(shown, places, Crowding(SMALL, _GAP, limit, partial(wide, size=SMALL))):
        yield lettered(mark.text, mark.at, frame.top - 7, frame.palette.quiet, SMALL)
