"""The tables of the verdicts file, and what is read from and written to them within one transaction.

All that is shown of a claim, and all that says when to judge it again, carries a seal. What does not fit
its own is passed over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, NamedTuple

from briefings.ledger.judged import (
    COLUMNS,
    SEALED,
    SHOWN,
    Row,
    Shown,
    bounds_of,
    is_whole,
    row_of,
    shown_of,
    sound_rows,
)
from cache.connections import transaction
from cache.seals import fits, is_sealed, seal_all, tolerant

SCHEMA = (
    """
    CREATE TABLE documents (shelf TEXT, id TEXT, hash TEXT, PRIMARY KEY (shelf, id)) WITHOUT ROWID;
    CREATE TABLE claims (
        shelf TEXT, id TEXT, document TEXT, method TEXT, word TEXT, then_word TEXT, why TEXT,
        measured REAL, sign TEXT, stated REAL, tolerance REAL, unit TEXT, period TEXT, newest TEXT,
        age INTEGER, is_open INTEGER, series TEXT, judged_on TEXT,
        text TEXT, published TEXT, clocked INTEGER, stamp TEXT, figures TEXT, PRIMARY KEY (shelf, id));
    CREATE INDEX claims_of ON claims (shelf, document);
    CREATE TABLE shown (
        id INTEGER PRIMARY KEY, claim TEXT, moment TEXT, word TEXT, then_word TEXT, measured REAL,
        because TEXT);
    CREATE INDEX shown_of ON shown (claim, id);
    """,
    "ALTER TABLE claims ADD COLUMN quantity TEXT NOT NULL DEFAULT '';",
    """
    ALTER TABLE claims ADD COLUMN seal INTEGER;
    ALTER TABLE shown ADD COLUMN seal INTEGER;
    ALTER TABLE documents ADD COLUMN claims INTEGER;
    """,
    "UPDATE documents SET hash = '';",
    """
    ALTER TABLE claims RENAME COLUMN seal TO row_seal;
    ALTER TABLE shown RENAME COLUMN seal TO row_seal;
    UPDATE claims SET row_seal = NULL;
    UPDATE shown SET row_seal = NULL;
    PRAGMA application_id = 0;
    """,
)

_SEALED = {"claims": SEALED, "shown": SHOWN}
_CLAIM = f"shelf, {COLUMNS}, text, published, clocked, stamp, figures"
_MARKS = ", ".join("?" * len(_CLAIM.split(",")))
_ID, _DOCUMENT, _SERIES = (1 + Row._fields.index(name) for name in ("id", "document", "series"))
_AFTER_ROW = 1 + len(Row._fields)


class Held(NamedTuple):
    """What of a claim that was judged tells whether it has to be judged again: the digest of its `text`, the
    day its document was `published`, whether the day of judging matters, and the `stamp` of all else that its
    verdict rests on. `series` are those that it names, with blanks between them."""

    document: str
    series: str
    text: str
    published: str
    clocked: bool
    stamp: str


class JudgedAnew(NamedTuple):
    """A claim to keep, with the figures that its verdict rests on."""

    row: Row
    held: Held
    figures: str


def prepare(connection: sqlite3.Connection) -> None:
    """Have a connection read any text, and seal what was kept before there were seals."""
    connection.text_factory = tolerant
    with suppress(sqlite3.Error):  # where nothing can be written, or is damaged, reading will tell
        if not is_sealed(connection):
            with transaction(connection):
                seal_all(connection, _SEALED)


class Records:
    """The claims of one shelf, and what all claims were shown as, through a connection in use."""

    def __init__(self, connection: sqlite3.Connection, shelf: str) -> None:
        self._connection = connection
        self._shelf = shelf

    @cached_property
    def _sealed(self) -> bool:
        return is_sealed(self._connection)

    # ------------------------------------------------------------------ reading

    def rows(self, document: str = "") -> list[Row]:
        """The claims of a document, or all, by document and in the order of their ids."""
        return list(map(row_of, sound_rows(self._connection, self._shelf, document)))

    def held(self) -> tuple[dict[str, Held], bool]:
        """All claims by id, and whether all are there, each as it was kept."""
        found = sound_rows(self._connection, self._shelf, "")
        return dict(map(_held, found)), is_whole(self._connection, self._shelf, "", found)

    def hashes(self) -> dict[str, str]:
        """The hashes of the documents whose claims were judged, by the documents' ids."""
        query = "SELECT id, hash FROM documents WHERE shelf = ?"
        return dict(self._connection.execute(query, (self._shelf,)))

    def figures(self, claim: str) -> str:
        """The figures that a verdict rests on, packed; empty for a claim that is not there."""
        query = "SELECT figures FROM claims WHERE shelf = ? AND id = ?"
        found = self._connection.execute(query, (self._shelf, claim)).fetchone()
        return str(found[0]) if found else ""

    def last_shown(self, document: str) -> dict[str, Shown]:
        """What each claim of a document was last shown as; asked within the transaction, since others write
        here too."""
        last = "SELECT max(id) FROM shown WHERE claim >= ? AND claim < ? GROUP BY claim"
        query = f"SELECT {SHOWN} FROM shown WHERE id IN ({last})"
        rows = self._connection.execute(query, bounds_of(document))
        found = (shown_of(row, sealed=self._sealed) for row in rows)
        return {shown.claim: shown for shown in found if shown}

    # ------------------------------------------------------------------ writing

    def let_go(self) -> None:
        """Drop the claims that do not fit, wherever the indexes say they are, and what tells that a document
        was judged."""
        self._connection.execute("REINDEX claims")
        query = f"SELECT rowid, {SEALED} FROM claims NOT INDEXED"
        rows = self._connection.execute(query).fetchall()
        gone = [(row,) for row, seal, *values in rows if not fits(seal, values, sealed=self._sealed)]
        self._connection.executemany("DELETE FROM claims WHERE rowid = ?", gone)
        self._connection.execute("DELETE FROM documents WHERE shelf = ?", (self._shelf,))

    def drop(self, claims: Iterable[str]) -> None:
        """Drop claims; what they were shown as stays."""
        ids = ((self._shelf, claim) for claim in claims)
        self._connection.executemany("DELETE FROM claims WHERE shelf = ? AND id = ?", ids)

    def keep(self, judged: Iterable[JudgedAnew], shown: Iterable[Shown]) -> None:
        """Keep claims in the place of what they were, and what some are shown as from now on."""
        query = f"INSERT OR REPLACE INTO claims ({_CLAIM}) VALUES ({_MARKS})"
        self._connection.executemany(query, (self._values(each) for each in judged))
        self._connection.executemany(
            "INSERT INTO shown (claim, moment, word, then_word, measured, because) VALUES (?, ?, ?, ?, ?, ?)",
            ((each.claim, each.moment.isoformat(), *each[2:]) for each in shown),
        )
        seal_all(self._connection, _SEALED)

    def remember(self, documents: Mapping[str, str]) -> None:
        """Note the hashes of all documents, and how many claims are kept of each."""
        self._connection.execute("DELETE FROM documents WHERE shelf = ?", (self._shelf,))
        counted = "(SELECT count(*) FROM claims WHERE shelf = ? AND document = ?)"
        self._connection.executemany(
            f"INSERT INTO documents VALUES (?, ?, ?, {counted})",
            ((self._shelf, name, digest, self._shelf, name) for name, digest in documents.items()),
        )

    def _values(self, judged: JudgedAnew) -> tuple[object, ...]:
        _, series, *rest = judged.held
        joined = judged.row._replace(series=series)  # type: ignore[arg-type]
        return (self._shelf, *joined, *rest, judged.figures)


def _held(values: Sequence[Any]) -> tuple[str, Held]:
    text, published, clocked, stamp = values[_AFTER_ROW:]
    return values[_ID], Held(values[_DOCUMENT], values[_SERIES], text, published, bool(clocked), stamp)
