"""Partial dates are intervals of days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.dates import closing_day, interval, partial_date, past_day, window


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
    ("text", "day"),
    [
        *(
            (text, date(2026, 4, 2))
            for text in ("2026-4-2", "2026/04/02", "2026.4.2", "20260402", "2026年4月2日")
        ),
        *((text, date(2026, 4, 30)) for text in ("2026-04", "2026/4", "2026年4月", "２０２６－０４")),
        *((text, date(2026, 3, 31)) for text in ("2026Q1", "2026-q1")),
        *((text, date(2025, 12, 31)) for text in ("2025", "2025年", "2025Q4")),
        *((text, date(2026, 11, 27)) for text in ("yesterday", " Yesterday ", "2026-11-27")),
        *((text, None) for text in ("", "today", "2026", "2026Q4", "2026-11", "2026-11-28")),
    ],
)
def test_a_past_day_is_understood_as_people_write_it(text: str, day: date | None) -> None:
    assert past_day(text, date(2026, 11, 28)) == day


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "2026-13",
        "2026Q5",
        "2026Q",
        "02.04.2026",
        "4/2/2026",
        "2026-04/02",
        "202604",
        "2026-2-30",
        "2026-04-",
    ],
)
def test_what_is_no_past_day_is_refused(text: str) -> None:
    with pytest.raises(
        ValueError, match="is no date; expected 2026-04-20, 2026-04, 2026Q1, yesterday or today"
    ):
        past_day(text, date(2026, 11, 28))


@pytest.mark.parametrize("text", ["2026-11-29", "2026-12", "2027Q1", "2027"])
def test_a_day_ahead_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"{text.casefold()} lies ahead; expected a day up to 2026-11-28"):
        past_day(text, date(2026, 11, 28))


@given(st.dates(date(1600, 1, 1), date(2026, 11, 27)))
def test_every_way_to_write_a_day_means_it(day: date) -> None:
    year, month, number = day.isoformat().split("-")
    for text in (
        f"{year}/{month}/{number}",
        f"{year}{month}{number}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert past_day(text, date(2026, 11, 28)) == day


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
