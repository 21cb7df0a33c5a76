"""Observations are kept for good: any past moment can be asked what it knew, and nothing is half there."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from array import array
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from datetime import date
from math import copysign
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache import observations
from cache.packed import EMPTY, Packed, Run, pack
from cache.rows import Batch, Change, Known, ProvenanceRow, Row
from cache.store import StoreError
from cache.vintages import Vintages

M1 = "cn.m1_yoy"
PBOC = ProvenanceRow("pboc", "M1", agency="PBOC", fetched=5, digest="ab")
JAN, FEB, MAR = (date(2024, month, 1).toordinal() for month in (1, 2, 3))
WRITER = """
import sys
from pathlib import Path
from cache.rows import Batch, ProvenanceRow, Row
from cache.vintages import Vintages
store = Vintages.open(Path(sys.argv[1]), busy_milliseconds=20_000)
print("ready", flush=True)
for round in range(int(sys.argv[3])):
    rows = [Row(day, round, round) for day in range(1, 200)]
    store.append(Batch(sys.argv[2], rows, ProvenanceRow("p", sys.argv[2])), moment=round)
store.close()
"""

definitions = st.sampled_from(["1", "old", "2025"])
some_rows = st.builds(
    Row,
    st.integers(1, 4),
    st.integers(0, 2).map(float),
    st.integers(0, 5),
    basis=st.just("seen"),
    definition=definitions,
)
batches = st.lists(
    st.lists(some_rows, max_size=8, unique_by=lambda row: (row.definition, row.day, row.vintage)), max_size=6
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Vintages]:
    with closing(Vintages.open(tmp_path / "store")) as store:
        yield store


def keep(store: Vintages, *rows: Row, series: str = M1, moment: int = 0) -> None:
    store.append(Batch(series, rows, PBOC), moment)


def values(rows: Iterable[Known]) -> list[tuple[int, float]]:
    return [(row.day, row.value) for row in rows]


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(argv, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True)


def test_each_moment_knows_what_was_known_then(store: Vintages) -> None:
    keep(store, Row(JAN, 5.9, vintage=100), Row(FEB, 1.2, vintage=200))
    keep(store, Row(JAN, 5.5, vintage=300, basis="published"))
    assert values(store.read(M1, as_of=99)) == []
    assert values(store.read(M1, as_of=100)) == [(JAN, 5.9)]
    assert values(store.read(M1, as_of=299)) == [(JAN, 5.9), (FEB, 1.2)]
    assert values(store.read(M1)) == [(JAN, 5.5), (FEB, 1.2)]
    assert store.read(M1)[0][3:5] == (300, "published")
    assert store.first_known(M1) == 100
    assert store.first_known("cn.m2") is None


def test_only_what_says_something_new_is_kept(store: Vintages) -> None:
    keep(store, Row(JAN, 5.9, 100), Row(FEB, 1.2, 100))
    outcome = store.append(Batch(M1, [Row(JAN, 5.5, 200), Row(FEB, 1.2, 200), Row(MAR, 1.1, 200)], PBOC), 0)
    assert outcome.new == (Change("1", MAR, None, 1.1),)
    assert outcome.revised == (Change("1", JAN, 5.9, 5.5),)
    assert outcome.unchanged == 1
    assert store.series()[0][1:4] == (4, 3, MAR)


def test_a_late_arrival_fills_in_history_and_leaves_the_newest_value(store: Vintages) -> None:
    keep(store, Row(JAN, 5.9, 200))
    outcome = store.append(Batch(M1, [Row(JAN, 5.0, 100)], PBOC), 0)
    assert (outcome.new, outcome.revised, outcome.earlier) == ((), (), 1)
    assert values(store.read(M1, as_of=150)) == [(JAN, 5.0)]
    assert values(store.read_packed(M1).rows()) == [(JAN, 5.9)]
    assert [row.value for row in store.read_all(M1)] == [5.0, 5.9]


def test_of_equal_vintages_the_one_that_came_last_counts(store: Vintages) -> None:
    keep(store, Row(JAN, 5.9, 100))
    keep(store, Row(JAN, 5.8, 100))
    assert values(store.read(M1)) == values(store.read_packed(M1).rows()) == [(JAN, 5.8)]
    assert [row.value for row in store.read_all(M1)] == [5.9, 5.8]


def test_nought_is_kept_whatever_its_sign(store: Vintages) -> None:
    keep(store, Row(JAN, -0.0, 100))
    keep(store, Row(JAN, 5.0, 50))
    assert [(row.value, copysign(1, row.value)) for row in store.read_all(M1)] == [(5.0, 1), (0.0, 1)]
    assert [copysign(1, value) for _, value in values(store.read_packed(M1).rows())] == [1]
    assert store.notes == ()


def test_a_value_of_one_definition_never_revises_one_of_another(store: Vintages) -> None:
    keep(store, Row(JAN, 5.9, 100, definition="old"))
    outcome = store.append(Batch(M1, [Row(JAN, 1.1, 200, definition="2025")], PBOC), 0)
    assert outcome.new == (Change("2025", JAN, None, 1.1),)
    assert [(row.definition, row.value) for row in store.read(M1)] == [("2025", 1.1), ("old", 5.9)]
    assert store.read_packed(M1).definitions == (Run("2025", 0, 1), Run("old", 1, 2))


def test_days_that_an_answer_passes_over_are_named_and_stay(store: Vintages) -> None:
    days = (JAN - 31, JAN, FEB, MAR, MAR + 31)  # the answer says nothing of the first and the last
    keep(store, *(Row(day, 1.0, 100) for day in days), Row(FEB, 9.0, 100, definition="old"))
    outcome = store.append(Batch(M1, [Row(JAN, 1.0, 200), Row(MAR, 1.0, 200)], PBOC), 0)
    assert outcome.vanished == (("1", FEB),)
    assert len(store.read(M1)) == 6


def test_what_changed_since_is_told_once_and_without_snapshots(store: Vintages) -> None:
    store.seed("shipped", "a", lambda: [Batch("hk.hstech", [Row(JAN, 1.0, 0)], PBOC)], moment=20)
    keep(store, Row(JAN, 5.9, 100), moment=10)
    keep(store, Row(JAN, 5.5, 200), Row(FEB, 1.2, 200), moment=20)
    keep(store, Row(JAN, 5.4, 300), moment=30)
    assert store.since(10) == {M1: (Change("1", JAN, 5.9, 5.4), Change("1", FEB, None, 1.2))}
    assert store.since(30) == {}


def test_a_value_that_came_and_went_is_no_change(store: Vintages) -> None:
    keep(store, Row(JAN, 5.9, 100), moment=10)
    keep(store, Row(JAN, 5.5, 200), moment=20)
    keep(store, Row(JAN, 5.9, 300), moment=20)
    assert store.since(10) == {}


def test_rows_know_where_they_come_from(store: Vintages) -> None:
    keep(store, Row(JAN, 5.9, 100))
    keep(store, Row(FEB, 1.2, 100))
    store.append(Batch(M1, [Row(MAR, 1.1, 100)], PBOC._replace(fetched=None)), 0)
    one, two, three = (row.provenance for row in store.read_packed(M1).rows())
    assert one == two != three
    assert store.provenance(one) == PBOC
    assert store.provenance(three) == PBOC._replace(fetched=None)
    assert store.provenance(99) is None


@pytest.mark.parametrize(
    "row",
    [
        Row(JAN, float("nan"), 0),
        Row(JAN, float("-inf"), 0),
        Row(0, 1.0, 0),
        Row(JAN, 1.0, 2**63),
        Row(JAN, 1.0, 0, "guessed"),
        Row(FEB, 2.0, 0),  # another value than the one beside it
    ],
)
def test_what_is_no_value_costs_the_whole_batch(store: Vintages, row: Row) -> None:
    with pytest.raises(ValueError, match=r"."):
        keep(store, Row(FEB, 1.2, 0), row)
    assert store.series() == []


def test_several_series_are_kept_together_or_not_at_all(store: Vintages) -> None:
    good, bad = (Batch(name, [Row(JAN, value, 0)], PBOC) for name, value in (("a", 1.0), ("b", float("nan"))))
    with pytest.raises(ValueError, match="nan"):
        store.append_all([good, bad], 0)
    assert store.series() == []
    assert [outcome.series for outcome in store.append_all([good], 0)] == ["a"]


def newest(rows: Iterable[tuple[int, Row]], as_of: int) -> dict[tuple[str, int], float]:
    """What is known, said the plain way: the newest vintage, then the latest arrival."""
    told = sorted((row.vintage, arrival, row) for arrival, row in rows if row.vintage <= as_of)
    return {(row.definition, row.day): row.value for _, _, row in told}


@given(batches)
def test_leaving_out_what_is_not_new_loses_nothing(batches: list[list[Row]]) -> None:
    """For answers in order of their vintages, every moment reads as if all rows had been kept."""
    with closing(Vintages.open(Path("/dev/null"))) as store:
        arrived = []
        for arrival, batch in enumerate(batches):
            batch = [row._replace(vintage=row.vintage + 6 * arrival) for row in batch]
            arrived += [(arrival, row) for row in batch]
            store.append(Batch(M1, batch, PBOC), arrival)
            for moment in (*range(6 * arrival, 6 * arrival + 6), 10**9):
                read = store.read(M1, as_of=moment)
                assert {row[:2]: row.value for row in read} == newest(arrived, moment)
            assert list(store.read_packed(M1).rows()) == store.read(M1)


@given(batches)
def test_the_packed_state_is_always_the_newest_of_the_rows(batches: list[list[Row]]) -> None:
    """Whatever the order in which vintages arrive."""
    with closing(Vintages.open(Path("/dev/null"))) as store:
        for batch in batches:
            outcome = store.append(Batch(M1, batch, PBOC), 0)
            kept = len(batch) - outcome.unchanged
            assert len(outcome.new) + len(outcome.revised) + outcome.earlier == kept
            assert list(store.read_packed(M1).rows()) == store.read(M1)
            assert store.append(Batch(M1, (), PBOC), 0).new == ()


known = st.builds(
    Known,
    definitions,
    st.integers(1, 9),
    st.floats(0, 1),
    st.integers(0, 1),
    st.just("seen"),
    st.integers(0, 2),
)


@given(st.lists(known))
def test_packed_values_are_found_by_day(rows: list[Known]) -> None:
    packed = pack(rows)
    for row in {row[:2]: row for row in rows}.values():
        place = packed.find(row.definition, row.day)
        assert place is not None
        assert packed.known(place) == row
    assert packed.find("1", 10) is None


@given(st.lists(known), st.integers(0, 9))
def test_the_ends_of_packed_values_are_the_last_of_each_definition(rows: list[Known], most: int) -> None:
    packed = pack(rows)
    by_definition: dict[str, list[Known]] = {}
    for row in packed.rows():
        by_definition.setdefault(row.definition, []).append(row)
    wanted = [row for each in by_definition.values() for row in each[max(0, len(each) - most) :]]
    assert list(packed.ends(most)) == wanted


def test_a_damaged_summary_is_made_again_from_the_rows(store: Vintages, tmp_path: Path) -> None:
    keep(store, Row(JAN, 5.9, 100))
    for column, junk in (("numbers", b"123"), ("definitions", "[[1"), ("bases", b"\x07"), ("days", None)):
        with closing(sqlite3.connect(tmp_path / "store" / "figures.db")) as other, other:
            other.execute(f"UPDATE newest SET {column} = ?", (junk,))
        assert values(store.read_packed(M1).rows()) == [(JAN, 5.9)]


@pytest.mark.parametrize(
    ("column", "junk"),
    [
        ("day", 0),
        ("day", 2**40),
        ("vintage", 2**62),
        ("vintage", -(2**62)),
        ("basis", 9),
        ("basis", -1),
        ("value", float("inf")),
        ("value", "text"),
    ],
)
def test_a_damaged_row_is_passed_over(store: Vintages, tmp_path: Path, column: str, junk: object) -> None:
    keep(store, Row(JAN, 5.9, 100), Row(FEB, 5.6, 100))
    with closing(sqlite3.connect(tmp_path / "store" / "figures.db")) as other, other:
        other.execute(f"UPDATE observations SET {column} = ? WHERE day = ?", (junk, FEB))
        other.execute("UPDATE newest SET definitions = 'x'")
    for rows in (store.read(M1), store.read_all(M1), store.histories(M1), store.read_packed(M1).rows()):
        assert values(rows) == [(JAN, 5.9)]


@pytest.mark.parametrize(
    ("column", "code", "junk"),
    [("days", "i", 2**30), ("numbers", "d", float("nan")), ("vintages", "q", 2**62)],
)
def test_a_summary_of_what_cannot_be_is_made_again(
    store: Vintages, tmp_path: Path, column: str, code: str, junk: float
) -> None:
    keep(store, Row(JAN, 5.9, 100))
    with closing(sqlite3.connect(tmp_path / "store" / "figures.db")) as other, other:
        other.execute(f"UPDATE newest SET {column} = ?", (array(code, [junk]).tobytes(),))
    assert values(store.read_packed(M1).rows()) == [(JAN, 5.9)]


def test_a_stamp_changes_with_its_series_only(store: Vintages) -> None:
    keep(store, Row(JAN, 5.9, 100))
    before = store.read_packed(M1).stamp
    keep(store, Row(JAN, 5.9, 200))
    keep(store, Row(JAN, 1.0, 200), series="cn.m2")
    assert store.read_packed(M1).stamp == before
    keep(store, Row(JAN, 5.5, 200))
    assert store.read_packed(M1).stamp != before
    assert [held.stamp for held in store.series()] == [
        store.read_packed(name).stamp for name in (M1, "cn.m2")
    ]


def unasked() -> Iterator[Batch]:
    raise AssertionError("an unchanged snapshot was read")
    yield


def test_a_snapshot_is_laid_under_the_rows_once(store: Vintages) -> None:
    outcomes = store.seed("shipped", "a", lambda: [Batch(M1, [Row(JAN, 5.9, 100)], PBOC)], moment=0)
    assert outcomes is not None
    assert outcomes[0].new == (Change("1", JAN, None, 5.9),)
    assert store.seed("shipped", "a", unasked, moment=1) is None


def test_a_snapshot_that_another_program_laid_meanwhile_is_not_laid_again(
    store: Vintages, tmp_path: Path
) -> None:
    batch = Batch(M1, [Row(JAN, 5.9, 100)], PBOC)

    def meanwhile() -> Iterator[Batch]:
        with closing(Vintages.open(tmp_path / "store")) as other:
            other.seed("shipped", "a", lambda: [batch], moment=0)
        yield batch

    assert store.seed("shipped", "a", meanwhile, moment=0) is None


def test_a_newer_snapshot_does_not_win_over_what_was_fetched_since(store: Vintages) -> None:
    store.seed("shipped", "a", lambda: [Batch(M1, [Row(JAN, 5.9, 100)], PBOC)], moment=0)
    keep(store, Row(JAN, 5.5, 100))
    newer = Batch(M1, [Row(JAN, 5.9, 100), Row(FEB, 1.2, 100)], PBOC)
    store.seed("shipped", "b", lambda: [newer], moment=1)
    assert values(store.read(M1)) == values(store.read_packed(M1).rows()) == [(JAN, 5.5), (FEB, 1.2)]


def test_a_snapshot_waits_for_the_program_that_lays_it_first(tmp_path: Path) -> None:
    with closing(Vintages.open(tmp_path)):
        pass
    shipped = Batch(M1, [Row(JAN, 5.5, 100)], PBOC)

    def lay() -> object:
        with closing(Vintages.open(tmp_path, busy_milliseconds=1)) as store:
            return store.seed("shipped", "a", lambda: [shipped], moment=1)

    with closing(sqlite3.connect(tmp_path / "figures.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as pool:
            laid = pool.submit(lay)
            assert wait([laid], timeout=0.2).not_done == {laid}
            other.execute("ROLLBACK")
            assert laid.result()


def test_all_is_there_the_next_time(tmp_path: Path) -> None:
    for expected in ([], [(JAN, 5.9)]):
        with closing(Vintages.open(tmp_path)) as store:
            assert values(store.read(M1)) == expected
            assert (store.kept, store.notes) == (True, ())
            keep(store, Row(JAN, 5.9, 100))


def test_an_older_file_brings_its_rows_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Vintages.open(tmp_path)) as store:
        keep(store, Row(JAN, 5.9, 100))
    newer = (*observations.SCHEMA, "ALTER TABLE series ADD COLUMN note TEXT; UPDATE series SET note = name;")
    monkeypatch.setattr(observations, "SCHEMA", newer)
    with closing(Vintages.open(tmp_path)) as store:
        assert values(store.read(M1)) == [(JAN, 5.9)]
        keep(store, Row(FEB, 1.2, 100))
        assert store.kept


def test_a_newer_file_is_left_alone_with_a_message(tmp_path: Path) -> None:
    with closing(Vintages.open(tmp_path)) as store:
        keep(store, Row(JAN, 5.9, 100))
    with closing(sqlite3.connect(tmp_path / "figures.db")) as connection:
        connection.execute("PRAGMA user_version = 9")
    before = (tmp_path / "figures.db").read_bytes()
    with closing(Vintages.open(tmp_path)) as store:
        assert "newer version" in store.notes[0]
        assert not store.kept
        keep(store, Row(JAN, 1.0, 100))
        assert values(store.read_packed(M1).rows()) == [(JAN, 1.0)]
    assert (tmp_path / "figures.db").read_bytes() == before


def test_damage_met_while_reading_sets_the_file_aside(tmp_path: Path) -> None:
    with closing(Vintages.open(tmp_path)) as store:
        for series in range(60):
            keep(store, *(Row(day, 1.0, 0) for day in range(1, 200)), series=f"s{series}")
    damage(tmp_path / "figures.db")
    with closing(Vintages.open(tmp_path)) as store:
        for series in range(60):
            store.read(f"s{series}")
        assert any("set aside" in note for note in store.notes)
        keep(store, Row(JAN, 5.9, 100))
        assert values(store.read(M1)) == [(JAN, 5.9)]
        assert (tmp_path / "figures.db.corrupt-1").exists()


def damage(path: Path) -> None:
    """Make all but the first pages unreadable."""
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(3 * 4096)
        file.write(b"\xff" * size)


def test_the_snapshot_serves_again_as_soon_as_the_file_was_set_aside(tmp_path: Path) -> None:
    shipped = [Batch(f"s{series}", [Row(day, 1.0, 0) for day in range(1, 200)], PBOC) for series in range(60)]
    with closing(Vintages.open(tmp_path)) as store:
        store.seed("shipped", "a", lambda: shipped, moment=0)
        keep(store, Row(JAN, 5.9, 100))
    damage(tmp_path / "figures.db")
    with closing(Vintages.open(tmp_path)) as store:
        store.seed("shipped", "a", lambda: shipped, moment=1)
        read = [len(store.read(f"s{series}")) for series in range(60)]
        assert any("set aside" in note for note in store.notes)
        assert read == [199] * 60
        assert store.read(M1) == []
        assert store.since(-1) == {}


def test_a_lock_is_told_in_plain_words_and_readers_go_on(store: Vintages, tmp_path: Path) -> None:
    keep(store, Row(JAN, 5.9, 100))
    with closing(sqlite3.connect(tmp_path / "store" / "figures.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="figures: another program is using the file"):
            keep(store, Row(FEB, 1.2, 100))
        assert values(store.read_packed(M1).rows()) == [(JAN, 5.9)]
        other.execute("ROLLBACK")
    keep(store, Row(FEB, 1.2, 100))
    assert len(store.read(M1)) == 2


def test_two_programs_write_at_once(tmp_path: Path) -> None:
    writers = [python(WRITER, tmp_path, series, 12) for series in ("a", "a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    for writer in writers:
        writer.communicate()
    with closing(Vintages.open(tmp_path)) as store:
        assert [(held.series, held.periods) for held in store.series()] == [("a", 199), ("b", 199)]
        assert {row.value for row in store.read("a")} == {11.0}
        assert list(store.read_packed("a").rows()) == store.read("a")


@pytest.mark.parametrize("lines", range(0, 50, 7))
def test_a_kill_leaves_a_series_as_it_was_or_as_it_becomes(tmp_path: Path, lines: int) -> None:
    code = WRITER.replace("moment=round)", "moment=round); print(round, flush=True)")
    with python(code, tmp_path, "a", 10_000) as writer:
        assert writer.stdout
        for _ in range(lines + 1):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    with closing(Vintages.open(tmp_path)) as store:
        assert (store.kept, store.notes) == (True, ())
        assert len({row.value for row in store.read("a")}) == bool(lines) or not lines
        assert list(store.read_packed("a").rows()) == store.read("a")
        assert len(store.read("a")) in ({199} if lines else {0, 199})


def test_an_empty_series_reads_as_nothing(store: Vintages) -> None:
    assert store.read_packed("cn.none") == EMPTY
    assert isinstance(EMPTY, Packed)
    assert (store.read("cn.none"), store.read_all("cn.none")) == ([], [])
