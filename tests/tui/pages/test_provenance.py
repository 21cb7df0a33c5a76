"""From figures to their sources and histories, by keys."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cache.rows import Batch, ProvenanceRow, Row
from sources.snapshot import open_store
from tests.tui.conftest import Open, Reader

SIZES = [(80, 24), (120, 40)]
HEAD = "---\nkind: briefing\ntitle: 央行 note\nid: own\ndate: 2030-01-01\n---\n\n"
NOTE = f"{HEAD}It was {{{{mean(cn.m2_m1_gap, 2023)}}}}.\n"


def copied(reader: Reader) -> str:
    return str(reader.app.clipboard)


async def open_gap(reader: Reader) -> str:
    await reader.press("2")
    await reader.focus_on("M2 minus M1 growth")
    return await reader.press("enter")


@pytest.mark.parametrize("size", SIZES)
async def test_the_crosshair_leads_to_the_source_and_escape_comes_back_to_it(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await open_gap(reader)
        before = await reader.press("left", "left")
        assert "2026-06" in before
        source = await reader.press("i")
        assert re.search(r"4\.0 pp +2026-06", source)
        assert "M2-M1同比增速差" in source
        assert "cn.m2_yoy 8.0 - cn.m1_yoy 4.0" in source
        assert await reader.press("escape") == before
        assert await reader.press("i", "backspace") == before
        assert "2026-05" in await reader.press("left")


@pytest.mark.parametrize("size", SIZES)
async def test_parts_are_links_to_their_own_sources_all_the_way_down(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await open_gap(reader)
        top = await reader.press("i")
        await reader.focus_on("M1 growth")
        part = await reader.press("enter")
        assert re.search(r"4\.1 % +2026-08", part)
        assert "SHA-256" in await reader.press("G")
        back = await reader.press("backspace")
        assert "cn.m2_yoy 7.5 - cn.m1_yoy 4.1" in back
        assert reader.focused() == "M1 growth"
        assert (await reader.press("escape")).split("\n")[0] != top.split("\n")[0] or size[0] > 100


@pytest.mark.parametrize("ascii", [False, True])
async def test_a_figure_in_the_text_shows_its_steps_and_is_cited(
    reading: Open,
    ascii: bool,  # noqa: A002  (as the setting is called)
) -> None:
    async with reading({"own.md": NOTE}, size=(80, 24), ascii=ascii) as reader:
        await reader.focus_on("7.78 pp 2023")
        await reader.press("y")
        assert copied(reader).startswith("mean(cn.m2_m1_gap, 2023) = 7.775 pp, PBOC by ")
        assert "known by 2024-01-15" in copied(reader)
        source = await reader.press("i")
        assert "sum 93.3 / 12 = 7.775" in source
        await reader.press("y")
        assert copied(reader).startswith("mean(cn.m2_m1_gap, 2023)")
        end = await reader.press("G")
        assert "2023-12" in end
        assert not ascii or end.isascii()


async def test_what_is_copied_is_what_is_shown_and_told(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await open_gap(reader)
        screen = await reader.press("y")
        line = "M2 minus M1 growth 3.4 pp, 2026-08, PBOC by Eastmoney, known by 2026-09-15"
        assert f"Copied: {line}" in screen
        assert copied(reader) == line
        await reader.press("left", "y")
        assert "3.7 pp, 2026-07" in copied(reader)


async def test_the_address_is_shown_before_it_is_opened(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await open_gap(reader)
        assert "enter opens https://data.eastmoney.com/cjsj/hbgyl.html" in await reader.press("i", "o")


async def test_a_page_without_a_source_offers_that_of_what_is_chosen(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        assert "No web address is known for this." in await reader.press("o")
        await reader.focus_on("[1]")
        assert "enter opens https://english.www.gov.cn/policies/" in await reader.press("o")
        assert "[1]" in reader.focused()
        assert "enter opens https://data.bis.org/" in await reader.press("S", "o")


@pytest.mark.parametrize("size", SIZES)
async def test_a_claim_in_the_ledger_shows_what_states_it_and_what_was_measured(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        before = await reader.press("c")
        source = await reader.press("i")
        assert "AINews" in source
        assert "says <= 2 pp, measured 4.4 pp" in source.replace("  ", " ")
        assert await reader.press("escape") == before


@pytest.mark.parametrize("size", SIZES)
async def test_a_row_of_observations_leads_to_its_source_and_its_vintages(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await open_gap(reader)
        await reader.press("d")
        await reader.focus_on("2026-05")
        assert re.search(r"pp +2026-05", await reader.press("i"))
        await reader.press("escape")
        page = await reader.press("v")
        assert "2026-05 › vintages" in page
        await reader.press("backspace")
        assert reader.focused() == "2026-05"


@pytest.mark.parametrize("size", SIZES)
async def test_both_definitions_of_m1_stand_side_by_side(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("2")
        await reader.focus_on("M1 growth")
        page = await reader.press("v")
        assert "M1 growth M1同比" in page
        assert re.search(r"2024-09 +-7\.4 +-3\.3 +\+4\.1", page)
        await reader.focus_on("2024-09")
        period = await reader.press("enter")
        assert re.search(r"2025-02-14 +published +-3\.3 +2025", period)
        assert "In definition 2025 it is 4.1 pp higher than in old." in period
        assert "No history before 2025-02-14." in period
        assert "2024-09" in await reader.press("escape")


async def test_vintages_of_the_gap_show_its_parts(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await open_gap(reader)
        page = await reader.press("v")
        assert "Computed: its history is that of what it is computed from." in page
        await reader.focus_on("M1 growth")
        assert "In two definitions" in await reader.press("enter")


async def test_where_there_is_no_figure_the_keys_say_what_they_need(reading: Open) -> None:
    async with reading({"own.md": NOTE.replace("{{", "").replace("}}", "")}, size=(80, 24)) as reader:
        assert "tab chooses a figure, i shows its source." in await reader.press("i")
        assert "tab chooses an indicator, v shows its vintages." in await reader.press("v")


async def test_going_to_the_vintages_and_back_keeps_the_source_open(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await open_gap(reader)
        before = await reader.press("i")
        assert "vintages" in (await reader.press("v")).split("\n")[0]
        assert await reader.press("backspace") == before
        assert "indicator, snapshot, derived" in await reader.press("escape")


async def test_growing_and_shrinking_keep_the_source(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await open_gap(reader)
        await reader.press("i")
        await reader.pilot.resize_terminal(80, 24)
        assert "M2 minus M1 growth › source" in await reader.row(0)
        await reader.pilot.resize_terminal(120, 40)
        assert "source" not in await reader.row(0)
        assert "cn.m2_yoy 7.5 - cn.m1_yoy 4.1" in await reader.screen()


@pytest.mark.parametrize("size", SIZES)
async def test_as_of_a_day_sources_and_vintages_tell_nothing_later(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size, as_of=date(2025, 1, 31)) as reader:
        await reader.press("2")
        await reader.focus_on("M1 growth")
        source = await reader.press("i")
        assert re.search(r"-1\.4 % +2024-12", source)
        assert "later than this day" in source
        await reader.press("y")
        assert copied(reader).endswith("known by 2025-01-15, as of 2025-01-31")
        await reader.press("escape")
        page = await reader.press("v")
        assert "vintages" in page
        assert "In two definitions" not in page
        assert "No history yet." in page
        assert "2025-02-14" not in page


@pytest.mark.parametrize("size", SIZES)
async def test_a_revision_shows_first_print_latest_and_difference(
    reading: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        day = datetime(2026, 9, 19, 12, tzinfo=UTC)
        moment = int(day.timestamp() * 1_000_000)
        with closing(open_store(tmp_path / "home" / "store", day)) as store:
            row = Row(date(2026, 8, 1).toordinal(), 7.4, moment)
            store.append(Batch("cn.m2_yoy", [row], ProvenanceRow("eastmoney", "CODE")), moment)
        await reader.press("2")
        await reader.focus_on("M2 growth")
        page = await reader.press("v")
        assert "1 revised." in page
        assert re.search(r"2026-08 +7\.5 +<2026-09-15 +7\.4 +2026-09-19 +-0\.1", page)
        await reader.focus_on("2026-08")
        period = await reader.press("enter")
        assert re.search(r"2026-09-19 +seen +7\.4 +-0\.1", period)
        await reader.press("y")
        assert copied(reader) == (
            "M2 growth, 2026-08, %: 7.5 (by calendar 2026-09-15), 7.4 (seen 2026-09-19)"
        )


@pytest.mark.parametrize("size", SIZES)
async def test_of_several_lines_the_source_the_citation_and_the_vintages_are_those_of_the_chosen_one(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        await open_gap(reader)
        chart = await reader.press("plus", *"M2 growth", "enter")
        assert "Added: M2 growth" in chart
        offered = await reader.press("i")
        assert "a M2 minus M1 growth 3.4 pp  2026-08  1/2" in offered
        await reader.press("tab", "enter")
        assert "7.5 %   2026-08" in await reader.screen()
        await reader.press("escape", "y", "b", "enter")
        await reader.pilot.pause()
        assert copied(reader).startswith("M2 growth 7.5 %, 2026-08, PBOC by ")
        await reader.press("v", "b", "enter")
        await reader.pilot.pause()
        assert "M2 growth › vintages" in await reader.row(0)


@pytest.mark.parametrize("size", SIZES)
async def test_small_charts_lead_to_the_source_of_the_chosen_one_and_back(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        charts = await reader.press("2", "d", "down", "down")
        source = await reader.press("i")
        assert "M2 growth" in source
        assert "PBOC" in source
        assert await reader.press("escape") == charts
        await reader.press("y")
        assert copied(reader).startswith("M2 growth 7.5 %, 2026-08, PBOC by ")
        assert "M2 growth" in (await reader.press("v")).split("\n")[0]
