"""A topic of all briefings on one page."""

from __future__ import annotations

import re

import pytest

from tests.tui.conftest import Open

OLDER = """---
id: older
kind: briefing
title: An older view 旧观点
date: 2020-01-05
---
# Risks {topic=risks}

See [the list](#list) and [[smic]].

```claim
id: held
says: M2 grew
test: value(cn.m2_yoy, 2019-12) > 5
```

## List {#list}

Its own 清单.
"""
NEWER = (
    OLDER.replace("id: older", "id: newest")
    .replace("An older view", "The newest view")
    .replace("2020", "2990")
)


async def test_a_topic_of_all_briefings_newest_first(reading: Open) -> None:
    async with reading({"a.md": OLDER, "b.md": NEWER, "n.md": "# A note"}, (80, 40)) as reader:
        assert "The newest view" in await reader.row(0)
        screen = await reader.press("5", "A")
        assert "All briefings" in await reader.row(0)
        titles = [row for row in screen.split("\n") if "2990-01-05" in row]
        assert "The newest view 旧观点" in titles[0]
        outline = await reader.press("t")
        assert outline.index("The newest view") < outline.index("An older view")
        assert "A note" not in outline
        screen = await reader.press("escape", "A")
        assert "All briefings" not in screen
        assert "The newest view" in await reader.row(0)


async def test_links_lead_where_they_do_in_their_own_documents(reading: Open) -> None:
    async with reading({"a.md": OLDER, "b.md": NEWER}, (80, 40)) as reader:
        await reader.press("5", "A")
        await reader.focus_on("the list")
        await reader.press("tab", "tab")
        before = await reader.screen()
        assert reader.focused().startswith("HELD")
        await reader.press("enter")
        assert "HELD" in await reader.screen()
        assert reader.shell.page.address.name == "newest#held"
        assert await reader.press("backspace") == before
        await reader.focus_on("An older view 旧观点")
        await reader.press("tab", "enter")
        assert reader.shell.page.address.name == "older#list"
        assert "Its own 清单." in await reader.screen()


async def test_briefings_stand_beside_where_there_is_room(reading: Open) -> None:
    async with reading({"a.md": OLDER, "b.md": NEWER}, (160, 40)) as reader:
        screen = await reader.press("5", "A")
        assert "2990-01-05 The newest view" in screen
        assert "2020-01-05 An older view" in screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_figures_and_tables_say_what_holds_as_in_their_own_briefing(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        screen = await reader.press("2", "A")
        for _ in range(3):
            screen += await reader.press("J")
        assert "7.78 pp 2023 ✗" in screen
        screen = await reader.press("4")
        for _ in range(3):
            screen += await reader.press("J")
        assert "✓ 4 of 4 cells hold, growth recomputed" in screen


async def test_a_figure_on_which_the_claims_of_briefings_differ_has_no_glyph(reading: Open) -> None:
    other = OLDER.replace("value(cn.m2_yoy, 2019-12) > 5", "mean(cn.m2_m1_gap, 2023) ~ 7.8 +- 0.2")
    async with reading({"a.md": other}, size=(120, 40)) as reader:
        screen = await reader.press("2", "A") + await reader.press("J")
        assert "7.78 pp 2023 " in screen
        assert "7.78 pp 2023 ✗" not in screen


OWN = """---
id: own
kind: briefing
title: Own view 自己的观点
date: 2990-01-05
---
# Risks {topic=risks}

Words without any figure.
"""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_topic_counts_the_figures_that_its_text_does_not_name(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading({"own.md": OWN}, size=size) as reader:
        screen = await reader.press("1")
        assert "This briefing has no text on this topic. A shows that of all briefings." in screen
        assert re.search(r"\d indicators of this topic have no figures yet\. r asks\.", screen)
        assert "No figures yet:" not in screen
        await reader.focus_on("indicators of this topic")
        assert "us.bis_china_rules" in await reader.press("enter")
        screen = await reader.press("5")
        assert "Figures of this topic" in screen
        assert re.search(r"\d other indicators of this topic have no figures yet", await reader.press("G"))


async def test_a_figure_that_the_text_names_is_named_where_it_has_none(reading: Open) -> None:
    own = OWN.replace("any figure", "{{ last(us.fed_funds) }}")
    async with reading({"own.md": own}, size=(120, 40)) as reader:
        screen = await reader.press("5")
        assert "No figures yet: Federal funds rate" in screen
        assert "More figures" not in screen
