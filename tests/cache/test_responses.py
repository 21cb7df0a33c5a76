"""The cache of answers runs nothing, reads and removes nothing outside its folder, and survives damage."""

from __future__ import annotations

import os
import pickle
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import diskcache
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache.records import Damaged, Record, decode, encode
from cache.responses import Responses
from cache.safe_cache import SafeDisk, UnsafeEntry

KEY = "GET https://data.example/m2?page=1"
SMALL = Record.of(KEY, "https://data.example/m2", 200, [("ETag", '"a"'), ("Set-Cookie", "id=1")], b"8.5", 100)
LARGE = SMALL._replace(body=bytes(range(256)) * 1000)
WRITER = """
import sys
from pathlib import Path
from cache.records import Record
from cache.responses import Responses
responses = Responses.open(Path(sys.argv[1]))
print("ready", flush=True)
kept = 0
for number in range(int(sys.argv[3])):
    body = bytes([number % 256]) * 50_000
    kept += responses.put(Record.of(f"{sys.argv[2]}/{number % 7}", "", 200, [], body, number))
    print(number, flush=True)
print(responses.kept, kept, *responses.notes)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "responses"


@pytest.fixture
def responses(folder: Path) -> Iterator[Responses]:
    with closing(Responses.open(folder)) as responses:
        yield responses


class Trap:
    """A pickle of this makes a file when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return (open, (str(self.path), "w"))


def database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "cache.db")


def plant(folder: Path, **columns: object) -> None:
    """Change the row of the one entry."""
    with closing(database(folder)) as connection, connection:
        names = ", ".join(f"{name} = ?" for name in columns)
        connection.execute(f"UPDATE Cache SET {names}", tuple(columns.values()))


def rows(folder: Path) -> list[tuple[Any, ...]]:
    with closing(database(folder)) as connection:
        return connection.execute("SELECT key, mode, filename FROM Cache").fetchall()


def value_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.val"))


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    return subprocess.Popen(argv, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("record", [SMALL, LARGE], ids=["in the row", "in a file"])
def test_an_answer_is_there_the_next_time(folder: Path, record: Record) -> None:
    for expected in (None, record):
        with closing(Responses.open(folder)) as responses:
            assert responses.get(KEY) == expected
            assert responses.put(record)
            assert responses.kept
            assert responses.notes == ()


def test_only_the_headers_that_matter_are_kept() -> None:
    assert SMALL.headers == (("etag", '"a"'),)
    assert SMALL.header("etag") == '"a"'
    assert SMALL.header("set-cookie") is None


def test_a_confirmed_answer_keeps_its_body_and_date(responses: Responses) -> None:
    responses.put(LARGE)
    assert responses.touch(KEY, 200, [("Date", "today"), ("ETag", '"b"')])
    found = responses.get(KEY)
    assert found == LARGE._replace(checked=200, headers=(("etag", '"b"'), ("date", "today")))
    assert not responses.touch("GET another", 200)


def test_files_and_folders_are_private_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0)
    try:
        with closing(Responses.open(folder)) as responses:
            responses.put(LARGE)
            paths = list(folder.rglob("*"))
            assert len(paths) == 5  # database, two sidecars, value, and the folder that it is in
            assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}
            assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *paths) if path.is_dir()} == {
                0o700
            }
    finally:
        os.umask(before)


def test_beyond_the_limit_the_answers_stored_longest_ago_go(folder: Path) -> None:
    with closing(Responses.open(folder, limit=1_000_000)) as responses:
        for number in range(12):
            responses.put(LARGE._replace(key=str(number)))
        assert responses.get("0") is None
        assert responses.get("11") is not None
        assert responses.get("9") is not None
        assert responses.size() <= 1_000_000
        responses.put(SMALL)
        assert responses.get("11") is not None


def test_small_answers_go_no_further_than_the_limit_asks(folder: Path) -> None:
    with closing(Responses.open(folder, limit=1_000_000)) as responses:
        for number in range(100):
            responses.put(SMALL._replace(key=str(number), body=bytes(20_000)))
        held = [number for number in range(100) if responses.get(str(number))]
        assert held == list(range(held[0], 100))
        assert 20 < len(held) < 50


