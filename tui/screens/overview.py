"""Tab 0: what stands in a briefing above its topics, and what it holds."""

from __future__ import annotations

from briefings.dates import closing_day
from briefings.desk import Desk
from briefings.model import TOPICS, Block, Document, Link, Mark, Span
from tui.screens import parts
from tui.screens.page import Address, Page, Pieces
from tui.screens.sections import outline_of, ranges_of, reference_to
from tui.screens.standing import standing_blocks

_KINDS = (
    ("briefing", "briefing", "briefings"),
    ("entity", "entity", "entities"),
    ("instrument", "instrument", "instruments"),
    ("event", "event", "events"),
    ("note", "note", "notes"),
)


def overview(desk: Desk, document: Document, ascii: bool = False) -> Page:  # noqa: A002  (as the setting is called)
    """The overview of a briefing: its sections without a topic; beside them, what it holds."""
    reading = Pieces(document.blocks, ranges_of(document, ""))
    return Page(
        Address("overview", document.id),
        path=(document.title,),
        reading=reading,
        side=(
            *_predictions(desk, document),
            *_claims(desk, document),
            *standing_blocks(desk, ascii),
            *library_blocks(desk),
        ),
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
    if count := desk.fault_count():
        said = f"{count:,} faults in files: l shows them" if count > 1 else "1 fault in files: l shows it"
        blocks.append(parts.paragraph(Span(said, Mark.DOUBT)))
    return blocks
