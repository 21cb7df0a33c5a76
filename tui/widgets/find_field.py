"""The field in which words to find are typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from tui.widgets.base import lay_out_first, show_first
from tui.widgets.line_field import LineField


class Words(LineField):
    """A field that tells of each change at once: as a message it would come after the frame. What is typed
    changes its size no more than what is around it: nothing is laid out again."""

    virtual_size = Reactive(Size(0, 0))

    def __init__(self, changed: Callable[[str], None], name: str = "words", value: str = "") -> None:
        super().__init__(value, id=name, compact=True, select_on_focus=True)
        self._changed = changed

    def post_message(self, message: Message) -> bool:
        if not isinstance(message, Input.Changed):
            return super().post_message(message)
        if self.check_message_enabled(message):
            self._changed(message.value)
        return True


class FindField(Horizontal):
    """`/` and a field on the message row, shown while words are typed. `changed` gets the words."""

    DEFAULT_CSS = """
    FindField { height: 1; display: none; dock: bottom; offset: 0 -1; layer: top; background: $background; }
    FindField > Static { width: 3; height: 1; color: $quiet; }
    FindField > #found { width: auto; padding: 0 2; color: $doubt; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close(False)", show=False),
        Binding("enter", "close(True)", id="find.accept", show=False, priority=True),
    ]

    class Closed(Message):
        """The field was left: to stay at the hit, or not."""

        def __init__(self, accepted: bool) -> None:
            super().__init__()
            self.accepted = accepted

    def __init__(self, changed: Callable[[str], None]) -> None:
        super().__init__()
        self._changed = changed
        self._told = ""

    async def open(self, words: str) -> None:
        """Show the field, with words to begin with. What is in it is made at its first use."""
        if not self.children:
            await self.mount_all(
                (Static("  /", markup=False), Words(self._changed), Static(id="found", markup=False))
            )
        show_first(self)
        field = self.query_one(Input)
        self.tell("")
        with self.prevent(Input.Changed):
            field.value = words
        field.focus()

    def tell(self, words: str) -> None:
        """Say at the right end what was found."""
        if words != self._told:
            self._told = words
            found = self.query_one("#found", Static)
            found.update(Content(words))
            lay_out_first(self.screen, found)

    def action_close(self, accepted: bool) -> None:
        self.display = False
        self.post_message(self.Closed(accepted))
