"""The tables of the figures file, and what is read from and written to them within one transaction.

All that says something of a figure carries a seal. What does not fit its own is passed over, and the
series remembered, so that it can be healed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from cache.packed import EMPTY, Packed, decode, encode, pack
from cache.rows import BASES, CALENDAR, LAST_DAY, LAST_MOMENT, Held, Known, ProvenanceRow, Row
from cache.seals import FITS, Seals, seal_of, seal_row

_ARRAYS = "definitions TEXT, days BLOB, numbers BLOB, stops BLOB, vintages BLOB, bases BLOB, provenances BLOB"
COLUMNS = "definitions, days, numbers, stops, vintages, bases, provenances"

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
    """
    ALTER TABLE series ADD COLUMN seal INTEGER;
    ALTER TABLE provenances ADD COLUMN seal INTEGER;
    ALTER TABLE observations ADD COLUMN seal INTEGER;
    ALTER TABLE newest ADD COLUMN seal INTEGER;
    CREATE TABLE set_aside (series, definition, day, vintage, append, value, basis, seal);
    """,
)

SEALING = (
    """
    UPDATE observations SET seal = seal_row(
        series, CAST(definition AS BLOB), day, vintage, append, value, basis,
        (SELECT provenance FROM appends WHERE id = append)) WHERE seal IS NULL""",
    f"UPDATE provenances SET seal = seal_of({', '.join(ProvenanceRow._fields)}) WHERE seal IS NULL",
    "UPDATE series SET seal = seal_of(name, rows, periods, newest_day, stamp) WHERE seal IS NULL",
    f"""
    UPDATE newest SET seal = (
        SELECT seal_of(name, stamp, {COLUMNS}) FROM series WHERE id = newest.series) WHERE seal IS NULL""",
    "PRAGMA application_id = 1",
)
"""What seals all that was kept before there were seals."""

ROW = "series, definition, day, vintage, append, value, basis"
FITTING = f"""{FITS}(
    CAST(observations.seal AS INTEGER), CAST(observations.series AS INTEGER),
    CASE typeof(definition) WHEN 'text' THEN CAST(definition AS BLOB) END,
    CAST(day AS INTEGER), CAST(vintage AS INTEGER), CAST(append AS INTEGER),
    CAST(value AS REAL), CAST(basis AS INTEGER),
    CAST((SELECT provenance FROM appends WHERE id = append) AS INTEGER))"""
"""No argument is a text: one that is none in UTF-8 would end the query."""

SOUND = f"""CASE WHEN NOT {FITTING} THEN 0 ELSE
    observations.day BETWEEN 1 AND {LAST_DAY} AND vintage BETWEEN {CALENDAR[0]} AND {CALENDAR[1]}
    AND basis BETWEEN 0 AND {len(BASES) - 1} AND value > -9e999 AND value < 9e999 END"""
"""Rows of the file that are as they were kept, and can be rows of ours: others are passed over."""

SELECT = f"""
    SELECT definition, day, value, vintage, basis, provenance FROM observations
    JOIN appends ON appends.id = observations.append
    WHERE observations.series = (SELECT id FROM series WHERE name = ?) AND {SOUND}"""

IN_ORDER = " ORDER BY definition, day, vintage, append"

NEWEST = f"SELECT stamp, newest.seal, {COLUMNS} FROM series JOIN newest ON newest.series = series.id"

_SOURCE = ", ".join(ProvenanceRow._fields)


class Observations:
    """The rows, by a connection that `seals` watches."""

    def __init__(self, connection: sqlite3.Connection, seals: Seals) -> None:
        self.connection = connection
        self.seals = seals

    # ------------------------------------------------------------------ reading

    def packed(self, series: str) -> Packed:
        """The newest state; `EMPTY` for a series that is not held."""
        query = f"{NEWEST} WHERE name = ?"
        found = self.connection.execute(query, (series,)).fetchone()
        if not found:
            self._look_for_lost_names()
            return EMPTY
        packed = self.unpacked(series, *found)
        return pack(self.read(series), found[0]) if packed is None else packed

    def unpacked(self, name: str, stamp: int, seal: int | None, *columns: object) -> Packed | None:
        """The newest state from its columns; None where they are damaged. They are but a summary: the rows
        are the truth."""
        try:
            if self.seals.fits(seal, name, stamp, *columns):
                return decode(stamp, columns)
        except ValueError:
            self.seals.damage()
        return None

    def read(self, series: str, as_of: int | None = None) -> list[Known]:
        """What was known at a moment (inclusive; None: now): one row per definition and day, in order."""
        moment = LAST_MOMENT if as_of is None else as_of
        rows = self.knowns(f"{SELECT} AND vintage <= ? {IN_ORDER}", (series, moment))
        return list({row[:2]: row for row in rows}.values())

    def knowns(self, query: str, arguments: Sequence[object]) -> list[Known]:
        """The rows of a query that begins with `SELECT`, of the series that is the first of its arguments."""
        self._count(str(arguments[0]))
        return [
            Known(definition, day, value, vintage, BASES[basis], provenance)
            for definition, day, value, vintage, basis, provenance in self.connection.execute(
                query, arguments
            )
        ]

    def _count(self, series: str) -> None:
        """Look, once, whether all rows of a series are there: one in the wrong place is never met."""
        if series in self.seals.counted:
            return
        self.seals.counted.add(series)
        query = """
            SELECT rows, (SELECT count(*) FROM observations WHERE series = id) FROM series
            WHERE name = ? AND seal IS NOT NULL"""
        for rows, found in self.connection.execute(query, (series,)):
            if rows != found:
                self.seals.damage()

    def _look_for_lost_names(self) -> None:
        """Look, once, whether a series can be missing because its name or number is another one now."""
        if self.seals.listed:
            return
        self.seals.listed = True
        self.series()
        lost = """
            SELECT 1 FROM series LEFT JOIN newest ON newest.series = series.id
            WHERE newest.series IS NULL AND rows > 0"""
        if self.connection.execute(lost).fetchone():
            self.seals.damage()

    def series(self) -> list[Held]:
        """All series, by name, without those of which the list is not as it was kept."""
        query = "SELECT seal, name, rows, periods, newest_day, stamp FROM series ORDER BY name"
        found = self.connection.execute(query)
        return [Held(*values) for seal, *values in found if self.seals.fits(seal, *values)]

    def provenance(self, number: int) -> ProvenanceRow | None:
        """What stands behind the number in `Known.provenance`; None also where it is not as it was kept."""
        query = f"SELECT seal, {_SOURCE} FROM provenances WHERE id = ?"
        found = self.connection.execute(query, (number,)).fetchone()
        if not found or not self.seals.fits(*found):
            return None
        return ProvenanceRow(*found[1:])

    # ------------------------------------------------------------------ writing

    def number_of(self, provenance: ProvenanceRow) -> int:
        """The number of a source, which is kept if it was not."""
        same = " AND ".join(f"{name} IS ?" for name in ProvenanceRow._fields)
        found = self.connection.execute(f"SELECT id FROM provenances WHERE {same}", provenance).fetchone()
        if found:
            return int(found[0])
        marks = ",".join("?" * len(provenance))
        query = f"INSERT INTO provenances ({_SOURCE}, seal) VALUES ({marks}, ?)"
        return self.connection.execute(query, (*provenance, seal_of(*provenance))).lastrowid or 0

    def number_of_series(self, name: str) -> int:
        """The number of a series, which is made if there was none."""
        self.connection.execute("INSERT OR IGNORE INTO series (name) VALUES (?)", (name,))
        return int(self.connection.execute("SELECT id FROM series WHERE name = ?", (name,)).fetchone()[0])

    def insert(self, series: int, provenance: int, moment: int, seeded: bool, rows: Iterable[Row]) -> int:
        """Keep rows of one source; the number of the append, by which their series is stamped."""
        query = "INSERT INTO appends (series, provenance, moment, seeded) VALUES (?,?,?,?)"
        append = self.connection.execute(query, (series, provenance, moment, seeded)).lastrowid or 0
        self.connection.executemany(
            f"INSERT INTO observations ({ROW}, seal) VALUES (?,?,?,?,?,?,?,?)",
            (_sealed(series, row, append, provenance) for row in rows),
        )
        return append

    def renew(self, series: int, name: str, packed: Packed) -> None:
        """Keep another newest state, and what the list of all says of the series."""
        columns = encode(packed)
        query = f"INSERT OR REPLACE INTO newest (series, {COLUMNS}, seal) VALUES (?,?,?,?,?,?,?,?,?)"
        self.connection.execute(query, (series, *columns, seal_of(name, packed.stamp, *columns)))
        query = "SELECT count(*) FROM observations WHERE series = ?"
        (rows,) = self.connection.execute(query, (series,)).fetchone()
        listed = (rows, len(packed.days), max(packed.days, default=0), packed.stamp)
        self.connection.execute(
            "UPDATE series SET rows = ?, periods = ?, newest_day = ?, stamp = ?, seal = ? WHERE id = ?",
            (*listed, seal_of(name, *listed), series),
        )


def _sealed(series: int, row: Row, append: int, provenance: int) -> tuple[object, ...]:
    basis, value = BASES.index(row.basis), float(row.value)
    key = (row.day, row.vintage, append, value, basis)
    return (series, row.definition, *key, seal_row(series, row.definition.encode(), *key, provenance))
