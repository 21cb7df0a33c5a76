"""The bodies that vintages rest on, by their SHA-256: what a provider really said.

They have a file of their own beside the figures: bodies come and go and may fill hundreds of megabytes,
while the figures are copied, checked and mended whole, and must not suffer from damage to a body. Keep
the body first, then append the figures: what a kill leaves between the two is a body that nobody asks for.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cache.store import Store, Stored, StoreError

FILE = "evidence.db"

LIMIT_BYTES = 500_000_000
"""Compressed bodies that are kept; beyond it the oldest go, while their digest and date stay."""

SCHEMA = (
    """
    CREATE TABLE bodies (
        number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
        kept INTEGER NOT NULL, stored INTEGER NOT NULL, body BLOB);
    CREATE INDEX bodies_by_age ON bodies (kept, number) WHERE stored > 0;
    """,
)

_MORE_THAN_ANY_BODY = 1_000_000_000


class Kept(NamedTuple):
    """What is known of a body: its size in bytes, when it was kept (a moment), whether it still is."""

    digest: str
    size: int
    kept: int
    held: bool


class Evidence(Stored):
    """The bodies of one store. Every method may raise `StoreError`; any thread may call it."""

    def __init__(self, store: Store, limit: int = LIMIT_BYTES) -> None:
        super().__init__(store)
        self._limit = limit

    @classmethod
    def open(cls, folder: Path, *, limit: int = LIMIT_BYTES) -> Evidence:
        """Open or make the file in the folder of the store; `limit` is in bytes, compressed.

        Where the file cannot be used, bodies are kept in memory.
        """
        return cls(Store(folder / FILE, schema=SCHEMA, name="evidence"), limit)

    def keep(self, body: bytes, moment: int) -> str:
        """Keep a body, now, and return its digest; of one larger than the limit digest and date only."""
        digest = hashlib.sha256(body).hexdigest()
        if not self.held(digest):
            packed = zlib.compress(body)
            row = (digest, len(body), moment, *_within(packed, self._limit))
            self._store.write(partial(_keep, row=row, limit=self._limit))
        return digest

    def body(self, digest: str) -> bytes | None:
        """The body, or None where it is not held, or not as it was kept: then a note says so."""
        found = self._store.read(partial(_body, digest=digest))
        if found is None:
            return None
        size, packed = found
        body = _unpacked(packed, size)
        if body is None or hashlib.sha256(body).hexdigest() != digest:
            self._store.note(f"evidence: the body {digest[:12]} is not as it was kept; it counts as not held")
            with suppress(StoreError):  # so that it can be kept again
                self._store.write(partial(_let_go, digest=digest))
            return None
        return body

    def held(self, digest: str) -> bool:
        """Whether the body is kept still; it is not looked at."""
        return (known := self.known(digest)) is not None and known.held

    def known(self, digest: str) -> Kept | None:
        """What is known of a body, also of one that had to go."""
        return self._store.read(partial(_known, digest=digest))

    def total(self) -> int:
        """Bytes of all bodies that are held, compressed."""
        return self._store.read(_total)


def _within(packed: bytes, limit: int) -> tuple[int, bytes | None]:
    return (len(packed), packed) if len(packed) <= limit else (0, None)


def _unpacked(packed: object, size: int) -> bytes | None:
    """The body, never more than one byte longer than it should be: the file may have been tampered with."""
    if not isinstance(packed, bytes) or not 0 <= size <= _MORE_THAN_ANY_BODY:
        return None
    try:
        return zlib.decompressobj().decompress(packed, size + 1)
    except zlib.error:
        return None


def _keep(connection: sqlite3.Connection, row: tuple[object, ...], limit: int) -> None:
    connection.execute(
        """INSERT INTO bodies (digest, size, kept, stored, body) VALUES (?,?,?,?,?)
        ON CONFLICT (digest) DO UPDATE SET
            size = excluded.size, kept = excluded.kept, stored = excluded.stored, body = excluded.body
        WHERE body IS NULL AND excluded.body IS NOT NULL""",
        row,
    )
    excess = _total(connection) - limit
    if excess <= 0:
        return
    oldest = "SELECT digest, stored FROM bodies WHERE stored > 0 ORDER BY kept, number"
    for gone, stored in connection.execute(oldest).fetchall():
        if excess <= 0:
            break
        _let_go(connection, gone)
        excess -= stored


def _let_go(connection: sqlite3.Connection, digest: str) -> None:
    connection.execute("UPDATE bodies SET stored = 0, body = NULL WHERE digest = ?", (digest,))


def _body(connection: sqlite3.Connection, digest: str) -> tuple[int, bytes] | None:
    query = "SELECT size, body FROM bodies WHERE digest = ? AND body IS NOT NULL"
    found: tuple[int, bytes] | None = connection.execute(query, (digest,)).fetchone()
    return found


def _known(connection: sqlite3.Connection, digest: str) -> Kept | None:
    query = "SELECT digest, size, kept, body IS NOT NULL FROM bodies WHERE digest = ?"
    found = connection.execute(query, (digest,)).fetchone()
    return Kept(found[0], found[1], found[2], bool(found[3])) if found else None


def _total(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(sum(stored), 0) FROM bodies").fetchone()[0])
