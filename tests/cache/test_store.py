"""A store whose disk takes nothing: what is laid into it serves all the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cache.store import Store, StoreError

SCHEMA = ("CREATE TABLE words (word TEXT);",)
PAGES = 4


def lay(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO words VALUES (?)", ("shipped " * 4_000,))


def words(store: Store) -> list[str]:
    query = "SELECT trim(substr(word, 1, 8)) FROM words ORDER BY rowid"
    return store.read(lambda connection: [str(word) for (word,) in connection.execute(query)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "figures.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """One with a row, whose file cannot grow."""
    with closing(Store(path, schema=SCHEMA, name="figures")) as found:
        found.write(lambda connection: connection.execute("INSERT INTO words VALUES ('kept')"))
        found.read(lambda connection: connection.execute(f"PRAGMA max_page_count = {PAGES}").fetchall())
        yield found


def test_what_finds_no_room_is_laid_over_a_copy_in_memory(store: Store, path: Path) -> None:
    store.lay("snapshot", lay)
    assert words(store) == ["kept", "shipped"]
    assert not store.kept
    assert store.notes == ("figures: there is no space on the disk; changes to it are not saved",)
    with closing(Store(path, schema=SCHEMA, name="figures")) as other:
        assert words(other) == ["kept"]


def test_what_is_written_and_finds_no_room_is_told_and_leaves_all_as_it_was(store: Store) -> None:
    with pytest.raises(StoreError, match="figures: there is no space on the disk"):
        store.write(lay)
    assert words(store) == ["kept"]
    assert store.kept


def test_a_mistake_of_ours_is_not_taken_for_a_full_disk(store: Store) -> None:
    with pytest.raises(StoreError, match="no such table"):
        store.lay("snapshot", lambda connection: connection.execute("INSERT INTO others VALUES (1)"))
    assert store.kept
