"""Documents and items as plain values for JSON; `docs/json.md` describes every field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from briefings.documents.items import plain
from briefings.documents.model import Block, Document, Item, Link, Section, Span, Statement
from briefings.library.links import Neighbour

Record = dict[str, Any]
Resolve = Callable[[str], Item | None]
"""The item that a target means in the document at hand."""


def item_record(item: Item) -> Record:
    """An item: what it is, and where it stands."""
    return {
        "id": item.id,
        "kind": item.kind,
        "document": item.document,
        "title": item.title,
        "title_zh": item.title_zh,
        "topics": list(item.topics),
        "summary": item.summary,
        "path": item.path,
        "line": item.line,
    }


def neighbour_record(neighbour: Neighbour, line: int) -> Record:
    """An item at the other end of a link, and where the link stands."""
    return {**item_record(neighbour.item), "link": {"in": neighbour.source.id, "line": line}}


def document_record(document: Document) -> Record:
    """What a document says of itself before its text."""
    facts = document.facts._asdict()
    official = {"title": facts.pop("official_title"), "url": facts.pop("official_url")}
    return {
        "date": document.date,
        "updated": document.updated,
        "summary": document.summary,
        "summary_zh": document.summary_zh,
        "aliases": list(document.aliases),
        "former_ids": list(document.former_ids),
        "tags": list(document.tags),
        "sources": list(document.sources),
        "briefs": document.briefs._asdict() if document.briefs else None,
        **facts,
        "identifiers": dict(document.facts.identifiers),
        "dates": dict(document.facts.dates),
        "official": official,
    }


def section_record(section: Section) -> Record:
    """A section, by its id, its line and the range of blocks under it."""
    return {
        "id": section.id,
        "title": section.title,
        "level": section.level,
        "topics": list(section.topics),
        "since": section.since,
        "line": section.line,
        "first": section.first,
        "last": section.last,
    }


def block_record(block: Block, resolve: Resolve) -> Record:
    """A block: its words, its links with the items they mean, the cells of a table, a statement."""
    return {
        "kind": block.kind,
        "line": block.line,
        "level": block.level,
        "marker": block.marker,
        "quote": block.quote,
        "anchor": block.anchor,
        "since": block.since,
        "text": block.text,
        "rows": [[plain(cell) for cell in row] for row in block.rows],
        "links": [_link_record(text, link, resolve) for text, link in _links_with_text(block)],
        "statement": statement_record(block.statement, resolve) if block.statement else None,
    }


def statement_record(statement: Statement, resolve: Resolve) -> Record:
    """A claim or prediction, by the names its fenced block uses."""
    return {
        **{name: value for name, value in statement._asdict().items() if isinstance(value, str)},
        "about": list(statement.about),
        "note": _passage(statement.note, resolve),
        "judged": dict(statement.judged),
        "evidence": _passage(statement.evidence, resolve),
        "outcome": dict(statement.outcome),
    }


def _passage(spans: Iterable[Span], resolve: Resolve) -> Record:
    spans = tuple(spans)
    links = [_link_record(span.text, span.link, resolve) for span in spans if span.link]
    return {"text": plain(spans), "links": links}


def _links_with_text(block: Block) -> list[tuple[str, Link]]:
    """The links of a block with the words they stand on; those of a statement are in its own fields."""
    if block.statement:
        return []
    spans = [*block.spans, *(span for row in block.rows for cell in row for span in cell)]
    return [(span.text, span.link) for span in spans if span.link]


def _link_record(text: str, link: Link, resolve: Resolve) -> Record:
    item = resolve(link.target) if link.kind == "item" else None
    return {"kind": link.kind, "target": link.target, "text": text, "item": item.id if item else None}
