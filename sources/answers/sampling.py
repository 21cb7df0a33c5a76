"""Daily values brought into the frequency of an entry: as they are, month-ends, or days of change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from sources.answers import reading
from sources.answers.bodies import wrong
from sources.model import DAILY, Frequency, Period, WrongAnswer
from sources.provider import Asked, Field, Query, Row

Day = tuple[date, float | None]

MONTH_END = Field(
    "month_end", "true, to keep the last value of each month only", r"true|false", required=False
)
"""For daily values whose owner forbids passing them on, and for monthly indicators made of them."""


def dated(asked: Asked, query: Query, days: Iterable[Day]) -> list[Row]:
    """The rows of a query from values by day; longer periods are named by their first day.

    With `month_end: true` the last value of each month that is over; for `step` the days of change.
    Raises WrongAnswer where the days do not fit the frequency.
    """
    if wants_month_ends(query):
        return month_ends(query.frequency, days)
    if query.frequency == "step":
        return steps(days, held=asked.since is not None)
    return [(_period(day, query), value) for day, value in days]


def wants_month_ends(query: Query) -> bool:
    """Whether only the last value of each month is wanted."""
    return query.get("month_end") == "true"


def asked_frequency(query: Query) -> Frequency:
    """The frequency of the values that an entry is made of: daily, where only month-ends are wanted."""
    return "D" if wants_month_ends(query) else query.frequency


def takes_days(query: Query) -> bool:
    """Whether the entry is made of values by day."""
    return query.frequency in DAILY or wants_month_ends(query)


def month_ends(frequency: Frequency, days: Iterable[Day]) -> list[Row]:
    """The last value of each month; of the newest one only if it is surely the last.

    Sure is what a value of a later month follows, and what falls on the last weekday of its month.
    """
    valued = sorted((day, value) for day, value in days if value is not None)
    newest = valued[-1:] if valued and _closes_month(valued[-1][0]) else []
    ends = [
        last for last, following in pairwise(valued) if last[0].replace(day=1) != following[0].replace(day=1)
    ]
    return [(Period.holding(day, frequency), value) for day, value in (*ends, *newest)]


def _closes_month(day: date) -> bool:
    """Whether no weekday of the month comes after this day."""
    month = Period.holding(day, "M")
    rest = (month.last - day).days
    return all((day + timedelta(days=ahead)).weekday() > 4 for ahead in range(1, rest + 1))


def steps(days: Iterable[Day], held: bool) -> list[Row]:
    """The days on which a value changes; the first day counts as one unless older ones are held."""
    valued = sorted((day, value) for day, value in days if value is not None)
    first: Sequence[Day] = [] if held else valued[:1]
    changes = [later for earlier, later in pairwise(valued) if later[1] != earlier[1]]
    return [(Period(day, "step"), value) for day, value in (*first, *changes)]


def _period(day: date, query: Query) -> Period:
    period = Period.holding(day, query.frequency)
    if period.first != day:
        kind = {"M": "month", "Q": "quarter", "A": "year"}[query.frequency]
        raise wrong(f"the dates of {query.series}", f"the first day of a {kind}", day.isoformat())
    return period


def day_in(cell: object, field: str) -> date:
    """The day that a cell names. Raises WrongAnswer with the name of the field."""
    try:
        return reading.day(cell)
    except ValueError as error:
        raise WrongAnswer(f"{field}: {error}") from None


def period_in(cell: object, frequency: Frequency, field: str) -> Period:
    """The period that a cell names. Raises WrongAnswer with the name of the field."""
    try:
        return reading.period(cell, frequency)
    except ValueError as error:
        raise WrongAnswer(f"{field}: {error}") from None


def number_in(cell: object, field: str) -> float | None:
    """The number in a cell, None where it is missing. Raises WrongAnswer with the name of the field."""
    try:
        return reading.number(cell)
    except ValueError as error:
        raise WrongAnswer(f"{field}: {error}") from None
