"""Scales and ticks: from values and days to places on an axis. No terminal, no picture in it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

Unit = Literal["day", "month", "year"]

_STEPS = (1.0, 2.0, 5.0, 10.0)
_MONTH_STEPS = (1, 3, 6)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_DAY_STEPS = (1, 2, 7, 14)
_DAYS = {"day": 1.0, "month": 30.44, "year": 365.25}
_NARROW = 1e-12
_LONGEST = 1e15
_LEAST = 1e-300
_LOG_STEPS = ((1, 2, 5), (1, 3), (1,))
_ROOM = 0.04
_FEWEST = 3


class Tick(NamedTuple):
    """A place on an axis, and what stands there."""

    at: float
    label: str


class Scale(NamedTuple):
    """A linear or logarithmic scale from `low` to `high`, both finite, `low < high`."""

    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float:
        """Where a value lies, 0 at `low` and 1 at `high`."""
        if self.log:
            low, high = math.log(self.low), math.log(self.high)
            return (math.log(value) - low) / (high - low)
        return value / (self.high - self.low) - self.low / (self.high - self.low)

    def value(self, place: float) -> float:
        """The value at a place."""
        if self.log:
            low, high = math.log(self.low), math.log(self.high)
            return math.exp(low + place * (high - low))
        return self.low * (1 - place) + self.high * place


def value_scale(
    low: float, high: float, most: int = 6, *, log: bool = False
) -> tuple[Scale, tuple[Tick, ...]]:
    """A scale around values, with about `most` ticks at round numbers.

    `low` and `high` are the least and greatest value, within 1e300; equal ones get room on both sides.
    `log` counts where all values are positive.
    """
    if log and low > _LEAST:
        return _log_scale(low, high, most)
    if high - low <= _NARROW * max(abs(low), abs(high), _NARROW):
        room = abs(low) / 2 if abs(low) > _NARROW else 1.0
        low, high = low - room, high + room
    step = _round_step((high - low) / max(1, most - 1))
    ticks = _ticks(math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9), step)
    return Scale(ticks[0].at, ticks[-1].at), ticks


def _ticks(first: int, last: int, step: float) -> tuple[Tick, ...]:
    """Ticks at multiples of a step, those numbered from `first` to `last`."""
    power = math.floor(math.log10(step) + 1e-9)
    greatest = max(abs(first), abs(last)) * step
    decimals = -len(f"{greatest / 10.0**power:.0f}") if greatest >= _LONGEST else max(0, -power)
    numbers = range(first, last + 1)
    return tuple(Tick(number * step, _number(number * step, decimals)) for number in numbers)


def _log_scale(low: float, high: float, most: int) -> tuple[Scale, tuple[Tick, ...]]:
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    last = max(last, first + 1)
    every = math.ceil((last - first + 1) / max(2, most))
    powers = range(first, last + 1, every)
    ticks = [Tick(10.0**power, _number(10.0**power, max(0, -power))) for power in powers]
    return Scale(10.0**first, 10.0**last, log=True), tuple(ticks)


def close_scale(
    low: float, high: float, most: int = 6, *, log: bool = False
) -> tuple[Scale, tuple[Tick, ...]]:
    """A scale that ends just beyond the values, with as many round ticks as there is room for.

    So little room is lost that a line fills its chart; a narrow logarithmic one has ticks between powers.
    """
    scale, ticks = value_scale(low, high, most, log=log)
    if not low < high or high - low <= _NARROW * max(abs(low), abs(high), _NARROW):
        return scale, ticks
    ends = (scale.place(low), scale.place(high))
    room = _ROOM * (ends[1] - ends[0])
    near = Scale(scale.value(max(0.0, ends[0] - room)), scale.value(min(1.0, ends[1] + room)), scale.log)
    if not near.low < near.high:
        return scale, ticks
    ticks = _log_ticks(near, most) if scale.log else _close_ticks(near, most)
    return near, tuple(tick for tick in ticks if near.low <= tick.at <= near.high)


def _close_ticks(scale: Scale, most: int) -> tuple[Tick, ...]:
    """The most ticks at round numbers within a scale; two at least, so that it can be read."""
    step = _round_step((scale.high - scale.low) / (2 * most + 1))
    found: tuple[Tick, ...] = ()
    while True:
        ticks = _ticks(math.ceil(scale.low / step - 1e-9), math.floor(scale.high / step + 1e-9), step)
        if len(ticks) < 2 and found:
            return found
        if len(ticks) <= most:
            return ticks
        found, step = ticks, _round_step(step * 1.5)


def _log_ticks(scale: Scale, most: int) -> tuple[Tick, ...]:
    """As many of 1, 2, 5 times a power of ten as there is room for; round numbers where these are few."""
    first, last = math.floor(math.log10(scale.low)), math.ceil(math.log10(scale.high))
    for digits in _LOG_STEPS:
        every = 1 if len(digits) > 1 else math.ceil((last - first + 1) / max(2, most))
        marks = [(digit, power) for power in range(first, last + 1, every) for digit in digits]
        within = [mark for mark in marks if scale.low <= mark[0] * 10.0 ** mark[1] <= scale.high]
        if len(within) <= most:
            break
    if len(within) < _FEWEST:
        return value_scale(scale.low, scale.high, most)[1]
    return tuple(
        Tick(digit * 10.0**power, _number(digit * 10.0**power, max(0, -power))) for digit, power in within
    )


def _round_step(rough: float) -> float:
    """The least of 1, 2, 5 times a power of ten that is no less than `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def _number(value: float, decimals: int) -> str:
    """A number with decimals and thousands; with `-decimals` significant digits where that is below zero."""
    text = f"{value:,.{decimals}f}" if decimals >= 0 else f"{value:.{-decimals}g}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def time_ticks(first: date, last: date, most: int, finest: Unit = "day") -> tuple[Tick, ...]:
    """At most `most` ticks at round dates from `first` to `last`, labelled as short as they stay plain.

    `at` is the ordinal of the day. The step goes from the `finest` to decades and centuries.
    """
    unit, step = _time_step((last - first).days, max(1, most), finest)
    days = [day for day in _round_days(first, last, unit, step) if first <= day <= last][:most]
    years = [day.year for day in days]
    return tuple(
        Tick(day.toordinal(), _day_label(day, unit, year != before))
        for day, year, before in zip(days, years, [0, *years], strict=False)
    )


_CHOICES: tuple[tuple[Unit, tuple[int, ...]], ...] = (
    ("day", _DAY_STEPS),
    ("month", _MONTH_STEPS),
    ("year", _YEAR_STEPS),
)


def _time_step(days: int, most: int, finest: Unit) -> tuple[Unit, int]:
    names = [name for name, _ in _CHOICES]
    for unit, steps in _CHOICES[names.index(finest) :]:
        for step in steps:
            if days / (step * _DAYS[unit]) <= most - 1 or (most == 1 and days < step * _DAYS[unit]):
                return unit, step
    return "year", 1000


def _round_days(first: date, last: date, unit: Unit, step: int) -> Iterator[date]:
    if unit == "day":
        day = first + timedelta(-first.toordinal() % step)
        while day <= last:
            yield day
            if last.toordinal() - day.toordinal() < step:
                return
            day += timedelta(step)
    elif unit == "month":
        count = first.year * 12 + first.month - 1
        for number in range(count - count % step, last.year * 12 + last.month, step):
            yield date(number // 12, number % 12 + 1, 1)
    else:
        for year in range(max(1, first.year - first.year % step), last.year + 1, step):
            yield date(year, 1, 1)


def _day_label(day: date, unit: Unit, is_first: bool) -> str:
    """A day without its year, but for the `first` one of a year."""
    if unit == "year" or (unit == "month" and day.month == 1):
        return f"{day.year:04}"
    if unit == "month":
        return f"{day:%Y-%m}"
    return f"{day}" if is_first else f"{day:%m-%d}"
