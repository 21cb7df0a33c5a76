"""Each text is kept with the day on which it was first seen, whatever became of what was kept before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

import pytest

from briefings.desk import Desk, Library
from briefings.past.former import FormerTexts
from cache.paths import Places
from cache.texts import FILE, Texts
from tests.homes import places_in

Look = Callable[[int], Desk]


@pytest.fixture
def home(tmp_path: Path) -> Places:
    home = places_in(tmp_path)
    home.library.mkdir(parents=True)
    for name in "abc":
        (home.library / f"{name}.md").write_text(f"first {name} 文", encoding="utf-8")
    return home


@pytest.fixture
def look(home: Places) -> Iterator[Look]:
    """Look at the library on a day of a month."""
    with ExitStack() as desks:

        def look(day: int) -> Desk:
            desks.close()
            desk = desks.enter_context(closing(Desk(Library(home), date(2026, 9, day))))
            desk.upkeep.update()
            return desk

        yield look


def held(home: Places) -> dict[str, list[str]]:
    """The days of the texts of each file of the reader, those on which it had gone in brackets."""
    with closing(Texts.open(home.store)) as texts:
        name = str(home.library)
        return {
            file: [each.day[-2:] if each.digest else f"({each.day[-2:]})" for each in texts.of(name, file)]
            for file in texts.digests(name)
        }


def test_of_what_changes_the_texts_are_kept_and_that_it_went(home: Places, look: Look) -> None:
    look(1)
    (home.library / "a.md").write_text("second a", encoding="utf-8")
    look(2)
    (home.library / "b.md").unlink()
    (home.library / "d.md").write_text("first d", encoding="utf-8")
    look(3)
    (home.library / "b.md").write_text("first b 文", encoding="utf-8")
    look(4)
    look(5)
    assert held(home) == {"a.md": ["01", "02"], "b.md": ["01", "(03)", "04"], "c.md": ["01"], "d.md": ["03"]}


def test_when_the_store_was_lost_all_texts_are_kept_with_the_next_change(home: Places, look: Look) -> None:
    look(1)
    for file in home.store.glob(f"{FILE}*"):
        file.unlink()
    (home.library / "a.md").write_text("second a", encoding="utf-8")
    look(2)
    assert held(home) == {"a.md": ["02"], "b.md": ["02"], "c.md": ["02"]}


def test_a_past_day_is_told_only_the_files_that_were_otherwise(home: Places, look: Look) -> None:
    look(1)
    (home.library / "a.md").write_text("second a", encoding="utf-8")
    (home.library / "b.md").unlink()
    desk = look(9)
    texts = FormerTexts(home.store, desk.index, desk.library.folders())
    with closing(texts):
        bodies = {each.relative: each.body for each in texts.on(date(2026, 9, 8))}
        assert bodies == {"a.md": "first a 文".encode(), "b.md": "first b 文".encode()}
        assert list(texts.on(date(2026, 9, 9))) == []
        assert {each.relative for each in texts.on(date(2026, 8, 1))} == {"a.md", "b.md"}
        assert texts.first_seen(1, "c.md", date(2026, 8, 1)) == date(2026, 9, 1)
        assert texts.first_seen(1, "a.md", date(2026, 8, 1)) == date(2026, 9, 1)
        assert texts.first_seen(1, "a.md", date(2026, 9, 1)) is None
        assert texts.first_seen(1, "never.md", date(2026, 9, 1)) is None


GARBAGE = b"no database" * 999


def test_a_store_of_texts_that_had_to_be_set_aside_is_told(home: Places, look: Look) -> None:
    look(1)
    (home.store / FILE).write_bytes(GARBAGE)
    (home.library / "a.md").write_text("second a", encoding="utf-8")
    (told,) = look(2).notes()
    assert told == f"texts: the file was damaged; it was set aside as {FILE}.corrupt-1, and a new one begun"


def test_a_store_of_texts_that_a_past_day_finds_damaged_is_told(home: Places, look: Look) -> None:
    desk = look(9)
    (home.store / FILE).write_bytes(GARBAGE)
    assert desk.as_of(date(2026, 9, 8)).notes() == (
        f"texts: the file was damaged; it was set aside as {FILE}.corrupt-1, and a new one begun",
    )


def test_texts_that_could_not_be_kept_are_told_and_kept_when_they_can_be(home: Places, look: Look) -> None:
    look(1)
    (home.library / "a.md").write_text("second a", encoding="utf-8")
    with closing(sqlite3.connect(home.store / FILE, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        told = look(2).notes()
        assert told == ("texts: another program is using the file; changes to it are not saved",)
    look(3)
    assert held(home)["a.md"] == ["01", "03"]
