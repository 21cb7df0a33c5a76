"""Observations, kept for good: every value with the vintage that first carried it.

Rows are only ever added. Beside them stands the newest state of each series, packed, which each
addition renews in its own transaction: reading uses that, history and past days use the rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache as once
from functools import partial
from pathlib import Path
from typing import TypeVar

from cache import appending, observations
from cache.connections import transaction, waiting
from cache.database import BUSY_MILLISECONDS
from cache.healing import Healed, heal
from cache.observations import IN_ORDER, SELECT, SOUND, Observations
from cache.packed import Packed, merged
from cache.rows import LAST_MOMENT, Appended, Batch, Change, Held, Known, ProvenanceRow, Row
from cache.seals import Seals
from cache.store import Action, Store, Stored, StoreError

FILE = "figures.db"

SEEDING_MILLISECONDS = 10_000
"""How long a snapshot waits for another program, which at a first start lays the same one."""

_NEWEST_DAYS = f"""
    SELECT name, (
        SELECT day FROM (
            SELECT * FROM observations WHERE series = held AND vintage <= ? ORDER BY day DESC LIMIT -1
        ) AS observations WHERE {SOUND} LIMIT 1)
    FROM (SELECT id AS held, name FROM series)"""
"""The inner limit has the seals of the newest rows checked alone, up to the first that fits."""

Result = TypeVar("Result")


class Vintages(Stored):
    """The observations of one store. Every method may raise `StoreError`; any thread may call it.

    What is appended is there whole or not at all, whatever ends the program. Two programs may use the
    file at once: readers never wait, a writer waits at most `busy_milliseconds` for the other.
    """

    def __init__(self, store: Store, seals: Seals) -> None:
        super().__init__(store)
        self._seals = seals

    @classmethod
    def open(cls, folder: Path, *, busy_milliseconds: int = BUSY_MILLISECONDS) -> Vintages:
        """Open or make the file in the folder of the store. Where that cannot be, all is kept in memory."""
        seals = Seals()
        store = Store(
            folder / FILE,
            schema=observations.SCHEMA,
            name="figures",
            busy_milliseconds=busy_milliseconds,
            prepare=partial(_prepare, seals=seals),
        )
        return cls(store, seals)

    # ------------------------------------------------------------------ adding
    def append(self, batch: Batch, moment: int) -> Appended:
        """Keep the rows that differ from the newest value known at or before their vintage.

        `moment` is now. Raises ValueError, and keeps nothing, for a value that is not finite, a day
        that is none, and two values of one day, definition and vintage.
        """
        return self.append_all((batch,), moment)[0]

    def append_all(self, batches: Iterable[Batch], moment: int) -> tuple[Appended, ...]:
        """Keep several batches, all or none."""
        adding = partial(_append_all, batches=tuple(batches), moment=moment, seeded=False)
        return self._store.write(self._on(adding))

    def seed(
        self, name: str, digest: str, batches: Callable[[], Iterable[Batch]], moment: int
    ) -> tuple[Appended, ...] | None:
        """Lay a shipped snapshot under the rows, or return None at once where it is there already.

        A row of it that was kept before is not kept again, even where a later row overruled it.
        `batches` are only asked for when they are needed: now, and for the new file where this one
        turns out to be damaged.
        """
        seeding = partial(_seed, name=name, digest=digest, batches=batches, moment=moment)
        return self._store.lay(name, self._on(seeding))

    # ------------------------------------------------------------------ reading
    def read_packed(self, series: str) -> Packed:
        """The newest state; `EMPTY` for a series that is not held."""
        return self._look(lambda rows: rows.packed(series))

    def read(self, series: str, as_of: int | None = None) -> list[Known]:
        """What was known at a moment (inclusive; None: now): one row per definition and day, in order."""
        return self._look(lambda rows: rows.read(series, as_of))

    def newest_days(self, as_of: int) -> dict[str, int]:
        """The newest day of each series of which something was known at a moment."""
        found = self._look(lambda rows: list(rows.connection.execute(_NEWEST_DAYS, (as_of,))))
        return {name: day for name, day in found if day is not None}

    def read_all(self, series: str) -> list[Known]:
        """All that was ever known, by definition, then day, then vintage."""
        return self._look(lambda rows: rows.knowns(SELECT + IN_ORDER, (series,)))

    def histories(self, series: str, as_of: int | None = None) -> list[Known]:
        """All that was ever known up to a moment (inclusive; None: now), by definition, day, then vintage.

        Of several values of one vintage the one that came last stands.
        """
        moment = LAST_MOMENT if as_of is None else as_of
        query = f"{SELECT} AND vintage <= ? {IN_ORDER}"
        found = self._look(lambda rows: rows.knowns(query, (series, moment)))
        return list({(row.definition, row.day, row.vintage): row for row in found}.values())

    def first_known(self, series: str) -> int | None:
        """The earliest vintage of a series."""
        return self._look(partial(_first_known, series=series))

    def since(self, moment: int) -> dict[str, tuple[Change, ...]]:
        """The changes of newest values by what was appended after a moment, without what came by a seed."""
        return self._look(partial(_since, moment=moment))

    def series(self) -> list[Held]:
        """All series, by name."""
        return self._look(Observations.series)

    def provenance(self, number: int) -> ProvenanceRow | None:
        """What stands behind the number in `Known.provenance`; None where it is not as it was kept."""
        return self._look(lambda rows: rows.provenance(number))

    # ------------------------------------------------------------------ mending

    def _on(self, action: Callable[[Observations], Result]) -> Action[Result]:
        return lambda connection: action(Observations(connection, self._seals))

    def _look(self, action: Callable[[Observations], Result]) -> Result:
        """What a function of the rows returns: once more, where it met damage that could be healed."""
        found = self._store.read(self._on(action))
        if not self._seals.met():
            return found
        with suppress(StoreError):
            for healed in self._store.write(self._on(heal)):
                self._store.note(_told(healed))
        found = self._store.read(self._on(action))
        self._seals.met()  # what could not be healed is left out, and met again the next time
        return found


def _prepare(connection: sqlite3.Connection, seals: Seals) -> None:
    """Watch a connection; what its file holds from before there were seals gets them once."""
    seals.watch(connection)
    if seals.sealed:
        return
    with suppress(sqlite3.Error), transaction(connection):  # where it cannot be written, all is as before
        for statement in observations.SEALING:
            connection.execute(statement)
        seals.sealed = True


def _told(healed: Healed) -> str:
    if not healed.lost:
        return f"figures: {healed.series} was damaged, and is whole again"
    one = healed.lost == 1
    return (
        f"figures: {'a value' if one else f'{healed.lost:,} values'} of {healed.series} had been damaged and"
        f" {'was' if one else 'were'} set aside; what was shipped comes back with the next start, the rest"
        f" with `briefing refresh {healed.series}`"
    )


def _append_all(
    rows: Observations, batches: Sequence[Batch], moment: int, seeded: bool
) -> tuple[Appended, ...]:
    return tuple(_append(rows, batch, moment, seeded) for batch in batches)


def _append(rows: Observations, batch: Batch, moment: int, seeded: bool) -> Appended:
    groups = appending.grouped(batch.rows)
    packed = rows.packed(batch.series)
    histories = once(partial(_histories, rows, batch.series))
    plan = appending.plan(groups, packed, histories, exact=seeded)
    if plan.stored:
        provenance = rows.number_of(batch.provenance)
        series = rows.number_of_series(batch.series)
        append = rows.insert(series, provenance, moment, seeded, plan.stored)
        newest = (row_of(row, provenance) for row in plan.newest)
        rows.renew(series, batch.series, merged(packed, newest, append))
    return plan.outcome(batch.series, appending.vanished(groups, packed))


def row_of(row: Row, provenance: int) -> Known:
    """A row as it is known once it is kept."""
    return Known(row.definition, row.day, row.value, row.vintage, row.basis, provenance)


def _histories(rows: Observations, series: str) -> appending.Histories:
    histories: dict[appending.Key, appending.History] = {}
    for row in rows.knowns(SELECT + IN_ORDER, (series,)):
        histories.setdefault((row.definition, row.day), []).append((row.vintage, row.value))
    return histories


def _seed(
    rows: Observations, name: str, digest: str, batches: Callable[[], Iterable[Batch]], moment: int
) -> tuple[Appended, ...] | None:
    connection = rows.connection
    if _seeded(connection, name) == digest:
        return None
    made = tuple(batches())  # before others have to wait
    with waiting(connection, SEEDING_MILLISECONDS), transaction(connection):
        if _seeded(connection, name) == digest:  # another program was faster
            return None
        appended = _append_all(rows, made, moment, seeded=True)
        connection.execute("INSERT OR REPLACE INTO seeds VALUES (?, ?)", (name, digest))
    return appended


def _seeded(connection: sqlite3.Connection, name: str) -> str | None:
    found = connection.execute("SELECT digest FROM seeds WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else None


def _first_known(rows: Observations, series: str) -> int | None:
    found: int | None = rows.connection.execute(
        "SELECT min(vintage) FROM observations WHERE series = (SELECT id FROM series WHERE name = ?)"
        f" AND {SOUND}", (series,),
    ).fetchone()[0]  # fmt: skip
    return found


def _since(rows: Observations, moment: int) -> dict[str, tuple[Change, ...]]:
    query = """
        SELECT DISTINCT name FROM appends JOIN series ON series.id = appends.series
        WHERE moment > ? AND NOT seeded ORDER BY name"""
    names = [str(name) for (name,) in rows.connection.execute(query, (moment,))]
    changes = {name: tuple(_changes(rows, name, moment)) for name in names}
    return {name: found for name, found in changes.items() if found}


def _changes(rows: Observations, series: str, moment: int) -> Iterable[Change]:
    later = f"{SELECT} AND moment > ? AND NOT seeded {IN_ORDER}"
    before = f"{SELECT} AND NOT (moment > ? AND NOT seeded) {IN_ORDER}"
    old = {row[:2]: row.value for row in rows.knowns(before, (series, moment))}
    touched = {row[:2] for row in rows.knowns(later, (series, moment))}
    for row in rows.read(series):
        if row[:2] in touched and old.get(row[:2]) != row.value:
            yield Change(row.definition, row.day, old.get(row[:2]), row.value)
