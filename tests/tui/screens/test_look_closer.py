"""From the overview to the gap of M2 and M1, its source, its past and a picture of it, by keys."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.tui.conftest import Open, Reader

SIZES = [(80, 24), (120, 40)]
DAY = "2026-04-20"


async def to_gap(reader: Reader) -> str:
    """From the overview by three or four keys: the tab, hints, and the letters of the gap."""
    screen = await reader.press("2", "f")
    letters = next(iter(re.findall(r"[◔◉] ?([a-z]+)(?:M2)? minus M1 growth", screen)))
    assert len(letters) <= 2
    return await reader.press(*letters)


TYPED = {"2026-04-20", "gap.png"}
"""What counts as one key where keys are counted: a word that is typed."""


async def pressed(reader: Reader, *keys: str) -> str:
    """Press four keys at most."""
    assert len(keys) <= 4
    return await reader.press(*(each for key in keys for each in (key if key in TYPED else [key])))


async def by_hint(reader: Reader, before: str, after: str, *then: str) -> str:
    """Open what stands between two words by its hint, and press on: four keys at most."""
    (letters,) = re.findall(rf"{before} ?([a-z]{{1,2}}) ?{after}", await reader.press("f"))
    assert 1 + len(letters) + len(then) <= 4
    return await reader.press(*letters, *then)


async def to_month(reader: Reader, month: str) -> str:
    """Move the crosshair back to a month."""
    screen = await reader.press("left_square_bracket", "left_square_bracket")
    while f"{month}   " not in screen:
        before, screen = screen, await reader.press("left")
        assert screen != before
    return screen


async def add_old_definition(reader: Reader) -> str:
    return await reader.press("plus", *"old", "enter")


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "terminal"])
@pytest.mark.parametrize("size", [*SIZES, (200, 60)])
async def test_four_keys_show_the_gap_its_break_and_what_the_article_says(
    reading: Open, size: tuple[int, int], theme: str
) -> None:
    async with reading(size=size, theme=theme) as reader:
        screen = await to_gap(reader)
        assert "2008" in screen
        assert "redefined 2024-01 ╎" in screen
        assert "M2 minus M1 growth M2-M1同比增速差" in screen
        assert "C10  gap in 2023, pp ✗  says 4.8 pp" in screen
        assert "C11  gap in 2024 Q1, pp ✗  says 4.6 pp" in screen
        assert max(map(len, screen.split("\n"))) <= size[0]


@pytest.mark.parametrize("size", [*SIZES, (200, 60)])
async def test_each_thing_that_is_asked_of_the_gap_takes_four_keys_at_most(
    reading: Open, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading(size=size) as reader:
        await to_gap(reader)
        assert "definition old" in await pressed(reader, "plus", "enter")
        assert "definition old" not in "\n".join((await pressed(reader, "U")).split("\n")[:-2])
        month = await by_hint(reader, "From", r"(?:20)?24-01", "left")
        assert "2023-12   M2 minus M1 growth 8.4 pp" in month
        source = await pressed(reader, "i")
        assert "8.4 pp   2023-12" in source
        assert re.search(r"known ?by", source)
        assert "2024-01      2.8       5.4        +2.6" in await pressed(reader, "escape", "v")
        assert "2024-01     5.9      3.3        -2.6" in await by_hint(reader, "", "M1 growth\n")
        await pressed(reader, "backspace", "backspace")
        chart = await pressed(reader, "at", DAY, "enter")
        assert f"as of {DAY}" in chart
        assert "2023-12   M2 minus M1 growth 8.4 pp" in chart
        assert "3.4 pp   2026-03" in chart
        assert "2026-08" not in chart
        assert "Written: " in await pressed(reader, "e", "enter")
    assert (tmp_path / f"cn.m2_m1_gap-as-of-{DAY}.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_drawn_stands_before_what_is_not_and_a_definition_is_named_by_what_is_its_own(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        screen = await to_gap(reader)
        assert screen.index("B    C11") < screen.index("From 2024-01:")
        assert "C08A" not in screen or screen.index("From 2024-01:") < screen.index("C08A")
        table = await reader.press("d")
        assert re.search(r"2026-08 +3.4 +-0.3   2025 +2026-09-15", table)


@pytest.mark.parametrize("size", SIZES)
async def test_the_letter_of_what_is_said_stands_at_its_height(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        rows = (await to_gap(reader)).split("\n")
        zero = next(number for number, row in enumerate(rows) if row.startswith("   0") or "   0 ╌" in row)
        said = next(number for number, row in enumerate(rows) if "A" in row[5:] and number > 2)
        assert said <= zero


@pytest.mark.parametrize("size", SIZES)
async def test_a_month_is_read_and_traced_to_who_published_it_and_when(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await to_gap(reader)
        assert "2023-12   M2 minus M1 growth 8.4 pp" in await to_month(reader, "2023-12")
        source = await reader.press("i")
        assert "8.4 pp   2023-12" in source
        told = " ".join(row.rpartition("╎")[2].strip() for row in source.split("\n"))
        assert re.search(r"PBOC by .*known by 2024-01-\d\d", told)
        history = await reader.press("escape", "v")
        assert "In two definitions" in history
        assert "2024-01      2.8       5.4        +2.6" in history


@pytest.mark.parametrize("size", SIZES)
async def test_both_definitions_over_2024_are_drawn_on_demand_and_taken_off(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        alone = await to_gap(reader)
        assert "definition old" not in alone
        both = await add_old_definition(reader)
        assert re.search(r"a M2 minus M1 growth 3.4 pp   b (M2 minus M1 growth, )?definition old none", both)
        assert "definition old" not in "\n".join((await reader.press("U")).split("\n")[:-2])


@pytest.mark.parametrize("size", SIZES)
async def test_as_of_a_day_chart_table_source_and_comparison_tell_nothing_later(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await to_gap(reader)
        chart = await reader.press("colon", *f"@{DAY}", "enter")
        assert "2026-03   M2 minus M1 growth 3.4 pp" in chart
        keys = (["i"], ["escape", "v"], ["escape", "d"], ["d", "2"], ["d"], ["backspace", "f"])
        overlaid = await add_old_definition(reader)
        screens = [chart, overlaid, *[await reader.press(*each) for each in keys]]
        for screen in screens:
            assert f"as of {DAY}" in screen.split("\n")[1]
            assert not any(f"2026-0{month}" in screen for month in (5, 6, 7, 8))


@pytest.mark.parametrize("size", SIZES)
async def test_a_picture_and_its_figures_are_taken_away_as_of_the_day(
    reading: Open, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading(size=size) as reader:
        await to_gap(reader)
        await reader.press("colon", *f"@{DAY}", "enter")
        await add_old_definition(reader)
        for name in ("gap.svg", "gap.csv", "gap.png"):
            screen = await reader.press("e", *["backspace"] * 50, *name, "enter")
            assert "Written:" in screen
    picture = (tmp_path / "gap.svg").read_text(encoding="utf-8")
    assert f"As known on {DAY}." in picture
    assert "P4 closes: court test of the law, 2025-12-31" in " ".join(re.sub("<[^>]+>", " ", picture).split())
    assert "M2-M1同比增速差" in picture
    assert "definition old" in picture
    assert (tmp_path / "gap.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    rows = (tmp_path / "gap.csv").read_text(encoding="utf-8").splitlines()
    assert "cn.m2_m1_gap,2026-03,3.4,0.3,pp,1+2025,2026-04-15,calendar" in rows
    assert any(row.startswith("cn.m2_m1_gap:old,2024-12,8.7,") for row in rows)
    assert not any(",2026-04," in row for row in rows)


async def test_over_the_source_of_a_figure_nothing_is_exported_and_without_a_folder_that_is_said(
    reading: Open, tmp_path: Path
) -> None:
    async with reading() as reader:
        await to_gap(reader)
        assert "Nothing to take away here" in await reader.press("i", "e")
        await reader.press("escape", "e", *["backspace"] * 50)
        screen = await reader.press(*"/no/such/gap.svg", "enter")
        assert "Not written: there is no folder /no/such: /no/such/gap.svg" in screen
        screen = await reader.press(*["backspace"] * 50, *"gap.doc", "enter")
        assert 'Not written: "gap.doc": expected a name that ends in .png' in screen
        assert screen.split("\n")[-2].endswith(": gap.doc")


async def test_a_tab_with_figures_says_which_keys_take_them_away(reading: Open) -> None:
    async with reading() as reader:
        assert "d shows the figures of this topic as charts; e takes those away." in await reader.press(
            "2", "e"
        )
        assert "Nothing to take away here" in await reader.press("1", "e")


async def test_a_claim_is_a_picture_while_its_chart_is_hidden(
    reading: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading() as reader:
        await reader.press("colon", *"C10", "enter")
        assert "Written:" in await reader.press("e", *["backspace"] * 50, *"c10.svg", "enter")
        words = re.sub("<[^>]+>", " ", unescape((tmp_path / "c10.svg").read_text(encoding="utf-8")))
        assert "A  4.8 pp, 2023; B  4.6 pp, 2024-01..2024-03: " in words.replace("\u00a0", " ")
        assert "says AINews, \"China's Legal Shield and Financial Stability" in words
        assert "C10" not in words


async def test_small_charts_are_a_picture_as_they_are_looked_at(
    reading: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading() as reader:
        await reader.press("2", "d", "left_square_bracket")
        row = (await reader.press("e")).split("\n")[-2]
        assert re.search(r"write \d+ series as \.png, \.svg or \.csv to monetary-stability\.", row)
        assert "Written:" in await reader.press(*["backspace"] * 50, *"small.svg", "enter")
        words = re.sub("<[^>]+>", "|", (tmp_path / "small.svg").read_text(encoding="utf-8"))
        assert "Monetary stability" in words
        assert re.search(r"\|M1 growth M1同比\|+\s*\|4\.1 %  2026-08\|", words)
        assert "2016-11 to 2026-11" in words  # a rate that holds is drawn until today
        assert "Source: " in words


async def test_twenty_hops_are_gone_back_one_by_one(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        names = ["GAP", "C10", "M2", "C38", "LEDGER", "HUAWEI", "MONEY", "M1", "P4", "SOURCES"] * 2
        screens = [await reader.screen(), *[await reader.press("colon", *name, "enter") for name in names]]
        for screen in reversed(screens[:-1]):
            assert (await reader.press("backspace")).split("\n")[0] == screen.split("\n")[0]


async def test_what_is_copied_of_the_vintages_of_a_series_is_their_name_and_the_day(reading: Open) -> None:
    async with reading(size=(200, 60)) as reader:
        await to_gap(reader)
        await reader.press("v", "y")
        assert reader.app.clipboard == "M2 minus M1 growth (cn.m2_m1_gap), vintages"
        await reader.press("at", *DAY, "enter", "y")
        assert reader.app.clipboard == f"M2 minus M1 growth (cn.m2_m1_gap), vintages, as of {DAY}"
