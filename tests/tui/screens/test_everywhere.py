"""What works on every screen: finding in place, and the mouse, which nothing needs and nothing refuses."""

from __future__ import annotations

import re

import pytest
from textual import events
from textual.widget import Widget

from tests.tui.conftest import Open, Reader

SIZES = [(80, 24), (120, 40)]

PLACES = [
    ("l", "Huawei"),
    ("c", "gap"),
    ("p", "court"),
    ("S", "Eastmoney"),
    ("2", "financing"),
    ("3", "昇腾"),
    ("0", "Decree"),
    ("question_mark", "colours"),
    (":HUAWEI", "Ascend"),
    (":M2", "Agency"),
    (":C10", "gap"),
    ("01h", "legal"),
    ("f2d", "growth"),
]  # fmt: skip


async def to(reader: Reader, way: str) -> None:
    """Go to a page: by a mnemonic, or by keys."""
    if way == "f2d":
        await reader.press("colon", *"cn.m2_yoy", "enter", "d")
    elif way.startswith(":"):
        await reader.press("colon", *way[1:], "enter")
    else:
        await reader.press(*([way] if len(way) > 3 else way))
    await reader.settled()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("way", "words"), PLACES)
async def test_words_are_found_in_place_and_again(
    reading: Open, way: str, words: str, size: tuple[int, int]
) -> None:
    async with reading({}, size=size) as reader:
        await to(reader, way)
        before = await reader.row(0)
        screen = await reader.press("slash", *words, "enter")
        assert " of " in screen.split("\n")[-1] or "counting" in screen.split("\n")[-1]
        assert reader.shell.searched().find
        first = reader.shell.searched().place().hit
        assert first
        await reader.press("n")
        await reader.settled()
        again = reader.shell.searched().place().hit
        found = reader.shell.searched().find
        assert found
        assert again != first or found.total == 1 or await reader.row(0) != before
        await reader.press("N")
        await reader.settled()
        assert reader.shell.searched().place().hit


async def click_on(reader: Reader, words: str, row: int = -1) -> str:
    """Click on the first place on the screen where words stand, or that in a row."""
    rows = (await reader.screen()).split("\n")
    numbers = range(len(rows)) if row < 0 else (row,)
    at = next(number for number in numbers if words in rows[number])
    from rich.cells import cell_len

    await reader.pilot.click(offset=(cell_len(rows[at][: rows[at].index(words)]) + 1, at))
    return await reader.settled()


