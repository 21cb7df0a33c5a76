"""The items of a document and the links it holds: what the index keeps of it beside its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefings.documents.model import Block, Document, Item, ItemKind, Link, Section, Span, Statement
from briefings.documents.names import series_in

TITLE = 60
"""Characters of the title of a paragraph that is linked to, which has none of its own."""

SUMMARY = 200
"""Characters of an item's summary at most."""


class Reference(NamedTuple):
    """A link to an item as it stands in a document: from which item, in which block."""

    source: str
    block: int
    target: str


def items_of(document: Document) -> tuple[Item, ...]:
    """The document itself, its sections, claims, predictions, named tables and footnotes."""
    found = [_document_item(document)]
    found += [_section_item(document, section) for section in document.sections]
    topics = topics_of_blocks(document)
    for number, block in enumerate(document.blocks):
        if block.kind != "heading" and block.anchor:
            found.append(_block_item(document, number, block, topics[number]))
    unique: dict[str, Item] = {}
    for item in found:
        unique.setdefault(item.id, item)
    return tuple(unique.values())


def topics_of_blocks(document: Document) -> list[tuple[str, ...]]:
    """The topics of each block: those of the innermost section around it."""
    topics: list[tuple[str, ...]] = [document.topics if not document.sections else ()] * len(document.blocks)
    for section in document.sections:
        topics[section.first : section.last] = [section.topics] * (section.last - section.first)
    return topics


def references_of(document: Document) -> Iterator[Reference]:
    """Each link of the document to an item, with the innermost item it stands in. Figures and tests of
    statements lead to the indicators that their expressions speak of."""
    sections = iter(document.sections)
    upcoming = next(sections, None)
    section = ""
    for number, block in enumerate(document.blocks):
        while upcoming and upcoming.first <= number:
            section, upcoming = upcoming.id, next(sections, None)
        anchor = block.anchor or section
        source = f"{document.id}#{anchor}" if anchor else document.id
        for target in _targets_in(block):
            yield Reference(source, number, target)
    for target in (document.facts.issuer, *document.facts.replaces):
        if target:
            yield Reference(document.id, 0, target)


def _targets_in(block: Block) -> Iterator[str]:
    for link in links_in(block):
        if link.kind == "item":
            yield link.target
        elif link.kind == "figure":
            yield from series_in(link.target)
    if block.statement:
        yield from series_in(block.statement.test)


def links_in(block: Block) -> Iterator[Link]:
    """The links of a block, in reading order."""
    yield from (span.link for span in block.spans if span.link)
    for row in block.rows:
        for cell in row:
            yield from (span.link for span in cell if span.link)
    if block.statement:
        yield from _statement_links(block.statement)


def _statement_links(statement: Statement) -> Iterator[Link]:
    for target in (*statement.about, statement.cause, statement.effect):
        if target:
            yield Link("item", target)
    yield from (span.link for span in (*statement.note, *statement.evidence) if span.link)


def _document_item(document: Document) -> Item:
    return Item(
        document.id, document.kind, document.id, document.title, document.title_zh, 0, 1, document.topics,
        document.summary or _first_words(document), document.path,
    )  # fmt: skip


def _section_item(document: Document, section: Section) -> Item:
    return Item(
        f"{document.id}#{section.id}", "section", document.id, section.title, section.title_zh, section.first,
        section.line, section.topics, "", document.path,
    )  # fmt: skip


def _block_item(document: Document, number: int, block: Block, topics: tuple[str, ...]) -> Item:
    kind, title, title_zh, summary = _named(block)
    return Item(
        f"{document.id}#{block.anchor}", kind, document.id, title, title_zh, number, block.line, topics,
        summary, document.path,
    )  # fmt: skip


def _named(block: Block) -> tuple[ItemKind, str, str, str]:
    if block.statement:
        says = block.statement
        kind: ItemKind = "claim" if block.kind == "claim" else "prediction"
        return kind, says.title or says.says, says.title_zh or says.says_zh, says.says
    if block.kind == "table":
        return "table", block.anchor, "", ""
    if block.anchor.startswith("fn-"):
        return "footnote", f"Note {block.marker}", "", block.text[:SUMMARY]
    return "section", _cut(block.text), "", block.text[:SUMMARY]


def _cut(text: str) -> str:
    """The text as a title: its first words."""
    if len(text) <= TITLE:
        return text
    start = text[: TITLE - 1]
    words = start.rpartition(" ")[0]
    return (words if len(words) > TITLE // 2 else start).rstrip() + "⋯"


def _first_words(document: Document) -> str:
    """The first paragraph, for a document that has no summary."""
    for number in range(min(len(document.blocks), 20)):
        block = document.blocks[number]
        if block.kind == "paragraph":
            return block.text[:SUMMARY]
    return ""


def plain(spans: tuple[Span, ...]) -> str:
    """The words of spans without style."""
    return "".join(span.text for span in spans)
