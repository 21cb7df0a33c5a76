"""What is read of a database file that cannot be used in place: a copy in memory."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from cache.aside import sidecars
from cache.connections import connect, distrust
from cache.schemas import NewerSchema, migrate, probe, version_of
from cache.troubles import result_code

COPY_BYTES = 128_000_000
"""Largest file that is copied to memory where it cannot be used in place."""


def copied(
    path: Path, schema: Sequence[str], check_same_thread: bool, thorough: bool
) -> sqlite3.Connection | None:
    """The rows of a file that cannot be used in place, in our newest schema, or None if unreadable."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=check_same_thread)
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= COPY_BYTES:
            _copy(path, memory)
            distrust(memory)
            probe(memory, schema, thorough=thorough)
            migrate(memory, schema)
            return memory
    except (sqlite3.Error, OSError, NewerSchema):
        pass
    memory.close()
    return None


def _copy(path: Path, memory: sqlite3.Connection) -> None:
    try:
        _back_up(path, "mode=ro", memory)
    except sqlite3.OperationalError as error:
        if result_code(error) == sqlite3.SQLITE_BUSY or any(sidecar.exists() for sidecar in sidecars(path)):
            raise
        _back_up(path, "mode=ro&immutable=1", memory)  # a read-only folder has no room for locks


def _back_up(path: Path, mode: str, memory: sqlite3.Connection) -> None:
    with closing(connect(path, mode, 0)) as source:
        source.execute("BEGIN")
        version_of(source)  # holds the read lock: `backup` would wait for it without end
        source.backup(memory)
