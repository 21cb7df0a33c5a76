"""Small pictures of series."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefings.figures.sparklines import in_blocks, sparkline

numbers = st.floats(-1e9, 1e9)


def test_a_rise_goes_from_the_lowest_dots_to_the_highest() -> None:
    assert sparkline([1, 2, 3, 4], 2) == "⣠⣾"


def test_a_gap_is_a_gap_and_fewer_values_stand_at_the_right() -> None:
    assert sparkline([1, None, None, None, 4, 4], 3) == "⡀ ⣿"
    assert sparkline([1, 2], 3) == "  ⣸"


def test_equal_values_stand_at_half_height_and_none_are_blank() -> None:
    assert sparkline([7, 7], 1) == "⣤"
    assert sparkline([None], 2) == "  "
    assert sparkline([], 3) == "   "


@given(st.lists(st.none() | numbers, max_size=60), st.integers(1, 30))
def test_it_is_as_wide_as_asked_and_only_braille(values: list[float | None], cells: int) -> None:
    drawn = sparkline(values, cells)
    assert len(drawn) == cells
    assert all(c == " " or 0x2800 < ord(c) <= 0x28FF for c in drawn)


def test_without_braille_a_sparkline_is_drawn_in_quarters_of_the_same_length() -> None:
    drawn = in_blocks(sparkline([1, 2, 3, 4, None, 4], 5))
    assert drawn == "  ▄█▐"
    assert in_blocks("⠿ is braille") == "⠿ is braille"
    assert in_blocks("   ") == "   "
