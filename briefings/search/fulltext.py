"""The full text of a library: tables beside the index, in the same file, changed in the same transactions.

A passage is numbered so that its document is its number shifted by `_SHIFT`; number 0 holds the
indicators. What a passage is (its kind, its topics) stands in it as words that nobody can type.
Where this SQLite has no full text, nothing is kept and nothing is found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from briefings.library.sealed import PASSAGE, checked
from briefings.search.excerpts import Pieces
from briefings.search.passages import Passage
from briefings.search.query import Term, fitting
from briefings.search.tokens import Wanted, jointed, unjointed, unusual, wanted
from cache.seals import seal_values
from sources.text import fold

INDICATORS = 0
"""The number under which indicators stand; documents count from 1."""

_SHIFT = 20
_MOST = 1 << _SHIFT

_TABLES = (
    """CREATE VIRTUAL TABLE passages USING fts5(
        item UNINDEXED, kind UNINDEXED, block UNINDEXED, date UNINDEXED, topics UNINDEXED, sources UNINDEXED,
        seal UNINDEXED, title, text, plain, facets,
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')""",
    """CREATE VIRTUAL TABLE named USING fts5(
        names, facets, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')""",
    "CREATE VIRTUAL TABLE words USING fts5vocab(passages, row)",
)
_NAMES = ("passages", "named", "words")
_COLUMNS = "rowid, item, kind, block, date, topics, sources"
_RANK = "bm25(passages, 0, 0, 0, 0, 0, 0, 0, 10.0, 1.0, 1.0, 0)"
_RANK_OF_NAMES = "2 * bm25(named, 10.0, 0) - 5"
_TITLE, _TEXT = 7, 8

_KIND, _TOPIC, _ANY = "\ue000", "\ue001", "\ue002any"
_OPEN, _CLOSE = "\x02", "\x03"
_WORDS_LOOKED_AT = 3_000


class Place(NamedTuple):
    """A passage that was found, without its text; the lower the rank the better it fits."""

    number: int
    item: str
    kind: str
    block: int
    date: str
    topics: tuple[str, ...]
    sources: str
    rank: float = 0.0

    @property
    def document(self) -> int:
        """The number of its document."""
        return self.number >> _SHIFT


