"""Find: which occurrence is next, however little is read at a time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.conftest import Open
from tui.widgets.find import Find, Hit, Texts

LETTERS = st.text("abAB ", max_size=12)
BLOCKS = st.lists(LETTERS, min_size=1, max_size=8)
WORDS = st.text("abAB", min_size=1, max_size=3)


def occurrences(blocks: list[str], words: str) -> list[Hit]:
    found = []
    for block, text in enumerate(blocks):
        at = text.lower().find(words.lower())
        while at >= 0:
            found.append(Hit(block, at, at + len(words)))
            at = text.lower().find(words.lower(), at + len(words))
    return found


def sought(find: Find, texts: Texts, characters: int) -> Hit | None:
    while find.seeking:
        find.go_on(texts, characters)
    return find.at


@given(BLOCKS, WORDS, st.sampled_from((1, -1)), st.integers(1, 60))
def test_steps_visit_every_occurrence_in_order_and_come_around(
    blocks: list[str], words: str, step: int, characters: int
) -> None:
    expected = occurrences(blocks, words)
    texts, find = Texts(len(blocks), blocks.__getitem__), Find(words)
    find.seek(0, 0, 1)
    assert sought(find, texts, characters) == (expected[0] if expected else None)
    for number in range(1, len(expected) + 1):
        find.seek_next(step, 0)
        assert sought(find, texts, characters) == expected[step * number % len(expected)]


@given(BLOCKS, WORDS, st.integers(1, 60))
def test_all_are_counted_once_all_is_read(blocks: list[str], words: str, characters: int) -> None:
    expected = occurrences(blocks, words)
    texts = Texts(len(blocks), blocks.__getitem__)
    while not texts.read(characters):
        pass
    for number, hit in enumerate(expected, 1):
        find = Find(words, hit)
        find.count(texts)
        assert (find.number(texts), find.total) == (number, len(expected))


def test_a_search_begins_at_a_character_and_reads_no_further_than_it_must() -> None:
    read = []

    def text(block: int) -> str:
        read.append(block)
        return ("word none", "none", "a word", "word")[block]

    find, texts = Find("WORD"), Texts(4, text)
    find.seek(0, 1, 1)
    assert sought(find, texts, 1_000) == Hit(2, 2, 6)
    assert read == [0, 1, 2]


@pytest.mark.parametrize(("text", "words"), [("İstanbul east", "east"), ("ＡＢＣ east", "EAST")])
def test_places_hold_where_lower_case_is_longer(text: str, words: str) -> None:
    find, texts = Find(words), Texts(1, lambda block: text)
    find.seek(0, 0, 1)
    hit = sought(find, texts, 100)
    assert hit
    assert text[hit.start : hit.end] == "east"


async def test_words_of_another_tab_are_named_with_it(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("1")
        screen = await reader.press("slash", *"mindspore")
        assert 'No hits for "mindspore" here. In other tabs: ' in screen
        assert "Key players" in screen.split("In other tabs: ")[1]
        assert 'No hits for "mindsporex".' in await reader.press("x")
        assert 'No hits for "mindsporex".' in await reader.press("enter")
        assert "mindsporex" not in await reader.press("j")


async def test_words_that_stand_nowhere_lead_nowhere(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        before = (await reader.press("j", "j")).split("\n")
        typed = await reader.press("slash", *"zzz")
        after = (await reader.press("enter")).split("\n")
        assert typed.split("\n")[2:20] != before[2:20]
        assert after[:22] == before[:22]
        assert 'No hits for "zzz".' in after[22]


async def test_the_next_hit_after_the_last_one_is_in_the_next_tab_that_has_one(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = await reader.press("3", "slash", *"mindspore", "enter")
        seen: list[str] = []
        for _ in range(60):
            screen = await reader.press("n")
            if '"mindspore" in ' in screen:
                seen.append(screen.split('"mindspore" in ')[1].split(".")[0])
            if "Key players" in seen:
                break
        assert seen[0] == "Risks"
        assert seen[-1] == "Key players"
        assert f'"mindspore" in {seen[-2]}.' in await reader.press("N")
        assert f'"mindspore" in {seen[-2]}.' not in await reader.press("backspace")


LISTS = {
    "library": ("l", "smic", "SMIC 中芯国际"),
    "ledger": ("c", "aaa yield in 2024", "C14B"),
    "scoreboard": ("p", "court", "P4"),
    "sources": ("S", "federal", "Federal Register"),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("page", LISTS)
async def test_find_in_a_list_chooses_the_row_that_it_found(
    reading: Open, page: str, size: tuple[int, int]
) -> None:
    key, words, name = LISTS[page]
    async with reading(size=size) as reader:
        await reader.press(key)
        screen = await reader.press("slash", *words, "enter")
        assert re.search(r"\d+ of \d+ hits", screen.split("\n")[-1])
        assert name.casefold() in reader.focused().casefold()
        assert name.casefold() in (await reader.press("enter")).casefold()
        await reader.press("backspace")
        assert re.search(r"\d+ of \d+ hits", (await reader.press("n")).split("\n")[-1])


async def test_find_works_in_help_in_a_card_and_in_a_table(reading: Open) -> None:
    async with reading() as reader:
        for key, words in (("question_mark", "sections"), ("3", "mindspore"), ("2", "m1 growth")):
            screen = await reader.press("escape", key, "slash", *words, "enter")
            assert "1 of " in screen.split("\n")[-1]
        await reader.press("colon", *"huawei", "enter")
        assert "1 of " in (await reader.press("slash", *"华为", "enter")).split("\n")[-1]


async def test_find_searches_the_pane_that_has_the_focus(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("greater_than_sign", "slash", *"sources", "enter")
        shell = reader.shell
        assert shell.side.found()
        assert not shell.reading.found()
        assert shell.focused is shell.side
        await reader.press("n", "escape", "less_than_sign", "slash", *"decree", "enter")
        assert shell.reading.found()
        assert not shell.side.found()


async def test_find_in_the_outline_chooses_a_section(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("1", "t", "slash", *"first uses", "enter")
        assert reader.focused().strip() == "First uses"
        await reader.press("enter")
        assert not reader.shell.outlined


async def test_find_in_what_lies_beside(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("3")
        await reader.focus_on("Huawei 华为")
        await reader.press("O", "greater_than_sign")
        screen = await reader.press("slash", *"ascend", "enter")
        assert "1 of " in screen.split("\n")[-1]
        assert reader.shell.side.found()


LINKED = """---
id: linked
title: Linked
date: 2026-09-01
---

## One {#one topic=risks}

See [[huawei]] and [[smic]], then needle one, then [[baidu]] and more.

Words without a link, needle two.

At last [[cxmt|the needle maker]] and [[honor]].
"""


async def test_links_are_counted_from_the_words_that_were_found(reading: Open) -> None:
    async with reading({"linked.md": LINKED}) as reader:
        await reader.press("colon", *"linked", "enter", "slash", *"needle", "enter")
        assert reader.focused() == ""
        await reader.press("tab")
        assert reader.focused() == "Baidu 百度"
        await reader.press("n")
        assert reader.focused() == ""
        await reader.press("shift+tab")
        assert reader.focused() == "Baidu 百度"
        await reader.press("n")
        assert reader.focused() == "the needle maker"
        assert "CXMT" in await reader.press("enter")


async def test_words_found_below_a_row_of_a_list_choose_that_row(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("s", *"huawei", "escape", "slash", *"open-source operating", "enter")
        assert reader.focused() == "OpenHarmony 开源鸿蒙"
