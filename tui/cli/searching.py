"""`briefing search`: what a query finds in documents, claims, predictions and indicators, the best first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import islice

from briefings.ledger.words import ASCII
from briefings.search.fulltext import Place
from briefings.search.query import KINDS, Query, QueryError, Term, parse
from briefings.search.search import Excerpt, Found
from sources.text import clean_line
from tui.cli.arguments import add_as_of, number_between, one_of
from tui.cli.output import FINE, USAGE, RequestError
from tui.cli.records import Record
from tui.cli.session import Session
from tui.cli.showing import line_of
from tui.terminal import terminal

LIMIT = 20
_MOST = 10_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a query."""
    parser.add_argument(
        "query",
        metavar="QUERY",
        nargs="+",
        help='words, "exact words", -without, OR, kind:claim, topic:risks ...',
    )
    kind = one_of("kind", KINDS)
    parser.add_argument("--kind", type=kind, metavar="KIND", help=f"only these: {', '.join(KINDS)}")
    parser.add_argument(
        "--limit",
        type=number_between(1, _MOST),
        default=LIMIT,
        metavar="N",
        help=f"hits shown at most ({LIMIT})",
    )
    add_as_of(parser)


def run(session: Session, options: argparse.Namespace) -> int:
    """Print what QUERY finds, grouped by kind."""
    query = _query(" ".join(options.query), options.kind)
    session.settle()
    searching = session.desk.searching()
    if not searching.is_possible:
        session.output.warn("nothing to search in: this SQLite has no full text (FTS5)")
    found = searching.find(query)
    places = [place for group in found.groups for place in group.places]
    hits = [(place, searching.excerpt(place, found)) for place in islice(places, options.limit)]
    if session.output.as_json:
        session.output.data("search", _data(session, found, hits))
    else:
        session.output.text(_lines(session, hits))
        _narrate(session, found, len(hits))
    return FINE


def _query(text: str, kind: str | None) -> Query:
    try:
        query = parse(text)
    except QueryError as error:
        raise RequestError("query", str(error), USAGE) from None
    if not query.groups and not kind:
        raise RequestError("query", "nothing to search for; example: huawei kind:claim", USAGE)
    groups = query.groups or ((),)
    return Query(tuple((*group, Term(kind, "kind")) for group in groups)) if kind else query


def _narrate(session: Session, found: Found, shown: int) -> None:
    if found.total > shown or found.more:
        session.output.narrate(f"{'over ' * found.more}{found.total:,} found; --limit shows more")
    elif not found.total:
        near = f" Nearest word: {found.near}." if found.near else ""
        left_out = f" {len(found.left_out)} have the words, but not the rest." if found.left_out else ""
        session.output.narrate(f"No hits.{near}{left_out}")


def _lines(session: Session, hits: Sequence[tuple[Place, Excerpt]]) -> Iterator[str]:
    """Id, kind and name, and below it the sentence."""
    kind = ""
    for place, excerpt in hits:
        if place.kind != kind:
            yield from ("",) if kind else ()
            kind = place.kind
        mark = _mark(session, place)
        yield clean_line(f"{place.item}  {place.kind}  {mark}{_title(session, place)}".rstrip())
        if said := "".join(text for text, _ in excerpt.pieces):
            yield clean_line(f"  {said}")


def _title(session: Session, place: Place) -> str:
    item = session.desk.item(place.item)
    if item:
        return f"{item.title} {item.title_zh}".rstrip()
    return session.desk.title_of(place.item)


def _mark(session: Session, place: Place) -> str:
    row = session.desk.verdict(place.item) if place.kind == "claim" else None
    if row is None:
        return ""
    mark = session.desk.mark(row)
    return f"{mark if terminal.writes_unicode() else ''.join(ASCII.get(sign, sign) for sign in mark)} "


def _data(session: Session, found: Found, hits: Sequence[tuple[Place, Excerpt]]) -> Record:
    return {
        "total": found.total,
        "more": found.more,
        "hits": [_record(session, place, excerpt) for place, excerpt in hits],
        "left_out": [place.item for place in found.left_out],
        "nearest": found.near or None,
    }


def _record(session: Session, place: Place, excerpt: Excerpt) -> Record:
    row = session.desk.verdict(place.item) if place.kind == "claim" else None
    document = place.item.partition("#")[0] if place.kind != "indicator" else ""
    block = excerpt.block if excerpt.block >= 0 else max(0, place.block)
    return {
        "id": place.item,
        "kind": place.kind,
        "document": document,
        "title": _title(session, place),
        "date": session.desk.searching().date_of(place),
        "topics": list(place.topics),
        "verdict": row.word if row else None,
        "line": line_of(session, document, block) if document else None,
        "sentence": "".join(text for text, _ in excerpt.pieces),
        "marked": [text for text, marked in excerpt.pieces if marked],
    }
