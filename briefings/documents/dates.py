"""Partial dates: `2026`, `2026-04` and `2026-04-13`, each the interval of days it names."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

EXPECTED = "expected YYYY, YYYY-MM or YYYY-MM-DD"
EXPECTED_DAY = "expected 2026-04-20, 2026-04, 2026Q1, yesterday or today"
_LOOSE = re.compile(r"([0-9]{4})(?:([-/.年])([0-9]{1,2})(?:(?:\2|月)([0-9]{1,2}))?)?[年月日]?")
_SOLID = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-?q([1-4])")
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


class Interval(NamedTuple):
    """The days from `first` to `last`, both included."""

    first: date
    last: date


def interval(text: str) -> Interval:
    """The days that a partial date names. Raises ValueError with what was expected."""
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise ValueError(f'date "{text}" is no date; {EXPECTED}')
    year, month, day = (int(part or 0) for part in match.groups())
    named = [part is not None for part in match.groups()]
    try:
        first = date(year, month if named[1] else 1, day if named[2] else 1)
    except ValueError:
        raise ValueError(f'date "{text}" is no date; {EXPECTED}') from None
    last_month = month if named[1] else 12
    last_day = day if named[2] else _days_in(year, last_month)
    return Interval(first, first.replace(month=last_month, day=last_day))


def _days_in(year: int, month: int) -> int:
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def past_day(text: str, today: date) -> date | None:
    """The day before `today` that a user means: the last day of a partial date or quarter, or `yesterday`.
    Years, months and days may be parted and filled as people do: `2026/4/2`, `20260402`, `2026年4月2日`.

    None for today: `today`, its date, the month and year that it is in, or nothing. Raises ValueError
    with what was expected.
    """
    word = text.strip().casefold()
    if word in ("", "today"):
        return None
    if word == "yesterday":
        return today - timedelta(days=1)
    try:
        first, day = _meant(unicodedata.normalize("NFKC", word))
    except ValueError:
        raise ValueError(f'"{text.strip()}" is no date; {EXPECTED_DAY}') from None
    if first > today:
        raise ValueError(f"{word} lies ahead; expected a day up to {today}")
    return day if day < today else None


def _meant(word: str) -> Interval:
    """The days that a typed word names. Raises ValueError."""
    if quarter := _QUARTER.fullmatch(word):
        year, month = quarter[1], 3 * int(quarter[2])
        return Interval(interval(f"{year}-{month - 2:02}").first, interval(f"{year}-{month:02}").last)
    if solid := _SOLID.fullmatch(word):
        return interval("-".join(solid.groups()))
    if loose := _LOOSE.fullmatch(word):
        return interval("-".join(part.zfill(2) for part in loose.group(1, 3, 4) if part))
    return interval(word)


def partial_date(text: str) -> str:
    """`text` itself when it is a partial date. Raises ValueError with what was expected."""
    interval(text)
    return text


def window(text: str) -> str:
    """`text` when it is `START..END`, `..END`, `START..` or one partial date.

    Raises ValueError with what was expected, also when the window ends before it begins.
    """
    first, dots, last = text.partition("..")
    ends = [interval(part) for part in (first, last) if part]
    if not ends or (not dots and not first):
        raise ValueError(f'window "{text}" names no date; expected START..END, ..END or START..')
    if len(ends) == 2 and ends[1].last < ends[0].first:
        raise ValueError(f'window "{text}" ends before it begins')
    return text


def closing_day(text: str) -> str:
    """The last day of a window as an ISO date; empty when it has no end."""
    _, dots, last = text.partition("..")
    end = last if dots else text
    return interval(end).last.isoformat() if end else ""
