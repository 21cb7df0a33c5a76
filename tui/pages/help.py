"""Help: every key of the live keymap, by group."""

from __future__ import annotations

from itertools import groupby

from briefings.documents.model import Block, Mark, Row, Span
from tui.commands.live import Keymap
from tui.commands.table import BY_ID, Command
from tui.pages import parts
from tui.pages.page import Address, Heading, Page

_HERE = "Here"


def help_page(keymap: Keymap, briefing: str, offers: str = "", message: str = "") -> Page:
    """The keys as they are now, the user's own included; before them a message that was cut, and what the
    page offers on which help was asked for: the ids of `offers`, parted by blanks."""
    blocks: list[Block] = []
    if message:
        blocks += [parts.heading("Last message"), parts.paragraph(Span(message))]
    blocks.append(parts.quiet(_first_steps(keymap)))
    outline: list[Heading] = []
    if here := [BY_ID[name] for name in offers.split() if name in BY_ID]:
        outline.append(Heading(_HERE, 1, len(blocks)))
        blocks += [parts.heading(_HERE), parts.rows(_row(keymap, command) for command in here)]
    for group, commands in groupby(keymap.commands(), key=lambda command: command.group):
        outline.append(Heading(group, 1, len(blocks)))
        blocks += [parts.heading(group), parts.rows(_row(keymap, command) for command in commands)]
    outline.append(Heading("Go bar", 1, len(blocks)))
    blocks += [parts.heading("Go bar"), parts.rows(_spoken(keymap.first(BY_ID["go.bar"])))]
    return Page(
        Address("help", briefing, offers),
        path=("Help",),
        reading=blocks,
        up=Address("overview", briefing),
        outline=tuple(outline),
    )


def _row(keymap: Keymap, command: Command) -> Row:
    return (Span(keymap.shown(command), Mark.PLAIN),), (Span(command.help),)


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
