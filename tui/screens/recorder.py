"""What the reader records: what became of predictions, and how that is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefings.desk import Desk
from briefings.model import Item
from tui.layout.context import Context
from tui.screens import outcomes
from tui.screens.reader import Reader
from tui.widgets.answer_field import AnswerField

if TYPE_CHECKING:
    from tui.settings import Settings


class Recorder(Reader, inherit_bindings=False):
    """Asks for outcomes, writes them into the user's folder, and takes back those of this run."""

    _asked: Item | None = None

    def __init__(self, desk: Desk, settings: Settings, context: Context, told: Sequence[str] = ()) -> None:
        super().__init__(desk, settings, context, told)
        self._recorded: list[str] = []

    async def action_resolve(self) -> None:
        """Ask what became of the focused prediction, or of that of the card."""
        self._asked = self._prediction()
        if why := outcomes.refusal(self.desk, self._asked):
            self.message.say(why)
        elif self._asked:
            await self.asking.open(outcomes.question(self._asked), outcomes.PLACEHOLDER)

    def _prediction(self) -> Item | None:
        link = self.pane.focused_link()
        found = self.desk.resolve(link.target, self.page.document) if link and link.kind == "item" else None
        if found and found.kind == "prediction":
            return found
        return self.desk.item(self.page.address.name) if self.page.address.kind == "item" else None

    def on_answer_field_answered(self, event: AnswerField.Answered) -> None:
        """Record the outcome, or say what was expected."""
        self.pane.focus()
        if event.answer is None or self._asked is None:
            return
        from briefings.resolutions import Unwritable, record

        try:
            entry = outcomes.typed(self.desk, self._asked, event.answer)
            entry = record(self.desk.library.places.library, entry)
        except (ValueError, Unwritable, OSError) as error:
            self.message.say(f"Not recorded: {error}", doubtful=True)
            return
        self._recorded.append(entry.id)
        self.rebuild()
        self.message.say(
            f"Recorded: {self._asked.short.upper()} {entry.outcome} since {entry.on}. U takes it back."
        )

    def action_undo(self) -> None:
        """Take back what was recorded last here."""
        from briefings.resolutions import Unwritable, take_back

        if not self._recorded:
            self.message.say("Nothing to take back here.")
            return
        try:
            taken = take_back(self.desk.library.places.library, self._recorded[-1])
        except (Unwritable, OSError) as error:
            self.message.say(f"Not taken back: {error}", doubtful=True)
            return
        self._recorded.pop()
        self.rebuild()
        self.message.say(
            f"Taken back: {taken.id} {taken.outcome}." if taken else "It was taken back already."
        )
