"""The rows around the text: what they offer, and that nothing in them is lost at any size."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.command import CommandList
from textual.widgets import Input

from briefings.documents.model import Block, Link, Span
from tests.tui.conftest import Open, Reader
from tui.commands.table import BY_ID
from tui.pages.page import Address, Page, PageKind
from tui.screens.offers import has_links, offered
from tui.widgets.bar import TABS

PLAIN = "---\nkind: briefing\ntitle: Zeta\ndate: 2027-01-01\n---\nNo link here.\n"
DANGLING = PLAIN.replace("No link", "See [[smci]]")
KINDS: tuple[PageKind, ...] = ("overview", "topic", "item", "indicator", "history", "help")
"""Pages whose footer begins with nothing of their own."""


async def footer(reader: Reader, *keys: str) -> list[str]:
    """The keys of the footer after some others were pressed, as `key word`."""
    row = (await reader.press(*keys)).split("\n")[-1].strip()
    words = {command.title for command in BY_ID.values()} | {
        "crosshair",
        "shorter",
        "longer",
        "beside",
        "way to",
    }
    return [offer for offer in re.split(" {2,}", row) if offer.partition(" ")[2] in words]


async def test_a_fresh_start_offers_no_way_back_and_nothing_to_open(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        offers = await footer(reader)
        assert offers == [
            "tab next link", "f hints", "s search", ": go", "/ find", "c claims", "p predictions",
            "t outline", "l library", "y copy", "? help",
        ]  # fmt: skip
        assert "enter follow" in await footer(reader, "tab")


async def test_a_text_without_links_offers_none(reading: Open) -> None:
    async with reading({"zeta.md": PLAIN}, size=(60, 16)) as reader:
        offers = await footer(reader)
        assert "? help" in offers
        assert "tab next link" not in offers
        assert "t outline" not in offers


async def test_a_card_offers_its_way_up_and_back(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("3")
        await reader.focus_on("Huawei 华为")
        assert {"backspace back", "u up"} <= set(await footer(reader, "enter"))


@pytest.mark.parametrize("key", ["question_mark", "l"])
async def test_help_and_library_offer_only_what_acts_there(reading: Open, key: str) -> None:
    async with reading(size=(120, 40)) as reader:
        offers = await footer(reader, key)
        own = {"question_mark": "? help", "l": "l library"}[key]
        assert "esc close" in offers
        assert not {own, "y copy", "u up", "backspace back", "tab next link"} & set(offers)
        assert ("enter open" in offers) == (key == "l")


async def test_a_field_and_the_outline_offer_only_their_own_keys(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert await footer(reader, "1", "slash") == ["enter go to hit", "esc close"]
        assert await footer(reader, "escape", "t") == ["enter open", "esc close"]
        assert "? help" in await footer(reader, "escape")


async def test_the_user_s_own_keys_stand_in_footer_and_messages(reading: Open) -> None:
    async with reading(keys={"link.next": "f2", "doc.find": "f3"}) as reader:
        assert {"f2 next link", "f3 find"} <= set(await footer(reader))
        assert "f2 chooses a link" in await reader.press("enter")


async def test_the_user_s_own_keys_stand_in_the_texts_of_pages(reading: Open) -> None:
    keys = {
        "go.claims": "f2",
        "go.library": "f3",
        "table.filter": "f5",
        "refresh.this": "f6",
        "refresh.all": "f7",
    }
    async with reading(keys=keys, size=(120, 50)) as reader:
        heads = [line.split()[-2:] for line in (await reader.settled()).split("\n")]
        assert ["Library", "f3"] in heads
        assert ["doubtful", "f2"] in heads
        assert ["f7", "asks."] in heads
        assert "f6 asks." in await reader.press("1", "d")
        assert "f5 with nothing shows all." in await reader.press("f2", "f5", *"zzzz", "enter")
        assert "f6 asks the source" in await reader.press("S")


@given(st.sampled_from(KINDS), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_offers_come_in_order_and_no_key_twice(
    kind: PageKind, listing: bool, links: bool, focused: bool, way_back: bool
) -> None:
    page = Page(Address(kind), (), (Block("paragraph"),), listing=listing, up=Address("library"))
    found = offered(page, "page", links=links, focused=focused, way_back=way_back)
    assert [command.footer for command in found] == sorted({command.footer for command in found})
    keys = [command.keys for command in found]
    assert len(keys) == len(set(keys))
    assert ("go.back" in {command.id for command in found}) <= way_back


def test_a_link_anywhere_on_a_page_counts() -> None:
    plain, linked = Block("paragraph"), Block("paragraph", spans=(Span("x", link=Link("item", "x")),))
    assert not has_links(Page(Address("help"), (), (plain,)))
    assert has_links(Page(Address("help"), (), (plain, linked)))
    assert has_links(Page(Address("help"), (), (plain,), side=(linked,)))


@pytest.mark.parametrize("size", [(60, 16), (61, 16), (72, 20), (80, 24), (104, 30), (105, 30), (120, 40)])
async def test_all_six_tabs_show_whole_at_every_size(reading: Open, size: tuple[int, int]) -> None:
    async with reading({"zeta.md": PLAIN}, size=size) as reader:
        row = (await reader.press("5")).split("\n")[1]
    names = [f"{number} {name}" for number, name in enumerate(name for name, _ in TABS)]
    short = [f"{number} {name}" for number, (_, name) in enumerate(TABS)]
    assert all(name in row for name in names) or all(name in row for name in short)
    assert row.rstrip().endswith("5 Risks")
    assert "▸5" in row


async def test_a_message_that_is_cut_can_be_read_whole_in_help(reading: Open) -> None:
    long = DANGLING.replace("smci", "smci-" + "x" * 90)
    async with reading({"zeta.md": long}) as reader:
        row = (await reader.press("tab", "enter")).split("\n")[-2]
        assert row.endswith("⋯ ? shows all")
        shown = (await reader.press("question_mark")).replace("\n", "").replace(" ", "")
        assert f"smci-{'x' * 90}" in shown


async def test_a_message_that_fits_is_not_repeated_in_help(reading: Open) -> None:
    async with reading({"zeta.md": PLAIN}) as reader:
        assert "No further link." in await reader.press("tab")
        assert "Last message" not in await reader.press("question_mark")


async def test_the_palette_says_what_may_be_typed_and_finds_words_of_a_command(reading: Open) -> None:
    async with reading({"zeta.md": PLAIN}) as reader:
        await reader.press("ctrl+p")
        assert "A command, or the name of anything" in await reader.settled()
        await reader.press(*"sections")
        await reader.settled()
        assert "List the sections of this page." in await reader.screen()


async def test_the_palette_lists_every_command_before_anything_is_typed(reading: Open) -> None:
    async with reading({"zeta.md": PLAIN}) as reader:
        await reader.press("ctrl+p")
        assert "Go to a page or an item by its name" in await reader.settled()
        listed = reader.app.screen.query_one(CommandList)
        shown = [str(option.prompt) for option in listed.options]
        assert any("List the sections of this page." in line for line in shown)
        assert any("Chart or table of an indicator" in line for line in shown)
        assert len(shown) > listed.size.height
        assert listed.scrollbar_size_vertical == 0


@pytest.mark.parametrize("keys", ["s", ":", "/", "@", "P", ":M2\n+", ":M2\nd&"])
async def test_no_cursor_blinks(reading: Open, keys: str) -> None:
    async with reading({"zeta.md": PLAIN}) as reader:
        await reader.press(*("enter" if key == "\n" else key for key in keys))
        await reader.settled()
        field = reader.app.focused
        assert isinstance(field, Input)
        assert not field.cursor_blink


async def test_while_the_palette_is_open_the_footer_offers_its_keys(reading: Open) -> None:
    async with reading({"zeta.md": PLAIN}) as reader:
        before = (await reader.screen()).split("\n")[-1]
        await reader.press("ctrl+p")
        row = (await reader.settled()).split("\n")[-1]
        assert row.split() == ["enter", "go", "down", "choose", "esc", "close"]
        assert (await reader.press("escape")).split("\n")[-1] == before


async def test_the_palette_has_the_keys_of_a_chart_where_one_stands(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("ctrl+p", *"crosshair")
        assert "Move the crosshair" not in await reader.settled()
        await reader.press("escape", "escape", "colon", *"M2", "enter", "ctrl+p", *"crosshair far back")
        assert "Move the crosshair back by a tenth." in await reader.settled()
        await reader.press("enter")
        assert "2024-10   M2 growth" in await reader.settled()


async def test_while_something_is_asked_the_footer_names_only_its_keys(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        before = await footer(reader)
        assert await footer(reader, "at") == ["enter answer", "esc close"]
        await reader.press("tab", "shift+tab")
        assert await footer(reader, "escape") == before
        await reader.press("colon", *"M2", "enter")
        assert await footer(reader, "plus") == ["enter answer", "down another", "esc close"]
        assert "+ overlay" in await footer(reader, "escape")


async def test_the_keys_that_answer_may_be_the_user_s_own(reading: Open) -> None:
    async with reading(keys={"answer.give": "f4", "answer.other": "f5"}) as reader:
        assert await footer(reader, "at") == ["f4 answer", "esc close"]
        assert "As known at the end of 2026-04-20" in await reader.press(*"2026-04-20", "f4")
        await reader.press("colon", *"M2", "enter", "plus", "f5", "f5")
        assert "3/9" in await reader.screen()


async def test_a_search_offers_to_be_kept_by_a_key_that_its_field_leaves(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        assert "f2 keep" in await footer(reader, "s", *"huawei")
        assert {"Q keep", "esc close"} <= set(await footer(reader, "escape"))
        assert "Keep as:" in await reader.press("s", "f2")


async def test_words_that_were_found_offer_the_next_hit(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        offers = await footer(reader, "slash", *"decree", "enter")
        assert offers[0] == "n next hit"
        assert "n next hit" not in await footer(reader, "escape")
        offers = await footer(reader, "colon", *"M2", "enter", "d", "slash", *"2019", "enter")
        assert offers[:2] == ["n next hit", "enter open"]


async def test_a_chart_offers_a_shorter_span_where_all_is_shown(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        offers = await footer(reader, "colon", *"M2", "enter")
        assert offers[1] == "[ shorter"
        assert "? help" in offers


async def test_a_list_of_who_says_what_offers_the_way_to_another_item(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        offers = await footer(reader, "colon", *"HUAWEI", "enter", "B")
        assert {"B way to", "esc close", "? help"} <= set(offers)
        assert "B said where" in await footer(reader, "escape")


async def test_help_begins_with_what_the_page_offers_beyond_a_narrow_footer(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("1", "question_mark")
        here = (await reader.press("slash", *"as it was known on", "enter")).split("\n")
        for key in ("A", ".", "E", "@"):
            assert any(row.strip().startswith(f"{key}  ") for row in here), key
        screen = await reader.press("escape", "escape", *"p", "question_mark")
        here_part = screen.split("  Here\n")[1].split("\n\n")[0]
        assert "Record what became of the chosen prediction" in here_part


@pytest.mark.parametrize(
    ("key", "own"),
    [
        ("c", ["enter open", ", group", "& filter", "/ find", "esc close"]),
        ("p", ["enter open", "x resolve", "/ find", "esc close"]),
        ("l", ["enter open", "& filter", "; sort", "/ find", "esc close"]),
        ("S", ["enter open", "r this", "R all", "esc close"]),
    ],
)
async def test_a_list_offers_first_what_it_is_for_and_the_way_out(
    reading: Open, key: str, own: list[str]
) -> None:
    async with reading(size=(80, 24)) as reader:
        row = (await reader.press(key)).split("\n")[-1].strip()
        offers = re.split(" {2,}", row)
        assert offers[: len(own)] == own
        assert "? help" in offers


def test_on_the_sources_escape_is_offered_as_what_it_does() -> None:
    page = Page(Address("sources"), (), (Block("paragraph"),), listing=True)
    offers = [
        offered(page, "page", links=True, focused=True, way_back=False, asking=asks) for asks in (True, False)
    ]
    assert [(each[0].id, each[0].title) for each in offers] == [("app.close", "stop"), ("list.open", "open")]
