"""Where else in a briefing words stand that the shown page does not have."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.desk import Desk
from briefings.model import TOPICS
from tui.layout.blocks import flow
from tui.screens import parts
from tui.screens.page import Address, Pieces
from tui.screens.sections import ranges_of

SEARCHED = 4_000
"""Blocks of a briefing that are looked through: some 50 ms."""

OVERVIEW = "Overview"


def elsewhere(desk: Desk, shown: Address, words: str) -> str:
    """`Key players 3, Risks 1`: the other tabs of the briefing that have the words, and how often."""
    wanted = words.lower()
    return ", ".join(f"{name} {count}" for name, count in _counts(desk, shown, wanted) if count)


def _counts(desk: Desk, shown: Address, wanted: str) -> Iterator[tuple[str, int]]:
    document = desk.document(shown.briefing) if shown.kind in ("overview", "topic") and wanted else None
    if document is None:
        return
    left = SEARCHED
    here = shown.name if shown.kind == "topic" else ""
    for topic in ("", *TOPICS):
        if topic != here:
            pieces = Pieces(document.blocks, ranges_of(document, topic))
            texts = (flow(block) for block in pieces[:left])
            yield parts.TOPIC_NAMES.get(topic, OVERVIEW), sum(text.lower().count(wanted) for text in texts)
            left = max(0, left - len(pieces))
