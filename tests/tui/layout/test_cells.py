"""Text measured, cut and padded by terminal cells."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.layout import cells
from tui.layout.breaks import GLYPHS
from tui.layout.context import ASCII

TEXTS = st.text("ab 中，é\u0301👩\u200d\ufe0f©—あ한\U0001f3fd", max_size=30)


@given(TEXTS)
def test_width_is_what_the_terminal_library_counts(text: str) -> None:
    assert cells.width(text) == cell_len(text) == sum(cells.sizes(text))


@given(TEXTS, st.integers(0, 20))
def test_cut_text_fits_and_keeps_its_beginning(text: str, room: int) -> None:
    cut = cells.cut(text, room)
    assert cells.width(cut) <= room
    assert text.startswith(cut.removesuffix("⋯"))


@given(TEXTS, st.integers(0, 20), st.sampled_from(["left", "right", "center"]), st.booleans())
def test_fitted_text_takes_exactly_its_room(
    text: str, room: int, align: Literal["left", "right", "center"], wide: bool
) -> None:
    assert cells.width(cells.fit(text, room, align, wide=wide), wide) == room


def test_a_wide_character_is_not_split() -> None:
    assert cells.cut("中文字", 4) == "中⋯"
    assert cells.fit("中文字", 3, mark="") == "中 "


def test_ambiguous_characters_take_two_cells_where_the_terminal_draws_them_so() -> None:
    assert cells.width("a—b") == 3
    assert cells.width("a—b", wide=True) == 4


@pytest.mark.parametrize("glyph", [*GLYPHS, *ASCII, "▸", "▾", "╎"])
def test_our_own_glyphs_take_one_cell_everywhere(glyph: str) -> None:
    assert cells.width(glyph) == cells.width(glyph, wide=True) == 1
