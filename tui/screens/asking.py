"""What is asked, in a line or for one of many, and what was done and can be taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from briefings.desk import Desk
from tui.files.words import told
from tui.layout.blocks import targets
from tui.layout.cells import cut
from tui.layout.place import Target
from tui.screens.reader import Reader
from tui.screens.undoing import Step, Steps

if TYPE_CHECKING:
    from briefings.charts.overlay import Candidate
    from tui.settings.settings import Settings
    from tui.widgets.answer_field import AnswerField
    from tui.widgets.choice_field import ChoiceField


Then = Callable[[str], Awaitable[None] | None]
"""What is done with an answer; it may ask again, which is waited for."""

_NAMED_CELLS = 36
"""Cells for what was taken back, where what goes next is named after it."""


class Asking(Reader, inherit_bindings=False):
    """Asks, does what the answer says, and remembers how that is taken back."""

    def __init__(self, desk: Desk, settings: Settings, told: Sequence[str] = ()) -> None:
        super().__init__(desk, settings, told)
        self._then: Then | None = None
        self._chosen: Callable[[Candidate], None] | None = None
        self._steps = Steps()

    async def ask(self, question: str, expected: str, then: Then, answer: str = "") -> None:
        """Ask for a line, which may begin as an `answer` to be changed; `then` gets it, if there is one."""
        self._then = then
        await self.fields.answer.open(question, expected, answer)
        self.tell_place()

    async def ask_again(self, why: str, answer: str, then: Then) -> None:
        """Say why an answer cannot be followed, and let it be changed; `then` gets the other one."""
        question = cut(why, self.app.size.width * 3 // 4, self.message.mark)
        await self.ask(f"{question}:", "", then, answer)

    async def on_answer_field_answered(self, event: AnswerField.Answered) -> None:
        """Do what the answer says."""
        self.focus_again()
        if event.answer is not None and self._then and (again := self._then(event.answer)):
            await again

    async def choose(
        self,
        question: str,
        liked: Callable[[str], Sequence[Candidate]],
        then: Callable[[Candidate], None],
        expected: str = "",
    ) -> None:
        """Let one of many be chosen by a few letters, of which `expected` is said; `then` gets it, if there
        is one."""
        self._chosen = then
        await self.fields.choice.open(question, liked, expected)
        self.tell_place()

    def on_choice_field_taken(self, event: ChoiceField.Taken) -> None:
        """Do what the choice says, once the keys are given back to what had them."""
        self.focus_again()
        if event.choice and self._chosen:
            self.call_after_refresh(self._chosen, event.choice)
        elif event.words:
            self.message.say("Nothing by that name.")

    def on_message_row_clicked(self) -> None:
        """Do what the message offers."""
        then, self._offered = self._offered, None
        if then:
            then()

    def focus_again(self) -> None:
        """Give the keys back to what had them."""
        self.pane.focus()
        self.focus_chart()
        self.tell_place()

    def before_key(self) -> None:
        """What was named as the next to be taken back is so for one key."""
        super().before_key()
        self._steps.key_pressed()

    def did(self, words: str, step: Step) -> None:
        """Show what was done, and remember how it is taken back."""
        self.can_take_back(step)
        self._rebuild()
        self.message.say(f"{words} {self.key('prediction.undo')} takes it back.")

    def can_take_back(self, step: Step) -> None:
        """Remember how something that was done is taken back."""
        self._steps.add(step)

    def _rebuild(self) -> None:
        """Show the page again; in a list the focus stays with its item, wherever that stands now."""
        link = self.pane.focused_link() if self.page.listing else None
        self.rebuild()
        if link is None:
            return
        blocks = enumerate(self.pane.port.blocks)
        found = (Target(at, targets(block).index(link)) for at, block in blocks if link in targets(block))
        if target := next(found, None):
            self.pane.focus_target(target)

    def action_undo(self) -> None:
        """Name what was done last; where it was just named, take it back, and name what was done before."""
        step = self._steps.last if self._steps.ready else self._steps.name()
        if step is None:
            self.message.say("Nothing to take back here.")
        elif not self._steps.ready:
            self.message.say(self._would_take_back(step))
        else:
            self._take_back(step)

    def _take_back(self, step: Step) -> None:
        try:
            taken = step.take_back()
        except (ValueError, OSError) as error:
            self.message.say(f"Not taken back: {told(error)}", doubtful=True)
            return
        before = self._steps.drop()
        self._rebuild()
        words = f"Taken back: {step.words}." if taken else f"Changed since, and left: {step.words}."
        if before:  # what would go next has to stay readable beside it
            words = cut(words, _NAMED_CELLS, self.message.mark)
        self.message.say(f"{words} {self._would_take_back(before)}" if before else words)

    def _would_take_back(self, step: Step) -> str:
        return f"{self.key('prediction.undo')} takes back: {step.words}."
