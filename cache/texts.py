"""The texts that files of libraries have had, each with the day on which it was first seen.

A file that has gone leaves an empty text behind, so that it is told from one that was not there yet.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cache.bodies import Bodies, are_sound, keep_within, unpacked

FILE = "texts.db"

LIMIT_BYTES = 200_000_000
"""Compressed texts that are kept; beyond it the oldest go, but never the newest of a file."""

SCHEMA = (
    """
    CREATE TABLE texts (
        number INTEGER PRIMARY KEY AUTOINCREMENT, folder TEXT NOT NULL, relative TEXT NOT NULL,
        day TEXT NOT NULL, digest TEXT NOT NULL, stored INTEGER NOT NULL, body BLOB NOT NULL);
    CREATE INDEX texts_of ON texts (folder, relative, number);
    CREATE TABLE begun (folder TEXT PRIMARY KEY, day TEXT NOT NULL);
    """,
    "DROP TABLE begun;",
    """
    DROP INDEX texts_of;
    CREATE INDEX texts_known ON texts (folder, relative, number, day, digest);
    """,
    """
    CREATE INDEX texts_by_size ON texts (stored);
    CREATE TABLE complete (library TEXT PRIMARY KEY, revision TEXT NOT NULL);
    """,
)

_MORE_THAN_ANY_TEXT = 100_000_000
_LAST = "number IN (SELECT max(number) FROM texts GROUP BY folder, relative)"
_OLDEST = f"SELECT number, stored FROM texts WHERE NOT {_LAST} ORDER BY number"
_LET_GO = "DELETE FROM texts WHERE number = ?"
_ONE = "folder = ? AND relative = ?"
_ANOTHER_SINCE = """folder = ? AND relative IN (
    SELECT relative FROM texts WHERE folder = ? GROUP BY relative HAVING count(*) > 1 AND max(day) > ?)"""


class Text(NamedTuple):
    """A text of a file: `folder` names a library, `day` is the ISO date of its first sight, in UTC, and
    `digest` its SHA-256; empty where the file had gone."""

    number: int
    folder: str
    relative: str
    day: str
    digest: str


class Seen(NamedTuple):
    """A text to keep; `body` is empty for a file that has gone."""

    folder: str
    relative: str
    digest: str
    body: bytes


class Texts(Bodies):
    """The texts of one store. Every method may raise `StoreError`."""

    file, name, schema, most = FILE, "texts", SCHEMA, LIMIT_BYTES

    def keep(self, seen: Iterable[Seen], day: str) -> None:
        """Keep texts as first seen on a day, all or none; of a file seen so already nothing is kept."""
        rows = [(each, zlib.compress(each.body) if each.digest else b"") for each in seen]
        self._store.write(partial(_keep, rows=rows, day=day, limit=self._limit))

    def complete(self, library: str, revision: str) -> None:
        """Note that all texts of a library are held, up to a revision of it."""
        query = "INSERT OR REPLACE INTO complete VALUES (?, ?)"
        self._store.write(lambda connection: connection.execute(query, (library, revision)))

    def completed(self, library: str) -> str:
        """Up to which revision all texts of a library are held; empty where that is not known."""
        query = "SELECT revision FROM complete WHERE library = ?"
        found = self._store.read(lambda connection: connection.execute(query, (library,)).fetchone())
        return str(found[0]) if found else ""

    def digests(self, folder: str) -> dict[str, str]:
        """The digest of the last text of each file of a folder, by relative path."""
        query = "SELECT relative, digest FROM texts WHERE folder = ? ORDER BY relative, number"
        return self._store.read(lambda connection: dict(connection.execute(query, (folder,))))

    def of(self, folder: str, relative: str) -> list[Text]:
        """Every text of a file that is held, in the order in which they were seen."""
        return self._store.read(partial(_texts, condition=_ONE, values=(folder, relative)))

    def another_since(self, folder: str, day: str) -> list[Text]:
        """Every text of those files of a folder that have several, the last of them first seen after a
        day, in that order."""
        return self._store.read(partial(_texts, condition=_ANOTHER_SINCE, values=(folder, folder, day)))

    def body(self, number: int) -> bytes | None:
        """The bytes of a text; None where they are not held any more, or not as they were kept: then a note
        says so."""
        found = self._store.read(partial(_body, number=number))
        if found is None:
            return None
        text, packed = found
        body = unpacked(packed, text.digest, _MORE_THAN_ANY_TEXT)
        if body is None:
            words = f"the text of {text.relative} of {text.day} is not as it was kept, and is left out"
            self._store.note(f"texts: {words}")
        return body


def is_sound(path: Path) -> bool:
    """Whether all texts that a file holds are as they were kept; it is left as it is. Raises
    `sqlite3.Error`."""
    query = "SELECT digest, body FROM texts WHERE digest <> ''"
    return are_sound(path, query, _MORE_THAN_ANY_TEXT)


def _keep(connection: sqlite3.Connection, rows: Sequence[tuple[Seen, bytes]], day: str, limit: int) -> None:
    newest = f"SELECT digest FROM texts WHERE {_ONE} ORDER BY number DESC LIMIT 1"
    for seen, packed in rows:
        held = connection.execute(newest, (seen.folder, seen.relative)).fetchone() or ("",)
        if held != (seen.digest,):
            connection.execute(
                "INSERT INTO texts (folder, relative, day, digest, stored, body) VALUES (?, ?, ?, ?, ?, ?)",
                (seen.folder, seen.relative, day, seen.digest, len(packed), packed),
            )
    keep_within(connection, limit, "texts", oldest=_OLDEST, let_go=_LET_GO)


def _texts(connection: sqlite3.Connection, condition: str, values: Sequence[str] = ()) -> list[Text]:
    query = f"SELECT number, folder, relative, day, digest FROM texts WHERE {condition} ORDER BY number"
    return [Text._make(row) for row in connection.execute(query, values)]


def _body(connection: sqlite3.Connection, number: int) -> tuple[Text, object] | None:
    query = "SELECT number, folder, relative, day, digest, body FROM texts WHERE number = ?"
    found = connection.execute(query, (number,)).fetchone()
    return (Text._make(found[:-1]), found[-1]) if found and found[-1] else None
