"""A topic of all briefings on one page."""

from __future__ import annotations

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
