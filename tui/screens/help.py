"""Help: every key of the live keymap, by group."""

from __future__ import annotations

from itertools import groupby

from briefings.model import Block, Mark, Span
from tui.commands.live import Keymap
from tui.screens import parts
from tui.screens.page import Address, Heading, Page


def help_page(keymap: Keymap, briefing: str) -> Page:
    """The keys as they are now, the user's own included."""
    blocks: list[Block] = []
    outline: list[Heading] = []
    for group, commands in groupby(keymap.commands(), key=lambda command: command.group):
        outline.append(Heading(group, 1, len(blocks)))
        rows = [((Span(keymap.shown(command), Mark.PLAIN),), (Span(command.help),)) for command in commands]
        blocks += [parts.heading(group), parts.rows(rows)]
    return Page(
        Address("help", briefing),
        path=("Help",),
        reading=blocks,
        up=Address("overview", briefing),
        outline=tuple(outline),
    )
