"""What providers answered, so that they are asked for no body twice. May be deleted, and forgets.

What does not fit is forgotten and noted. Open it in the thread that uses it, not in the one that draws: it
takes some 50 ms.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from threading import RLock
from typing import Protocol, TypeVar

from diskcache import Timeout
from diskcache.core import DBNAME

from cache.aside import lock, set_aside
from cache.database import open_database
from cache.records import Damaged, Record, decode, encode
from cache.safe_cache import BUSY_MILLISECONDS, SafeCache, UnsafeEntry, tidy
from cache.troubles import is_damage, reason_of, result_code

LIMIT_BYTES = 300_000_000
"""Beyond this the answers that were stored longest ago go."""

Result = TypeVar("Result")


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
            return SafeCache(self._folder) if self._prepared(thorough) else _Memory()
        except Exception as error:  # what a file holds that is not of diskcache may end in anything
            if _is_surroundings(error):
                return self._in_memory(error)
            if isinstance(error, sqlite3.DatabaseError) and is_damage(error) and not thorough:
                return self._opened(thorough=True)
        try:
            with lock(self._folder, BUSY_MILLISECONDS):
                name = set_aside(self._folder / DBNAME)
            self._note(f"the cache was not ours; it was set aside as {name}")
            return SafeCache(self._folder) if self._prepared(thorough) else _Memory()
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
            busy_milliseconds=BUSY_MILLISECONDS,
            thorough=thorough,
        )
        for note in opened.notes:
            self._note(note.removeprefix("responses: "))
        with closing(opened.connection) as connection:
            if opened.kept:
                tidy(self._folder, connection)
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
