"""What a chart shows: lines of figures over days, parted where figures are missing or count something else.

A plot is plain data. How it looks is decided in `briefings.charts.raster` (cells of a terminal)
and in `briefings.charts.pictures` (SVG); `briefings.charts.views` turns it into rebased or yearly changes
first. Days are ordinals (`date.toordinal`), and a figure stands at the first day of its period.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from statistics import median_low
from typing import Literal, NamedTuple, get_args

from briefings.charts.scales import Unit
from sources.model import Frequency, Observation, Period, Series

View = Literal["plain", "rebased", "yearly"]
VIEWS: tuple[View, ...] = ("plain", "rebased", "yearly")
"""Figures as they are; each from 100 at the left edge; against those of a year before."""

LARGEST = 1e300
"""Beyond this, a number is no figure: no scale could hold it."""

FEWEST_DAYS = 6
ALLOWED: dict[Frequency, int] = {"M": 31, "Q": 92, "A": 366, "W": 10, "D": 14, "B": 14}
_TOLD_APART: dict[Frequency, Unit] = {"M": "month", "Q": "month", "A": "year"}
_SAMPLED = ("D", "B", "W")
_RHYTHM = 4


class Break(NamedTuple):
    """Where a line begins to count something else: at its point number `at`, in `period`.

    `day` lies between the two figures that the break parts. `name` is what was redefined.
    """

    at: int
    day: float
    period: str
    note: str = ""
    name: str = ""


class Line(NamedTuple):
    """The figures of a series: `values` on ascending `days`, all finite.

    No line joins the points numbered in `starts` to those before them: something is missing between, or
    a break. A figure of a `step` series holds until the next one, the last until the day `until`.
    `letter` names the line in the chart where there are several, `axis` is the scale that it is drawn
    on, 0 or 1. `parts` are the lines that it is computed from.
    """

    id: str
    label: str
    unit: str
    frequency: Frequency
    days: Sequence[int]
    values: Sequence[float]
    starts: Sequence[int] = ()
    breaks: tuple[Break, ...] = ()
    until: int = 0
    label_zh: str = ""
    letter: str = ""
    decimals: int = 2
    axis: int = 0
    parts: tuple[Line, ...] = ()

    @property
    def is_step(self) -> bool:
        """Whether its figures hold until the next."""
        return self.frequency == "step"

    def segments(self) -> Iterator[tuple[tuple[int, float], ...]]:
        """The (day, value) points that are joined to one line, piece by piece."""
        for first, last in pairwise((*self.starts, len(self.days))):
            yield tuple(zip(self.days[first:last], self.values[first:last], strict=True))

    def within(self, first: float, last: float) -> tuple[int, int]:
        """The points from day `first` to day `last`: the number of the first, and of the one after them."""
        return bisect_left(self.days, first), bisect_right(self.days, last)

    def at(self, day: int) -> int | None:
        """The number of the point whose period holds a day."""
        number = bisect_right(self.days, day) - 1
        if number < 0:
            return None
        if self.is_step:
            return number if day <= self.until else None
        last = Period(date.fromordinal(self.days[number]), self.frequency).last.toordinal()
        return number if day <= last else None

    def period(self, number: int) -> str:
        """The period of a point, as it is written."""
        return str(Period(date.fromordinal(self.days[number]), self.frequency))


class Reference(NamedTuple):
    """A value that is said of the series `line` over some days: drawn against it, and lettered. `label` is
    the short name of the claim, `by` what says it, in words that stand alone."""

    letter: str
    line: str
    first: int
    last: int
    value: float
    label: str = ""
    axis: int = 0
    by: str = ""


class Event(NamedTuple):
    """Something that happened on a day; `item` is the id under which it is known."""

    day: int
    label: str
    mark: str = ""
    item: str = ""


class Plot(NamedTuple):
    """What is drawn from day `first` to day `last`. A logarithmic scale counts where all is positive. A
    crosshair begins on the day `aim`, without one on the newest figure."""

    lines: tuple[Line, ...]
    first: int
    last: int
    references: tuple[Reference, ...] = ()
    events: tuple[Event, ...] = ()
    view: View = "plain"
    log: bool = False
    aim: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no line has a figure: then its days mean nothing."""
        return not any(line.days for line in self.lines)

    @property
    def finest(self) -> Unit:
        """The shortest time between which its figures tell a difference."""
        found = {_TOLD_APART.get(line.frequency, "day") for line in self.lines if line.days}
        return next((unit for unit in get_args(Unit) if unit in found), "day")


