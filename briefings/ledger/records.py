"""The tables of the verdicts file, and what is read from and written to them within one transaction.

All that is shown of a claim, and all that says when to judge it again, carries a seal. What does not fit
its own is passed over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from briefings.ledger.judged import (
    COLUMNS,
    SEALED,
    SHOWN,
    Row,
    Shown,
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
)

_SEALED = {"claims": SEALED.removeprefix("seal, "), "shown": SHOWN.removeprefix("seal, ")}
_CLAIM = f"shelf, {COLUMNS}, text, published, clocked, stamp, figures"
_MARKS = ", ".join("?" * len(_CLAIM.split(",")))


class Kept(NamedTuple):
    """A claim with what tells whether it has to be judged again."""

    row: Row
    text: str
    published: str
    clocked: bool
    stamp: str


class JudgedAnew(NamedTuple):
    """A claim to keep, with the figures that its verdict rests on."""

    kept: Kept
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

    # ------------------------------------------------------------------ reading

    def is_whole(self) -> bool:
        """Whether all claims are there, each as it was kept."""
        return is_whole(self._connection, self._shelf, "", sound_rows(self._connection, self._shelf, ""))

    def kept(self, document: str = "") -> list[Kept]:
        """The claims of a document, or all, by document and in the order of their ids."""
        return list(map(_kept, sound_rows(self._connection, self._shelf, document)))

    def hashes(self) -> dict[str, str]:
        """The hashes of the documents whose claims were judged, by the documents' ids."""
        query = "SELECT id, hash FROM documents WHERE shelf = ?"
        return dict(self._connection.execute(query, (self._shelf,)))

    def figures(self, claim: str) -> str:
        """The figures that a verdict rests on, packed; empty for a claim that is not there."""
        query = "SELECT figures FROM claims WHERE shelf = ? AND id = ?"
        found = self._connection.execute(query, (self._shelf, claim)).fetchone()
        return str(found[0]) if found else ""

    def last_shown(self, claim: str) -> Shown | None:
        """What a claim was last shown as; asked within the transaction, since others write here too."""
        query = f"SELECT {SHOWN} FROM shown WHERE claim = ? ORDER BY id DESC LIMIT 1"
        found = self._connection.execute(query, (claim,)).fetchone()
        return shown_of(found, sealed=is_sealed(self._connection)) if found else None

    # ------------------------------------------------------------------ writing

    def let_go(self) -> None:
        """Drop the claims that do not fit, wherever the indexes say they are, and what tells that a document
        was judged."""
        self._connection.execute("REINDEX claims")
        query = f"SELECT rowid, {SEALED} FROM claims NOT INDEXED"
        rows, sealed = self._connection.execute(query).fetchall(), is_sealed(self._connection)
        gone = [(row,) for row, seal, *values in rows if not fits(seal, values, sealed=sealed)]
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
        row, *rest = judged.kept
        joined = row._replace(series=" ".join(row.series))  # type: ignore[arg-type]
        return (self._shelf, *joined, *rest, judged.figures)


def _kept(values: Sequence[Any]) -> Kept:
    text, published, clocked, stamp = values[1 + len(Row._fields) :]
    return Kept(row_of(values), text, published, bool(clocked), stamp)
