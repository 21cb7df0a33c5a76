"""Lines that are made when they are looked at."""

from __future__ import annotations

from abc import abstractmethod
from functools import lru_cache

from briefings.sequences import Lazy
from tui.layout.lines import Line

_KEPT = 512


class LazyLines(Lazy[Line]):
    """As many lines as `__len__` says; those that were made last are kept."""

    def __init__(self) -> None:
        self._kept = lru_cache(_KEPT)(self.made)

    @abstractmethod
    def made(self, row: int) -> Line:
        """The line of a row, counted from 0."""

    @abstractmethod
    def at_offset(self, offset: int) -> int:
        """The row that shows a character of the flow."""

    def with_target(self, target: int) -> int:
        """The row that shows a link; the first one where there are none."""
        return 0

    def at(self, place: int) -> Line:
        return self._kept(place)
