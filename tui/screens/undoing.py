"""What was done and can be taken back: ten steps, the last first, each named before it happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

STEPS = 10
"""How many things can be taken back, one after the other."""


class Step(NamedTuple):
    """Something that was done, in words. `take_back` says whether it was still there to be taken back; it
    raises ValueError or OSError where that cannot be."""

    words: str
    take_back: Callable[[], object]


class Steps:
    """The steps that can be taken back. One is `ready` only at the key after it was named: a reader who
    did something else meanwhile is told first what would go."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._named = False
        self.ready = False

    @property
    def last(self) -> Step | None:
        """What is taken back next; None for nothing."""
        return self._steps[-1] if self._steps else None

    def add(self, step: Step) -> None:
        """Remember a step, which is named at once."""
        self._steps = [*self._steps, step][-STEPS:]
        self._named = True

    def name(self) -> Step | None:
        """The step that the next key may take back."""
        self._named = self.last is not None
        return self.last

    def key_pressed(self) -> None:
        """What was named holds for one key."""
        self.ready, self._named = self._named, False

    def drop(self) -> Step | None:
        """Forget the last step; the one before it, which is named."""
        self._steps = self._steps[:-1]
        return self.name()
