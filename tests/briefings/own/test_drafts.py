"""Drafts of notes as files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.own import drafts
from briefings.own.drafts import Draft
from briefings.own.notes import Note
from briefings.own.state import DRAFTS
from sources import limits

HALF = Draft("huawei", "Note on Huawei 华为", "2026-11-28T09:41:07+00:00", "none", "half a\n\nthought 昇腾\n")


def test_a_draft_is_a_private_file_and_comes_back_as_it_was(tmp_path: Path) -> None:
    drafts.keep(tmp_path, HALF)
    assert drafts.found(tmp_path, "huawei") == HALF
    assert list(drafts.listed(tmp_path)) == [HALF]
    (path,) = (tmp_path / DRAFTS).iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_there_is_none_where_none_was_kept(tmp_path: Path) -> None:
    assert drafts.found(tmp_path, "huawei") is None
    assert list(drafts.listed(tmp_path)) == []
    drafts.drop(tmp_path, HALF)


def test_only_the_draft_that_is_meant_is_dropped_and_it_can_be_put_back(tmp_path: Path) -> None:
    drafts.keep(tmp_path, HALF)
    younger = HALF._replace(at="2026-11-28T09:42:00+00:00", text="of another window")
    drafts.keep(tmp_path, younger)
    drafts.drop(tmp_path, HALF)
    assert drafts.found(tmp_path, "huawei") == younger
    assert not drafts.put_back(tmp_path, HALF)
    drafts.drop(tmp_path, younger)
    assert drafts.found(tmp_path, "huawei") is None
    assert drafts.put_back(tmp_path, HALF)
    assert drafts.found(tmp_path, "huawei") == HALF


@pytest.mark.parametrize("name", ["../../outside", "/etc/x", "a/b", "..", "x" * 400, "二" * 300, ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    drafts.keep(tmp_path, HALF._replace(name=name))
    assert len(list((tmp_path / DRAFTS).iterdir())) == 1
    assert [path.name for path in tmp_path.iterdir()] == [DRAFTS]
    assert drafts.found(tmp_path, name) == HALF._replace(name=name)


def test_what_is_kept_is_bounded(tmp_path: Path) -> None:
    drafts.keep(tmp_path, HALF._replace(text="字" * limits.NOTE_BYTES))
    kept = drafts.found(tmp_path, "huawei")
    assert kept
    assert len(kept.text.encode()) <= limits.NOTE_BYTES + 3
    for number in range(drafts.KEPT + 5):
        drafts.keep(tmp_path, HALF._replace(name=f"item-{number}"))
        os.utime(tmp_path / DRAFTS / f"item-{number}.txt", (number, number))
    assert len(list(drafts.listed(tmp_path))) == drafts.KEPT
    assert drafts.found(tmp_path, "item-0") is None
    assert drafts.found(tmp_path, f"item-{drafts.KEPT + 4}")


def test_a_text_that_was_lent_is_a_draft_once_its_editor_wrote_it(tmp_path: Path) -> None:
    drafts.keep(tmp_path, HALF._replace(name="other"))
    begun = HALF._replace(at="", text="")
    lent = drafts.lend(tmp_path, begun, "the note's own text")
    assert lent.stat().st_mode & 0o777 == 0o600
    assert lent.read_text("utf-8") == "the note's own text\n"
    assert drafts.found(tmp_path, "huawei") is None
    lent.write_text("more \x1b[2J\n", "utf-8")
    os.utime(lent, (2_000_000_000, 2_000_000_000))
    written = Draft("huawei", HALF.title, "2033-05-18T03:33:20+00:00", "none", "more ␛[2J\n")
    assert drafts.found(tmp_path, "huawei") == written
    assert next(drafts.listed(tmp_path)) == written
    drafts.drop(tmp_path, begun)
    assert drafts.found(tmp_path, "huawei") == written
    drafts.drop(tmp_path, written)
    assert [path.name for path in (tmp_path / DRAFTS).iterdir()] == ["other.txt"]


def test_a_draft_stays_while_its_text_is_lent_and_goes_when_another_is_kept(tmp_path: Path) -> None:
    lent = drafts.lend(tmp_path, HALF, "both texts")
    assert drafts.found(tmp_path, "huawei") == HALF
    drafts.end_loan(tmp_path, "huawei")
    assert not lent.exists()
    assert drafts.found(tmp_path, "huawei") == HALF
    lent = drafts.lend(tmp_path, HALF, "both texts")
    lent.write_text("written", "utf-8")
    younger = HALF._replace(at="2026-11-28T09:42:00+00:00", text="in the app")
    drafts.keep(tmp_path, younger)
    assert drafts.found(tmp_path, "huawei") == younger


def test_nothing_is_left_of_a_loan_that_was_not_used(tmp_path: Path) -> None:
    drafts.lend(tmp_path, HALF._replace(text=""), "")
    drafts.end_loan(tmp_path, "huawei")
    assert list((tmp_path / DRAFTS).iterdir()) == []
    drafts.end_loan(tmp_path, "huawei")


def test_a_draft_of_a_note_that_was_changed_meanwhile_goes_below_it() -> None:
    note = Note(Path("x.md"), "Note on Huawei", "", "", None)
    assert drafts.base_of(note) == "none"
    assert drafts.merged(HALF, note) == HALF.text
    other = note._replace(text="by a command", before=b"by a command")
    assert drafts.merged(HALF, other) == f"by a command\n\n{HALF.text}"
    assert drafts.merged(HALF._replace(base=drafts.base_of(other)), other) == HALF.text


@given(place=st.integers(0, 400), bit=st.integers(0, 7))
def test_damage_costs_one_character_and_never_the_text(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("state")
    whole = HALF._replace(text="word " * 100)
    drafts.keep(folder, whole)
    (path,) = (folder / DRAFTS).iterdir()
    body = bytearray(path.read_bytes())
    body[place] ^= 1 << bit
    path.write_bytes(body)
    kept = drafts.found(folder, "huawei")
    assert kept
    assert kept.text.count("word") >= 95
    (listed,) = drafts.listed(folder)
    assert "\x1b" not in "".join(listed)
