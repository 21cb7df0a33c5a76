"""Ways to look at a plot: its figures as they are, from 100, or against a year before; and their scales."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from briefings.charts.plots import LARGEST, Break, Line, Plot, Reference, View
from briefings.charts.scales import Scale, Tick, close_scale

HUNDRED = "100 at the left"
"""The unit of rebased figures."""

_RATES = {"%": "pp", "pp": "pp", "bp": "bp"}
_SAME_SCALE = {"pp": "%"}
_OWN_SCALE = ("index", "score")
_ALIKE = 4
_SLACK_DAYS = 14
_YEAR = 365.25
_AXES = 2


class Axis(NamedTuple):
    """A scale for the lines of a unit; `lines` are their places."""

    unit: str
    scale: Scale
    ticks: tuple[Tick, ...]
    lines: tuple[int, ...] = ()


class Look(NamedTuple):
    """A plot ready to be drawn: its lines in the view that could be taken, each with its axis.

    There is always an axis. `left_out` are lines of which the view shows nothing.
    """

    plot: Plot
    lines: tuple[Line, ...]
    axes: tuple[Axis, ...]
    references: tuple[Reference, ...]
    view: View
    left_out: tuple[Line, ...] = ()

    @property
    def log(self) -> bool:
        """Whether a scale is logarithmic."""
        return any(axis.scale.log for axis in self.axes)

    @property
    def is_empty(self) -> bool:
        """Whether no line has a figure anywhere: then scales and days mean nothing."""
        return not self.lines


def look(plot: Plot, most: int = 6) -> Look:
    """How a plot is drawn, with about `most` ticks on a scale.

    Lines of more than two units have no common picture: they are rebased.
    """
    view = plot.view
    scales = _scales_of(plot.lines)
    if view == "plain" and len(set(scales)) > _AXES:
        view = "rebased"
    lines = [line for each in plot.lines if (line := _viewed(each, view, plot)).days]
    scales = (
        _scales_of(lines) if view == "plain" else [_SAME_SCALE.get(each.unit, each.unit) for each in lines]
    )
    units = list(dict.fromkeys(scales))
    drawn = tuple(line._replace(axis=units.index(name)) for line, name in zip(lines, scales, strict=True))
    axis_of = {line.id: line.axis for line in drawn}
    references = tuple(
        each._replace(axis=axis_of[each.line])
        for each in plot.references
        if view == "plain" and each.line in axis_of and each.first <= plot.last and each.last >= plot.first
    )
    axes = tuple(_axis(number, plot, drawn, references, most) for number in range(max(1, len(units))))
    shown = {line.id for line in drawn}
    left_out = tuple(line for line in plot.lines if line.id not in shown)
    return Look(plot, drawn, axes, references, view, left_out)


def _scales_of(lines: Sequence[Line]) -> list[str]:
    """A name for the scale of each line: its unit, for indices also how large they are.

    What one index counts is not what another does: they share a scale only where both can be read on it.
    """
    names: list[str] = []
    sizes: dict[str, float] = {}
    for line in lines:
        name = _SAME_SCALE.get(line.unit, line.unit)
        if line.unit in _OWN_SCALE and line.values:
            size = max(map(abs, line.values)) or 1.0
            near = (each for each, other in sizes.items() if size / _ALIKE <= other <= size * _ALIKE)
            name = next(near, f"{line.unit} {line.id}")
            sizes.setdefault(name, size)
        names.append(name)
    return names


def _axis(number: int, plot: Plot, lines: Sequence[Line], references: Sequence[Reference], most: int) -> Axis:
    mine = [line for line in lines if line.axis == number]
    ends = [each.value for each in references if each.axis == number]
    for line in mine:
        low, high = reach(line, plot.first, plot.last)
        if low < high:
            ends += (min(line.values[low:high]), max(line.values[low:high]))
    units = ", ".join(dict.fromkeys(line.unit for line in mine if line.unit != HUNDRED))
    scale, ticks = close_scale(min(ends, default=0.0), max(ends, default=1.0), most, log=plot.log)
    places = tuple(place for place, line in enumerate(lines) if line.axis == number)
    return Axis(units, scale, ticks, places)


def reach(line: Line, first: int, last: int) -> tuple[int, int]:
    """The points that a span shows, and those just beyond it that lines lead to."""
    low, high = line.within(first, last)
    starts = line.starts
    before = 0 < low < len(line.days) and not _is_start(starts, low)
    after = 0 < high < len(line.days) and not _is_start(starts, high)
    held = line.is_step and low == high == len(line.days) > 0
    return low - (before or held), high + after


def _is_start(starts: Sequence[int], at: int) -> bool:
    number = bisect_right(starts, at)
    return number > 0 and starts[number - 1] == at


# ---------------------------------------------------------------------- views


def _viewed(line: Line, view: View, plot: Plot) -> Line:
    if view == "rebased":
        return rebased(line, plot.first)
    return yearly(line) if view == "yearly" else line


def rebased(line: Line, first: int) -> Line:
    """The line from 100 at its first point on the day `first` or later.

    After a break it starts from 100 again: what is counted differently cannot be compared. What starts
    from zero or below is left out.
    """
    values: list[float | None] = []
    for low, high in _eras(line):
        base_at = max(low, line.within(first, first)[0])
        base = line.values[base_at] if base_at < high else line.values[low]
        values += [value * (100 / base) if base > 0 else None for value in line.values[low:high]]
    return _remade(line, values, HUNDRED, 1)


def yearly(line: Line) -> Line:
    """Growth against a year before in per cent, of rates the difference; nothing across a break."""
    unit = _RATES.get(line.unit)
    values: list[float | None] = []
    for low, high in _eras(line):
        days = line.days[low:high]
        for number in range(len(days)):
            earlier = _year_before(line, days, number)
            value = line.values[low + number]
            base = line.values[low + earlier] if earlier is not None else 0.0
            if earlier is None or (unit is None and base <= 0):
                values.append(None)
            else:
                values.append(value - base if unit else 100 * (value / base - 1))
    return _remade(line, values, unit or "%", line.decimals if unit else 1)


def _eras(line: Line) -> list[tuple[int, int]]:
    """The points of each definition."""
    ends = pairwise((0, *(each.at for each in line.breaks), len(line.days)))
    return [(low, high) for low, high in ends if low < high]


def _year_before(line: Line, days: Sequence[int], number: int) -> int | None:
    """The number of the point a year earlier; for daily figures of the last one before that, held."""
    day = days[number]
    if line.frequency in ("M", "Q", "A"):
        first = date.fromordinal(day)
        wanted = first.replace(year=first.year - 1).toordinal() if first.year > 1 else 0
        at = bisect_right(days, wanted) - 1
        return at if at >= 0 and days[at] == wanted else None
    wanted = round(day - _YEAR)
    at = bisect_right(days, wanted) - 1
    near = line.is_step or (at >= 0 and wanted - days[at] <= _SLACK_DAYS)
    return at if at >= 0 and near else None


def _remade(line: Line, values: Sequence[float | None], unit: str, decimals: int) -> Line:
    """The line with other values, without those that there are none of."""
    kept = [number for number, value in enumerate(values) if value is not None and abs(value) <= LARGEST]
    starts, ahead = set(line.starts), list(reversed(line.breaks))
    new_starts: list[int] = []
    new_breaks: list[Break] = []
    before = -2
    for place, number in enumerate(kept):
        if number != before + 1 or number in starts:
            new_starts.append(place)
        crossed = None
        while ahead and ahead[-1].at <= number:
            crossed = ahead.pop()
        if crossed and place:
            new_breaks.append(crossed._replace(at=place))
        before = number
    return line._replace(
        days=[line.days[number] for number in kept],
        values=[value for number in kept if (value := values[number]) is not None],
        starts=new_starts,
        breaks=tuple(new_breaks),
        unit=unit,
        decimals=decimals,
    )
