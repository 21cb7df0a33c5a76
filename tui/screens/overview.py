"""Tab 0: what stands in a briefing above its topics, and what it holds."""

from __future__ import annotations

from briefings.dates import closing_day
from briefings.desk import Desk
from briefings.model import TOPICS, Block, Document, Link, Mark, Span
from tui.screens import parts
from tui.screens.page import Address, Heading, Page, Pieces

_KINDS = (
    ("briefing", "briefing", "briefings"),
    ("entity", "entity", "entities"),
    ("instrument", "instrument", "instruments"),
    ("event", "event", "events"),
    ("note", "note", "notes"),
)


def overview(desk: Desk, document: Document) -> Page:
    """The overview of a briefing: its sections without a topic; beside them, what it holds."""
    reading = Pieces(document.blocks, ranges_of(document, ""))
    return Page(
        Address("overview", document.id),
        path=(document.title,),
        reading=reading,
        side=(*_predictions(desk, document), *_claims(desk, document), *library_blocks(desk)),
        document=document.id,
        up=Address("library", document.id),
        outline=outline_of(document, reading),
        reference=reference_to(document),
        source=document.briefs.url if document.briefs else "",
        find_block=reading.find,
    )


def nothing(desk: Desk) -> Page:
    """What is shown where there is no briefing at all."""
    words = "No briefing here yet. Put a Markdown file with `kind: briefing` into the library."
    return Page(Address("overview"), ("Overview",), (parts.paragraph(Span(words)), *library_blocks(desk)))


def ranges_of(document: Document, topic: str) -> list[tuple[int, int]]:
    """The ranges of a document's blocks of a topic; of those without one when it is empty."""
    if not document.sections:
        wanted = topic in document.topics if topic else not document.topics
        return [(0, len(document.blocks))] if wanted else []
    ranges: list[tuple[int, int]] = []
    for first, last, topics in _stretches(document):
        if first < last and (topic in topics if topic else not topics):
            if ranges and ranges[-1][1] == first:
                ranges[-1] = (ranges[-1][0], last)
            else:
                ranges.append((first, last))
    return ranges


def _stretches(document: Document) -> list[tuple[int, int, tuple[str, ...]]]:
    """(first, last, topics) of what stands before the sections, in each, and after them."""
    sections = document.sections
    before: list[tuple[int, int, tuple[str, ...]]] = [(0, sections[0].first, ())]
    inside = [(section.first, section.own, section.topics) for section in sections]
    return [*before, *inside, (sections[-1].own, len(document.blocks), ())]


def outline_of(document: Document, pieces: Pieces) -> tuple[Heading, ...]:
    """The headings that stand in the pieces, by where they stand there."""
    return tuple(
        Heading(section.title, section.level, pieces.find(section.first))
        for section in document.sections
        if any(first <= section.first < last for first, last in pieces.ranges)
    )


def reference_to(document: Document, section: str = "") -> str:
    """A line that says what is cited: title, section, id and date."""
    whole = f"{document.id}#{section}" if section else document.id
    name = next((s.title for s in document.sections if s.id == section), "")
    return ", ".join(
        part for part in (document.title, name, whole, document.updated or document.date) if part
    )


def _predictions(desk: Desk, document: Document) -> list[Block]:
    found = desk.items_of(document.id, "prediction")
    if not found:
        return []
    lines = []
    for item in found:
        statement = desk.statement(item)
        end = closing_day(statement.window) if statement else ""
        lines.append((parts.link(item), Span(f"  closes {end}" if end else "  no date", Mark.QUIET)))
    return [parts.heading("Predictions"), *parts.entries(lines)]


def _claims(desk: Desk, document: Document) -> list[Block]:
    claims = desk.items_of(document.id, "claim")
    counted = [(topic, sum(topic in claim.topics for claim in claims)) for topic in TOPICS]
    rows = [
        ((Span(f"{count}"),), (Span(parts.TOPIC_NAMES[topic], link=Link("item", _first(document, topic))),))
        for topic, count in counted
        if count
    ]
    return (
        [parts.heading(f"{len(claims)} claim{'s' if len(claims) > 1 else ''}"), parts.rows(rows)]
        if rows
        else []
    )


def _first(document: Document, topic: str) -> str:
    section = next((s for s in document.sections if topic in s.topics), None)
    return f"{document.id}#{section.id}" if section else document.id


def library_blocks(desk: Desk) -> list[Block]:
    """How much the library holds, and what is wrong in it."""
    counts = desk.counts()
    words = [
        f"{counts[kind]} {one if counts[kind] == 1 else many}"
        for kind, one, many in _KINDS
        if counts.get(kind)
    ]
    blocks = [parts.heading("Library", "l"), parts.paragraph(Span(", ".join(words) or "nothing yet"))]
    faults = desk.faults()
    wrong = [fault for fault in faults if fault.severity == "error"]
    if wrong:
        blocks.append(parts.paragraph(Span(f"{len(wrong)} faults in files: l shows them", Mark.DOUBT)))
    return blocks