# ---------------------------------------------------------------------- planted rows
def test_the_trap_springs_for_the_disk_of_diskcache(tmp_path: Path) -> None:
    """Or the tests below would prove nothing."""
    with diskcache.Cache(str(tmp_path / "own")) as cache:
        cache["key"] = Trap(tmp_path / "sprung")
        cache["key"].close()
    assert (tmp_path / "sprung").exists()


@pytest.mark.parametrize("record", [SMALL, LARGE], ids=["in the row", "in a file"])
def test_a_planted_pickle_is_not_run(
    folder: Path, tmp_path: Path, responses: Responses, record: Record
) -> None:
    responses.put(record)
    trap = pickle.dumps(Trap(tmp_path / "sprung"))
    plant(folder, mode=4, value=None if value_files(folder) else trap)
    for path in value_files(folder):
        path.write_bytes(trap)
    assert responses.get(KEY) is None
    assert "forgotten" in responses.notes[0]
    assert not rows(folder)
    assert not value_files(folder)
    assert not (tmp_path / "sprung").exists()


def test_a_pickle_planted_as_a_key_is_not_run(folder: Path, tmp_path: Path, responses: Responses) -> None:
    responses.put(SMALL)
    plant(folder, key=pickle.dumps(Trap(tmp_path / "sprung")), raw=0)
    assert responses.get(KEY) is None
    assert responses.put(LARGE)
    with diskcache.Cache(str(folder), disk=SafeDisk) as cache:
        for listing in (iter, reversed, diskcache.Cache.iterkeys):
            with pytest.raises(UnsafeEntry):
                list(listing(cache))
    with closing(Responses.open(folder)) as later:
        assert later.get(KEY) == LARGE
    assert [key for key, *_ in rows(folder)] == [KEY]
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"mode": 0},
        {"mode": 3, "value": "text"},
        {"mode": 4, "value": b""},
        {"mode": 9},
        {"mode": "1", "value": "text"},
        {"mode": None},
        {"value": 7},
        {"value": "text"},
        {"value": None},
        {"mode": 2, "filename": 7},
        {"mode": 2, "filename": None, "value": None},
        {"mode": 2, "value": None, "filename": "/etc/hostname"},
        {"mode": 2, "value": None, "filename": "cache.db"},
    ],
    ids=str,
)
def test_a_row_that_we_did_not_write_is_forgotten(
    folder: Path, responses: Responses, columns: dict[str, object]
) -> None:
    responses.put(SMALL)
    plant(folder, **columns)
    assert responses.get(KEY) is None
    assert "forgotten" in responses.notes[0]
    assert rows(folder) == []
    assert (folder / "cache.db").exists()


