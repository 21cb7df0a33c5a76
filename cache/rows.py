"""The rows of the store: observations and where they come from, as plain numbers and text.

A day is the ordinal of the first day of a period (`date.toordinal`); a moment is microseconds since
1970 in UTC. Of several rows of a day and definition the one with the newest vintage counts, of equal
vintages the one that came last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

BASES = ("published", "seen", "calendar")
"""How the day of a vintage is known; rows hold the place in this tuple, so new words go last."""

LAST_MOMENT = 2**63 - 1
LAST_DAY = date.max.toordinal()
CALENDAR = (-62_135_596_800_000_000, 253_402_300_799_999_999)
"""The first and the last moment that has a date."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_moment(when: datetime) -> int:
    """The moment of a time, which says its zone."""
    return (when - _EPOCH) // _MICROSECOND


def from_moment(moment: int) -> datetime:
    """The time of a moment, in UTC."""
    return _EPOCH + moment * _MICROSECOND


class Row(NamedTuple):
    """A value to keep, as one vintage carried it."""

    day: int
    value: float
    vintage: int
    basis: str = "seen"
    definition: str = "1"


class ProvenanceRow(NamedTuple):
    """All that is needed to find, cite and check the rows of one answer again; `fetched` is a moment."""

    provider: str
    code: str
    url: str = ""
    agency: str = ""
    licence: str = ""
    fetched: int | None = None
    digest: str = ""
    carrier: str = ""
    transform: str = ""


class Batch(NamedTuple):
    """What one answer says of one series."""

    series: str
    rows: Sequence[Row]
    provenance: ProvenanceRow


class Known(NamedTuple):
    """A value that is kept; `provenance` is the number of its `ProvenanceRow`, 0 where there is none."""

    definition: str
    day: int
    value: float
    vintage: int
    basis: str = "seen"
    provenance: int = 0


class Change(NamedTuple):
    """What became of the newest value of a day: `old` is None where there was none."""

    definition: str
    day: int
    old: float | None
    new: float


class Appended(NamedTuple):
    """What keeping a batch came to.

    `earlier` counts rows that fill in history before what was known already, `unchanged` those that
    said nothing new. `vanished` are held days between the first and the last day of the batch, in the
    definition of both, that the batch does not have: they stay.
    """

    series: str
    new: tuple[Change, ...] = ()
    revised: tuple[Change, ...] = ()
    earlier: int = 0
    unchanged: int = 0
    vanished: tuple[tuple[str, int], ...] = ()


class Held(NamedTuple):
    """A series in the list: `rows` over all vintages, `periods` and `newest_day` of its newest state.

    `stamp` changes whenever the series does.
    """

    series: str
    rows: int
    periods: int
    newest_day: int
    stamp: int


def check(row: Row) -> None:
    """Raise ValueError for a row that must not be kept: a missing value is no row, never a mark in one."""
    if not math.isfinite(row.value):
        raise ValueError(f"day {row.day}: {row.value} is no value; leave the row out")
    if not 1 <= row.day <= LAST_DAY:
        raise ValueError(f"{row.day} is no day of the calendar")
    if not -LAST_MOMENT <= row.vintage <= LAST_MOMENT:
        raise ValueError(f"{row.vintage} is no moment")
    if row.basis not in BASES:
        raise ValueError(f'"{row.basis}" is no basis of a vintage; expected one of {", ".join(BASES)}')
