"""The passages of a document: what is searched as one, and found as one item.

    document ── what it says of itself, and its text before the first section
             ├─ section: its own text, without the sections and statements in it
             └─ claim, prediction

A long text is cut into several passages of its item. Lines of a passage are blocks, so that a hit leads
to the very block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from briefings.documents.items import plain
from briefings.documents.model import Block, Document, Span, Statement
from briefings.search.excerpts import CUT
from sources.text import clean_line

LONGEST = 4_000
"""Characters from which on a text is cut."""


class Passage(NamedTuple):
    """`title` holds all names; `text` one line for each block, the first being block `block` of the
    document, -1 where what the document says of itself comes before. `sources` is who says it."""

    item: str
    kind: str
    block: int
    date: str
    topics: tuple[str, ...]
    sources: str
    title: str
    text: str


def passages_of(document: Document) -> Iterator[Passage]:
    """All passages of a document, its own first."""
    sources = _sources(document)
    statements = [number for number, block in enumerate(document.blocks) if block.statement]
    blocks = [_line(block) for block in document.blocks]
    sections = document.sections
    first = sections[0].first if sections else len(blocks)
    if sections and first == 0 and sections[0].title == document.title:  # a note's heading is its title
        first, sections = sections[0].own, sections[1:]
    names = "\n".join(dict.fromkeys(filter(None, _names(document))))
    own = Passage(
        document.id, document.kind, -1, _date(document), document.topics, sources, names, ""
    )  # fmt: skip
    yield from _cut(own, [clean_line(f"{document.summary} {document.summary_zh}".strip()), *blocks[:first]])
    for section in sections:
        title = f"{section.title}\n{section.title_zh}".rstrip()
        whole = own._replace(
            item=f"{document.id}#{section.id}", kind="section", block=section.first, topics=section.topics,
            title=title,
        )  # fmt: skip
        yield from _cut(whole, ["", *blocks[section.first + 1 : section.own]])
    topics = dict(_topics_at(document, statements))
    for number in statements:
        block = document.blocks[number]
        if block.statement:
            told = own._replace(kind=block.kind, block=number, topics=topics.get(number, ()))
            yield _statement(told, block.statement)


def _statement(own: Passage, statement: Statement) -> Passage:
    """The passage of a statement in a document, beginning with what it has from there."""
    judged = dict(statement.judged)
    own_title = statement.title or statement.title_zh
    text = (
        statement.says if own_title else "", statement.says_zh, statement.where, plain(statement.note),
        judged.get("because", ""), plain(statement.evidence), statement.resolves,
    )  # fmt: skip
    named = (statement.id.upper(), statement.title or statement.says, statement.title_zh)
    addresses = (span.link.target for span in (*statement.note, *statement.evidence) if span.link)
    return own._replace(
        item=f"{own.item}#{statement.id}",
        date=statement.made or own.date,
        sources=_joined((own.sources, statement.by, plain(statement.evidence), *addresses)),
        title="\n".join(filter(None, named)),
        text=clean_line("  ".join(filter(None, text))),
    )


def _cut(whole: Passage, lines: Sequence[str]) -> Iterator[Passage]:
    """A passage, or several one after the other where its lines are long."""
    begun, taken, size = whole.block, 0, 0
    for number, line in enumerate(lines):
        size += len(line) + 1
        if size >= LONGEST or number + 1 == len(lines):
            yield whole._replace(block=begun + taken, text="\n".join(lines[taken : number + 1]))
            taken, size = number + 1, 0
    if not lines:
        yield whole


def _line(block: Block) -> str:
    """The words of a block on one line; those of a statement are a passage of their own."""
    if block.statement:
        return ""
    rows = (" ".join(map(_words, row)) for row in block.rows)
    return clean_line(" ".join(rows) if block.rows else _words(block.spans))


def _words(spans: Sequence[Span]) -> str:
    """The words of spans; a figure is none: what it says is worked out when it is read."""
    return "".join(CUT if span.link and span.link.kind == "figure" else span.text for span in spans)


def _names(document: Document) -> Iterable[str]:
    facts = document.facts
    return (
        document.title, document.title_zh, facts.name, *document.aliases, document.id, facts.number,
        *(value for _, value in facts.identifiers), *document.tags,
    )  # fmt: skip


def _date(document: Document) -> str:
    """The date of a document; of an event or instrument without one, the first that it states."""
    return document.date or next((value for _, value in document.facts.dates if value), "")


def _sources(document: Document) -> str:
    briefed = document.briefs
    said = (briefed.publisher, briefed.title, briefed.url) if briefed else ()
    facts = document.facts
    return _joined((*document.sources, *said, facts.issuer, facts.official_title, facts.official_url))


def _joined(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, words)))


def _topics_at(document: Document, numbers: Sequence[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The topics of some blocks, in rising order: those of the innermost section around each."""
    sections = document.sections
    at = -1
    for number in numbers:
        while at + 1 < len(sections) and sections[at + 1].first <= number:
            at += 1
        inside = next((s for s in reversed(sections[: at + 1]) if number < s.last), None)
        yield number, inside.topics if inside else (() if sections else document.topics)
