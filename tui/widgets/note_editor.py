"""A field of several lines in which a note is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip

from tui.layout.cells import cut, width
from tui.widgets.bar import Chrome
from tui.widgets.base import show_first

if TYPE_CHECKING:
    from tui.widgets.note_field import NoteField


_WAY = "   esc keeps it"


class _Title(Chrome):
    """What the note is on, cut where it is too long, and how it is kept."""

    DEFAULT_CSS = """
    _Title { height: 1; }
    """

    words = ""

    def show(self, words: str) -> None:
        """Show another title."""
        self.words = words
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The one row."""
        room = max(1, self.drawn.width - width(_WAY) - 4)
        return self.row([self.part(f"  {cut(self.words, room, self.mark)}", "strong"), self.part(_WAY)], [])


class NoteEditor(Vertical):
    """A title and a text, shown while it is written. What is in it is made at its first use."""

    DEFAULT_CSS = """
    NoteEditor { height: 10; display: none; dock: bottom; offset: 0 -2; layer: top; }
    NoteEditor { background: $background; padding: 1 0 0 0; }
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
        self.title = _Title()
        self._field: NoteField | None = None

    async def open(self, title: str, text: str) -> None:
        """Show a text to be changed, the cursor at its end."""
        field = self._field
        if field is None:
            from tui.widgets.note_field import NoteField  # which reading does without

            self._field = field = NoteField()
            await self.mount_all((self.title, field))
        self.title.show(title)
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
