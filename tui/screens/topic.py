"""Tabs 1 to 5: a topic's text of the open briefing, its claims, and what it speaks of."""

from __future__ import annotations

from briefings.desk import Desk
from briefings.model import Block, Document, Item
from tui.screens import parts
from tui.screens.overview import outline_of, ranges_of, reference_to
from tui.screens.page import Address, Page, Pieces

_LINKED_KINDS = ("instrument", "event", "entity")


def topic_page(desk: Desk, document: Document, topic: str) -> Page:
    """The page of a topic. Where the briefing has no text on it, that is said."""
    reading = Pieces(document.blocks, ranges_of(document, topic))
    section = next((s.id for s in document.sections if topic in s.topics), "")
    return Page(
        Address("topic", document.id, topic),
        path=(document.title,),
        reading=reading if len(reading) else (parts.quiet("This briefing has no text on this topic."),),
        side=(*_statements(desk, document, topic), *_linked(desk, document, topic)),
        document=document.id,
        up=Address("overview", document.id),
        outline=outline_of(document, reading),
        reference=reference_to(document, section),
        source=document.briefs.url if document.briefs else "",
        find_block=reading.find,
    )


def _statements(desk: Desk, document: Document, topic: str) -> list[Block]:
    blocks: list[Block] = []
    for kind, name in (("claim", "Claims here"), ("prediction", "Predictions here")):
        found = [item for item in desk.items_of(document.id, kind) if topic in item.topics]
        if found:
            blocks += [parts.heading(name), *parts.entries((parts.link(item),) for item in found)]
    return blocks


def _linked(desk: Desk, document: Document, topic: str) -> list[Block]:
    """The entities, instruments and events that the topic's sections link to."""
    ranges = ranges_of(document, topic)
    found: dict[str, Item] = {}
    for item, block in desk.linked_from(document.id):
        if item.kind in _LINKED_KINDS and any(first <= block < last for first, last in ranges):
            found.setdefault(item.id, item)
    ordered = sorted(found.values(), key=lambda item: _LINKED_KINDS.index(item.kind))
    return (
        [parts.heading("Linked"), *parts.entries((parts.link(item),) for item in ordered)] if ordered else []
    )
