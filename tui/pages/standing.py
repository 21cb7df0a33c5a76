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
    asked = parts.entries([(Span(_asked(desk, standing.asked, key("refresh.all"))),)])
    return [parts.heading("Sources", key("go.sources")), *lines, *asked]


def _asked(desk: Desk, day: str, key: str) -> str:
    if desk.day:
        return f"As known on {desk.day}."
    if not day:
        return f"Shipped figures. Not asked yet. {key} asks."
    return f"Asked {day}. {key} asks for all that is due."
