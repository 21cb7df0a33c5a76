"""The library: every document, and what is wrong in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple

from briefings.desk import Desk
from briefings.index import Listed
from briefings.model import Block, Link, Mark, Row, Span
from tui.screens import parts
from tui.screens.page import Address, Chained, Heading, Listing, Page

Order = Literal["date", "title", "wrong"]

ORDERS: dict[Order, str] = {
    "date": "the newest first",
    "title": "by title",
    "wrong": "those with most claims that are wrong first",
}
"""How briefings stand, in the order in which `;` goes through them."""

_HEAD = ("date", "claims", "wrong")
_ALIGN = ("name", "", "right", "right")

_GROUPS = (
    ("briefing", "Briefings"),
    ("note", "Notes"),
    ("instrument", "Instruments"),
    ("event", "Events"),
    ("entity", "Entities"),
)


class _Briefed(NamedTuple):
    """A briefing in its table: how many of its claims were judged, and are wrong."""

    listed: Listed
    claims: int
    wrong: int


def order_named(name: str) -> Order:
    """The order that the name of a page means; the first of all for any other name."""
    return name if name in ORDERS else "date"


def next_order(name: str) -> Order:
    """The order after it."""
    orders = list(ORDERS)
    return orders[(orders.index(order_named(name)) + 1) % len(orders)]


def library_page(desk: Desk, briefing: str, told: tuple[str, ...] = (), name: str = "") -> Page:
    """All documents by kind, briefings in the order that `name` names, the others newest first; after
    them the faults of files, and what the start came upon."""
    blocks: Sequence[Block] = ()
    outline: list[Heading] = []
    wrong = parts.entries([*_told(told), *_faults(desk)])
    kept = parts.entries(kept_lines(desk))
    order = order_named(name)
    for title, lines in [*_documents(desk, order), ("Searches", kept), ("Faults in files", wrong)]:
        if lines:
            outline.append(Heading(title, 1, len(blocks)))
            group = Chained((parts.heading(title, str(_count(lines))),), lines)
            blocks = Chained(blocks, group) if blocks else group
    return Page(
        Address("library", briefing, "" if order == "date" else order),
        path=("Library",),
        reading=blocks or (parts.quiet("The library is empty."),),
        up=Address("overview", briefing),
        listing=True,
        outline=tuple(outline),
    )


def kept_lines(desk: Desk) -> list[tuple[Span, ...]]:
    """The searches that are kept, each under its name."""
    return [
        (Span(kept.name, link=Link("search", kept.query)), Span(f"  {kept.query}", Mark.QUIET))
        for kept in desk.kept_searches()
    ]


def _documents(desk: Desk, order: Order) -> Iterator[tuple[str, Sequence[Block]]]:
    counts = desk.counts()
    for kind, name in _GROUPS:
        count = counts.get(kind, 0)
        if kind == "briefing" and 0 < count <= parts.TOGETHER:
            yield name, _briefings(desk, count, order)
        else:
            yield name, Listing(count, partial(_fetched, desk, kind))


def _count(blocks: Sequence[Block]) -> int:
    """Lines of a group: those of its table without the head, or one for each block."""
    return len(blocks[0].rows) - 1 if blocks[0].kind == "table" else len(blocks)


def _briefings(desk: Desk, count: int, order: Order) -> list[Block]:
    """The briefings as a table with what came of their claims."""
    rows = desk.verdicts()
    claims = Counter(row.document for row in rows)
    wrong = Counter(row.document for row in rows if row.word == "contradicted")
    found = [_Briefed(each, claims[each.id], wrong[each.id]) for each in desk.part("briefing", 0, count)]
    if order == "title":
        found.sort(key=lambda each: (each.listed.title.casefold(), each.listed.id))
    elif order == "wrong":
        found.sort(key=lambda each: -each.wrong)
    head = tuple(parts.cell(Span(word)) for word in ("document", *_HEAD))
    return [Block("table", rows=(head, *map(_briefed, found)), align=_ALIGN)]


def _briefed(each: _Briefed) -> Row:
    listed = each.listed
    name = Span(f"{listed.title} {listed.title_zh}".rstrip(), link=Link("item", listed.id))
    counts = (str(each.claims), str(each.wrong)) if each.claims else ("", "")
    return ((name,), (Span(listed.date),), *((Span(count),) for count in counts))


def _fetched(desk: Desk, kind: str, first: int, most: int) -> Sequence[Block]:
    return _lines(desk.part(kind, first, most))


def _told(told: tuple[str, ...]) -> list[tuple[Span, ...]]:
    return [(Span("! ", Mark.DOUBT), Span(each)) for each in told]


def _faults(desk: Desk) -> list[tuple[Span, ...]]:
    return [
        (Span("! ", Mark.BAD if fault.severity == "error" else Mark.DOUBT), Span(str(fault)))
        for fault in desk.faults()
    ]


def _lines(documents: Sequence[Listed]) -> list[Block]:
    return parts.entries(
        (
            Span(f"{document.title} {document.title_zh}".rstrip(), link=Link("item", document.id)),
            Span(f"  {document.date}" if document.date else "", Mark.QUIET),
        )
        for document in documents
    )
