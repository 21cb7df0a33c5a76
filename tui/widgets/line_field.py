"""A field of one line."""

from __future__ import annotations

from textual import events
from textual.reactive import Reactive, reactive
from textual.widgets import Input

from tui.widgets.base import NextFrameWidget

LONGEST = 2_000
"""Characters that are taken of a paste: more than any name, query or path."""


class LineField(Input, NextFrameWidget):
    """A line in which something is typed. Its cursor stands still: nothing moves unless a key asks for it."""

    DEFAULT_CSS = """
    LineField { width: 1fr; background: $background; color: $foreground; }
    LineField > .input--placeholder { color: $quiet; }
    LineField:nocolor > .input--cursor { text-style: reverse; }
    LineField:nocolor > .input--selection { text-style: reverse; }
    """

    cursor_blink: Reactive[bool] = reactive(False, init=False)

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line, as far as there is room: what is looked for with each letter stays short."""
        event.prevent_default()
        event.stop()
        line = next(iter(event.text.splitlines()), "")
        room = LONGEST - len(self.value) + len(self.selected_text)
        self.replace(line[: max(0, room)], *self.selection)
