"""Tables in columns of cells."""

from __future__ import annotations

import pytest

from briefings.documents.model import Block, Link, Mark, Span
from tui.layout import roles
from tui.layout.blocks import Context, flow, layout, targets
from tui.layout.cells import width
from tui.layout.columns import number
from tui.layout.tables import natural_width


def table(*rows: str, headed: bool = True, align: tuple[str, ...] = ()) -> Block:
    cells = tuple(tuple((Span(cell.strip()),) for cell in row.split("|")) for row in rows)
    return Block("table", rows=cells, headed=headed, align=align)


def drawn(block: Block, room: int = 72, context: Context | None = None, shift: int = 0) -> list[str]:
    return [line.text for line in layout(block, room, context or Context(), shift)]


def test_numbers_line_up_at_their_points_and_words_stand_left() -> None:
    block = table("Figure|value|period", "M2 growth|7.5 %|2026-08", "Index|4,829|2026-07", "Rate|-14.25 %|…")
    assert drawn(block) == [
        "Figure        value    period",
        "M2 growth      7.5  %  2026-08",
        "Index      4,829       2026-07",
        "Rate         -14.25 %  …",
    ]


def test_chinese_columns_are_aligned_by_cells() -> None:
    lines = drawn(table("名称|in force", "反外国制裁法|2021-06-10", "AFSL|2021-06-10"))
    assert {width(line[: line.index("20")]) for line in lines[1:]} == {14}


def test_long_words_wrap_inside_their_column() -> None:
    block = table("Article|what it says", "8|bodies may list malicious entities", "11|suits")
    assert drawn(block, 26) == [
        "Article  what it says",
        "      8  bodies may list",
        "         malicious",
        "         entities",
        "     11  suits",
    ]


def test_a_long_word_is_kept_whole_where_another_column_can_give_way() -> None:
    block = table("Series|what it says", "cn.money_supply_m2|how much money there is in all accounts")
    assert drawn(block, 40)[1].startswith("cn.money_supply_m2  how much money")


def test_a_label_that_is_too_long_stands_whole_above_its_row() -> None:
    block = table(
        "|resolved|void|Brier", "某人|0 of 1|0|none", "国务院发展研究中心|6 of 6|1|0.25",
        align=("label", "right", "right", "right"),
    )  # fmt: skip
    assert drawn(block, 32) == [
        "           resolved  void  Brier",
        "某人         0 of 1     0   none",
        "国务院发展研究中心",
        "             6 of 6     1   0.25",
    ]
    lines = layout(block, 32, Context())
    assert [line.start for line in lines] == sorted(line.start for line in lines)
    assert lines[-1].end == len(flow(block))


def test_a_label_longer_than_the_table_wraps_between_its_words() -> None:
    block = table(
        "|resolved|void", "Institute for International Economics|0 of 1|0", align=("label", "right", "right")
    )
    assert drawn(block, 24)[1:] == [
        "Institute for",
        "  International",
        "  Economics",
        "            0 of 1     0",
    ]


def test_the_further_lines_of_a_name_stand_below_its_words_not_below_its_glyph() -> None:
    row = (*("x",) * 3, "a state that takes all there is")
    block = table(
        "Name|value|unit|state", f"◔ Growth of the stock of 社会融资规模 financing|{'|'.join(row[1:])}",
        align=("name",),
    )  # fmt: skip
    lines = drawn(block, 40)
    assert lines[1].startswith("◔ Growth of")
    assert lines[2].startswith("  ")
    assert lines[2][2] != " "
    plain = drawn(block._replace(align=()), 40)
    assert plain[2][0] != " "


def test_long_names_are_cut_where_cells_must_not_wrap() -> None:
    block = table("Name|value", "Aggregate financing to the economy|9.41")
    assert drawn(block, 24, Context(wrap_cells=False))[1] == "Aggregate financ⋯   9.41"
    assert drawn(block, 24, Context(wrap_cells=False, ascii=True))[1] == "Aggregate finan..   9.41"


def test_columns_that_do_not_fit_go_at_the_right_and_are_counted() -> None:
    block = table("name|a|b|c|d", "row|1000000.5|2000000.5|3000000.5|4000000.5")
    assert drawn(block, 30) == [
        "name          a          b",
        "row   1000000.5  2000000.5",
        "2 more columns: shift+right",
    ]


