"""`briefing read`: a document or a part of it, as plain text or as its blocks."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from briefings.documents.model import Block, Document, Item, Span
from tui.cli.arguments import add_as_of, number_between
from tui.cli.output import FINE, USAGE, RequestError
from tui.cli.session import Session

WIDTHS = (20, 1000)


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an id and a width."""
    parser.add_argument("id", metavar="ID", help="an id, an alias, a file name; ID#SECTION for a section")
    add_width(parser)
    add_as_of(parser)


def add_width(parser: argparse.ArgumentParser) -> None:
    """Take the width of lines."""
    parser.add_argument(
        "--width",
        type=number_between(*WIDTHS),
        metavar="N",
        help="cells of a line; by default the terminal's, 80 in a pipe",
    )


def run(session: Session, options: argparse.Namespace) -> int:
    """Print the text of what ID names."""
    item = session.find(options.id)
    document = document_of(session, item)
    session.warn_of_file(document.path)
    session.say_day(document)
    first, last = range_of(document, item)
    blocks = document.blocks[first:last]
    if session.output.as_json:
        session.output.data("read", _record(session, document, item, first, blocks))
        return FINE
    head = _head(document) if item.id == document.id else []
    print_blocks(session, [*head, *blocks], document.id, options.width)
    return FINE


def document_of(session: Session, item: Item) -> Document:
    """The document an item stands in. Raises `RequestError` when it has just gone."""
    document = session.desk.document(item.document)
    if document is None:
        raise RequestError("unknown-id", f'"{item.document}" has just left the library', USAGE)
    return document


def range_of(document: Document, item: Item) -> tuple[int, int]:
    """The blocks of an item: all of a document's, those under a section's heading, else its one block."""
    if item.id == document.id:
        return 0, len(document.blocks)
    for section in document.sections:
        if item.kind == "section" and section.id == item.short:
            return section.first, section.last
    return item.block, item.block + 1


def print_blocks(session: Session, blocks: Sequence[Block], document: str, width: int | None) -> None:
    """Print blocks as the document view draws them; links are resolved from `document`."""
    from tui.cli import drawing  # the layout, which JSON does not need

    session.settle()  # where nothing has changed since the last time, nothing is judged
    context = drawing.context_of(session.settings, session.desk, document)
    colour = drawing.in_colour(session.settings)
    session.output.text(drawing.draw(blocks, drawing.width_of_output(width), context, colour))


def _head(document: Document) -> list[Block]:
    """The title and summary, which front matter holds; a note may have its title in the text."""
    first = document.blocks[0] if len(document.blocks) else None
    if first is not None and first.kind == "heading" and first.text == document.title:
        return []
    name = f"{document.title} {document.title_zh}".rstrip()
    note = ", ".join(word for word in (document.kind, document.date) if word)
    title = Block("heading", spans=(Span(name),), level=1, note=note)
    summary = Block("paragraph", spans=(Span(document.summary),))
    gap = Block("paragraph")
    return [title, *([summary] if document.summary else []), gap]


def _record(session: Session, document: Document, item: Item, first: int, blocks: Sequence[Block]) -> object:
    from tui.cli import records

    def resolve(target: str) -> Item | None:
        return session.desk.resolve(target, document.id)

    last = first + len(blocks)
    inside = [section for section in document.sections if first <= section.first and section.last <= last]
    return {
        "item": records.item_record(item),
        "document": records.document_record(document),
        "first": first,
        "sections": [records.section_record(section) for section in inside],
        "blocks": [records.block_record(block, resolve) for block in blocks],
    }
