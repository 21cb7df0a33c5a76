"""How items hang together: the items around one, and the shortest way over links between two.

A text about one thing (an entity, an instrument, an event, a note) is one point, whatever section of it
links. A briefing speaks of many things, so each of its sections and statements is a point of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from briefings.documents.model import Item
from briefings.library.index import Index, LinkRow
from briefings.library.sayings import Figure, Saying, Sayings
from briefings.search.excerpts import Pieces

LONGEST = 8
"""Steps of a way at most."""

MOST_POINTS = 20_000
"""Points that are looked at for one way."""


class Edge(NamedTuple):
    """A step from one point to another: over a link, in its direction or against it; without a link the
    one is a part of the other."""

    start: str
    end: str
    link: LinkRow | None = None
    forward: bool = True


class Step(NamedTuple):
    """A step of a way as it is shown: the item it leads to, and the sentence with the link."""

    item: Item
    forward: bool
    link: LinkRow | None
    pieces: Pieces


class Around(NamedTuple):
    """An item and those next to it."""

    item: Item
    around: tuple[Around, ...] = ()


class Graph:
    """The links of a library as points and edges; `figure` says what an expression of a text shows."""

    def __init__(self, index: Index, figure: Figure = lambda expression: None) -> None:
        self._index = index
        self._kinds: dict[str, str] = {}
        self._sayings = Sayings(index, figure)

    def sayings(self, item: Item) -> list[Saying]:
        """Who says what about an item, in the order of documents and blocks."""
        return self._sayings.of(self._index.links_to(item.id), besides=item.id)

    def sayings_on(self, series: str) -> list[Saying]:
        """Who says what about an indicator."""
        return self._sayings.about_series(series)

    def point(self, item: str) -> str:
        """The point that an item belongs to."""
        document = item.partition("#")[0]
        return item if self._kind(document) == "briefing" else document

    def way(self, start: str, end: str) -> list[Edge] | None:
        """The shortest way between two items over links; only where there is none also from a part of a
        briefing to the whole. None where they do not hang together."""
        first, last = self.point(start), self.point(end)
        return self._search(first, last, whole=False) or self._search(first, last, whole=True)

    def shown(self, edges: Iterable[Edge]) -> list[Step]:
        """A way as it is shown."""
        steps = []
        for edge in edges:
            item = self._index.item(edge.end)
            if item is None:
                return []
            pieces = self._sayings.sentence(edge.link) if edge.link else ()
            steps.append(Step(item, edge.forward, edge.link, pieces))
        return steps

    def around(self, item: Item, most: Sequence[int], passed: frozenset[str] = frozenset()) -> Around:
        """The items next to one, and those next to them: `most` says how many at each step. None stands
        twice on a way."""
        here = self.point(item.id)
        passed |= {here}
        ends = (edge.end for edge in self.edges(here) if edge.end not in passed) if most else ()
        found = (near for end in dict.fromkeys(ends) if (near := self._index.item(end)))
        chosen = list(islice(found, most[0] if most else 0))
        passed |= {near.id for near in chosen}
        return Around(item, tuple(self.around(near, most[1:], passed) for near in chosen))

    def edges(self, point: str, *, whole: bool = False) -> Iterator[Edge]:
        """The steps from a point: along its links, then against those that lead to it."""
        document, _, part = point.partition("#")
        for row in self._index.links_from(document):
            if row.item and (not part or row.source == point) and self._is_of(row.source, point):
                yield from self._edge(point, row.item, row, forward=True)
        leading = self._index.links_to if self._kind(document) == "briefing" else self._index.links_into
        for row in leading(point):
            yield from self._edge(point, row.source, row, forward=False)
        if whole and self._kind(document) == "briefing":
            if part:
                yield Edge(point, document)
            else:
                yield from (Edge(point, item.id) for item in self._index.items_of(document))

    def _is_of(self, source: str, point: str) -> bool:
        return self.point(source) == point

    def _edge(self, start: str, item: str, row: LinkRow, *, forward: bool) -> Iterator[Edge]:
        end = self.point(item)
        if end != start:
            yield Edge(start, end, row, forward)

    def _search(self, first: str, last: str, *, whole: bool) -> list[Edge] | None:
        if first == last:
            return []
        came: dict[str, Edge | None] = {first: None}
        level = [first]
        for _ in range(LONGEST):
            following: list[str] = []
            for point in level:
                for edge in self.edges(point, whole=whole):
                    if edge.end not in came:
                        came[edge.end] = edge
                        following.append(edge.end)
            if last in came:
                return _back(came, last)
            if not following or len(came) > MOST_POINTS:
                return None
            level = following
        return None

    def _kind(self, document: str) -> str:
        if document not in self._kinds:
            owner = self._index.item(document)
            self._kinds[document] = owner.kind if owner else ""
        return self._kinds[document]


def _back(came: dict[str, Edge | None], last: str) -> list[Edge]:
    edges: list[Edge] = []
    edge = came[last]
    while edge:
        edges.append(edge)
        edge = came[edge.start]
    return edges[::-1]