@pytest.mark.parametrize("act", ["get", "put", "touch", "evict"])
@pytest.mark.parametrize("climb", ["../secret", "ab/../../secret", "{absolute}", "ab/" + "0" * 30 + ".val"])
def test_no_file_outside_the_folder_is_read_or_removed(
    folder: Path, tmp_path: Path, act: str, climb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(mode=0o700)
    (folder / "ab").symlink_to(tmp_path)
    own = f"01/{0:030x}.val"  # a new name is drawn by chance, and could fall into the folder that leads away
    monkeypatch.setattr(SafeDisk, "filename", lambda *_: (own, str(folder / own)))
    secrets = [tmp_path / "secret", tmp_path / ("0" * 30 + ".val")]
    for secret in secrets:
        secret.write_bytes(encode(SMALL))
    with closing(Responses.open(folder, limit=50_000)) as responses:
        responses.put(SMALL)
        plant(folder, mode=2, value=None, filename=climb.format(absolute=secrets[0]), size=90_000)
        if act == "get":
            assert responses.get(KEY) is None
        elif act == "put":
            assert responses.put(SMALL)
        elif act == "touch":
            assert not responses.touch(KEY, 1)
        else:
            assert responses.put(LARGE._replace(key="another"))
        assert [secret.read_bytes() for secret in secrets] == [encode(SMALL)] * 2
        assert climb not in str(rows(folder))


def test_no_file_outside_the_folder_is_written(folder: Path, tmp_path: Path, responses: Responses) -> None:
    (tmp_path / "outside").mkdir()
    for number in range(256):
        (folder / f"{number:02x}").symlink_to(tmp_path / "outside")
    assert not responses.put(LARGE)
    assert "leads elsewhere" in responses.notes[0]
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_pipe_in_the_place_of_a_value_does_not_hold_us_up(folder: Path, responses: Responses) -> None:
    responses.put(LARGE)
    (path,) = value_files(folder)
    path.unlink()
    os.mkfifo(path)
    assert responses.get(KEY) is None


def test_a_value_that_is_a_link_is_not_followed(folder: Path, tmp_path: Path, responses: Responses) -> None:
    responses.put(LARGE)
    (path,) = value_files(folder)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert responses.get(KEY) is None
    responses.put(LARGE)
    assert (tmp_path / "elsewhere").exists()


def test_an_answer_to_another_request_is_none(folder: Path, responses: Responses) -> None:
    responses.put(SMALL)
    plant(folder, key="GET another")
    assert responses.get("GET another") is None


def test_nothing_but_text_and_bytes_can_be_stored(folder: Path, responses: Responses) -> None:
    with diskcache.Cache(str(folder), disk=SafeDisk) as cache:
        for key, value in (
            (1, b""),
            (b"key", b""),
            (("a",), b""),
            ("key", "text"),
            ("key", {}),
            ("key", None),
        ):
            with pytest.raises(TypeError):
                cache.set(key, value)
    assert rows(folder) == []


# ---------------------------------------------------------------------- damage
@pytest.mark.parametrize("size", [0, 1, 40, 1000, -1])
def test_a_cut_value_is_a_miss(folder: Path, responses: Responses, size: int) -> None:
    responses.put(LARGE)
    (path,) = value_files(folder)
    path.write_bytes(path.read_bytes()[:size])
    assert responses.get(KEY) is None
    assert not rows(folder)
    assert not value_files(folder)
    assert responses.put(LARGE)
    assert responses.get(KEY) == LARGE


def test_a_value_that_is_gone_is_a_miss(folder: Path, responses: Responses) -> None:
    responses.put(LARGE)
    value_files(folder)[0].unlink()
    assert responses.get(KEY) is None
    assert responses.put(LARGE)
    assert responses.get(KEY) == LARGE


@given(st.data())
def test_a_changed_byte_never_passes(data: st.DataObject) -> None:
    whole = bytearray(encode(SMALL))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Damaged):
        decode(bytes(whole))


@given(
    st.builds(
        Record,
        *(st.text(), st.text(), st.integers(0, 999), st.just((("etag", "ä"),)), st.binary()),
        *(st.integers(), st.integers(), st.text()),
    )
)
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    assert decode(encode(record)) == record


@pytest.mark.parametrize("field", ["key", "status", "headers", "digest"])
def test_a_whole_frame_with_a_foreign_head_is_refused(field: str) -> None:
    with pytest.raises(Damaged):
        decode(encode(SMALL._replace(**{field: [None]})))  # type: ignore[arg-type]


@pytest.mark.parametrize("junk", [b"<html>no database</html>" * 400, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_broken_header_is_set_aside_with_a_note(folder: Path, junk: bytes) -> None:
    with closing(Responses.open(folder)) as responses:
        responses.put(SMALL)
    (folder / "cache.db").write_bytes(junk)
    with closing(Responses.open(folder)) as responses:
        assert "set aside" in responses.notes[0]
        assert responses.get(KEY) is None
        assert responses.put(SMALL)
        assert responses.kept
    assert (folder / "cache.db.corrupt-1").read_bytes() == junk
    with closing(Responses.open(folder)) as responses:
        assert responses.get(KEY) == SMALL
        assert responses.notes == ()


def test_a_broken_middle_is_set_aside_when_it_is_met(folder: Path) -> None:
    with closing(Responses.open(folder)) as responses:
        for number in range(200):
            responses.put(SMALL._replace(key=str(number), body=bytes(4000)))
    size = (folder / "cache.db").stat().st_size
    with (folder / "cache.db").open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    with closing(Responses.open(folder)) as responses:
        for number in range(200):
            responses.get(str(number))
        assert any("set aside" in note for note in responses.notes)
        assert responses.put(SMALL)
        assert responses.get(KEY) == SMALL
        assert responses.kept


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE Settings (key TEXT UNIQUE, value); INSERT INTO Settings VALUES ('disk_pickle', 1);",
        "CREATE TABLE Settings (key TEXT UNIQUE, value); INSERT INTO Settings VALUES ('size', 'much');",
        "CREATE TABLE Settings (word TEXT);",
        "CREATE TABLE Cache (word TEXT);",
        "CREATE TABLE notes (word TEXT); PRAGMA user_version = 3;",
    ],
)
def test_a_database_that_is_not_ours_is_set_aside_or_left_alone(folder: Path, script: str) -> None:
    folder.mkdir(mode=0o700)
    with closing(database(folder)) as connection:
        connection.executescript(script)
    with closing(Responses.open(folder)) as responses:
        assert responses.notes
        assert responses.put(SMALL)
        assert responses.get(KEY) == SMALL


