"""Sums that show whether what a file holds is what was once kept: SQLite has none of its own.

What has no seal is taken as it stands, until once all that is in the file has one: then it has lost it.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Mapping
from zlib import crc32

FITS = "fits"
"""The function that `Seals.watch` gives to a connection: the seal of a row, then what it is over."""

_ROW = struct.Struct("<qqqqdqq").pack


def seal_row(
    series: int,
    definition: bytes,
    day: int,
    vintage: int,
    append: int,
    value: float,
    basis: int,
    provenance: int,
) -> int:
    """The seal of an observation; `definition` is in UTF-8."""
    return crc32(definition, crc32(_ROW(series, day, vintage, append, value, basis, provenance)))


def seal_of(*values: object) -> int:
    """The seal of texts, numbers, bytes and None, each told from its neighbour."""
    seal = 0
    for value in values:
        data = value if isinstance(value, bytes) else repr(value).encode(errors="backslashreplace")
        seal = crc32(data, crc32(b"%d:" % len(data), seal))
    return seal


def seal_values(values: Iterable[object]) -> int:
    """The seal of the texts and numbers of a row, as SQLite gives them back: sooner made than `seal_of`."""
    return crc32(repr(tuple(values)).encode())


def is_sealed(connection: sqlite3.Connection) -> bool:
    """Whether all rows of a file had seals once: then one without has lost it, with what stood before it."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0])


def fits(seal: int | None, values: Iterable[object], *, sealed: bool) -> bool:
    """Whether a row is as it was kept; one without a seal is, unless the file `is_sealed`."""
    return not sealed if seal is None else seal == seal_values(values)


def seal_all(connection: sqlite3.Connection, tables: Mapping[str, str]) -> None:
    """Seal the rows of tables that have no seal yet: of each its column, and those that it is over."""
    connection.create_function("seal_values", -1, lambda *values: seal_values(values), deterministic=True)
    for table, named in tables.items():
        column, _, columns = named.partition(", ")
        connection.execute(f"UPDATE {table} SET {column} = seal_values({columns}) WHERE {column} IS NULL")
    connection.execute("PRAGMA application_id = 1")


class Seals:
    """Watches connections, and remembers whether anything was met whose seal does not fit."""

    def __init__(self) -> None:
        self.counted: set[str] = set()
        """The series, by name, of which it was looked whether all rows are there."""
        self.listed = False
        """Whether it was looked if a series that was not found may have lost its name."""
        self._met = False
        self.sealed = False
        """Whether all rows had seals once."""

    def watch(self, connection: sqlite3.Connection) -> None:
        """Have the queries of a connection leave out what does not fit, and never fail for a text."""
        connection.text_factory = tolerant
        connection.execute("PRAGMA temp_store = MEMORY")  # healing keeps nothing in folders of others
        connection.create_function(FITS, 9, self._fits_row, deterministic=True)
        connection.create_function("seal_row", 8, seal_row, deterministic=True)
        connection.create_function("seal_of", -1, seal_of, deterministic=True)
        self.sealed = is_sealed(connection)

    def met(self) -> bool:
        """Whether damage was met since the last time."""
        found, self._met = self._met, False
        return found

    def damage(self) -> None:
        """Remember that there is damage."""
        self._met = True

    def fits(self, seal: int | None, *values: object) -> bool:
        """Whether a seal is over these values."""
        sound = not self.sealed if seal is None else seal == seal_of(*values)
        self._met = self._met or not sound
        return sound

    def _fits_row(self, seal: int | None, *values: object) -> bool:
        try:
            sound = not self.sealed if seal is None else seal_row(*values) == seal  # type: ignore[arg-type]
        except (TypeError, struct.error):
            sound = False
        self._met = self._met or not sound
        return sound


def tolerant(data: bytes) -> str:
    """A text of a row, whatever became of it: a connection that reads so fails for none."""
    return data.decode(errors="replace")