# ---------------------------------------------------------------------- making


def line_of(
    series: Series,
    label: str = "",
    *,
    label_zh: str = "",
    decimals: int = 2,
    told_of: Callable[[str], tuple[str, str]] = lambda definition: ("", ""),
    until: date | None = None,
) -> Line:
    """The line of a series. `told_of` names what a definition is of, and says what it counts; a last step
    holds until `until`."""
    seen = series.observations
    numbers = [at for at, each in enumerate(seen) if abs(each.value) <= LARGEST]  # a NaN is not
    drawn = [seen[at] for at in numbers]
    days = [each.period.first.toordinal() for each in drawn]
    breaks = tuple(_breaks(drawn, days, told_of))
    allowed = _allowed(series)
    starts = {0, *(each.at for each in breaks)} if drawn else set()
    for at, (before, after) in enumerate(pairwise(numbers), 1):
        if after > before + 1 or days[at] - days[at - 1] > allowed:
            starts.add(at)
    end = max(days[-1] if days else 0, until.toordinal() if until else 0)
    return Line(
        series.id, label or series.id, series.unit, series.frequency, days,
        [float(each.value) for each in drawn], sorted(starts), breaks, end, label_zh, decimals=decimals,
    )  # fmt: skip


def _breaks(
    drawn: Sequence[Observation], days: Sequence[int], told_of: Callable[[str], tuple[str, str]]
) -> Iterator[Break]:
    """Where two neighbouring figures differ in definition."""
    for at, (before, after) in enumerate(pairwise(drawn), 1):
        if before.definition != after.definition:
            name, note = told_of(after.definition)
            yield Break(at, (days[at - 1] + days[at]) / 2, str(after.period), note, name)


def _allowed(series: Series) -> float:
    """The days from one figure to the next beyond which something is missing between.

    Daily figures that are kept only now and then have a rhythm of their own.
    """
    allowed = ALLOWED.get(series.frequency, math.inf)
    if series.frequency not in _SAMPLED or len(series.observations) < 2:
        return allowed
    days = [each.period.first.toordinal() for each in series.observations]
    return max(allowed, _RHYTHM * median_low([after - day for day, after in pairwise(days)]))


def plot_of(
    lines: Iterable[Line],
    references: Iterable[Reference] = (),
    events: Iterable[Event] = (),
    *,
    view: View = "plain",
    log: bool = False,
) -> Plot:
    """All of some lines. Several get letters (a, b, ...); what is said of that time gets (A, B, ...),
    events in it numbers."""
    found = tuple(lines)
    if len(found) > 1:
        found = tuple(line._replace(letter=_letter("a", number)) for number, line in enumerate(found))
    first, last = extent(found)
    dated = sorted(each for each in events if first <= each.day <= last)
    return Plot(
        found,
        first,
        last,
        tuple(_said_of(found, references, first, last)),
        tuple(each._replace(mark=str(number + 1)) for number, each in enumerate(dated)),
        view,
        log,
    )


def _said_of(
    lines: Iterable[Line], references: Iterable[Reference], first: int, last: int
) -> Iterator[Reference]:
    """What is said of some lines in a span, in order and with its letters."""
    ids = {line.id for line in lines if line.days}
    within = [each for each in references if each.first <= last and each.last >= first]
    told = [each for each in within if each.line in ids and abs(each.value) <= LARGEST]
    for number, each in enumerate(sorted(told, key=lambda each: (each.first, each.last))):
        yield each._replace(letter=_letter("A", number))


def _letter(first: str, number: int) -> str:
    return chr(ord(first) + number % 26)


# ---------------------------------------------------------------------- spans


def extent(lines: Sequence[Line]) -> tuple[int, int]:
    """The first and the last day of some lines, at least a few days apart."""
    drawn = [line for line in lines if line.days]
    if not drawn:
        return 1, 1 + FEWEST_DAYS
    first = min(line.days[0] for line in drawn)
    last = max(line.until if line.is_step else line.days[-1] for line in drawn)
    return spread(first, last, (first + last) / 2)


def spread(first: float, last: float, centre: float) -> tuple[int, int]:
    """Days in order and within the calendar, at least a few apart."""
    least, most = date.min.toordinal(), date.max.toordinal()
    low, high = max(least, math.floor(min(first, last))), min(most, math.ceil(max(first, last)))
    if high - low < FEWEST_DAYS:
        low = max(least, min(math.floor(centre) - FEWEST_DAYS // 2, most - FEWEST_DAYS))
        high = low + FEWEST_DAYS
    return low, high
