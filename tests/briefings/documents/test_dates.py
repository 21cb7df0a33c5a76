"""Partial dates are intervals of days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.dates import closing_day, interval, partial_date, window


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-04-13", date(2026, 4, 13), date(2026, 4, 13)),
    ],
)
def test_a_partial_date_is_the_interval_it_names(text: str, first: date, last: date) -> None:
    assert (interval(text).first, interval(text).last) == (first, last)


@given(st.dates())
def test_every_day_lies_in_its_month_and_its_year(day: date) -> None:
    text = day.isoformat()
    for length in (4, 7, 10):
        named = interval(text[:length])
        assert named.first <= day <= named.last


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "2026-13",
        "2026-00",
        "2026-4",
        "2026-02-30",
        "2026-04-",
        "0000",
        "0000-01",
        "２０２６",
        "٢٠٢٦",
        "2026-04-13T10:00",
        " 2026",
        "2026\n",
        "13.04.2026",
        "April 2026",
    ],
)
def test_what_is_no_date_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected YYYY, YYYY-MM or YYYY-MM-DD"):
        partial_date(text)


@pytest.mark.parametrize(
    "text", ["..2026-12-31", "2026..", "2026-04..2026-12-31", "2026", "2026-04..2026-04"]
)
def test_windows_are_closed_or_open_at_one_end(text: str) -> None:
    assert window(text) == text


@pytest.mark.parametrize(
    "text", ["..", "", "soon", "2027..2026", "2026-05..2026-04-30", "2026..x", "1..2..3"]
)
def test_other_windows_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|ends before it begins"):
        window(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("..2026-12-31", "2026-12-31"),
        ("2026..2027-02", "2027-02-28"),
        ("2026", "2026-12-31"),
        ("2026..", ""),
        ("", ""),
    ],
)
def test_the_last_day_of_a_window(text: str, day: str) -> None:
    assert closing_day(text) == day
