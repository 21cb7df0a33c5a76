"""`briefing links`: where the links of an item lead, what links to it, and what leads nowhere."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from briefings.links import Neighbour
from briefings.model import Item
from briefings.names import is_indicator
from sources.text import clean_line
from tui.cli.output import FINE
from tui.cli.reading import document_of, range_of
from tui.cli.records import Record, item_record
from tui.cli.session import Session
from tui.cli.showing import line_of, neighbour_records


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an id."""
    parser.add_argument("id", metavar="ID", help="the id of any item")


def run(session: Session, options: argparse.Namespace) -> int:
    """List the neighbours of what ID names."""
    item = session.find(options.id)
    session.warn_of_file(item.path)
    forward, back = session.desk.forward_links(item), session.desk.back_links(item)
    dangling = _dangling(session, item)
    if session.output.as_json:
        data = {
            "item": item_record(item),
            "forward": neighbour_records(session, forward),
            "back": neighbour_records(session, back),
            "dangling": dangling,
        }
        session.output.data("links", data)
    else:
        session.output.text(_lines(session, forward, back, dangling))
    return FINE


def _dangling(session: Session, item: Item) -> list[Record]:
    """The targets in an item's text that lead nowhere, with the nearest item."""
    first, last = range_of(document_of(session, item), item)
    found: dict[str, int] = {}
    for target, block in session.desk.dangling(item.document):
        if first <= block < last and not is_indicator(target):
            found.setdefault(target, block)
    return [_dangling_record(session, item, target, block) for target, block in found.items()]


def _dangling_record(session: Session, item: Item, target: str, block: int) -> Record:
    near = session.desk.nearest(target)
    line = line_of(session, item.document, block)
    return {"target": target, "nearest": near.id if near else None, "path": item.path, "line": line}


def _lines(
    session: Session, forward: Sequence[Neighbour], back: Sequence[Neighbour], dangling: Sequence[Record]
) -> Iterator[str]:
    """Three groups, one link a line, the sign of its group before it."""
    for neighbour in forward:
        yield _line("->", neighbour.item)
    for neighbour in back:
        yield _line("<-", neighbour.item)
    for record in dangling:
        near = f"; nearest: {record['nearest']}" if record["nearest"] else ""
        words = f'{record["path"]}:{record["line"]}: no item "{record["target"]}"{near}'
        yield f"?? {clean_line(words)}"


def _line(sign: str, item: Item) -> str:
    return clean_line(f"{sign} {item.id}  {item.kind}  {item.title} {item.title_zh}".rstrip())
