"""What is asked in a line, and what was done and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from briefings.desk import Desk
from tui.layout.context import Context
from tui.screens.reader import Reader
from tui.widgets.answer_field import AnswerField

if TYPE_CHECKING:
    from tui.settings import Settings

Taken = Callable[[], str]
"""Takes something back and says so. Raises ValueError or OSError where that cannot be."""

STEPS = 10
"""How many things can be taken back, one after the other."""


class Asking(Reader, inherit_bindings=False):
    """Asks, does what the answer says, and remembers how that is taken back."""

    def __init__(self, desk: Desk, settings: Settings, context: Context, told: Sequence[str] = ()) -> None:
        super().__init__(desk, settings, context, told)
        self._then: Callable[[str], None] | None = None
        self._done: list[Taken] = []

    async def ask(self, question: str, expected: str, then: Callable[[str], None], answer: str = "") -> None:
        """Ask for a line, which may begin as an `answer` to be changed; `then` gets it, if there is one."""
        self._then = then
        await self.asking.open(question, expected, answer)

    def on_answer_field_answered(self, event: AnswerField.Answered) -> None:
        """Do what the answer says."""
        self.focus_again()
        if event.answer is not None and self._then:
            self._then(event.answer)

    def focus_again(self) -> None:
        """Give the keys back to what had them."""
        self.pane.focus()
        self.focus_chart()

    def did(self, words: str, taken: Taken) -> None:
        """Show what was done, and remember how it is taken back."""
        self._done = [*self._done, taken][-STEPS:]
        self.rebuild()
        self.message.say(f"{words} {self.key('prediction.undo')} takes it back.")

    def action_undo(self) -> None:
        """Take back what was done last here."""
        if not self._done:
            self.message.say("Nothing to take back here.")
            return
        try:
            words = self._done[-1]()
        except (ValueError, OSError) as error:
            self.message.say(f"Not taken back: {error}", doubtful=True)
            return
        self._done.pop()
        self.rebuild()
        self.message.say(words)
