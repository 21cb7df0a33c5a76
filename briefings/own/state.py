"""What the reader did, kept between starts in one small private database: comfort, never content.

Nothing here stops anything: a damaged file is set aside, and where nothing can be written the same
holds in memory until the program ends. Two processes may write at once. Moments are in UTC.

Rows have no seals. A bit that flips costs the place, the letter or the title that it is in: a page that
cannot be read any more leads nowhere, a section of another stamp counts as unread, and no text, figure or
verdict is ever taken from here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from cache.connections import transaction
from cache.database import discard, open_database
from cache.seals import tolerant
from cache.troubles import is_damage, misses_something, reason_of

FILE = "reader.db"

DRAFTS = "drafts"
"""The folder beside it in which drafts of notes are."""

GONE_KEPT = 200
"""Choices of the go bar that are remembered."""

VISITS_KEPT = 2_000
"""Pages that are remembered."""

READ_KEPT = 50_000
"""Sections that are known to be read."""

SCHEMA = (
    "CREATE TABLE gone (line TEXT PRIMARY KEY, number INTEGER, choice TEXT);",
    """
    CREATE TABLE visits (number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT, title TEXT, page TEXT);
    CREATE TABLE marks (letter TEXT PRIMARY KEY, at TEXT, title TEXT, page TEXT);
    CREATE TABLE read (section TEXT PRIMARY KEY, stamp TEXT, at TEXT);
    CREATE TABLE last (name TEXT PRIMARY KEY, value TEXT);
    """,
)


class Visited(NamedTuple):
    """A page that was left at a moment, as it was kept."""

    number: int
    at: str
    title: str
    page: str


class Marked(NamedTuple):
    """A page under a letter."""

    letter: str
    at: str
    title: str
    page: str


class State:
    """One connection to the state of the reader. `notes` says what it came upon so far, and `refusal` why
    what was last to be kept was not, in words; empty where it was."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.refusal = ""
        self._open()

    def _open(self) -> None:
        opened = open_database(self._path, schema=SCHEMA, name="history")
        self.connection, self.notes = opened.connection, opened.notes
        self.connection.text_factory = tolerant  # a text that is none must not hide all others
        self._file = _file_at(self._path)

    @classmethod
    def open(cls, folder: Path) -> State:
        """Open or make the state in a folder."""
        return cls(folder / FILE)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._mend(error)
        return []

    def _mend(self, error: sqlite3.Error) -> bool:
        """Begin a new file where damage was met, and say so in `notes`; whether that was it."""
        if not (is_damage(error) or misses_something(error)):
            return False
        self.connection.close()
        with suppress(OSError):  # another program was faster, or nothing can be written: opening will tell
            self.notes = (*self.notes, discard(self._path, name="history"))
        told = self.notes
        self._open()
        self.notes = (*told, *self.notes)
        return True

    def _write(self, *statements: tuple[str, Sequence[object]]) -> bool:
        """Run statements together, or, while that cannot be, none of them; whether they were run."""
        self._find_again()
        try:
            try:
                self._run(statements)
            except sqlite3.Error as error:
                if not self._mend(error):
                    raise
                self._run(statements)
        except sqlite3.Error as error:
            self.refusal = reason_of(error)
            return False
        self.refusal = ""
        return True

    def _run(self, statements: Iterable[tuple[str, Sequence[object]]]) -> None:
        with transaction(self.connection):
            for query, values in statements:
                self.connection.execute(query, values)

    def _find_again(self) -> None:
        """Open the file anew where another, or none, has its name by now: what is written is kept there."""
        if self._file is not None and _file_at(self._path) != self._file:
            self.connection.close()
            self._open()

    # ------------------------------------------------------------------ the go bar

    def gone(self, most: int) -> list[str]:
        """What was chosen in the go bar, as it was kept, the last first."""
        rows = self._rows("SELECT choice FROM gone ORDER BY number DESC LIMIT ?", most)
        return [str(row[0]) for row in rows]

    def keep_gone(self, line: str, choice: str) -> None:
        """Remember what was chosen, by the line that names it."""
        number = "(SELECT coalesce(max(number), 0) + 1 FROM gone)"
        oldest = "SELECT line FROM gone ORDER BY number DESC LIMIT -1 OFFSET ?"
        self._write(
            (f"INSERT OR REPLACE INTO gone VALUES (?, {number}, ?)", (line, choice)),
            (f"DELETE FROM gone WHERE line IN ({oldest})", (GONE_KEPT,)),
        )

    # ------------------------------------------------------------------ pages

    def visits(self, most: int) -> list[Visited]:
        """The pages that were left, the last first."""
        query = "SELECT number, at, title, page FROM visits ORDER BY number DESC LIMIT ?"
        return [Visited._make(row) for row in self._rows(query, most)]

    def visit(self, number: int) -> Visited | None:
        """One of them."""
        rows = self._rows("SELECT number, at, title, page FROM visits WHERE number = ?", number)
        return Visited._make(rows[0]) if rows else None

    def keep_visit(self, at: str, title: str, page: str) -> None:
        """Remember a page that is left."""
        oldest = "SELECT max(number) - ? FROM visits"
        self._write(
            ("INSERT INTO visits (at, title, page) VALUES (?, ?, ?)", (at, title, page)),
            (f"DELETE FROM visits WHERE number <= ({oldest})", (VISITS_KEPT,)),
        )

    def marks(self) -> list[Marked]:
        """The marks by their letters."""
        query = "SELECT letter, at, title, page FROM marks ORDER BY letter COLLATE NOCASE, letter"
        return [Marked._make(row) for row in self._rows(query)]

    def mark(self, letter: str) -> Marked | None:
        """The mark of a letter."""
        rows = self._rows("SELECT letter, at, title, page FROM marks WHERE letter = ?", letter)
        return Marked._make(rows[0]) if rows else None

    def keep_mark(self, mark: Marked) -> bool:
        """Put a letter on a page; whether that could be kept."""
        return self._write(("INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?)", mark))

    def drop_mark(self, letter: str) -> bool:
        """Take a letter away; whether that could be kept."""
        return self._write(("DELETE FROM marks WHERE letter = ?", (letter,)))

    # ------------------------------------------------------------------ what was read

    def read(self, document: str) -> dict[str, str]:
        """The sections of a document that were read, by their ids, with the stamps of their texts."""
        first = f"{document}#"
        query = "SELECT section, stamp FROM read WHERE section >= ? AND section < ?"
        rows = self._rows(query, first, first[:-1] + "$")
        return {str(section)[len(first) :]: str(stamp) for section, stamp in rows}

    def keep_read(self, at: str, document: str, stamps: Iterable[tuple[str, str]]) -> None:
        """Note that sections with texts of these stamps were read."""
        oldest = "SELECT section FROM read ORDER BY at DESC LIMIT -1 OFFSET ?"
        self._write(
            *(
                ("INSERT OR REPLACE INTO read VALUES (?, ?, ?)", (f"{document}#{section}", stamp, at))
                for section, stamp in stamps
            ),
            (f"DELETE FROM read WHERE section IN ({oldest})", (READ_KEPT,)),
        )

    def put_read(self, at: str, document: str, stamps: Iterable[tuple[str, str]]) -> bool:
        """Have these sections of a document read, with these stamps, and no others."""
        first = f"{document}#"
        return self._write(
            ("DELETE FROM read WHERE section >= ? AND section < ?", (first, first[:-1] + "$")),
            *(
                ("INSERT OR REPLACE INTO read VALUES (?, ?, ?)", (f"{first}{section}", stamp, at))
                for section, stamp in stamps
            ),
        )

    # ------------------------------------------------------------------ what was last

    def last(self, name: str) -> str:
        """A value that was kept under a name; empty for none."""
        rows = self._rows("SELECT value FROM last WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    def keep_last(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._write(("INSERT OR REPLACE INTO last VALUES (?, ?)", (name, value)))


def _file_at(path: Path) -> tuple[int, int] | None:
    """What tells the file of a name from another that has the name later; None where there is none."""
    with suppress(OSError):
        status = path.stat()
        return status.st_dev, status.st_ino
    return None
