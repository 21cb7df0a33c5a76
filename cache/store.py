"""One database file of the store: shared by threads, mended where it is damaged, plain about failures."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import RLock
from typing import TypeVar

from cache.connections import transaction
from cache.database import BUSY_MILLISECONDS, Opened, hold_in_memory, open_database
from cache.troubles import is_damage, misses_something, reason_of, takes_nothing

Result = TypeVar("Result")
Action = Callable[[sqlite3.Connection], Result]


class StoreError(Exception):
    """Something was not read, or not kept; what was kept before stays. `str()` says why in plain words."""


class Store:
    """A database file that any thread may use: one use at a time, each by a function of the connection.

    A thread that writes much had better open the file a second time where it is `kept`: then readers
    do not wait for it.
    """

    def __init__(
        self,
        path: Path,
        *,
        schema: Sequence[str],
        name: str,
        busy_milliseconds: int = BUSY_MILLISECONDS,
        prepare: Action[None] | None = None,
    ) -> None:
        """`prepare` is called with each connection before it is used."""
        self._name = name
        self._open: Callable[..., Opened] = partial(
            open_database,
            path,
            schema=schema,
            name=name,
            busy_milliseconds=busy_milliseconds,
            check_same_thread=False,
        )
        self._hold: Callable[..., Opened] = partial(
            hold_in_memory, path, schema=schema, name=name, check_same_thread=False
        )
        self._lock = RLock()
        self._prepare = prepare or (lambda connection: None)
        self._opened = self._open()
        self._prepare(self._opened.connection)
        self._notes = list(self._opened.notes)
        self._layers: dict[str, Action[object]] = {}

    @property
    def kept(self) -> bool:
        """Whether what is written outlives the program."""
        return self._opened.kept

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong so far, in plain words."""
        return tuple(self._notes)

    def note(self, words: str) -> None:
        """Add to the notes, once."""
        if words not in self._notes:
            self._notes.append(words)

    def lay(self, name: str, action: Action[Result]) -> Result:
        """Like `read`; and done again first in a new file, should this one be set aside as damaged.

        Where the disk has no room for it, a copy of the file in memory has.
        """
        with self._lock:
            self._layers[name] = action
            try:
                return self.read(action)
            except StoreError as failed:
                cause = failed.__cause__
                if not (self.kept and isinstance(cause, sqlite3.Error) and takes_nothing(cause)):
                    raise
                self._replace(self._hold, reason=reason_of(cause))
            return self.read(action)

    def read(self, action: Action[Result]) -> Result:
        """What a function of the connection returns. Raises StoreError."""
        with self._lock:
            try:
                return self._mending(action)
            except sqlite3.Error as error:
                raise StoreError(f"{self._name}: {reason_of(error)}") from error

    def write(self, action: Action[Result]) -> Result:
        """Like `read`, in a transaction: all that the function writes is kept, or nothing of it."""

        def whole(connection: sqlite3.Connection) -> Result:
            with transaction(connection):
                return action(connection)

        return self.read(whole)

    def close(self) -> None:
        """Close the file; any use after that is a StoreError."""
        with self._lock:
            self._opened.connection.close()

    def _mending(self, action: Action[Result]) -> Result:
        try:
            return action(self._opened.connection)
        except sqlite3.DatabaseError as error:
            if not (self.kept and (is_damage(error) or misses_something(error))):
                raise
        self._replace(self._open, thorough=True)  # sets the file aside where it is damaged
        for layer in self._layers.values():
            layer(self._opened.connection)
        return action(self._opened.connection)

    def _replace(self, opening: Callable[..., Opened], **options: object) -> None:
        """Use another database from now on."""
        self._opened.connection.close()
        self._opened = opening(**options)
        self._prepare(self._opened.connection)
        for words in self._opened.notes:
            self.note(words)


class Stored:
    """What has its rows in a store, and is open as long as that is. Reading and writing may raise
    `StoreError`; any thread may call it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def kept(self) -> bool:
        """Whether what is written outlives the program."""
        return self._store.kept

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong with the file, in plain words."""
        return self._store.notes

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()
