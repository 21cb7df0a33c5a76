"""Charts above indicators and claims, by their keys."""

from __future__ import annotations

import re

import pytest
from textual.screen import Screen

from tests.tui.conftest import Open, Reader

GAP = "C10  gap in 2023, pp"


async def to_claim(reader: Reader) -> str:
    """Open the ledger and there C10."""
    await reader.press("c")
    while reader.focused() != GAP:
        await reader.press("j")
    return await reader.press("enter")


async def to_indicator(reader: Reader) -> str:
    """From C10 to the indicator that its test names."""
    await to_claim(reader)
    await reader.focus_on("M2 minus M1 growth")
    return await reader.press("enter")


async def test_a_claim_draws_what_it_states_against_the_line_when_asked(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        without = await to_claim(reader)
        assert "d chart" in without
        chart = await reader.press("d")
        assert "redefined" in chart
        assert "A" in "".join(chart.split("\n")[4:22])
        assert "2023-12   M2 minus M1 growth 8.4 pp" in chart
        assert await reader.press("d") == without


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_chart_of_a_claim_opens_on_its_period_and_what_lies_around(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await to_claim(reader)
        screen = await reader.press("d")
        assert all(year in screen for year in ("2021", "2022", "2023 ", "2024", "2025"))
        assert "2019" not in screen
        assert "2023-12   M2 minus M1 growth 8.4 pp" in screen
        assert "2018" in await reader.press("right_square_bracket")
        assert "2008" in await reader.press("right_square_bracket")


async def test_the_crosshair_reads_a_month_and_keys_stay_with_the_chart(reading: Open) -> None:
    async with reading(size=(200, 60)) as reader:
        await to_indicator(reader)
        await reader.press("left_square_bracket", "left_square_bracket")
        screen = await reader.screen()
        while "2023-12   " not in screen:
            before, screen = screen, await reader.press("left")
            assert screen != before
        assert "2023-12   M2 minus M1 growth 8.4 pp" in screen


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 60)])
async def test_an_indicator_opens_with_its_chart_at_every_size(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        screen = await to_indicator(reader)
        assert "2026-08   M2 minus M1 growth 3.4 pp" in screen
        assert "广义" in screen or "M2 minus M1 growth" in screen
        assert max(map(len, screen.split("\n"))) <= size[0]
        assert screen.count("\n") == size[1] - 1
        assert "2026-08   M2 minus M1 growth 3.4 pp" not in await reader.press("d")
        assert "2026-08   M2 minus M1 growth 3.4 pp" in await reader.press("d")


async def test_a_chart_is_found_as_it_was_left(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await to_indicator(reader)
        left = await reader.press("left_square_bracket", "left", "left")
        await reader.press("backspace")
        there = await reader.press("L")
        assert there.split("\n")[3:20] == left.split("\n")[3:20]


async def test_where_there_is_no_chart_that_is_said(reading: Open) -> None:
    async with reading() as reader:
        assert "No chart here" in await reader.press("d")


async def test_a_chart_is_resized_with_the_screen(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await to_indicator(reader)
        await reader.pilot.resize_terminal(80, 24)
        screen = await reader.screen()
        assert "2026-08   M2 minus M1 growth 3.4 pp" in screen
        assert max(map(len, screen.split("\n"))) <= 80


async def test_in_ascii_the_chart_is_ascii(reading: Open) -> None:
    async with reading(size=(120, 40), ascii=True) as reader:
        await to_indicator(reader)
        rows = (await reader.screen()).split("\n")
        assert all(row.isascii() for row in rows[3:20])


@pytest.mark.parametrize("keys", [("colon", *"GAP", "enter"), ("2", "d"), ("c", "enter", "d")])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_no_frame_mixes_a_page_with_the_layout_of_the_one_before(
    reading: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    frames: list[str] = []
    paint = Screen._compositor_refresh

    def painted(screen: Screen[None]) -> None:
        paint(screen)
        rows = (strip.text.rstrip() for strip in screen._compositor.render_strips())
        frames.append("\n".join(rows))

    async with reading(size=size) as reader:
        charted = await reader.press(*keys)
        monkeypatch.setattr(Screen, "_compositor_refresh", painted)
        for key in ("0", "backspace", "L", "backspace"):
            frames.clear()
            shown = await reader.press(key)
            assert set(frames) == {shown}
        assert shown.split("\n")[:-2] == charted.split("\n")[:-2]


async def as_of(reader: Reader, words: str) -> str:
    return await reader.press("at", *words, "enter")


async def test_on_another_day_a_chart_is_looked_at_as_before(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await to_indicator(reader)
        await reader.press("plus", *"old", "enter", "left_square_bracket", "percent_sign", *["left"] * 4)
        screen = await as_of(reader, "2026-04-20")
        readout = screen.split("\n")[23]
        assert "definition old" in screen
        assert readout.startswith("  2026-03   ")  # 2026-04 was not known: the last that was
        assert readout.endswith("10y  100 at the left")
        assert (await as_of(reader, "today")).split("\n")[23].startswith("  2026-04   ")
        await reader.press("left")
        assert (await as_of(reader, "2026-04-20")).split("\n")[23].startswith("  2026-03   ")
        assert (await as_of(reader, "today")).split("\n")[23].startswith("  2026-03   ")


async def test_on_an_earlier_day_than_the_days_shown_as_many_before_it_are_shown(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await to_indicator(reader)
        await reader.press(*["left_square_bracket"] * 2, "minus", *["equals_sign"] * 2)
        screen = await as_of(reader, "2020-01-20")
        assert "2019-12   M2 minus M1 growth 4.3 pp" in screen
        days = screen.split("\n")[22]
        assert "2019" in days
        assert "2008" not in days


async def test_small_charts_are_looked_at_as_before_on_another_day(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("2", "d", "j", "left_square_bracket", "left")
        screen = await as_of(reader, "2026-04-20")
        assert "▸ Producer prices" in screen
        assert screen.split("\n")[-3].endswith("10y")
        back = await as_of(reader, "today")
        assert "▸ Producer prices" in back
        assert "  2026-07   Producer prices 3.5 %" in back
        assert back.split("\n")[-3].endswith("10y")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_legend_has_letters_only_of_what_is_drawn(reading: Open, size: tuple[int, int]) -> None:
    def rows(screen: str) -> list[str]:
        lettered = [row for row in screen.split("\n") if re.match(r"  [A-Z] +C\d\d  ", row)]
        return [row.split()[0] for row in lettered]

    async with reading(size=size) as reader:
        plain = await to_indicator(reader)
        assert rows(plain) == ["A", "B"]
        assert re.search(r"\n  ╎ +From 2024-01", plain)
        rebased = await reader.press("percent_sign")
        assert rows(rebased) == []
        assert "is left out before 2024-01: what begins at zero or below" in " ".join(rebased.split())
        assert re.search(r"\n  +From 2024-01", rebased)
        assert rows(await reader.press("percent_sign", "percent_sign")) == ["A", "B"]
        assert rows(await reader.press(*["left_square_bracket"] * 3)) == []
        text = await reader.screen()
        assert re.search(r"\n  +From 2024-01", text)
        for _ in range(12):
            reader.shell.reading.scroll_part(1)
            text += await reader.screen()
        assert "measured 7.78, not in this span" in " ".join(text.split())


@pytest.mark.parametrize("keys", [(":", *"GAP", "enter"), ("2", "d")])
async def test_charts_on_the_screen_are_drawn_in_another_style_at_once(
    reading: Open, keys: tuple[str, ...]
) -> None:
    async with reading() as reader:
        braille = await reader.press(*keys)
        assert re.search("[⠁-⣿]", braille)
        blocks = await reader.press(":", *"charts blocks", "enter")
        assert re.search("[▖-▟▀-█]", blocks)
        assert not re.search("[⠁-⣿]", "".join(blocks.split("\n")[3:13]))
        assert (await reader.press("U")).split("\n")[3:13] == braille.split("\n")[3:13]
