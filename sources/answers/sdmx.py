"""SDMX in CSV, as the ECB, the BIS and the OECD answer: one series, columns found by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sources.answers.bodies import read_csv, wrong
from sources.answers.sampling import dated, day_in, number_in, period_in, takes_days, wants_month_ends
from sources.model import Frequency, WrongAnswer
from sources.provider import Asked, Field, Query, Row

TIME = "TIME_PERIOD"
VALUE = "OBS_VALUE"

POWER = Field(
    "power",
    "the power of ten in which its figures are given, as 6 for millions",
    r"-?\d{1,2}",
    required=False,
)
"""Checked wherever an answer says it (UNIT_MULT, SCALE): a change of unit is refused, not rescaled."""

_DAILY_CODES = ("D", "B")
_CODES: Mapping[Frequency, tuple[str, ...]] = {
    "D": _DAILY_CODES,
    "B": _DAILY_CODES,
    "step": _DAILY_CODES,
    "W": ("W",),
    "M": ("M",),
    "Q": ("Q",),
    "A": ("A",),
}

Cells = Mapping[str, str]


def read_series(body: bytes, content_type: str = "", columns: Sequence[str] = ()) -> list[dict[str, str]]:
    """The rows of an SDMX-CSV body, at least one, with time, value and `columns`. Raises WrongAnswer."""
    table = read_csv(body, content_type, (TIME, VALUE, *columns))
    if not table:
        raise WrongAnswer("the body: expected observations, found the head of a table only")
    return table


def check_key(table: Sequence[Cells], dimensions: Sequence[str], key: str) -> None:
    """Raises WrongAnswer unless all rows are of one series, which has the key (an empty part: any)."""
    parts = key.split(".")
    if len(dimensions) != len(parts):
        raise wrong("the dimensions", f"{len(parts)} of them for {key}", ", ".join(dimensions))
    first = tuple(table[0][name] for name in dimensions)
    for name, part, found in zip(dimensions, parts, first, strict=True):
        if part and part != found:
            raise wrong(name, part, found)
    for row in table:
        if (other := tuple(row[name] for name in dimensions)) != first:
            raise wrong("the key", f"one series ({'.'.join(first)})", ".".join(other))


def rows_of(asked: Asked, query: Query, table: Sequence[Cells]) -> list[Row]:
    """The rows of a query, once frequency and power of ten are as its entry says. Raises WrongAnswer."""
    check_frequency(query, {row.get("FREQ", "") for row in table})
    check_power(query, {row.get("UNIT_MULT", "") for row in table})
    if takes_days(query):
        days = ((day_in(row[TIME], TIME), number_in(row[VALUE], VALUE)) for row in table)
        return dated(asked, query, days)
    return [(period_in(row[TIME], query.frequency, TIME), number_in(row[VALUE], VALUE)) for row in table]


def check_frequency(query: Query, found: set[str]) -> None:
    """Raises WrongAnswer where an answer names a frequency that is not the entry's."""
    expected = _DAILY_CODES if wants_month_ends(query) else _CODES[query.frequency]
    for code in found - {"", *expected}:
        raise wrong(f"the frequency of {query.series}", " or ".join(expected), code)


def check_power(query: Query, found: set[str]) -> None:
    """Raises WrongAnswer where an answer names a power of ten that is not the entry's (0 if it says none)."""
    expected = query.get("power", "0")
    for power in found - {"", expected}:
        raise wrong(f"the power of ten of {query.series}", expected, power)


def time_text(day: date, frequency: Frequency) -> str:
    """A day as the time parameter of a frequency: `2024-01-31`, `2024-01`, `2024-Q1`, `2024`."""
    match frequency:
        case "A":
            return f"{day.year}"
        case "Q":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "M":
            return f"{day.year}-{day.month:02}"
        case _:
            return day.isoformat()
