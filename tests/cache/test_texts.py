"""The texts that files have had."""

from __future__ import annotations

import sqlite3
import stat
import zlib
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from cache.texts import FILE, Seen, Texts


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def seen(name: str, text: str) -> Seen:
    return Seen("lib", name, digest_of(text) if text else "", text.encode())


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_each_text_is_kept_once_with_the_day_of_its_first_sight(store: Path) -> None:
    texts = Texts.open(store)
    texts.keep([seen("a.md", "one 一"), seen("b.md", "two")], "2026-09-01")
    texts.keep([seen("a.md", "one 一"), seen("b.md", "three")], "2026-09-02")
    assert [each.day for each in texts.of("lib", "a.md")] == ["2026-09-01"]
    assert [each.day for each in texts.of("lib", "b.md")] == ["2026-09-01", "2026-09-02"]
    assert texts.digests("lib") == {"a.md": digest_of("one 一"), "b.md": digest_of("three")}
    assert texts.of("other", "a.md") == []
    assert texts.body(texts.of("lib", "a.md")[0].number) == "one 一".encode()
    texts.close()


def test_a_file_that_has_gone_is_told_from_one_that_was_not_there_yet(store: Path) -> None:
    texts = Texts.open(store)
    texts.keep([seen("a.md", "one")], "2026-09-01")
    texts.keep([seen("a.md", "")], "2026-09-03")
    assert [each.digest for each in texts.of("lib", "a.md")] == [digest_of("one"), ""]
    texts.close()


def test_of_a_file_that_was_never_held_nothing_is_kept_when_it_goes(store: Path) -> None:
    texts = Texts.open(store)
    texts.keep([seen("a.md", "")], "2026-09-01")
    assert texts.of("lib", "a.md") == []
    texts.close()


def test_beyond_the_limit_the_oldest_go_but_the_newest_of_a_file_stays(store: Path) -> None:
    texts = Texts.open(store, limit=60)
    for day in range(1, 10):
        texts.keep([seen("a.md", f"text number {day}" * 3), seen("b.md", "b")], f"2026-09-0{day}")
    assert 0 < len(texts.of("lib", "a.md")) < 5
    assert len(texts.of("lib", "b.md")) == 1
    assert texts.body(texts.of("lib", "a.md")[-1].number) == b"text number 9" * 3
    texts.close()


def test_all_texts_are_told_of_what_has_another_one_since_a_day(store: Path) -> None:
    texts = Texts.open(store)
    texts.keep([seen("a.md", "one"), seen("b.md", "two")], "2026-09-01")
    texts.keep([seen("b.md", "three")], "2026-09-03")
    changed = [(each.relative, each.day) for each in texts.another_since("lib", "2026-09-02")]
    assert changed == [("b.md", "2026-09-01"), ("b.md", "2026-09-03")]
    assert [each.relative for each in texts.another_since("lib", "2026-08-01")] == ["b.md", "b.md"]
    assert texts.another_since("lib", "2026-09-03") == texts.another_since("other", "2026-08-01") == []
    texts.close()


def test_it_is_noted_up_to_where_a_library_is_held(store: Path) -> None:
    texts = Texts.open(store)
    assert texts.completed("lib") == ""
    texts.complete("lib", "7 2")
    texts.complete("lib", "8 2")
    assert (texts.completed("lib"), texts.completed("other")) == ("8 2", "")
    texts.close()


def test_the_file_is_private(store: Path) -> None:
    texts = Texts.open(store)
    texts.keep([seen("a.md", "one")], "2026-09-01")
    assert stat.S_IMODE((store / FILE).stat().st_mode) == 0o600
    texts.close()


@pytest.mark.parametrize("spoilt", [zlib.compress(b"on\xe4"), zlib.compress(b"one")[:-6], b"no stream"])
def test_a_text_that_is_not_as_it_was_kept_is_left_out_and_told(store: Path, spoilt: bytes) -> None:
    with closing(Texts.open(store)) as texts:
        texts.keep([seen("a.md", "one"), seen("b.md", "two")], "2026-09-01")
        with closing(sqlite3.connect(store / FILE)) as other, other:
            other.execute("UPDATE texts SET body = ? WHERE number = 1", (spoilt,))
        assert [texts.body(number) for number in (1, 2)] == [None, b"two"]
        assert texts.notes == (
            "texts: the text of a.md of 2026-09-01 is not as it was kept, and is left out",
        )