@pytest.mark.parametrize("size", SIZES)
async def test_tabs_links_rows_and_keys_of_the_footer_take_a_click(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading({}, size=size) as reader:
        await click_on(reader, "3 Play" if size[0] < 104 else "3 Key", 1)
        assert ":PLAYERS" in await reader.row(0)
        await click_on(reader, "SMIC 中芯国际")
        assert "SMIC 中芯国际" in await reader.row(0)
        await click_on(reader, "back", size[1] - 1)
        assert ":PLAYERS" in await reader.row(0)
        await reader.press("l")
        await click_on(reader, "Anti-Foreign")
        assert "Anti-Foreign Sanctions Law" in await reader.row(0)
        await reader.press("c")
        await reader.settled()
        await click_on(reader, "C20")
        assert "C20" in await reader.row(0)
        await click_on(reader, "help", size[1] - 1)
        assert ":HELP" in await reader.row(0)


@pytest.mark.parametrize("size", SIZES)
async def test_choices_of_the_go_bar_take_a_click(reading: Open, size: tuple[int, int]) -> None:
    async with reading({}, size=size) as reader:
        await reader.press("colon")
        await reader.settled()
        await reader.press(*"smic")
        await click_on(reader, "entity")
        assert "SMIC 中芯国际" in await reader.row(0)


@pytest.mark.parametrize("size", SIZES)
async def test_the_path_in_the_first_row_takes_a_click(reading: Open, size: tuple[int, int]) -> None:
    async with reading({}, size=size) as reader:
        await reader.press("colon", *"SMIC", "enter")
        await click_on(reader, "Entities", 0)
        assert ":LIBRARY" in await reader.row(0)


async def test_an_offer_a_day_and_a_mnemonic_take_a_click(reading: Open) -> None:
    async with reading({}, size=(80, 24)) as reader:
        await reader.press("W")
        await click_on(reader, "enter writes", 22)
        assert (reader.shell.settings.places.config / "config.toml").exists()
        await reader.press("at", *"2026-05-01", "enter")
        await reader.settled()
        await click_on(reader, "as of 2026-05-01")
        assert "As of:" in await reader.screen()
        await reader.press("escape")
        await click_on(reader, ":OVERVIEW", 0)
        assert reader.shell.fields.is_open("bar")


@pytest.mark.parametrize("size", SIZES)
async def test_hints_take_a_click(reading: Open, size: tuple[int, int]) -> None:
    async with reading({}, size=size) as reader:
        await reader.press("3")
        await reader.press("f")
        await click_on(reader, "MIC 中芯国际")
        assert "SMIC 中芯国际" in await reader.row(0)
        assert reader.shell._hints is None


@pytest.mark.parametrize("size", SIZES)
async def test_results_of_a_search_take_a_click_while_it_is_typed(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading({}, size=size) as reader:
        await reader.press("s", *"smic kind:entity")
        await click_on(reader, "SMIC 中芯国际")
        assert "SMIC 中芯国际" in await reader.row(0)


@pytest.mark.parametrize("way", ["0", "2", "l", "c", "S"])
async def test_the_wheel_moves_what_is_under_it(reading: Open, way: str) -> None:
    from textual import events

    async with reading({}, size=(80, 24)) as reader:
        await to(reader, way)
        before = await reader.screen()
        view = reader.shell.reading
        view.post_message(events.MouseScrollDown(view, 5, 5, 0, 1, 0, False, False, False, 5, 8))
        after = await reader.settled()
        assert after != before
        assert after.split("\n")[3:10] == before.split("\n")[6:13] or way in "25"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("z", "z is no key here. ? shows all keys."),
        ("中", "中 is no key here. ? shows all keys."),
        ("f9", "f9 is no key here. ? shows all keys."),
        ("alt+x", "alt+x is no key here. ? shows all keys."),
        ("right_parenthesis", "No table goes on sideways here."),
        ("left_square_bracket", "[ is a key of charts. d shows one where there is one."),
        ("greater_than_sign", "No other pane here."),
        ("k", "The top is shown."),
        ("g", "The top is shown."),
        ("K", "The top is shown."),
        ("pageup", "The top is shown."),
        ("escape", "Nothing to close. q quits."),
        ("0", "This page is shown already."),
    ],
)
async def test_a_key_that_does_nothing_says_so(reading: Open, key: str, words: str) -> None:
    async with reading({}) as reader:
        assert words in await reader.press(key)
        assert words not in await reader.press("j")


@pytest.mark.parametrize("key", ["j", "G", "J", "space", "end"])
async def test_where_a_page_ends_the_keys_that_move_it_say_so(reading: Open, key: str) -> None:
    async with reading({"short.md": "Short."}) as reader:
        assert "The end is shown." in await reader.press("G", key)
        assert "All is shown." in await reader.press("colon", *"short", "enter", key)
        await reader.press("l")
        assert "This is the last line." in await reader.press("G", key)
        assert "This is the first line." in await reader.press("g", "k")
        for way in ("c", "l", "S", "question_mark"):
            await reader.press(way)
            assert "This page is shown already." in await reader.press(way)


