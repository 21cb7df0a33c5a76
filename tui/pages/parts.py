"""Blocks that screens make themselves: headings, lines, rows of labels and links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefings.documents.model import Block, Cell, Item, Link, Mark, Row, Span
from tui.layout.linked import named

TOPIC_NAMES = {
    "legal-shield": "Legal shield",
    "monetary-stability": "Monetary stability",
    "key-players": "Key players",
    "market-dynamics": "Market dynamics",
    "risks": "Risks",
}

TOGETHER = 400
"""Rows of a list that are laid out as one table: more would hold up the keys."""


def title(text: str, note: str = "") -> Block:
    """The title of a page, with a quiet note at the right end."""
    return Block("heading", spans=(Span(text),), level=1, note=note)


def heading(text: str, note: str = "") -> Block:
    """The heading of a group; `note` is its key."""
    return Block("heading", spans=(Span(text),), level=2, note=note)


def paragraph(*spans: Span) -> Block:
    """A paragraph of spans."""
    return Block("paragraph", spans=spans)


def quiet(text: str) -> Block:
    """A paragraph that explains."""
    return paragraph(Span(text, Mark.QUIET))


def rows(cells: Iterable[Sequence[Cell | str]]) -> Block:
    """Lines of cells: the first cell is a quiet label."""
    made = tuple(tuple((Span(cell),) if isinstance(cell, str) else cell for cell in row) for row in cells)
    return Block("table", rows=made, headed=False)


def link(item: Item, text: str = "") -> Span:
    """A span that leads to an item, by default under its name in both languages."""
    return Span(text or named(item), link=Link("item", item.id))


def entries(lines: Iterable[tuple[Span, ...]]) -> list[Block]:
    """One line each, without blank ones between."""
    return [Block("line", spans=spans) for spans in lines]


def dated(lines: Iterable[tuple[tuple[Span, ...], str]]) -> list[Block]:
    """One line each with a day or a time at its right end, all in one column; none where it is empty."""
    return [
        Block("line", spans=(*spans, Span(f"  {when}", Mark.QUIET)), align=("right",))
        if when
        else Block("line", spans=spans)
        for spans, when in lines
    ]


def cell(*spans: Span) -> Cell:
    """A table cell."""
    return spans


def indicator_link(title: str, name: str) -> Span:
    """A span that leads to an indicator."""
    return Span(title, link=Link("item", name.partition(":")[0]))


def alike(tables: Sequence[Block]) -> list[Block]:
    """The tables of one list, all with a head, in the same columns."""
    if len(tables) < 2:
        return list(tables)
    from tui.layout.columns import MEASURED_ROWS  # what lays tables out, which most first frames do without

    heads = _longest([table.rows[0] for table in tables])
    rows = [row for table in tables for row in table.rows[1:]]
    if len(rows) > MEASURED_ROWS:
        longest = _longest(rows)
        step = -(-len(rows) // (MEASURED_ROWS - 1))
        rows = [longest, *rows[::step]]
    sample = (heads, *rows)
    return [table._replace(sample=sample) for table in tables]


def _longest(rows: Sequence[Row]) -> Row:
    """The longest cell of each column."""
    return tuple(max(column, key=_length) for column in zip(*rows, strict=True))


def _length(found: Cell) -> int:
    return sum(len(span.text) for span in found)
