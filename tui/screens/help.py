"""Help: every key of the live keymap, by group."""

from __future__ import annotations

from itertools import groupby

from briefings.model import Block, Mark, Row, Span
from tui.commands.live import Keymap
from tui.commands.table import BY_ID
from tui.screens import parts
from tui.screens.page import Address, Heading, Page


def help_page(keymap: Keymap, briefing: str, message: str = "") -> Page:
    """The keys as they are now, the user's own included; before them a message that was cut."""
    blocks: list[Block] = []
    if message:
        blocks += [parts.heading("Last message"), parts.paragraph(Span(message))]
    blocks.append(parts.quiet(_first_steps(keymap)))
    outline: list[Heading] = []
    for group, commands in groupby(keymap.commands(), key=lambda command: command.group):
        outline.append(Heading(group, 1, len(blocks)))
        rows = [((Span(keymap.shown(command), Mark.PLAIN),), (Span(command.help),)) for command in commands]
        blocks += [parts.heading(group), parts.rows(rows)]
    outline.append(Heading("Go bar", 1, len(blocks)))
    blocks += [parts.heading("Go bar"), parts.rows(_spoken(keymap.first(BY_ID["go.bar"])))]
    return Page(
        Address("help", briefing),
        path=("Help",),
        reading=blocks,
        up=Address("overview", briefing),
        outline=tuple(outline),
    )


def _spoken(bar: str) -> list[Row]:
    """The commands that take an argument, as they are typed."""
    from tui.commands.spoken import SPOKEN  # which the first frame does without

    return [((Span(f"{bar}{each.word} {each.expected}"),), (Span(each.help),)) for each in SPOKEN]


def _first_steps(keymap: Keymap) -> str:
    following, going_on, back, palette = (
        keymap.first(BY_ID[name]) for name in ("link.follow", "link.next", "go.back", "app.palette")
    )
    return (
        f"{going_on} chooses a link, {following} opens it, {back} goes back to the very place. "
        f"{palette} finds anything by its name."
    )
