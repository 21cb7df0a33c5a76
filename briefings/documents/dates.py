"""Partial dates: `2026`, `2026-04` and `2026-04-13`, each the interval of days it names."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

EXPECTED = "expected YYYY, YYYY-MM or YYYY-MM-DD"
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
    """The day before `today` that a user means: the last day of a partial date, or `yesterday`.

    None for today: `today`, its date, the month and year that it is in, or nothing. Raises ValueError
    with what was expected.
    """
    word = text.strip().casefold()
    if word in ("", "today"):
        return None
    if word == "yesterday":
        return today - timedelta(days=1)
    try:
        first, day = interval(word)
    except ValueError:
        raise ValueError(f'"{text.strip()}" is no date; {EXPECTED}, yesterday or today') from None
    if first > today:
        raise ValueError(f"{word} lies ahead; expected a day up to {today}")
    return day if day < today else None


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
