"""Reading as of a past day: the field, the banner, the pages, and the way back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from briefings.documents.model import Link
from tests.tui.conftest import TODAY, Open, Reader

SIZES = [(80, 24), (120, 40)]
DAY = "2026-04-20"


async def as_of(reader: Reader, words: str) -> str:
    """Type a day into the field."""
    await reader.press("at")
    return await reader.press(*words, "enter")


@pytest.mark.parametrize("size", SIZES)
async def test_figures_are_those_of_the_day(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        assert "2026-08" in await reader.press("2")
        screen = await as_of(reader, DAY)
        assert f"as of {DAY}" in screen.split("\n")[1]
        assert "2026-08" not in screen
        row = next(line for line in screen.split("\n") if "M2 growth" in line)
        assert "8.5" in row
        assert "2026-03" in row


@pytest.mark.parametrize("size", SIZES)
async def test_topics_keep_their_texts_and_outlines(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await as_of(reader, DAY)
        assert "The gap is narrower than it was in 2024" in await reader.press("2")
        assert "Ten months" in await reader.press("t")
        assert "A general blocking law, not a technology law" in await reader.press("escape", "1")


async def test_a_wide_screen_names_the_day_of_the_text_in_the_banner(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await as_of(reader, DAY)
        assert (await reader.row(1)).endswith("text of 2026-11-23, figures as of 2026-04-20")


async def test_a_narrow_screen_names_the_day_of_the_text_above_the_banner(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await as_of(reader, DAY)
        assert "text of 2026-11-23   :" in await reader.row(0)
        assert (await reader.row(1)).endswith(f"as of {DAY}")


@pytest.mark.parametrize("size", SIZES)
async def test_a_text_without_a_day_says_since_when_it_is_held(reading: Open, size: tuple[int, int]) -> None:
    async with reading({"note.md": "# Seen 看到\nIt is so."}, size=size) as reader:
        reader.shell.follow(Link("item", "note"), "")
        screen = await as_of(reader, DAY)
        assert "It is so." in screen
        assert f"text held since {TODAY}" in "\n".join(screen.split("\n")[:2])


async def test_all_tabs_and_the_banner_show_on_the_smallest_screen(reading: Open) -> None:
    async with reading(size=(60, 16)) as reader:
        await reader.press("2")
        row = (await as_of(reader, DAY)).split("\n")[1]
        assert row.endswith(f"as of {DAY}")
        assert all(number in row for number in "012345")


@pytest.mark.parametrize("key", ["0", "1", "2", "3", "4", "5", "c", "p", "l", "S", "question_mark"])
async def test_the_banner_stands_on_every_page_and_escape_does_not_leave_it(reading: Open, key: str) -> None:
    async with reading() as reader:
        await as_of(reader, DAY)
        assert f"as of {DAY}" in (await reader.press(key)).split("\n")[1]
        assert f"as of {DAY}" in (await reader.press("escape")).split("\n")[1]


@pytest.mark.parametrize("words", ["", "today"])
async def test_today_leaves(reading: Open, words: str) -> None:
    async with reading() as reader:
        before = await reader.press("2")
        await as_of(reader, DAY)
        screen = await as_of(reader, words)
        assert "as of" not in screen.split("\n")[1]
        assert "Back to today." in screen
        assert screen.split("\n")[:20] == before.split("\n")[:20]


async def test_yesterday_is_a_day(reading: Open) -> None:
    async with reading() as reader:
        yesterday = TODAY - timedelta(days=1)
        assert f"as of {yesterday}" in (await as_of(reader, "yesterday")).split("\n")[1]


@pytest.mark.parametrize(
    ("words", "day"), [("2025", "2025-12-31"), ("2026-02", "2026-02-28"), ("2026Q1", "2026-03-31")]
)
async def test_a_partial_date_means_its_last_day(reading: Open, words: str, day: str) -> None:
    async with reading() as reader:
        assert f"as of {day}" in (await as_of(reader, words)).split("\n")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2199-01-01", "2199-01-01 lies ahead; expected a day up to"),
        ("2199", "2199 lies ahead; expected a day up to"),
        ("soon", '"soon" is no date; expected 2026-04-20, 2026-04, 2026Q1, yesterday or today'),
        ("2026-13", '"2026-13" is no date; expected 2026-04-20, 2026-04, 2026Q1, yesterday or today'),
    ],
)
async def test_what_is_no_day_can_be_changed_into_one(reading: Open, words: str, said: str) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = await as_of(reader, words)
        assert f"  {said}" in screen
        assert f": {words}" in screen.split("\n")[-2]
        assert "as of" not in screen.split("\n")[1]
        await reader.press(*["backspace"] * len(words))
        assert f"as of {DAY}" in (await reader.press(*DAY, "enter")).split("\n")[1]


async def test_after_a_wrong_day_the_field_has_room_and_can_be_left(reading: Open) -> None:
    async with reading() as reader:
        before = await reader.press("2")
        row = (await as_of(reader, "2026-13")).split("\n")[-2]
        assert re.fullmatch(r'  "2026-13" is no date; expected 2026-04-20.*⋯: 2026-13', row)
        assert await reader.press("escape") == before


async def test_escape_closes_the_field_and_changes_nothing(reading: Open) -> None:
    async with reading() as reader:
        before = await reader.press("2")
        await reader.press("at")
        assert await reader.press("escape") == before


async def test_what_was_known_later_is_folded_and_links_to_it_say_so(reading: Open) -> None:
    files = {"note.md": "# Seen\n[[nuctech-determination|The case]] of 同方威视"}
    async with reading(files) as reader:
        await as_of(reader, DAY)
        screen = await reader.press("0")
        assert "Known from 2026-05-15 on." in screen
        assert "Nuctech" not in screen
        reader.shell.follow(Link("item", "note"), "")
        assert "[?] The case" in await reader.screen()
        screen = await reader.press("tab", "enter")
        assert "Not known on 2026-04-20: known from 2026-05-15 on." in screen


async def test_a_page_that_was_not_known_gives_way_to_the_overview(reading: Open) -> None:
    async with reading() as reader:
        reader.shell.follow(Link("item", "nuctech-determination"), "")
        screen = await as_of(reader, DAY)
        assert "What was shown here was not known on 2026-04-20." in screen
        assert "Bottom line" in screen


async def test_a_refresh_is_not_for_the_past(reading: Open) -> None:
    async with reading() as reader:
        await reader.press("2")
        await as_of(reader, DAY)
        assert "The past is not asked for. @ and enter lead back to today." in await reader.press("r")
        assert "The past is not asked for." in await reader.press("R")


async def test_outcomes_are_not_recorded_in_the_past(reading: Open) -> None:
    async with reading() as reader:
        await as_of(reader, DAY)
        assert "Outcomes are recorded today." in await reader.press("p", "x")


async def test_twenty_hops_out_and_twenty_back_through_days_end_on_equal_screens(reading: Open) -> None:
    days = {4: DAY, 9: "2025-01-31", 13: "2024", 17: "today"}
    keys = (
        "2",
        "c",
        "1",
        "pagedown",
        "3",
        "p",
        "l",
        "0",
        "5",
        "4",
        "2",
        "1",
        "c",
        "0",
        "3",
        "2",
        "p",
        "0",
        "1",
    )
    async with reading(size=(120, 40)) as reader:
        seen = [_page(await reader.screen())]
        for number, key in enumerate(keys):
            if number in days:
                seen.append(_page(await as_of(reader, days[number])))
            if key == "pagedown":
                seen.pop()
            seen.append(_page(await reader.press(key)))
        assert len(seen) > 20
        for expected in reversed(seen[:-1]):
            assert _page(await reader.press("backspace")) == expected
        for expected in seen[1:]:
            assert _page(await reader.press("L")) == expected


def _page(screen: str) -> list[str]:
    """The rows above the message and the footer."""
    return screen.split("\n")[:-2]


async def test_what_lies_beside_is_of_the_day(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await as_of(reader, DAY)
        await reader.press("2")
        await reader.focus_on("M2 growth")
        screen = await reader.press("O")
        assert "Newest published; next 10-15" in screen


async def test_before_its_history_an_indicator_says_from_when_on_there_is_one(reading: Open) -> None:
    async with reading() as reader:
        reader.shell.follow(Link("item", "cn.m2_yoy"), "")
        screen = await as_of(reader, "1999")
        assert "No history before " in screen
        assert "r asks" not in screen
        assert "No history before " in await reader.press("d")


@pytest.mark.parametrize(
    ("day", "drawn"), [("1999", []), ("2022", []), ("2023-06-30", ["A"]), (DAY, ["A", "B"])]
)
async def test_what_claims_say_has_a_letter_where_it_is_drawn(
    reading: Open, day: str, drawn: list[str]
) -> None:
    async with reading(size=(120, 40)) as reader:
        await as_of(reader, day)
        screen = await reader.press("colon", *"GAP", "enter")
        words = [row.split() for row in screen.split("\n")]
        assert [row[0] for row in words if row[1:2] in (["C10"], ["C11"])] == drawn
        assert ("crosshair" in screen.split("\n")[-1]) == (day != "1999")


async def test_what_is_copied_names_the_day(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        reader.shell.follow(Link("item", "cn.m2_yoy"), "")
        await as_of(reader, DAY)
        await reader.press("y")
        copied = reader.app.clipboard
        assert copied.startswith("M2 growth 8.5 %, 2026-03, ")
        assert copied.endswith(", as of 2026-04-20")


async def test_a_card_says_in_its_summary_nothing_that_came_later(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await as_of(reader, DAY)
        reader.shell.follow(Link("item", "ministry-of-justice"), "")
        screen = await reader.screen()
        assert "Keeps the official text of Decree 835" in screen
        assert "first to use" not in screen
