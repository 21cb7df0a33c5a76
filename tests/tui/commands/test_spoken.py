"""Commands of the go bar that take an argument: how they are completed, refused and done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import Open, Reader
from tui.commands.spoken import SPOKEN, arguments, parted, refusal

SIZES = [(80, 24), (120, 40)]


async def say(reader: Reader, line: str) -> str:
    await reader.press("colon", *line, "enter")
    return await reader.settled()


def test_a_line_is_a_command_and_what_is_said_after_it() -> None:
    assert [parted(line)[1] for line in ("theme light ", "THEME", "themes light", "")] == [
        "light",
        "",
        "",
        "",
    ]
    assert [bool(parted(line)[0]) for line in ("theme light ", "THEME", "themes light", "")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("theme lihgt", 'theme takes a theme, not "lihgt"; nearest: "light"'),
        ("claims contradcted", 'claims takes a verdict, not "contradcted"; nearest: "contradicted"'),
        ("mentions perhaps", 'mentions takes on or off, not "perhaps"; expected on or off'),
        ("find", "find takes words."),
        ("find gap", ""),
        ("theme li", ""),
        ("thema light", ""),
    ],
)
def test_what_means_nothing_is_told_with_the_nearest(line: str, why: str) -> None:
    assert refusal(line) == why


async def test_a_refusal_that_is_longer_than_a_row_goes_on_below(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        screen = await reader.press("colon", *"claims zz")
        assert "expected" in screen
        assert screen.count("no data") == 1
        shown = " ".join(line.strip() for line in screen.split("\n"))
        assert refusal("claims zz") in shown


def test_values_that_begin_so_come_before_those_that_hold_it() -> None:
    by_word = {spoken.word: spoken for spoken in SPOKEN}
    assert arguments(by_word["theme"], "t")[:2] == ["terminal", "light"]
    assert arguments(by_word["export"], "out.csv") == ["csv", "out.csv"][1:]


@pytest.mark.parametrize("size", SIZES)
async def test_a_command_is_begun_completed_and_done(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("colon")
        await reader.settled()
        assert "a theme" in await reader.press(*"them")
        screen = await reader.press("enter")
        assert all(f"theme {name}" in screen for name in ("dark", "light", "contrast", "terminal"))
        assert "Theme: light." in await reader.press(*"lig", "enter")


async def test_commands_do_what_they_say(reading: Open) -> None:
    async with reading() as reader:
        assert ":LEDGER" in await say(reader, "claims contradicted")
        assert "Search" in await say(reader, "search 制裁")
        await say(reader, "HUAWEI")
        assert "Decree 835" in await say(reader, "path DECREE-835")
        await say(reader, "HUAWEI")
        assert "Decree 835" in await say(reader, "path 第835号")
        assert "hits" in await say(reader, "find Decree")
        assert "As known at the end of 2026-05-01." in await say(reader, "as-of 2026-05-01")
        assert "Back to today." in await say(reader, "as-of today")
        await reader.press("0")
        assert "Marked." in await say(reader, "mark k")
        assert "A mark is one letter" in await say(reader, "mark kk")
        assert 'No item "huawie". Nearest: huawei.' in await say(reader, "path huawie")
        assert 'Nothing called "m2_yoi" can be asked for; nearest: "m2_yoy"' in await say(
            reader, "refresh m2_yoi"
        )


async def test_a_search_is_kept_by_its_name(reading: Open) -> None:
    async with reading() as reader:
        await say(reader, "search huawei kind:claim")
        assert 'Kept: "mine"' in await say(reader, "keep mine")
        assert "huawei kind:claim" in await reader.press("l", "G")


async def test_a_search_is_kept_while_it_is_typed(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("s", *"huawei", "f2")
        await reader.press(*" two", "enter")
        assert reader.shell.desk.kept_searches()[0].query == "huawei"


@pytest.mark.parametrize(
    ("said", "file"), [("csv", "cn.m2_yoy.csv"), ("svg", "cn.m2_yoy.svg"), ("a.csv", "a.csv")]
)
async def test_charts_are_exported_by_kind_or_name(
    reading: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, file: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading() as reader:
        await say(reader, "M2")
        assert "Written" in await say(reader, f"export {said}")
        assert (tmp_path / file).stat().st_size
        assert "is there already" in await say(reader, f"export {said}")


async def test_what_cannot_be_exported_is_told(reading: Open) -> None:
    async with reading() as reader:
        assert "Nothing to take away here" in await say(reader, "export csv")
        await say(reader, "M2")
        assert '"html" is no kind of file; expected csv, png or svg' in await say(reader, "export html")


async def test_a_day_that_is_none_can_be_changed_where_it_is_refused(reading: Open) -> None:
    async with reading() as reader:
        assert (await say(reader, "as-of soon")).split("\n")[-2].endswith("⋯: soon")
        assert "as of 2026-03-31" in (await reader.press("ctrl+u", *"2026Q1", "enter")).split("\n")[1]
