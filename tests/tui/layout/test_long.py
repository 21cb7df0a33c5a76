"""Very long tables and code: laid out where they are looked at, as they would be laid out whole."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Block, Cell, Link, Span
from tests.tui.conftest import Open
from tui.layout.blocks import flow, layout, targets
from tui.layout.code_blocks import LongCode
from tui.layout.context import Context
from tui.layout.lines import Line
from tui.layout.long_tables import LongTable

LONG = Context(long_block=0, wrap_cells=False, table_width=60)
WHOLE = LONG._replace(long_block=None)
TEXT = st.text("ab 中\u00a0\t7.%", max_size=12)
CELL = st.builds(
    lambda text, linked: (Span(text, link=Link("item", "huawei") if linked else None),), TEXT, st.booleans()
)
FULL = st.builds(lambda text: (Span(f"x{text}"),), TEXT)
TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.tuples(FULL, *[CELL] * (columns - 1)), min_size=2, max_size=9)
)


@given(TABLES, st.integers(8, 70), st.integers(0, 3))
def test_a_long_table_has_the_lines_of_a_whole_one(
    rows: list[tuple[Cell, ...]], width: int, shift: int
) -> None:
    table = Block("table", rows=tuple(rows))
    whole, lazy = layout(table, width, WHOLE, shift), layout(table, width, LONG, shift)
    assert isinstance(lazy, LongTable)
    assert list(lazy) == list(whole)
    shown = flow(table, LONG)
    for number, line in enumerate(whole[: len(rows)]):
        assert lazy.at_offset(line.start) in (number, *_equal(whole, number))
        for run in line.runs:
            if run.target >= 0:
                assert lazy.with_target(run.target) == number
            if run.start >= 0 and not run.text.endswith(("..", "⋯")):
                assert shown[run.start : run.start + len(run.text)] == run.text
    assert len(targets(table)) == sum(bool(span.link) for row in rows for cell in row for span in cell)


def _equal(lines: Sequence[Line], number: int) -> list[int]:
    """Rows that begin at the same character: those between them hold nothing."""
    return [at for at, line in enumerate(lines) if line.start == lines[number].start]


@given(st.lists(st.text("ab 中7", max_size=30), min_size=1, max_size=9), st.integers(4, 40))
def test_long_code_has_the_lines_of_whole_code(written: list[str], width: int) -> None:
    block = Block("code", spans=(Span("\n".join(written) + "\n\n"),))
    whole, lazy = layout(block, width, WHOLE), layout(block, width, LONG)
    assert isinstance(lazy, LongCode)
    assert list(lazy) == list(whole)
    for number, line in enumerate(whole):
        assert whole[lazy.at_offset(line.start)].start == line.start
        assert lazy[number - len(whole)] == line


async def test_a_table_of_thousands_of_rows_is_read_and_searched(reading: Open) -> None:
    rows = "\n".join(
        f"| firm {n} | {n} | [[huawei]] |" if n == 4_321 else f"| firm {n} | {n} | - |" for n in range(5_000)
    )
    head = "---\nkind: briefing\ntitle: Long\ndate: 2099-01-01\n---\n\n| a | b | c |\n|---|---|---|\n"
    text = f"{head}{rows}\n\nEnd.\n"
    async with reading({"long.md": text}, size=(80, 24)) as reader:
        assert "firm 3 " in await reader.screen()
        assert "firm 4999" in await reader.press("G")
        assert "firm 2500" in await reader.press("g", "slash", *"firm 2500", "enter")
        await reader.press("escape", "g", "tab")
        assert "Huawei" in reader.focused()
        assert "firm 4321" in await reader.screen()
        assert "company" in await reader.press("enter")
        assert "firm 4321" in await reader.press("backspace")
