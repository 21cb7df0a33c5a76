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
        assert "way to" in (await reader.press("B")).split("\n")[-2]
        screen = await reader.press(*"第835号令", "enter")
        assert "Huawei 华为 to Decree 835" in screen
        assert "says here: " in screen
        await reader.press("down")
        place = await reader.press("enter")
        assert "Decree 835" in place
        assert await reader.press("backspace")


@pytest.mark.parametrize("said", ["835", "decree 835", "dcree-835", "反外国不当"])
async def test_the_end_of_a_way_is_chosen_by_a_part_of_its_name(reading: Open, said: str) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("colon", *"HUAWEI", "enter", "B", "B")
        await reader.press(*said)
        screen = await reader.settled()
        for _ in range(9):
            if "Decree 835 反" in screen:
                break
            screen = await reader.press("down")
        assert "Decree 835 反外国不当域外管辖条例  " in screen
        assert "Huawei 华为 to Decree 835" in await reader.press("enter")


async def test_an_end_that_nothing_is_called_is_told_and_escape_leaves_it(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("colon", *"HUAWEI", "enter")
        before = await reader.press("B")
        await reader.press("B")
        assert "nothing by that name" in await reader.press(*"qqqqqqqq")
        assert "Nothing by that name." in await reader.press("enter")
        assert await reader.press("B", "escape") == before


async def test_before_letters_the_items_looked_at_last_are_offered(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("colon", *"ascend", "enter", "colon", *"HUAWEI", "enter", "B")
        assert "Ascend 昇腾  entity" in await reader.press("B")
        assert "Huawei 华为 to Ascend 昇腾" in await reader.press("enter")


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


async def test_equal_titles_two_steps_out_are_told_apart(reading: Open) -> None:
    notes = {
        "hub.md": "# Hub\n[[one/README]] and [[two/README]] and [[other]].\n",
        "one/README.md": "# README\nOne 一.\n",
        "two/README.md": "# README\nTwo 二.\n",
        "other.md": "# Other\nWords.\n",
    }
    async with reading(notes, size=(120, 40)) as reader:
        await reader.press("colon", *"hub", "enter")
        rows = (await reader.press("B")).split("\n")
        beside = [row.partition("╎")[2].split() for row in rows if "╎" in row]
        assert ["README", "note", "one/readme"] in beside
        assert ["README", "note", "two/readme"] in beside
        assert ["Other", "note"] in beside
