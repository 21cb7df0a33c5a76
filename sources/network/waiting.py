"""How long to wait before asking again: what the provider says, and what we do where it says nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sources.limits import RETRY_AFTER_SECONDS

BACK_OFF_SECONDS = 0.5
"""Before the second try; each further one waits twice as long."""


def retry_after(value: str, date: str, now: datetime) -> float | None:
    """The seconds of rest that `Retry-After` asks for, between 0 and our limit; None where it says nothing.

    A moment counts from the answer's own `date`, where that can be read: clocks differ.
    """
    value = value.strip()
    if re.fullmatch(r"[+-]?\d+(\.\d*)?", value):
        return _within(float(value[:20]))
    moment = _moment(value)
    return None if moment is None else _within((moment - (_moment(date) or now)).total_seconds())


def back_off(attempt: int, chance: float) -> float:
    """Seconds before the try after `attempt` (from 1); `chance`, 0 to 1, keeps many from coming at once."""
    return float(BACK_OFF_SECONDS * 2 ** (attempt - 1) * (0.5 + chance))


def _within(seconds: float) -> float:
    return min(max(seconds, 0.0), RETRY_AFTER_SECONDS)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
