"""The lines of a note while they are written."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from sources.limits import NOTE_BYTES


class NoteField(TextArea):
    """Takes no paste with which the note would be too long to be kept: drawing a much longer one would keep
    every key waiting."""

    DEFAULT_CSS: ClassVar[str] = """
    NoteField { height: 1fr; max-width: 80; padding: 0 2; overflow-y: scroll; scrollbar-size: 0 0; }
    NoteField:nocolor .text-area--cursor, NoteField:nocolor .text-area--selection { text-style: reverse; }
    """
    # a scrollbar that came with the text would have all of it laid out twice

    class Refused(Message):
        """A paste was not taken. `size` is how long the note would be with it, in bytes."""

        def __init__(self, size: int) -> None:
            super().__init__()
            self.size = size

    def __init__(self) -> None:
        super().__init__(soft_wrap=True, compact=True, tab_behavior="indent", highlight_cursor_line=False)
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted, or refuse it whole."""
        size = sum(map(_bytes, (self.text, event.text))) - _bytes(self.selected_text)
        if size > NOTE_BYTES:
            event.prevent_default()
            event.stop()
            self.post_message(self.Refused(size))


def _bytes(text: str) -> int:
    return len(text.encode(errors="replace"))
