"""What the reader did, kept between starts in one small private database: comfort, never content.

Nothing here stops anything: a damaged file is set aside, and where nothing can be written the same
holds in memory until the program ends. Two processes may write at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cache.database import open_database, transaction

FILE = "reader.db"

GONE_KEPT = 200
"""Choices of the go bar that are remembered."""

SCHEMA = ("CREATE TABLE gone (line TEXT PRIMARY KEY, number INTEGER, choice TEXT);",)


class State:
    """One connection to the state of the reader. `notes` says what opening it came upon."""

    def __init__(self, connection: sqlite3.Connection, notes: tuple[str, ...] = ()) -> None:
        self.connection = connection
        self.notes = notes

    @classmethod
    def open(cls, folder: Path) -> State:
        """Open or make the state in a folder."""
        opened = open_database(folder / FILE, schema=SCHEMA, name="history")
        return cls(opened.connection, opened.notes)

    def close(self) -> None:
        self.connection.close()

    def _write(self, *statements: tuple[str, Sequence[object]]) -> bool:
        """Run statements together, or, while that cannot be, none of them; whether they were run."""
        try:
            with transaction(self.connection):
                for query, values in statements:
                    self.connection.execute(query, values)
        except sqlite3.Error:
            return False
        return True

    # ------------------------------------------------------------------ the go bar

    def gone(self, most: int) -> list[str]:
        """What was chosen in the go bar, as it was kept, the last first."""
        with suppress(sqlite3.Error):
            rows = self.connection.execute("SELECT choice FROM gone ORDER BY number DESC LIMIT ?", (most,))
            return [str(row[0]) for row in rows]
        return []

    def keep_gone(self, line: str, choice: str) -> None:
        """Remember what was chosen, by the line that names it."""
        number = "(SELECT coalesce(max(number), 0) + 1 FROM gone)"
        oldest = "SELECT line FROM gone ORDER BY number DESC LIMIT -1 OFFSET ?"
        self._write(
            (f"INSERT OR REPLACE INTO gone VALUES (?, {number}, ?)", (line, choice)),
            (f"DELETE FROM gone WHERE line IN ({oldest})", (GONE_KEPT,)),
        )
