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

from cache.bodies import Bodies, are_sound, keep_within, stored, unpacked
from cache.store import StoreError

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
_OLDEST = "SELECT digest, stored FROM bodies WHERE stored > 0 ORDER BY kept, number"
_LET_GO = "UPDATE bodies SET stored = 0, body = NULL WHERE digest = ?"


class Kept(NamedTuple):
    """What is known of a body: its size in bytes, when it was kept (a moment), whether it still is."""

    digest: str
    size: int
    kept: int
    held: bool


class Evidence(Bodies):
    """The bodies of one store. Every method may raise `StoreError`; any thread may call it."""

    file, name, schema, most = FILE, "evidence", SCHEMA, LIMIT_BYTES

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
        body = unpacked(packed, digest, size) if 0 <= size <= _MORE_THAN_ANY_BODY else None
        if body is None:
            self._store.note(f"evidence: the body {digest[:12]} is not as it was kept; it counts as not held")
            with suppress(StoreError):  # so that it can be kept again
                self._store.write(lambda connection: connection.execute(_LET_GO, (digest,)))
        return body

    def held(self, digest: str) -> bool:
        """Whether the body is kept still; it is not looked at."""
        return (known := self.known(digest)) is not None and known.held

    def known(self, digest: str) -> Kept | None:
        """What is known of a body, also of one that had to go."""
        return self._store.read(partial(_known, digest=digest))

    def total(self) -> int:
        """Bytes of all bodies that are held, compressed."""
        return self._store.read(partial(stored, table="bodies"))


def is_sound(path: Path) -> bool:
    """Whether all bodies that a file holds are as they were kept; it is left as it is. Raises
    `sqlite3.Error`."""
    query = "SELECT digest, body FROM bodies WHERE body IS NOT NULL"
    return are_sound(path, query, _MORE_THAN_ANY_BODY)


def _within(packed: bytes, limit: int) -> tuple[int, bytes | None]:
    return (len(packed), packed) if len(packed) <= limit else (0, None)


def _keep(connection: sqlite3.Connection, row: tuple[object, ...], limit: int) -> None:
    connection.execute(
        """INSERT INTO bodies (digest, size, kept, stored, body) VALUES (?,?,?,?,?)
        ON CONFLICT (digest) DO UPDATE SET
            size = excluded.size, kept = excluded.kept, stored = excluded.stored, body = excluded.body
        WHERE body IS NULL AND excluded.body IS NOT NULL""",
        row,
    )
    keep_within(connection, limit, "bodies", oldest=_OLDEST, let_go=_LET_GO)


def _body(connection: sqlite3.Connection, digest: str) -> tuple[int, bytes] | None:
    query = "SELECT size, body FROM bodies WHERE digest = ? AND body IS NOT NULL"
    found: tuple[int, bytes] | None = connection.execute(query, (digest,)).fetchone()
    return found


def _known(connection: sqlite3.Connection, digest: str) -> Kept | None:
    query = "SELECT digest, size, kept, body IS NOT NULL FROM bodies WHERE digest = ?"
    found = connection.execute(query, (digest,)).fetchone()
    return Kept(found[0], found[1], found[2], bool(found[3])) if found else None
