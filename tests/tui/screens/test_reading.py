"""A reader with a keyboard, on the bundled briefing."""

from __future__ import annotations

import random
import re

import pytest

from tests.tui.conftest import Open, Reader


async def test_opens_on_the_bottom_line_of_the_bundled_briefing(reading: Open) -> None:
    async with reading() as reader:
        screen = await reader.screen()
    assert "Bottom line" in screen
    assert "Decree 835 反外国不当域外管辖条例" in screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_tab_shows_its_topic(reading: Open, size: tuple[int, int]) -> None:
    names = ["Bottom line", "Legal shield", "Monetary stability", "Key players", "Market dynamics", "Risks"]
    async with reading(size=size) as reader:
        for number, name in enumerate(names):
            rows = (await reader.press(str(number))).split("\n")
            assert f"▸{number}" in rows[1]
            assert any(row.startswith("  " + name) or row.lstrip().startswith(name) for row in rows[2:6])


async def test_goes_from_a_table_to_huawei_to_the_decree_and_back_to_the_very_row(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("3")
        await reader.focus_on("Huawei 华为")
        before = await reader.screen()
        assert "Huawei 华为" in await reader.press("enter")
        await reader.focus_on("Decree 835 反外国不当域外管辖条例")
        card = await reader.press("enter")
        assert "反外国不当域外管辖条例" in card
        assert await reader.press("backspace", "backspace") == before


async def test_twenty_hops_out_and_twenty_back_end_on_an_equal_screen(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("3", "j", "j", "tab", "tab", "tab")
        screens = [await reader.screen()]
        for hop in range(20):
            await reader.press(*["tab"] * (hop % 7), "enter")
            if hop % 4 == 0:
                await reader.press("j", "j")
            screens.append(await reader.screen())
        assert len(set(screens)) > 10
        hops = reader.shell.history.position
        assert hops >= 15
        for _ in range(hops - 1):
            await reader.press("H")
        assert await reader.screen() == screens[0]
        for _ in range(hops - 1):
            await reader.press("L")
        assert await reader.screen() == screens[-1]


async def test_find_counts_and_moves_among_hits(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("3")
        screen = await reader.press("slash", *"mindspore", "enter")
        assert "MindSpore" in screen
        assert "  1 of " in screen.split("\n")[-1]
        assert "  2 of " in (await reader.press("n")).split("\n")[-1]
        assert "  1 of " in (await reader.press("N")).split("\n")[-1]
        assert "hits" not in (await reader.press("escape")).split("\n")[-1]


async def test_find_without_hits_says_so_and_escape_goes_back_to_where_it_began(reading: Open) -> None:
    async with reading() as reader:
        before = await reader.press("2", "j", "j", "j")
        assert 'No hits for "xyzzy"' in await reader.press("slash", *"xyzzy")
        assert (await reader.press("escape", "k", "j")) == before


async def test_outline_lists_sections_and_enter_goes_there(reading: Open) -> None:
    for size in ((80, 24), (120, 40)):
        async with reading(size=size) as reader:
            await reader.press("1")
            screen = await reader.press("t")
            assert "Mechanisms of Decree 835" in screen
            assert "First uses" in screen
            await reader.press("j", "j", "j")
            name = reader.focused()
            rows = (await reader.press("enter")).split("\n")
            assert any(name in row for row in rows[2:])
            assert reader.shell.focused is reader.shell.reading


async def test_a_document_dropped_into_the_library_appears_when_asked_for(reading: Open) -> None:
    async with reading() as reader:
        folder = reader.app.desk.library.places.library
        folder.mkdir(parents=True, exist_ok=True)
        head = "---\nkind: briefing\ntitle: 芯片 Chips\ndate: 2026-12-01\n---\n"
        text = head + "# Bottom line\nNew words on [[huawei]].\n"
        (folder / "chips.md").write_text(text, encoding="utf-8")
        await reader.press("l")
        screen = await reader.settled()
        assert "芯片 Chips" in screen
        await reader.press("escape", "l")
        await reader.focus_on("芯片 Chips")
        assert "New words on Huawei" in await reader.press("enter")


async def test_a_broken_document_is_named_with_file_and_line(reading: Open) -> None:
    broken = "---\nkind: briefing\ntitle: x\ndate: 2026-13-45\n---\ntext\n"
    async with reading({"draft.md": broken}, size=(120, 40)) as reader:
        screen = await reader.press("l", "G")
        assert "draft.md:4:date" in re.sub(r"\s|╎", "", screen)  # the path may end anywhere in a row


async def test_a_dangling_link_says_what_is_missing_and_enter_opens_the_nearest(reading: Open) -> None:
    note = "---\nkind: briefing\ntitle: Zeta\ndate: 2027-01-01\n---\n# Words\nSee [[smci]].\n"
    async with reading({"zeta.md": note}) as reader:
        assert "[?] smci" in await reader.screen()
        await reader.press("tab")
        assert 'enter opens the nearest, smic (SMIC 中芯国际). No item "smci".' in await reader.press("enter")
        assert "SMIC 中芯国际" in await reader.press("enter")


async def test_web_links_show_their_target_first(reading: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def hand_over(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("tui.browser.open_address", hand_over)
    note = "---\nkind: briefing\ntitle: Zeta\ndate: 2027-01-01\n---\n# Words\nSee [it](https://bank.example@evil.example/x).\n"
    async with reading({"zeta.md": note}) as reader:
        await reader.press("tab")
        assert "host evil.example, not bank.example" in await reader.press("enter")
        assert opened == []
        await reader.press("enter")
        await reader.settled()
        assert opened == ["https://bank.example@evil.example/x"]
        await reader.press("enter", "j", "enter")
        await reader.settled()
        assert len(opened) == 1


async def test_too_small_a_terminal_says_so_and_growing_back_restores_the_view(reading: Open) -> None:
    async with reading() as reader:
        before = await reader.press("3", "j", "j", "tab", "tab")
        for size in ((40, 10), (59, 16), (80, 15), (300, 2), (27, 1), (5, 20), (2, 300), (1, 1)):
            await reader.pilot.resize_terminal(*size)
            words = "".join((await reader.screen()).split())
            whole = "Toosmall:60x16needed."
            assert words == whole if size[0] > 26 else words and whole.startswith(words), size
        await reader.pilot.resize_terminal(80, 24)
        assert await reader.screen() == before


async def test_where_nothing_is_to_be_seen_only_leaving_is_a_key(reading: Open) -> None:
    async with reading() as reader:
        before = await reader.press("3", "slash", *"hua")
        await reader.pilot.resize_terminal(40, 10)
        await reader.press("w", "enter", "escape", "U", "5", "P", "f2")
        await reader.pilot.resize_terminal(80, 24)
        assert await reader.screen() == before
        await reader.pilot.resize_terminal(40, 10)
        await reader.press("q")
        assert reader.app.return_code == 0


SIZES = ((1, 1), (2, 300), (300, 2), (60, 16), (80, 24), (103, 30), (104, 30), (200, 60))


async def test_a_storm_of_sizes_ends_on_the_same_screen(reading: Open) -> None:
    chance = random.Random(1)  # noqa: S311
    async with reading() as reader:
        before = await reader.press("3", "j", "j", "tab", "tab")
        for _ in range(60):
            await reader.pilot.resize_terminal(*chance.choice(SIZES))
        await reader.pilot.resize_terminal(80, 24)
        assert await reader.screen() == before


async def test_keys_at_any_size_do_no_harm(reading: Open) -> None:
    chance = random.Random(2)  # noqa: S311
    keys = (
        "2",
        "d",
        "t",
        "question_mark",
        "f",
        "escape",
        "tab",
        "enter",
        "i",
        "l",
        "backspace",
        "c",
        "slash",
    )
    async with reading() as reader:
        for _ in range(80):
            await reader.pilot.resize_terminal(*chance.choice(SIZES))
            await reader.press(chance.choice(keys))
        await reader.pilot.resize_terminal(80, 24)
        assert "Bottom line" in await reader.press("escape", "escape", "escape", "0")


async def test_resizing_there_and_back_keeps_the_place_exactly(reading: Open) -> None:
    async with reading(size=(100, 30)) as reader:
        before = await reader.press("2", "ctrl+d", "j", "j")
        for size in ((60, 30), (140, 30), (200, 60), (64, 16)):
            await reader.pilot.resize_terminal(*size)
            await reader.screen()
        await reader.pilot.resize_terminal(100, 30)
        assert await reader.screen() == before


async def test_help_shows_every_key_of_the_keymap_in_force(reading: Open) -> None:
    async with reading(size=(120, 60), keys={"doc.outline": "f2"}) as reader:
        screen = await reader.press("question_mark")
        assert "f2" in screen
        assert "List the sections of this page." in screen
        assert "List all documents, and" in await reader.press("G")


async def test_the_palette_finds_commands_and_items(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("ctrl+p", *"smic")
        await reader.app.workers.wait_for_complete()
        await reader.press("enter")
        assert "SMIC 中芯国际" in await reader.settled()


async def test_copying_without_a_selection_gives_a_reference(reading: Open) -> None:
    async with reading() as reader:
        assert "Copied: China: legal shield" in await reader.press("1", "y")
        assert "china-legal-shield#legal-shield, 2026-11-23" in reader.app.clipboard


async def test_selected_text_is_copied_as_it_was_written(reading: Open) -> None:
    async with reading() as reader:
        await reader.pilot.mouse_down(offset=(2, 3))
        await reader.pilot.hover(offset=(20, 4))
        await reader.pilot.mouse_up(offset=(20, 4))
        await reader.press("y")
        assert reader.app.clipboard.startswith("Decree 835 反外国不当域外管辖条例 is real")
        assert "\n" not in reader.app.clipboard


async def selected(reader: Reader, start: tuple[int, int], end: tuple[int, int]) -> str:
    """What is copied after a drag of the mouse."""
    await reader.pilot.mouse_down(offset=start)
    await reader.pilot.hover(offset=((start[0] + end[0]) // 2, end[1]))
    await reader.pilot.hover(offset=end)
    await reader.pilot.mouse_up(offset=end)
    await reader.press("y")
    return str(reader.app.clipboard)


async def test_a_selection_stays_in_the_pane_where_it_began(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        text = await selected(reader, (2, 4), (100, 5))
        assert text.startswith("Decree 835 反外国不当域外管辖条例 is real")
        assert text.endswith("weaker one, we judge.")
        await reader.press("escape")
        assert await selected(reader, (90, 4), (10, 4)) == "C08B  gap sta"


async def test_a_list_is_copied_without_the_indent_of_its_lines(reading: Open) -> None:
    text = "---\nkind: briefing\ntitle: Zeta\ndate: 2099-01-01\n---\n- 首先" + "法院" * 60 + " end\n"
    async with reading({"zeta.md": text}, size=(80, 24)) as reader:
        rows = (await reader.press("colon", *"zeta", "enter")).split("\n")
        last = next(number for number, row in enumerate(rows) if "end" in row)
        copied = await selected(reader, (2, 2), (60, last))
        assert copied == f"- 首先{'法院' * 60} end"


async def test_figures_stand_in_the_text_with_value_unit_and_period(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = await reader.press("2")
        assert "7.78 pp 2023" in screen
        assert "5.83 pp 2024Q1" in screen
        assert "the series gives 7.78 pp 2023" in await reader.press("0")


async def test_a_topic_shows_its_figures_and_enter_opens_the_card_of_one(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = await reader.press("2")
        assert re.search(r". M2 minus M1 growth +3\.4 +pp +2026-08 +.*derived +-0\.3", screen)
        await reader.focus_on("M2 growth")
        assert "2026-08   M2 growth 7.5 %" in await reader.press("enter")
        card = await reader.press("d")
        assert "M2 growth M2同比" in card
        assert re.search(r"2026-08 +7\.5 +-0\.2", card)
        assert "PBOC" in await reader.press("d")
        assert re.search("▸. M2 growth", await reader.press("backspace"))


async def test_a_figure_in_the_text_tells_its_arithmetic(reading: Open) -> None:
    async with reading(size=(200, 40)) as reader:
        await reader.focus_on("7.78 pp 2023")
        assert "sum 93.3 / 12 = 7.775, shown 7.78" in await reader.press("enter")


async def test_a_date_of_a_card_stays_with_what_it_is(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        assert "in force 2026-04-13" in await reader.press("colon", *"decree-835", "enter")


async def test_what_a_line_came_to_says_over_what_and_is_never_parted(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        screen = await reader.press("colon", *"M2", "enter", "left_square_bracket")
        assert "All  low 6.2 % 2024-06   high 29.7 % 2009-11" in screen
        assert "last 12 months mean 8.33, deviation 0.45" in screen
