"""Search over everything: a query against the full text, the ledger and the figures of one desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from operator import attrgetter
from re import Pattern
from typing import TYPE_CHECKING, NamedTuple

from briefings.search.excerpts import BRIEF, FULL, Pieces, best_line, sentence, split
from briefings.search.fulltext import (
    FullText,
    Place,
    either,
    expression,
    missing_words_of,
    words_of,
)
from briefings.search.query import KINDS, Facts, Group, Query, Term, holds_all, without_filters
from briefings.search.tokens import Wanted, pattern, tokens, unjointed, wanted
from sources.likeness import nearest
from sources.text import fold

if TYPE_CHECKING:
    from briefings.desk import Desk
    from briefings.figures.rows import Catalogued
    from briefings.ledger.judged import Row

MOST = 250
"""Passages of one group of terms; of commoner words those that were stored last."""

_MOST_IN_DOCUMENTS = 50_000
"""Hits of one group that are looked through for the documents they stand in."""

_MOST_NAMES = 100
_STEPS = 4_000
_FEW = 20
_BESTS = 12
_LEFT_OUT = 6
_RANKED_FROM = 3
_OF_TEXT = ("", "kind", "topic")


class Hits(NamedTuple):
    """What was found of one kind, the best first."""

    kind: str
    places: tuple[Place, ...]


class Found(NamedTuple):
    """What a query found. `more` says that there are further hits; `left_out` are items that have the
    words, but not what else was asked for; `near` is a word like one that stands nowhere. `asked` and
    `pattern` find the words again, in the full text and as they are written."""

    groups: tuple[Hits, ...] = ()
    more: bool = False
    left_out: tuple[Place, ...] = ()
    near: str = ""
    asked: str = ""
    pattern: Pattern[str] | None = None

    @property
    def total(self) -> int:
        """How many items were found."""
        return sum(len(group.places) for group in self.groups)


class Excerpt(NamedTuple):
    """What is shown of a hit: a sentence with the words marked, and the block of the document that it stands
    in; -1 where no word is marked, or it stands before the text."""

    pieces: Pieces
    block: int


class Search:
    """Finds for one desk. What it looked up is kept: make another one once the desk knows more."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._text = FullText(desk.index.searched)
        self._names: dict[str, str] = {}
        self._found: dict[Query, Found] = {}
        self._bests: dict[Query, tuple[dict[str, Place], bool]] = {}

    @cached_property
    def is_possible(self) -> bool:
        """Whether there is a full text: not where this SQLite cannot, nor before the first update."""
        return self._text.is_there()

    def find(self, query: Query) -> Found:
        """What a query finds, by kind."""
        if query not in self._found:
            self._found = {query: self._find(query)}
        return self._found[query]

    def _find(self, query: Query) -> Found:
        if not query.groups or not self.is_possible:
            return Found()
        words = [word for group in query.groups for word in words_of(group)]
        asked = either(dict.fromkeys(words))
        best, more = self._best(query)
        left_out = self._left_out(query, best) if query.filtered and words else ()
        near = "" if best or left_out else self._near(query)
        return Found(_grouped(best.values()), more, left_out, near, asked, pattern(_words(query)))

    def documents(self, query: Query) -> tuple[set[str], bool]:
        """The ids of all documents that hold what a query finds, and whether there may be more: where it
        finds more than is looked through."""
        found: set[str] = set()
        more = False
        for group in query.groups if self.is_possible else ():
            places, further = self._of_group(group, ranked=False, most=_MOST_IN_DOCUMENTS)
            found.update(place.item.partition("#")[0] for place in places)
            more = more or further
        return found, more

    def excerpt(self, place: Place, found: Found) -> Excerpt:
        """The sentence of a passage in which words stand; of one without them its beginning."""
        pieces = self._marked(place, found)
        if not pieces:
            return Excerpt((), -1)
        line = best_line(pieces)
        marked = any(marked for _, marked in line.pieces)
        if indicator := self._indicators.get(place.item):
            figure = ((f"{indicator.shown}  ", False),) if indicator.shown else ()
            return Excerpt((*figure, *sentence(line.pieces, BRIEF)), -1)
        at = place.block + line.number if marked else -1
        return Excerpt(sentence(line.pieces, FULL if marked else BRIEF), at)

    def _marked(self, place: Place, found: Found) -> Pieces:
        """The text of a passage with the words marked: as they are written, else as the full text has
        them, without accents and in plain forms; that takes ten times as long."""
        text = self._text.text(place.number)
        if not text:
            item = self._desk.index.item(place.item)
            return ((item.summary or " ", False),) if item else ()
        pieces = tuple((unjointed(piece), marked) for piece, marked in split(text, found.pattern))
        if len(pieces) > 1 or not found.asked or text.isascii():
            return pieces
        return self._text.marked(place.number, found.asked) or pieces

    def date_of(self, place: Place) -> str:
        """The date of a hit; of an indicator the period of its newest figure."""
        indicator = self._indicators.get(place.item)
        return indicator.period if indicator else place.date

    # ------------------------------------------------------------------ finding

    def _best(self, query: Query) -> tuple[dict[str, Place], bool]:
        """The best passage of each item, and whether there are more. Those of the last queries are kept: what
        is typed after words asks for these words again."""
        if query not in self._bests:
            if len(self._bests) >= _BESTS:
                self._bests.pop(next(iter(self._bests)))
            self._bests[query] = self._best_now(query)
        return self._bests[query]

    def _best_now(self, query: Query) -> tuple[dict[str, Place], bool]:
        best: dict[str, Place] = {}
        more = False
        for group in query.groups:
            places, further = self._of_group(group, ranked=any(map(_is_worth_ranking, group)))
            for place in places:
                known = best.get(place.item)
                if known is None or place.rank < known.rank:
                    best[place.item] = place
            more = more or further
        return best, more

    def _of_group(self, group: Group, *, ranked: bool, most: int = MOST) -> tuple[list[Place], bool]:
        """At most so many passages for which all terms hold, and documents in which they hold together: a
        few of those where only the best are wanted. And whether there are more."""
        words, asked = words_of(group), expression(group)
        holds = self._holding([term for term in group if term.key not in _OF_TEXT])
        named: list[Place] = []
        if words and not missing_words_of(group):  # common words would hide names among texts
            named += islice(filter(holds, self._text.named(asked, ranked)), _MOST_NAMES)
        sources = [fold(term.value) for term in group if term.key == "source" and not term.negated]
        places = list(islice(filter(holds, self._text.places(asked, ranked, sources)), most + 1))
        apart: list[Place] = []
        apart_most = most if most > MOST else _FEW
        if len(words) > 1 and len(places) < apart_most:
            spread = self._spread(group, words, _STEPS * most // MOST)
            apart += islice(filter(holds, spread), apart_most + 1)
        more = len(places) > most or len(apart) > apart_most
        return [*named, *places[:most], *apart[:apart_most]], more

    def _spread(self, group: Group, words: Sequence[str], steps: int) -> Iterator[Place]:
        """Documents that have all the words, each in a passage of its own."""
        others = [term for term in group if term.key and term.key in _OF_TEXT]
        missing = missing_words_of(group)
        for number in self._text.documents(words, steps):
            head = self._text.head(number)
            if head is None or not holds_all(others, Facts(head.kind, topics=head.topics)):
                continue
            if not any(self._text.within(number, each) for each in missing):
                inside = self._text.within(number, words[0]) or head
                yield inside._replace(item=head.item, kind=head.kind)

    def _left_out(self, query: Query, best: dict[str, Place]) -> tuple[Place, ...]:
        found, _ = self._best(without_filters(query))
        others = [place for hits in _grouped(found.values()) for place in hits.places]
        return tuple(islice((place for place in others if place.item not in best), _LEFT_OUT))

    def _near(self, query: Query) -> str:
        """A word of the texts like the first one of the query that stands nowhere."""
        for term in (term for group in query.groups for term in group):
            typed = tokens(term.value) if not term.key and not term.negated else ()
            for word in typed:
                asked = words_of([Term(word)])
                if len(word) > 1 and asked and next(self._text.places(asked[0]), None) is None:
                    return nearest(word, self._text.words_like(word)) or ""
        return ""

    # ------------------------------------------------------------------ what else is asked for

    def _holding(self, terms: Sequence[Term]) -> Callable[[Place], bool]:
        """Whether terms hold that the full text knows nothing of."""
        if not terms:
            return lambda place: True
        keys = {term.key for term in terms}
        return lambda place: holds_all(terms, self._facts(place, keys))

    def _facts(self, place: Place, keys: set[str]) -> Facts:
        """What there is to know of an item, as far as some keys ask for it."""
        row = self._verdicts.get(place.item) if place.kind == "claim" else None
        indicator = self._indicators.get(place.item) if place.kind == "indicator" else None
        stale = None
        if row:
            stale = row.is_open and any(map(self._desk.is_late, row.series))
        elif indicator and indicator.state:
            stale = indicator.state in ("stale", "failing")
        return Facts(
            place.kind,
            topics=place.topics,
            verdict=row.word if row else "",
            state=self._state(place) if "state" in keys else "",
            stale=stale,
            date=self.date_of(place),
            source=self._sources(place, row.series if row else ()) if "source" in keys else "",
            document=self._document(place) if "in" in keys else "",
        )

    def _state(self, place: Place) -> str:
        item = self._desk.item(place.item) if place.kind == "prediction" else None
        status = self._desk.status(item) if item else None
        return status.state if status else ""

    def _sources(self, place: Place, series: Iterable[str]) -> str:
        """Who says it; of a tested claim also who publishes its figures."""
        return f"{place.sources}\n{self._published(series)}"

    def _published(self, series: Iterable[str]) -> str:
        behind = (self._indicators[name] for name in series if name in self._indicators)
        return "\n".join(f"{each.agency}\n{each.provider}" for each in behind)

    @cached_property
    def claim_sources(self) -> dict[str, str]:
        """Who says each claim, and who publishes the figures that it was tested by, by its id."""
        if not self.is_possible:
            return {name: self._published(row.series) for name, row in self._verdicts.items()}
        claims = self._text.places(expression([Term("claim", "kind")]))
        behind = ((place, self._verdicts.get(place.item)) for place in claims)
        return {place.item: self._sources(place, row.series if row else ()) for place, row in behind}

    def _document(self, place: Place) -> str:
        name = place.item.partition("#")[0]
        if name not in self._names:
            owner = self._desk.index.item(name)
            self._names[name] = f"{name}\n{owner.title}\n{owner.title_zh}" if owner else name
        return self._names[name]

    @cached_property
    def _verdicts(self) -> dict[str, Row]:
        return {row.id: row for row in self._desk.verdicts()}

    @cached_property
    def _indicators(self) -> dict[str, Catalogued]:
        return {each.id: each for each in self._desk.catalogued()}


def _words(query: Query) -> Iterator[Wanted]:
    for term in (term for group in query.groups for term in group if not term.key and not term.negated):
        yield from wanted(term.value, term.exact)


def _grouped(places: Iterable[Place]) -> tuple[Hits, ...]:
    groups: dict[str, list[Place]] = {kind: [] for kind in KINDS}
    for place in places:
        groups.setdefault(place.kind, []).append(place)
    return tuple(
        Hits(kind, tuple(sorted(found, key=attrgetter("rank")))) for kind, found in groups.items() if found
    )


def _is_worth_ranking(term: Term) -> bool:
    """Whether a word is long enough to tell one passage from another; ranking by Chinese phrases takes
    longer than finding them."""
    return not term.key and term.value.isascii() and len(term.value) >= _RANKED_FROM
