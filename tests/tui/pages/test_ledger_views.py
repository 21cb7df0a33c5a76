"""The ledger looked at otherwise: sorted, one word or one group alone, and where its reader is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.ledger.words import WORDS
from tests.tui.conftest import Open, Reader
from tests.tui.pages.test_ledger import OWN
from tui.layout.cells import width
from tui.pages.ledger import GROUPINGS, ORDERS, View


def names(screen: str) -> list[str]:
    """The claims on a screen, in their order."""
    words = (line.replace("▸", " ").split() for line in screen.split("\n"))
    return [word for row in words for word in row[1:2] if word[0] == "C" and word[1:3].isdigit()]


@given(st.sampled_from(GROUPINGS), st.sampled_from(list(ORDERS)), st.sampled_from(["", *WORDS, "risks"]))
def test_the_name_of_a_view_means_the_view(grouping: str, order: str, only: str) -> None:
    view = View(grouping, order, only)  # type: ignore[arg-type]
    assert View.named(view.name) == view


@given(st.text())
def test_any_name_means_some_view(name: str) -> None:
    view = View.named(name)
    assert view.grouping in GROUPINGS
    assert view.order in ORDERS


async def test_claims_are_sorted_by_how_far_they_miss(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        before = names(await reader.press("c"))
        screen = await reader.press("semicolon")
        assert "those furthest from what was measured first" in screen
        assert "In each group those furthest from what was measured first." in screen
        wrong = names(screen)[:8]
        assert wrong[0] == "C08B"
        assert wrong.index("C10") < wrong.index("C11") < wrong.index("C14B") < wrong.index("C12B")
        oldest = names(await reader.press("semicolon"))
        assert {oldest[0], oldest[1], oldest[2]} == {"C10", "C12A", "C14A"}
        by_name = names(await reader.press("semicolon"))[:8]
        assert by_name == sorted(by_name)
        assert names(await reader.press("semicolon")) == before


async def test_one_topic_is_shown_alone_and_all_again(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("c", "comma", "greater_than_sign")
        await choose(reader, "Risks")
        screen = await reader.press("enter")
        assert "Ledger of claims › Risks" in screen
        assert names(screen) == ["C31"]
        await reader.press("greater_than_sign")
        await choose(reader, "all claims")
        assert len(names(await reader.press("enter"))) > 20


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_claims_that_answer_a_query_are_shown_alone(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        everything = names(await reader.press("c"))
        screen = await reader.press("ampersand", *"topic:monetary-stability verdict:contradicted", "enter")
        assert set(names(screen)) == {"C08B", "C10", "C11", "C12A", "C12B", "C14A", "C14B", "C15"}
        assert "Ledger of claims › topic:monetary-stability verdict:contradicted" in " ".join(screen.split())
        ordered = await reader.press("semicolon", "comma")
        assert set(names(ordered)) == set(names(screen))
        gaps = await reader.press("ampersand", "ctrl+u", *"剪刀差", "enter")
        assert set(names(gaps)) == {"C08A", "C08B", "C10", "C11"}
        assert "No claims answer that." in await reader.press("ampersand", "ctrl+u", *"xyzzy", "enter")
        await reader.press(
            "ampersand", "ctrl+u", "enter", "comma", "comma", "semicolon", "semicolon", "semicolon"
        )
        assert names(await reader.screen()) == everything


async def test_claims_are_filtered_by_who_publishes_their_figures_or_says_them(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("c")
        figures = names(await reader.press("ampersand", *"source:pboc verdict:contradicted", "enter"))
        assert {"C10", "C11"} <= set(figures)
        cited = names(await reader.press("ampersand", "ctrl+u", *"source:gazette", "enter"))
        assert cited == []
        await reader.press("ampersand", "ctrl+u", *"source:reuters", "enter")
        found = names(await reader.screen())
        assert found
        assert set(found).isdisjoint(figures)


async def test_what_is_no_query_is_said_and_changes_nothing(reading: Open) -> None:
    async with reading() as reader:
        before = names(await reader.press("c"))
        screen = await reader.press("ampersand", *"verdict:never", "enter")
        assert names(screen) == before
        assert "never" in screen


async def choose(reader: Reader, text: str) -> None:
    """Press tab until a line has the focus."""
    for _ in range(60):
        if reader.focused() == text:
            return
        await reader.press("tab")
    raise AssertionError(f"no line {text!r}")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_footer_says_which_claim_is_chosen(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        assert (await reader.press("c")).rstrip().endswith("1 of 43")
        assert (await reader.press("j", "j")).rstrip().endswith("3 of 43")


async def test_sorting_elsewhere_says_where_it_works(reading: Open) -> None:
    async with reading() as reader:
        assert "c lists claims; ; sorts them there." in await reader.press("semicolon")


@pytest.mark.parametrize("size", [(80, 90), (120, 90), (200, 90)])
async def test_all_groups_of_claims_stand_in_the_same_columns(reading: Open, size: tuple[int, int]) -> None:
    async with reading(
        {"own.md": OWN.replace("money grew 货币", "货币供应量增长超过百分之五")}, size=size
    ) as reader:
        for keys in (["0", "c", "A"], ["comma"], ["comma"]):
            rows = (await reader.press(*keys)).split("\n")
            heads = [
                width(row[: row.index("measured")]) for row in rows if "says" in row and "verdict" in row
            ]
            assert len(heads) > 1
            assert len(set(heads)) == 1