def test_the_first_column_stays_when_others_are_scrolled_off() -> None:
    block = table("name|a|b|c|d", "row|1000000.5|2000000.5|3000000.5|4000000.5")
    assert drawn(block, 60, shift=2) == [
        "name          c          d",
        "row   3000000.5  4000000.5",
        "2 columns before: shift+left",
    ]
    assert drawn(block, 60, shift=99)[0] == "name          d"


@pytest.mark.parametrize("room", range(1, 40))
def test_a_number_is_never_cut_while_its_column_is_shown(room: int) -> None:
    block = table("name|a|b", "row one|1234567.5|2345678.5")
    runs = [run for line in layout(block, room) for run in line.runs if run.start >= 0]
    shown = {run.text for run in runs if run.text[0].isdigit()}
    assert shown <= {"1234567.5", "2345678.5"}
    assert len(shown) == 2 or room < 32


def test_at_most_fifty_columns_are_drawn() -> None:
    block = table("|".join(f"c{n}" for n in range(80)), "|".join("x" for _ in range(80)))
    lines = drawn(block, 1000)
    assert lines[0].split()[-1] == "c49"
    assert lines[-1] == "30 more columns: shift+right"


def test_a_table_may_use_more_than_the_reading_width_when_it_needs_to() -> None:
    wide = table("name|text", "row|" + "word " * 20)
    small = table("name|text", "row|word")
    assert natural_width(wide) == 4 + 2 + 99
    assert len(drawn(wide, 72, Context(table_width=116))) == 2
    assert len(drawn(wide, 72)) == 3
    assert drawn(small, 72, Context(table_width=116)) == drawn(small, 72)


def test_a_quoted_table_keeps_to_the_table_width() -> None:
    block = Block("table", quote=1, rows=table("name|text", "row|" + "word " * 40).rows)
    assert max(width(line) for line in drawn(block, 40, Context(table_width=60))) <= 60


def test_heads_are_heads_and_labels_are_quiet() -> None:
    head, body = layout(table("a|b", "c|d"), 72)
    assert {run.role for run in head.runs if run.start >= 0} == {roles.HEAD}
    assert {run.role for run in body.runs if run.start >= 0} == {roles.INK}
    (line,) = layout(table("Also called|华为", headed=False), 72)
    assert [(run.text, run.role) for run in line.runs if run.start >= 0] == [
        ("Also called", roles.QUIET),
        ("华为", roles.INK),
    ]


def test_links_are_numbered_row_after_row_also_in_hidden_columns() -> None:
    links = [Link("item", name) for name in "abcd"]
    rows = tuple(
        ((Span("Entity", 0, links[at]),), (Span("long role " * 3, Mark.STRONG, links[at + 1]),))
        for at in (0, 2)
    )
    block = Block("table", rows=rows, headed=False)
    assert targets(block) == tuple(links)
    shown = {run.target for line in layout(block, 6) for run in line.runs if run.start >= 0}
    assert shown == {0, 2}


def test_the_flow_parts_cells_by_tabs_and_rows_by_newlines() -> None:
    block = table("a|b", "c|")
    assert flow(block) == "a\tb\nc\t"
    assert [line.start for line in layout(block, 72)] == [0, 4]


@pytest.mark.parametrize(
    "block",
    [
        Block("table"),
        Block("table", rows=((),)),
        Block("table", rows=(((),), ((), (Span("x"),)))),
        Block("table", rows=(((Span("a\nb\tc"),),),)),
    ],
)
@pytest.mark.parametrize("room", [1, 2, 72])
def test_ragged_and_empty_tables_are_drawn(block: Block, room: int) -> None:
    lines = layout(block, room)
    assert lines
    assert all("\n" not in line.text for line in lines)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("-1,234.5 % yoy", ("-1,234", ".5", " % yoy")),
        ("≥ 4.8pp", ("≥ 4", ".8", "pp")),
        ("$12bn", ("$12", "", "bn")),
        ("70亿", ("70", "", "亿")),
        ("2023", ("2023", "", "")),
        ("2026-04-13", None),
        ("10-15 Oct", None),
        ("2024 Q1", None),
        ("3 of the four instruments", None),
        ("1.2.3", None),
        ("…", None),
        ("", None),
    ],
)
def test_numbers_are_told_from_dates_and_words(text: str, parts: tuple[str, str, str] | None) -> None:
    found = number(text)
    assert (found and (found.whole, found.fraction, found.tail)) == parts
