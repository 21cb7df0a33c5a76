"""The scoreboard on the screen: what closes next, scores as a table, calibration drawn."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.conftest import Open
from tui.layout.cells import width
from tui.pages.calibration import drawn, said

HEAD = "---\nid: own\nkind: briefing\ntitle: Own\ndate: 2099-01-01\n{}---\n"
BRIEFS = "briefs: {publisher: Paper 报, title: A text, published: 2025-01}\n"


def prediction(number: int, **fields: str) -> str:
    given = {
        "says": "It will be so 会如此",
        "title": f"number {number} 第",
        "by": "Someone 某人",
        "made": "2025-01",
        "window": "..2025-12-31",
        "resolves": "the bank",
        **fields,
    }
    lines = "\n".join(f"{name}: {value}" for name, value in given.items())
    return f"\n```prediction\nid: q{number}\n{lines}\n```\n"


def settled(count: int, briefs: str = "") -> str:
    """So many predictions that came true when they were called likely, and did not when unlikely."""
    said = [
        prediction(
            number,
            chance="0.9" if number % 2 else "0.3",
            outcome=f"{{outcome: {'true' if number % 2 else 'false'}, date: 2026-01}}",
        )
        for number in range(count)
    ]
    return HEAD.format(briefs) + "".join(said)


def words(screen: str) -> str:
    """The words of a screen: those of the side pane after those of the text."""
    rows = [row.partition("╎") for row in screen.split("\n")]
    return " ".join(" ".join([*(row[0] for row in rows), *(row[2] for row in rows)]).split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_overdue_stands_before_what_closes_next(reading: Open, size: tuple[int, int]) -> None:
    windows = ["..2199-06", "..2199-03", "", "..2025-12", "..2199-12", "..2199-09", "..2025-06"]
    text = HEAD.format("") + "".join(
        prediction(number, window=window or "2030..") for number, window in enumerate(windows)
    )
    async with reading({"own.md": text}, size=size) as reader:
        await reader.press("p")
        screen = words(await reader.press("G"))
        calendar = screen[screen.index("Due next") : screen.index("Scores")]
        assert re.findall(r"Q\d", calendar) == ["Q6", "Q3", "Q1", "Q0", "Q5"]
        assert "overdue" in calendar
        assert "2199-03-31, in " in calendar


async def test_many_that_are_overdue_leave_room_for_what_comes(reading: Open) -> None:
    text = HEAD.format("") + "".join(prediction(number) for number in range(5))
    async with reading({"own.md": text + prediction(9, window="..2199-12")}, size=(120, 40)) as reader:
        screen = words(await reader.press("p"))
        assert "2 more are overdue" in screen
        assert "Q9 number 9 第 2199-12-31, in " in screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_five_resolved_make_a_score_and_a_drawing_of_it(reading: Open, size: tuple[int, int]) -> None:
    async with reading({"own.md": settled(6)}, size=size) as reader:
        await reader.press("p")
        screen = words(await reader.press("G"))
        assert "6 of 6 0 0.05 0.23" in screen
        assert "20-45 % 3 ⠛⠛⠛ 0 % less" in screen
        assert "80-95 % 3 ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣤ 100 % as said" in screen
        assert "more column" not in screen


async def test_four_resolved_make_none(reading: Open) -> None:
    async with reading({"own.md": settled(4)}, size=(120, 40)) as reader:
        screen = words(await reader.press("p"))
        assert "4 of 4 0 none none" in screen
        assert "No score under five resolved" in screen
        assert "calibration" not in screen


async def test_the_drawing_needs_no_braille(reading: Open) -> None:
    async with reading({"own.md": settled(6)}, size=(80, 40), ascii=True) as reader:
        screen = await reader.press("p", "G")
        assert "80-95 % 3 #########. 100 % as said" in words(screen)
        assert not re.search("[\u2800-\u28ff]", screen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_long_name_of_an_author_is_never_cut_in_the_middle(
    reading: Open, size: tuple[int, int]
) -> None:
    name = "国务院发展研究中心宏观经济部"
    text = HEAD.format("") + prediction(1, by=name) + prediction(2, by="Institute for International Finance")
    async with reading({"own.md": text}, size=size) as reader:
        await reader.press("p")
        screen = await reader.press("G")
        assert name in screen
        assert "International" in screen
        assert "more column" not in screen


async def test_a_publisher_has_a_row_where_it_is_another_name(reading: Open) -> None:
    async with reading({"own.md": settled(4, BRIEFS)}, size=(80, 40)) as reader:
        assert "Paper 报, publisher 4 of 4" in words(await reader.press("p"))


async def test_the_reader_has_a_row_beside_the_authors(reading: Open) -> None:
    own = "".join(f"- id: own#q{number}\n  chance: 0.5\n  on: 2025-06-01\n" for number in range(6))
    async with reading({"own.md": settled(6), "forecasts.yaml": own}, size=(120, 40)) as reader:
        screen = words(await reader.press("p"))
        assert "you 6 of 6 0 0.25 0.69" in screen
        assert "45-55 % 6 ⣿⣿⣿⣿⣿ 50 % as said" in screen
        assert "50 %, on 2025-06-01, scored" in await reader.press("enter")


# ---------------------------------------------------------------------- the drawing

SHARES = st.floats(0, 1)


@given(SHARES, SHARES, st.booleans())
def test_the_longer_half_says_what_was_more(called: float, true: float, ascii: bool) -> None:  # noqa: A002
    line = drawn(called, true, ascii)
    assert width(line) == len(line) <= 10
    assert len(line) == pytest.approx(10 * max(called, true), abs=1)
    if said(called, true) != "as said":
        assert line[-1:] in ("'.") if ascii else line[-1:] not in "⣿⡇"
