"""When figures are published: the release rule of an indicator, and the windows that it makes.

Pure rules of the calendar. Working days leave out weekends; holidays are not known, grace covers them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sources.limits import RELEASE_COUNT
from sources.model import Frequency, Period
from sources.text import message

LagUnit = Literal["days", "business days", "months", "step"]

_FIELDS = ("months_after", "day", "time", "zone", "grace", "lag", "step")
_LAG = re.compile(r"(\d+) +(business days?|days?|weeks?|months?|years?)")
_DAYS = re.compile(r"(\d+)(?: *\.\. *(\d+))?")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_STEP_DAYS = 7
_USUAL_LAG: dict[Frequency, tuple[int, LagUnit, int]] = {
    "D": (2, "days", 3),
    "B": (2, "business days", 3),
    "W": (7, "days", 3),
    "M": (1, "months", 0),
    "Q": (4, "months", 0),
    "A": (12, "months", 0),
    "step": (_STEP_DAYS, "step", 7),
}
"""Count, unit and days of grace of an entry that says nothing about its releases."""


WINDOWS = 2_000
"""Kept in memory: series with one rule share the windows of their periods."""


@dataclass(frozen=True, slots=True)
class Release:
    """When a period is published: `count` units after its last day, and what of that is a window.

    In months, the window is `first_day` to `last_day` of that month (cut to its length); in days it is
    one day. For steps it is when to look again: `count` days after the last look or the last change.
    It opens at `at` in `zone`, and `grace` days after its last day what is missing is late.
    """

    count: int
    unit: LagUnit
    first_day: int = 1
    last_day: int = 31
    at: time = time(0, 0)
    zone: str = "UTC"
    grace: int = 0

    @classmethod
    def parse(cls, fields: Mapping[str, str], frequency: Frequency) -> Release:
        """The rule that a `release:` entry writes; what it leaves out is usual for the frequency.

        Raises ValueError naming the field, what it holds and what was expected.
        """
        for name in fields:
            if name not in _FIELDS:
                raise ValueError(f"release: no field `{message(name, 40)}`; expected {', '.join(_FIELDS)}")
        count, unit, grace = _lag(fields, frequency)
        first, last = _days(fields.get("day", ""), unit)
        clock = _clock(fields.get("time", ""))
        zone = _zone_name(fields.get("zone", "") or "UTC")
        return cls(count, unit, first, last, clock, zone, _number("grace", fields.get("grace", ""), grace))


@dataclass(frozen=True, slots=True)
class Window:
    """When a period comes out: a day or several in the agency's zone, and the moments that they make.

    `period` is None for a step: nobody knows whether there will be one.
    """

    period: Period | None
    first: date
    last: date
    opens: datetime
    closes: datetime
    """The end of the last day."""
    late: datetime
    """From here on what has not come is stale."""


def next_window(rule: Release, held: Period, looked_at: datetime | None = None) -> Window:
    """When the period after the newest one held comes out; for steps, when to look again."""
    if rule.unit == "step":
        looked = looked_at.astimezone(zone_of(rule.zone)).date() if looked_at else held.first
        day = max(looked, held.first) + timedelta(days=rule.count)
        return _window(rule, None, day, day)
    return window_of(rule, following(held))


@lru_cache(maxsize=WINDOWS)
def window_of(rule: Release, period: Period) -> Window:
    """When a period comes out. A step is known on its day."""
    day = period.last
    match rule.unit:
        case "months":
            first, last = _month_days(rule, day)
            return _window(rule, period, max(first, period.first), max(last, period.first))
        case "days":
            day += timedelta(days=rule.count)
        case "business days":
            day = _business_days(day, rule.count)
        case "step":
            pass
    return _window(rule, period, day, day)


def known_by(window: Window) -> datetime:
    """By when what came out in a window was surely published, in UTC: its end, without grace.

    It is the last moment of that day in the agency's zone, and the vintage of `calendar` basis.
    """
    return window.closes - timedelta(seconds=1)


def following(period: Period) -> Period:
    """The next period that is published: business days leave out weekends, weeks are seven days on."""
    match period.frequency:
        case "B":
            return Period(_business_days(period.first, 1), "B")
        case "W":
            return period.shifted(7)
        case _:
            return period.shifted(1)


def _window(rule: Release, period: Period | None, first: date, last: date) -> Window:
    zone = zone_of(rule.zone)
    closes = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    late = datetime.combine(last + timedelta(days=1 + rule.grace), time(), zone).astimezone(UTC)
    return Window(period, first, last, datetime.combine(first, rule.at, zone).astimezone(UTC), closes, late)


def _month_days(rule: Release, day: date) -> tuple[date, date]:
    month = day.year * 12 + day.month - 1 + rule.count
    start = date(month // 12, month % 12 + 1, 1)
    length = calendar.monthrange(start.year, start.month)[1]
    return start.replace(day=min(rule.first_day, length)), start.replace(day=min(rule.last_day, length))


def _business_days(day: date, count: int) -> date:
    """The day `count` working days on; 0 from a weekend is the Monday after. Holidays are not known."""
    if day.weekday() > 4:
        day += timedelta(days=7 - day.weekday())
        count = max(count - 1, 0)
    weeks, rest = divmod(day.weekday() + count, 5)
    return day + timedelta(days=7 * weeks + rest - day.weekday())


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)


# ---------------------------------------------------------------------- reading a rule


def _lag(fields: Mapping[str, str], frequency: Frequency) -> tuple[int, LagUnit, int]:
    """Count, unit, and the days of grace that are usual with it."""
    given = [name for name in ("months_after", "lag", "step") if fields.get(name)]
    if len(given) > 1:
        raise ValueError(f"release: {' and '.join(given)} exclude each other")
    match given:
        case ["months_after"]:
            return _number("months_after", fields["months_after"], 0), "months", 0
        case ["lag"]:
            return _read_lag("lag", fields["lag"], frequency)
        case ["step"]:
            return _read_step(fields["step"])
        case _:
            return _USUAL_LAG[frequency]


def _read_lag(name: str, text: str, frequency: Frequency) -> tuple[int, LagUnit, int]:
    match = _LAG.fullmatch(text.strip())
    if not match:
        raise ValueError(f'release: {name} is "{message(text, 60)}"; expected as 2 business days, 6 months')
    count, unit = _number(name, match[1], 0), match[2].rstrip("s")
    grace = _USUAL_LAG[frequency][2]
    match unit:
        case "business day":
            return count, "business days", grace
        case "day" | "week":
            return count * (7 if unit == "week" else 1), "days", grace
        case _:
            return count * (12 if unit == "year" else 1), "months", 0


def _read_step(text: str) -> tuple[int, LagUnit, int]:
    if text.strip().lower() in ("true", "yes"):
        return _USUAL_LAG["step"]
    count, unit, _grace = _read_lag("step", text, "step")
    if unit != "days":
        raise ValueError(f'release: step is "{message(text, 60)}"; expected as 7 days: when to look again')
    return count, "step", _USUAL_LAG["step"][2]


def _days(text: str, unit: LagUnit) -> tuple[int, int]:
    if not text:
        return 1, 31
    match = _DAYS.fullmatch(text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if unit != "months" or not 1 <= first <= last <= 31:
        raise ValueError(f'release: day is "{message(text, 60)}"; expected as 10..15, with months_after')
    return first, last


def _clock(text: str) -> time:
    match = _TIME.fullmatch(text.strip()) if text else None
    if text and not match:
        raise ValueError(f'release: time is "{message(text, 60)}"; expected as "16:00"')
    return time(int(match[1]), int(match[2])) if match else time()


def _zone_name(name: str) -> str:
    try:
        return zone_of(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise ValueError(f'release: no time zone "{message(name, 60)}"; expected as Asia/Shanghai')


def _number(name: str, text: str, usual: int) -> int:
    if not text:
        return usual
    if not re.fullmatch(r"\d{1,4}", text.strip()) or int(text) > RELEASE_COUNT:
        raise ValueError(
            f'release: {name} is "{message(text, 60)}"; expected a whole number up to {RELEASE_COUNT}'
        )
    return int(text)
