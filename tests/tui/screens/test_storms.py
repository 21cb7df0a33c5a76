"""Windows of any size one after the other, and links in a circle: nothing ends, and all is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.commanding import Cli
from tests.tui.conftest import Open

SIZES = ((1, 1), (200, 60), (5, 20), (104, 24), (2, 300), (60, 16), (103, 30), (300, 2))

PAGES = {
    "a topic and its links": ("3", "j", "j", "tab", "tab"),
    "an outline": ("1", "t"),
    "a card": ("colon", *"huawei", "enter", "tab"),
    "the library": ("l", "j", "tab", "tab"),
    "the ledger": ("c", "tab", "tab", "tab"),
    "a claim": ("c", "tab", "enter"),
    "the sources": ("S", "tab", "tab"),
    "a search": ("s", *"huawei", "enter"),
    "a chart": ("colon", *"M2", "enter", "d", "left", "left"),
    "small charts": ("2", "d", "tab"),
    "a page beside": ("2", "tab", "O"),
    "a source beside": ("2", "tab", "i"),
    "a question": ("at", *"2026"),
    "help": ("question_mark",),
}


@pytest.mark.parametrize("keys", PAGES.values(), ids=PAGES.keys())
async def test_a_storm_of_sizes_ends_nothing_and_leaves_all_as_it_was(
    reading: Open, keys: tuple[str, ...]
) -> None:
    async with reading() as reader:
        await reader.press(*keys)
        before = await reader.settled()
        for size in SIZES:
            await reader.pilot.resize_terminal(*size)
        await reader.pilot.resize_terminal(80, 24)
        assert await reader.settled() == before


CIRCLE = {
    "one.md": "# One\n\nTo [[one]], to [[two|the other]] and to [[#One|its own head]].\n",
    "two.md": "# Two\n\nBack to [[one|the first]].\n",
}


async def test_links_in_a_circle_lead_on_and_back_as_often_as_one_likes(reading: Open) -> None:
    async with reading(CIRCLE) as reader:
        await reader.press("colon", *"one", "enter")
        await reader.focus_on("the other")
        first = await reader.screen()
        for _ in range(10):
            await reader.focus_on("the other")
            assert "Two" in await reader.press("enter")
            await reader.focus_on("the first")
            assert "One" in await reader.press("enter")
        for _ in range(20):
            await reader.press("backspace")
        assert await reader.screen() == first


async def test_a_link_of_a_page_to_itself_leads_to_it(reading: Open) -> None:
    async with reading(CIRCLE) as reader:
        await reader.press("colon", *"one", "enter")
        await reader.focus_on("One")
        assert "This page is shown already." in await reader.press("enter")
        assert "Two" in await reader.press("B")
        assert await reader.press("B")


@pytest.mark.parametrize("options", [(), ("--steps", "3"), ("--to", "two"), ("--json",)])
def test_links_in_a_circle_are_listed_once(cli: Cli, own_home: Path, options: tuple[str, ...]) -> None:
    for name, text in CIRCLE.items():
        (own_home / "library").mkdir(exist_ok=True)
        (own_home / "library" / name).write_text(text, encoding="utf-8")
    found = cli("links", "one", *options)
    assert found.status == 0
    assert len(found.out) < 3_000
