"""A connection to a database: how it is made, and how something is written with it, all or nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote


def connect(
    path: Path, mode: str, busy_milliseconds: int, check_same_thread: bool = True
) -> sqlite3.Connection:
    """A connection in autocommit mode to a file, opened as a query of its URI says (`mode=ro`).

    Raises `sqlite3.Error`.
    """
    connection = sqlite3.connect(
        f"file://{quote(os.fsencode(path))}?{mode}",
        uri=True,
        timeout=busy_milliseconds / 1000,
        isolation_level=None,
        check_same_thread=check_same_thread,
    )
    distrust(connection)
    return connection


def distrust(connection: sqlite3.Connection) -> None:
    """A file on disk is outside data: nothing in its schema may call functions with side effects."""
    connection.execute("PRAGMA trusted_schema = OFF")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Everything written within is kept together, or nothing of it.

    Raises `sqlite3.OperationalError` where the database stays locked or the disk is full.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends it by itself
            connection.execute("ROLLBACK")
        raise


def without_waiting(connection: sqlite3.Connection) -> AbstractContextManager[sqlite3.Connection]:
    """What is written within fails at once where another connection writes: for what may be left out."""
    return waiting(connection, 0)


@contextmanager
def waiting(connection: sqlite3.Connection, milliseconds: int) -> Iterator[sqlite3.Connection]:
    """What is written within waits so long for another connection that writes."""
    (before,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield connection
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(before)}")
