"""Hints: letters on all that can be opened here, and what typing them does. No screen in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from tui.widgets.labels import Label, Labelled, Spot, labels

Verb = Literal["open", "beside", "cite", "source"]

VERBS: tuple[Verb, ...] = ("open", "beside", "cite", "source")
"""What letters do to their target, in the order in which one key goes through them."""

_TOLD: dict[Verb, str] = {
    "open": "open",
    "beside": "open beside, and stay here",
    "cite": "copy what to cite",
    "source": "show the source",
}


class Hint(NamedTuple):
    """Letters, and what they stand for: a link or tab of a widget, and where that is drawn."""

    label: str
    widget: Labelled
    target: object
    row: int
    column: int


class Hints(NamedTuple):
    """What is on the screen while letters are typed."""

    all: tuple[Hint, ...]
    verb: Verb = "open"
    typed: str = ""

    @property
    def left(self) -> tuple[Hint, ...]:
        """The hints that begin with what was typed."""
        return tuple(hint for hint in self.all if hint.label.startswith(self.typed))

    @property
    def chosen(self) -> Hint | None:
        """The hint whose letters have all been typed."""
        return next((hint for hint in self.all if hint.label == self.typed), None)

    def after(self, letter: str) -> Hints:
        """With one more letter typed; as it is where no hint goes on so."""
        more = self._replace(typed=self.typed + letter)
        return more if letter and more.left else self

    def shorter(self) -> Hints:
        """With one letter less."""
        return self._replace(typed=self.typed[:-1])

    def turned(self) -> Hints:
        """With the next verb."""
        return self._replace(verb=VERBS[(VERBS.index(self.verb) + 1) % len(VERBS)])

    def told(self, turn: str) -> str:
        """What letters do now, and what the key `turn` would have them do."""
        return f"Type letters to {_TOLD[self.verb]}.   {turn}: {self.turned().verb}"

    @property
    def counted(self) -> str:
        """`9 hints`, `3 of 9 hints`."""
        left, total = len(self.left), len(self.all)
        every = f"{total} hint{'s' if total != 1 else ''}"
        return every if left == total else f"{left} of {every}"

    def drawn(self, widget: Labelled) -> list[tuple[int, Label]]:
        """The labels of a widget, by row, with the letters typed so far."""
        return [
            (hint.row, Label(hint.column, hint.label, len(self.typed)))
            for hint in self.left
            if hint.widget is widget
        ]


def hints_over(widgets: Iterable[Labelled], verb: Verb) -> Hints:
    """Hints on what the widgets show: those of the first widgets, and in them of the first rows, get
    the shortest labels."""
    found: list[tuple[Labelled, Sequence[Spot]]] = [(each, each.visible_spots()) for each in widgets]
    letters = iter(labels(sum(len(spots) for _, spots in found)))
    hints: list[Hint] = []
    for widget, spots in found:
        pairs = [(spot, next(letters)) for spot in spots]
        places = widget.places_for(pairs)
        hints += (
            Hint(text, widget, spot.target, spot.row, place.column)
            for (spot, text), place in zip(pairs, places, strict=True)
        )
    return Hints(tuple(hints), verb)
