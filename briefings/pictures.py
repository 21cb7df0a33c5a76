"""A plot as a picture for a report: SVG of our own writing, in light or dark.

It asks for nothing from elsewhere: no script, no style sheet, no font but those of whoever looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import NamedTuple
from unicodedata import east_asian_width

from briefings.crowding import Crowding, marks
from briefings.plots import Line, Plot
from briefings.scales import time_ticks
from briefings.strokes import Grid
from briefings.views import Axis, Look, look, reach
from sources.text import clean_line

FONTS = (
    "'Noto Sans', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans',"
    " 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"
)
_LEAST = (320, 200)
_HEIGHT, _FEW_NOTES = 540, 3
_TITLE, _TEXT, _SMALL = 20.0, 13.0, 11.5
_LEADING = 1.45
_NARROW, _WIDE = 0.54, 1.0
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
    head = list(_head(legend, width, palette))
    foot = _wrapped((*legend.notes, legend.source), width - 2 * _TOP)
    height = max(height or _height_for(len(foot)), _LEAST[1])
    top = _TOP + _TITLE + (_TEXT * _LEADING if legend.subtitle else 0.0) + 4.5 * _GAP
    bottom = height - _BOTTOM - (len(foot) * _SMALL * _LEADING + _GAP if foot else 0.0)
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
    return _HEIGHT + round(max(0, notes - _FEW_NOTES) * _SMALL * _LEADING)


def _room_for_names(seen: Look, width: int) -> float:
    """Pixels beside the plot in which lines are named; a single one is named by the title."""
    if len(seen.lines) < 2:
        return 0.0
    return (
        min(max(_wide(_name(line, width * _NAMES), _TEXT) for line in seen.lines), width * _NAMES) + 2 * _GAP
    )


def _opening(legend: Legend, width: int, height: int, palette: Palette) -> str:
    title = _plain(" ".join(filter(None, (legend.title, legend.title_zh))))
    words = _plain(" ".join(filter(None, (legend.subtitle, *legend.notes, legend.source))))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" font-family="{FONTS}">\n'
        f"<title>{title}</title>\n<desc>{words}</desc>\n"
        f'<rect width="{width}" height="{height}" fill="{palette.paper}"/>'
    )


# ---------------------------------------------------------------------- words


def _plain(text: str) -> str:
    """Text that is text wherever it stands in the picture."""
    return escape(clean_line(text), quote=True)


def _wide(text: str, size: float) -> float:
    """About how many pixels a text takes."""
    return size * sum(_WIDE if east_asian_width(letter) in "WF" else _NARROW for letter in text)


def _words(
    text: str, x: float, y: float, colour: str, size: float = _TEXT, anchor: str = "start", bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size:g}" text-anchor="{anchor}"{weight}>'
        f"{_plain(text)}</text>"
    )


def _head(legend: Legend, width: int, palette: Palette) -> Iterator[str]:
    y = _TOP + _TITLE * 0.8
    title = _cut(legend.title, width - 2 * _TOP, _TITLE)
    room = width - 2 * _TOP - _wide(title, _TITLE) * 1.2 - 2 * _GAP
    yield _titled(title, legend.title_zh if _wide(legend.title_zh, _TITLE * 0.8) < room else "", y, palette)
    if legend.subtitle:
        subtitle = _cut(legend.subtitle, width - 2 * _TOP, _TEXT)
        yield _words(subtitle, _TOP, y + _TEXT * _LEADING + 2, palette.quiet)


def _titled(title: str, chinese: str, y: float, palette: Palette) -> str:
    """Both titles in one text, so that the second begins where the first ends, however wide that is drawn."""
    second = (
        f'<tspan dx="{2 * _GAP:g}" font-size="{_TITLE * 0.8:g}" font-weight="400">{_plain(chinese)}</tspan>'
    )
    return (
        f'<text x="{_TOP:.1f}" y="{y:.1f}" fill="{palette.ink}" font-size="{_TITLE:g}" font-weight="600">'
        f"{_plain(title)}{second if chinese else ''}</text>"
    )


def _foot(lines: Sequence[str], width: int, height: int, palette: Palette) -> Iterator[str]:
    for number, line in enumerate(reversed(lines)):
        y = height - _TOP / 2 - number * _SMALL * _LEADING
        yield _words(line, _TOP, y, palette.quiet, _SMALL)


def _cut(text: str, room: float, size: float) -> str:
    while text and _wide(text, size) > room:
        text = text[:-2].rstrip() + "…" if len(text) > 2 else ""
    return text


def _wrapped(notes: Sequence[str], room: float) -> list[str]:
    """Notes broken into lines between words, or, where there are no blanks, between letters."""
    lines: list[str] = []
    for note in notes:
        line = ""
        for word in _breakable(clean_line(note)):
            if line and _wide(line + word.rstrip(), _SMALL) > room:
                lines.append(line.rstrip())
                line = ""
            line += word
        lines.append(line.rstrip())
    return [line for line in lines if line]


def _breakable(text: str) -> Iterator[str]:
    """The pieces of a text that a line may end after: words with their blank, single wide letters."""
    word = ""
    for letter in text:
        word += letter
        if letter == " " or east_asian_width(letter) in "WF" or len(word) > 60:
            yield word
            word = ""
    yield word


def _nothing(frame: _Frame) -> Iterator[str]:
    x, y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    yield _words("no figures", x, y, frame.palette.quiet, anchor="middle")


# ---------------------------------------------------------------------- scales


def _room(axis: Axis) -> float:
    return max((_wide(tick.label, _TEXT) for tick in axis.ticks), default=0.0) + _GAP


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
                yield _stroke(frame.left, y, frame.right, y, colour, 1)
            yield _words(tick.label, side, y + _TEXT * 0.35, tint, anchor=anchor)
        wide = number == 0 and _wide(axis.unit, _SMALL) > side - _GAP
        place, anchor = (_TOP, "start") if wide else (side, anchor)
        yield _words(axis.unit, place, frame.top - 1.8 * _GAP, tint, _SMALL, anchor)


def _days(frame: _Frame) -> Iterator[str]:
    plot = frame.seen.plot
    most = max(1, int((frame.right - frame.left) / _DAY_ROOM))
    for tick in time_ticks(date.fromordinal(plot.first), date.fromordinal(plot.last), most):
        x = frame.x(tick.at)
        yield _stroke(x, frame.bottom, x, frame.bottom + 5, frame.palette.quiet, 1)
        anchor = "end" if x > frame.right - _GAP else "middle"
        yield _words(tick.label, x, frame.bottom + 5 + _TEXT * 1.2, frame.palette.quiet, anchor=anchor)


def _stroke(x0: float, y0: float, x1: float, y1: float, colour: str, width: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}"'
        f' stroke-width="{width:g}"{dashed}/>'
    )


# ---------------------------------------------------------------------- what is drawn


def _name(line: Line, room: float) -> str:
    """The name of a line with the Chinese one, where there is room for both."""
    both = f"{line.label} {line.label_zh}".rstrip()
    return both if _wide(both, _TEXT) <= room else _cut(line.label, room, _TEXT)


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
        left_below = (len(ends) - place - 1) * _TEXT * _LEADING
        y = min(max(y, floor), frame.bottom - left_below)
        floor = y + _TEXT * _LEADING
        yield _words(_name(line, frame.names), x, y + _TEXT * 0.35, frame.palette.lines[number % 3])


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
        yield _stroke(x, frame.top, x, frame.bottom, frame.palette.quiet, 1, "2 4")
        is_left = x - _wide(words, _SMALL) - _GAP > frame.left
        place, anchor = (x - 5, "end") if is_left else (x + 5, "start")
        yield _words(words, place, frame.bottom - 6, frame.palette.quiet, _SMALL, anchor)


def _references(frame: _Frame) -> Iterator[str]:
    """What is said of a line, over its days, with its letter: before it, or behind it where it is crowded."""
    colour = frame.palette.reference
    taken = frame.left - _TEXT
    for each in frame.seen.references:
        y = frame.y(each.value, each.axis)
        left = frame.inside(each.first)
        right = max(frame.inside(each.last), left + 4)
        yield _stroke(left, y, right, y, colour, 2.4)
        place, anchor = (left - 4, "end") if left - _TEXT > taken else (right + 4, "start")
        yield _words(each.letter, place, y + _TEXT * 0.35, colour, anchor=anchor, bold=True)
        taken = right


def _events(frame: _Frame) -> Iterator[str]:
    """Bars at the days of events, and their numbers above; those that crowd are joined."""
    plot = frame.seen.plot
    shown = [each for each in plot.events if plot.first <= each.day <= plot.last]
    for each in shown:
        x = frame.x(each.day)
        yield _stroke(x, frame.top - 4, x, frame.bottom, frame.palette.rule, 1)
    places = [frame.x(each.day) - _wide(each.mark, _SMALL) / 2 for each in shown]
    limit = frame.right + frame.names + _TOP / 2
    for mark in marks(shown, places, Crowding(_SMALL, _GAP, limit, partial(_wide, size=_SMALL))):
        yield _words(mark.text, mark.at, frame.top - 7, frame.palette.quiet, _SMALL)
