"""Tables of figures: their orders and filters."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.figures.tabled import ORDERS, chosen, entries_of, ordered, told_apart
from sources.model import Observation, Period, Series

VINTAGE = datetime(2024, 5, 1, tzinfo=UTC)


def table(values: list[float]) -> Series:
    """Months from November 2022 on; the definition changes in January 2023."""
    first = Period(date(2022, 11, 1), "M")
    found = [
        Observation(first.shifted(at), value, "old" if at < 2 else "new", VINTAGE, "seen")
        for at, value in enumerate(values)
    ]
    return Series("a.b", "%", "M", found)


ENTRIES = tuple(entries_of(table([1.0, 3.0, 2.0, 6.0, 4.5])))


def periods(words: str) -> list[str]:
    return [str(each.period) for each in chosen(ENTRIES, words)]


def test_a_change_never_crosses_a_break() -> None:
    assert [each.change for each in ENTRIES] == [None, 2.0, None, 4.0, -1.5]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["2022-11", "2022-12", "2023-01", "2023-02", "2023-03"]),
        ("> 3", ["2023-02", "2023-03"]),
        (">=3", ["2022-12", "2023-02", "2023-03"]),
        ("= 2", ["2023-01"]),
        ("change < 0", ["2023-03"]),
        ("change>1", ["2022-12", "2023-02"]),
        ("2022", ["2022-11", "2022-12"]),
        ("2023-02..", ["2023-02", "2023-03"]),
        ("..2022-11", ["2022-11"]),
        ("2022-12..2023-01", ["2022-12", "2023-01"]),
        ("2023Q1 > 3", ["2023-02", "2023-03"]),
        ("old", ["2022-11", "2022-12"]),
        ("nothing", []),
    ],
)
def test_words_choose_rows(words: str, expected: list[str]) -> None:
    assert periods(words) == expected


@pytest.mark.parametrize("words", ["> five", "abc..2023", "2023..x"])
def test_what_cannot_be_read_is_said(words: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        chosen(ENTRIES, words)


def test_rows_are_ordered_by_period_value_and_change() -> None:
    first = {order: str(ordered(ENTRIES, order)[0].period) for order in ORDERS}
    assert first == {
        "newest": "2023-03", "oldest": "2022-11", "largest": "2023-02",
        "smallest": "2022-11", "rise": "2023-02", "fall": "2023-03",
    }  # fmt: skip


@given(st.lists(st.floats(-1e9, 1e9), max_size=20), st.sampled_from(ORDERS))
def test_ordering_loses_no_row(values: list[float], order: str) -> None:
    entries = tuple(entries_of(table(values)))
    assert sorted(map(id, ordered(entries, order))) == sorted(map(id, entries))


@given(st.text(max_size=30))
def test_any_words_choose_rows_or_are_refused(words: str) -> None:
    with suppress(ValueError):
        assert set(chosen(ENTRIES, words)) <= set(ENTRIES)


def test_definitions_are_told_by_the_parts_in_which_they_differ() -> None:
    assert told_apart(["1+old", "1+2025", "1+old"]) == {"1+old": "old", "1+2025": "2025"}
    assert told_apart(["a+b", "c+d"]) == {"a+b": "a+b", "c+d": "c+d"}
    assert told_apart(["1", "1+2"]) == {"1": "1", "1+2": "1+2"}
    assert told_apart(["(1+2)+a", "(1+2)+b"]) == {"(1+2)+a": "(1+2)+a", "(1+2)+b": "(1+2)+b"}
    assert told_apart([]) == {}


@given(st.lists(st.lists(st.sampled_from(["1", "old", "2025"]), min_size=1, max_size=3).map("+".join)))
def test_definitions_that_differ_are_told_differently(names: list[str]) -> None:
    told = told_apart(names)
    assert set(told) == set(names)
    assert len(set(told.values())) == len(told)
