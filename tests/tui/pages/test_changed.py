"""Which numbers of a page stand out as other ones than before."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.documents.model import Block, Link, Mark, Span
from briefings.figures.rows import FigureRow
from tui.pages.changed import emphasized
from tui.pages.indicator import figure_table
from tui.pages.page import Address, Page

ROW = FigureRow("cn.m2_yoy", "M2 growth", "", "7.5", "%", "2026-08", "-0.2", state="stale", word="stale 18d")
OTHER = ROW._replace(id="cn.m1_yoy", title="M1 狭义货币", value="4.1")
TEXT = Block("paragraph", spans=(Span("M2 grew by 7.5 %"),))


def page(*rows: FigureRow) -> Page:
    return Page(Address("topic", "a", "risks"), ("A",), [TEXT, *figure_table("Figures", rows), TEXT])


def bold(found: Page) -> Iterator[str]:
    cells = (cell for block in found.reading for row in block.rows for cell in row)
    return (span.text for cell in cells for span in cell if span.marks & Mark.STRONG)


def test_numbers_of_a_row_that_changed_are_bold_and_nothing_else() -> None:
    after = page(ROW._replace(value="7.2", change="-0.3", period="2026-09", word="fresh"), OTHER)
    assert list(bold(emphasized(after, page(ROW, OTHER)))) == ["7.2", "-0.3"]
    assert [block.text for block in emphasized(after, page(ROW)).reading] == [
        block.text for block in after.reading
    ]


def test_the_same_value_of_a_later_period_is_news_too() -> None:
    after = page(ROW._replace(period="2026-09"))
    assert list(bold(emphasized(after, page(ROW)))) == ["7.5", "-0.2"]


def test_a_first_figure_is_news() -> None:
    assert list(bold(emphasized(page(ROW, OTHER), page(ROW, OTHER._replace(value=""))))) == ["4.1", "-0.2"]


def test_another_state_alone_is_none() -> None:
    after = page(ROW._replace(state="fresh", word="fresh", spark="⣿"), OTHER)
    assert emphasized(after, page(OTHER, ROW)) is after


def test_in_a_card_new_and_revised_observations_are_bold() -> None:
    def card(*lines: tuple[str, str]) -> Page:
        head = ((Span("period"),), (Span("value, %"),))
        rows = (head, *(tuple((Span(word),) for word in line) for line in lines))
        reading = [Block("table", rows=rows, align=("", "right"))]
        return Page(Address("indicator", "a", "cn.m2_yoy"), ("M2",), reading)

    before = card(("2026-08", "7.5"), ("2026-07", "7.7"))
    after = card(("2026-09", "7.2"), ("2026-08", "7.5"), ("2026-07", "7.6"))
    assert list(bold(emphasized(after, before))) == ["7.2", "7.6"]


def test_tables_without_a_head_or_numbers_are_left_alone() -> None:
    def made(word: str) -> Page:
        rows = (((Span("Vintage"),), (Span(word),)), ((Span("x", link=Link("item", "b")),), (Span("1"),)))
        return Page(Address("overview", "a"), ("A",), [Block("table", rows=rows, headed=False)])

    after = made("2026-09")
    assert emphasized(after, made("2026-08")) is after
