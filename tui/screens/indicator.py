"""An indicator: its newest figures in a row of a topic, and its card."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.desk import Desk
from briefings.figures import SPARK_CELLS, FigureRow
from briefings.model import Block, Link, Mark, Span
from tui.screens import parts
from tui.screens.page import Address, Page

_COLUMNS = ("value", "unit", "period", "change", f"last {2 * SPARK_CELLS}")


def figure_table(title: str, rows: Sequence[FigureRow]) -> list[Block]:
    """Figures in a table; those without any are named below."""
    held = [row for row in rows if row.value]
    blocks: list[Block] = []
    if held:
        head = tuple(
            parts.cell(Span(word)) for word in ("Figures", "value", "unit", "period", "change", "last 24")
        )
        lines = tuple(_line(row) for row in held)
        align = ("", "right", "", "", "right", "")
        blocks.append(Block("table", rows=(head, *lines), align=align))
    missing = [row for row in rows if not row.value]
    if missing:
        spans: list[Span] = [Span("No figures yet: ", Mark.QUIET)]
        for number, row in enumerate(missing):
            spans += [Span(", ", Mark.QUIET)] if number else []
            spans.append(Span(row.title, link=Link("item", row.id)))
        blocks.append(parts.paragraph(*spans))
    return blocks


def _line(row: FigureRow) -> tuple[tuple[Span, ...], ...]:
    named = Span(row.title, link=Link("item", row.id))
    words = (row.value, row.unit, row.period, row.change)
    return (
        parts.cell(named),
        *(parts.cell(Span(word)) for word in words),
        parts.cell(Span(row.spark, Mark.QUIET)),
    )


def indicator_page(desk: Desk, name: str, briefing: str) -> Page | None:
    """The card of an indicator; None for an unknown one."""
    card = desk.indicator(name)
    if card is None:
        return None
    row = card.row
    newest = (
        f"{row.value} {row.unit}   {row.period}   {row.change}".strip() if row.value else "no figures yet"
    )
    blocks = [
        parts.title(f"{row.title} {row.title_zh}".rstrip(), "indicator"),
        parts.paragraph(Span(newest, Mark.STRONG), Span(f"   {row.spark}", Mark.QUIET)),
        parts.rows((label, (Span(words),)) for label, words in card.facts),
    ]
    if card.observations:
        head = tuple(parts.cell(Span(word)) for word in ("period", f"value, {row.unit}", "change"))
        lines = tuple(tuple(parts.cell(Span(word)) for word in line) for line in card.observations)
        blocks.append(Block("table", rows=(head, *lines), align=("", "right", "right")))
    return Page(
        Address("indicator", briefing, name),
        path=("Indicators", row.title),
        reading=blocks,
        up=Address("overview", briefing),
        reference=f"{row.title}, {row.value} {row.unit}, {row.period} ({name})",
        source=card.page,
    )
