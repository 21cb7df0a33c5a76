"""Other looks at the same plot: spans of its days, and steps of a crosshair from figure to figure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from briefings.charts.plots import ALLOWED, FEWEST_DAYS, Plot, View, extent, spread

PRESETS = (("1y", 1), ("5y", 5), ("10y", 10), ("all", 0))
"""Names of spans that end with the newest figure, and their years; 0 is all of it."""

_YEAR = 365.25
_YEARS, _YEARS_OF_YEARLY = 5, 20


def spanning(plot: Plot, first: float, last: float) -> Plot:
    """The plot from one day to another, no further than its figures reach."""
    low, high = extent(plot.lines)
    first, last = max(low, min(first, last)), min(high, max(first, last))
    low, high = spread(first, last, (first + last) / 2)
    return plot._replace(first=low, last=high)


def in_context(plot: Plot, first: float, last: float) -> Plot:
    """The plot around some days: as many again before and after them, at least five years in all, or twenty
    of yearly figures. It aims at the last figure of those days."""
    low, high = extent(plot.lines)
    is_yearly = all(line.frequency == "A" for line in plot.lines if line.days)
    least = (_YEARS_OF_YEARLY if is_yearly else _YEARS) * _YEAR
    days = min(high - low, max(3 * (last - first), least))
    begin = max(low, min((first + last - days) / 2, high - days))
    return spanning(plot, begin, begin + days)._replace(aim=_last_figure(plot, first, last))


def _last_figure(plot: Plot, first: float, last: float) -> int | None:
    """The day of the last figure between two days; None where there is none."""
    ends = ((line, line.within(first, last)) for line in plot.lines)
    return max((line.days[end - 1] for line, (begin, end) in ends if begin < end), default=None)


def zoomed(plot: Plot, factor: float, around: float) -> Plot:
    """The plot over `factor` times as many days; the day `around` stays in its place."""
    low, high = extent(plot.lines)
    days = min(high - low, max(_shortest(plot), (plot.last - plot.first) * factor))
    share = (around - plot.first) / (plot.last - plot.first)
    first = max(low, min(around - share * days, high - days))
    return spanning(plot, first, first + days)


def _shortest(plot: Plot) -> float:
    """Days of the nearest look: some figures of the most frequent line."""
    allowed = [ALLOWED.get(line.frequency, 31) for line in plot.lines] or [1]
    return max(FEWEST_DAYS, 4 * min(allowed))


def panned(plot: Plot, day: float) -> Plot:
    """The plot moved as little as shows a day, with a tenth of the span beyond it."""
    days = plot.last - plot.first
    if plot.first <= day <= plot.last:
        return plot
    low, high = extent(plot.lines)
    first = day - days / 10 if day < plot.first else day - days * 9 / 10
    first = max(low, min(first, high - days))
    return plot._replace(first=round(first), last=round(first) + days)


def preset(plot: Plot, name: str) -> Plot:
    """The plot over the years of a preset, up to its newest figure."""
    low, high = extent(plot.lines)
    years = dict(PRESETS)[name]
    return spanning(plot, high - years * _YEAR if years else low, high)


def preset_of(plot: Plot) -> str:
    """The name of the preset that the plot shows; empty for another span."""
    return next((name for name, _ in reversed(PRESETS) if preset(plot, name)[1:3] == plot[1:3]), "")


class Looked(NamedTuple):
    """How a plot is looked at: its span by the name of a preset, else by its days; its view and scale, and
    the day of the crosshair."""

    span: str
    first: int
    last: int
    view: View
    log: bool
    day: int


def looked(plot: Plot, day: int) -> Looked:
    """How a plot with a crosshair on a day is looked at."""
    return Looked(preset_of(plot), plot.first, plot.last, plot.view, plot.log, day)


def looked_at(plot: Plot, how: Looked) -> Plot:
    """A plot looked at as another one was, so far as its figures reach.

    Of days that they hardly reach the nearest are shown, as many.
    """
    plot = plot._replace(view=how.view, log=how.log)
    if how.span:
        return preset(plot, how.span)
    _, high = extent(plot.lines)
    beyond = how.last - high if how.first > high - _shortest(plot) else 0
    return spanning(plot, how.first - beyond, how.last - beyond)


# ---------------------------------------------------------------------- points


def nearest_day(plot: Plot, day: float) -> int:
    """The day of the figure that is nearest to a day, in the span if there is one."""
    found: list[int] = []
    for line in plot.lines:
        low, high = line.within(plot.first, plot.last)
        at = min(max(bisect_left(line.days, day), low), high)
        found += line.days[max(low, at - 1) : min(high, at + 1)]
    return min(found, key=lambda each: (abs(each - day), each), default=round(day))


def next_day(plot: Plot, day: int, step: int) -> int:
    """The day of the next (1) or previous (-1) figure of any line; the same day where there is none."""
    found: list[int] = []
    for line in plot.lines:
        at = bisect_right(line.days, day) if step > 0 else bisect_left(line.days, day) - 1
        if 0 <= at < len(line.days):
            found.append(line.days[at])
    if not found:
        return day
    return min(found) if step > 0 else max(found)
