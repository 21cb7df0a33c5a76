"""The state of the reader: kept, bounded, private, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.state import FILE, GONE_KEPT, State


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"


def test_what_was_chosen_is_kept_the_last_first_and_once(folder: Path) -> None:
    state = State.open(folder)
    for line in ("HUAWEI", "M2", "HUAWEI"):
        state.keep_gone(line, f"choice of {line}")
    state.close()
    assert State.open(folder).gone(9) == ["choice of HUAWEI", "choice of M2"]


def test_no_more_is_kept_than_the_limit(folder: Path) -> None:
    state = State.open(folder)
    for number in range(GONE_KEPT + 20):
        state.keep_gone(str(number), str(number))
    kept = state.gone(10_000)
    assert (len(kept), kept[0]) == (GONE_KEPT, str(GONE_KEPT + 19))


def test_the_file_is_private(folder: Path) -> None:
    State.open(folder).close()
    assert ((folder / FILE).stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_two_programs_write_at_once(folder: Path) -> None:
    one, other = State.open(folder), State.open(folder)
    for number in range(20):
        (one if number % 2 else other).keep_gone(str(number), str(number))
    assert len(one.gone(99)) == len(other.gone(99)) == 20


def test_a_damaged_file_is_set_aside_with_a_message(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / FILE).write_bytes(b"<html>no database</html>" * 400)
    state = State.open(folder)
    assert any(FILE in note or "history" in note for note in state.notes)
    state.keep_gone("x", "y")
    assert state.gone(1) == ["y"]
    assert [path for path in folder.iterdir() if "corrupt" in path.name]


def test_where_nothing_can_be_written_it_holds_in_memory(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    state = State.open(tmp_path / "state")
    assert state.notes
    state.keep_gone("x", "y")
    assert state.gone(1) == ["y"]


def test_a_database_locked_by_another_is_left_alone(folder: Path) -> None:
    state, other = State.open(folder), State.open(folder)
    other.connection.execute("BEGIN IMMEDIATE")
    state.keep_gone("x", "y")
    other.connection.execute("ROLLBACK")
    assert state.gone(1) == []
    state.keep_gone("x", "y")
    assert state.gone(1) == ["y"]
