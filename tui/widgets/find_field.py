"""The field in which words to find are typed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class FindField(Horizontal):
    """`/` and a field on the message row, shown while words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close(False)", show=False),
        Binding("enter", "close(True)", show=False, priority=True),
    ]

    class Changed(Message):
        """Other words stand in the field."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Closed(Message):
        """The field was left: to stay at the hit, or not."""

        def __init__(self, accepted: bool) -> None:
            super().__init__()
            self.accepted = accepted

    def compose(self) -> ComposeResult:
        yield Static("  /", markup=False)
        yield Input(id="words", compact=True, select_on_focus=True)
        yield Static(id="found", markup=False)

    def open(self, words: str) -> None:
        """Show the field, with words to begin with."""
        self.display = True
        field = self.query_one(Input)
        self.tell("")
        with self.prevent(Input.Changed):
            field.value = words
        field.focus()

    def tell(self, words: str) -> None:
        """Say at the right end what was found."""
        self.query_one("#found", Static).update(Content(words))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def action_close(self, accepted: bool) -> None:
        self.display = False
        self.post_message(self.Closed(accepted))
