"""Damage within the figures file is healed by what else it holds: the rows by their summary, the summary by
the rows. What neither has any more is set aside, and comes back when it is laid or asked for again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from cache.database import open_reader
from cache.observations import COLUMNS, FITTING, IN_ORDER, NEWEST, ROW, SELECT, Observations
from cache.packed import Packed, pack
from cache.rows import Known, Row
from cache.seals import Seals, seal_of


class Healed(NamedTuple):
    """A series that was damaged, and how many of its values could not be restored."""

    series: str
    lost: int


def heal(rows: Observations) -> list[Healed]:
    """Heal all series, within a transaction. If anything was lost, the snapshot is laid again."""
    mended = [*_renamed(rows), *_renumbered(rows)]
    aside = _set_aside(rows)
    listed = rows.connection.execute("SELECT id, name FROM series ORDER BY name").fetchall()
    healed = list(filter(None, (_heal(rows, number, name) for number, name in listed)))
    healed += [Healed(name, 0) for name in mended if name not in {each.series for each in healed}]
    if aside or any(each.lost for each in healed):
        rows.connection.execute("DELETE FROM seeds")
    return healed


def is_sound(path: Path) -> bool:
    """Whether all of a figures file of the newest version is as it was kept; it is left as it is. Raises
    `sqlite3.Error`."""
    with closing(open_reader(path)) as connection:
        rows = Observations(connection, seals := Seals())
        seals.watch(connection)
        for (name,) in connection.execute("SELECT name FROM series").fetchall():
            rows.packed(name)
            rows.knowns(SELECT, (name,))
        for (number,) in connection.execute("SELECT id FROM provenances").fetchall():
            rows.provenance(number)
        rows.series()
        return not seals.met()


def _renamed(rows: Observations) -> Iterator[str]:
    """Give series back the names that their seals are over, where one bit was another; these names."""
    rows.connection.execute("REINDEX series")
    query = "SELECT id, seal, name, rows, periods, newest_day, stamp FROM series NOT INDEXED"
    for number, seal, name, *rest in rows.connection.execute(query).fetchall():
        if seal is not None and seal != seal_of(name, *rest):
            for one in _one_bit_off(name):
                if seal_of(one, *rest) == seal:
                    rows.connection.execute("UPDATE series SET name = ? WHERE id = ?", (one, number))
                    yield one


def _one_bit_off(name: str) -> Iterator[str]:
    data = name.encode(errors="replace")
    for bit in range(8 * len(data)):
        other = bytearray(data)
        other[bit // 8] ^= 1 << bit % 8
        with suppress(UnicodeDecodeError):
            yield other.decode()


def _renumbered(rows: Observations) -> Iterator[str]:
    """Give series back the numbers under which their summaries are; the names of these series."""
    numbers = {number for (number,) in rows.connection.execute("SELECT id FROM series").fetchall()}
    found = rows.connection.execute(f"SELECT series, seal, {COLUMNS} FROM newest").fetchall()
    lost = [row for row in found if row[0] not in numbers and row[1] is not None]
    held = {row[0] for row in found}
    for number, name, stamp in rows.connection.execute("SELECT id, name, stamp FROM series").fetchall():
        for own, seal, *columns in lost if number not in held else ():
            if seal == seal_of(name, stamp, *columns):
                rows.connection.execute("UPDATE series SET id = ? WHERE id = ?", (own, number))
                yield name


def _set_aside(rows: Observations) -> int:
    """Put all damaged rows where nobody reads; how many. The table is filled anew in its order: of a row
    in a wrong place nothing can be found that comes after it."""
    run = rows.connection.execute
    aside = run(f"INSERT INTO set_aside SELECT {ROW}, seal FROM observations WHERE NOT {FITTING}").rowcount
    run(f"CREATE TEMP TABLE sound AS SELECT * FROM observations WHERE {FITTING}")
    run("DELETE FROM observations")
    run("INSERT OR IGNORE INTO observations SELECT * FROM sound")
    run("DROP TABLE sound")
    return aside


def _heal(rows: Observations, number: int, name: str) -> Healed | None:
    listed, summary = _listed(rows, number), _summary(rows, name)
    held = rows.knowns(SELECT + IN_ORDER, (name,))
    if listed is None and summary is None:
        _give_up(rows, number)
        return Healed(name, len(held))
    missing = _only_in(summary, held) if summary else []
    lost = max(0, listed - len(held) - len(missing)) if listed else 0
    if summary and listed is not None and not (missing or lost):
        return None
    _restore(rows, number, missing)
    if summary is None or lost:
        stamp = rows.insert(number, 0, 0, True, ())  # what rests on the series has to be looked at again
        summary = summary._replace(stamp=stamp) if summary else pack(rows.read(name), stamp)
    rows.renew(number, name, summary)
    return Healed(name, lost)


def _listed(rows: Observations, number: int) -> int | None:
    """How many rows a series has, 0 if that is not known; None where the list is not as it was kept."""
    query = "SELECT seal, name, rows, periods, newest_day, stamp FROM series WHERE id = ?"
    seal, *values = rows.connection.execute(query, (number,)).fetchone()
    if seal is None and not rows.seals.sealed:
        return 0
    return int(values[1]) if seal == seal_of(*values) else None


def _summary(rows: Observations, name: str) -> Packed | None:
    found = rows.connection.execute(f"{NEWEST} WHERE name = ?", (name,)).fetchone()
    return rows.unpacked(name, *found) if found else None


def _give_up(rows: Observations, number: int) -> None:
    """Set aside all of a series whose name can be any."""
    query = f"INSERT INTO set_aside SELECT {ROW}, seal FROM observations WHERE series = ?"
    rows.connection.execute(query, (number,))
    for table, column in (("observations", "series"), ("newest", "series"), ("series", "id")):
        rows.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))


def _only_in(summary: Packed, held: Iterable[Known]) -> list[Known]:
    keys = {row[:4] for row in held}
    return [row for row in summary.rows() if row[:4] not in keys]


def _restore(rows: Observations, number: int, missing: Iterable[Known]) -> None:
    """Keep again what only the summary had, by source."""
    source = attrgetter("provenance")
    for provenance, group in groupby(sorted(missing, key=source), key=source):
        restored = (Row(each.day, each.value, each.vintage, each.basis, each.definition) for each in group)
        rows.insert(number, provenance, 0, True, restored)
