"""What recomputing a document comes to, on the screen: under its tables, in the outline, on the overview."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open

OWN = """---
id: own
kind: briefing
title: Own 自己的
date: 2099-01-01
---

# Sum {#sum}

See [[nowhere-at-all]]. It is unprecedented.

## Makers {#makers topic=market-dynamics}

| Maker 厂商 | 2022 | 2023 | Growth |
|---|---:|---:|---:|
| Acme 顶点 | 100 | 150 | +50 % |
| Beta | 100 | 120 | +30 % |

```claim
id: k1
title: money grew 货币
says: Money grew by more than fifty per cent
where: page 3
test: value(cn.m2_yoy, 2023-08) > 50
```
"""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_table_says_which_of_its_cells_hold(reading: Open, size: tuple[int, int]) -> None:
    async with reading({"own.md": OWN}, size=size) as reader:
        screen = " ".join((await reader.press("4")).split())
        assert "✗ 1 of 2 cells hold, growth recomputed" in screen
        assert '✗ row "Beta", column "Growth": 120 / 100 - 1 = 20 %, stated +30 %: does not hold' in screen


async def test_the_four_growth_cells_of_the_article_hold(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "✓ 4 of 4 cells hold, growth recomputed" in await reader.press("4")
        assert "growth cells recomputed  4 of 4" in await reader.press("0")


async def test_what_is_written_plainly_stays_plain(reading: Open) -> None:
    async with reading({"own.md": OWN}, size=(120, 40), ascii=True) as reader:
        screen = await reader.press("4")
        assert "x 1 of 2 cells hold" in screen
        assert "✗" not in screen


async def test_a_table_without_arithmetic_says_nothing(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "recomputed" not in await reader.press("2")


async def test_the_overview_counts_what_to_look_at_twice_and_leads_there(reading: Open) -> None:
    async with reading({"own.md": OWN}, size=(120, 40)) as reader:
        overview = await reader.screen()
        assert "Look twice" in overview
        assert "name  1" in overview
        assert "growth cells recomputed  1 of 2" in overview
        await reader.focus_on("name")
        page = await reader.press("enter")
        assert "Name that resolves to nothing" in page
        assert 'Sum  no item "nowhere-at-all"' in page
        assert '✗ row "Beta", column "Growth"  120 / 100 - 1 = 20 %' in page
        assert "✓ row" in page
        assert (await reader.press("escape")).split("\n")[:-1] == overview.split("\n")[:-1]


async def test_a_check_leads_to_the_claim_that_it_is_about(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.focus_on("deadline")
        assert "Deadline before the prediction was made" in await reader.press("enter")
        assert reader.focused().startswith("P4")
        assert "void at birth" in await reader.press("enter")
        assert "Stale evidence" in await reader.press("backspace")


async def test_the_outline_counts_the_verdicts_under_its_headings(reading: Open) -> None:
    async with reading({"own.md": OWN}, size=(120, 40)) as reader:
        rows = (await reader.press("4", "t")).split("\n")
        assert any("Makers   ✗ 1" in row for row in rows)


async def test_the_outline_parts_what_is_tested_from_what_is_judged(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        assert "Claims of the article   ✗ 7   ✓ 1   judged ✗ 1   / 1   ? 4" in await reader.press("2", "t")


async def test_the_checks_of_a_past_day_are_led_to_and_tell_of_that_day(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("at", *"2026-04-20", "enter")
        await reader.focus_on("checks as of that day")
        page = await reader.press("enter")
        assert "as of 2026-04-20" in page
        assert "Deadline before the prediction was made" in page
        assert "2026-05" not in page


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_name_that_resolves_to_nothing_leads_to_the_nearest_item(
    reading: Open, size: tuple[int, int]
) -> None:
    own = OWN.replace("[[nowhere-at-all]]", "[[huawey]]")
    async with reading({"own.md": own}, size=size) as reader:
        await reader.focus_on("name")
        page = " ".join((await reader.press("enter")).split())
        assert 'Sum no item "huawey"; nearest: huawei (Huawei 华为)' in page
        while reader.focused() != "Huawei 华为":
            await reader.press("j")
        assert "Entities › Huawei 华为" in await reader.press("enter")
        assert "Name that resolves to nothing" in await reader.press("backspace")
        assert reader.focused() == "Huawei 华为"
