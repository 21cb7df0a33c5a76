"""How fresh a figure is: pure rules of release calendar, newest period held, last asking, and now.

Two clocks run apart. The content clock asks whether something newer than what is held is published by
now; the transport clock, when the provider was last asked, and whether it answered.

           opens          closes        late
    fresh    |     due (window, grace)    |    stale Nd      N counts from the last day of the window
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sources.catalogue.releases import Release, Window, next_window, zone_of
from sources.model import Period

Content = Literal["fresh", "due", "stale", "never"]
State = Literal["fresh", "due", "stale", "failing", "never"]


@dataclass(frozen=True, slots=True)
class Clocks:
    """What is known about a series: the newest period held, and how asking for it went.

    `success` is the last answer that was taken (a 304 too); `failure` the last one that was not, and
    `failing_since` the first failure after the last success, where that is known. `retrieved` is when
    others took what was shipped.
    """

    held: Period | None = None
    success: datetime | None = None
    failure: datetime | None = None
    failing_since: datetime | None = None
    retrieved: datetime | None = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """Both clocks read at one moment. `days` counts from the day by which it was due."""

    content: Content
    held: Period | None
    window: Window | None
    days: int = 0
    failing_since: datetime | None = None
    asked: datetime | None = None
    """The last success; None where nobody ever asked from here."""

    @property
    def state(self) -> State:
        """The one word for both: failing tells more than how old the content is."""
        return "failing" if self.failing_since else self.content


def freshness(rule: Release, clocks: Clocks, now: datetime) -> Freshness:
    """How fresh a series is. `now`, as all moments, knows its zone."""
    failing = _failing_since(clocks)
    if clocks.held is None:
        return Freshness("never", None, None, 0, failing, clocks.success)
    looked = max(filter(None, (clocks.success, clocks.retrieved)), default=None)
    window = next_window(rule, clocks.held, looked)
    content: Content = "fresh" if now < window.opens else "due" if now < window.late else "stale"
    days = (now.astimezone(zone_of(rule.zone)).date() - window.last).days if content == "stale" else 0
    return Freshness(content, clocks.held, window, days, failing, clocks.success)


def word(fresh: Freshness) -> str:
    """The state in a word or two, for a row: `fresh`, `due 10-15 Oct`, `stale 18d`, `never`."""
    if fresh.failing_since:
        return f"failing since {_day(fresh.failing_since.date())}"
    match fresh.content:
        case "due":
            return f"due {days_of(fresh.window)}" if fresh.window else "due"
        case "stale":
            return f"stale {fresh.days}d"
        case content:
            return content


def wording(fresh: Freshness, now: datetime) -> str:
    """The state in sentences, for a card: what is, and when the next figure is expected."""
    if fresh.held is None:
        kept = "Nothing is held."
        return f"{_failing(fresh)} {kept}" if fresh.failing_since else "Never asked."
    year = now.year
    kept = f"Kept: {_named(fresh.held, year)}."
    if fresh.failing_since:
        return f"{_failing(fresh)} {kept}"
    if fresh.content == "fresh":
        return f"{_newest(fresh)}; next {days_of(fresh.window)}." if fresh.window else f"{_newest(fresh)}."
    return f"{_expected(fresh, year)} {kept}"


def days_of(window: Window | None) -> str:
    """The days of a window: `10-15 Oct`, `28 Sep-3 Oct`, `20 Oct`."""
    if window is None:
        return ""
    first, last = window.first, window.last
    if first == last:
        return _day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{_day(last)}"
    return f"{_day(first)}-{_day(last)}"


def _newest(fresh: Freshness) -> str:
    return "Newest published" if fresh.asked else "Shipped figure, never asked from here"


def _expected(fresh: Freshness, year: int) -> str:
    window = fresh.window
    if window is None:
        return ""
    late = fresh.content == "stale"
    if window.period is None:
        return f"A look was due by {_long(window.last, year)}." if late else "A look is due."
    name = _named(window.period, year)
    return f"{name} was due by {_long(window.last, year)}." if late else f"{name} is due {days_of(window)}."


def _failing(fresh: Freshness) -> str:
    since = fresh.failing_since
    return f"Failing since {_day(since.date())}." if since else ""


def _named(period: Period, year: int) -> str:
    match period.frequency:
        case "M":
            name = calendar.month_name[period.first.month]
            return name if period.first.year == year else f"{name} {period.first.year}"
        case "Q" | "A":
            return str(period)
        case _:
            return _long(period.first, year)


def _long(day: date, year: int) -> str:
    words = f"{day.day} {calendar.month_name[day.month]}"
    return words if day.year == year else f"{words} {day.year}"


def _day(day: date) -> str:
    return f"{day.day} {calendar.month_abbr[day.month]}"


def _failing_since(clocks: Clocks) -> datetime | None:
    if clocks.failure is None or (clocks.success and clocks.success >= clocks.failure):
        return None
    return clocks.failing_since or clocks.failure
