"""A database opens whatever state its file is in, and good data is never lost to a bad start."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from cache import aside
from cache.connections import transaction, without_waiting
from cache.database import Opened, open_database, open_reader
from cache.troubles import is_damage

ONE = "CREATE TABLE words (word TEXT); CREATE TABLE other (x); -- a comment; with a semicolon\n"
TWO = "ALTER TABLE words ADD COLUMN count INTEGER DEFAULT 1;"
OPEN = """
import sys
from pathlib import Path
from cache.database import open_database

_, path, busy, *schema = sys.argv
opened = open_database(Path(path), schema=schema, name="index", busy_milliseconds=int(busy))
opened.connection.execute("INSERT INTO words (word) VALUES ('x')")
print(opened.kept, len(opened.notes))
opened.connection.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.db"


@contextmanager
def opened(path: Path, *schema: str, **options: Any) -> Iterator[Opened]:  # noqa: ANN401
    found = open_database(path, schema=schema or (ONE,), name="index", **options)
    with closing(found.connection):
        yield found


def write(path: Path, *words: str) -> None:
    with opened(path) as found, transaction(found.connection):
        found.connection.executemany("INSERT INTO words (word) VALUES (?)", [(word,) for word in words])


def words(found: Opened) -> list[str]:
    return [word for (word,) in found.connection.execute("SELECT word FROM words ORDER BY rowid")]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_written_is_there_the_next_time(path: Path) -> None:
    write(path, "gap", "剪刀差")
    with opened(path) as found:
        assert words(found) == ["gap", "剪刀差"]
        assert found.kept
        assert found.notes == ()


