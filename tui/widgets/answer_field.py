"""A field on the message row in which an answer is typed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.widgets.base import show_first
from tui.widgets.line_field import LineField


class AnswerField(Horizontal):
    """A question and a field, shown while an answer is typed. What is in it is made at its first use."""

    DEFAULT_CSS = """
    AnswerField { height: 1; display: none; dock: bottom; offset: 0 -1; layer: top; background: $background; }
    AnswerField > Static { width: auto; height: 1; color: $quiet; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "answer", id="answer.give", show=False, priority=True),
        Binding("tab,shift+tab", "stay", show=False),
    ]

    class Answered(Message):
        """An answer was given; None where the field was left without one."""

        def __init__(self, answer: str | None) -> None:
            super().__init__()
            self.answer = answer

    async def open(self, question: str, expected: str, answer: str = "") -> None:
        """Ask; what is expected stands in the field until something is typed, or an answer to be changed."""
        if not self.children:
            await self.mount_all((Static(id="question", markup=False), LineField(id="answer", compact=True)))
        self.query_one("#question", Static).update(Content(f"  {question} "))
        field = self.query_one(Input)
        field.value = answer
        field.cursor_position = len(answer)
        field.placeholder = expected
        show_first(self)
        field.focus()

    def action_answer(self) -> None:
        self._close(self.query_one(Input).value)

    def action_stay(self) -> None:
        """Leave the links of the page behind as they are."""

    def action_close(self) -> None:
        self._close(None)

    def _close(self, answer: str | None) -> None:
        self.display = False
        self.post_message(self.Answered(answer))
