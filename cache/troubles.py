"""What an error of SQLite or of the disk comes to, in plain words and by kind."""

from __future__ import annotations

import sqlite3

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NO_TEXT = "Could not decode to UTF-8"
"""How Python's module begins to say that a text in a row is none; it has no code for that."""

_TAKES_NOTHING = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
)
HELD = "another program is using the file"

_REASONS = {
    sqlite3.SQLITE_BUSY: HELD,
    sqlite3.SQLITE_LOCKED: HELD,
    sqlite3.SQLITE_PROTOCOL: "the file cannot be locked",
    sqlite3.SQLITE_NOLFS: "the file cannot be locked",
    sqlite3.SQLITE_IOERR: "the disk does not let the file be read, written or locked",
    sqlite3.SQLITE_FULL: "there is no space on the disk",
    sqlite3.SQLITE_READONLY: "the file cannot be written",
    sqlite3.SQLITE_PERM: "the file cannot be written",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
}


class Unusable(sqlite3.DatabaseError):
    """A sound database, but not one of ours."""


def is_damage(error: Exception) -> bool:
    """Whether an error says that the file itself is damaged or not ours, rather than out of reach."""
    is_no_text = isinstance(error, sqlite3.OperationalError) and str(error).startswith(_NO_TEXT)
    return isinstance(error, Unusable) or is_no_text or result_code(error) in _DAMAGE


def misses_something(error: Exception) -> bool:
    """Whether an error says that a table or a column is not there; in a file of ours that is damage."""
    return result_code(error) == sqlite3.SQLITE_ERROR and str(error).startswith("no such ")


def takes_nothing(error: Exception) -> bool:
    """Whether an error says that the disk takes nothing more, while what it holds may well be read."""
    return result_code(error) in _TAKES_NOTHING


def reason_of(error: Exception) -> str:
    """What an error of SQLite or of the disk comes to, in plain words."""
    if isinstance(error, BlockingIOError):
        return HELD
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}" if error.strerror else str(error)
    return _REASONS.get(result_code(error), str(error))


def result_code(error: BaseException) -> int:
    """The primary result code of SQLite, 0 where there is none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
