"""A bit that flips in the figures file never becomes a figure: it is noticed, and healed or set aside."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from cache import observations
from cache.database import open_database
from cache.rows import Batch, Held, Known, ProvenanceRow, Row
from cache.vintages import FILE, Vintages

M1, M2 = "cn.m1_yoy", "cn.m2_yoy"
PBOC = ProvenanceRow("pboc", "M1", url="https://example.org/m1", agency="PBOC", fetched=5, digest="ab")
JAN, FEB, MAR = (date(2024, month, 1).toordinal() for month in (1, 2, 3))
FIRST_REST = 4096
"""Where the page of the schema ends."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with two series that were revised once."""
    with closing(Vintages.open(tmp_path)) as store:
        for series in (M1, M2):
            rows = [Row(JAN + day, day * 1.5, 10**15 + day, "calendar") for day in range(90)]
            store.append(Batch(series, rows, PBOC), 1)
            again = [Row(JAN + day, day * 2.5, 2 * 10**15, "seen") for day in range(1, 90, 3)]
            store.append(Batch(series, again, PBOC._replace(code=series)), 2)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[Vintages]:
    with closing(Vintages.open(folder)) as store:
        yield store


def damage(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / FILE)) as other, other:
        assert other.execute(statement, values).rowcount > 0


def all_of(store: Vintages) -> dict[str, tuple[list[Known], list[Known]]]:
    return {name: (store.read_all(name), list(store.read_packed(name).rows())) for name in (M1, M2)}


def test_no_flipped_bit_becomes_a_figure_or_loses_one_unseen(folder: Path, tmp_path: Path) -> None:
    with closing(Vintages.open(folder)) as store:
        kept, listed, source = all_of(store), store.series(), store.provenance(1)
    sound, random, noticed = (folder / FILE).read_bytes(), Random(7), 0  # noqa: S311 - the same each time
    for number in range(250):
        flipped = bytearray(sound)
        flipped[random.randrange(FIRST_REST, len(sound))] ^= 1 << random.randrange(8)
        place = tmp_path / str(number)
        place.mkdir(mode=0o700)
        (place / FILE).write_bytes(flipped)
        with closing(Vintages.open(place)) as store:
            found = all_of(store)
            assert store.provenance(1) in (source, None)
            assert store.notes or (found == kept and store.series() == listed)
            for name, (rows, newest) in found.items():
                assert set(rows) <= set(kept[name][0])
                assert set(newest) <= set(kept[name][0])
            noticed += bool(store.notes)
    assert noticed > 50


def test_a_newest_value_is_put_right_from_the_summary(store: Vintages, folder: Path) -> None:
    before = store.read_all(M1)
    damage(folder, "UPDATE observations SET value = 999 WHERE series = 1 AND day = ? AND append = 2", JAN + 1)
    assert sorted(store.read_all(M1)) == sorted(before)
    assert store.notes == (f"figures: {M1} was damaged, and is whole again",)
    stamp = store.read_packed(M1).stamp
    with closing(Vintages.open(folder)) as again:
        assert (sorted(again.read_all(M1)), again.notes) == (sorted(before), ())
        assert again.read_packed(M1).stamp == stamp


