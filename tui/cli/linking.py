"""`briefing links`: where the links of an item lead, what links to it and says what, and the way to another
item."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import islice

from briefings.documents.model import Item
from briefings.documents.names import is_indicator
from briefings.library.links import Neighbour
from briefings.library.paths import LONGEST, Around, Step
from sources.limits import FAULTS_PER_FILE
from sources.text import clean_line
from tui.cli.arguments import add_as_of, number_between
from tui.cli.output import FAILED, FINE, USAGE, RequestError
from tui.cli.reading import document_of, range_of
from tui.cli.records import Record, item_record
from tui.cli.session import Session
from tui.cli.showing import indicator_named, line_of, neighbour_records, part_records, series_record

MOST_STEPS = 4
NEXT, NEXT_AGAIN = 12, 5
"""Items of a tree at the first step, and at each further one."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an id, and what else to follow from there."""
    parser.add_argument("id", metavar="ID", help="the id of any item")
    further = parser.add_mutually_exclusive_group()
    further.add_argument("--to", metavar="OTHER", help="the shortest way over links to this item: decree-835")
    further.add_argument(
        "--steps",
        type=number_between(1, MOST_STEPS),
        metavar="N",
        help="the items so many steps out, as a tree",
    )
    add_as_of(parser)


def run(session: Session, options: argparse.Namespace) -> int:
    """List the neighbours of what ID names; status 1 where the asked way is none."""
    if name := indicator_named(session, options.id):
        if options.to or options.steps:
            raise _no_item(name)
        return _around_indicator(session, name)
    item = session.find(options.id)
    session.warn_of_file(item.path)
    if options.to:
        if name := indicator_named(session, options.to):
            raise _no_item(name)
        return _way(session, item, session.find(options.to))
    if options.steps:
        return _tree(session, item, options.steps)
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


def _no_item(name: str) -> RequestError:
    """Why no way begins or ends at an indicator, and where one can: at an item that speaks of it."""
    words = f'"{name}" is an indicator; ways lead between items of documents: briefing links {name} lists'
    return RequestError("usage", f"{words} those that speak of it", USAGE)


def _around_indicator(session: Session, name: str) -> int:
    """What an indicator is computed from, and what speaks of it."""
    card, back = session.desk.indicator(name), session.desk.back_links_on(name)
    parts = card.parts if card else ()
    if session.output.as_json:
        data = {
            "item": series_record(session, name),
            "forward": part_records(session, parts),
            "back": neighbour_records(session, back),
            "dangling": [],
        }
        session.output.data("links", data)
    else:
        lines = [clean_line(f"-> {part}  indicator  {title}") for part, title in parts]
        session.output.text([*lines, *(_line("<-", neighbour.item) for neighbour in back)])
    return FINE


def _way(session: Session, start: Item, end: Item) -> int:
    """The way from one item to another, step by step."""
    graph = session.desk.graph()
    edges = graph.way(start.id, end.id)
    steps = graph.shown(edges or ())
    if session.output.as_json:
        way = None if edges is None else [_step_record(session, step) for step in steps]
        session.output.data("links", {"item": item_record(start), "to": item_record(end), "way": way})
    else:
        session.output.text([_line("  ", start), *(line for step in steps for line in _step_lines(step))])
    if edges is None:
        session.output.narrate(f"no way over links from {start.id} to {end.id} in {LONGEST} steps")
        return FAILED
    return FINE


def _step_record(session: Session, step: Step) -> Record:
    link = step.link
    where = {"in": link.source, "line": line_of(session, link.document, link.block)} if link else None
    said = "".join(text for text, _ in step.pieces)
    return {**item_record(step.item), "forward": step.forward, "sentence": said, "link": where}


def _step_lines(step: Step) -> Iterator[str]:
    said = "".join(text for text, _ in step.pieces)
    yield _line("->" if step.forward else "<-", step.item)
    if said:
        yield clean_line(f"     {said}")


def _tree(session: Session, item: Item, steps: int) -> int:
    """The items around one, each under the one that it was reached from."""
    tree = session.desk.graph().around(item, (NEXT, *[NEXT_AGAIN] * (steps - 1)))
    if session.output.as_json:
        session.output.data("links", {"item": item_record(item), "around": _around_records(tree)})
    else:
        session.output.text(_branches(tree, 0))
    return FINE


def _around_records(tree: Around) -> list[Record]:
    return [{**item_record(near.item), "around": _around_records(near)} for near in tree.around]


def _branches(tree: Around, depth: int) -> Iterator[str]:
    yield "  " * depth + _line("", tree.item).lstrip()
    for near in tree.around:
        yield from _branches(near, depth + 1)


def _dangling(session: Session, item: Item) -> list[Record]:
    """The targets in an item's text that lead nowhere; the first ones of many with the nearest item."""
    first, last = range_of(document_of(session, item), item)
    found: dict[str, int] = {}
    for target, block in session.desk.dangling(item.document):
        if first <= block < last and not is_indicator(target):
            found.setdefault(target, block)
    lines = {block: line_of(session, item.document, block) for block in {*found.values()}}
    like = {target: session.desk.nearest(target) for target in islice(found, FAULTS_PER_FILE)}
    return [
        {
            "target": target,
            "nearest": near.id if (near := like.get(target)) else None,
            "path": item.path,
            "line": lines[block],
        }
        for target, block in found.items()
    ]


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
