"""Beside the overview: how all figures stand, as far as that was worked out."""

from __future__ import annotations

from briefings.desk import Desk
from briefings.documents.model import Block, Span
from tui.commands.live import Key
from tui.pages import parts
from tui.pages.freshness import glyph


def standing_blocks(desk: Desk, ascii: bool, key: Key) -> list[Block]:  # noqa: A002  (as the setting is called)
    """`Sources  S`, a line for each state, and when they were asked; nothing before it is known."""
    standing = desk.standing()
    if standing is None:
        return []
    lines = parts.entries((glyph(state, ascii), Span(words)) for state, words in standing.lines)
    return [parts.heading("Sources", key("go.sources")), *lines, *parts.entries([(Span(standing.asked),)])]
