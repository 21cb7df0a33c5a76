"""The rows around the text: path and tabs above, message and footer below."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from sources.text import clean_line
from tui.commands.live import Keymap
from tui.commands.table import Command, Context
from tui.layout.cells import cut, width
from tui.widgets.base import LineWidget

TABS = (
    ("Overview", "Over"),
    ("Legal shield", "Legal"),
    ("Monetary stability", "Money"),
    ("Key players", "Players"),
    ("Market dynamics", "Markets"),
    ("Risks", "Risks"),
)
"""The tabs, by number: their names, and their short names for narrow screens."""


class Chrome(LineWidget):
    """A widget of whole rows in a few styles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "chrome--ink",
        "chrome--quiet",
        "chrome--strong",
        "chrome--key",
        "chrome--doubt",
    }

    def part(self, text: str, name: str = "ink", **meta: object) -> Segment:
        """A piece of a row; `meta` is what a click finds."""
        style = self.get_component_rich_style(f"chrome--{name}")
        return Segment(clean_line(text), style + Style(meta=meta) if meta else style)

    def row(self, left: list[Segment], right: list[Segment]) -> Strip:
        """A row with parts at both ends; the left one gives way."""
        taken = sum(width(part.text) for part in right)
        room = max(0, self.drawn.width - taken - (1 if right else 0))
        strip = Strip(left).adjust_cell_length(room, self.part("").style)
        gap = [self.part(" ")] if right else []
        return Strip([*strip, *gap, *right]).adjust_cell_length(self.drawn.width, self.part("").style)


class Bar(Chrome):
    """Row 1: the way to what is shown. Row 2: the tabs."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    path: tuple[str, ...] = ()
    state: str = ""
    active: int = -1
    ascii = False

    def show(self, path: tuple[str, ...], active: int) -> None:
        """Show another way and tab (-1 for none)."""
        self.path, self.active = path, active
        self.refresh()

    def tell(self, state: str) -> None:
        """Show what goes on beside reading, at the right end."""
        if state != self.state:
            self.state = state
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row."""
        if y == 0:
            return self.row(
                self._way(), [self.part(self.state, "quiet"), self.part("  ")] if self.state else []
            )
        return self.row(self._tabs(), []) if y == 1 else self.row([], [])

    def _way(self) -> list[Segment]:
        between = " > " if self.ascii else " › "
        parts = [self.part("  ")]
        room = self.drawn.width - 4 - width(self.state)
        for number, step in enumerate(self.path):
            if number:
                parts.append(self.part(between, "quiet"))
            last = number == len(self.path) - 1
            parts.append(
                self.part(step if last else cut(step, max(8, room // 2)), "strong" if last else "ink")
            )
        return parts

    def _tabs(self) -> list[Segment]:
        names = [f"{n} {long}" for n, (long, _) in enumerate(TABS)]
        if sum(len(name) + 4 for name in names) > self.drawn.width:
            names = [f"{n} {short}" for n, (_, short) in enumerate(TABS)]
        here = ">" if self.ascii else "▸"
        parts = [self.part(" ")]
        for number, name in enumerate(names):
            active = number == self.active
            parts.append(self.part(here if active else " ", "strong"))
            parts.append(self.part(name, "strong" if active else "ink", tab=number))
            parts.append(self.part("   "))
        return parts

    def on_click(self, event: events.Click) -> None:
        """Go to the tab under the mouse."""
        event.prevent_default()
        number = event.style.meta.get("tab")
        if isinstance(number, int):
            self.post_message(self.Chosen(number))


class MessageRow(Chrome):
    """What the last key came to, until the next one."""

    text = ""
    doubtful = False

    def say(self, text: str, *, doubtful: bool = False) -> None:
        """Show a message; an empty one clears the row."""
        if (text, doubtful) != (self.text, self.doubtful):
            self.text, self.doubtful = text, doubtful
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The message on one line."""
        return self.row([self.part("  "), self.part(self.text, "doubt" if self.doubtful else "ink")], [])


class Foot(Chrome):
    """The keys that matter here, and where the visible part is in the whole."""

    keymap = Keymap()
    context: Context = "document"
    place = ""

    def show(self, context: Context, place: str) -> None:
        """Show the keys of a context, and a place."""
        if (context, place) != (self.context, self.place):
            self.context, self.place = context, place
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """As many keys as fit; help goes last."""
        commands = self._commands()
        room = self.drawn.width - width(self.place) - 6
        while commands and self._width(commands) > room:
            commands.pop(-2 if len(commands) > 1 else -1)
        parts = [self.part("  ")]
        for number, command in enumerate(commands):
            parts.append(self.part("  " if number else ""))
            parts.append(self.part(self.keymap.first(command), "key", command=command.action))
            parts.append(self.part(f" {command.title}", "quiet", command=command.action))
        return self.row(parts, [self.part(self.place, "quiet"), self.part("  ")])

    def _commands(self) -> list[Command]:
        wanted = {self.context, "everywhere"}
        shown = [c for c in self.keymap.commands() if c.footer and wanted & set(c.where)]
        return sorted(shown, key=lambda command: command.footer)

    def _width(self, commands: list[Command]) -> int:
        return sum(width(self.keymap.first(c)) + len(c.title) + 3 for c in commands)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse would do."""
        event.prevent_default()
        action = event.style.meta.get("command")
        if isinstance(action, str):
            await self.screen.run_action(action)
