"""Searching everything, by keys."""

from __future__ import annotations

import re

import pytest
from textual import events

from briefings.documents.items import plain
from tests.tui.conftest import Open
from tui.layout.cells import width

SIZES = [(80, 24), (120, 40)]

HOSTILE = """---
kind: briefing
title: "[/] [@click=app.quit]quicksilver"
date: 2026-01-01
---
# Part

Quicksilver \x1b]52;c;aGk=\x07 [bold]水银[/bold] :smile: \u202eand so on.

```claim
id: q1
title: "[red]mercury 水银"
says: It is heavy
```
"""


@pytest.mark.parametrize("size", SIZES)
async def test_results_come_as_letters_are_typed_and_back_returns_to_them(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        assert "kind:" in await reader.press("s")
        screen = await reader.press(*"huawei")
        assert re.search(r"Search  huawei +[0-9]+ found", screen)
        assert "Entities" in screen
        assert "▸Huawei 华为" in screen
        await reader.press("down", "down")
        before = await reader.screen()
        assert "▸MindSpore 昇思" in before
        card = await reader.press("enter")
        assert "Entities › MindSpore 昇思" in card
        back = await reader.press("backspace")
        assert back.split("\n")[:-1] == before.split("\n")[:-1]
        assert reader.focused() == "MindSpore 昇思"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("昇腾", "Ascend 昇腾"),
        ("制裁", "Anti-Foreign Sanctions Law"),
        ("M2", "M2-M1 gap"),
        ("法", "Ministry of Justice"),
    ],
)
async def test_chinese_and_short_words_are_found(reading: Open, words: str, shown: str) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("s", *words)
        screen = await reader.press("escape", "t")
        await reader.press("escape")
        assert "found" in screen
        reader.shell.reading.find_words(shown)
        assert reader.shell.reading.found() != ""


