"""Drafts of notes that were not kept, by keys."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.own import drafts
from briefings.own.drafts import Draft
from briefings.own.state import DRAFTS
from tests.tui.conftest import Open, Reader
from tui.files.drafting import SECONDS, Drafting

HALF = Draft("huawei", "Note on Huawei 华为", "2026-11-28T09:41:07+00:00", "none", "half a thought 昇腾")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "home" / "state"


def notes(tmp_path: Path) -> list[str]:
    folder = tmp_path / "home" / "library" / "notes"
    return [path.read_text("utf-8").rsplit("]]\n\n")[-1] for path in sorted(folder.glob("*"))]


async def go(reader: Reader, name: str) -> str:
    return await reader.press("colon", *name, "enter")


async def test_what_is_written_is_drafted_until_it_is_kept(reading: Open, state: Path) -> None:
    async with reading() as reader:
        await go(reader, "huawei")
        await reader.press("a")
        assert drafts.found(state, "huawei") is None
        await reader.press("h")
        await reader.settled()
        draft = drafts.found(state, "huawei")
        assert draft
        assert (draft.title, draft.text) == ("Note on Huawei 华为", "h")
        await reader.press(*"alf", "escape")
        await reader.settled()
        assert drafts.found(state, "huawei") is None


@pytest.fixture
def shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of a reader who is eight hours ahead of UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("shanghai")
async def test_a_draft_left_behind_is_offered_at_the_start_and_gone_on_with(
    reading: Open, state: Path, tmp_path: Path
) -> None:
    async with reading():
        pass
    drafts.keep(state, HALF)
    async with reading() as reader:
        screen = await reader.screen()
        assert "Draft of 2026-11-28 17:41: enter goes on with it. Note on Huawei 华为" in screen
        screen = await reader.press("enter")
        assert "Note on Huawei 华为   esc keeps it" in screen
        assert "half a thought 昇腾" in screen
        assert "esc close" in screen
        screen = await reader.press(*"!", "escape")
        assert "Kept: Note on Huawei 华为. U takes it back." in screen
    assert notes(tmp_path) == ["half a thought 昇腾!\n"]
    assert list(drafts.listed(state)) == []


@pytest.mark.usefixtures("shanghai")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_draft_is_offered_where_its_note_is_opened(
    reading: Open, state: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await go(reader, "huawei")
        drafts.keep(state, HALF)
        screen = await reader.press("a")
        assert "Draft of 2026-11-28 17:41: enter goes on with it, a drops it." in screen
        assert not reader.shell.fields.is_open("note")
        assert "half a thought" in await reader.press("enter")
        await reader.press("escape")
    assert notes(tmp_path) == ["half a thought 昇腾\n"]


async def test_a_draft_is_dropped_by_the_same_key_and_comes_back_by_undo(reading: Open, state: Path) -> None:
    async with reading() as reader:
        await go(reader, "huawei")
        drafts.keep(state, HALF)
        screen = await reader.press("a", "a")
        assert reader.shell.fields.note.text == ""
        assert "half a thought" not in screen
        assert drafts.found(state, "huawei") is None
        await reader.press("escape")
        assert "Taken back" in await reader.press("U", "U")
        assert drafts.found(state, "huawei") == HALF
        assert "Draft of" in await reader.press("a")
        await reader.press("escape")
        assert drafts.found(state, "huawei") == HALF


async def test_a_draft_that_was_offered_at_the_start_is_not_dropped_unasked(
    reading: Open, state: Path
) -> None:
    async with reading():
        pass
    drafts.keep(state, HALF)
    async with reading() as reader:
        assert "enter goes on with it" in await reader.screen()
        await reader.press("a", "escape")
        assert drafts.found(state, "huawei") == HALF


async def test_both_texts_stand_where_the_note_was_changed_after_the_draft(
    reading: Open, state: Path, tmp_path: Path
) -> None:
    async with reading() as reader:
        await go(reader, "huawei")
        await reader.press("a", *"kept", "escape")
        drafts.keep(state, HALF)
        await reader.press("a", "enter", "escape")
    assert notes(tmp_path) == ["kept\n\nhalf a thought 昇腾\n"]


async def test_what_cannot_be_kept_when_the_program_ends_is_a_draft(
    reading: Open, state: Path, tmp_path: Path
) -> None:
    async with reading() as reader:
        await go(reader, "huawei")
        await reader.press("a", *"all of it")
        (tmp_path / "home" / "library").mkdir(exist_ok=True)
        (tmp_path / "home" / "library" / "notes").write_text("in the way")
        await reader.press("ctrl+q")
    draft = drafts.found(state, "huawei")
    assert draft
    assert draft.text == "all of it"


async def test_where_no_draft_can_be_kept_it_is_said(reading: Open, state: Path) -> None:
    async with reading() as reader:
        await go(reader, "huawei")
        await reader.press("a")
        state.mkdir(exist_ok=True, mode=0o700)
        (state / DRAFTS).write_text("in the way")
        await reader.press("x")
        assert "No draft can be kept: " in await reader.settled()
        assert reader.shell.fields.note.text == "x"


@given(pauses=st.lists(st.floats(0, 5, allow_nan=False), max_size=50))
def test_writings_lie_a_second_apart_and_none_is_put_off_longer(pauses: list[float]) -> None:
    drafting, now, before = Drafting(Path("unused"), HALF, ""), 0.0, -SECONDS
    for pause in pauses:
        now = max(now + pause, before)
        wait = drafting.wait(now)
        assert 0 <= wait <= SECONDS + 1e-9
        assert now + wait - before >= SECONDS - 1e-9
        before = now + wait


def test_a_text_is_written_once_and_not_after_the_end(tmp_path: Path) -> None:
    drafting = Drafting(tmp_path, HALF._replace(text=""), "own text")
    assert drafting.keep("more", "2026-11-28T10:00:00+00:00") == ""
    assert drafting.keep("more", "2026-11-28T10:00:01+00:00") == ""
    draft = drafts.found(tmp_path, "huawei")
    assert draft
    assert draft.at == "2026-11-28T10:00:00+00:00"
    assert drafting.keep("own text\n", "2026-11-28T10:00:02+00:00") == ""
    assert drafts.found(tmp_path, "huawei") is None
    drafting.keep("again", "2026-11-28T10:00:03+00:00")
    drafting.end()
    drafting.keep("late", "2026-11-28T10:00:04+00:00")
    assert drafts.found(tmp_path, "huawei") is None


def test_no_pipe_and_no_link_is_read_as_a_draft(tmp_path: Path) -> None:
    drafts.keep(tmp_path, HALF)
    (path,) = (tmp_path / DRAFTS).iterdir()
    outside = path.rename(tmp_path / "outside")
    os.mkfifo(path)
    assert drafts.found(tmp_path, "huawei") is None
    path.unlink()
    path.symlink_to(outside)
    assert list(drafts.listed(tmp_path)) == []


async def test_beside_a_draft_it_is_said_where_to_read_what_was_wrong_in_our_files(
    reading: Open, state: Path
) -> None:
    async with reading():
        pass
    drafts.keep(state, HALF)
    (state / "reader.db").write_bytes(b"no database at all" * 999)
    async with reading() as reader:
        assert "l: 1 fault in files   Draft of" in await reader.screen()
        await reader.press("l")
        assert "set aside as reader.db.corrupt-1, and a new one begun" in unwrapped(await reader.press("G"))


def unwrapped(screen: str) -> str:
    """The words of a screen, wherever its lines end."""
    return " ".join(screen.split())
