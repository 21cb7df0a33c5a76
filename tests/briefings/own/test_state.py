"""The state of the reader: kept, bounded, private, and never in the way."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random

import pytest

from briefings.own.state import FILE, GONE_KEPT, SCHEMA, Marked, State
from cache.database import open_database

Opened = Callable[[], State]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def opened(folder: Path) -> Iterator[Opened]:
    """A function that opens the state in the folder; all that it opened is closed after the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(State.open(folder)))


def test_what_was_chosen_is_kept_the_last_first_and_once(opened: Opened) -> None:
    state = opened()
    for line in ("HUAWEI", "M2", "HUAWEI"):
        state.keep_gone(line, f"choice of {line}")
    state.close()
    assert opened().gone(9) == ["choice of HUAWEI", "choice of M2"]


def test_no_more_is_kept_than_the_limit(opened: Opened) -> None:
    state = opened()
    for number in range(GONE_KEPT + 20):
        state.keep_gone(str(number), str(number))
    kept = state.gone(10_000)
    assert (len(kept), kept[0]) == (GONE_KEPT, str(GONE_KEPT + 19))


def test_the_file_is_private(folder: Path) -> None:
    State.open(folder).close()
    assert ((folder / FILE).stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_two_programs_write_at_once(opened: Opened) -> None:
    one, other = opened(), opened()
    for number in range(20):
        (one if number % 2 else other).keep_gone(str(number), str(number))
    assert len(one.gone(99)) == len(other.gone(99)) == 20


def test_a_damaged_file_is_set_aside_with_a_message(opened: Opened, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / FILE).write_bytes(b"<html>no database</html>" * 400)
    state = opened()
    assert any(FILE in note or "history" in note for note in state.notes)
    state.keep_gone("x", "y")
    assert state.gone(1) == ["y"]
    assert [path for path in folder.iterdir() if "corrupt" in path.name]


def test_damage_that_is_met_late_is_told_and_a_new_file_begun(opened: Opened, folder: Path) -> None:
    state = opened()
    for number in range(400):
        state.keep_visit("2026-10-01", f"Page {number}", "x" * 60)
    state.close()
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(data[: len(data) // 2] + b"\xff" * (len(data) - len(data) // 2))
    state = opened()
    assert len(state.visits(999)) < 400
    assert "set aside" in " ".join(state.notes)
    assert state.keep_mark(Marked("a", "2026-10-01", "Page", "page"))
    assert [mark.letter for mark in state.marks()] == ["a"]


def test_a_file_that_lost_a_table_is_set_aside_and_what_is_to_be_kept_is_kept(
    opened: Opened, folder: Path
) -> None:
    State.open(folder).close()
    with closing(sqlite3.connect(folder / FILE)) as file:
        file.execute("DROP TABLE marks")
    state = opened()
    mark = Marked("a", "2026-10-01", "Page", "page")
    assert state.keep_mark(mark)
    assert state.notes == (
        f"history: the file was damaged; it was set aside as {FILE}.corrupt-1, and a new one begun",
    )
    assert opened().marks() == [mark]


def test_a_flipped_bit_costs_the_row_that_it_is_in(opened: Opened, folder: Path) -> None:
    state = opened()
    page = '[["item", "china-legal-shield", "huawei"], [3, 0, 0, null], false]'
    for letter in "abcdefgh":
        state.keep_mark(Marked(letter, "2026-10-01T10:00:00+00:00", f"Page {letter}", page))
        state.keep_visit("2026-10-01T10:00:00+00:00", f"Page {letter}", page)
    kept = state.marks()
    state.close()
    with closing(sqlite3.connect(folder / FILE)) as file:
        file.execute("PRAGMA journal_mode = DELETE")
    sound, random = (folder / FILE).read_bytes(), Random(2)  # noqa: S311 - the same each time
    for _ in range(150):
        flipped = bytearray(sound)
        place = random.choice([at for at in range(4096, len(sound)) if sound[at]])
        flipped[place] ^= 1 << random.randrange(8)
        (folder / FILE).write_bytes(flipped)
        state = opened()
        marks, visits = state.marks(), state.visits(99)
        assert state.notes or sum(mark in kept for mark in marks) >= len(kept) - 2
        assert len(visits) <= len(kept)
        state.close()
        for left in folder.glob(f"{FILE}*"):
            left.unlink()


def test_where_nothing_can_be_written_it_holds_in_memory(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    state = opened()
    assert state.notes
    state.keep_gone("x", "y")
    assert state.gone(1) == ["y"]


def test_a_database_locked_by_another_is_left_alone(opened: Opened) -> None:
    state, other = opened(), opened()
    other.connection.execute("BEGIN IMMEDIATE")
    state.keep_gone("x", "y")
    assert state.refusal == "another program is using the file"
    other.connection.execute("ROLLBACK")
    assert state.gone(1) == []
    state.keep_gone("x", "y")
    assert state.gone(1) == ["y"]
    assert state.refusal == ""


def test_why_a_mark_was_not_kept_is_that_the_disk_is_full(opened: Opened) -> None:
    state = opened()
    (pages,) = state.connection.execute("PRAGMA page_count").fetchone()
    state.connection.execute(f"PRAGMA max_page_count = {pages}")
    assert not state.keep_mark(Marked("a", "2026-10-01", "Page", "x" * 9_000))
    assert state.refusal == "there is no space on the disk"


def test_visits_are_kept_the_last_first_and_bounded(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefings.own.state.VISITS_KEPT", 30)
    state = opened()
    for number in range(50):
        state.keep_visit(f"2026-11-28T10:00:{number:02}", f"page {number}", "[]")
    kept = state.visits(100)
    assert [visit.title for visit in kept] == [f"page {number}" for number in range(49, 19, -1)]
    assert state.visit(kept[0].number) == kept[0]
    assert state.visit(1) is None


def test_a_letter_marks_one_page_at_a_time(opened: Opened) -> None:
    state = opened()
    for title in ("first", "second"):
        assert state.keep_mark(Marked("a", "2026-11-28", title, "[]"))
    state.keep_mark(Marked("华", "2026-11-28", "third", "[]"))
    assert [(mark.letter, mark.title) for mark in state.marks()] == [("a", "second"), ("华", "third")]
    assert state.mark("b") is None


def test_what_was_read_belongs_to_its_document(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefings.own.state.READ_KEPT", 4)
    state = opened()
    state.keep_read("1", "a", [("one", "x"), ("two", "y")])
    state.keep_read("2", "ab", [("one", "z")])
    assert state.read("a") == {"one": "x", "two": "y"}
    assert state.read("ab") == {"one": "z"}
    state.keep_read("3", "a", [("one", "new"), ("three", "w"), ("four", "v")])
    assert state.read("a") == {"one": "new", "three": "w", "four": "v"}


def test_a_value_is_kept_under_its_name(opened: Opened) -> None:
    state = opened()
    state.keep_last("briefing", "one")
    state.keep_last("briefing", "two")
    assert (state.last("briefing"), state.last("other")) == ("two", "")


def test_a_file_of_an_older_version_is_carried_on(opened: Opened, folder: Path) -> None:
    older = open_database_of(folder, SCHEMA[:1])
    older.execute("INSERT INTO gone VALUES ('x', 1, 'y')")
    older.close()
    state = opened()
    assert state.gone(1) == ["y"]
    assert state.keep_mark(Marked("a", "", "", ""))


def open_database_of(folder: Path, schema: tuple[str, ...]) -> sqlite3.Connection:
    return open_database(folder / FILE, schema=schema, name="history").connection


@pytest.mark.parametrize("remade", [False, True])
def test_what_is_kept_after_its_folder_was_deleted_is_there_at_the_next_start(
    opened: Opened, folder: Path, remade: bool
) -> None:
    state = opened()
    assert state.keep_mark(Marked("a", "2026-11-29", "Page", "one"))
    shutil.rmtree(folder)
    if remade:
        State.open(folder).close()
    assert state.keep_mark(Marked("b", "2026-11-29", "Page", "two"))
    assert [mark.letter for mark in state.marks()] == ["b"]
    state.close()
    again = opened()
    assert [mark.letter for mark in again.marks()] == ["b"]
    again.close()
