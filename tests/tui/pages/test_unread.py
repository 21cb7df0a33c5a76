"""Which sections end in view."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Block
from tui.pages.page import Address, Heading, Page
from tui.pages.unread import ended


@given(st.sets(st.integers(0, 12)).map(sorted), st.integers(0, 14), st.integers(0, 14))
def test_a_section_ends_in_view_where_its_last_block_does(begins: list[int], first: int, last: int) -> None:
    outline = tuple(Heading(f"s{block}", 1, block, f"s{block}") for block in begins)
    page = Page(Address("item"), (), [Block("paragraph")] * 14, outline=outline)
    ends = [*(block - 1 for block in begins[1:]), 13]
    expected = [f"s{block}" for block, end in zip(begins, ends, strict=False) if first <= end <= last]
    assert list(ended(page, first, last)) == expected
