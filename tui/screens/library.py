"""The library: every document, and what is wrong in the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from briefings.desk import Desk
from briefings.index import Listed
from briefings.model import Block, Link, Mark, Span
from tui.screens import parts
from tui.screens.page import Address, Chained, Heading, Listing, Page

_GROUPS = (
    ("briefing", "Briefings"),
    ("note", "Notes"),
    ("instrument", "Instruments"),
    ("event", "Events"),
    ("entity", "Entities"),
)


def library_page(desk: Desk, briefing: str, told: tuple[str, ...] = ()) -> Page:
    """All documents by kind, newest first, one a line; after them the faults of files, and what the
    start came upon."""
    blocks: Sequence[Block] = ()
    outline: list[Heading] = []
    wrong = parts.entries([*_told(told), *_faults(desk)])
    kept = parts.entries(kept_lines(desk))
    for name, lines in [*_documents(desk), ("Searches", kept), ("Faults in files", wrong)]:
        if lines:
            outline.append(Heading(name, 1, len(blocks)))
            group = Chained((parts.heading(name, str(len(lines))),), lines)
            blocks = Chained(blocks, group) if blocks else group
    return Page(
        Address("library", briefing),
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


def _documents(desk: Desk) -> Iterator[tuple[str, Sequence[Block]]]:
    counts = desk.counts()
    for kind, name in _GROUPS:
        yield name, Listing(counts.get(kind, 0), partial(_fetched, desk, kind))


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