async def test_filters_leave_out_what_is_named_below(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        screen = await reader.press("s", *"huawei verdict:contradicted")
        assert "2 found" in screen
        assert "▸✗j C20  Huawei and iFlytek, recent" in screen
        assert "Left out by the filters" in screen
        assert "Entity      Huawei 华为" in screen


async def test_a_query_that_means_nothing_says_so_and_keeps_the_results(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("s", *"huawei kind:entity")
        screen = await reader.press("x")
        assert 'no kind "entityx"; nearest: entity' in screen
        assert "▸Huawei 华为" in screen
        assert "nearest: entity" not in await reader.press("backspace")


async def test_tab_completes_keys_and_values_and_goes_through_them(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("s", *"huawei ver", "tab", *"con", "tab")
        assert "Search  huawei verdict:contradicted" in await reader.row(2)
        await reader.press("escape", "s")
        assert "kind:entity" in await reader.press(*"kind:", "tab")
        assert "kind:instrument" in await reader.press("tab")
        assert "kind:entity" in await reader.press("shift+tab")
        assert "Nothing to complete here." in await reader.press(*"zzz", "tab")
        await reader.press("escape", "s")
        assert "date: needs a value: when it was written" in await reader.press(*"date:", "tab")


async def test_nothing_found_offers_the_nearest_word(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        screen = await reader.press("s", *"hauwei")
        assert 'No hits for "hauwei". Nearest word: huawei.' in screen
        screen = await reader.press("enter")
        assert "Search  huawei" in screen
        assert "▸Huawei 华为" in screen


async def test_escape_leaves_the_field_then_the_results(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        before = await reader.screen()
        assert await reader.press("s", "escape") == before
        await reader.press("s", *"gap", "escape")
        assert "Search  gap" in await reader.row(2)
        await reader.press("j")
        assert await reader.press("escape") == before


async def test_s_on_results_changes_the_query(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("s", *"gap", "escape", "s")
        assert "Search  smic" in await reader.press(*"smic")
        await reader.press("enter")
        assert "Search  smic" in await reader.press("backspace")


async def test_a_hit_opens_at_its_block(reading: Open) -> None:
    text = (
        "# Long\n\n" + "\n\n".join(f"Paragraph {n}." for n in range(200)) + "\n\nThe molybdenum 钼 stands.\n"
    )
    async with reading({"long.md": text}, size=(80, 24)) as reader:
        screen = await reader.press("s", *"molybdenum", "enter")
        assert "The molybdenum 钼 stands." in screen


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_letter_for_letter(reading: Open, size: tuple[int, int]) -> None:
    async with reading({"h.md": HOSTILE}, size=size) as reader:
        screen = await reader.press("s", *"quicksilver OR 水银")
        assert "[/] [@click=app.quit]quicksilver" in screen
        assert "[bold]水银[/bold] :smile:" in screen
        assert "[red]mercury" in screen
        assert "\x1b" not in screen
        assert "\u202e" not in screen
        screen = await reader.press("escape", "s", *"[/] \x1b[@click=app.quit]")
        assert "Search  [/]" in screen


async def test_an_indicator_is_found_and_opened(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = await reader.press("s", *"kind:indicator M2 growth", "enter")
        assert screen.startswith("  Indicators › M2 growth")


async def test_a_kept_search_opens_from_the_library(reading: Open) -> None:
    files = {"searches.yaml": '- name: "[/] gaps"\n  query: "gap kind:claim"\n'}
    async with reading(files, size=(120, 40)) as reader:
        await reader.press("l")
        await reader.focus_on("[/] gaps")
        screen = await reader.press("enter")
        assert screen.startswith("  Search › [/] gaps")
        assert re.search(r"Search  gap kind:claim +[0-9]+ found", screen)
        assert "▸" in screen


async def test_a_search_is_kept_listed_and_dropped(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("s", *"smic -note", "escape")
        assert "Keep as:" in await reader.press("Q")
        screen = await reader.press(*"chips 芯片", "enter")
        assert 'Kept: "chips 芯片". U takes it back.' in screen
        assert screen.startswith("  Search › chips 芯片")
        assert "Q drop" in screen.split("\n")[-1]
        await reader.press("escape", "s")
        assert "Kept searches" in await reader.screen()
        assert "Search  smic -note" in await reader.press("enter")
        await reader.press("l")
        reader.shell.reading.find_words("chips")
        assert "chips 芯片  smic -note" in await reader.screen()
        await reader.press("backspace")
        screen = await reader.press("Q")
        assert 'Dropped: "chips 芯片".' in screen
        assert "Q keep" in screen.split("\n")[-1]
        assert 'U takes back: kept search "chips 芯片".' in await reader.press("U")
        assert (await reader.screen()).startswith("  Search › chips")
        assert "Nothing to take back here." not in await reader.press("U")
        assert not (await reader.screen()).startswith("  Search › chips")


async def test_a_blank_of_a_chinese_keyboard_parts_words(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("s", *"huawei")
        reader.app.post_message(events.Key("ideographic_space", "\u3000"))
        screen = await reader.press(*"kind:claim")
        assert "Search  huawei kind:claim" in screen.split("\n")[2]
        assert "Entities" not in screen
        assert "C20  Huawei and iFlytek, recent" in screen


async def test_a_long_reason_leaves_room_for_the_query(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        rows = (await reader.press("s", *"huawei verdict:")).split("\n")
        assert rows[2] == "  Search  huawei verdict:"
        assert rows[-2].startswith("  verdict: needs a value: contradicted")
        assert not (await reader.press(*"close")).split("\n")[-2].strip()


async def test_words_that_stand_apart_in_many_documents_are_told_to_be_more(reading: Open) -> None:
    notes = {f"n{number:02}.md": "# One\n\nLedgerdemain.\n\n# Two\n\nSleight.\n" for number in range(21)}
    async with reading(notes) as reader:
        await reader.settled()
        assert "over 20 found" in await reader.press("s", *"ledgerdemain sleight")
        screen = await reader.press("escape", "G")
        assert "There are more: only the first that were found are taken. Add a word." in screen


async def test_exact_words_that_stand_nowhere_are_quoted_once(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        assert 'No hits for "qqqq zzzz".' in await reader.press("s", *'"qqqq zzzz"')


async def test_what_opens_beside_has_the_whole_of_a_narrow_screen(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        results = await reader.press("s", *"huawei", "escape")
        card = await reader.press("O")
        assert "Huawei 华为" in card
        assert "Search  huawei" not in card
        assert await reader.press("escape") == results
        await reader.press("O")
        assert "Search  smic" in await reader.press("s", *"smic")


async def test_a_wide_screen_shows_the_results_and_what_opens_beside(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        both = await reader.press("s", *"huawei", "escape", "O")
        assert "Search  huawei" in both
        assert "Maker of telecom and computing equipment" in both


SAME = "# Lone thing 独\n\nA gravimeter and [[huawei]].\n\n## Further part\n\nAnother gravimeter.\n"


async def test_a_title_that_a_note_shares_with_its_section_is_said_once(reading: Open) -> None:
    twin = f"---\nkind: briefing\ntitle: lone  thing 独\ndate: 2026-01-01\n---\n{SAME}"
    async with reading({"lone.md": SAME, "twin.md": twin}, size=(80, 24)) as reader:
        rows = (await reader.press("s", *"gravimeter")).split("\n")
        assert any(row[2:] == "Lone thing 独" for row in rows)
        assert any(row[2:] == "Further part  Lone thing 独" for row in rows)
        await reader.press("escape", "escape", "colon", *"lone thing")
        rows = (await reader.settled()).split("\n")
        assert any(re.search(r"^ +Lone thing 独 +section$", row) for row in rows)
        await reader.press("escape", "colon", *"huawei", "enter", "B")
        lines = [plain(block.spans) for block in reader.shell.page.reading]
        assert "Lone thing 独" in lines


async def test_the_footer_names_the_keys_of_the_field_when_its_words_are_changed_again(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "Q keep" in (await reader.press("s", *"gap", "escape")).split("\n")[-1]
        foot = (await reader.press("s")).split("\n")[-1]
        assert "tab complete" in foot
        assert "f hints" not in foot


async def test_sections_of_one_title_are_told_apart_by_what_they_stand_in(reading: Open) -> None:
    notes = (
        "# Log 日志\n\n## Spring\n\n### Open points\n\nzebra\n\n## Autumn 秋\n\n### Open points\n\nzebra\n"
    )
    async with reading({"log.md": notes}, size=(120, 40)) as reader:
        screen = await reader.press("s", *"open points kind:section")
        assert "Open points  Spring  Log 日志" in screen
        assert "Open points  Autumn 秋  Log 日志" in screen


async def test_a_query_that_is_typed_where_no_search_is_shown_changes_nothing(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("s", *"chip", "5")
        before = await reader.press("escape", "5")
        assert "▸5 Risks" in before
        reader.shell.query_changed("y")
        reader.shell.query_changed("verdict:")
        assert await reader.screen() == before


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_dates_of_hits_stand_in_one_column(reading: Open, size: tuple[int, int]) -> None:
    head = "---\nkind: briefing\ntitle: {}\ndate: 2026-10-{:02}\n---\n# Sum\n\n"
    files = {f"n{n}.md": head.format(f"zebra {'斑马' * n}", n) for n in range(1, 5)}
    async with reading(files, size=size) as reader:
        rows = (await reader.press("s", *"zebra")).split("\n")
        starts = [width(row[: row.index("2026-10-0")]) for row in rows if "2026-10-0" in row]
        assert starts == [64] * 4
