"""What providers answered, so that they are asked for no body twice. May be deleted, and forgets.

It rests on diskcache, which by itself reads pickles from its rows, follows any file name that a row
holds, and waits a minute for a lock. Here rows hold nothing but text keys and framed bytes, files
have names of one form, and what does not fit is forgotten and noted. Open it in the thread that uses
it, not in the one that draws: it takes some 50 ms.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Protocol, TypeVar

from diskcache import Cache, Disk, Timeout
from diskcache.core import DBNAME, MODE_BINARY, MODE_RAW

from cache.aside import lock, set_aside
from cache.database import open_database, transaction
from cache.records import Damaged, Record, decode, encode
from cache.troubles import is_damage, reason_of, result_code

LIMIT_BYTES = 300_000_000
"""Beyond this the answers that were stored longest ago go."""

_BUSY_MILLISECONDS = 500
_LARGEST_FILE = 250_000_000
_ABANDONED_SECONDS = 3600
_FILE_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{30}\.val")

_SETTINGS = {
    "eviction_policy": "least-recently-stored",  # for its index; `_SafeCache` does it
    "cull_limit": 0,
    "statistics": 0,
    "sqlite_mmap_size": 0,  # a file that is cut while it is mapped would end the program
}

Result = TypeVar("Result")


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


class _SafeCache(Cache):  # type: ignore[misc]
    """diskcache's cache, with an eviction that stops at the limit and never takes the newest answer."""

    def __init__(self, folder: Path) -> None:
        """Raises anything where the file holds what is not of diskcache; nothing is left open then."""
        try:
            super().__init__(str(folder), timeout=_BUSY_MILLISECONDS / 1000, disk=SafeDisk, **_SETTINGS)
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


class _Backend(Protocol):
    """What is used of diskcache's `Cache`."""

    def get(self, key: str) -> bytes | None: ...
    def set(self, key: str, value: bytes) -> bool: ...
    def delete(self, key: str) -> object: ...
    def transact(self) -> AbstractContextManager[None]: ...
    def volume(self) -> int: ...
    def shrink(self, limit: int) -> None: ...
    def close(self) -> None: ...


class Responses:
    """Answers by the key of their request. Nothing here raises for the state of the disk: what cannot
    be read is a miss, what cannot be written is not kept, and `notes` say why."""

    def __init__(self, folder: Path, limit: int = LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit = limit
        self._lock = RLock()
        self._notes: list[str] = []
        self._cache: _Backend = self._opened()

    @classmethod
    def open(cls, folder: Path, *, limit: int = LIMIT_BYTES) -> Responses:
        """Open or make the folder, of which nothing else may be in use; `limit` is in bytes.

        What is damaged is set aside. Where the folder cannot be used, answers are kept in memory.
        """
        return cls(folder, limit)

    @property
    def kept(self) -> bool:
        """Whether answers outlive the program."""
        return not isinstance(self._cache, _Memory)

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong so far, in plain words."""
        return tuple(self._notes)

    def get(self, key: str) -> Record | None:
        """The answer to a request, or None."""
        return self._try(lambda cache: self._get(cache, key), None)

    def put(self, record: Record) -> bool:
        """Keep an answer in place of the one before. False where it was not kept."""
        return self._try(lambda cache: self._put(cache, record), False)

    def touch(self, key: str, checked: int, headers: Iterable[tuple[str, str]] = ()) -> bool:
        """Note that the answer was confirmed at a moment, with newer headers. False where it is not held."""

        def confirm(cache: _Backend) -> bool:
            with cache.transact():
                record = self._get(cache, key)
                return record is not None and self._put(cache, record.confirmed(checked, headers))

        return self._try(confirm, False)

    def size(self) -> int:
        """Bytes on disk, about."""
        return self._try(lambda cache: int(cache.volume()), 0)

    def close(self) -> None:
        """Close what this thread has open."""
        self._cache.close()

    def _get(self, cache: _Backend, key: str) -> Record | None:
        try:
            data = cache.get(key)
            record = None if data is None else decode(data)
            if record and record.key != key:
                raise Damaged("it answers another request")
            return record
        except (UnsafeEntry, Damaged) as error:
            self._note(f"an entry was forgotten: {error}")
            cache.delete(key)
            return None

    def _put(self, cache: _Backend, record: Record) -> bool:
        kept = cache.set(record.key, encode(record))
        cache.shrink(self._limit)
        return kept

    def _try(self, action: Callable[[_Backend], Result], otherwise: Result) -> Result:
        with self._lock:
            try:
                return action(self._cache)
            except Timeout:
                self._note("another program is using the file")
            except UnsafeEntry as error:
                self._note(f"an answer was not kept: {error}")
            except (sqlite3.Error, OSError) as error:
                if is_damage(error):
                    self._begin_again()
                else:
                    self._note(reason_of(error))
            return otherwise

    def _begin_again(self) -> None:
        self._cache.close()
        self._cache = self._opened(thorough=True)

    def _opened(self, thorough: bool = False) -> _Backend:
        """The cache, after what diskcache does not do: private, never in wait, and free of damage."""
        try:
            return _SafeCache(self._folder) if self._prepared(thorough) else _Memory()
        except Exception as error:  # what a file holds that is not of diskcache may end in anything
            if _is_surroundings(error):
                return self._in_memory(error)
            if isinstance(error, sqlite3.DatabaseError) and is_damage(error) and not thorough:
                return self._opened(thorough=True)
        try:
            with lock(self._folder, _BUSY_MILLISECONDS):
                name = set_aside(self._folder / DBNAME)
            self._note(f"the cache was not ours; it was set aside as {name}")
            return _SafeCache(self._folder) if self._prepared(thorough) else _Memory()
        except (sqlite3.Error, OSError) as error:
            return self._in_memory(error)

    def _in_memory(self, error: Exception) -> _Backend:
        self._note(f"{reason_of(error)}; what comes now is not kept")
        return _Memory()

    def _prepared(self, thorough: bool) -> bool:
        opened = open_database(
            self._folder / DBNAME,
            schema=(),
            name="responses",
            busy_milliseconds=_BUSY_MILLISECONDS,
            thorough=thorough,
        )
        for note in opened.notes:
            self._note(note.removeprefix("responses: "))
        with closing(opened.connection) as connection:
            if opened.kept:
                with transaction(connection):  # to fail where diskcache would wait for a minute
                    _forget_foreign(connection)
                _shrink_by_itself(connection)
                _sweep(self._folder, connection)
        return opened.kept

    def _note(self, words: str) -> None:
        if (note := f"responses: {words}") not in self._notes:
            self._notes.append(note)


class _Memory:
    """What stands in for the cache where there is no folder to keep it in."""

    def __init__(self) -> None:
        self._values: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._values.get(key)

    def set(self, key: str, value: bytes) -> bool:
        self._values.pop(key, None)
        self._values[key] = value
        return True

    def delete(self, key: str) -> None:
        self._values.pop(key, None)

    @contextmanager
    def transact(self) -> Iterator[None]:
        yield

    def volume(self) -> int:
        return sum(map(len, self._values.values()))

    def shrink(self, limit: int) -> None:
        while len(self._values) > 1 and self.volume() > limit:
            del self._values[next(iter(self._values))]

    def close(self) -> None:
        self._values.clear()


def _is_surroundings(error: Exception) -> bool:
    """Whether the disk or another program is in the way, not what the file holds."""
    if isinstance(error, sqlite3.OperationalError):
        return result_code(error) != sqlite3.SQLITE_ERROR
    return isinstance(error, OSError)


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
