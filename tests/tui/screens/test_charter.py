"""Charts, tables and comparisons of figures, by their keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tui.conftest import Open, Reader
from tui.pages.page import Address
from tui.widgets.chart import ChartView
from tui.widgets.panels import PanelsView

GAP = "cn.m2_m1_gap"


async def opened(reader: Reader, name: str = GAP) -> str:
    reader.shell.go(Address("indicator", "china-legal-shield", name))
    await reader.pilot.pause()
    return await reader.screen()


async def test_the_readout_tells_what_a_computed_figure_is_made_of(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "M2 growth 7.5 %, M1 growth 4.1 %" in await opened(reader)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_legend_names_claims_breaks_and_events(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await opened(reader)
        text = await reader.screen()
        for _ in range(30):
            text += await reader.press("pagedown") if not reader.shell.chart.is_shown else ""
            reader.shell.reading.scroll_part(1)
            text += await reader.screen()
        assert "A    C10" in text
        assert "says 4.8 pp 2023, measured 7.78" in text
        assert "2024 is the back-cast of PBOC" in " ".join(text.split())
        assert "2026-04-13  Decree 835" in text


async def test_two_keys_draw_the_gap_as_it_was_published_too(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        alone = await opened(reader)
        assert "1/9" in await reader.press("plus")
        both = await reader.press("enter")
        assert "b M2 minus M1 growth, definition old" in both
        assert "high 14.2 pp 2024-09" in " ".join(both.split())
        assert "Taken off: cn.m2_m1_gap:old" in await reader.press("U")
        assert (await reader.press("left", "right")).split("\n")[3:22] == alone.split("\n")[3:22]


async def test_a_series_of_another_unit_gets_a_scale_of_its_own(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await opened(reader, "cn.m2_yoy")
        await reader.press("plus", *"m2余额", "enter")
        screen = await reader.screen()
        assert "a %" in screen
        assert "b M2 356.81 trn CNY" in screen
        await reader.press("plus", *"m1 growth", "enter")
        assert "3 lines at most" in await reader.press("plus")


async def test_what_was_added_is_there_after_going_back_and_after_the_table(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await opened(reader)
        await reader.press("plus", "enter")
        with_old = await reader.press("left")
        await reader.press("1", "backspace")
        await reader.pilot.pause()
        assert (await reader.screen()).split("\n")[3:24] == with_old.split("\n")[3:24]
        assert "newest first" in await reader.press("d")
        assert "definition old" in await reader.press("d")


@pytest.mark.parametrize("keys", [(), ("2", "d")])
async def test_a_terminal_too_small_shows_no_chart_and_growing_back_brings_it(
    reading: Open, keys: tuple[str, ...]
) -> None:
    async with reading(size=(120, 40)) as reader:
        shown = await reader.press(*keys) if keys else await opened(reader)
        await reader.pilot.resize_terminal(40, 10)
        assert (await reader.screen()).strip() == "Too small: 60 x 16 needed."
        await reader.pilot.resize_terminal(120, 40)
        await reader.pilot.pause()
        assert (await reader.screen()).split("\n")[3:20] == shown.split("\n")[3:20]


async def test_the_footer_begins_with_the_keys_of_the_page(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "left crosshair  [ shorter  ] longer  + overlay  d table" in await opened(reader)
        assert (
            (await reader.press("d")).split("\n")[-1].startswith("  enter open  & filter  , order  d chart")
        )


@pytest.mark.parametrize(
    ("chosen", "readout"),
    [("7.78 pp 2023", "2026-08   M2 minus M1 growth 3.4"), ("C10", "2023-12   M2 minus M1 growth 8.4")],
)
async def test_a_chosen_figure_or_claim_leads_to_its_chart_and_back(
    reading: Open, chosen: str, readout: str
) -> None:
    async with reading(size=(80, 24)) as reader:
        assert "No chart here" in await reader.press("d")
        await reader.focus_on(chosen)
        before = await reader.screen()
        assert readout in await reader.press("d")
        assert await reader.press("backspace") == before
        assert chosen in reader.focused()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_opened_beside_leads_to_its_chart(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.focus_on("7.78 pp 2023")
        beside = await reader.press("O")
        assert "2026-08   M2 minus M1 growth 3.4 pp" in await reader.press("d")
        assert await reader.press("backspace") == beside


async def test_the_chart_of_a_claim_brings_its_keys_into_the_footer(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        closed = await reader.press("c", "enter")
        drawn = await reader.press("d")
        assert closed.split("\n")[-1].startswith("  d chart  v vintages  i source")
        assert "left crosshair  [ shorter  ] longer  + overlay  d chart" in drawn.split("\n")[-1]
        assert (await reader.press("d")).split("\n")[-1] == closed.split("\n")[-1]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["right"], "This is the newest figure."),
        (["pagedown"], "This is the newest figure."),
        (["home", "left"], "This is the first figure."),
        (["home", "home"], "This is the first figure shown."),
        (["end"], "This is the newest figure shown."),
        (["minus"], "All is shown."),
        (["right_square_bracket"], "All is shown."),
        (["left_square_bracket"] * 5, "No shorter span is set."),
        (["equals_sign"] * 20, "Closer it does not go."),
    ],
)
async def test_a_key_that_moves_nothing_in_a_chart_says_why(
    reading: Open, keys: list[str], words: str
) -> None:
    async with reading() as reader:
        await opened(reader)
        assert words in await reader.press(*keys)
        assert words not in await reader.press("left", "j")


async def test_leaving_the_field_adds_nothing(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        before = await opened(reader)
        await reader.press("plus", *"m0", "escape")
        assert await reader.screen() == before
        assert "Nothing by that name" in await reader.press("plus", *"zzzqqq", "enter")


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_a_table_is_ordered_and_filtered(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await opened(reader)
        table = await reader.press("d")
        assert "224 observations" in table
        assert max(map(len, table.split("\n"))) <= size[0]
        await reader.press("ampersand", *"> 10", "enter")
        assert "4 of 224 obs" in await reader.screen() or size[0] < 80
        largest = await reader.press("comma", "comma")
        assert "largest value first, where > 10" in largest
        assert largest.index("2009-01") < largest.index("2024-09")
        assert "expected" in await reader.press("ampersand", *"> x", "enter")


async def test_a_row_of_the_table_is_shown_in_the_chart(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await opened(reader)
        await reader.press("d", "ampersand", *"2023-12", "enter", "enter")
        await reader.pilot.pause()
        assert (
            "2023-12   M2 minus M1 growth 8.4 pp   M2 growth 9.7 %, M1 growth 1.3 %" in await reader.screen()
        )


async def test_files_are_written_where_it_is_said_and_never_over_others(
    reading: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with reading(size=(120, 40)) as reader:
        await opened(reader)
        await reader.press("e", *["backspace"] * 40, *"gap.svg", "enter")
        assert "Written: ~/gap.svg" in await reader.screen()
        assert "<title>M2 minus M1 growth M2-M1同比增速差</title>" in (tmp_path / "gap.svg").read_text(
            "utf-8"
        )
        (tmp_path / "gap.svg").write_text("mine", "utf-8")
        await reader.press("e", *["backspace"] * 40, *"gap.svg", "enter")
        assert "gap.svg is there already. enter replaces it." in await reader.screen()
        assert (tmp_path / "gap.svg").read_text("utf-8") == "mine"
        assert "Written" in await reader.press("enter")
        assert "expected a name that ends in" in await reader.press(
            "e", *["backspace"] * 40, *"gap.doc", "enter"
        )
        for name in ("~nobody-of-this-name/gap.svg", "~nobody-of-this-name"):
            assert "Not written: " in await reader.press("e", *["backspace"] * 40, *name, "enter")
        await reader.press("escape", "d", "ampersand", *"2023", "enter", "e", "enter")
        rows = (tmp_path / f"{GAP}.csv").read_text("utf-8").splitlines()
        assert rows[0] == "id,period,value,change,unit,definition,vintage,basis"
        assert len(rows) == 13
        assert rows[1].startswith(f"{GAP},2023-12,8.4")


async def test_why_a_png_cannot_be_written_and_what_can_be_told_in_one_row(
    reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    async with reading(size=(80, 24)) as reader:
        await opened(reader)
        screen = await reader.press("e", *["backspace"] * 40, *"gap.png", "enter")
        assert "Not written: .png needs briefing-desk[picture]; take .svg: gap.png" in screen


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 60)])
async def test_a_topic_shows_its_figures_over_the_same_time(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        before = await reader.press("2")
        await reader.press("d")
        screen = await reader.screen()
        assert "M2 growth M2同比" in screen or size == (60, 16)
        assert screen.count("\n") == size[1] - 1
        assert max(map(len, screen.split("\n"))) <= size[0]
        assert "▸ " in await reader.press("j", "left")
        assert await reader.press("d") == before


@pytest.mark.parametrize(
    ("there", "further", "words"),
    [
        ("G", "j", "last"),
        ("G", "J", "last"),
        ("G", "space", "last"),
        ("g", "k", "first"),
        ("g", "K", "first"),
    ],
)
async def test_the_keys_of_pages_go_through_small_charts(
    reading: Open, there: str, further: str, words: str
) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("2", "d", "j")
        shown = reader.shell.chart.panels
        assert shown
        end = len(shown.plot.lines) - 1 if words == "last" else 0
        assert f"This is the {words} chart." in await reader.press(there, further)
        assert shown.chosen == end
        assert f"This is the {words} chart." in await reader.press(there)
        await reader.press("k" if words == "last" else "j")
        assert shown.chosen != end
        assert await reader.row(38) == ""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_keys_of_links_are_about_the_chosen_one_of_small_charts(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        screen = await reader.press("2", "d", "tab")
        assert "▸ Producer prices" in screen
        assert screen.rstrip().endswith("2 of 22")
        assert "tab next chart" in screen or size == (80, 24)
        assert "To be compared are 1: Producer prices" in await reader.press("plus")
        assert "Producer prices › Said where" in await reader.press("B")
        assert "▸ Producer prices" in await reader.press("backspace")
        assert "Agency     NBS" in await reader.press("O")
        assert "esc close" in (await reader.screen()).split("\n")[-1]
        assert "▸ Producer prices" in await reader.press("escape")
        assert "▸ Consumer prices" in await reader.press("k")
        await reader.press("j")
        assert "▸ Consumer prices" in await reader.press("shift+tab")


async def test_letters_stand_on_small_charts(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        before = await reader.press("2", "d")
        screen = await reader.press("f")
        assert "  s Producer prices" in screen
        assert screen.split("\n")[-1].endswith("18 hints")
        assert await reader.press("escape") == before
        assert "Indicators › Producer prices" in await reader.press("f", "s")


async def test_collected_figures_are_compared_and_opened(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("2")
        await reader.focus_on("M2 growth")
        assert "d compares 1: M2 growth" in await reader.press("plus")
        await reader.focus_on("M1 growth")
        assert "d compares 2: M2 growth, M1 growth" in await reader.press("plus")
        screen = await reader.press("d")
        assert "Charts › Compared" in screen
        assert screen.count("同比") == 2
        await reader.press("j", "enter")
        await reader.pilot.pause()
        assert "Indicators › M1 growth" in await reader.screen()


async def test_the_mouse_reads_out_chooses_and_zooms_in_the_app(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await opened(reader)
        await reader.pilot.hover(ChartView, offset=(20, 8))
        assert "2026-08   M2 minus" not in await reader.screen()
        before = reader.shell.chart.view.plot  # type: ignore[union-attr]
        await reader.pilot.mouse_down(ChartView, offset=(40, 8))
        await reader.pilot.hover(ChartView, offset=(60, 8))
        await reader.pilot.mouse_up(ChartView, offset=(60, 8))
        after = reader.shell.chart.view.plot  # type: ignore[union-attr]
        assert after.last - after.first < (before.last - before.first) / 4


async def test_a_click_chooses_a_small_chart(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("2", "d")
        await reader.pilot.click(PanelsView, offset=(90, 8))
        chosen = [row for row in (await reader.screen()).split("\n") if "▸ " in row]
        assert "▸ M1 growth" in chosen[0]


async def test_charts_without_braille_are_drawn_in_blocks(reading: Open) -> None:
    async with reading(size=(120, 40), charts="blocks") as reader:
        await opened(reader)
        drawn = await reader.screen()
        assert any(letter in drawn for letter in "▘▖▝▗▚▞")
        assert not any("\u2801" <= letter <= "\u28ff" for letter in drawn + await reader.press("2"))


async def test_the_table_is_a_step_of_the_way_and_d_goes_to_and_fro_without_more(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        before = await reader.press("2")
        chart = await opened(reader)
        assert "d table" in chart.split("\n")[-1]
        table = await reader.press("d")
        assert "d chart" in table.split("\n")[-1]
        assert await reader.press("backspace") == chart
        await reader.press("d", "ampersand", *"2024..", "enter", "down", "down")
        filtered = await reader.screen()
        assert await reader.press("d") == chart
        assert await reader.press("d") == filtered
        await reader.press("d", "d", "d")
        assert await reader.press("backspace") == before


async def test_from_a_row_in_the_chart_the_way_back_is_the_row(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await opened(reader)
        table = await reader.press("d", "down", "down")
        assert "2026-06   M2 minus M1 growth" in await reader.press("enter")
        assert await reader.press("backspace") == table


async def test_what_happened_in_a_month_is_named_with_its_numbers(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = await opened(reader)
        numbers = screen.split("\n")[3].replace("▾", "").split()
        assert numbers[0] == "1"
        assert len(numbers[-1].split("-")) == 2
        listed = (await reader.press("G")).split("\n")
        assert any(row.strip().startswith(f"{numbers[-1].split('-')[1]}  20") for row in listed)


async def test_what_a_view_has_no_place_for_is_not_called_missing(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await opened(reader)
        assert "M2 minus M1 growth 63.0" in await reader.press("percent_sign")
        assert "M2 minus M1 growth not in this view" in await reader.press("home")


async def test_two_small_charts_share_the_height_of_the_screen(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        reader.shell.go(Address("compare", "china-legal-shield", "cn.m2_yoy cn.m1_yoy"))
        rows = (await reader.screen()).split("\n")
        titles = [number for number, row in enumerate(rows) if "M2同比" in row or "M1同比" in row]
        assert titles[1] - titles[0] >= 14
        days = next(number for number, row in enumerate(rows) if "2010 " in row and "2020" in row)
        assert days - titles[1] in (titles[1] - titles[0], titles[1] - titles[0] + 1)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_find_among_small_charts_chooses_the_one_it_names(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("2", "d")
        assert "▸ M0 growth" in await reader.press("slash", *"growth", "enter", "n", "n")
        assert "▸ M1 growth" in await reader.press("N")
        assert "Indicators › M1 growth" in await reader.press("enter")


async def test_after_find_beside_a_chart_the_arrows_move_the_crosshair(reading: Open) -> None:
    async with reading() as reader:
        await opened(reader)
        await reader.press("slash", *"agency", "enter")
        assert "2026-07   M2 minus M1 growth" in await reader.press("left")


async def test_a_topic_without_figures_names_what_would_bring_the_first(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        screen = await reader.press("1", "d")
        assert "No figures yet: " in screen
        assert "(Federal Register)" in screen
        assert "r asks." in screen
        assert "i source" not in screen
        reader.shell.settings = reader.shell.settings._replace(offline=True)
        assert "Started with --offline." in await reader.press("r")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_after_small_charts_a_topic_without_figures_still_says_so(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        charts = await reader.press("2", "d")
        without = await reader.press("1", "d")
        assert "Consumer prices" in charts
        assert "No figures yet" in without
        assert await reader.press("backspace", "backspace") == charts


async def test_of_what_is_kept_by_hand_no_table_says_that_a_key_would_ask(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        screen = await reader.press("colon", *"cn.designations", "enter", "d")
        assert "No figures yet. Nobody is asked for it." in screen


@pytest.mark.parametrize("field", ["colon", "T"])
async def test_a_go_bar_that_is_closed_leaves_the_keys_with_the_chart(reading: Open, field: str) -> None:
    async with reading() as reader:
        await opened(reader)
        assert "2026-07   M2 minus M1 growth" in await reader.press(field, "escape", "left")
        assert "2026-06   M2 minus M1 growth" in await reader.press("colon", *"M2-M1", "escape", "left")


async def test_a_table_offers_the_key_that_orders_it_as_that(reading: Open) -> None:
    async with reading() as reader:
        await opened(reader)
        assert ", order" in (await reader.press("d")).split("\n")[-1]
