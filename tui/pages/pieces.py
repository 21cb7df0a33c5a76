"""Blocks of a page put together from others, without looking at them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from itertools import accumulate
from typing import NamedTuple

from briefings.documents.model import Block
from briefings.sequences import Lazy


class Pieces(Lazy[Block]):
    """Ranges of a document's blocks, read as one sequence and fetched only when looked at."""

    def __init__(self, blocks: Sequence[Block], ranges: Sequence[tuple[int, int]]) -> None:
        self.blocks = blocks
        self.ranges = tuple(ranges)
        self._firsts = [first for first, _ in self.ranges]
        self._before = list(accumulate((last - first for first, last in self.ranges), initial=0))
        self._length = self._before[-1]

    def __len__(self) -> int:
        return self._length

    def at(self, place: int) -> Block:
        number = bisect_right(self._before, place) - 1
        return self.blocks[self._firsts[number] + place - self._before[number]]

    def find(self, block: int) -> int:
        """Where block `block` of the document stands in the pieces; the next one when it is left out."""
        number = bisect_right(self._firsts, block) - 1
        inside = block - self.ranges[number][0] if number >= 0 else 0
        if number >= 0 and block < self.ranges[number][1]:
            return self._before[number] + inside
        return max(0, min(self._before[number + 1], self._length - 1))

    def holds(self, block: int) -> bool:
        """Whether block `block` of the document stands in the pieces."""
        number = bisect_right(self._firsts, block) - 1
        return number >= 0 and block < self.ranges[number][1]


class Joined(Lazy[Block]):
    """Any number of sequences of blocks, one after the other."""

    def __init__(self, *sequences: Sequence[Block]) -> None:
        self._sequences = sequences
        self._before = list(accumulate(map(len, sequences), initial=0))

    @property
    def firsts(self) -> Sequence[int]:
        """Where each of the sequences begins."""
        return self._before[:-1]

    def __len__(self) -> int:
        return self._before[-1]

    def at(self, place: int) -> Block:
        number = bisect_right(self._before, place) - 1
        return self._sequences[number][place - self._before[number]]


class Listing(Lazy[Block]):
    """So many lines, fetched in parts when they are looked at.

    `fetch(first, most)` gives lines from a place on; fewer when the list has become shorter meanwhile.
    """

    PART = 128

    def __init__(self, count: int, fetch: Callable[[int, int], Sequence[Block]], part: int = PART) -> None:
        self._count = count
        self._size = part
        self._fetch = fetch
        self._parts: dict[int, Sequence[Block]] = {}

    def __len__(self) -> int:
        return self._count

    def at(self, place: int) -> Block:
        number, inside = divmod(place, self._size)
        if number not in self._parts:
            self._parts[number] = self._fetch(number * self._size, self._size)
        part = self._parts[number]
        return part[inside] if inside < len(part) else Block("line")


class Numbered(NamedTuple):
    """The entries of a list in groups, each of which begins at a block: one for each line, or all of a table
    in one block. Between groups may stand what is no entry."""

    firsts: Sequence[int]
    counts: Sequence[int]
    tables: Collection[int] = ()
    """The blocks that are tables."""

    def of(self, block: int, link: int) -> str:
        """`3 of 51` for a link of a block; empty for one that is in no group."""
        group = bisect_right(self.firsts, block) - 1
        if group < 0:
            return ""
        inside = link if block in self.tables else block - self.firsts[group]
        if inside >= self.counts[group]:
            return ""
        return f"{sum(self.counts[:group]) + inside + 1:,} of {sum(self.counts):,}"


class Rest(Lazy[Block]):
    """Blocks from some number on, fetched only when looked at."""

    def __init__(self, blocks: Sequence[Block], first: int) -> None:
        self.blocks = blocks
        self.first = first

    def __len__(self) -> int:
        return max(0, len(self.blocks) - self.first)

    def at(self, place: int) -> Block:
        return self.blocks[self.first + place]
