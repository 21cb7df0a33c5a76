"""Coming back to a page: as it was left where nothing changed, and never as it no longer is."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.strip import Strip

from briefings.desk import Desk
from tests.tui.conftest import Open, Reader
from tests.tui.pages.test_outcomes import DUE
from tui.pages.page import Address, Page
from tui.screens.revisited import MOST, Revisited

NOTE = "---\nkind: note\ntitle: Kiln 窑\n---\n# Kiln 窑\n\nThe old text.\n"


@dataclass
class Sitting:
    """A desk of which only the state is asked."""

    number: int = 0
    built: list[Address] = field(default_factory=list)

    def state(self) -> Hashable:
        return self.number

    def build(self, address: Address) -> Page:
        self.built.append(address)
        return Page(address, (str(self.number),), ())


@given(st.lists(st.one_of(st.none(), st.integers(0, MOST + 3)), max_size=60))
def test_a_page_is_always_that_of_the_state_of_now(steps: list[int | None]) -> None:
    desk = Sitting()
    revisited = Revisited(cast("Desk", desk))
    for step in steps:
        if step is None:
            desk.number += 1
            continue
        address = Address("item", name=f"a{step}")
        page = revisited.page(address, desk.build)
        assert page == Page(address, (str(desk.number),), ())
        assert revisited.page(address._replace(block=3), desk.build) is page


def test_the_pages_looked_at_last_are_kept() -> None:
    desk = Sitting()
    revisited = Revisited(cast("Desk", desk))
    addresses = [Address("item", name=f"a{number}") for number in range(MOST + 1)]
    for address in addresses:
        revisited.page(address, desk.build)
    for address in reversed(addresses):
        revisited.page(address, desk.build)
    assert desk.built == [*addresses, addresses[0]]


@pytest.mark.parametrize("kind", ["library", "search", "sources", "history", "help"])
def test_what_tells_of_more_than_the_desk_is_built_each_time(kind: str) -> None:
    desk = Sitting()
    revisited = Revisited(cast("Desk", desk))
    address = Address(kind)  # type: ignore[arg-type]
    assert revisited.page(address, desk.build) is not revisited.page(address, desk.build)


def rows(reader: Reader) -> list[Strip]:
    """The screen with its colours."""
    return list(reader.app.screen._compositor.render_strips())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_all_tabs_look_the_same_again(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        first = {}
        for tab in "123450":
            await reader.press(tab, "tab", "space")
            first[tab] = rows(reader)
        for tab in "05432":
            await reader.press(tab)
            await reader.press("g", "tab", "space")
            assert [strip.text for strip in rows(reader)[3:-1]] == [s.text for s in first[tab][3:-1]]
            assert rows(reader)[3:-1] == first[tab][3:-1]


async def test_a_text_that_changed_meanwhile_is_the_new_one(reading: Open) -> None:
    async with reading({"kiln.md": NOTE}) as reader:
        await reader.press(":", *"kiln", "enter")
        assert "The old text." in await reader.screen()
        await reader.press("1")
        file = reader.app.desk.library.places.library / "kiln.md"
        file.write_text(NOTE.replace("old", "quite new"), encoding="utf-8")
        reader.app.compare()
        await reader.settled()
        shown = await reader.press("backspace")
        assert "The quite new text." in shown
        assert "old" not in shown


async def test_an_outcome_recorded_elsewhere_shows_and_goes_when_it_is_taken_back(reading: Open) -> None:
    async with reading({"own.md": DUE}, size=(120, 40)) as reader:
        assert "⊡ Q1" in await reader.press("p")
        await reader.press("enter", "x", *"false 2026-01-20", "enter")
        assert "⊟ Q1" in await reader.press("backspace")
        await reader.press("1", "U", "U")
        assert "⊡ Q1" in await reader.press("backspace")


async def test_a_section_that_was_read_meanwhile_is_so_in_the_outline(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        assert "read" not in (await reader.press("3", "t")).split()
        await reader.press("t", "G", "1", "3")
        assert "read" in (await reader.press("t")).split()


async def test_a_day_has_pages_of_its_own(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        today = await reader.press("2")
        before = await reader.press("@", *"2025-01-31", "enter", "3", "2")
        assert "as of 2025-01-31" in before
        assert "2026-08" not in before
        again = await reader.press("backspace", "backspace", "backspace")
        assert again == today


async def test_another_theme_colours_what_was_drawn_before(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("2")
        dark = rows(reader)
        await reader.press("3", ":", *"theme light", "enter", "2")
        await reader.settled()
        light = rows(reader)
        assert [strip.text for strip in light[3:-2]] == [strip.text for strip in dark[3:-2]]
        paper = {each.style.bgcolor for strip in light for each in strip if each.style}
        assert not paper & {each.style.bgcolor for strip in dark for each in strip if each.style}


async def test_names_become_links_on_pages_that_were_shown_without(reading: Open) -> None:
    async with reading({"kiln.md": NOTE.replace("The old text", "It stands beside Huawei")}) as reader:
        await reader.press(":", *"kiln", "enter")
        assert "It stands beside Huawei." in await reader.press("tab")
        assert reader.focused() != "Huawei"
        await reader.press("1", "E")
        await reader.settled()
        await reader.press("backspace", "escape")
        await reader.focus_on("Huawei")
        assert "Huawei Technologies" in await reader.press("enter")


async def test_a_page_is_laid_out_for_the_size_of_now(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        wide = await reader.press("2")
        await reader.press("3")
        await reader.pilot.resize_terminal(80, 24)
        narrow = await reader.press("2")
        assert max(map(len, narrow.split("\n"))) <= 80
        await reader.press("3")
        await reader.pilot.resize_terminal(120, 40)
        assert await reader.press("2") == wide
