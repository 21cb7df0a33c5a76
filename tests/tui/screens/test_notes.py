"""Notes written in the app, by keys."""

from __future__ import annotations

import re
import shutil
import stat
from pathlib import Path

import pytest
from textual import events

from tests.tui.conftest import Open, Reader


def notes(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "home" / "library" / "notes").glob("*"))


async def go(reader: Reader, name: str) -> str:
    return await reader.press("colon", *name, "enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_note_is_written_on_a_card_shown_there_and_found(
    reading: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await go(reader, "huawei")
        screen = await reader.press("a")
        assert "Note on Huawei 华为" in screen
        assert "esc keeps it" in screen
        screen = await reader.press(*"Ask 华为", "enter", *"q about 昇腾 zebra", "escape")
        assert "Kept: Note on Huawei 华为. U takes it back." in screen
        (path,) = notes(tmp_path)
        assert path.read_text("utf-8").endswith("[[huawei]]\n\nAsk 华为\nq about 昇腾 zebra\n")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        await reader.settled()
        assert "Note on Huawei" in await reader.press("B", "slash", *"note on", "enter")
        await reader.press("s", *"zebra")
        assert "Note on Huawei 华为" in await reader.screen()


async def test_what_a_note_says_stands_among_the_back_links(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("colon", *"huawei", "enter", "a", *"Ask IDC for it", "escape")
        await reader.settled()
        screen = await reader.press("B", "slash", *"ask idc", "enter")
        assert re.search(r"^ +Huawei\b.*  Ask IDC for it$", screen, re.MULTILINE)


async def test_it_is_gone_on_with_emptied_and_taken_back(reading: Open, tmp_path: Path) -> None:
    async with reading(size=(80, 24)) as reader:
        await go(reader, "huawei")
        await reader.press("a", *"one", "escape")
        await reader.settled()
        await reader.press("a")
        assert "one" in await reader.screen()
        await reader.press(*" two", "escape")
        (path,) = notes(tmp_path)
        assert path.read_text("utf-8").endswith("\n\none two\n")
        assert "Taken back" in await reader.press("U")
        assert path.read_text("utf-8").endswith("\n\none\n")
        await reader.press("a", *["backspace"] * 3, "escape")
        assert "Removed: Note on Huawei 华为." in await reader.screen()
        assert notes(tmp_path) == []
        await reader.press("U")
        assert path.read_text("utf-8").endswith("\n\none\n")
        await reader.press("U")
        assert notes(tmp_path) == []


async def test_nothing_is_kept_of_nothing(reading: Open, tmp_path: Path) -> None:
    async with reading(size=(80, 24)) as reader:
        assert "Nothing written." in await reader.press("a", "enter", "escape")
        assert notes(tmp_path) == []


async def test_the_chosen_link_comes_before_the_page(reading: Open) -> None:
    own = "---\nkind: briefing\ntitle: Own\ndate: 2099-01-01\n---\n# First {topic=risks}\n"
    own += "[[smic|the foundry]]\n"
    async with reading({"own.md": own}, size=(80, 24)) as reader:
        await reader.press("5")
        await reader.focus_on("the foundry")
        assert "Note on SMIC" in await reader.press("a")
        await reader.press("escape", "escape")
        await go(reader, "cn.m2_yoy")
        assert "Note on M2" in await reader.press("a")


async def test_keys_of_the_page_do_not_act_while_a_text_is_written(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await go(reader, "huawei")
        await reader.press("a", *"q U : / 1 f", "tab", "shift+tab", *"x")
        assert "q U : / 1 f" in await reader.screen()
        reader.shell.rebuild()
        await reader.press("y")
        assert reader.shell.fields.note.text.replace(" ", "") == "qU:/1fxy"


async def test_what_is_being_written_is_kept_when_the_program_ends(reading: Open, tmp_path: Path) -> None:
    async with reading(size=(80, 24)) as reader:
        await go(reader, "huawei")
        await reader.press("a", *"half", "ctrl+q")
    (path,) = notes(tmp_path)
    assert path.read_text("utf-8").endswith("half\n")


async def test_what_cannot_be_written_stays_in_the_field(reading: Open, tmp_path: Path) -> None:
    async with reading(size=(80, 24)) as reader:
        await go(reader, "huawei")
        await reader.press("a", *"text")
        (tmp_path / "home" / "library").mkdir(exist_ok=True)
        (tmp_path / "home" / "library" / "notes").write_text("a file")
        screen = await reader.press("escape")
        assert "text" in screen
        assert "Not kept; esc again leaves it: " in screen
        assert reader.shell.fields.note.display
        (tmp_path / "home" / "library" / "notes").unlink()
        await reader.press("escape")
        assert len(notes(tmp_path)) == 1


async def test_what_can_be_kept_nowhere_is_left_by_the_same_key_once_more(
    reading: Open, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    async with reading(size=(80, 24)) as reader:
        await go(reader, "huawei")
        await reader.press("a", *"text")
        await reader.settled()
        (home / "library").mkdir(exist_ok=True)
        (home / "library" / "notes").write_text("a file")
        screen = await reader.press("escape")
        assert "Not kept; esc again leaves it: " in screen
        assert "Errno" not in screen
        await reader.press("s", "escape")
        assert reader.shell.fields.note.display
        screen = await reader.press("escape")
        assert not reader.shell.fields.note.display
        assert "Left: a offers the draft of it." in screen
        await reader.press("a", "enter")
        assert reader.shell.fields.note.text == "texts"
        shutil.rmtree(home / "state")
        (home / "state").write_text("a file too")
        await reader.press("x", "escape")
        assert "no draft of it can be kept either" in await reader.press("escape")
        assert await reader.press("3") != await reader.press("4")


async def test_a_note_written_as_of_a_past_day_bears_the_day_it_was_written(
    reading: Open, tmp_path: Path
) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("at", *"2026-05-20", "enter")
        await go(reader, "huawei")
        screen = await reader.press("a", *"then", "escape")
        assert "Kept: Note on Huawei" in screen
        (path,) = notes(tmp_path)
        assert path.name == f"{reader.shell.home.today.isoformat()}-huawei.md"


async def test_a_paste_that_no_note_has_room_for_is_refused_and_nothing_else_lost(
    reading: Open, tmp_path: Path
) -> None:
    async with reading() as reader:
        await reader.press("colon", *"huawei", "enter", "a", *"mine")
        reader.app.post_message(events.Paste("字" * 170_000))
        assert (
            "Not pasted: the note would be 510,004 bytes long, and may be 500,000." in await reader.screen()
        )
        reader.app.post_message(events.Paste(" 字" * 100_000))
        assert "Not pasted" not in await reader.press("end")
        assert "Kept: Note on Huawei 华为." in await reader.press("escape")
    (kept,) = (tmp_path / "home" / "library" / "notes").glob("*.md")
    assert kept.read_text("utf-8").endswith("\n\nmine" + " 字" * 100_000 + "\n")


LONG = "中华人民共和国国家发展和改革委员会价格监测中心认证工作办公室 Certification"


@pytest.mark.parametrize(("ascii_only", "mark"), [(False, "⋯"), (True, "..")])
async def test_a_title_or_choice_that_is_too_long_ends_with_the_mark(
    reading: Open, ascii_only: bool, mark: str
) -> None:
    long = {"long.md": f"---\nkind: entity\nid: long\nname: {LONG}\n---\nText.\n"}
    async with reading(long, ascii=ascii_only) as reader:
        await reader.press("colon", *"long", "enter", "a")
        (row,) = [each for each in (await reader.settled()).split("\n") if "Note on" in each]
        assert row.endswith(f"{mark}   esc keeps it")
        await reader.press("escape", "colon", *"huawei", "enter", "B", "B", *"long")
        (row,) = [each for each in (await reader.settled()).split("\n") if "way to" in each]
        assert f"{mark}  1/" in row
