"""Tabs 1 to 5: a topic's text of the open briefing, its claims, and what it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from briefings.desk import Desk
from briefings.documents.items import links_in
from briefings.documents.model import Block, Document, Item
from briefings.documents.names import INDICATOR, is_indicator
from tui.commands.live import USUAL, Key
from tui.pages import parts
from tui.pages.indicator import counted_without_figures, figure_table
from tui.pages.page import LOOKED_THROUGH, Address, Page
from tui.pages.pieces import Joined, Pieces, Rest
from tui.pages.sections import outline_of, ranges_of, reference_to
from tui.pages.whom import Whom

_NOTHING = "This briefing has no text on this topic."
_LINKED_KINDS = ("instrument", "event", "entity")


def topic_page(
    desk: Desk,
    document: Document,
    topic: str,
    whom: Whom,
    ascii: bool = False,  # noqa: A002  (as the setting is called)
    key: Key = USUAL,
) -> Page:
    """The page of a topic. Where the briefing has no text on it, that is said."""
    reading = Pieces(document.blocks, ranges_of(document, topic))
    shown, find = _with_figures(desk, reading, topic, whom, ascii, key)
    section = next((s.id for s in document.sections if topic in s.topics), "")
    return Page(
        Address("topic", document.id, topic),
        path=(document.title,),
        reading=shown,
        side=(*_statements(desk, document, topic), *_linked(desk, document, reading)),
        document=document.id,
        up=Address("overview", document.id),
        outline=tuple(
            heading._replace(block=find(heading.block)) for heading in outline_of(document, reading)
        ),
        reference=reference_to(document, section),
        source=document.briefs.url if document.briefs else "",
        refreshed=(topic,),
        find_block=lambda block: find(reading.find(block)),
    )


def _with_figures(
    desk: Desk,
    reading: Pieces,
    topic: str,
    whom: Whom,
    ascii: bool,  # noqa: A002
    key: Key,
) -> tuple[Sequence[Block], Callable[[int], int]]:
    """The text with its figures after the heading and first paragraph, the topic's other ones at the
    end, and where a block of the text stands then. Of the others that have none the number is enough."""
    text: Sequence[Block] = reading if len(reading) else (_nothing(desk, key),)
    rows = desk.figures_of(topic)
    named = set(INDICATOR.findall(" ".join(_expressions(reading[:LOOKED_THROUGH]))))
    own = [row for row in rows if row.id in named]
    first = figure_table("Figures", own, whom, ascii)
    more = [row for row in rows if row.id not in named]
    title = "More figures" if any(row.value for row in own) else "Figures of this topic"
    held = figure_table(title, [row for row in more if row.value], whom, ascii)
    head = min(len(text), 2)
    shown = Joined(text[:head], first, Rest(text, head), held, counted_without_figures(more, topic, whom))
    return shown, lambda block: block if block < head else block + len(first)


def _nothing(desk: Desk, key: Key) -> Block:
    """That there is no text, and the key that brings that of the others."""
    has_others = desk.counts().get("briefing", 0) > 1
    others = f" {key('list.all')} shows that of all briefings." if has_others else ""
    return parts.quiet(_NOTHING + others)


def _expressions(blocks: Iterable[Block]) -> Iterator[str]:
    """What the text says of series: its figures, and the tests and subjects of its claims."""
    for block in blocks:
        yield from (
            link.target for link in links_in(block) if link.kind == "figure" or is_indicator(link.target)
        )
        if block.statement:
            yield block.statement.test


def _statements(desk: Desk, document: Document, topic: str) -> list[Block]:
    blocks: list[Block] = []
    for kind, name in (("claim", "Claims here"), ("prediction", "Predictions here")):
        found = [item for item in desk.items_of(document.id, kind) if topic in item.topics]
        if found:
            blocks += [parts.heading(name), *parts.entries((parts.link(item),) for item in found)]
    return blocks


def _linked(desk: Desk, document: Document, reading: Pieces) -> list[Block]:
    """The entities, instruments and events that the topic's sections link to."""
    found: dict[str, Item] = {}
    for item, block in desk.linked_from(document.id):
        if item.id not in found and item.kind in _LINKED_KINDS and reading.holds(block):
            found[item.id] = item
    ordered = sorted(found.values(), key=lambda item: _LINKED_KINDS.index(item.kind))
    return (
        [parts.heading("Linked"), *parts.entries((parts.link(item),) for item in ordered)] if ordered else []
    )
