"""What a screen shows, before anything is drawn: an address, and blocks for one or two panes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, overload

from briefings.items import links_in
from briefings.model import Block
from briefings.names import INDICATOR, is_indicator

if TYPE_CHECKING:
    from briefings.plots import Plot

PageKind = Literal[
    "overview",
    "topic",
    "gathered",
    "item",
    "indicator",
    "library",
    "help",
    "sources",
    "ledger",
    "scoreboard",
    "search",
    "neighbours",
    "path",
    "history",
    "checks",
    "table",
    "compare",
    "provenance",
    "vintages",
]

LOOKED_THROUGH = 2_000
"""Blocks of a text in which figures are looked for."""


class Address(NamedTuple):
    """Where a page is found: `briefing` for the tabs, `name` a topic (of all briefings, where it is
    `gathered`), the whole id of an item, the words of a search, or the ids of two items with a blank between.

    `block` is the block of the document to go to, -1 for the top. `beside` names what was added to its
    chart. `day` is the past day that the page is shown for, None for today.
    """

    kind: PageKind
    briefing: str = ""
    name: str = ""
    block: int = -1
    beside: tuple[str, ...] = ()
    day: date | None = None


class Heading(NamedTuple):
    """A line of the outline: `block` counts in the page, `section` is the id of a section of its document."""

    title: str
    level: int
    block: int
    section: str = ""


def _same(block: int) -> int:
    return block


class Page(NamedTuple):
    """The content of a screen. `document` is where links of `reading` are resolved from.

    `path` is the way to it, `up` the page above. A `listing` is moved through row by row.
    `reference` is what copying gives when nothing is selected, `source` the address of the
    document that the page rests on. `refreshed` names what a refresh of this page asks for:
    indicators, topics or sources; where it is empty, the series that its text names. `plot` makes
    the chart that can stand above the text, of the series that `plotted` names,
    `panels` small ones that stand in its place. `abreast` says that the side pane stays beside the text,
    also where a table has to wrap for it.
    """

    address: Address
    path: tuple[str, ...]
    reading: Sequence[Block]
    side: Sequence[Block] = ()
    document: str = ""
    up: Address | None = None
    listing: bool = False
    outline: Sequence[Heading] = ()
    reference: str = ""
    source: str = ""
    refreshed: tuple[str, ...] = ()
    find_block: Callable[[int], int] = _same
    plot: Callable[[], Plot | None] | None = None
    plotted: tuple[str, ...] = ()
    panels: Callable[[], Sequence[Plot]] | None = None
    abreast: bool = False

    @property
    def asks(self) -> tuple[str, ...]:
        """What a refresh of this page asks for: indicators, topics or sources; empty where it shows no
        figures."""
        return self.refreshed or self.series

    @property
    def series(self) -> tuple[str, ...]:
        """The ids of indicators that the text names, of a long one only its beginning."""
        return tuple(dict.fromkeys(_series_in(self.reading[:LOOKED_THROUGH])))


def _series_in(blocks: Iterable[Block]) -> Iterator[str]:
    """The ids of indicators that texts link to, show figures of, or test."""
    for block in blocks:
        for link in links_in(block):
            if link.kind == "figure":
                yield from INDICATOR.findall(link.target)
            elif link.kind == "item" and is_indicator(link.target):
                yield link.target
        if block.statement:
            yield from INDICATOR.findall(block.statement.test)


class Pieces(Sequence[Block]):
    """Ranges of a document's blocks, read as one sequence and fetched only when looked at."""

    def __init__(self, blocks: Sequence[Block], ranges: Sequence[tuple[int, int]]) -> None:
        self.blocks = blocks
        self.ranges = tuple(ranges)
        self._firsts = [first for first, _ in self.ranges]
        self._before = list(accumulate((last - first for first, last in self.ranges), initial=0))
        self._length = self._before[-1]

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Block: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Block]: ...
    def __getitem__(self, at: int | slice) -> Block | Sequence[Block]:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(self._length)))
        if not 0 <= at < self._length:
            raise IndexError(at)
        number = bisect_right(self._before, at) - 1
        return self.blocks[self._firsts[number] + at - self._before[number]]

    def __iter__(self) -> Iterator[Block]:
        return (self.blocks[number] for first, last in self.ranges for number in range(first, last))

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


class Chained(Sequence[Block]):
    """Two sequences of blocks, one after the other."""

    def __init__(self, first: Sequence[Block], second: Sequence[Block]) -> None:
        self.first = first
        self.second = second

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    @overload
    def __getitem__(self, at: int) -> Block: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Block]: ...
    def __getitem__(self, at: int | slice) -> Block | Sequence[Block]:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        return self.first[at] if at < len(self.first) else self.second[at - len(self.first)]


class Joined(Sequence[Block]):
    """Any number of sequences of blocks, one after the other."""

    def __init__(self, sequences: Sequence[Sequence[Block]]) -> None:
        self._sequences = sequences
        self._before = list(accumulate(map(len, sequences), initial=0))

    def __len__(self) -> int:
        return self._before[-1]

    @overload
    def __getitem__(self, at: int) -> Block: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Block]: ...
    def __getitem__(self, at: int | slice) -> Block | Sequence[Block]:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        if not 0 <= at < len(self):
            raise IndexError(at)
        number = bisect_right(self._before, at) - 1
        return self._sequences[number][at - self._before[number]]


class Listing(Sequence[Block]):
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

    @overload
    def __getitem__(self, at: int) -> Block: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Block]: ...
    def __getitem__(self, at: int | slice) -> Block | Sequence[Block]:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(self._count)))
        if not 0 <= at < self._count:
            raise IndexError(at)
        number, place = divmod(at, self._size)
        if number not in self._parts:
            self._parts[number] = self._fetch(number * self._size, self._size)
        part = self._parts[number]
        return part[place] if place < len(part) else Block("line")


class Rest(Sequence[Block]):
    """Blocks from some number on, fetched only when looked at."""

    def __init__(self, blocks: Sequence[Block], first: int) -> None:
        self.blocks = blocks
        self.first = first

    def __len__(self) -> int:
        return max(0, len(self.blocks) - self.first)

    @overload
    def __getitem__(self, at: int) -> Block: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Block]: ...
    def __getitem__(self, at: int | slice) -> Block | Sequence[Block]:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        return self.blocks[self.first + at]
