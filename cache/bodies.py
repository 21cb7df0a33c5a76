"""Compressed bodies in a file of their own, within a limit: what a damaged one comes to, and which go."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import ClassVar, Self

from cache.database import open_reader
from cache.store import Store, Stored


class Bodies(Stored):
    """Bodies in a `file` of a store with these tables, `most` bytes of them, compressed; notes call them by
    the `name`. Every method may raise `StoreError`; any thread may call it."""

    file: ClassVar[str]
    name: ClassVar[str]
    schema: ClassVar[tuple[str, ...]]
    most: ClassVar[int]

    def __init__(self, store: Store, limit: int) -> None:
        super().__init__(store)
        self._limit = limit

    @classmethod
    def open(cls, folder: Path, *, limit: int | None = None) -> Self:
        """Open or make the file in the folder of the store; `limit` is in bytes, compressed.

        Where the file cannot be used, bodies are kept in memory.
        """
        store = Store(folder / cls.file, schema=cls.schema, name=cls.name)
        return cls(store, cls.most if limit is None else limit)


def unpacked(packed: object, digest: str, most: int) -> bytes | None:
    """The body with a SHA-256, of at most so many bytes; None where it is not as it was kept: the file may
    be damaged, or have been tampered with."""
    if not isinstance(packed, bytes):
        return None
    from hashlib import sha256  # 4 ms, needed only where a body is read

    try:
        body = zlib.decompressobj().decompress(packed, most + 1)
    except zlib.error:
        return None
    return body if sha256(body).hexdigest() == digest else None


def are_sound(path: Path, query: str, most: int) -> bool:
    """Whether all bodies of a file are as they were kept: a query lists their digests and them. The file is
    left as it is. Raises `sqlite3.Error`."""
    with closing(open_reader(path)) as connection:
        rows = connection.execute(query)
        return all(unpacked(body, digest, most) is not None for digest, body in rows)


def stored(connection: sqlite3.Connection, table: str) -> int:
    """Bytes of all bodies of a table, compressed: what its column `stored` adds up to."""
    return int(connection.execute(f"SELECT coalesce(sum(stored), 0) FROM {table}").fetchone()[0])


def keep_within(connection: sqlite3.Connection, limit: int, table: str, *, oldest: str, let_go: str) -> None:
    """Have bodies of a table go until the others keep within a limit of bytes. `oldest` asks for the name and
    the bytes of each that may go, in their order; `let_go` takes a name."""
    excess = stored(connection, table) - limit
    if excess <= 0:
        return
    for name, size in connection.execute(oldest).fetchall():
        if excess <= 0:
            break
        connection.execute(let_go, (name,))
        excess -= size
