"""What the reader records of predictions: what became of them, how likely they are, and how that is
taken back."""

from __future__ import annotations

from functools import partial

from briefings.documents.model import Item
from tui.screens.asking import Asking
from tui.screens.undoing import Step


class Recorder(Asking, inherit_bindings=False):
    """Asks for outcomes and probabilities, and writes them into the user's folder."""

    async def action_resolve(self) -> None:
        """Ask what became of the focused prediction, or of that of the card, or how likely it is. What its
        test proposes stands in the field."""
        from tui.screens import outcomes

        item = self._prediction()
        if self.day:
            self.message.say(f"Outcomes are recorded today. {self.key('go.as_of')} and enter lead there.")
        elif why := outcomes.refusal(self.desk, item):
            self.message.say(why)
        elif item:
            then, answer = partial(self._record, item), outcomes.proposal(self.desk, item)
            await self.ask(outcomes.question(item), outcomes.PLACEHOLDER, then, answer)

    def _prediction(self) -> Item | None:
        link = self.pane.focused_link()
        found = self.desk.resolve(link.target, self.page.document) if link and link.kind == "item" else None
        if found and found.kind == "prediction":
            return found
        return self.desk.item(self.page.address.name) if self.page.address.kind == "item" else None

    def _record(self, item: Item, answer: str) -> None:
        """Record what was typed, or say what was expected."""
        from tui.screens import outcomes

        try:
            typed = outcomes.typed(self.desk, item, answer)
            undo = typed.record(self.desk.library.places.library)
        except (ValueError, OSError) as error:
            self.message.say(f"Not recorded: {error}", doubtful=True)
            return
        self.did(f"Recorded: {typed.words}.", Step(typed.words, undo))
