"""The go bar: what is offered, where it leads, and what it remembers."""

from __future__ import annotations

import re
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.own.state import State
from tests.tui.conftest import Open, Reader
from tui.pages.choices import Choice, fit_of, packed, unpacked
from tui.pages.page import Address

SIZES = [(60, 16), (80, 24), (120, 40)]
HOSTILE = (
    '---\nkind: entity\nid: evil\nname: Evil\ntitle: "Evil\x1b]0;x\x07 [/] [@click=app.quit]q \u202eabc"\n'
    "aliases: [恶意]\n---\nText.\n"
)


def offered(screen: str) -> list[str]:
    """The rows of choices on a screen."""
    rows = screen.split("\n")
    start = max(number for number, row in enumerate(rows) if row.startswith("  :"))
    return [row for row in rows[start + 1 : -1] if row.strip()]


async def go(reader: Reader, typed: str) -> str:
    return await reader.press("colon", *typed, "enter")


@pytest.mark.parametrize(
    ("mnemonic", "row"),
    [
        ("OVERVIEW", "China: legal shield"), ("legal", "China: legal shield"), ("MONEY", "China"),
        ("LEDGER", "Ledger of claims"), ("SCORES", "Scoreboard"), ("SOURCES", "Sources"),
        ("LIBRARY", "Library"), ("HUAWEI", "Huawei 华为"), ("M2", "M2 growth"), ("GAP", "M2 minus M1 growth"),
        ("C10", "C10"), ("p4", "P4"), ("DECREE-835", "Decree 835"), ("BAIDU", "Baidu 百度"),
        ("hk.baidu", "Baidu shares"),
    ],
)  # fmt: skip
async def test_a_mnemonic_leads_to_its_page_which_shows_it(reading: Open, mnemonic: str, row: str) -> None:
    async with reading() as reader:
        first = (await go(reader, mnemonic)).split("\n")[0]
        assert row in first
        assert first.endswith(f":{mnemonic.upper()}")


