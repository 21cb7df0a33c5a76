"""Moments as texts that outlive the program: in UTC, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def written(moment: datetime | None) -> str | None:
    """A moment as JSON holds it."""
    return moment.astimezone(UTC).isoformat() if moment else None


def read(value: Any) -> datetime | None:  # noqa: ANN401  (what JSON holds)
    """What `written` wrote. Raises ValueError, TypeError or OverflowError for anything else."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