def test_the_summary_is_put_right_from_the_rows(store: Vintages, folder: Path) -> None:
    before = list(store.read_packed(M1).rows())
    flipped = bytearray(store.read_packed(M1).values.tobytes())
    flipped[4] ^= 1
    damage(folder, "UPDATE newest SET numbers = ? WHERE series = 1", bytes(flipped))
    assert list(store.read_packed(M1).rows()) == before
    assert len(store.notes) == 1
    with closing(Vintages.open(folder)) as again:
        assert (list(again.read_packed(M1).rows()), again.notes) == (before, ())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE observations SET value = 999 WHERE series = 1 AND day = ? AND append = 1",
        "UPDATE observations SET vintage = 5 WHERE series = 1 AND day = ? AND append = 1",
        "UPDATE observations SET series = 77 WHERE series = 1 AND day = ? AND append = 1",
        "UPDATE observations SET definition = 'x' WHERE series = 1 AND day = ? AND append = 1",
        "UPDATE observations SET basis = 0 WHERE series = 1 AND day = ? AND append = 1",
        "DELETE FROM observations WHERE series = 1 AND day = ? AND append = 1",
    ],
)
def test_an_earlier_value_is_set_aside_and_told_with_the_way_out(
    store: Vintages, folder: Path, statement: str
) -> None:
    before, newest, stamp = store.read_all(M1), store.read_packed(M1), store.read_packed(M1).stamp
    damage(folder, statement, JAN + 1)
    with closing(Vintages.open(folder)) as store:
        gone = Known("1", JAN + 1, 1.5, 10**15 + 1, "calendar", 1)
        assert store.read_all(M1) == [row for row in before if row != gone]
        assert list(store.read_packed(M1).rows()) == list(newest.rows())
        assert store.read_packed(M1).stamp != stamp  # verdicts as of then have to be looked at again
        assert f"a value of {M1} had been damaged" in store.notes[0]
        assert f"`briefing refresh {M1}`" in store.notes[0]
        assert [held.rows for held in store.series()] == [119, 120]
        store.append(Batch(M1, [Row(JAN + 1, 1.5, 10**15 + 1, "calendar")], PBOC), 9)
        assert store.read_all(M1) == before
    with closing(Vintages.open(folder)) as store:
        assert (store.read_all(M1), store.notes) == (before, ())


@pytest.mark.parametrize("table", ["observations", "newest", "series", "provenances"])
def test_a_row_that_lost_its_seal_is_not_taken_as_it_stands(
    store: Vintages, folder: Path, table: str
) -> None:
    before, listed = all_of(store), store.series()
    damage(folder, f"UPDATE {table} SET seal = NULL")
    with closing(Vintages.open(folder)) as store:
        assert all(set(rows) <= set(before[name][0]) for name, (rows, _) in all_of(store).items())
        assert store.provenance(1) in (PBOC, None)
        assert store.series() == listed or store.notes
        assert store.notes or table == "provenances"


def test_what_was_shipped_comes_back_with_the_next_start(tmp_path: Path) -> None:
    shipped = [Batch(M1, [Row(JAN, 1.0, 100), Row(JAN, 2.0, 200)], PBOC)]
    with closing(Vintages.open(tmp_path)) as store:
        store.seed("shipped", "a", lambda: shipped, 0)
        before = store.read_all(M1)
        damage(tmp_path, "UPDATE observations SET value = 3 WHERE vintage = 100")
        assert [row.value for row in store.read_all(M1)] == [2.0]
    with closing(Vintages.open(tmp_path)) as store:
        store.seed("shipped", "a", lambda: shipped, 0)
        assert store.read_all(M1) == before


def test_a_series_whose_name_is_lost_is_set_aside_whole(store: Vintages, folder: Path) -> None:
    damage(folder, "UPDATE series SET name = 'cn.m1_yoz' WHERE id = 1")
    assert [held.series for held in store.series()] == [M2]
    assert "120 values of cn.m1_yoz" in store.notes[0]
    store.append(Batch(M1, [Row(JAN, 1.0, 100)], PBOC), 9)
    assert [held.series for held in store.series()] == [M1, M2]


def test_a_name_of_one_other_bit_is_put_right_when_the_series_is_asked_for(
    store: Vintages, folder: Path
) -> None:
    before = all_of(store)
    damage(folder, "UPDATE series SET name = 'cn.m1_yox' WHERE id = 1")
    with closing(Vintages.open(folder)) as store:
        assert list(store.read_packed(M1).rows()) == before[M1][1]
        assert store.notes == (f"figures: {M1} was damaged, and is whole again",)
        assert all_of(store) == before


