"""`briefing show`: any item, with its facts, its text, and what is said of it where."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from briefings.documents.items import plain
from briefings.documents.model import Block, Document, Item, Span
from briefings.documents.names import is_indicator
from briefings.library.links import Neighbour
from tui.cli import records
from tui.cli.arguments import add_as_of
from tui.cli.naming import full_name
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
    if name := indicator_named(session, options.id):
        return _show_indicator(session, name, options.width)
    item = session.find(options.id)
    document = document_of(session, item)
    session.warn_of_file(document.path)
    session.say_day(document)
    if session.output.as_json:
        session.output.data("show", _record(session, document, item))
    else:
        print_blocks(session, _card(session, document, item), document.id, options.width)
    return FINE


def indicator_named(session: Session, asked: str) -> str:
    """The id of the indicator that is asked for by it or a mnemonic; empty where an item has that name, or
    no indicator has. Raises `RequestError` where several have."""
    if session.desk.item(asked) is not None:
        return ""
    name = full_name(asked, session.series())
    return name if is_indicator(name) and session.desk.indicator(name) else ""


def _show_indicator(session: Session, name: str, width: int | None) -> int:
    """Print the card of an indicator, without its chart: `briefing chart` draws that."""
    if session.output.as_json:
        session.output.data("show", _indicator_record(session, name))
        return FINE
    from tui.pages.indicator import indicator_page
    from tui.pages.whom import Whom

    session.settle()  # which claims rest on it and hold
    asks = session.desk.day is None
    whom = Whom(session.settings.providers, asks, f"briefing refresh {name}", "briefing sources")
    page = indicator_page(session.desk, name, "", whom)
    print_blocks(session, page.reading if page else (), "", width)
    return FINE


def _indicator_record(session: Session, name: str) -> object:
    card = session.desk.indicator(name)
    row = card.row if card else None
    return {
        "item": series_record(session, name),
        "facts": {label.lower(): words for label, words in card.facts} if card else None,
        "statement": None,
        "text": " ".join(w for w in (row.value, row.unit, row.period, row.word) if w) if row else "",
        "back": neighbour_records(session, session.desk.back_links_on(name)),
        "forward": part_records(session, card.parts) if card else [],
    }


def series_record(session: Session, name: str) -> records.Record:
    """An indicator as an item; it stands in no document."""
    card = session.desk.indicator(name)
    title, title_zh = (card.row.title, card.row.title_zh) if card else (name, "")
    return {
        "id": name,
        "kind": "indicator",
        "document": "",
        "title": title,
        "title_zh": title_zh,
        "topics": [],
        "summary": "",
        "path": "",
        "line": None,
    }


def part_records(session: Session, parts: Iterable[tuple[str, str]]) -> list[records.Record]:
    """What an indicator is computed from, (id, title) each, as neighbours to which no text links."""
    return [{**series_record(session, part), "link": None} for part, _ in parts]


def _card(session: Session, document: Document, item: Item) -> Sequence[Block]:
    """The card as the app has it: what it reads, then what stands beside it."""
    from tui.pages.card import card

    session.settle()  # a card says what was measured

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
