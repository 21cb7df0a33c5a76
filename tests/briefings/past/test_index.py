"""An index of a past day is the same whether it lies over the index on disk or is a copy of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from briefings.desk import Desk, Library
from briefings.documents.model import Document
from briefings.past import index as past_index
from briefings.past.index import PastIndex
from tests.briefings.library.test_update import content
from tests.homes import places_in

DAYS = [date(2020, 1, 1), date(2025, 3, 1), date(2026, 4, 20), date(2026, 6, 1)]

NOTE = "---\nid: own\nkind: entity\nname: Own 自己的\n---\n# A {#a}\n[[note#b]] [[huawei]] [[gone]] [[own]]\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of a library in which all files have other texts than were seen first, or have gone."""
    home = places_in(tmp_path)
    home.library.mkdir(parents=True)
    _look(tmp_path, {"own.md": NOTE, "note.md": "# B\n[[own#a]]\n", "gone.md": "[[own]] [[note]]"}, 1)
    (home.library / "gone.md").unlink()
    _look(
        tmp_path,
        {"own.md": NOTE.replace("A {#a}", "C {#c}"), "note.md": "[[own#a]] [[own#c]]", "new.md": "[[own]]"},
        9,
    )
    with closing(Desk(Library(home), date(2027, 1, 1))) as desk:
        yield desk


def _look(home: Path, files: dict[str, str], day: int) -> None:
    found = places_in(home)
    for name, text in files.items():
        (found.library / name).write_text(text, encoding="utf-8")
    with closing(Desk(Library(found), date(2026, 3, day))) as desk:
        desk.upkeep.update()


@pytest.mark.parametrize("day", DAYS)
def test_a_copy_gives_the_same_as_what_lies_over_the_index(
    desk: Desk, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = _index(desk, day)
    assert not over.connection.execute("SELECT 1 FROM main.files").fetchall()
    desk.forget()
    with monkeypatch.context() as patch:
        patch.setattr(past_index, "over", lambda connection: None)
        copy = _index(desk, day)
    assert content(over) == content(copy)
    assert over.documents() == copy.documents()
    assert over.part("entity", 3, 20) == copy.part("entity", 3, 20)
    assert over.first("note") == copy.first("note")
    assert (over.counts(), over.later) == (copy.counts(), copy.later)
    assert _passages(over) == _passages(copy)
    for listed in copy.documents():
        assert over.first_links_from(listed.id) == copy.first_links_from(listed.id)
        assert over.names_of(listed.id) == copy.names_of(listed.id)
        assert _whole(over, listed.id) == _whole(copy, listed.id)


def _index(desk: Desk, day: date) -> PastIndex:
    index = desk.as_of(day).index
    assert isinstance(index, PastIndex)
    return index


def _whole(index: PastIndex, name: str) -> Document | None:
    document = index.document(name)
    return document and document._replace(blocks=tuple(document.blocks), sections=tuple(document.sections))


def _passages(index: PastIndex) -> list[tuple[object, ...]]:
    return sorted(index.searched.execute("SELECT item, kind, block, title, text FROM passages"))


def test_what_changes_on_disk_changes_no_index_that_is_read(desk: Desk) -> None:
    index = _index(desk, DAYS[2])
    before = _known(index)
    for path in desk.library.places.library.glob("*.md"):
        path.write_text("All of it anew.", encoding="utf-8")
    assert desk.upkeep.update()
    assert _known(index) == before
    assert _known(_index(desk, DAYS[2])) == before


def _known(index: PastIndex) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows for table, rows in content(index).items() if table != "files"}


def test_closing_the_desk_lets_go_of_all_that_was_laid_over_its_index(desk: Desk) -> None:
    path = desk.library.index_path()
    for day in DAYS:
        _index(desk, day)
    desk.close()
    assert [each.name for each in path.parent.glob(f"{path.name}*")] == [path.name]