def test_odd_names_of_folders_are_no_trouble(tmp_path: Path) -> None:
    write(tmp_path / "a b?mode=memory#%20華" / "index.db", "gap")
    assert (tmp_path / "a b?mode=memory#%20華" / "index.db").stat().st_size


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o377], ids=oct)
def test_files_are_private_whatever_the_umask(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with opened(path) as found, transaction(found.connection):
            found.connection.execute("INSERT INTO words VALUES ('x')")
            files = list(path.parent.iterdir())
            assert len(files) == 3
            assert {mode(file) for file in files} == {0o600}
            assert mode(path.parent) == 0o700
    finally:
        os.umask(before)


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    write(path, "gap")
    path.chmod(0o644)
    with opened(path):
        assert mode(path) == 0o600


def test_a_newer_program_brings_the_rows_along(path: Path) -> None:
    write(path, "gap")
    with opened(path, ONE, TWO) as found:
        assert found.connection.execute("SELECT * FROM words").fetchall() == [("gap", 1)]
    with opened(path, ONE, TWO) as found:
        assert found.kept


def test_a_migration_that_fails_leaves_the_file_to_the_one_before(path: Path) -> None:
    write(path, "gap")
    twice = "INSERT INTO words (rowid) SELECT 1 FROM pragma_database_list WHERE file > '';"  # not in memory
    with opened(path, ONE, TWO + twice) as found:
        assert found.connection.execute("SELECT * FROM words").fetchall() == [("gap", 1)]
        assert not found.kept
        assert "changes to it are not saved" in found.notes[0]
    with opened(path) as found:
        assert words(found) == ["gap"]


def test_a_file_of_a_newer_program_is_left_alone(path: Path) -> None:
    with opened(path, ONE, TWO):
        pass
    before = path.read_bytes()
    with opened(path) as found:
        assert not found.kept
        assert found.notes == (
            "index: the file was written by a newer version of briefing; changes to it are not saved",
        )
        assert words(found) == []
    assert path.read_bytes() == before


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def overwritten(data: bytes) -> bytes:
    return data[:100] + b"\x7f" * 4000 + data[4100:]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": half,
    "cut in the header": lambda data: data[:50],
    "zeroed": lambda data: bytes(len(data)),
    "overwritten": overwritten,
    "a schema that is no text": lambda data: data.replace(
        b"CREATE TABLE words", b"CREATE \xff\xfe\xff\xfe\xff \xffords"
    ),
    "a page of a portal": lambda _: b"<!DOCTYPE html><title>Log in</title>" * 99,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_file_is_set_aside_once(path: Path, damage: Callable[[bytes], bytes]) -> None:
    write(path, *(f"word {number}" for number in range(2_000)))
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    with opened(path) as found:
        assert found.kept
        assert words(found) == []
        assert found.notes == (
            "index: the file was damaged; it was set aside as index.db.corrupt-1, and a new one begun",
        )
    assert path.with_name("index.db.corrupt-1").read_bytes() == damaged
    assert mode(path) == 0o600
    write(path, "again")
    with opened(path) as found:
        assert words(found) == ["again"]
        assert found.notes == ()


@pytest.mark.parametrize(("age", "notes"), [(60, ("index: the file was empty, and is begun anew",)), (0, ())])
def test_an_emptied_file_is_told_unless_it_is_just_being_made(
    path: Path, age: int, notes: tuple[str]
) -> None:
    write(path, "gap")
    path.write_bytes(b"")
    moment = path.stat().st_mtime
    os.utime(path, (moment - age, moment - age))
    with opened(path) as found:
        assert (found.kept, found.notes, words(found)) == (True, notes, [])
    with opened(path) as found:
        assert found.notes == ()


def test_a_text_in_a_row_that_is_none_is_damage(path: Path) -> None:
    write(path, "gap of money")
    path.write_bytes(path.read_bytes().replace(b"gap of money", b"gap \xff\xfe money"))
    with opened(path) as found, pytest.raises(sqlite3.OperationalError) as caught:
        words(found)
    assert is_damage(caught.value)


def test_damage_in_the_middle_is_found_on_request(path: Path) -> None:
    write(path, *(f"word {number}" for number in range(2_000)))
    data = path.read_bytes()
    path.write_bytes(data[:12_288] + b"\xff" * 8_192 + data[20_480:])
    with opened(path) as found:
        assert found.notes == ()
    with opened(path, thorough=True) as found:
        assert "corrupt-1" in found.notes[0]
        assert words(found) == []


@pytest.mark.parametrize(
    ("version", "words_of_it"),
    [(-1, "index: the file is none of ours; "), (0, "index: the file holds something else (")],
)
def test_a_database_of_something_else_is_set_aside(path: Path, version: int, words_of_it: str) -> None:
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {version}")
        other.execute("CREATE TABLE words (theirs)")
    with opened(path) as found:
        assert found.kept
        assert found.notes[0].startswith(words_of_it)
        assert "set aside as index.db.corrupt-1" in found.notes[0]
        assert words(found) == []


@pytest.mark.parametrize("body", [b"vm\n", b""])
def test_what_a_link_leads_to_is_left_as_it_is(path: Path, tmp_path: Path, body: bytes) -> None:
    other = tmp_path / "theirs"
    other.write_bytes(body)
    other.chmod(0o644)
    path.parent.mkdir(mode=0o700)
    path.symlink_to(other)
    for _ in range(2):
        with opened(path, thorough=True) as found:
            assert not found.kept
            assert "leads elsewhere" in found.notes[0]
            assert "changes to it are not saved" in found.notes[0]
            found.connection.execute("INSERT INTO words VALUES ('x')")
    assert (other.read_bytes(), mode(other), path.is_symlink()) == (body, 0o644, True)
    assert sorted(each.name for each in (*tmp_path.iterdir(), *path.parent.iterdir())) == sorted(
        {other.name, path.parent.name, path.name}
    )


def test_a_sound_database_behind_a_link_is_read_and_not_written(path: Path, tmp_path: Path) -> None:
    write(path, "gap")
    path.rename(tmp_path / "moved.db")
    path.symlink_to(tmp_path / "moved.db")
    before = (tmp_path / "moved.db").read_bytes()
    with opened(path) as found:
        assert (found.kept, words(found)) == (False, ["gap"])
        found.connection.execute("INSERT INTO words VALUES ('x')")
    assert (tmp_path / "moved.db").read_bytes() == before


def test_few_damaged_files_are_kept(path: Path) -> None:
    for number in range(1, 5):
        write(path, "gap")
        path.write_bytes(b"damage %d" % number)
    with opened(path) as found:
        assert found.kept
        names = {each.name for each in path.parent.iterdir() if "corrupt" in each.name}
    assert names == {"index.db.corrupt-3", "index.db.corrupt-4"}


def test_a_damaged_file_takes_its_logs_along(tmp_path: Path) -> None:
    for end in ("", "-wal", "-journal"):
        (tmp_path / f"index.db{end}").touch()
    assert aside.set_aside(tmp_path / "index.db") == "index.db.corrupt-1"
    names = {each.name for each in tmp_path.iterdir()}
    assert names == {"index.db.corrupt-1", "index.db.corrupt-1-wal", "index.db.corrupt-1-journal"}


def test_a_wrong_schema_of_our_own_is_not_hidden(path: Path) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="syntax"):
        open_database(path, schema=("CREATE TABEL x (y)",), name="index")


