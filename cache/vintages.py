"""Observations, kept for good: every value with the vintage that first carried it.

Rows are only ever added. Beside them stands the newest state of each series, packed, which each
addition renews in its own transaction: reading uses that, history and past days use the rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache as once
from functools import partial
from itertools import pairwise
from pathlib import Path

from cache import appending
from cache.database import BUSY_MILLISECONDS, transaction, waiting
from cache.packed import EMPTY, Packed, decode, encode, merged, pack
from cache.rows import (
    BASES,
    CALENDAR,
    LAST_DAY,
    LAST_MOMENT,
    Appended,
    Batch,
    Change,
    Held,
    Known,
    ProvenanceRow,
    Revision,
    Row,
)
from cache.store import Store, Stored

FILE = "figures.db"

SEEDING_MILLISECONDS = 10_000
"""How long a snapshot waits for another program, which at a first start lays the same one."""

_ARRAYS = "definitions TEXT, days BLOB, numbers BLOB, stops BLOB, vintages BLOB, bases BLOB, provenances BLOB"
_COLUMNS = "definitions, days, numbers, stops, vintages, bases, provenances"

SCHEMA = (
    f"""
    CREATE TABLE series (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL DEFAULT 0,
        periods INTEGER NOT NULL DEFAULT 0, newest_day INTEGER NOT NULL DEFAULT 0,
        stamp INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE provenances (
        id INTEGER PRIMARY KEY, provider TEXT, code TEXT, url TEXT, agency TEXT, licence TEXT,
        fetched INTEGER, digest TEXT, carrier TEXT, transform TEXT);
    CREATE INDEX provenances_of ON provenances (provider, code, digest);
    CREATE TABLE appends (
        id INTEGER PRIMARY KEY AUTOINCREMENT, series INTEGER NOT NULL, provenance INTEGER NOT NULL,
        moment INTEGER NOT NULL, seeded INTEGER NOT NULL);
    CREATE INDEX appends_at ON appends (moment);
    CREATE TABLE observations (
        series INTEGER, definition TEXT, day INTEGER, vintage INTEGER, append INTEGER,
        value REAL NOT NULL, basis INTEGER NOT NULL,
        PRIMARY KEY (series, definition, day, vintage, append)) WITHOUT ROWID;
    CREATE TABLE newest (series INTEGER PRIMARY KEY, {_ARRAYS});
    CREATE TABLE seeds (name TEXT PRIMARY KEY, digest TEXT NOT NULL);
    """,
)

_SELECT = f"""
    SELECT definition, day, value, vintage, basis, provenance FROM observations
    JOIN appends ON appends.id = observations.append
    WHERE observations.series = (SELECT id FROM series WHERE name = ?)
    AND observations.day BETWEEN 1 AND {LAST_DAY} AND vintage BETWEEN {CALENDAR[0]} AND {CALENDAR[1]}
    AND basis BETWEEN 0 AND {len(BASES) - 1} AND value > -9e999 AND value < 9e999"""
"""Rows of the file that can be rows of ours: a damaged one is passed over."""

_IN_ORDER = " ORDER BY definition, day, vintage, append"


class Vintages(Stored):
    """The observations of one store. Every method may raise `StoreError`; any thread may call it.

    What is appended is there whole or not at all, whatever ends the program. Two programs may use the
    file at once: readers never wait, a writer waits at most `busy_milliseconds` for the other.
    """

    @classmethod
    def open(cls, folder: Path, *, busy_milliseconds: int = BUSY_MILLISECONDS) -> Vintages:
        """Open or make the file in the folder of the store. Where that cannot be, all is kept in memory."""
        store = Store(folder / FILE, schema=SCHEMA, name="figures", busy_milliseconds=busy_milliseconds)
        return cls(store)

    # ------------------------------------------------------------------ adding
    def append(self, batch: Batch, moment: int) -> Appended:
        """Keep the rows that differ from the newest value known at or before their vintage.

        `moment` is now. Raises ValueError, and keeps nothing, for a value that is not finite, a day
        that is none, and two values of one day, definition and vintage.
        """
        return self.append_all((batch,), moment)[0]

    def append_all(self, batches: Iterable[Batch], moment: int) -> tuple[Appended, ...]:
        """Keep several batches, all or none."""
        return self._store.write(partial(_append_all, batches=tuple(batches), moment=moment, seeded=False))

    def seed(
        self, name: str, digest: str, batches: Callable[[], Iterable[Batch]], moment: int
    ) -> tuple[Appended, ...] | None:
        """Lay a shipped snapshot under the rows, or return None at once where it is there already.

        A row of it that was kept before is not kept again, even where a later row overruled it.
        `batches` are only asked for when they are needed: now, and for the new file where this one
        turns out to be damaged.
        """
        seeding = partial(_seed, name=name, digest=digest, batches=batches, moment=moment)
        return self._store.lay(name, seeding)

    # ------------------------------------------------------------------ reading
    def read_packed(self, series: str) -> Packed:
        """The newest state; `EMPTY` for a series that is not held."""
        return self._store.read(partial(_packed, series=series))

    def read(self, series: str, as_of: int | None = None) -> list[Known]:
        """What was known at a moment (inclusive; None: now): one row per definition and day, in order."""
        return self._store.read(partial(_read, series=series, as_of=as_of))

    def newest_days(self, as_of: int) -> dict[str, int]:
        """The newest day of each series of which something was known at a moment."""
        query = (
            "SELECT series.name, max(day) FROM observations JOIN series ON series.id = observations.series"
            " WHERE vintage <= ? GROUP BY observations.series"
        )
        return self._store.read(lambda connection: dict(connection.execute(query, (as_of,))))

    def read_all(self, series: str) -> list[Known]:
        """All that was ever known, by definition, then day, then vintage."""
        return self._store.read(partial(_knowns, query=_SELECT + _IN_ORDER, arguments=(series,)))

    def history(self, series: str, day: int) -> list[Known]:
        """All that was ever known of a day, by definition, then vintage."""
        query = f"{_SELECT} AND day = ? {_IN_ORDER}"
        return self._store.read(partial(_knowns, query=query, arguments=(series, day)))

    def histories(self, series: str, as_of: int | None = None) -> list[Known]:
        """All that was ever known up to a moment (inclusive; None: now), by definition, day, then vintage.

        Of several values of one vintage the one that came last stands.
        """
        moment = LAST_MOMENT if as_of is None else as_of
        query = f"{_SELECT} AND vintage <= ? {_IN_ORDER}"
        rows = self._store.read(partial(_knowns, query=query, arguments=(series, moment)))
        return list({(row.definition, row.day, row.vintage): row for row in rows}.values())

    def revisions(self, series: str) -> list[Revision]:
        """Each value that was followed by another one of the same definition and day."""
        return [
            Revision(new.definition, new.day, old.value, new.value, old.vintage, new.vintage)
            for old, new in pairwise(self.read_all(series))
            if old[:2] == new[:2] and old.value != new.value
        ]

    def first_known(self, series: str) -> int | None:
        """The earliest vintage of a series."""
        return self._store.read(partial(_first_known, series=series))

    def since(self, moment: int) -> dict[str, tuple[Change, ...]]:
        """The changes of newest values by what was appended after a moment, without what came by a seed."""
        return self._store.read(partial(_since, moment=moment))

    def series(self) -> list[Held]:
        """All series, by name."""
        query = "SELECT name, rows, periods, newest_day, stamp FROM series ORDER BY name"
        return self._store.read(lambda connection: [Held(*row) for row in connection.execute(query)])

    def provenance(self, number: int) -> ProvenanceRow | None:
        """What stands behind the number in `Known.provenance`."""
        return self._store.read(partial(_provenance, number=number))


def _append_all(
    connection: sqlite3.Connection, batches: Sequence[Batch], moment: int, seeded: bool
) -> tuple[Appended, ...]:
    return tuple(_append(connection, batch, moment, seeded) for batch in batches)


def _append(connection: sqlite3.Connection, batch: Batch, moment: int, seeded: bool) -> Appended:
    groups = appending.grouped(batch.rows)
    packed = _packed(connection, batch.series)
    histories = once(partial(_histories, connection, batch.series))
    plan = appending.plan(groups, packed, histories, exact=seeded)
    if plan.stored:
        provenance = _number_of(connection, batch.provenance)
        series = _series(connection, batch.series)
        query = "INSERT INTO appends (series, provenance, moment, seeded) VALUES (?,?,?,?)"
        append = connection.execute(query, (series, provenance, moment, seeded)).lastrowid or 0
        _insert(connection, series, append, plan.stored)
        newest = (row_of(row, provenance) for row in plan.newest)
        _renew(connection, series, merged(packed, newest, append), len(plan.stored))
    return plan.outcome(batch.series, appending.vanished(groups, packed))


def row_of(row: Row, provenance: int) -> Known:
    """A row as it is known once it is kept."""
    return Known(row.definition, row.day, row.value, row.vintage, row.basis, provenance)


def _insert(connection: sqlite3.Connection, series: int, append: int, rows: Iterable[Row]) -> None:
    connection.executemany(
        "INSERT INTO observations VALUES (?,?,?,?,?,?,?)",
        (
            (series, row.definition, row.day, row.vintage, append, row.value, BASES.index(row.basis))
            for row in rows
        ),
    )


def _renew(connection: sqlite3.Connection, series: int, packed: Packed, added: int) -> None:
    query = f"INSERT OR REPLACE INTO newest (series, {_COLUMNS}) VALUES (?,?,?,?,?,?,?,?)"
    connection.execute(query, (series, *encode(packed)))
    connection.execute(
        "UPDATE series SET rows = rows + ?, periods = ?, newest_day = ?, stamp = ? WHERE id = ?",
        (added, len(packed.days), max(packed.days), packed.stamp, series),
    )


def _series(connection: sqlite3.Connection, name: str) -> int:
    connection.execute("INSERT OR IGNORE INTO series (name) VALUES (?)", (name,))
    return int(connection.execute("SELECT id FROM series WHERE name = ?", (name,)).fetchone()[0])


def _number_of(connection: sqlite3.Connection, provenance: ProvenanceRow) -> int:
    same = " AND ".join(f"{name} IS ?" for name in ProvenanceRow._fields)
    found = connection.execute(f"SELECT id FROM provenances WHERE {same}", provenance).fetchone()
    if found:
        return int(found[0])
    names, marks = ", ".join(ProvenanceRow._fields), ",".join("?" * len(ProvenanceRow._fields))
    query = f"INSERT INTO provenances ({names}) VALUES ({marks})"
    return connection.execute(query, provenance).lastrowid or 0


def _provenance(connection: sqlite3.Connection, number: int) -> ProvenanceRow | None:
    query = f"SELECT {', '.join(ProvenanceRow._fields)} FROM provenances WHERE id = ?"
    found = connection.execute(query, (number,)).fetchone()
    return ProvenanceRow(*found) if found else None


def _histories(connection: sqlite3.Connection, series: str) -> appending.Histories:
    histories: dict[appending.Key, appending.History] = {}
    for row in _knowns(connection, _SELECT + _IN_ORDER, (series,)):
        histories.setdefault((row.definition, row.day), []).append((row.vintage, row.value))
    return histories


def _seed(
    connection: sqlite3.Connection,
    name: str,
    digest: str,
    batches: Callable[[], Iterable[Batch]],
    moment: int,
) -> tuple[Appended, ...] | None:
    if _seeded(connection, name) == digest:
        return None
    made = tuple(batches())  # before others have to wait
    with waiting(connection, SEEDING_MILLISECONDS), transaction(connection):
        if _seeded(connection, name) == digest:  # another program was faster
            return None
        appended = _append_all(connection, made, moment, seeded=True)
        connection.execute("INSERT OR REPLACE INTO seeds VALUES (?, ?)", (name, digest))
    return appended


def _seeded(connection: sqlite3.Connection, name: str) -> str | None:
    found = connection.execute("SELECT digest FROM seeds WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else None


def _packed(connection: sqlite3.Connection, series: str) -> Packed:
    query = f"SELECT stamp, {_COLUMNS} FROM series JOIN newest ON newest.series = id WHERE name = ?"
    found = connection.execute(query, (series,)).fetchone()
    if not found:
        return EMPTY
    try:
        return decode(found[0], found[1:])
    except ValueError:  # the rows are the truth, this is only their summary
        return pack(_read(connection, series, None), found[0])


def _read(connection: sqlite3.Connection, series: str, as_of: int | None) -> list[Known]:
    moment = LAST_MOMENT if as_of is None else as_of
    rows = _knowns(connection, f"{_SELECT} AND vintage <= ? {_IN_ORDER}", (series, moment))
    return list({row[:2]: row for row in rows}.values())


def _knowns(connection: sqlite3.Connection, query: str, arguments: Sequence[object]) -> list[Known]:
    return [
        Known(definition, day, value, vintage, BASES[basis], provenance)
        for definition, day, value, vintage, basis, provenance in connection.execute(query, arguments)
    ]


def _first_known(connection: sqlite3.Connection, series: str) -> int | None:
    query = "SELECT min(vintage) FROM observations WHERE series = (SELECT id FROM series WHERE name = ?)"
    found: int | None = connection.execute(query, (series,)).fetchone()[0]
    return found


def _since(connection: sqlite3.Connection, moment: int) -> dict[str, tuple[Change, ...]]:
    query = """
        SELECT DISTINCT name FROM appends JOIN series ON series.id = appends.series
        WHERE moment > ? AND NOT seeded ORDER BY name"""
    names = [str(name) for (name,) in connection.execute(query, (moment,))]
    changes = {name: tuple(_changes(connection, name, moment)) for name in names}
    return {name: found for name, found in changes.items() if found}


def _changes(connection: sqlite3.Connection, series: str, moment: int) -> Iterable[Change]:
    later = f"{_SELECT} AND moment > ? AND NOT seeded {_IN_ORDER}"
    before = f"{_SELECT} AND NOT (moment > ? AND NOT seeded) {_IN_ORDER}"
    old = {row[:2]: row.value for row in _knowns(connection, before, (series, moment))}
    touched = {row[:2] for row in _knowns(connection, later, (series, moment))}
    for row in _read(connection, series, None):
        if row[:2] in touched and old.get(row[:2]) != row.value:
            yield Change(row.definition, row.day, old.get(row[:2]), row.value)
