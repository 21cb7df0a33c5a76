"""One of many, chosen by a few letters of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.screens.asking import Asking

if TYPE_CHECKING:
    from briefings.charts.overlay import Choice
    from tui.widgets.choice_field import ChoiceField


class Choosing(Asking, inherit_bindings=False):
    """Lets one of many be chosen in a field on the message row."""

    _chosen: Callable[[Choice], None] | None = None

    async def choose(
        self,
        question: str,
        liked: Callable[[str], Sequence[Choice]],
        then: Callable[[Choice], None],
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
