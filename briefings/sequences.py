"""Sequences whose members are made or fetched when they are looked at."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

Member = TypeVar("Member", covariant=True)


class Lazy(Sequence[Member]):
    """As many members as `__len__` says, each made by `at`; a slice is a tuple."""

    @abstractmethod
    def at(self, place: int) -> Member:
        """The member at a place, which is at least 0 and less than the length."""

    @overload
    def __getitem__(self, at: int) -> Member: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Member]: ...
    def __getitem__(self, at: int | slice) -> Member | Sequence[Member]:
        count = len(self)
        if isinstance(at, slice):
            return tuple(self.at(place) for place in range(*at.indices(count)))
        if not -count <= at < count:
            raise IndexError(at)
        return self.at(at if at >= 0 else at + count)

    def __iter__(self) -> Iterator[Member]:
        return (self.at(place) for place in range(len(self)))