def test_reading_goes_on_beside_a_foreign_writer(path: Path) -> None:
    write(path, "gap")
    with opened(path) as other, transaction(other.connection):
        other.connection.execute("INSERT INTO words VALUES ('unfinished')")
        with opened(path, busy_milliseconds=10) as found:
            assert words(found) == ["gap"]
            assert found.kept
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                found.connection.execute("INSERT INTO words VALUES ('x')")


def test_what_may_be_left_out_waits_for_nobody(path: Path) -> None:
    def patience(found: Opened) -> int:
        return int(found.connection.execute("PRAGMA busy_timeout").fetchone()[0])

    write(path, "gap")
    an_hour = 3_600_000
    with opened(path) as other, transaction(other.connection), opened(path) as found:
        found.connection.execute(f"PRAGMA busy_timeout = {an_hour}")
        with pytest.raises(sqlite3.OperationalError, match="locked"), without_waiting(found.connection):
            found.connection.execute("INSERT INTO words VALUES ('x')")
        assert patience(found) == an_hour


def test_a_lock_in_the_way_of_a_migration_gives_a_copy(path: Path) -> None:
    write(path, "gap")
    with (
        opened(path) as other,
        transaction(other.connection),
        opened(path, ONE, TWO, busy_milliseconds=10) as found,
    ):
        assert found.connection.execute("SELECT * FROM words").fetchall() == [("gap", 1)]
        assert not found.kept
        assert found.notes == ("index: another program is using the file; changes to it are not saved",)