def test_a_number_that_is_another_one_is_put_right(store: Vintages, folder: Path) -> None:
    before = all_of(store)
    damage(folder, "UPDATE series SET id = 65 WHERE id = 1")
    with closing(Vintages.open(folder)) as store:
        assert list(store.read_packed(M1).rows()) == before[M1][1]
        assert store.notes == (f"figures: {M1} was damaged, and is whole again",)
        assert all_of(store) == before
    with closing(Vintages.open(folder)) as store:
        assert (all_of(store), store.notes) == (before, ())


def test_a_name_that_its_row_or_its_index_has_lost_is_found_again(store: Vintages, folder: Path) -> None:
    before = all_of(store)
    store.close()
    with closing(sqlite3.connect(folder / FILE)) as file:
        file.execute("PRAGMA journal_mode = DELETE")
    data = bytearray((folder / FILE).read_bytes())
    places = [at for at in range(len(data)) if data.startswith(M1.encode(), at)]
    assert len(places) >= 2
    for at in places:
        flipped = bytearray(data)
        flipped[at] ^= 2
        (folder / FILE).write_bytes(flipped)
        with closing(Vintages.open(folder)) as store:
            assert list(store.read_packed(M1).rows()) == before[M1][1]
            assert [held.series for held in store.series()] == [M1, M2]
        for left in folder.glob(f"{FILE}-*"):
            left.unlink()


def test_a_list_that_says_something_else_is_made_again(store: Vintages, folder: Path) -> None:
    before = store.series()
    damage(folder, "UPDATE series SET newest_day = newest_day + 4096 WHERE id = 1")
    assert store.series() == before


def test_a_source_that_is_not_as_it_was_kept_is_not_shown(store: Vintages, folder: Path) -> None:
    damage(folder, "UPDATE provenances SET url = 'https://example.org/m9' WHERE id = 1")
    assert store.provenance(1) is None
    assert store.provenance(2) == PBOC._replace(code=M1)


def test_a_column_of_another_name_is_damage(folder: Path) -> None:
    data = (folder / FILE).read_bytes()
    assert data.count(b"vintage INTEGER, append") == 1
    (folder / FILE).write_bytes(data.replace(b"vintage INTEGER, append", b"vintagE_INTEGER, append"))
    with closing(Vintages.open(folder)) as store:
        assert store.read_all(M1) == []
        assert "set aside" in store.notes[0]
        store.append(Batch(M1, [Row(JAN, 1.0, 100)], PBOC), 9)
        assert store.kept


def test_a_file_from_before_there_were_seals_goes_on(tmp_path: Path) -> None:
    made = open_database(tmp_path / FILE, schema=observations.SCHEMA[:1], name="figures")
    with closing(made.connection) as old:
        old.execute("INSERT INTO series VALUES (1, ?, 2, 2, ?, 1)", (M1, FEB))
        old.execute("INSERT INTO provenances (id, provider, code) VALUES (1, 'pboc', 'M1')")
        old.execute("INSERT INTO appends VALUES (1, 1, 1, 0, 0)")
        old.execute("INSERT INTO observations VALUES (1, '1', ?, 100, 1, 5.5, 1)", (JAN,))
        old.execute("INSERT INTO observations VALUES (1, '1', ?, 100, 1, 6.5, 1)", (FEB,))
    with closing(Vintages.open(tmp_path)) as store:
        assert [row.value for row in store.read_all(M1)] == [5.5, 6.5]
        assert store.series() == [Held(M1, 2, 2, FEB, 1)]
        store.append(Batch(M1, [Row(MAR, 7.5, 200)], PBOC), 1)
        assert [row.value for row in store.read(M1)] == [5.5, 6.5, 7.5]
        assert (store.notes, store.kept) == ((), True)
    damage(tmp_path, "UPDATE observations SET value = 8 WHERE append = 2")
    with closing(Vintages.open(tmp_path)) as store:
        assert [row.value for row in store.read(M1)] == [5.5, 6.5, 7.5]
