"""Where else in a briefing words stand that the shown page does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefings.desk import Desk
from briefings.documents.model import TOPICS
from tui.layout.blocks import flow
from tui.pages import parts
from tui.pages.page import Address
from tui.pages.pieces import Pieces
from tui.pages.sections import ranges_of

SEARCHED = 4_000
"""Blocks of a briefing that are looked through: some 50 ms."""

OVERVIEW = "Overview"


class Tab(NamedTuple):
    """Another tab of a briefing that has the words, and how often."""

    address: Address
    name: str
    hits: int


def tabs_with(desk: Desk, shown: Address, words: str) -> tuple[Tab, ...]:
    """The other tabs that have the words: first those after the shown one, then those before it."""
    return tuple(tab for tab in _tabs(desk, shown, words.lower()) if tab.hits)


def described(tabs: Sequence[Tab]) -> str:
    """`Key players 3, Risks 1`."""
    return ", ".join(f"{tab.name} {tab.hits}" for tab in tabs)


def _tabs(desk: Desk, shown: Address, wanted: str) -> Iterator[Tab]:
    document = desk.document(shown.briefing) if shown.kind in ("overview", "topic") and wanted else None
    if document is None:
        return
    left = SEARCHED
    topics = ("", *TOPICS)
    here = topics.index(shown.name if shown.kind == "topic" else "")
    for topic in (*topics[here + 1 :], *topics[:here]):
        pieces = Pieces(document.blocks, ranges_of(document, topic))
        hits = sum(flow(block).lower().count(wanted) for block in pieces[:left])
        left = max(0, left - len(pieces))
        address = Address("topic" if topic else "overview", shown.briefing, topic)
        yield Tab(address, parts.TOPIC_NAMES.get(topic, OVERVIEW), hits)
