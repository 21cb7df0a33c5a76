"""A database in memory that lies over one on disk: it holds what differs from it, and what of it is hidden.

There the bare name of a table means both together. `main.` and the name is what was written above, and
`base.` and the name what lies below, as it was when the overlay was made, whatever is written there since.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from cache.database import BUSY_MILLISECONDS
from cache.paths import is_no_file

_OLDEST = (3, 40)
"""Whether earlier versions of SQLite join tables that lie over each other by their indexes is not known."""


def overlay(
    below: sqlite3.Connection, *, schema: Sequence[str], shining: Mapping[str, str]
) -> sqlite3.Connection | None:
    """An empty database of a schema over the file of a connection. `shining` are the tables of the file
    that are seen through it, each with the condition of the rows that are, on the tables above.

    None where the file cannot be held as it is while others write: in memory, or without a log. What is
    below is held in a transaction that ends with the connection; there can be no other one.
    """
    path = _file_of(below)
    if not path or sqlite3.sqlite_version_info < _OLDEST:
        return None
    made = sqlite3.connect(
        ":memory:",
        uri=True,
        isolation_level=None,
        timeout=BUSY_MILLISECONDS / 1000,
        check_same_thread=False,  # so that whichever thread drops the last use of it can close it
    )
    try:
        made.executescript("".join(schema))
        _lay_over(made, path, shining)
    except sqlite3.Error:
        made.close()
        return None
    return made


def copy_in_memory(connection: sqlite3.Connection, name: str = "main") -> sqlite3.Connection:
    """A copy of a database of a connection, `base` for what lies below an overlay."""
    memory = sqlite3.connect(
        ":memory:",
        isolation_level=None,
        check_same_thread=False,  # as above
    )
    connection.backup(memory, name=name)
    return memory


def _file_of(connection: sqlite3.Connection) -> str:
    """The path of a database that has a log; empty without one, or where the file is no longer there."""
    if connection.execute("PRAGMA main.journal_mode").fetchone() != ("wal",):
        return ""
    databases = connection.execute("PRAGMA database_list").fetchall()
    path = next(str(path) for _, name, path in databases if name == "main")
    return "" if is_no_file(Path(path)) else path  # a pipe that took its place would never be opened


def _lay_over(connection: sqlite3.Connection, path: str, shining: Mapping[str, str]) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")  # what is on disk is outside data
    connection.execute("ATTACH ? AS base", (f"file://{quote(os.fsencode(path))}?mode=ro",))
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM base.sqlite_master").fetchone()  # from here on it is held
    for table, condition in shining.items():
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM base.{table} WHERE {condition}"
            f" UNION ALL SELECT * FROM main.{table}"
        )
