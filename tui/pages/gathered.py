"""A topic of all briefings, newest first, each under its title."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.desk import Desk
from briefings.documents.model import Block, Document, Link, Span
from briefings.library.index import Listed
from briefings.sequences import Lazy
from tui.pages import parts
from tui.pages.indicator import figure_table
from tui.pages.page import Address, Heading, Page
from tui.pages.pieces import Joined, Pieces
from tui.pages.sections import outline_of, ranges_of
from tui.pages.whom import Whom

LOOKED_AT = 40
"""Briefings whose text is looked through, the newest: some 50 ms."""

_NOTHING = parts.quiet("No briefing has text on this topic.")


def gathered_page(desk: Desk, briefing: str, topic: str, whom: Whom, ascii: bool = False) -> Page:  # noqa: A002
    """The text on a topic in the newest briefings. `briefing` is the open one."""
    reading: list[Sequence[Block]] = []
    outline: list[Heading] = []
    side: list[tuple[Span, ...]] = []
    for listed in desk.part("briefing", 0, LOOKED_AT):
        document = desk.document(listed.id)
        ranges = ranges_of(document, topic) if document else ()
        if document and ranges:
            text = Pieces(document.blocks, ranges)
            above = sum(map(len, reading)) + 1
            reading += [(_title(document),), Absolute(desk, document.id, text)]
            outline.append(Heading(document.title, 1, above - 1))
            outline += [
                Heading(heading.title, heading.level + 1, heading.block + above)
                for heading in outline_of(document, text)
            ]
            side.append(_entry(listed))
    reading.append(figure_table("Figures", desk.figures_of(topic), whom, ascii))
    return Page(
        Address("gathered", briefing, topic),
        path=("All briefings",),
        reading=Joined(*(reading if outline else [(_NOTHING,), *reading])),
        side=[parts.heading("Briefings", "A this one"), *parts.entries(side), *_further(desk)],
        up=Address("topic", briefing, topic),
        outline=outline,
        refreshed=(topic,),
        abreast=True,
    )


def _title(document: Document) -> Block:
    spans = (Span(document.title, link=Link("item", document.id)),)
    return Block("heading", spans=spans, level=1, note=document.updated or document.date)


def _entry(listed: Listed) -> tuple[Span, ...]:
    return Span(f"{listed.date:<11}"), Span(listed.title, link=Link("item", listed.id))


def _further(desk: Desk) -> Sequence[Block]:
    left = desk.counts().get("briefing", 0) - LOOKED_AT
    return (parts.quiet(f"{left:,} older briefings are in the library."),) if left > 0 else ()


class Absolute(Lazy[Block]):
    """Blocks of a document whose links mean the same anywhere; changed only when looked at."""

    def __init__(self, desk: Desk, document: str, blocks: Sequence[Block]) -> None:
        self._desk = desk
        self._document = document
        self._blocks = blocks

    def __len__(self) -> int:
        return len(self._blocks)

    def at(self, place: int) -> Block:
        block = self._blocks[place]
        statement = block.statement and block.statement._replace(
            id=block.statement.whole(self._document),
            about=tuple(map(self._target, block.statement.about)),
            cause=self._target(block.statement.cause),
            effect=self._target(block.statement.effect),
            note=tuple(map(self._span, block.statement.note)),
            evidence=tuple(map(self._span, block.statement.evidence)),
        )
        return block._replace(
            spans=tuple(map(self._span, block.spans)),
            rows=tuple(tuple(tuple(map(self._span, cell)) for cell in row) for row in block.rows),
            statement=statement,
        )

    def _span(self, span: Span) -> Span:
        if span.link is None or span.link.kind != "item":
            return span
        return span._replace(link=Link("item", self._target(span.link.target)))

    def _target(self, target: str) -> str:
        item = self._desk.resolve(target, self._document) if target else None
        return item.id if item else target
