"""A database is passed on whole, and is one that can be read and written, wherever it came from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cache.passing import packed, unpacked


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_what_was_copied_from_a_file_is_read_and_written_where_it_is_passed_on(
    tmp_path: Path, mode: str
) -> None:
    with closing(sqlite3.connect(":memory:")) as memory:
        with closing(sqlite3.connect(tmp_path / "a.db")) as file, file:
            file.execute(f"PRAGMA journal_mode = {mode}")
            file.execute("CREATE TABLE words (word TEXT)")
            file.execute("INSERT INTO words VALUES ('芯片')")
            file.commit()
            file.backup(memory)
        whole = packed(memory)
    with closing(unpacked(whole)) as passed:
        passed.execute("INSERT INTO words VALUES ('more')")
        assert passed.execute("SELECT word FROM words").fetchall() == [("芯片",), ("more",)]
        with closing(unpacked(packed(passed))) as again:
            assert again.execute("SELECT count(*) FROM words").fetchone() == (2,)
