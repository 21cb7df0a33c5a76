"""The library: every document, and what is wrong in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple

from briefings.desk import Desk
from briefings.documents.model import Block, Link, Mark, Row, Span
from briefings.library.index import Listed
from tui.commands.live import USUAL, Key
from tui.layout.linked import after, which
from tui.pages import parts
from tui.pages.page import Address, Heading, Page
from tui.pages.pieces import Joined, Listing, Numbered

Order = Literal["date", "title", "wrong"]

ORDERS: dict[Order, str] = {
    "date": "the newest first",
    "title": "by title",
    "wrong": "those with most claims that are wrong first",
}
"""How briefings stand, in the order in which `;` goes through them."""


class View(NamedTuple):
    """How the library is looked at: the order of briefings, and the query that documents answer, empty
    for all. `name` is its text in an address."""

    order: Order = "date"
    words: str = ""

    @classmethod
    def named(cls, name: str) -> View:
        """The view of a name; the first of all for what is none."""
        order, _, words = name.partition(" ")
        return cls(order if order in ORDERS else "date", words)

    @property
    def name(self) -> str:
        """The text that stands for it; empty for all, the newest first."""
        return "" if self == View() else f"{self.order} {self.words}".rstrip()

    def ordered_next(self) -> View:
        """The view in the order after this one."""
        orders = list(ORDERS)
        return self._replace(order=orders[(orders.index(self.order) + 1) % len(orders)])


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


def library_page(
    desk: Desk, briefing: str, told: tuple[str, ...] = (), name: str = "", key: Key = USUAL
) -> Page:
    """All documents by kind, briefings in the order that `name` names, the others newest first; after
    them the faults of files, and what the start came upon."""
    wrong = parts.entries([*_told(told), *_faults(desk)])
    kept = parts.entries(kept_lines(desk))
    view = View.named(name)
    if view.words:
        return _filtered(desk, briefing, view, key)
    documents = [(title, lines) for title, lines in _documents(desk, view.order) if lines]
    groups = {
        title: Joined((parts.heading(title, str(_count(lines))),), lines)
        for title, lines in [*documents, ("Searches", kept), ("Faults in files", wrong)]
        if lines
    }
    blocks = Joined(*groups.values())
    outline = tuple(Heading(title, 1, first) for title, first in zip(groups, blocks.firsts, strict=True))
    return Page(
        Address("library", briefing, view.name),
        path=("Library",),
        reading=blocks or (parts.quiet("The library is empty."),),
        up=Address("overview", briefing),
        listing=True,
        numbered=_numbered([lines for _, lines in documents], outline),
        previews=True,
        outline=outline,
    )


def _filtered(desk: Desk, briefing: str, view: View, key: Key) -> Page:
    """The documents that answer the words of a view, or that hold what does."""
    blocks: list[Sequence[Block]] = []
    outline: list[Heading] = []
    names, more = _answering(desk, view)
    answers = list(_answers(desk, view, names))
    for title, lines in answers:
        outline.append(Heading(title, 1, sum(map(len, blocks))))
        blocks += [(parts.heading(title, str(_count(lines))),), lines]
    if not outline:
        filters = key("table.filter")
        blocks.append((parts.quiet(f"No documents answer that. {filters} with nothing shows all."),))
    if more:
        blocks.append((parts.quiet("There may be more: too many hits to look through. Add a word."),))
    asked = (Span("What was found in them: ", Mark.QUIET), Span(view.words, link=Link("search", view.words)))
    blocks.append(parts.entries([asked]))
    return Page(
        Address("library", briefing, view.name),
        path=("Library", view.words),
        reading=Joined(*blocks),
        up=Address("library", briefing),
        listing=True,
        numbered=_numbered([lines for _, lines in answers], outline),
        previews=True,
        outline=tuple(outline),
    )


def _numbered(groups: Sequence[Sequence[Block]], outline: Sequence[Heading]) -> Numbered:
    """All documents of groups, each of which stands below its heading; the first groups of the page."""
    firsts = [heading.block + 1 for heading in outline[: len(groups)]]
    tables = {first for first, lines in zip(firsts, groups, strict=True) if lines[0].kind == "table"}
    return Numbered(firsts, [_count(lines) for lines in groups], tables)


def _answering(desk: Desk, view: View) -> tuple[set[str], bool]:
    """The ids of the documents that answer a query, and whether there may be more."""
    from briefings.search.query import QueryError, parse

    try:
        return desk.searching().documents(parse(view.words))
    except QueryError:
        return set(), False


def _answers(desk: Desk, view: View, names: set[str]) -> Iterator[tuple[str, Sequence[Block]]]:
    """The groups of the library, each with those of its documents alone that have these ids."""
    for kind, title in _GROUPS:
        listed = [each for each in desk.documents(kind) if each.id in names]
        if listed:
            yield title, _table(desk, listed, view.order) if kind == "briefing" else _lines(listed)


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
            yield name, _table(desk, desk.part(kind, 0, count), order)
        else:
            yield name, Listing(count, partial(_fetched, desk, kind))


def _count(blocks: Sequence[Block]) -> int:
    """Lines of a group: those of its table without the head, or one for each block."""
    return len(blocks[0].rows) - 1 if blocks[0].kind == "table" else len(blocks)


def _table(desk: Desk, briefings: Sequence[Listed], order: Order) -> list[Block]:
    """Briefings as a table with what came of their claims."""
    rows = desk.verdicts()
    claims = Counter(row.document for row in rows)
    wrong = Counter(row.document for row in rows if row.word == "contradicted")
    found = [_Briefed(each, claims[each.id], wrong[each.id]) for each in briefings]
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
    return parts.dated(
        (
            (
                Span(f"{document.title} {document.title_zh}".rstrip(), link=Link("item", document.id)),
                Span(after(which(document)), Mark.QUIET),
            ),
            document.date,
        )
        for document in documents
    )
