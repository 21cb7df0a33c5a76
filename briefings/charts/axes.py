"""The labels of a chart of cells: values at its sides, days below."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from briefings.charts.canvas import Canvas
from briefings.charts.frame import Frame, tint_of, unit_of
from briefings.charts.plots import Plot
from briefings.charts.scales import Tick, time_ticks
from briefings.charts.views import Look


def draw_values(canvas: Canvas, frame: Frame, seen: Look) -> None:
    """The labels of the scales: the first at the left, the second at the right."""
    for number, side in enumerate((frame.left, frame.right)[: len(seen.axes)]):
        if not side:
            continue
        grid, taken = frame.grid(seen, number), set[int]()
        for tick in seen.axes[number].ticks:
            row = frame.top + grid.y(tick.at) // frame.dots[1]
            if row not in taken and len(tick.label) < side:
                taken.add(row)
                _put_label(canvas, frame, number, row, tick.label, tint_of(seen, seen.axes[number]))


def _put_label(canvas: Canvas, frame: Frame, axis: int, row: int, label: str, role: str) -> None:
    column = canvas.width - frame.right + 1 if axis else frame.left - 1 - len(label)
    canvas.put(row, column, label, role)


def draw_days(canvas: Canvas, frame: Frame, seen: Look) -> None:
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
        unit = unit_of(seen, axis)
        if unit and len(unit) < (frame.left, frame.right)[number]:
            _put_label(canvas, frame, number, row, unit, tint_of(seen, axis))


def _day_ticks(plot: Plot, cells: int) -> tuple[Tick, ...]:
    """As many ticks of time as have room beside each other."""
    first, last = date.fromordinal(plot.first), date.fromordinal(plot.last)
    ticks: tuple[Tick, ...] = ()
    for each in (6, 8, 10, 14, 20):
        ticks = time_ticks(first, last, max(1, cells // each), plot.finest)
        longest = max((len(tick.label) for tick in ticks), default=0)
        room = cells * min((b.at - a.at for a, b in pairwise(ticks)), default=1e9)
        if room >= (longest + 2) * (plot.last - plot.first):
            break
    return ticks