async def test_the_keys_of_panes_show_where_the_keys_go(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "This is the left pane." in await reader.press("less_than_sign")
        assert "pane" not in (await reader.press("greater_than_sign")).split("\n")[-2]
        assert reader.focused()
        assert "This is the right pane." in await reader.press("greater_than_sign")
        await reader.press("less_than_sign")
        assert reader.shell.focused is reader.shell.reading


async def test_from_a_chart_the_keys_of_panes_go_to_the_side_and_back_to_the_chart(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("colon", *"C10", "enter", "d")
        chart = reader.shell.focused
        assert "This is the left pane." in await reader.press("less_than_sign")
        await reader.press("greater_than_sign")
        assert reader.shell.focused is reader.shell.side
        await reader.press("less_than_sign")
        assert reader.shell.focused is chart


async def test_what_is_shown_beside_already_is_not_laid_there_again_without_a_word(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("3", "tab", "O")
        assert "This is shown beside already." in await reader.press("O")
        await reader.press("escape", "2")
        await reader.focus_on("M2 growth")
        await reader.press("i")
        assert "The source is shown already." in await reader.press("i")


async def test_all_or_this_says_what_is_listed(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        assert "Claims of all briefings." in await reader.press("c", "A")
        assert "Claims of this briefing." in await reader.press("A")
        assert "Predictions of all briefings." in await reader.press("p", "A")


@pytest.mark.parametrize(("way", "copied"), [("p", "P1: A domestic stack"), ("l", "china-legal-shield")])
async def test_the_chosen_line_of_a_list_is_cited(reading: Open, way: str, copied: str) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press(way, "y")
        assert reader.app.clipboard
        assert copied in reader.app.clipboard


async def test_lines_of_labels_are_called_no_table(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("colon", *"HUAWEI", "enter")
        assert "No table goes on sideways here." in await reader.press("left_parenthesis")


async def test_keys_of_fields_and_charts_are_never_called_none(reading: Open) -> None:
    async with reading({}) as reader:
        for keys in (["slash", "z"], ["escape", "colon", *"cn.m2_yoy", "enter", "minus", "home"]):
            assert "key" not in (await reader.press(*keys)).split("\n")[-2]


def table_of(columns: int) -> str:
    """A table of so many columns, each of six cells at the least."""
    head = "|".join(f"column {number}" for number in range(columns))
    return f"|{head}|\n|{'---|' * columns}\n|{'cell|' * columns}\n"


async def test_a_table_scrolls_sideways_while_columns_are_left_there(reading: Open) -> None:
    async with reading(
        {"wide.md": table_of(14), "quoted.md": "> " + table_of(14).replace("\n|", "\n> |")}
    ) as reader:
        for name in ("wide", "quoted"):
            await reader.press("colon", *name, "enter")
            assert "No more columns at the left." in await reader.press("left_parenthesis")
            assert "13" not in await reader.screen()
            shown = await reader.press(*["right_parenthesis"] * 14)
            assert "No more columns at the right." in shown
            assert "13" in shown
            assert " 0" in shown
            assert "No more" not in await reader.press("shift+left")
            shown = await reader.press(*["shift+left"] * 14)
            assert "No more columns at the left." in shown
            assert "13" not in shown


async def test_of_several_tables_the_one_with_columns_left_is_scrolled(reading: Open) -> None:
    text = f"{table_of(3)}\n{table_of(12)}\n{table_of(13)}\nThe end.\n"
    async with reading({"tables.md": text}) as reader:
        shown = await reader.press("colon", *"tables", "enter")
        assert shown.count("column 1 ") == 3
        shown = await reader.press("right_parenthesis")
        assert shown.count("column 1 ") == 2
        while "column 11" not in shown:
            assert "column 12" not in shown
            shown = await reader.press("right_parenthesis")
        shown = await reader.press(*["right_parenthesis"] * 12)
        assert "column 12" in shown
        assert "No more columns at the right." in shown
        shown = await reader.press(*["left_parenthesis"] * 24)
        assert shown.count("column 1 ") == 3
        assert "No more columns at the left." in shown


async def test_the_table_at_the_focus_alone_is_scrolled(reading: Open) -> None:
    text = f"{table_of(12)}\n{table_of(13).replace('|cell', '|[[huawei]]', 1)}"
    async with reading({"tables.md": text}) as reader:
        await reader.press("colon", *"tables", "enter")
        shown = await reader.press("tab", *["right_parenthesis"] * 14)
        assert ("column 12" in shown, "column 11" in shown) == (True, True)
        assert "No more columns at the right." in shown
        assert shown.count("column 1 ") == 1


async def test_a_table_that_fits_is_not_scrolled(reading: Open) -> None:
    long = table_of(2) + "|cell|cell|\n" * 3_000
    async with reading({"fits.md": table_of(3), "long.md": long}) as reader:
        for name in ("fits", "long"):
            before = await reader.press("colon", *name, "enter")
            for key in ("left_parenthesis", "shift+right"):
                after = await reader.press(key)
                assert "The whole table is shown." in after
                assert after.split("\n")[:-2] == before.split("\n")[:-2]


async def test_the_palette_is_closed_once_however_often_it_is_clicked_away(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("P")
        palette = reader.app.screen
        palette.dismiss()
        palette.dismiss()
        assert "Bottom line" in await reader.settled()
        assert reader.app.screen is reader.shell


async def test_ctrl_c_says_how_to_leave_and_copies_only_what_is_selected(reading: Open) -> None:
    async with reading({}, keys={"link.copy": "f4"}) as reader:
        assert "Nothing is selected. f4 copies a line to cite, q quits." in await reader.press("ctrl+c")


@pytest.mark.parametrize(("command", "key"), [("table.filter", "f6"), ("chart.add", "f7")])
async def test_what_a_key_is_for_is_told_whole_and_by_the_user_s_own_keys(
    reading: Open, command: str, key: str
) -> None:
    async with reading({}, size=(80, 24), keys={command: key}) as reader:
        row = (await reader.press(key)).split("\n")[-2]
        assert key in row
        assert "⋯" not in row


async def test_sections_are_called_read_only_where_they_are_shown(reading: Open) -> None:
    async with reading({}) as reader:
        assert "All sections here are read now. U takes it back." in await reader.press("M")
        await reader.press("U")
        for key in ("l", "c", "question_mark"):
            assert "No sections here." in await reader.press(key, "M")
        await reader.press("0", "M")
        assert "are read now" in await reader.screen()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("over", [("tab", "O"), ("t",)])
async def test_the_key_of_the_shown_tab_takes_away_what_lies_over_it(
    reading: Open, over: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with reading({}, size=size) as reader:
        before = (await reader.press("3")).split("\n")[:-2]
        assert (await reader.press(*over)).split("\n")[:-2] != before
        await reader.press("3")
        assert not reader.shell.is_covered
        assert reader.shell.focused is reader.shell.reading
        assert "Most of what the article presents" in await reader.screen()


async def test_the_words_for_a_search_can_be_read_to_their_end(reading: Open) -> None:
    async with reading({}, size=(80, 24)) as reader:
        assert "in:" not in await reader.press("s")
        assert "in:" in await reader.press("pagedown", "pagedown")


async def test_a_long_way_is_cut_before_the_day_of_a_text(reading: Open) -> None:
    async with reading({}, size=(80, 24), offline=True) as reader:
        row = (await reader.press("at", *"2026-04-20", "enter")).split("\n")[0]
        assert re.search(r"China: legal [^⋯]*⋯ {2,}text of ", row)


async def test_a_click_of_before_the_window_was_made_smaller_leaves_the_palette_open(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("ctrl+p")
        palette = reader.app.screen
        await reader.pilot.resize_terminal(60, 16)
        palette.post_message(click_at(palette, 47, 37))
        await reader.pilot.pause()
        assert reader.app.screen is palette
        palette.post_message(click_at(palette, 47, 14))
        await reader.pilot.pause()
        assert reader.app.screen is reader.app.shown()
        assert "too small" not in await reader.press("l")


@pytest.mark.parametrize("key", ["pagedown", "pageup", "down", "up"])
async def test_a_key_in_a_palette_that_has_no_room_ends_nothing(reading: Open, key: str) -> None:
    async with reading() as reader:
        await reader.press("ctrl+p")
        await reader.pilot.resize_terminal(2, 1)
        await reader.press(key)
        await reader.pilot.resize_terminal(80, 24)
        assert "Bottom line" in await reader.press("escape")


def click_at(widget: Widget, x: int, y: int) -> events.Click:
    """A click on a widget at a place of the screen."""
    return events.Click(widget, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
