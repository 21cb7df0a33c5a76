"""A few things that were made last, found again as long as they fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """At most so many things, the one used last first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[Made] = []

    def get(self, fits: Callable[[Made], bool], make: Callable[[], Made]) -> Made:
        """The thing that fits, as it was made before; else a new one."""
        found = next(filter(fits, self._kept), None)
        if found is None:
            found = make()
        self._kept = [found, *(each for each in self._kept if each is not found)][: self._most]
        return found
