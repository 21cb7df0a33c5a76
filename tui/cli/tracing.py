"""`briefing provenance`: where a figure comes from, down to what was published."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from briefings.documents.model import Cell, LinkKind
from briefings.figures.provenance import Behind, Provenance
from sources.text import clean_line
from tui.cli.arguments import add_as_of
from tui.cli.columns import in_columns
from tui.cli.naming import full_name
from tui.cli.output import FINE, USAGE, RequestError
from tui.cli.records import Record
from tui.cli.session import Session

_HELP = "cn.m2_yoy (its newest), cn.m2_yoy@2024-01, cn.m1_yoy:old@2024-01, an expression, or a claim"


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the name of a figure."""
    parser.add_argument("figure", metavar="FIGURE", help=_HELP)
    add_as_of(parser)


def run(session: Session, options: argparse.Namespace) -> int:
    """Print what is known of the figure's source."""
    found = _found(session, options.figure)
    if session.output.as_json:
        session.output.data("provenance", _record(found))
    else:
        session.output.text(_lines(found))
    return FINE


def _found(session: Session, name: str) -> Provenance:
    """The provenance. Raises `RequestError` for what is no figure."""
    found = session.desk.origins.provenance(name)
    if found is None and (item := session.desk.item(name)) and item.kind == "claim":
        found = session.desk.origins.provenance(item.id)
    if found is None:
        found = session.desk.origins.provenance(full_name(name, session.series()))
    if found is None:
        raise RequestError("unknown-id", f'no figure "{name}"; expected {_HELP}', USAGE)
    return found


def _record(found: Provenance) -> Record:
    return {
        "figure": found.name,
        "title": found.title,
        "title_zh": found.title_zh,
        "says": found.figure,
        "state": found.state or None,
        "freshness": found.word or None,
        "facts": [_fact_record(label, cell) for label, cell in found.facts],
        "made_of": [_part_record(each) for each in found.behind],
        "series": list(found.series),
        "page": found.page,
        "citation": found.citation,
    }


def _fact_record(label: str, cell: Cell) -> Record:
    def target(kind: LinkKind) -> str:
        return next((span.link.target for span in cell if span.link and span.link.kind == kind), "")

    return {
        "label": label,
        "text": "".join(span.text for span in cell),
        "address": target("url"),
        "figure": target("provenance"),
    }


def _part_record(each: Behind) -> Record:
    return {
        "figure": each.name,
        "title": each.title,
        "period": each.period,
        "value": each.value,
        "unit": each.unit,
        "definition": each.definition,
        "known": each.known,
        "source": each.source,
    }


def _lines(found: Provenance) -> Iterator[str]:
    yield clean_line(f"{found.title} {found.title_zh}".rstrip())
    yield clean_line(f"{found.figure}   {found.word}".rstrip())
    yield ""
    width = max((len(label) for label, _ in found.facts), default=0) + 2
    for label, cell in found.facts:
        yield clean_line(f"{label:<{width}}{''.join(span.text for span in cell)}")
    if found.behind:
        yield ""
        rows = [(each.name, each.value, each.unit, each.known, each.definition) for each in found.behind]
        yield from in_columns(rows, right=(1,))
    if found.citation:
        yield ""
        yield clean_line(f"To cite: {found.citation}")
