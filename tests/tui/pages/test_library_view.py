"""The library filtered by queries, and its chosen document shown beside."""

from __future__ import annotations

import re

import pytest

from tests.tui.conftest import Open

NOTES = {
    "芯片.md": "---\ntitle: 芯片日记\ntopics: [risks]\n---\nHuawei 昇腾 and more.\n",
    "money.md": "---\ntitle: Money diary\n---\nOn M2 alone.\n",
    "hostile.md": '---\ntitle: "[/] \x1b]0;x\x07 [@click=app.quit]q"\n---\nHuawei.\n',
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_documents_that_answer_a_query_are_listed(reading: Open, size: tuple[int, int]) -> None:
    async with reading(NOTES, size=size) as reader:
        await reader.press("l")
        screen = await reader.press("ampersand", *"昇腾 kind:note", "enter")
        assert "Library › 昇腾 kind:note" in screen
        assert "芯片日记" in screen
        assert "Money diary" not in screen
        assert "昇腾 kind:note" in await reader.press("semicolon")
        screen = await reader.press("ampersand", "ctrl+u", *"kind:briefing", "enter")
        assert "Decree 835 explained" in screen
        await reader.press("ampersand", "ctrl+u", "enter")
        assert "Money diary" in await reader.press("G", "g", *"/Money diary", "enter")


async def test_all_documents_that_answer_are_listed_however_many(reading: Open) -> None:
    notes = {f"n{number:03}.md": f"Ledgerdemain, and its part {number}.\n" for number in range(310)}
    notes["apart.md"] = "Ledgerdemain.\n\n# Later\n\nAnd sleight.\n"
    async with reading(notes) as reader:
        await reader.settled()
        screen = await reader.press("l", "ampersand", *"ledgerdemain", "enter")
        assert re.search(r"Notes +311\n", screen)
        assert "n309" in await reader.press("slash", *"n309", "enter")
        screen = await reader.press("ampersand", "ctrl+u", *"ledgerdemain sleight", "enter")
        assert re.search(r"Notes +1\n", screen)
        assert "Ledgerdemain." in await reader.press("enter")


async def test_more_hits_than_are_looked_through_are_told(
    reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefings.search.search._MOST_IN_DOCUMENTS", 3)
    async with reading(NOTES) as reader:
        await reader.press("l", "ampersand", *"huawei OR money", "enter")
        assert "There may be more: too many hits to look through. Add a word." in await reader.press("G")


async def test_a_query_that_means_nothing_changes_nothing(reading: Open) -> None:
    async with reading(NOTES) as reader:
        await reader.press("l")
        assert 'no key "topc"; nearest: topic' in await reader.press("ampersand", *"topc:risks", "enter")
        assert ":LIBRARY" in await reader.row(0)
        assert (await reader.row(-2)).endswith(": topc:risks")
        screen = await reader.press("ctrl+u", *"nowhereatall", "enter")
        assert "No documents answer that. & with nothing shows all." in screen
        await reader.press("backspace")
        screen = await reader.press("l", "colon", *"filter kind:note", "enter")
        assert "Library › kind:note" in screen


async def test_the_chosen_document_is_shown_beside(reading: Open) -> None:
    async with reading(NOTES, size=(120, 40)) as reader:
        await reader.press("l")
        first = await reader.settled()
        assert "╎" in first
        await reader.focus_on("Decree 835 explained 第835号令释义")
        second = await reader.settled()
        assert second != first
        await reader.press("j", "j", "j")
        await reader.settled()
        assert reader.shell.beside
        assert reader.shell.focused is reader.shell.reading
        left = await reader.press("escape")
        assert ":OVERVIEW" in left


async def test_rows_stay_where_they_are_when_the_chosen_document_comes(reading: Open) -> None:
    def rows(screen: str) -> list[str]:
        return [row.partition("╎")[0] for row in screen.split("\n")]

    async with reading(NOTES, size=(120, 40)) as reader:
        await reader.pilot.press("l")
        before = rows(await reader.screen())
        after = await reader.settled()
        assert reader.shell.beside
        assert rows(after) == before


async def test_a_narrow_screen_shows_no_preview_nor_one_that_became_narrow(reading: Open) -> None:
    async with reading(NOTES, size=(120, 40)) as reader:
        await reader.press("l")
        await reader.settled()
        assert reader.shell.beside
        await reader.pilot.resize_terminal(80, 24)
        screen = await reader.settled()
        assert "document" in screen
        assert reader.shell.beside is None
        assert reader.shell.reading.display
        await reader.press("j", "enter", "backspace")
        assert ":LIBRARY" in await reader.row(0)


async def test_a_document_opened_from_the_preview_comes_back_to_its_row(reading: Open) -> None:
    async with reading(NOTES, size=(120, 40)) as reader:
        await reader.press("l", "j")
        before = await reader.settled()
        await reader.press("enter", "backspace")
        assert await reader.settled() == before
