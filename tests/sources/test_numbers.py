"""Tests of numbers as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.numbers import shown, signed, told_apart, with_thousands


@pytest.mark.parametrize(
    ("words", "change"),
    [("0.5", "+0.5"), ("-0.2", "-0.2"), ("0.0", "0.0"), ("0", "0"), ("10", "+10"), ("1,200.0", "+1,200.0")],
)
def test_a_change_has_its_sign_and_none_has_none(words: str, change: str) -> None:
    assert signed(words) == change


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("829", "829"), ("4829", "4,829"), ("-4829.5", "-4,829.5"), ("41310", "41,310"),
        ("-829.25", "-829.25"), ("-0.5", "-0.5"), ("1234567.89", "1,234,567.89"), ("1e+20", "1e+20"),
        ("nan", "nan"),
    ],
)  # fmt: skip
def test_thousands_are_told_apart_from_four_digits_on(number: str, read: str) -> None:
    assert with_thousands(number) == read


@pytest.mark.parametrize(
    ("one", "other", "decimals"),
    [(7.5, 7.7, 1), (355.512, 355.511, 3), (355.51, 355.51, 2), (355.514, 355.506, 3), (1.0, 1.0 + 1e-14, 2)],
)
def test_values_that_differ_get_the_decimals_that_show_it(one: float, other: float, decimals: int) -> None:
    assert told_apart(one, other, 1 if decimals == 1 else 2) == decimals


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (7.774999999999999, 2, "7.78"), (-0.045, 2, "-0.05"), (0.0, 2, "0.00"), (-0.001, 2, "0.00"),
        (1234567890.12, 2, "1234567890.12"), (1e15, 2, "1000000000000000.00"), (1e19, 0, "1" + "0" * 19),
    ],
)  # fmt: skip
def test_halves_are_shown_away_from_zero_and_large_numbers_as_they_are(
    value: float, decimals: int, text: str
) -> None:
    assert shown(value, decimals) == text


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_is_shown_as_it_is(value: int) -> None:
    assert shown(float(value), 0) == str(value)
