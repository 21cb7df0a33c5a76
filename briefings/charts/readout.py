"""What a chart says in words: the figures on a day, and a line's extremes and last twelve months."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from briefings.charts.crowding import joined
from briefings.charts.plots import Event, Line
from briefings.charts.views import HUNDRED, Look
from sources.model import Period
from sources.numbers import shown, with_thousands

_UNSAID = (HUNDRED, "index", "count", "score")
_YEAR = 365
_MEANT = 2
_LONG_NUMBER = 1e15


class Part(NamedTuple):
    """Some words of a readout. `role` is that of the line they speak of, or `ink` or `quiet`. What is said
    of a line follows its name in one part."""

    text: str
    role: str
    is_name: bool = False


class Extreme(NamedTuple):
    """A value and its period."""

    value: float
    period: str


class Summary(NamedTuple):
    """A line in a span: its extremes, its newest figure, and the mean and deviation of its last year.

    The last two are None where the year holds a break or too few figures; `points` counts those
    they rest on.
    """

    low: Extreme
    high: Extreme
    newest: Extreme
    mean: float | None = None
    deviation: float | None = None
    points: int = 0


def amount(value: float, line: Line) -> str:
    """A value of a line with its unit, where that says something: `8.4 pp`, `41,310`."""
    unit = "" if line.unit in _UNSAID else line.unit
    return f"{number(value, line.decimals)} {unit}".rstrip()


def number(value: float, decimals: int) -> str:
    """A value as people read it."""
    if abs(value) >= _LONG_NUMBER:
        return f"{value:.6g}"
    return with_thousands(shown(value, decimals))


def role_of(place: int) -> str:
    """The role of the line at a place: three colours, then again."""
    return f"line{place % 3 + 1}"


# ---------------------------------------------------------------------- a day


def readout(look: Look, day: int) -> Iterator[Part]:
    """What the lines say on a day, what is said of them, and what happened; short, and without colour too."""
    if look.is_empty:
        yield Part("no figures", "quiet")
        return
    yield Part(when(look.lines, day), "ink")
    for place, line in enumerate(look.lines):
        yield Part("   ", "quiet")
        if line.letter:
            yield Part(f"{line.letter} ", role_of(place))
        if line.at(day) is None and _is_there(look, line.id, day):
            yield Part(line.label, "quiet", is_name=True)
            yield Part(" not in this view", "quiet")
        else:
            yield from _figure(line, day, role_of(place))
    if len(look.lines) == 1 and look.view == "plain":
        yield from _parts(look.lines[0], day)
    for reference in look.references:
        if reference.first <= day <= reference.last:
            line = next(each for each in look.lines if each.id == reference.line)
            yield Part(f"   {reference.letter} says {amount(reference.value, line)}", "quiet")
    if happened := events_at(look, day):
        yield Part(f"   {joined(happened)} {'; '.join(event.label for event in happened)}", "quiet")


def _is_there(look: Look, name: str, day: int) -> bool:
    """Whether a line has a figure on a day, that the view may have no place for."""
    return any(line.id == name and line.at(day) is not None for line in look.plot.lines)


def _parts(line: Line, day: int) -> Iterator[Part]:
    """What a computed figure is made of: `   M2 growth 9.7 %, M1 growth 1.3 %`."""
    found = ((part, at) for part in line.parts if (at := part.at(day)) is not None)
    words = ", ".join(f"{part.label} {amount(part.values[at], part)}" for part, at in found)
    if words:
        yield Part(f"   {words}", "quiet")


def events_at(look: Look, day: int) -> tuple[Event, ...]:
    """What happened in the period that the crosshair stands on."""
    first, last = day, day
    for line in look.lines:
        at = line.at(day)
        if at is not None and not line.is_step:
            period = Period(date.fromordinal(line.days[at]), line.frequency)
            first, last = period.first.toordinal(), period.last.toordinal()
            break
    return tuple(each for each in look.plot.events if first <= each.day <= last)


def when(lines: Sequence[Line], day: int) -> str:
    """The period of the first line that has a figure there; else the day."""
    for line in lines:
        at = line.at(day)
        if at is not None and line.days[at] == day:
            return line.period(at)
    return date.fromordinal(day).isoformat()


def _figure(line: Line, day: int, role: str) -> Iterator[Part]:
    at = line.at(day)
    yield Part(line.label, "quiet", is_name=True)
    if at is None:
        yield Part(" none", "quiet")
        return
    yield Part(f" {amount(line.values[at], line)}", role)
    if line.days[at] != day:
        yield Part(f" ({'since ' if line.is_step else ''}{line.period(at)})", "quiet")


# ---------------------------------------------------------------------- a span


def summary(line: Line, first: int, last: int) -> Summary | None:
    """What there is to say of a line from one day to another; None where it has no figures there."""
    low, high = line.within(first, last)
    if low == high:
        return None
    least = min(range(low, high), key=line.values.__getitem__)
    most = max(range(low, high), key=line.values.__getitem__)
    made = Summary(_extreme(line, least), _extreme(line, most), _extreme(line, high - 1))
    start = max(low, bisect_right(line.days, line.days[high - 1] - _YEAR))
    values = line.values[start:high]
    crossed = any(start < each.at < high for each in line.breaks)
    if line.is_step or crossed or len(values) < _MEANT:
        return made
    mean = math.fsum(values) / len(values)
    return made._replace(mean=mean, deviation=_deviation(values, mean), points=len(values))


def _extreme(line: Line, at: int) -> Extreme:
    return Extreme(line.values[at], line.period(at))


def _deviation(values: Sequence[float], mean: float) -> float:
    return math.hypot(*(value - mean for value in values)) / math.sqrt(len(values))


def told(line: Line, first: int, last: int) -> str:
    """`low -15.2 pp 2016-07   high 13.1 pp 2015-01   last 12 months mean 3.28, deviation 0.89`."""
    found = summary(line, first, last)
    if found is None:
        return "no figures in this span"
    parts = [f"{name} {amount(each.value, line)} {each.period}" for name, each in _named(found)]
    if found.mean is not None and found.deviation is not None:
        decimals = max(2, line.decimals)
        mean, deviation = number(found.mean, decimals), number(found.deviation, decimals)
        parts.append(f"last 12 months mean {mean}, deviation {deviation}")
    return "   ".join(parts)


def _named(found: Summary) -> tuple[tuple[str, Extreme], ...]:
    return ("low", found.low), ("high", found.high), ("newest", found.newest)


def span_told(first: int, last: int) -> str:
    """Days as a year or months, where they are whole: `2023`, `2024-01..2024-03`."""
    begins, ends = date.fromordinal(first), date.fromordinal(last)
    if (begins.month, begins.day, ends.month, ends.day) == (1, 1, 12, 31):
        return f"{begins:%Y}" if begins.year == ends.year else f"{begins:%Y}..{ends:%Y}"
    if begins.day == 1 and (ends + timedelta(1)).day == 1:
        months = f"{begins:%Y-%m}", f"{ends:%Y-%m}"
        return months[0] if months[0] == months[1] else "..".join(months)
    return f"{begins}" if begins == ends else f"{begins}..{ends}"
