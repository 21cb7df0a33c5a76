"""Names of known entities, instruments and events in texts whose authors did not link them.

A Latin name stands between word ends, and has its capitals in the text too: `Honor` is not meant by
`honor`. A Chinese name stands anywhere in running text. Of names that overlap the longest is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from briefings.documents.model import Block, Cell, Document, Link, Mark, Span
from briefings.documents.names import split_target
from briefings.library.index import Index
from briefings.sequences import Lazy
from sources.limits import NAMED_ITEMS

_RUNNING = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters that are written without blanks between words."""

_TOKEN = re.compile(rf"[{_RUNNING}]|[^\W{_RUNNING}]+")
_IN_WORD = re.compile(rf"[^\W{_RUNNING}]")
_LETTER = re.compile(rf"[^\W\d_{_RUNNING}]")

_KINDS = ("entity", "instrument", "event")
_LATIN, _CAPITALS, _HAN = 3, 2, 2
"""Characters that a name has at least: of letters, of capitals alone, of running script."""

_KEPT = 2_000
"""Blocks whose names are remembered while they are shown."""


class Mention(NamedTuple):
    """A name in a text, from `start` to `end`, and the ids of the items that are called so."""

    start: int
    end: int
    owners: tuple[str, ...]


class Mentions:
    """All names that are looked for: (name, id of its item) each. `revision` is that of their index."""

    def __init__(self, named: Iterable[tuple[str, str]], revision: str = "") -> None:
        self.revision = revision
        self._owners: dict[str, tuple[str, ...]] = {}
        self._capitals: dict[str, set[tuple[int, ...]]] = {}
        lengths: dict[str, set[int]] = {}
        for name, item in named:
            if _is_name(name):
                plain = _level(name)
                self._owners[plain] = tuple(dict.fromkeys((*self._owners.get(plain, ()), item)))
                self._capitals.setdefault(plain, set()).add(_capitals(name))
                lengths.setdefault(_key(plain, 0), set()).add(len(plain))
        self._lengths = {key: sorted(found, reverse=True) for key, found in lengths.items()}
        """How long the names are that begin with a word, the longest first: a look-up for each length costs
        the same however many names share their beginning."""

    def owners(self, name: str) -> tuple[str, ...]:
        """The ids of the items of a name."""
        return self._owners.get(_level(name), ())

    def find(self, text: str) -> Iterator[Mention]:
        """The names in a text, in reading order; none overlaps another one."""
        plain = _level(text)
        after = 0
        for token in _TOKEN.finditer(plain):
            start = token.start()
            if start >= after and (end := self._end_at(text, plain, start)):
                after = end
                yield Mention(start, end, self._owners[plain[start:end]])

    def _end_at(self, text: str, plain: str, start: int) -> int:
        """Where the longest name ends that stands at a place; 0 for none."""
        for length in self._lengths.get(_key(plain, start), ()):
            end = start + length
            spellings = self._capitals.get(plain[start:end], ())
            parts_word = _IN_WORD.match(plain, end) and _IN_WORD.match(plain, end - 1)
            if (
                end <= len(plain)
                and not parts_word
                and any(_has_capitals(text, start, places) for places in spellings)
            ):
                return end
        return 0


def gathered(index: Index) -> Mentions:
    """The names of an index: aliases, names and titles in both scripts. Thousands of entities take a
    second: do it beside the screen."""
    return Mentions(_named(index), index.revision())


def _named(index: Index) -> Iterator[tuple[str, str]]:
    for listed in index.documents(*_KINDS)[:NAMED_ITEMS]:
        document = index.document(listed.id)
        for name in _names(document) if document else ():
            yield name, listed.id


def _names(document: Document) -> Iterator[str]:
    called = (document.title, document.title_zh, document.facts.name, *document.aliases)
    return (" ".join(name.split()) for name in called if name)


