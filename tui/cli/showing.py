"""`briefing show`: any item, with its facts, its text, and what is said of it where."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from briefings.items import plain
from briefings.links import Neighbour
from briefings.model import Block, Document, Item, Span
from tui.cli import records
from tui.cli.arguments import add_as_of
from tui.cli.output import FINE
from tui.cli.reading import add_width, document_of, print_blocks, range_of
from tui.cli.session import Session


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an id and a width."""
    parser.add_argument("id", metavar="ID", help="the id of any item: huawei, c10, china-legal-shield#risks")
    add_width(parser)
    add_as_of(parser)


def run(session: Session, options: argparse.Namespace) -> int:
    """Print the card of what ID names."""
    item = session.find(options.id)
    document = document_of(session, item)
    session.warn_of_file(document.path)
    session.say_day(document)
    if session.output.as_json:
        session.output.data("show", _record(session, document, item))
    else:
        print_blocks(session, _card(session, document, item), document.id, options.width)
    return FINE


def _card(session: Session, document: Document, item: Item) -> Sequence[Block]:
    """The card as the app has it: what it reads, then what stands beside it."""
    from tui.screens.card import card

    if item.kind in ("table", "footnote"):
        title = Block("heading", spans=(Span(item.title),), level=1, note=item.kind)
        return [title, document.blocks[item.block]]
    page = card(session.desk, item)
    return [] if page is None else [*page.reading, Block("paragraph"), *page.side]


def _record(session: Session, document: Document, item: Item) -> object:
    def resolve(target: str) -> Item | None:
        return session.desk.resolve(target, document.id)

    first, last = range_of(document, item)
    blocks = document.blocks[first:last]
    statement = session.desk.statement(item) if item.kind in ("claim", "prediction") else None
    return {
        "item": records.item_record(item),
        "facts": records.document_record(document) if item.id == document.id else None,
        "statement": records.statement_record(statement, resolve) if statement else None,
        "text": "" if statement else _text(blocks),
        "back": neighbour_records(session, session.desk.back_links(item)),
        "forward": neighbour_records(session, session.desk.forward_links(item)),
    }


def neighbour_records(session: Session, neighbours: Sequence[Neighbour]) -> list[records.Record]:
    """Neighbours with the lines that their links stand on."""
    return [records.neighbour_record(n, line_of(session, n.source.document, n.block)) for n in neighbours]


def line_of(session: Session, document: str, block: int) -> int:
    """The line in its file of a block of a document, from 1."""
    found = session.desk.document(document)
    return found.blocks[block].line if found and block < len(found.blocks) else 1


def _text(blocks: Sequence[Block]) -> str:
    """The words of blocks, a blank line between two; statements give what they say."""
    words = [block.statement.says + _noted(block) if block.statement else block.text for block in blocks]
    return "\n\n".join(text for text in words if text)


def _noted(block: Block) -> str:
    note = plain(block.statement.note) if block.statement else ""
    return f"\n{note}" if note else ""
