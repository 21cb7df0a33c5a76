"""History, marks and what was read: kept between starts, and never in the way."""

from __future__ import annotations

import re
import shutil
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.items import plain
from briefings.own.state import FILE, Marked, Visited
from tests.tui.conftest import Open
from tui.layout.place import Place, Target
from tui.pages.history import history_page
from tui.pages.navigation import Visit
from tui.pages.packing import packed, unpacked
from tui.pages.page import Address

SIZES = [(60, 16), (80, 24), (120, 40)]
HEAD = "---\nkind: briefing\nid: zeta\ntitle: Zeta 泽塔\ndate: 2999-01-01\n---\n"
LONG = "\n\n".join(f"words 词 {number}" for number in range(30))


def sections(*texts: str) -> str:
    return HEAD + "\n\n".join(f"# Part {n} {{#part-{n}}}\n\n{text}" for n, text in enumerate(texts))


async def test_a_mark_comes_back_to_the_very_place_also_after_a_restart(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("3", "j", "j", "tab", "tab")
        marked = await reader.screen()
        screen = await reader.press("m", "a")
        assert "Marked. 'a comes back to this place. U takes it back." in screen
        await reader.press("0")
        assert await reader.press("apostrophe", "a") != await reader.press("backspace", "0")
        await reader.press("apostrophe", "a")
        assert (await reader.screen()).split("\n")[2:-2] == marked.split("\n")[2:-2]
    async with reading() as reader:
        await reader.press("apostrophe", "a")
        assert (await reader.screen()).split("\n")[2:-2] == marked.split("\n")[2:-2]
        assert reader.focused()


async def test_a_letter_is_waited_for_in_sight_and_escape_ends_it(reading: Open) -> None:
    async with reading() as reader:
        before = await reader.screen()
        assert (await reader.press("m")).split("\n")[-1].endswith("m and a letter")
        assert await reader.press("escape") == before
        assert "That is no letter." in await reader.press("m", "f5")
        assert 'No mark "q".' in await reader.press("apostrophe", "q")
        assert "Marks: q" in await reader.press("m", "q", "apostrophe")
        await reader.press("escape", "3")
        assert "Bottom line" in await reader.press("apostrophe", "apostrophe")


async def test_back_goes_on_where_the_last_start_ended(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("3", "j", "j")
        here = await reader.screen()
    async with reading() as reader:
        assert "Bottom line" in await reader.screen()
        assert (await reader.press("H")).split("\n")[1:-1] == here.split("\n")[1:-1]
        assert "Bottom line" in await reader.press("L")


async def test_back_leads_to_another_sight_than_the_first_page_of_a_start(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("3", "0")
    for keys in ((), ("j",)):
        async with reading() as reader:
            first = await reader.screen()
            assert (await reader.press("H")).split("\n")[1:-2] != first.split("\n")[1:-2]
            await reader.press("0", "g", *keys)


async def test_the_open_briefing_is_the_first_one_next_time(reading: Open) -> None:
    files = {"zeta.md": sections("one", "two")}
    async with reading(files) as reader:
        assert "Zeta" in await reader.row(0)
        await reader.press("colon", *"china-legal-shield", "enter")
        assert "China: legal shield" in await reader.row(0)
    async with reading(files) as reader:
        assert "China: legal shield" in await reader.row(0)
        (reader.app.desk.library.places.library / "zeta.md").unlink()
        await reader.press("colon", *"zeta", "enter")
    async with reading() as reader:
        assert "Zeta" not in await reader.row(0)


@pytest.mark.parametrize("size", SIZES)
async def test_the_history_lists_marks_and_pages_and_leads_back(reading: Open, size: tuple[int, int]) -> None:
    async with reading({"zeta.md": sections("one")}, size=size) as reader:
        await reader.press("m", "z", "colon", *"huawei", "enter", "3")
        screen = await reader.press("h")
        assert re.search(r"'z  Zeta 泽塔|'z  Zeta", screen)
        assert "Entities › Huawei 华为" in screen
        assert screen.split("\n")[0].endswith(":HISTORY")
        assert "Zeta" in (await reader.press("enter")).split("\n")[0]
        await reader.press("h", "f", "escape")
        await reader.focus_on("Entities › Huawei 华为")
        assert "Huawei 华为" in (await reader.press("enter")).split("\n")[0]


async def test_the_history_lists_a_page_once_a_day(reading: Open) -> None:
    async with reading() as reader:
        await reader.press(*"121213")
        rows = (await reader.press("h")).split("\n")
        assert [row.partition("› ")[2][:8] for row in rows if "› " in row] == [
            "Key play",
            "Legal sh",
            "Monetary",
        ]


async def test_an_empty_history_says_what_will_be_in_it(reading: Open) -> None:
    async with reading() as reader:
        reader.shell.keep_visit = lambda *a: None  # type: ignore[method-assign]
        assert "No page was left yet." in await reader.press("h")


async def test_sections_that_were_in_view_are_read_and_the_next_unread_is_gone_to(reading: Open) -> None:
    async with reading({"zeta.md": sections("short", LONG, "last 末")}) as reader:
        assert "Part 1: not read yet. 1 more." in await reader.press("full_stop")
        rows = (await reader.press("t")).split("\n")
        assert any("Part 0" in row and row.endswith("read") for row in rows)
        assert not any("Part 1" in row and row.endswith("read") for row in rows)
        await reader.press("escape", "pagedown", "pagedown", "pagedown", "pageup")
        assert "All sections here are read." in await reader.press("full_stop")


async def test_what_was_read_survives_a_restart_and_edits_of_other_sections(reading: Open) -> None:
    async with reading({"zeta.md": sections("one", "two", "three")}) as reader:
        await reader.press("l")
        await reader.settled()
    async with reading({"zeta.md": sections("one", "other words", "three", "a new one")}) as reader:
        rows = (await reader.press("t")).split("\n")
        read = [re.findall(r"Part (\d)", row)[0] for row in rows if row.endswith(" read")]
        assert read == ["0", "2"]


async def test_a_damaged_state_is_said_and_stops_nothing(reading: Open) -> None:
    async with reading() as reader:
        state = reader.app.desk.library.places.state
    state.mkdir(mode=0o700, exist_ok=True)
    for path in state.iterdir():
        path.unlink()
    (state / FILE).write_bytes(b"<html>" * 2000)
    async with reading() as reader:
        assert "history" in (await reader.row(22))
        assert "Marked." in await reader.press("m", "a")
        assert "Key players" in await reader.press("3")


async def test_what_keeps_a_mark_from_being_kept_is_said_as_it_is(reading: Open) -> None:
    async with reading() as reader:
        reader.shell.state().connection.execute("PRAGMA query_only = ON")
        assert "Not marked: the file cannot be written. Try again." in await reader.press("m", "a")
        assert "Not kept: the file cannot be written. Try again." in await reader.press("M")


async def test_a_state_that_cannot_be_written_holds_until_the_end(reading: Open) -> None:
    async with reading() as reader:
        state = reader.app.desk.library.places.state
    shutil.rmtree(state)
    state.write_text("in the way")
    async with reading() as reader:
        await reader.press("m", "a", "3", "apostrophe", "a")
        assert "Bottom line" in await reader.screen()


async def test_the_wheel_ends_hints(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("3", "f")
        reader.shell.reading.scroll_lines(3)
        await reader.screen()
        assert reader.shell._hints is None


ADDRESSES = st.builds(
    Address,
    st.sampled_from(["item", "topic", "history"]),
    st.text(),
    st.text(),
    st.integers(-1, 99),
    beside=st.just(()),
    day=st.none(),
)
NUMBERS = st.integers(0, 1 << 20)
PLACES = st.builds(
    Place, NUMBERS, NUMBERS, NUMBERS, st.none() | st.builds(Target, NUMBERS, NUMBERS), st.just(())
)


@given(st.builds(Visit, ADDRESSES, PLACES, st.just(Place()), st.booleans(), st.none()))
def test_a_page_that_was_kept_is_the_same(visit: Visit) -> None:
    found = unpacked(packed(visit))
    assert found
    assert found.address == visit.address
    assert found.reading == visit.reading._replace(find="", hit=None)


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "[1,2,3]", '[["evil","","",0],[0,0,0,null],false]',
        '[["item","","",0,"x","y","z","w"],[0,0,0,null],false]', '[["item"],[0,0,-1,null],false]',
        '[["item"],[0,0,true,null],false]', '[["item",3],[0,0,0,null],false]', "[" * 5000,
        '[["item"],[0,0,1e400,null],false]', '[["item"],[0,0,null],false]',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_no_page(text: str) -> None:
    assert unpacked(text) is None


@given(st.text())
def test_no_text_breaks_reading_a_page(text: str) -> None:
    assert unpacked(text) is None


async def test_the_way_back_passes_over_what_has_gone(reading: Open) -> None:
    async with reading({"zeta.md": sections("one"), "eta.md": "# Eta\n\ntext\n"}) as reader:
        await reader.press("colon", *"eta", "enter", "colon", *"huawei", "enter")
        (reader.app.desk.library.places.library / "eta.md").unlink()
        await reader.press("l")
        await reader.settled()
        await reader.press("H")
        assert "Huawei" in await reader.row(0)
        assert "Zeta" in (await reader.press("H")).split("\n")[0]
        assert "Huawei" in (await reader.press("L")).split("\n")[0]


async def test_escape_closes_the_history(reading: Open) -> None:
    async with reading() as reader:
        before = await reader.press("3", "j")
        await reader.press("h")
        assert await reader.press("escape") == before


async def test_a_history_in_ascii_has_no_other_sign_of_ours(reading: Open) -> None:
    async with reading(ascii=True) as reader:
        await reader.press("3", "m", "a", "c")
        screen = await reader.press("h")
        assert "stability > Key players" in screen
        assert "›" not in screen


ZONES = [
    (
        "Asia/Shanghai",
        ["Marks", "'a  Zeta  2026-11-29", "2026-11-29", "Zeta  06:30", "2026-11-28", "Eta  23:59"],
    ),
    ("UTC", ["Marks", "'a  Zeta  2026-11-28", "2026-11-28", "Zeta  22:30", "Eta  15:59"]),
    ("America/New_York", ["Marks", "'a  Zeta  2026-11-28", "2026-11-28", "Zeta  17:30", "Eta  10:59"]),
]


@pytest.mark.parametrize(("zone", "lines"), ZONES)
def test_days_and_times_are_those_of_the_readers_clock(zone: str, lines: list[str]) -> None:
    visits = [
        Visited(2, "2026-11-28T22:30:00+00:00", "Zeta", "[]"),
        Visited(1, "2026-11-28T15:59:00+00:00", "Eta", "[]"),
    ]
    marks = [Marked("a", "2026-11-28T22:30:00+00:00", "Zeta", "[]")]
    page = history_page("", visits, marks, zone=ZoneInfo(zone))
    assert [plain(block.spans) for block in page.reading] == lines


@pytest.mark.parametrize("at", ["", "yesterday", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
def test_a_moment_that_cannot_be_told_costs_only_itself(at: str) -> None:
    page = history_page("", [Visited(1, at, "Zeta", "[]")], (), zone=ZoneInfo("America/New_York"))
    assert "Zeta" in plain(page.reading[-1].spans)