@pytest.mark.parametrize("size", SIZES)
async def test_choices_stand_above_the_footer_with_kind_and_verdict(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        before = await reader.screen()
        await reader.press("colon")
        await reader.settled()
        rows = offered(await reader.press(*"华为"))
        assert re.match(r"  ▸ HUAWEI +Huawei 华为 +entity", rows[0])
        assert any(re.search(r"C20 +Huawei .* claim +✗j", row) for row in rows)
        assert await reader.press("escape") == before


async def test_moving_shows_beside_where_there_is_room_and_leaving_takes_it_away(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        before = await reader.press("3", "j", "tab")
        screen = await reader.press("colon", *"hu", "down", "up")
        assert "Also called" in screen
        assert "Who is in it" in screen
        assert await reader.press("escape") == before


async def test_of_a_section_the_document_is_cut_and_marked(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("colon")
        await reader.settled()
        (row,) = [each for each in offered(await reader.press(*"hua")) if "HUAWEI-STACK" in each]
        assert re.search(r"  HUAWEI-STACK +China: \w*⋯ › Huawei and the rival stack +section$", row)


async def test_tab_completes_and_enter_goes(reading: Open) -> None:
    async with reading() as reader:
        screen = await reader.press("colon", *"hua", "tab")
        assert "  :HUAWEI" in screen
        assert "Huawei 华为" in (await reader.press("enter")).split("\n")[0]


async def test_what_was_gone_to_is_offered_first_also_after_a_restart(reading: Open) -> None:
    async with reading() as reader:
        await go(reader, "smic")
        await go(reader, "m2")
        rows = offered(await reader.press("colon"))
        assert "M2" in rows[0]
        assert "SMIC" in rows[1]
        assert "OVERVIEW" in rows[2]
    async with reading() as reader:
        assert "M2" in offered(await reader.press("colon"))[0]
        assert "M2 growth" in (await reader.press("enter")).split("\n")[0]


async def test_commands_are_run_by_name_and_take_words(reading: Open) -> None:
    async with reading() as reader:
        await go(reader, "outline")
        assert reader.shell.outlined
        await reader.press("escape")
        assert "1 of " in (await go(reader, "find gap")).split("\n")[-1]
        assert "Ledger of claims › contradicted" in await go(reader, "claims contr")


async def test_what_means_nothing_is_said_with_what_is_near(reading: Open) -> None:
    async with reading() as reader:
        screen = await go(reader, "huaweix")
        said, near, *_ = offered(screen)
        assert said.strip() == 'Nothing is called "huaweix". Nearest:'
        assert re.match(r"  ▸ HUAWEI +Huawei 华为 +entity", near)
        assert "  :huaweix" in screen
        assert "Huawei 华为" in (await reader.press("enter")).split("\n")[2]


async def test_what_is_near_nothing_is_said_alone(reading: Open) -> None:
    async with reading() as reader:
        assert offered(await go(reader, "qqqqqqqq"))[0].strip() == 'Nothing is called "qqqqqqqq".'


async def test_back_returns_from_where_the_bar_led(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        before = await reader.press("3", "j", "tab")
        await go(reader, "huawei")
        assert await reader.press("backspace") == before


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_shown_letter_for_letter(reading: Open, size: tuple[int, int]) -> None:
    async with reading({"evil.md": HOSTILE}, size=size) as reader:
        screen = await reader.press("colon", *"evil")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", screen)
        assert "EVIL" in screen
        assert "Text." in await reader.press("enter")


async def test_the_bundled_mnemonics_lead_where_they_are_shown(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        desk = reader.app.desk
        names = [item.id for each in desk.documents() for item in (desk.item(each.id),) if item]
        shown = 0
        for name in names[:20]:
            reader.shell.go(Address("item", name=name))
            mnemonic = reader.shell.bar.mnemonic
            if mnemonic:
                shown += 1
                found = desk.resolve(mnemonic, reader.shell.briefing)
                assert found
                assert found.id == name
        assert shown > 15


KINDS = st.sampled_from(["item", "topic", "indicator"])
ADDRESSES = st.builds(Address, KINDS, st.text(), st.text(), st.integers(), beside=st.just(()), day=st.none())


@given(st.builds(Choice, st.text(), st.text(), st.text(), st.just(""), ADDRESSES, st.just(""), st.text()))
def test_a_choice_that_was_kept_is_the_same(choice: Choice) -> None:
    assert unpacked(packed(choice)) == choice


UNREADABLE = (
    "[]",
    "null",
    "1",
    "[[[[[]]]]]",
    '{"a": 1}',
    '["a","b","c","",["evil","","",0],"",""]',
    '["a","b","c","",["item","","",null],"",""]',
    '["a","b","c","",null,"quit; rm",""]',
    '["a","b","c","",null,[],""]',
    '["a","b","","c",null,"",""]',
)


@given(st.one_of(st.text(), st.sampled_from(UNREADABLE)))
def test_a_choice_that_cannot_be_read_is_none(text: str) -> None:
    assert unpacked(text) is None


@given(st.text(max_size=8), st.text(max_size=4))
def test_a_name_fits_itself_and_what_begins_it(name: str, more: str) -> None:
    from sources.text import fold

    if fold(name):
        assert fit_of(name, fold(name)) == 0
        assert fit_of(name + more, fold(name)) in (0, 2, 3, 6, None)


async def test_a_damaged_history_is_said_and_stops_nothing(reading: Open) -> None:
    async with reading() as reader:
        state = reader.app.desk.library.places.state
        state.mkdir(mode=0o700, exist_ok=True)
        (state / "reader.db").write_bytes(b"<html>" * 1000)
        assert "OVERVIEW" in await reader.press("colon")
        assert "Huawei 华为" in (await reader.press(*"huawei", "enter")).split("\n")[0]
    with closing(State.open(state)) as kept:
        assert kept.gone(1)


async def test_names_are_found_as_soon_as_they_are_gathered(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("colon", *"uawe")
        assert "HUAWEI" in offered(await reader.settled())[0]


async def test_on_a_past_day_names_are_those_of_that_day(reading: Open) -> None:
    head = "kind: event\nid: late\ntitle: Quiverfull\ndates: {in_force: 2026-06-01}"
    async with reading({"late.md": f"---\n{head}\n---\nLate.\n"}) as reader:
        await reader.press("colon", *"iverf")
        assert "Quiverfull" in offered(await reader.settled())[0]
        await reader.press("escape")
        await go(reader, "@2026-04-20")
        await reader.press("colon", *"iverf")
        assert "Quiverfull" not in await reader.settled()
        await reader.press("escape", "colon", *"uawe")
        assert "HUAWEI" in offered(await reader.settled())[0]


async def test_what_changes_in_the_library_leaves_the_keys_to_the_bar(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("colon", *"hu")
        reader.shell.rebuild()
        assert "  :hua" in await reader.press("a")
        await reader.press("escape", "slash", *"ga")
        reader.shell.rebuild()
        assert "  /gap" in await reader.press("p")


@pytest.mark.parametrize("size", SIZES)
async def test_a_day_is_gone_to_on_the_page_that_is_read(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        before = await reader.press("2")
        rows = offered(await reader.press("colon", *"@2026-04-20"))
        assert re.match(r"  ▸ @2026-04-20 +Known on 2026-04-20 +as of", rows[0])
        assert "as of 2026-04-20" in (await reader.press("enter")).split("\n")[1]
        today = await go(reader, "@today")
        assert "as of" not in today.split("\n")[1]
        assert today.split("\n")[:8] == before.split("\n")[:8]
        assert "@2026-04-20" in "".join(offered(await reader.press("colon")))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("@soon", '"soon" is no date; expected 2026-04-20'), ("@2199", "2199 lies ahead; expected a day up to")],
)
async def test_what_is_no_day_is_said_and_the_bar_stays(reading: Open, typed: str, said: str) -> None:
    async with reading() as reader:
        screen = await go(reader, typed)
        assert said in screen
        assert f"  :{typed}" in screen


@pytest.mark.parametrize("before", ["", "a"])
async def test_no_character_is_lost_where_the_bar_lies_over_two_panes(reading: Open, before: str) -> None:
    title = before + "中" * 30
    text = f"---\nkind: entity\nid: middle\ntitle: {title}\n---\nText.\n"
    async with reading({"middle.md": text}, size=(120, 40)) as reader:
        await reader.press("colon", *"middle")
        assert title in await reader.settled()
