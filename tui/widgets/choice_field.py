"""A field on the message row in which one of many is chosen by a few letters of its names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from briefings.charts.overlay import Candidate
from sources.text import clean_line
from tui.layout import cells
from tui.widgets.base import show_first
from tui.widgets.line_field import LineField

Likely = Callable[[str], Sequence[Candidate]]
"""What letters may mean, the likeliest first."""

_TYPED = 20
"""Cells that stay for the letters."""


class ChoiceField(Horizontal):
    """A question, letters, and the nearest of what they may mean: up and down, or tab, choose another."""

    DEFAULT_CSS = """
    ChoiceField { height: 1; display: none; dock: bottom; offset: 0 -1; layer: top; background: $background; }
    ChoiceField > Static { width: auto; height: 1; color: $quiet; }
    ChoiceField > #nearest { padding: 0 2; color: $foreground; }
    ChoiceField > LineField { width: 20; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "answer", id="answer.give", show=False, priority=True),
        Binding("down,tab", "other(1)", id="answer.other", show=False, priority=True),
        Binding("up,shift+tab", "other(-1)", show=False, priority=True),
    ]

    mark = "⋯"
    """What stands where a name is cut."""

    class Taken(Message):
        """One was chosen; None where the field was left, or nothing is meant by its letters."""

        def __init__(self, choice: Candidate | None, words: str) -> None:
            super().__init__()
            self.choice = choice
            self.words = words

    def __init__(self) -> None:
        super().__init__()
        self._liked: Likely = lambda words: ()
        self._found: Sequence[Candidate] = ()
        self._at = 0
        self._question = ""
        self._expected = ""

    async def open(self, question: str, liked: Likely, expected: str = "") -> None:
        """Ask; `liked` gives what letters may mean. `expected` says what may be typed where
        nothing is offered yet. What is in the field is made at its first use."""
        self._liked, self._expected = liked, expected
        if not self.children:
            statics = Static(id="wanted", markup=False), Static(id="nearest", markup=False)
            await self.mount_all((statics[0], LineField(id="letters", compact=True), statics[1]))
        self._question = question
        self.query_one("#wanted", Static).update(Content(f"  {question} "))
        show_first(self)
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = ""
        self._look("")
        field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is meant by other letters."""
        event.stop()
        self._look(event.value)

    def look_again(self) -> None:
        """Show what is meant by the same letters, now that more may be known."""
        self._look(self.query_one(Input).value)

    def _look(self, words: str) -> None:
        self._found, self._at = self._liked(words), 0
        self._tell()

    def _tell(self) -> None:
        if self._found:
            count = f"  {self._at + 1}/{len(self._found)}"
            room = self.app.size.width - _TYPED - len(count) - cells.width(self._question) - 8
            words = cells.cut(clean_line(self._found[self._at].shown), max(8, room), self.mark) + count
        else:
            words = "nothing by that name" if self.query_one(Input).value.strip() else self._expected
        self.query_one("#nearest", Static).update(Content(words))

    def action_other(self, step: int) -> None:
        if self._found:
            self._at = (self._at + step) % len(self._found)
            self._tell()

    def action_answer(self) -> None:
        self._close(self._found[self._at] if self._found else None)

    def action_close(self) -> None:
        self.query_one(Input).value = ""
        self._close(None)

    def _close(self, choice: Candidate | None) -> None:
        self.display = False
        self.post_message(self.Taken(choice, self.query_one(Input).value))
