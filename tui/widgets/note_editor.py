"""A field of several lines in which a note is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.widgets.base import show_first

if TYPE_CHECKING:
    from tui.widgets.note_field import NoteField


class NoteEditor(Vertical):
    """A title and a text, shown while it is written. What is in it is made at its first use."""

    DEFAULT_CSS = """
    NoteEditor { height: 10; display: none; dock: bottom; offset: 0 -2; layer: top; }
    NoteEditor { background: $background; padding: 1 0 0 0; }
    NoteEditor > Static { height: 1; color: $foreground; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False, priority=True),
        Binding("shift+tab", "stay", show=False),
    ]

    class Closed(Message):
        """The text is as it is to be kept."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__()
        self._field: NoteField | None = None

    async def open(self, title: str, text: str) -> None:
        """Show a text to be changed, the cursor at its end."""
        field = self._field
        if field is None:
            from tui.widgets.note_field import NoteField  # which reading does without

            self._field = field = NoteField()
            await self.mount_all((Static(markup=False), field))
        self.query_one(Static).update(Content.assemble((f"  {title}", "bold"), "   esc keeps it"))
        field.load_text(text)
        field.move_cursor(field.document.end)
        show_first(self)
        field.focus()

    @property
    def text(self) -> str:
        """What is in the field, also once it is gone."""
        return self._field.text if self._field else ""

    def focus_text(self) -> None:
        """Give the keys back to the field."""
        if self._field:
            self._field.focus()

    def action_close(self) -> None:
        self.display = False
        self.post_message(self.Closed(self.text))

    def action_stay(self) -> None:
        """No key of the page below acts while a text is written."""
