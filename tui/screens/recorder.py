"""What the reader records: what became of predictions, and how that is taken back."""

from __future__ import annotations

from functools import partial

from briefings.model import Item
from tui.screens import outcomes
from tui.screens.asking import Asking


class Recorder(Asking, inherit_bindings=False):
    """Asks for outcomes, and writes them into the user's folder."""

    async def action_resolve(self) -> None:
        """Ask what became of the focused prediction, or of that of the card."""
        item = self._prediction()
        if why := outcomes.refusal(self.desk, item):
            self.message.say(why)
        elif item:
            await self.ask(outcomes.question(item), outcomes.PLACEHOLDER, partial(self._record, item))

    def _prediction(self) -> Item | None:
        link = self.pane.focused_link()
        found = self.desk.resolve(link.target, self.page.document) if link and link.kind == "item" else None
        if found and found.kind == "prediction":
            return found
        return self.desk.item(self.page.address.name) if self.page.address.kind == "item" else None

    def _record(self, item: Item, answer: str) -> None:
        """Record the outcome, or say what was expected."""
        from briefings.resolutions import record

        try:
            entry = outcomes.typed(self.desk, item, answer)
            entry = record(self.desk.library.places.library, entry)
        except (ValueError, OSError) as error:
            self.message.say(f"Not recorded: {error}", doubtful=True)
            return
        words = f"Recorded: {item.short.upper()} {entry.outcome} since {entry.on}."
        self.did(words, partial(self._take_back, entry.id))

    def _take_back(self, prediction: str) -> str:
        from briefings.resolutions import take_back

        taken = take_back(self.desk.library.places.library, prediction)
        return f"Taken back: {taken.id} {taken.outcome}." if taken else "It was taken back already."
