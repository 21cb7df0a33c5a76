"""Notes of the reader as files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.desk import Desk, Library, open_desk
from briefings.documents.names import is_identifier
from briefings.own import lists
from briefings.own.notes import file_name, keep, note_on, take_back
from sources import limits
from tests.homes import places_in

DAY = date(2026, 11, 28)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(Library(places_in(tmp_path / "home")))
    yield desk
    desk.close()


def write(desk: Desk, text: str, name: str = "huawei", title: str = "Huawei 华为") -> str:
    change = keep(note_on(desk, name, title, DAY), text)
    assert change is not None
    desk.upkeep.update()
    return change.path.name


def test_a_note_is_a_private_file_with_a_link_found_by_search_and_by_its_item(desk: Desk) -> None:
    assert write(desk, "Ask about 昇腾 chips.\n\nTwice.") == "2026-11-28-huawei.md"
    path = desk.library.places.library / "notes" / "2026-11-28-huawei.md"
    assert path.read_text("utf-8") == (
        '---\ntitle: "Note on Huawei 华为"\n---\n\n[[huawei]]\n\nAsk about 昇腾 chips.\n\nTwice.\n'
    )
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    huawei = desk.item("huawei")
    assert huawei is not None
    assert [n.item.title for n in desk.back_links(huawei) if n.item.kind == "note"] == ["Note on Huawei 华为"]
    assert not [fault for fault in desk.faults() if "notes/" in fault.path]


def test_the_same_note_is_gone_on_with_on_another_day_and_from_its_own_page(desk: Desk) -> None:
    write(desk, "one")
    again = note_on(desk, "huawei", "Huawei", date(2027, 1, 1))
    assert (again.path.name, again.text) == ("2026-11-28-huawei.md", "one")
    itself = note_on(desk, "2026-11-28-huawei", "Note on Huawei", DAY)
    assert itself == again


def test_what_is_emptied_goes_and_comes_back_when_it_is_taken_back(desk: Desk) -> None:
    assert keep(note_on(desk, "huawei", "Huawei", DAY), " \n ") is None
    assert not (desk.library.places.library / "notes").exists()
    write(desk, "one")
    note = note_on(desk, "huawei", "Huawei", DAY)
    assert keep(note, "one") is None
    removed = keep(note, "\n")
    assert removed is not None
    assert not note.path.exists()
    assert take_back(removed)
    assert note.path.read_bytes() == note.before
    assert not take_back(removed)


def test_what_was_written_elsewhere_meanwhile_is_kept_too(desk: Desk) -> None:
    write(desk, "one")
    note = note_on(desk, "huawei", "Huawei", DAY)
    note.path.write_text(note.head + "theirs\n", "utf-8")
    change = keep(note, "mine")
    assert change is not None
    assert change.merged
    assert note.path.read_text("utf-8") == f"{note.head}theirs\n\nmine\n"
    note.path.write_text("other", "utf-8")
    assert not take_back(change)
    assert note.path.read_text("utf-8") == "other"


def test_a_program_that_writes_there_and_does_not_end_is_not_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "WAIT_MILLISECONDS", 1)
    write(desk, "one")
    note = note_on(desk, "huawei", "Huawei", DAY)
    with lists.alone(note.path.parent), pytest.raises(OSError, match="another program is writing here"):
        keep(note, "two")
    assert note.path.read_bytes() == note.before
    assert keep(note, "two")


def test_a_file_laid_out_by_hand_is_text_as_a_whole(desk: Desk) -> None:
    folder = desk.library.places.library / "notes"
    folder.mkdir(parents=True)
    (folder / "2026-01-02-huawei.md").write_text("# Mine\n\nSee [[huawei]].\n", "utf-8")
    note = note_on(desk, "huawei", "Huawei", DAY)
    assert (note.head, note.text) == ("", "# Mine\n\nSee [[huawei]].")


@pytest.mark.parametrize("body", [b"\xff\xfe", b"x" * (limits.NOTE_BYTES + 1)])
def test_what_cannot_be_edited_as_text_is_refused_and_left(desk: Desk, body: bytes) -> None:
    folder = desk.library.places.library / "notes"
    folder.mkdir(parents=True)
    path = folder / "2026-01-02-huawei.md"
    path.write_bytes(body)
    with pytest.raises(ValueError, match=r"2026-01-02-huawei\.md"):
        note_on(desk, "huawei", "Huawei", DAY)
    assert path.read_bytes() == body


def test_a_text_that_is_too_long_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="longer than"):
        keep(note_on(desk, "huawei", "Huawei", DAY), "长" * limits.NOTE_BYTES)


def test_hostile_titles_and_texts_stay_inside_their_places(desk: Desk) -> None:
    write(desk, "\x1b]52;c;aGk=\x07 [/] \ud800", title='a"\n---\n[[smic]] \x1b[2J')
    desk.forget()
    smic = desk.item("smic")
    assert smic is not None
    assert not [n for n in desk.back_links(smic) if n.item.kind == "note"]
    (path,) = (desk.library.places.library / "notes").iterdir()
    assert b"\x1b" not in path.read_bytes()
    assert note_on(desk, "huawei", "x", DAY).text.endswith("\ufffd")


@given(st.text(), st.text())
def test_names_of_files_are_safe_and_tell_items_apart(one: str, other: str) -> None:
    name = file_name(one)
    assert is_identifier(name.rpartition("-")[2] or name)
    assert not set(name) & set("/\\.\x00 *?[")
    assert len(name.encode()) < 200
    assert (one == other) is (file_name(other) == name)
