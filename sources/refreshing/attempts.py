"""What came of asking, remembered: for each series and provider when it last went well or badly, and why;
and what each series and its check say of each other.

Beside the figures, in a file of its own: losing it costs a reason and a rest, never a figure. Of two
programs that write about one thing the later one counts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from cache.connections import transaction
from cache.database import open_reader
from cache.seals import fits, is_sealed, seal_all, seal_values, tolerant
from cache.store import Store, Stored, StoreError
from sources.limits import MESSAGE_CHARACTERS
from sources.refreshing.agreement import Agreement
from sources.refreshing.breaker import Breaker
from sources.refreshing.timestamps import read, written
from sources.text import message

FILE = "attempts.db"

SCHEMA = (
    "CREATE TABLE attempts (kind TEXT, id TEXT, held TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;",
    "ALTER TABLE attempts ADD COLUMN seal INTEGER;",
    "UPDATE attempts SET seal = NULL; PRAGMA application_id = 0;",
)

_FORGOTTEN = "attempts: some were not as they were kept; what they were about counts as never asked"

Kind = Literal["series", "provider", "breaker", "check"]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Attempt:
    """How asking went: the last success (a 304 too), the last failure, the first one since, and its words.

    `received` counts the bytes that the last success took over the line. `unreached` is True where the last
    failure was that of the network, and says nothing about who was asked.
    """

    success: datetime | None = None
    failure: datetime | None = None
    failing_since: datetime | None = None
    words: str = ""
    received: int = 0
    unreached: bool = False

    def succeeded(self, now: datetime, received: int = 0) -> Attempt:
        """After an answer that was taken; the last failure stays on record, as past."""
        return Attempt(now, self.failure, None, self.words, received)

    def failed(self, now: datetime, words: str, *, unreached: bool = False) -> Attempt:
        """After a failure."""
        since = self.failing_since or now
        return replace(
            self,
            failure=now,
            failing_since=since,
            words=message(words, MESSAGE_CHARACTERS),
            unreached=unreached,
        )

    def to_json(self) -> str:
        """As text for storing."""
        moments = {name: written(getattr(self, name)) for name in ("success", "failure", "failing_since")}
        held = {"words": self.words, "received": self.received, "unreached": self.unreached}
        return json.dumps({**moments, **held})

    @classmethod
    def from_json(cls, text: str) -> Attempt:
        """What `to_json` wrote; of anything else, an empty one."""
        try:
            found = json.loads(text)
            return cls(
                success=read(found["success"]),
                failure=read(found["failure"]),
                failing_since=read(found["failing_since"]),
                words=message(str(found["words"]), MESSAGE_CHARACTERS),
                received=int(found["received"]),
                unreached=found.get("unreached") is True,
            )
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return cls()


class Attempts(Stored):
    """The attempts of one store. Every method may raise `StoreError`; any thread may call it."""

    @classmethod
    def open(cls, folder: Path) -> Attempts:
        """Open or make the file in a folder; where it cannot be used, all is kept in memory."""
        return cls(Store(folder / FILE, schema=SCHEMA, name="attempts", prepare=_prepare))

    def series(self) -> dict[str, Attempt]:
        """What is known of each series that was ever asked for."""
        return self._all("series", Attempt.from_json)

    def providers(self) -> dict[str, Attempt]:
        """The same of each provider."""
        return self._all("provider", Attempt.from_json)

    def breakers(self) -> dict[str, Breaker]:
        """The breakers of providers that rest, or failed of late."""
        return self._all("breaker", Breaker.from_json)

    def checks(self) -> dict[str, Agreement]:
        """What series and their checks say of each other, by series."""
        return self._all("check", Agreement.from_json)

    def keep(
        self,
        *,
        series: Mapping[str, Attempt] | None = None,
        providers: Mapping[str, Attempt] | None = None,
        breakers: Mapping[str, Breaker] | None = None,
        checks: Mapping[str, Agreement] | None = None,
    ) -> None:
        """Remember all of these, or nothing."""
        rows = [
            *_rows("series", series or {}),
            *_rows("provider", providers or {}),
            *_rows("breaker", breakers or {}),
            *_rows("check", checks or {}),
        ]
        query = "INSERT OR REPLACE INTO attempts (kind, id, held, seal) VALUES (?, ?, ?, ?)"
        sealed = [(*row, seal_values(row)) for row in rows]
        self._store.write(lambda connection: connection.executemany(query, sealed))

    def _all(self, kind: Kind, build: Callable[[str], Value]) -> dict[str, Value]:
        found = self._store.read(partial(_sound, kind=kind))
        if found.damaged:
            self._store.note(_FORGOTTEN)
            with suppress(StoreError):  # where nothing can be written, it is left out the next time too
                self._store.write(_forget_damaged)
        return {name: build(held) for name, held in found.rows}


class _Found(NamedTuple):
    """Rows of a kind as (id, held), and whether any row of the file is not as it was kept."""

    rows: list[tuple[str, str]]
    damaged: bool


def _prepare(connection: sqlite3.Connection) -> None:
    connection.text_factory = tolerant
    with suppress(sqlite3.Error):  # where nothing can be written, or is damaged, reading will tell
        if not is_sealed(connection):
            with transaction(connection):
                seal_all(connection, {"attempts": "seal, kind, id, held"})


def _sound(connection: sqlite3.Connection, kind: Kind) -> _Found:
    """All rows are looked at: of one whose kind is damaged nobody knows what it was."""
    found = connection.execute("SELECT seal, kind, id, held FROM attempts").fetchall()
    sealed = is_sealed(connection)
    sound = [(seal, *values) for seal, *values in found if fits(seal, values, sealed=sealed)]
    return _Found([(name, held) for _, its, name, held in sound if its == kind], len(sound) < len(found))


def is_sound(path: Path) -> bool:
    """Whether all of a file of the newest version is as it was kept; it is left as it is. Raises
    `sqlite3.Error`."""
    with closing(open_reader(path)) as connection:
        connection.text_factory = tolerant
        return not _sound(connection, "series").damaged


def _forget_damaged(connection: sqlite3.Connection) -> None:
    found = connection.execute("SELECT seal, kind, id, held FROM attempts").fetchall()
    connection.execute("DELETE FROM attempts")  # whole, since of a row in a wrong place nothing is found
    query = "INSERT OR REPLACE INTO attempts (seal, kind, id, held) VALUES (?, ?, ?, ?)"
    sealed = is_sealed(connection)
    connection.executemany(query, [row for row in found if fits(row[0], row[1:], sealed=sealed)])


def _rows(
    kind: Kind, values: Mapping[str, Attempt] | Mapping[str, Breaker] | Mapping[str, Agreement]
) -> Iterable[tuple[str, ...]]:
    return ((kind, name, value.to_json()) for name, value in values.items())
