"""diskcache made safe: no pickle is read, no file name followed, and nobody waited for long.

By itself it reads pickles from its rows, follows any file name that a row holds, and waits a minute for a
lock. Here rows hold nothing but text keys and bytes, and files have names of one form.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import time
from contextlib import suppress
from pathlib import Path

from diskcache import Cache, Disk
from diskcache.core import MODE_BINARY, MODE_RAW

from cache.connections import transaction

BUSY_MILLISECONDS = 500
_LARGEST_FILE = 250_000_000
_ABANDONED_SECONDS = 3600
_FILE_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{30}\.val")

_SETTINGS = {
    "eviction_policy": "least-recently-stored",  # for its index; `SafeCache` does it
    "cull_limit": 0,
    "statistics": 0,
    "sqlite_mmap_size": 0,  # a file that is cut while it is mapped would end the program
}


class UnsafeEntry(Exception):  # noqa: N818 - named for what is the case
    """A row of the cache that we did not write; nothing of it was read, run or removed."""


class SafeDisk(Disk):  # type: ignore[misc]
    """Keys are text and values bytes, in the row or in a file of our own naming; no pickle is ever read."""

    def put(self, key: object) -> tuple[str, bool]:
        """The columns of a key. Raises TypeError for what is no text."""
        if not isinstance(key, str):
            raise TypeError(f"a key must be text, not {type(key).__name__}")
        return key, True

    def get(self, key: object, raw: object) -> str:
        """The key in a row. Raises `UnsafeEntry`."""
        if raw != 1 or not isinstance(key, str):
            raise UnsafeEntry("a key is no text")
        return key

    def store(
        self, value: object, read: bool, key: object = None
    ) -> tuple[int, int, str | None, bytes | None]:
        """The columns of a value: size of its file, mode, file name, bytes. Raises TypeError."""
        if not isinstance(value, bytes) or read:
            raise TypeError(f"a value must be bytes, not {type(value).__name__}")
        if len(value) < self.min_file_size:
            return 0, MODE_RAW, None, value
        name, path = self.filename()
        Path(path).parent.mkdir(mode=0o700, exist_ok=True)
        _write(_confined(self._directory, name), value)
        return len(value), MODE_BINARY, name, None

    def fetch(self, mode: object, filename: object, value: object, read: bool) -> bytes:
        """The value of a row. Raises `UnsafeEntry`, and OSError where its file is gone."""
        if mode == MODE_RAW and isinstance(value, bytes) and not read:
            return value
        if mode == MODE_BINARY and value is None and not read:
            return _read(_confined(self._directory, filename))
        raise UnsafeEntry("a value is no plain bytes")

    def filename(self, key: object = None, value: object = None) -> tuple[str, str]:
        """A new name, and its path. The 256 folders stay: removing one would race with writers."""
        digits = os.urandom(16).hex()
        name = f"{digits[:2]}/{digits[2:]}.val"
        return name, str(Path(self._directory) / name)

    def remove(self, file_path: object) -> None:
        """Remove the file of a row, or nothing where it is not ours."""
        with suppress(OSError, UnsafeEntry):
            _confined(self._directory, file_path).unlink()


class SafeCache(Cache):  # type: ignore[misc]
    """diskcache's cache, with an eviction that stops at the limit and never takes the newest answer."""

    def __init__(self, folder: Path) -> None:
        """Raises anything where the file holds what is not of diskcache; nothing is left open then."""
        try:
            super().__init__(str(folder), timeout=BUSY_MILLISECONDS / 1000, disk=SafeDisk, **_SETTINGS)
            if not isinstance(self.size, int):
                raise UnsafeEntry("the settings are not ours")
        except BaseException:
            self.close()
            raise

    def shrink(self, limit: int) -> None:
        """Forget the answers stored longest ago until what is left keeps within `limit` bytes."""
        oldest = "SELECT key FROM Cache ORDER BY store_time, rowid LIMIT 2"
        while self.volume() > limit and len(keys := self._sql(oldest).fetchall()) == 2:
            self.delete(keys[0][0])


def tidy(folder: Path, connection: sqlite3.Connection) -> None:
    """Remove what can never be asked for from a file of diskcache in a folder, before it opens that. Raises
    `sqlite3.OperationalError` at once where diskcache would wait for a minute."""
    with transaction(connection):
        _forget_foreign(connection)
    _shrink_by_itself(connection)
    _sweep(folder, connection)


def _forget_foreign(connection: sqlite3.Connection) -> None:
    """Remove rows that can never be asked for, so that they neither stay nor push out others."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'Cache'").fetchone():
        connection.execute("DELETE FROM Cache WHERE raw IS NOT 1 OR typeof(key) IS NOT 'text'")


def _shrink_by_itself(connection: sqlite3.Connection) -> None:
    """Have the file give back what is freed: eviction goes by its size, and would never come to rest."""
    with suppress(sqlite3.OperationalError):  # another process may be at it right now
        if connection.execute("PRAGMA auto_vacuum").fetchone() != (1,):
            connection.execute("PRAGMA auto_vacuum = FULL")
            connection.execute("VACUUM")


def _sweep(folder: Path, connection: sqlite3.Connection) -> None:
    """Remove the files that no row names, as a killed program leaves them; young ones may be another's."""
    before = time.time() - _ABANDONED_SECONDS
    with suppress(sqlite3.OperationalError):  # a new file has no such table yet
        named = {name for (name,) in connection.execute("SELECT filename FROM Cache")}
        for path in folder.glob("??/*.val"):
            name = path.relative_to(folder).as_posix()
            with suppress(OSError, UnsafeEntry):
                if name not in named and _confined(folder, name).lstat().st_mtime < before:
                    path.unlink()


def _confined(directory: str | Path, filename: object) -> Path:
    """The path of a file that we could have named. Raises `UnsafeEntry`."""
    if not isinstance(filename, str) or not _FILE_NAME.fullmatch(filename):
        raise UnsafeEntry("a file name is not ours")
    path = Path(os.path.realpath(directory)) / filename
    if Path(os.path.realpath(path.parent)) != path.parent:
        raise UnsafeEntry("a file name leads elsewhere")
    return path


def _write(path: Path, value: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(value)


def _read(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST_FILE:
            raise UnsafeEntry("a value is no file of ours")
        return file.read()