class FullText:
    """The full text over a connection to the index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def is_there(self) -> bool:
        """Whether there are tables to search in."""
        query = "SELECT count(*) FROM sqlite_master WHERE name IN (?, ?, ?)"
        return bool(self.connection.execute(query, _NAMES).fetchone()[0] == len(_TABLES))

    def make(self) -> bool:
        """Make the tables anew, empty; whether this SQLite can."""
        try:
            for name in reversed(_NAMES):
                self.connection.execute(f"DROP TABLE IF EXISTS {name}")
            for table in _TABLES:
                self.connection.execute(table)
        except sqlite3.OperationalError as error:
            if "no such module" in str(error):
                return False
            raise
        return True

    # ------------------------------------------------------------------ writing

    def put(self, document: int, passages: Iterable[Passage]) -> None:
        """Keep the passages of a document that has none."""
        first = document << _SHIFT
        rows = [_row(first + at, each) for at, each in zip(range(_MOST), passages, strict=False)]
        columns = f"{_COLUMNS}, seal, title, text, plain, facets"
        self.connection.executemany(f"INSERT INTO passages ({columns}) VALUES ({', '.join('?' * 12)})", rows)
        named = ((row[0], row[_TITLE + 1], row[-1]) for row in rows if row[_TITLE + 1])
        self.connection.executemany("INSERT INTO named (rowid, names, facets) VALUES (?, ?, ?)", named)

    def drop(self, document: int) -> None:
        """Drop the passages of a document."""
        first = document << _SHIFT
        for table in ("passages", "named"):
            deletion = f"DELETE FROM {table} WHERE rowid BETWEEN ? AND ?"
            self.connection.execute(deletion, (first, first + _MOST - 1))

    # ------------------------------------------------------------------ finding

    def places(self, asked: str, ranked: bool = False, sources: Sequence[str] = ()) -> Iterator[Place]:
        """The passages that an expression finds, those stored last first, with their ranks if asked for.
        They are looked for as they are taken. Other than claims, only those that name the folded `sources`:
        claims have sources in their figures too."""
        rank = _RANK if ranked else "0.0"
        query = f"SELECT {_COLUMNS}, {rank} FROM passages WHERE passages MATCH ?"
        query += " AND (kind = 'claim' OR instr(sources, ?))" * len(sources)
        rows = self.connection.execute(f"{query} ORDER BY rowid DESC", (asked, *sources))
        return map(_place, rows)

    def named(self, asked: str, ranked: bool = False) -> Iterator[Place]:
        """The passages in whose names alone an expression finds all it asks for, as `places` gives them."""
        rank = _RANK_OF_NAMES if ranked else "-5.0"
        query = (
            f"SELECT passages.{_COLUMNS}, {rank} FROM named JOIN passages ON passages.rowid = named.rowid"
            " WHERE named MATCH ? ORDER BY named.rowid DESC"
        )
        return map(_place, self.connection.execute(query, (asked,)))

    def documents(self, each: Sequence[str], steps: int) -> Iterator[int]:
        """The numbers of documents in which every expression of `each` finds a passage, those stored last
        first. It ends after so many steps from document to document."""
        query = f"SELECT rowid >> {_SHIFT} FROM passages WHERE passages MATCH ? ORDER BY rowid DESC"
        found = [map(itemgetter(0), self.connection.execute(query, (asked,))) for asked in each]
        ways = [map(itemgetter(0), groupby(numbers)) for numbers in found]
        at = [next(way, 0) for way in ways]
        while steps > 0 and (least := min(at)):
            if max(at) == least:
                yield least
                at = [next(way, 0) for way in ways]
                steps -= 1
            for number, way in enumerate(ways):
                while at[number] > least and steps > 0:
                    at[number] = next(way, 0)
                    steps -= 1

    def head(self, document: int) -> Place | None:
        """The passage in which a document says what it is."""
        query = f"SELECT {_COLUMNS}, 0.0 FROM passages WHERE rowid = ?"
        row = self.connection.execute(query, (document << _SHIFT,)).fetchone()
        return _place(row) if row else None

    def within(self, document: int, asked: str) -> Place | None:
        """The first passage of a document that an expression finds."""
        query = (
            f"SELECT {_COLUMNS}, 0.0 FROM passages WHERE passages MATCH ? AND rowid BETWEEN ? AND ? LIMIT 1"
        )
        first = document << _SHIFT
        row = self.connection.execute(query, (asked, first, first + _MOST - 1)).fetchone()
        return _place(row) if row else None

    def text(self, number: int) -> str | None:
        """The text of a passage, jointed as it is kept; None where it has gone. Raises `Unusable` where it is
        not as it was kept."""
        query = f"SELECT {PASSAGE} FROM passages WHERE rowid = ?"
        row = self.connection.execute(query, (number,)).fetchone()
        return str(checked(row)[-1]) if row else None

    def marked(self, number: int, asked: str) -> Pieces:
        """The text of a passage with what an expression finds marked; nothing where it finds nothing. Raises
        `Unusable` where it is not as it was kept."""
        if not asked:
            return ()
        query = f"SELECT {PASSAGE}, highlight(passages, {_TEXT}, '{_OPEN}', '{_CLOSE}') FROM passages"
        row = self.connection.execute(
            f"{query} WHERE passages MATCH ? AND rowid = ?", (asked, number)
        ).fetchone()
        return _pieces(row[-1]) if row and checked(row[:-1]) else ()

    def words_like(self, word: str) -> list[str]:
        """Words of the texts that begin with the first letter of a word."""
        first = word[:1]
        query = "SELECT term FROM words WHERE term >= ? AND term < ? LIMIT ?"
        rows = self.connection.execute(query, (first, first + "\U0010fffd", _WORDS_LOOKED_AT))
        return [str(term) for (term,) in rows]


# ---------------------------------------------------------------------- what is asked


def expression(terms: Sequence[Term]) -> str:
    """What finds the passages for which the words, kinds and topics of a group hold, and maybe more: the
    other keys are not known here."""
    told = [(term, asked) for term in terms if (asked := _asked(term))]
    holding = [f"({asked})" for term, asked in told if not term.negated]
    kinds = [kinds for term in terms if not term.negated and (kinds := _OF_KINDS.get(term.key))]
    holding += [f"({either(map(_kind, each))})" for each in kinds]
    found = " AND ".join(holding) or _quoted(_ANY)
    missing = [asked for term, asked in told if term.negated]
    return f"({found}) NOT ({either(missing)})" if missing else found


def words_of(terms: Iterable[Term]) -> list[str]:
    """What finds each of the words that must stand there."""
    return [asked for term in terms if not term.key and not term.negated and (asked := _asked(term))]


def missing_words_of(terms: Iterable[Term]) -> list[str]:
    """What finds each of the words that must not stand there."""
    return [asked for term in terms if not term.key and term.negated and (asked := _asked(term))]


def either(asked: Iterable[str]) -> str:
    """What finds any of several."""
    return " OR ".join(asked)


_OF_KINDS = {"verdict": ("claim",), "state": ("prediction",), "stale": ("claim", "indicator")}
"""Of what a key can hold at all."""


def _asked(term: Term) -> str:
    if not term.key:
        return either(_word(each) for each in wanted(term.value, term.exact))
    if term.key == "kind":
        return either(_kind(kind) for kind in fitting("kind", term.value))
    if term.key == "topic":
        return either(_quoted(_topic(topic)) for topic in fitting("topic", term.value))
    return ""


def _word(word: Wanted) -> str:
    return _quoted(" ".join(word.tokens)) + " *" * word.open


def _kind(kind: str) -> str:
    return _quoted(_KIND + kind)


def _topic(topic: str) -> str:
    return _TOPIC + topic.replace("-", "")


def _quoted(text: str) -> str:
    return f'"{text}"'


# ---------------------------------------------------------------------- rows


def _row(number: int, passage: Passage) -> tuple[object, ...]:
    facets = " ".join((_ANY, _KIND + passage.kind, *map(_topic, passage.topics)))
    plain = " ".join(filter(None, (unusual(passage.title), unusual(passage.text))))
    told = (" ".join(passage.topics), fold(passage.sources))
    place = (passage.item, passage.kind, passage.block, passage.date, *told)
    title, text = jointed(passage.title), jointed(passage.text)
    return (number, *place, seal_values((*place, text)), title, text, jointed(plain), facets)


def _place(row: Sequence[Any]) -> Place:
    number, item, kind, block, day, topics, sources, rank = row
    return Place(number, item, kind, block, day, _topics(topics), sources, rank)


@lru_cache(maxsize=100)
def _topics(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pieces(text: str) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    for part in unjointed(text).split(_OPEN):
        inside, close, after = part.partition(_CLOSE)
        if not close:
            inside, after = "", part
        pieces += [(inside, True), (after, False)]
    return tuple((piece, hit) for piece, hit in pieces if piece)
