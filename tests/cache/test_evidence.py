"""What a provider really said is there to be checked, or is said not to be."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cache.evidence import FILE, Evidence, Kept

BODY = "2026年8月 M2 8.5%".encode() * 100


def noise(size: int, seed: int) -> bytes:
    """Bytes that no compression makes smaller."""
    return b"".join(hashlib.sha256(f"{seed}/{part}".encode()).digest() for part in range(size // 32))


@pytest.fixture
def evidence(tmp_path: Path) -> Iterator[Evidence]:
    with closing(Evidence.open(tmp_path / "store", limit=10_000)) as evidence:
        yield evidence


def change(tmp_path: Path, column: str, value: object) -> None:
    with closing(sqlite3.connect(tmp_path / "store" / FILE)) as other, other:
        other.execute(f"UPDATE bodies SET {column} = ?", (value,))


def test_a_body_is_found_by_its_digest(evidence: Evidence) -> None:
    digest = evidence.keep(BODY, moment=7)
    assert digest == hashlib.sha256(BODY).hexdigest()
    assert evidence.body(digest) == BODY
    assert evidence.held(digest)
    assert evidence.known(digest) == Kept(digest, len(BODY), 7, True)
    assert evidence.total() < len(BODY) / 10


def test_an_unknown_body_is_not_held(evidence: Evidence) -> None:
    assert evidence.body("00") is None
    assert not evidence.held("00")
    assert evidence.known("00") is None
    assert evidence.notes == ()


def test_an_empty_body_is_a_body(evidence: Evidence) -> None:
    assert evidence.body(evidence.keep(b"", 0)) == b""


def test_keeping_twice_keeps_once_with_the_first_date(evidence: Evidence) -> None:
    digest = evidence.keep(BODY, 7)
    total = evidence.total()
    evidence.keep(BODY, 8)
    assert evidence.total() == total
    assert evidence.known(digest) == Kept(digest, len(BODY), 7, True)


def test_beyond_the_limit_the_oldest_go_and_their_digest_and_date_stay(evidence: Evidence) -> None:
    digests = [evidence.keep(noise(4096, moment), moment) for moment in range(4)]
    assert [evidence.held(digest) for digest in digests] == [False, False, True, True]
    assert evidence.body(digests[0]) is None
    assert evidence.known(digests[0]) == Kept(digests[0], 4096, 0, False)
    assert evidence.total() <= 10_000
    assert evidence.notes == ()


def test_a_body_that_had_to_go_can_come_back(evidence: Evidence) -> None:
    digests = [evidence.keep(noise(4096, moment), moment) for moment in range(3)]
    evidence.keep(noise(4096, 0), 9)
    assert [evidence.held(digest) for digest in digests] == [True, False, True]


def test_a_body_larger_than_the_limit_drives_out_no_other(evidence: Evidence) -> None:
    small = evidence.keep(BODY, 0)
    large = evidence.keep(noise(20_000, 1), 1)
    assert evidence.held(small)
    evidence.keep(noise(20_000, 1), 2)
    assert evidence.known(large) == Kept(large, 20_000, 1, False)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("body", b"junk"),
        ("body", "text"),
        ("body", zlib.compress(BODY + b"!")),
        ("body", zlib.compress(BODY)[:-9]),
        ("body", zlib.compress(b"0" * 50_000_000)),  # grows a thousandfold
        ("size", 3),
        ("size", -1),
        ("size", 2**62),
    ],
)
def test_a_body_that_is_not_as_it_was_kept_is_not_held(
    evidence: Evidence, tmp_path: Path, column: str, value: object
) -> None:
    digest = evidence.keep(BODY, 0)
    change(tmp_path, column, value)
    assert evidence.body(digest) is None
    assert not evidence.held(digest)
    assert digest[:12] in evidence.notes[0]
    evidence.keep(BODY, 1)
    assert evidence.body(digest) == BODY


def test_bodies_are_there_the_next_time(tmp_path: Path) -> None:
    with closing(Evidence.open(tmp_path)) as evidence:
        digest = evidence.keep(BODY, 0)
    with closing(Evidence.open(tmp_path)) as evidence:
        assert evidence.body(digest) == BODY
        assert evidence.kept


def test_a_damaged_file_is_set_aside_and_a_new_one_serves(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"<html>not a database</html>" * 100)
    tmp_path.chmod(0o700)
    with closing(Evidence.open(tmp_path)) as evidence:
        assert "set aside as evidence.db.corrupt-1" in evidence.notes[0]
        assert evidence.body(evidence.keep(BODY, 0)) == BODY


def test_without_a_folder_bodies_are_kept_in_memory() -> None:
    with closing(Evidence.open(Path(os.devnull))) as evidence:
        assert not evidence.kept
        assert "not saved" in evidence.notes[0]
        assert evidence.body(evidence.keep(BODY, 0)) == BODY
