"""The library: every document, and what is wrong in the files."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.desk import Desk
from briefings.index import Listed
from briefings.model import Block, Link, Mark, Span
from tui.screens import parts
from tui.screens.page import Address, Heading, Page

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
    blocks: list[Block] = []
    outline: list[Heading] = []
    for kind, name in _GROUPS:
        found = desk.documents(kind)
        if found:
            outline.append(Heading(name, 1, len(blocks)))
            blocks += [parts.heading(name, str(len(found))), *_lines(found)]
    wrong = [*_told(told), *_faults(desk)]
    if wrong:
        outline.append(Heading("Faults in files", 1, len(blocks)))
        blocks += [parts.heading("Faults in files", str(len(wrong))), *parts.entries(wrong)]
    return Page(
        Address("library", briefing),
        path=("Library",),
        reading=blocks or (parts.quiet("The library is empty."),),
        up=Address("overview", briefing),
        listing=True,
        outline=tuple(outline),
    )


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