def test_what_a_killed_program_left_behind_is_swept_up(folder: Path) -> None:
    with closing(Responses.open(folder)) as responses:
        responses.put(LARGE)
    (used,) = value_files(folder)
    old, young = (used.with_name(letter * 30 + ".val") for letter in "ab")
    for path in (used, old, young):
        path.write_bytes(used.read_bytes())
    for path in (used, old):
        os.utime(path, (0, 0))
    with closing(Responses.open(folder)) as responses:
        assert value_files(folder) == sorted((used, young))
        assert responses.get(KEY) == LARGE


# ---------------------------------------------------------------------- other programs, other folders
def test_while_another_program_holds_the_file_answers_are_read_and_nothing_waits(
    folder: Path, responses: Responses
) -> None:
    responses.put(LARGE)
    with closing(sqlite3.connect(folder / "cache.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert responses.get(KEY) == LARGE
        assert not responses.put(SMALL)
        assert "another program is using the file" in responses.notes[0]
        with closing(Responses.open(folder)) as late:  # diskcache alone would wait for a minute
            assert not late.kept
            assert "another program is using the file" in late.notes[0]
            assert late.put(SMALL)
            assert late.touch(KEY, 200)
            assert late.get(KEY) == SMALL._replace(checked=200)
        other.execute("ROLLBACK")
    assert responses.get(KEY) == LARGE
    assert responses.put(SMALL)


def test_four_programs_write_at_once(folder: Path) -> None:
    writers = [writer(folder, name, 40) for name in "abcd"]
    lasts = [process.communicate()[0].splitlines()[-1] for process in writers]
    assert lasts == ["True 40"] * 4
    with closing(Responses.open(folder)) as responses:
        for name in "abcd":
            for number in range(33, 40):
                found = responses.get(f"{name}/{number % 7}")
                assert found is not None
                assert found.body == bytes([number]) * 50_000
        assert len(value_files(folder)) == 28


@pytest.mark.parametrize("lines", [1, 4, 10, 25])
def test_a_kill_leaves_whole_answers(folder: Path, lines: int) -> None:
    with writer(folder, "a", 100_000) as process:
        assert process.stdout
        for _ in range(lines):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    with closing(Responses.open(folder)) as responses:
        assert responses.kept
        held = [found for number in range(7) if (found := responses.get(f"a/{number}"))]
        assert len(held) >= min(lines - 1, 7)
        assert all(len(set(found.body)) == 1 and len(found.body) == 50_000 for found in held)
        assert responses.notes == ()
        assert len(value_files(folder)) <= len(held) + 2  # the one that was being written, or replaced


def test_threads_share_it(responses: Responses) -> None:
    def fill(name: str) -> None:
        for number in range(20):
            responses.put(SMALL._replace(key=f"{name}{number}"))
        responses.close()

    threads = [threading.Thread(target=fill, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(responses.get(f"{name}{number}") for name in "abc" for number in range(20))


@pytest.mark.parametrize("kind", ["file", "writable by others", "no folder can be made"])
def test_where_the_folder_cannot_be_used_answers_are_kept_in_memory(folder: Path, kind: str) -> None:
    if kind == "file":
        folder.write_text("")
    elif kind == "writable by others":
        folder.mkdir()
        folder.chmod(0o777)
    else:
        folder = Path(os.devnull) / "responses"
    with closing(Responses.open(folder, limit=500_000)) as responses:
        assert not responses.kept
        assert len(responses.notes) == 1
        for number in range(3):
            assert responses.put(LARGE._replace(key=str(number)))
        assert [responses.get(str(number)) is not None for number in range(3)] == [False, False, True]
        assert responses.size() < 500_000
