"""Numbers that differ from those shown before: bold in their tables, all else as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefings.documents.model import Block, Cell, Mark, Row
from briefings.sequences import Lazy
from tui.pages.page import LOOKED_THROUGH, Page

_PERIOD = "period"
_Key = tuple[str, str]
_Numbers = tuple[str, ...]


def emphasized(page: Page, before: Page) -> Page:
    """The page with what became of its tables since `before`; itself where no number is another one.

    A row is known by what its first cell names, a table by the head above it. A row whose numbers or
    period differ, or that was not there, has its numbers bold.
    """
    known = {key: numbers for block in _tables(before) for key, _, numbers in _rows(block)}
    blocks = page.reading[:LOOKED_THROUGH]
    made = {at: _marked(block, known) for at, block in enumerate(blocks) if _is_table(block)}
    news = {at: block for at, block in made.items() if block is not blocks[at]}
    return page._replace(reading=_Replaced(page.reading, news)) if news else page


class _Replaced(Lazy[Block]):
    """Blocks, some of them replaced by others."""

    def __init__(self, blocks: Sequence[Block], others: Mapping[int, Block]) -> None:
        self._blocks = blocks
        self._others = others

    def __len__(self) -> int:
        return len(self._blocks)

    def at(self, place: int) -> Block:
        return self._others.get(place) or self._blocks[place]


def _tables(page: Page) -> Iterator[Block]:
    return filter(_is_table, page.reading[:LOOKED_THROUGH])


def _is_table(block: Block) -> bool:
    return block.kind == "table" and block.headed and "right" in block.align


def _rows(block: Block) -> Iterator[tuple[_Key, int, _Numbers]]:
    """The rows below the head: what each is known by, its place, and what it says in numbers."""
    head, *rows = block.rows
    told = [at for at, _ in enumerate(head) if _is_number(block, at) or _text(head[at]) == _PERIOD]
    for place, row in enumerate(rows, 1):
        yield (_text(head[0]), _name(row[0])), place, tuple(_text(row[at]) for at in told if at < len(row))


def _marked(block: Block, known: Mapping[_Key, _Numbers]) -> Block:
    news = {place for key, place, numbers in _rows(block) if known.get(key) != numbers}
    if not news:
        return block
    rows = (_bold(block, row) if place in news else row for place, row in enumerate(block.rows))
    return block._replace(rows=tuple(rows))


def _bold(block: Block, row: Row) -> Row:
    return tuple(
        tuple(span._replace(marks=span.marks | Mark.STRONG) for span in cell)
        if _is_number(block, at)
        else cell
        for at, cell in enumerate(row)
    )


def _is_number(block: Block, at: int) -> bool:
    return block.align[at : at + 1] == ("right",)


def _name(cell: Cell) -> str:
    """The link of a cell, or else its text."""
    return next((span.link.target for span in cell if span.link), _text(cell))


def _text(cell: Cell) -> str:
    return "".join(span.text for span in cell)
