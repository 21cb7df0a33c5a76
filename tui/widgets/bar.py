"""The rows around the text: path and tabs above, message and footer below."""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from sources.text import clean_line
from tui.commands.live import Keymap
from tui.commands.table import BY_ID, Command
from tui.files.words import with_short_paths
from tui.layout.cells import cut, width
from tui.widgets.base import LineWidget
from tui.widgets.labels import Labelled
from tui.widgets.looks import look

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

    mark = "⋯"
    """What stands where text is cut."""

    def part(self, text: str, name: str = "ink", **meta: object) -> Segment:
        """A piece of a row; `meta` is what a click finds."""
        style = look(self.app, name)
        return Segment(clean_line(text), style + Style(meta=meta) if meta else style)

    def row(self, left: list[Segment], right: list[Segment]) -> Strip:
        """A row with parts at both ends; the left one gives way."""
        taken = sum(width(part.text) for part in right)
        room = max(0, self.drawn.width - taken - (1 if right else 0))
        strip = Strip(left).adjust_cell_length(room, self.part("").style)
        gap = [self.part(" ")] if right else []
        return Strip([*strip, *gap, *right]).adjust_cell_length(self.drawn.width, self.part("").style)


class Bar(Labelled, Chrome):
    """Row 1: the way to what is shown. Row 2: the tabs."""

    opens = "tab"

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    path: tuple[str, ...] = ()
    states: Mapping[str, str] = {"index": "", "refresh": ""}
    """What goes on beside reading, by what does it."""
    mnemonic: str = ""
    day = ""
    written = ""
    active: int = -1
    ascii = False

    def show(self, path: tuple[str, ...], active: int, mnemonic: str = "") -> None:
        """Show another way and tab (-1 for none), and what is typed after `:` to come here."""
        self.path, self.active, self.mnemonic = path, active, mnemonic
        self.refresh()

    def tell_state(self, subject: str, words: str) -> None:
        """Show what goes on beside reading, at the right end; empty words end it."""
        if self.states[subject] != words:
            self.states = {**self.states, subject: words}
            self.refresh()

    def show_day(self, day: str, written: str) -> None:
        """Show the past day that everything is of, and how much younger the text is, `text of 2026-11-23`;
        empty for today."""
        if (day, written) != (self.day, self.written):
            self.day, self.written = day, written
            self.refresh()

    def drawn_line(self, y: int) -> Strip:
        """One row, without letters over it."""
        if y == 0:
            return self.row(
                self._way(), [self.part(self._end, "quiet", command=BY_ID["go.bar"].action), self.part("  ")]
            )
        if y > 1:
            return self.row([], [])
        banner = self._banner()
        parts = (
            [self.part(f" {banner} ", "banner", command=BY_ID["go.as_of"].action), self.part("  ")]
            if banner
            else []
        )
        return self.row(self._tabs(width(banner) + 5 if banner else 0), parts)

    def _banner(self) -> str:
        """`as of 2026-04-20`, with the day of a later text where there is room beside the tabs."""
        if not self.day:
            return ""
        both = f"{self.written}, figures as of {self.day}"
        has_room = _least_width(_short_names()) + width(both) + 5 <= self.drawn.width
        return both if self.written and has_room else f"as of {self.day}"

    @property
    def _end(self) -> str:
        """The day of a text that the banner has no room for, what goes on beside reading, and the
        mnemonic."""
        written = self.written if self._banner().startswith("as of") else ""
        parts = (
            written,
            *self.states.values(),
            f":{self.mnemonic}" if self.mnemonic else "",
        )
        return "   ".join(filter(None, parts))

    def _way(self) -> list[Segment]:
        between = " > " if self.ascii else " › "
        parts = [self.part("  ")]
        room = self.drawn.width - 4 - width(self._end)
        for number, step in enumerate(self.path):
            if number:
                parts.append(self.part(between, "quiet"))
            if number == len(self.path) - 1:
                left = room - sum(width(part.text) for part in parts)
                parts.append(self.part(cut(step, max(1, left), self.mark), "strong"))
            else:
                parts.append(
                    self.part(cut(step, max(8, room // 2), self.mark), command=BY_ID["go.up"].action)
                )
        return parts

    def _tabs(self, taken: int) -> list[Segment]:
        names, gap = self._tab_names(self.drawn.width - taken)
        here = ">" if self.ascii else "▸"
        parts = [self.part(" ")]
        for number, name in enumerate(names):
            active = number == self.active
            parts.append(self.part(here if active else " ", "strong"))
            parts.append(self.part(name, "strong" if active else "ink", tab=number))
            parts.append(self.part(" " * gap))
        return parts

    def _tab_names(self, room: int) -> tuple[list[str], int]:
        """The names of the tabs and the blanks between them: all six show at every size, at the least
        by their numbers."""
        long = [f"{n} {name}" for n, (name, _) in enumerate(TABS)]
        short = _short_names()
        for names, gap in ((long, 3), (short, 3), (short, 1)):
            if _least_width(names, gap) <= room:
                return names, gap
        return [name if n == self.active else str(n) for n, name in enumerate(short)], 1

    async def on_click(self, event: events.Click) -> None:
        """Go to the tab under the mouse, up the way, or do what a key would: another day, the go bar."""
        event.prevent_default()
        number, action = (event.style.meta.get(name) for name in ("tab", "command"))
        if isinstance(number, int):
            self.post_message(self.Chosen(number))
        elif isinstance(action, str):
            await self.screen.run_action(action)


def _short_names() -> list[str]:
    return [f"{n} {name}" for n, (_, name) in enumerate(TABS)]


def _least_width(names: list[str], gap: int = 1) -> int:
    """Cells of tabs with so many blanks between them."""
    return 1 + sum(len(name) + 1 + gap for name in names) - gap


class MessageRow(Chrome):
    """What the last key came to, until the next one. Of a message that is cut, help shows all; its paths are
    cut first, so that what they are named for is read."""

    class Clicked(Message):
        """The message was clicked."""

    keymap = Keymap()
    text = ""
    last = ""
    doubtful = False

    def say(self, text: str, *, doubtful: bool = False) -> None:
        """Show a message; an empty one clears the row."""
        if (text, doubtful) != (self.text, self.doubtful):
            self.text, self.doubtful = text, doubtful
            self.last = text or self.last
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """What a message offers is taken by a click on it too."""
        event.prevent_default()
        self.post_message(self.Clicked())

    def cut_last(self) -> str:
        """The last message where the row could not show all of it, else nothing."""
        return self.last if self._is_cut(self.last) else ""

    def _is_cut(self, text: str) -> bool:
        return width(text) > self.drawn.width - 4

    def render_line(self, y: int) -> Strip:
        """The message on one line."""
        text, hint = self.text, []
        if self._is_cut(text):
            key = self.keymap.first(BY_ID["app.help"])
            hint = [self.part(key, "key"), self.part(" shows all", "quiet"), self.part("  ")]
            room = self.drawn.width - 3 - sum(width(part.text) for part in hint)
            text = cut(with_short_paths(text), room, self.mark)
        return self.row([self.part("  "), self.part(text, "doubt" if self.doubtful else "ink")], hint)


class Foot(Chrome):
    """The keys that matter here, and where the visible part is in the whole."""

    keymap = Keymap()
    commands: tuple[Command, ...] = ()
    place = ""
    typing = False

    def show(self, commands: tuple[Command, ...], place: str, *, typing: bool = False) -> None:
        """Show commands in this order with their keys, while `typing` those that a field leaves to them,
        and a place."""
        if (commands, place, typing) != (self.commands, self.place, self.typing):
            self.commands, self.place, self.typing = commands, place, typing
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """As many keys as fit; help goes last."""
        commands = list(self.commands)
        room = self.drawn.width - width(self.place) - 6
        while commands and self._width(commands) > room:
            commands.pop(-2 if len(commands) > 1 and commands[-1].id == "app.help" else -1)
        parts = [self.part("  ")]
        for number, command in enumerate(commands):
            parts.append(self.part("  " if number else ""))
            parts.append(self.part(self._key(command), "key", command=command.action))
            parts.append(self.part(f" {command.title}", "quiet", command=command.action))
        return self.row(parts, [self.part(self.place, "quiet"), self.part("  ")])

    def _key(self, command: Command) -> str:
        return self.keymap.first_while_typing(command) if self.typing else self.keymap.first(command)

    def _width(self, commands: list[Command]) -> int:
        return sum(width(self._key(c)) + len(c.title) + 3 for c in commands)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse would do."""
        event.prevent_default()
        action = event.style.meta.get("command")
        if isinstance(action, str):
            await self.screen.run_action(action)
