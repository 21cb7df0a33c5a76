"""Who says what about an item, and the way to another one, by keys."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_card_tells_who_says_what_about_it(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("colon", *"HUAWEI", "enter")
        screen = await reader.press("B")
        assert "Huawei 华为 › Said where" in screen
        assert "Claims" in screen
        assert "The regulation is made to shield technology firms" in screen
        assert ("Two steps out" in screen) is (size[0] > 104)
        claim = await reader.press("enter")
        assert "C02" in claim.split("\n")[0]
        assert await reader.press("backspace") == screen
        assert "entity, company" in await reader.press("u")


async def test_the_way_to_another_item_is_told_sentence_by_sentence(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("colon", *"HUAWEI", "enter", "B")
        assert "Way from Huawei 华为 to:" in await reader.press("B")
        screen = await reader.press(*"第835号令", "enter")
        if "No item" in screen:
            screen = await reader.press("B", *"decree-835", "enter")
        assert "Huawei 华为 to Decree 835" in screen
        assert "says here: " in screen
        await reader.press("down")
        place = await reader.press("enter")
        assert "Decree 835" in place
        assert await reader.press("backspace")


async def test_an_unknown_end_gets_the_nearest_name(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("colon", *"HUAWEI", "enter", "B", "B")
        screen = await reader.press(*"decree-83", "enter")
        assert 'No item "decree-83".' in screen
        assert "Nearest: decree-8" in screen


async def test_an_indicator_tells_where_it_is_spoken_of(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("colon", *"GAP", "enter")
        screen = await reader.press("B")
        assert "M2 minus M1 growth › Said where" in screen
        assert "C10" in screen
        assert "Ways lead between items of documents." in await reader.press("B")


async def test_a_focused_link_is_asked_about_and_else_the_briefing(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "China: legal shield" in (await reader.press("B")).split("\n")[0]
        await reader.press("backspace")
        await reader.focus_on("Decree 835")
        assert "Decree 835 反外国不当域外管辖条例 › Said where" in await reader.press("B")


async def test_nothing_links_to_a_lonely_note_and_no_way_leads_there(reading: Open) -> None:
    lonely = "# [/] Lonely 孤\n\nBy itself.\n"
    async with reading({"lonely.md": lonely}, size=(80, 24)) as reader:
        await reader.press("s", *"lonely", "enter")
        assert "Nothing links here." in await reader.press("B")
        screen = await reader.press("B", *"huawei", "enter")
        assert "They do not hang together" in screen
        assert "[/] Lonely 孤" in screen
