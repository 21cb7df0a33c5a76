"""An overlay shows both what lies below it and what was written above, and what is below stays as it was."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cache.database import open_database
from cache.overlay import copy_in_memory, overlay

SCHEMA = ("CREATE TABLE words (number INTEGER PRIMARY KEY, word TEXT);",)
HIDING = "CREATE TABLE hidden (number INTEGER PRIMARY KEY);"
SHINING = {"words": "number NOT IN (SELECT number FROM main.hidden)"}


@pytest.fixture
def below(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(
        open_database(tmp_path / "a #?%41 库" / "words.db", schema=SCHEMA, name="words").connection
    ) as made:
        made.executemany("INSERT INTO words VALUES (?, ?)", [(1, "one"), (2, "two"), (3, "三")])
        yield made


def laid(below: sqlite3.Connection) -> sqlite3.Connection:
    made = overlay(below, schema=(*SCHEMA, HIDING), shining=SHINING)
    assert made is not None
    return made


def words(connection: sqlite3.Connection) -> list[str]:
    return [word for (word,) in connection.execute("SELECT word FROM words ORDER BY number")]


def test_what_is_written_above_is_seen_with_what_is_not_hidden_below(below: sqlite3.Connection) -> None:
    with closing(laid(below)) as above:
        assert words(above) == ["one", "two", "三"]
        above.execute("INSERT INTO main.hidden VALUES (2)")
        above.execute("INSERT INTO main.words VALUES (2, 'deux'), (4, 'quatre')")
        assert words(above) == ["one", "deux", "三", "quatre"]
    assert words(below) == ["one", "two", "三"]


def test_what_lies_below_stays_as_it_was_and_may_be_written_meanwhile(below: sqlite3.Connection) -> None:
    with closing(laid(below)) as above:
        below.execute("DELETE FROM words WHERE number < 3")
        below.execute("INSERT INTO words VALUES (9, 'later')")
        assert words(above) == ["one", "two", "三"]
        with closing(copy_in_memory(above, "base")) as copy:
            assert words(copy) == ["one", "two", "三"]
        with closing(laid(below)) as newer:
            assert words(newer) == ["三", "later"]


def test_nothing_can_be_written_below_from_above(below: sqlite3.Connection) -> None:
    with closing(laid(below)) as above, pytest.raises(sqlite3.OperationalError):
        above.execute("DELETE FROM base.words")


def test_nothing_is_laid_over_what_cannot_be_held(below: sqlite3.Connection) -> None:
    with closing(copy_in_memory(below)) as memory:
        assert overlay(memory, schema=SCHEMA, shining={}) is None
    below.execute("PRAGMA journal_mode = DELETE")
    assert overlay(below, schema=SCHEMA, shining={}) is None


def test_nothing_is_laid_over_a_file_in_whose_place_another_thing_stands(below: sqlite3.Connection) -> None:
    path = Path(below.execute("PRAGMA database_list").fetchone()[2])
    path.unlink()
    os.mkfifo(path)
    assert overlay(below, schema=SCHEMA, shining=SHINING) is None
    assert words(below) == ["one", "two", "三"]
