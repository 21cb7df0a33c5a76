"""Ranges of a document's blocks, read as one sequence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Block
from tui.pages.pieces import Pieces

BLOCKS = [Block("paragraph", number) for number in range(30)]
RANGES = st.lists(st.integers(0, 30), unique=True, max_size=8).map(
    lambda ends: list(pairwise(sorted(ends)))[::2]
)


@given(RANGES, st.integers(0, 30))
def test_pieces_are_read_like_any_sequence_and_know_where_blocks_stand(
    ranges: list[tuple[int, int]], block: int
) -> None:
    numbers = [number for first, last in ranges for number in range(first, last)]
    pieces = Pieces(BLOCKS, ranges)
    assert [piece.line for piece in pieces] == numbers
    assert [pieces[at].line for at in range(len(pieces))] == numbers
    assert pieces.holds(block) is (block in numbers)
    following = sum(number < block for number in numbers)
    assert pieces.find(block) == max(0, min(following, len(numbers) - 1))
    with pytest.raises(IndexError):
        pieces[len(numbers)]
