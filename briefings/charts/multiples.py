"""Small charts over the same time as one picture: each line of a plot in a chart of its own."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.charts.drawing import (
    GAP,
    MARGIN,
    Framed,
    break_bars,
    days,
    label_room,
    lines,
    name_in,
    nothing,
    scales,
)
from briefings.charts.lettering import LEADING, SMALL, TEXT, TITLE, headed, lettered, wide, wrapped
from briefings.charts.palettes import LIGHT, Palette
from briefings.charts.pictures import Legend, below, foot_of, head_of, opening
from briefings.charts.plots import Line, Plot
from briefings.charts.readout import amount
from briefings.charts.views import Look, look

_ROWS = 170
"""Pixels that a chart takes down, its name and days included."""

_WIDTH = 960
_COLUMNS = 2
_TICKS = 3
_NAME, _DAYS = 26.0, 34.0


def multiples(plot: Plot, legend: Legend, palette: Palette = LIGHT) -> str:
    """The picture: two charts beside each other, under the name of each its newest figure shown."""
    title = headed(legend.title, _WIDTH - 2 * MARGIN)
    foot = wrapped((*legend.notes, legend.source), _WIDTH - 2 * MARGIN)
    top = MARGIN + TITLE + below(title) + TEXT * LEADING + 2 * GAP
    columns = min(_COLUMNS, max(1, len(plot.lines)))
    rows = -(-len(plot.lines) // columns)
    height = round(top + rows * _ROWS + len(foot) * SMALL * LEADING + MARGIN)
    seen = [look(_alone(plot, line), _TICKS) for line in plot.lines]
    labels = max((label_room(each.axes[0]) for each in seen), default=0.0)
    cell = (_WIDTH - 2 * MARGIN + 2 * GAP) / columns
    parts = [opening(legend, _WIDTH, height, palette), *head_of(title, legend, _WIDTH, palette)]
    for number, each in enumerate(seen):
        left, upper = MARGIN + number % columns * cell, top + number // columns * _ROWS
        room = (left + labels, upper + _NAME, left + cell - 2 * GAP, upper + _ROWS - _DAYS)
        frame = Framed(*room, _without_unit(each), palette, 0.0)
        parts += _named(plot.lines[number], frame, left, upper)
        drawn = (scales, days, break_bars, lines) if each.lines else (nothing,)
        parts += (stroke for draw in drawn for stroke in draw(frame))
    return "\n".join([*parts, *foot_of(foot, _WIDTH, height, palette), "</svg>", ""])


def _alone(plot: Plot, line: Line) -> Plot:
    return plot._replace(lines=(line._replace(letter=""),), references=(), events=())


def _without_unit(seen: Look) -> Look:
    """The unit stands beside the newest figure."""
    return seen._replace(axes=tuple(axis._replace(unit="") for axis in seen.axes))


def _named(line: Line, frame: Framed, left: float, upper: float) -> Iterator[str]:
    """The name of a chart, with the Chinese one where there is room, and its newest figure shown."""
    drawn = frame.seen.lines[0] if frame.seen.lines else line
    low, high = drawn.within(frame.seen.plot.first, frame.seen.plot.last)
    newest = f"{amount(drawn.values[high - 1], drawn)}  {drawn.period(high - 1)}" if low < high else ""
    room = frame.right - left - wide(newest, TEXT) - GAP
    name = name_in(line, room)
    yield lettered(name, left, upper + TEXT, frame.palette.ink)
    yield lettered(newest, frame.right, upper + TEXT, frame.palette.lines[0], anchor="end")
