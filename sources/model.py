"""What numbers are made of: periods, observations, series, where they come from, and what goes wrong.

A figure is an observation of a series in a period. Every value keeps the vintage that first carried
it, so that any past day can be asked what it knew.

    SourceError                    everything that asking a provider can end in
    ├─ Unreachable                 no answer: no network, no host, refused, cut, out of time
    ├─ Refused                     an answer that says no: status 4xx or 5xx, quota, block page
    └─ WrongAnswer                 an answer that is not what was asked for: portal, drift, nonsense
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

Frequency = Literal["D", "B", "W", "M", "Q", "A", "step"]
"""Daily, on business days, weekly, monthly, quarterly, yearly; `step`: a day on which a value changes."""

Aggregate = Literal["mean", "last", "sum"]
Basis = Literal["published", "seen", "calendar"]
"""How the day of a vintage is known: the source says so; we saw it then; by the release calendar."""

DAILY: tuple[Frequency, ...] = ("D", "B", "W", "step")
_MONTHS: dict[str, int] = {"M": 1, "Q": 3, "A": 12}
_LAST_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|Q([1-4]))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A day, month, quarter or year: `first` is its first day. Weeks and steps are named by a day."""

    first: date
    frequency: Frequency

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period written as `2023`, `2024Q1`, `2025-06` or `2025-06-30`. Raises ValueError."""
        match = _PERIOD.fullmatch(text)
        if not match:
            raise ValueError(f'"{text}" is no period; expected 2023, 2024Q1, 2025-06 or 2025-06-30')
        year, month, day, quarter = match.groups()
        if day:
            return cls(date(int(year), int(month), int(day)), "D")
        if quarter:
            return cls(date(int(year), 3 * int(quarter) - 2, 1), "Q")
        return cls(date(int(year), int(month or 1), 1), "M" if month else "A")

    @classmethod
    def holding(cls, day: date, frequency: Frequency) -> Period:
        """The period of a frequency that a day lies in; for daily ones the day itself."""
        months = _MONTHS.get(frequency)
        if months is None:
            return cls(day, frequency)
        return cls(date(day.year, (day.month - 1) // months * months + 1, 1), frequency)

    @property
    def last(self) -> date:
        """Its last day."""
        months = _MONTHS.get(self.frequency)
        if months is None:
            return self.first
        year, month = self.first.year, self.first.month + months - 1
        return date(year, month, _LAST_DAYS[month] + (month == _FEBRUARY and calendar.isleap(year)))

    def shifted(self, count: int) -> Period:
        """The period `count` further on (back where negative); days for daily ones."""
        months = _MONTHS.get(self.frequency)
        if months is None:
            return Period(self.first + timedelta(days=count), self.frequency)
        month = self.first.year * 12 + self.first.month - 1 + count * months
        return Period(date(month // 12, month % 12 + 1, 1), self.frequency)

    def __str__(self) -> str:
        match self.frequency:
            case "A":
                return f"{self.first.year}"
            case "Q":
                return f"{self.first.year}Q{(self.first.month + 2) // 3}"
            case "M":
                return f"{self.first.year}-{self.first.month:02}"
            case _:
                return self.first.isoformat()


@dataclass(frozen=True, slots=True)
class Observation:
    """A value as one vintage carried it. `vintage` is a moment in UTC; `definition` names what was
    counted; `provenance` is the number of its provenance in the store, 0 where there is none."""

    period: Period
    value: float
    definition: str = "1"
    vintage: datetime | None = None
    basis: Basis = "seen"
    provenance: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of an indicator as known at some moment, oldest period first, one per period.

    `unit` is a unit of the catalogue (`%`, `pp`, `bp`, `index`, `bn CNY`, ...). Two neighbours of
    different definition are a break: nothing is computed across it.
    """

    id: str
    unit: str
    frequency: Frequency
    observations: Sequence[Observation] = ()
    aggregate: Aggregate = "last"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where observations come from: all that is needed to find, cite and check them again.

    `fetched` is when the answer was taken, in UTC; `digest` the SHA-256 of its body. `carrier` names
    who passed the agency's figures on, where that is not the provider; `transform` what was done.
    """

    provider: str
    code: str
    url: str = ""
    agency: str = ""
    licence: str = ""
    fetched: datetime | None = None
    digest: str = ""
    carrier: str = ""
    transform: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request of an adapter. Secrets stand in `secret_headers` or `secret_query` only: they
    are sent, and kept out of everything that is stored, shown or logged, the `repr` first of all."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    secret_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    secret_query: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Point:
    """A value that an adapter read: for which period, in which definition (`1` unless the source's
    column changes its meaning), and published when, where the source says so."""

    period: Period
    value: float
    definition: str = "1"
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an adapter made of a body: the points of each series code, oldest first, without doubles.

    `notes` say what was left out and why (missing values, rows that cannot be read). `following` is
    the request for the next page.
    """

    points: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    following: Request | None = None


class SourceError(Exception):
    """What came of asking a provider; `str()` is a sentence in plain words, without secrets."""

    retry_after: float | None = None


class Unreachable(SourceError):  # noqa: N818  (names what happened, as httpx does)
    """No answer came, or not in time."""


class Refused(SourceError):  # noqa: N818
    """The provider answered that it will not: `status` is the HTTP status, or 0 for a 200 that refuses.

    `retry_after` is how many seconds it asks to be left alone.
    """

    def __init__(self, words: str, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.retry_after = retry_after


class WrongAnswer(SourceError):  # noqa: N818
    """The answer is not what was asked for; nothing of it is kept. Names field, expected and found."""
