"""Blocks that screens make themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Block, Span
from tui.layout.blocks import flow, layout
from tui.layout.cells import width
from tui.layout.columns import MEASURED_ROWS
from tui.layout.context import PLAIN
from tui.pages import parts

_NAME = st.sampled_from(["gap", "法律之盾与货币稳定", "a name that goes on and on", "M1 狭义货币"])
_NUMBER = st.one_of(st.just(""), st.floats(-9999, 9999).map(lambda value: f"{value:.2f} %"))
_ROWS = st.lists(
    st.tuples(_NAME, _NUMBER, st.sampled_from(["supported", "contradicted, judged"])), min_size=1
)


def table(title: str, rows: list[tuple[str, str, str]]) -> Block:
    made = tuple(tuple((Span(word),) for word in row) for row in [(title, "says", "verdict"), *rows])
    return Block("table", rows=made, align=("name", "right", ""))


def heads(tables: list[Block], room: int) -> set[tuple[int, int]]:
    """Where the columns stand in the first line of each table."""
    lines = [layout(each, room, PLAIN)[0].text for each in tables]
    return {(width(line[: line.index("says")]), width(line[: line.index("verdict")])) for line in lines}


@given(st.lists(_ROWS, min_size=2, max_size=4), st.integers(60, 120))
def test_the_tables_of_one_list_have_the_same_columns(
    groups: list[list[tuple[str, str, str]]], room: int
) -> None:
    tables = [table("群" * number, rows) for number, rows in enumerate(groups)]
    assert len(heads(parts.alike(tables), room)) == 1


def test_a_long_name_far_down_has_room_in_all_tables() -> None:
    short, long = ("short", "1.00 %", "supported"), ("a name that goes on and on", "12.50 %", "close")
    tables = [table("one", [short] * MEASURED_ROWS), table("two", [*[short] * 300, long, short])]
    made = parts.alike(tables)
    assert len(heads(made, 72)) == 1
    assert any(long[0] in line.text for line in layout(made[1], 72, PLAIN))
    assert len(made[0].sample) <= MEASURED_ROWS + 1


def test_one_table_alone_is_measured_by_its_own_rows() -> None:
    alone = [table("one", [("short", "1.00 %", "supported")])]
    assert parts.alike(alone) == alone


@given(
    st.lists(st.tuples(_NAME, st.sampled_from(["2026", "2026-04-13", ""])), min_size=1), st.integers(24, 80)
)
def test_days_of_a_list_stand_in_one_column_and_are_part_of_the_text(
    listed: list[tuple[str, str]], room: int
) -> None:
    for block in parts.dated(((Span(name),), day) for name, day in listed):
        lines = layout(block, room, PLAIN)
        text = flow(block)
        day = text.rpartition("  ")[2] if block.align else ""
        assert lines[-1].text.endswith(day)
        assert not day or lines[-1].width == room
        assert max(line.width for line in lines) <= room
        assert lines[-1].end == len(text)
        assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
