"""A file that another program holds whole is waited for once, however often it is asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from cache.database import Opened, open_database, reading
from cache.patience import OTHERS_MILLISECONDS, patience

PATIENT = 150
SCHEMA = ("CREATE TABLE words (word TEXT);",)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The milliseconds that each connection was told to wait, in the order in which they were made."""
    told: list[int] = []
    connect = sqlite3.connect

    def told_connect(*arguments: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401
        if "timeout" in options:
            told.append(round(1000 * options["timeout"]))
        connection: sqlite3.Connection = connect(*arguments, **options)
        return connection

    monkeypatch.setattr(sqlite3, "connect", told_connect)
    return told


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that holds two files."""
    for name in ("a.db", "b.db"):
        opened(tmp_path, name).connection.close()
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS b", (str(tmp_path / "b.db"),))
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        for table in ("words", "b.words"):
            connection.execute(f"INSERT INTO {table} VALUES ('held')")
        yield connection


def opened(folder: Path, name: str) -> Opened:
    return open_database(folder / name, schema=SCHEMA, name=name, busy_milliseconds=PATIENT)


def test_a_held_file_is_waited_for_once_and_others_but_briefly(
    holder: sqlite3.Connection, tmp_path: Path, waits: list[int]
) -> None:
    waits.clear()
    for name in ("a.db", "a.db", "b.db", "b.db"):
        with closing((found := opened(tmp_path, name)).connection):
            assert found.notes == (f"{name}: another program is using the file; changes to it are not saved",)
    assert [wait for wait in waits if wait] == [PATIENT, OTHERS_MILLISECONDS]


def test_a_reader_waits_once_too(holder: sqlite3.Connection, tmp_path: Path, waits: list[int]) -> None:
    waits.clear()
    for _ in range(3):
        with suppress(sqlite3.OperationalError), reading(tmp_path / "a.db") as reader:
            reader.execute("SELECT * FROM words")
            pytest.fail("the file was not held")
    assert [bool(wait) for wait in waits] == [True, False, False]


def test_a_file_that_is_free_again_is_waited_for_as_before(
    holder: sqlite3.Connection, tmp_path: Path
) -> None:
    opened(tmp_path, "a.db").connection.close()
    assert patience(tmp_path / "a.db", PATIENT) == 0
    holder.execute("COMMIT")
    holder.close()
    found = opened(tmp_path, "a.db")
    with closing(found.connection) as connection:
        assert found.kept
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (PATIENT,)
    assert patience(tmp_path / "a.db", PATIENT) == PATIENT