class Linked(Lazy[Block]):
    """Blocks in which the first mention of each name is a quiet link, found where they are looked at.

    `known` says whether there is such an item on the day that is read; `besides` are those that the page
    itself is about.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        mentions: Mentions,
        known: Callable[[str], bool],
        besides: Collection[str] = (),
    ) -> None:
        self._blocks = blocks
        self._mentions = mentions
        self._known = known
        self._besides = frozenset(besides)
        self._made: dict[int, Block] = {}

    def __len__(self) -> int:
        return len(self._blocks)

    def at(self, place: int) -> Block:
        if place not in self._made:
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[place] = self._linked(self._blocks[place])
        return self._made[place]

    def _linked(self, block: Block) -> Block:
        """The block with links: in words and in cells, not in headings, heads and code."""
        if block.kind in ("paragraph", "item"):
            return block._replace(spans=self._with_links(block.spans, self._linked_already(block.spans)))
        if block.kind == "table":
            first = int(block.headed)
            seen = self._linked_already(span for row in block.rows for cell in row for span in cell)
            rows = (tuple(self._with_links(cell, seen) for cell in row) for row in block.rows[first:])
            return block._replace(rows=(*block.rows[:first], *rows))
        if block.statement:
            said = block.statement
            seen = self._linked_already((*said.note, *said.evidence))
            note, evidence = self._with_links(said.note, seen), self._with_links(said.evidence, seen)
            return block._replace(statement=said._replace(note=note, evidence=evidence))
        return block

    def _linked_already(self, spans: Iterable[Span]) -> set[str]:
        """The items that the author links to here: their names need no further link."""
        seen: set[str] = set()
        for span in spans:
            if span.link and span.link.kind == "item":
                name = split_target(span.link.target)[0]
                seen |= {name, *self._mentions.owners(name)}
        return seen

    def _with_links(self, spans: Cell, seen: set[str]) -> Cell:
        text = "".join(span.text for span in spans)
        found = [each for each in self._mentions.find(text) if self._is_meant(each, seen)]
        return tuple(_cut(spans, found, text, seen, self._known)) if found else spans

    def _is_meant(self, mention: Mention, seen: set[str]) -> bool:
        owners = set(mention.owners)
        return not owners & self._besides and not owners & seen and any(map(self._known, owners))


def _cut(
    spans: Cell, found: Sequence[Mention], text: str, seen: set[str], known: Callable[[str], bool]
) -> Iterator[Span]:
    """The spans, cut where a name stands in plain words; those that got a link are put into `seen`."""
    begins = 0
    for span in spans:
        ends, at = begins + len(span.text), begins
        if span.link is None and not span.marks & (Mark.CODE | Mark.STRUCK):
            for start, end, owners in found:
                if begins <= start and end <= ends and not seen.intersection(owners):
                    seen.update(owners)
                    if start > at:
                        yield span._replace(text=text[at:start])
                    yield Span(text[start:end], Mark.NAMED, _link(text[start:end], owners, known))
                    at = end
        if at < ends or not span.text:
            yield span._replace(text=text[at:ends])
        begins = ends


def _link(name: str, owners: Sequence[str], known: Callable[[str], bool]) -> Link:
    """Where a name leads: to its only item, else to a choice."""
    there = [owner for owner in owners if known(owner)]
    return Link("item", there[0]) if len(there) == 1 else Link("name", name)


def _is_name(name: str) -> bool:
    """Whether a name is long enough to be told from other words."""
    if not _TOKEN.match(name):
        return False
    if re.search(f"[{_RUNNING}]", name):
        return len(name) >= _HAN
    return bool(_LETTER.search(name)) and len(name) >= (_CAPITALS if name.isupper() else _LATIN)


def _key(plain: str, start: int) -> str:
    """What names are looked up by: their first word, or the first two signs of running script."""
    token = _TOKEN.match(plain, start)
    if token is None:
        return ""
    word = token.group()
    return plain[start : start + _HAN] if len(word) == 1 and not _IN_WORD.match(word) else word


def _capitals(name: str) -> tuple[int, ...]:
    return tuple(place for place, character in enumerate(name) if _is_capital(character))


def _has_capitals(text: str, start: int, places: Iterable[int]) -> bool:
    return all(_is_capital(text[start + place]) for place in places)


def _is_capital(character: str) -> bool:
    return character.isupper() or (not character.isascii() and _wide(character).isupper())


def _level(text: str) -> str:
    """The text without differences of case and width, a character for each character."""
    if text.isascii():
        return text.lower()
    return "".join(map(_level_character, text))


@lru_cache(maxsize=20_000)
def _level_character(character: str) -> str:
    folded = _wide(character).lower()
    return folded if len(folded) == 1 else character


def _wide(character: str) -> str:
    return unicodedata.normalize("NFKC", character)