def test_a_file_that_is_locked_whole_gives_an_empty_database(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE words (word TEXT)")
        other.execute("BEGIN EXCLUSIVE")
        with opened(path, busy_milliseconds=10) as found:
            assert not found.kept
            assert "another program" in found.notes[0]
            found.connection.execute("INSERT INTO words VALUES ('works')")
    assert not any("corrupt" in each.name for each in path.parent.iterdir())


def test_a_damaged_file_is_set_aside_where_folders_cannot_be_locked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    write(path, "gap")
    path.write_bytes(b"damage" * 999)
    monkeypatch.setattr(fcntl, "flock", no_locks)
    with opened(path) as found:
        assert found.kept
        assert "corrupt-1" in found.notes[0]


def test_a_damaged_file_that_another_process_mends_is_left_to_it(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(b"damage")
    with aside.lock(path.parent, 0), opened(path, busy_milliseconds=10) as found:
        assert not found.kept
    assert path.read_bytes() == b"damage"


def test_many_may_open_and_migrate_at_once(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(b"damage" * 999)
    command = [sys.executable, "-c", OPEN, str(path), "9000", ONE, TWO]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = sorted(process.communicate()[0].strip() for process in running)
    assert said == ["True 0", "True 0", "True 0", "True 1"]
    with opened(path, ONE, TWO) as found:
        assert words(found) == ["x"] * 4
    assert len([each for each in path.parent.iterdir() if "corrupt" in each.name]) == 1


def test_a_read_only_file_is_read_and_not_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, "gap")
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with opened(path) as found:
        assert words(found) == ["gap"]
        found.connection.execute("INSERT INTO words VALUES ('unsaved')")
        assert not found.kept
        assert f"cannot be written; run: chmod u+rw {path}" in found.notes[0]
    assert path.read_bytes() == before


def test_a_file_is_read_where_there_is_no_room_for_locks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, "gap")
    real: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connect(name: str, **options: Any) -> sqlite3.Connection:  # noqa: ANN401
        if name != ":memory:" and "immutable" not in name:
            error = sqlite3.OperationalError("locking protocol")
            error.sqlite_errorcode = sqlite3.SQLITE_PROTOCOL
            raise error
        return real(name, **options)

    monkeypatch.setattr(sqlite3, "connect", connect)
    with opened(path) as found:
        assert words(found) == ["gap"]
        assert found.notes == ("index: the file cannot be locked; changes to it are not saved",)


def test_a_full_disk_leaves_an_empty_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(os, "open", full)
    with opened(path) as found:
        assert not found.kept
        assert "No space left" in found.notes[0]
        assert words(found) == []


@pytest.mark.parametrize("obstacle", ["file for folder", "folder for file", "pipe for file"])
def test_what_is_in_the_way_is_named_and_left(path: Path, obstacle: str) -> None:
    if obstacle == "file for folder":
        path.parent.write_text("mine")
    else:
        path.parent.mkdir(mode=0o700)
        path.mkdir() if obstacle.startswith("folder") else os.mkfifo(path)
    with opened(path) as found:
        assert not found.kept
        assert "cache" in found.notes[0]
        assert words(found) == []
    assert path.parent.is_file() or path.is_dir() or path.is_fifo()


def test_nothing_is_read_from_a_folder_that_others_write(path: Path) -> None:
    write(path, "planted")
    path.parent.chmod(0o777)
    with opened(path) as found:
        assert not found.kept
        assert "chmod go-w" in found.notes[0]
        assert words(found) == []


def write_half(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO words VALUES ('half')")
        raise ValueError("midway")


def test_what_stands_in_a_schema_may_not_act(path: Path) -> None:
    with opened(path) as found, closing(open_reader(path)) as reader:
        for connection in (found.connection, reader):
            assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)


def test_a_transaction_is_kept_whole_or_not_at_all(path: Path) -> None:
    with opened(path) as found:
        with pytest.raises(ValueError, match="midway"):
            write_half(found.connection)
        assert words(found) == []


def test_a_reader_sees_what_is_written_and_writes_nothing(path: Path) -> None:
    with opened(path) as found, closing(open_reader(path)) as reader:
        found.connection.execute("INSERT INTO words VALUES ('gap')")
        assert reader.execute("SELECT word FROM words").fetchall() == [("gap",)]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("DELETE FROM words")


def test_opening_again_leaves_the_locks_of_this_process(path: Path) -> None:
    write(path, "gap")
    with opened(path) as found, transaction(found.connection):
        with opened(path):
            pass
        command = [sys.executable, "-c", OPEN, str(path), "1", ONE]
        second = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "locked" in second.stderr


def test_a_worker_may_share_a_connection_on_request(path: Path) -> None:
    seen: list[str] = []
    with opened(path, check_same_thread=False) as found:
        found.connection.execute("INSERT INTO words VALUES ('gap')")
        worker = threading.Thread(target=lambda: seen.extend(words(found)))
        worker.start()
        worker.join()
    assert seen == ["gap"]


def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(path: Path) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    os.mkfifo(path)
    with opened(path) as found:
        assert not found.kept
        assert f"is not a file; run: mv {path} {path}.old" in found.notes[0]
    with pytest.raises(sqlite3.Error, match="not a file"):
        open_reader(path)
