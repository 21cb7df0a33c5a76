"""Figures on the screen: rows of topics, cards, and how they all stand."""

from __future__ import annotations

import re

import pytest

from briefings.documents.model import Block, Link
from briefings.figures.rows import FigureRow
from tests.tui.conftest import Open
from tui.layout import roles
from tui.layout.blocks import layout, targets
from tui.pages.indicator import figure_table
from tui.pages.page import Address, Page
from tui.pages.whom import Whom

GLYPH = "[◉◕◔⊗◌]"
ROW = FigureRow(
    "cn.m2_yoy", "M2 growth", "M2同比", "7.5", "%", "2026-08", "-0.2", "⣠⣠⣀⣰⣶⣿⣶⣶⣿⣶⣶⣤",
    "stale", "stale 18d", "eastmoney",
)  # fmt: skip
LONG = ROW._replace(id="cn.tsf", title="Growth of the stock of aggregate financing", word="fresh, derived")
MISSING = FigureRow("us.rules", "Rules naming China", "", provider="federal-register")


def text(blocks: list[Block], width: int = 116) -> str:
    return "\n".join(line.text for block in blocks for line in layout(block, width))


@pytest.mark.parametrize(
    ("state", "glyph", "plain", "role"),
    [
        ("fresh", "◉", "*", roles.QUIET),
        ("due", "◕", "o", roles.QUIET),
        ("stale", "◔", "-", roles.DOUBT),
        ("failing", "⊗", "!", roles.BAD),
        ("never", "◌", "_", roles.QUIET),
        ("", " ", " ", roles.QUIET),
    ],
)
def test_a_glyph_in_its_role_stands_before_the_name(state: str, glyph: str, plain: str, role: str) -> None:
    row = ROW._replace(state=state)
    runs = layout(figure_table("Figures", [row])[0], 116)[1].runs
    assert (runs[0].text.rstrip() or " ", runs[0].role) == (glyph, role)
    shown = text(figure_table("Figures", [row], ascii=True))
    assert f"{plain} M2 growth" in shown
    assert shown.isascii()


def test_where_it_is_narrow_columns_go_in_the_stated_order() -> None:
    table = figure_table("Figures", [ROW, LONG])
    seen = []
    for width in (116, 76, 60, 52):
        head = text(table, width).split("\n")[0]
        seen.append([word for word in ("last 24", "change", "state", "value") if word in head])
    assert seen == [
        ["last 24", "change", "state", "value"],
        ["change", "state", "value"],
        ["state", "value"],
        ["value"],
    ]


def test_a_state_never_parts_from_its_days() -> None:
    rows = [ROW._replace(word="stale 44d, derived", unit="trn CNY", period="2025-05-20"), LONG]
    for width in range(50, 117):
        shown = text(figure_table("Figures", rows), width)
        assert ("stale 44d" in shown) == ("state" in shown)


def test_a_check_that_differs_leaves_a_mark() -> None:
    assert "stale 18d ✗" in text(figure_table("Figures", [ROW._replace(differs=True)]))
    assert "✗" not in text(figure_table("Figures", [ROW]))


def test_what_has_no_figure_says_who_would_bring_the_first() -> None:
    other = MISSING._replace(id="cn.list", title="Firms that China lists 清单", provider="")
    (block,) = figure_table("Figures", [other, MISSING])
    assert text([block]) == (
        "No figures yet: Rules naming China (Federal Register); Firms that China lists 清单. r asks."
    )
    assert targets(block) == (Link("item", "us.rules"), Link("item", "cn.list"))
    assert text(figure_table("Figures", [other])).endswith("清单.")


def test_of_a_source_that_is_off_it_is_not_said_that_asking_helps() -> None:
    shibor = MISSING._replace(id="cn.shibor_3m", title="SHIBOR", provider="chinamoney")
    off = "No figures yet: SHIBOR (ChinaMoney (CFETS), off: S says how to turn it on)"
    assert text(figure_table("Figures", [shibor])) == f"{off}."
    assert text(figure_table("Figures", [shibor, MISSING]), 200).endswith("(Federal Register). r asks.")
    on = Whom(["chinamoney"])
    assert text(figure_table("Figures", [shibor], on)) == (
        "No figures yet: SHIBOR (ChinaMoney (CFETS)). r asks."
    )
    assert (on.way(["chinamoney"]), on.way([])) == ("r asks.", "Nobody is asked for it.")
    assert Whom().way(["ecb", "yahoo"]) == "Yahoo Finance is off: S says how to turn it on."


@pytest.mark.parametrize("name", ["hk.hstech", "hk.hstech_drawdown"])
async def test_the_card_of_a_late_figure_says_how_a_newer_one_comes(reading: Open, name: str) -> None:
    for on, way in ((("yahoo",), "r asks."), ((), "Yahoo Finance is off: S says how to turn it on.")):
        async with reading(providers=on, size=(120, 40)) as reader:
            reader.shell.go(Address("indicator", "", name))
            assert way in " ".join((await reader.screen()).split())


def test_a_page_asks_for_the_series_that_its_text_names() -> None:
    blocks = (*figure_table("Figures", [ROW]), *figure_table("Figures", [MISSING]))
    address = Address("item", name="a")
    assert Page(address, (), blocks).asks == ("cn.m2_yoy", "us.rules")
    assert Page(address, (), blocks, refreshed=("risks",)).asks == ("risks",)
    assert Page(address, (), ()).asks == ()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_each_page_asks_for_its_own(reading: Open, size: tuple[int, int]) -> None:
    head = "---\nkind: briefing\ntitle: 央行 note\nid: own\ndate: 2030-01-01\n---\n\n"
    async with reading({"own.md": f"{head}It is {{{{last(cn.m2_m1_gap)}}}}.\n"}, size=size) as reader:
        assert "3.4 pp 2026-08" in await reader.screen()
        assert reader.shell.page.asks == ("cn.m2_m1_gap",)
        await reader.press("2")
        assert reader.shell.page.asks == ("monetary-stability",)
        await reader.focus_on("M2 minus M1 growth")
        await reader.press("enter")
        assert reader.shell.page.asks == ("cn.m2_m1_gap",)
        await reader.press("l")
        assert not reader.shell.page.asks


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("ascii", [False, True])
async def test_a_card_says_how_fresh_and_where_from(
    reading: Open,
    size: tuple[int, int],
    ascii: bool,  # noqa: A002
) -> None:
    async with reading(size=size, ascii=ascii, no_color=True) as reader:
        await reader.press("2")
        await reader.focus_on("M2 minus M1 growth")
        card = await reader.press("enter")
        assert "indicator, snapshot, derived" in card
        assert re.search(rf"3\.4 pp +2026-08 +-0\.3 +{'[*o!_-]' if ascii else GLYPH} \w+", card)
        assert ("⣿" in card) is not ascii
        await reader.focus_on("M2 growth")
        part = await reader.press("enter")
        assert "M2 growth M2同比" in part
        await reader.focus_on("eastmoney CURRENCY_SUPPLY BASIC_CURRENCY_SAME")
        assert "Eastmoney" in (await reader.press("enter")).split("\n")[0]
        assert reader.shell.page.asks == ("eastmoney",)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_overview_says_how_all_stand(reading: Open, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.settled()
        screen = await reader.press(*(["G"] if size[0] < 104 else [">", "G"]))
        assert re.search(r"Sources +S\n", screen)
        assert re.search(rf"{GLYPH} \d+ figures never asked", screen)
        assert "Shipped figures. Not asked yet. R asks." in screen


async def test_the_message_of_a_figure_says_who_carries_it(reading: Open) -> None:
    note = "---\nkind: note\ntitle: Note\nid: own\n---\n\nIt is {{last(cn.m2_yoy)}}.\n"
    async with reading({"own.md": note}, size=(120, 40)) as reader:
        await reader.press("l")
        await reader.focus_on("Note")
        await reader.press("enter")
        await reader.focus_on("7.5 % 2026-08")
        assert "PBOC by Eastmoney, known by 2026-09-15" in await reader.press("enter")


async def test_a_wrapped_name_hangs_and_the_focus_is_marked_where_it_begins(reading: Open) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.press("2")
        await reader.focus_on("Growth of the stock of aggregate financing")
        rows = (await reader.screen()).split("\n")
        here = next(at for at, row in enumerate(rows) if "Growth of the stock of" in row)
        assert rows[here].startswith(" ▸")
        assert rows[here + 1].startswith("    aggregate financing")
        assert sum(row.startswith(" ▸") for row in rows[2:]) == 1


async def test_the_card_of_an_indicator_leads_to_the_claims_that_test_it(reading: Open) -> None:
    notes = {"note.md": "# My note\n\nSee [[cn.m2_m1_gap]] again.\n"}
    async with reading(notes, size=(120, 40)) as reader:
        await reader.press("colon", *"GAP", "enter")
        await reader.focus_on("C11  gap in 2024 Q1, pp")
        await reader.focus_on("My note")
        screen = await reader.screen()
        assert "Said where" in screen
        assert "My note" in (await reader.press("enter")).split("\n")[0]
        assert await reader.press("backspace") == screen


@pytest.mark.parametrize(
    ("plain", "late"), [(False, "7.5 % 2026-08 ◔ and M1"), (True, "7.5 % 2026-08 - and M1")]
)
async def test_a_newest_figure_in_a_text_says_that_a_newer_one_is_out(
    reading: Open, plain: bool, late: str
) -> None:
    async with reading(size=(120, 40), ascii=plain) as reader:
        screen = await reader.press("2")
        assert late in screen
        assert "7.78 pp 2023 ◔" not in screen


async def test_only_a_figure_that_follows_the_newest_one_is_marked_as_stale(reading: Open) -> None:
    text = (
        "---\nkind: briefing\nid: mine\ntitle: Mine\ndate: 2099-01-01\n---\n# Bottom line\n\n"
        "Newest {{ cn.m2_yoy }} end.\n\nQuarter {{ mean(cn.m2_yoy, 2024Q1) }} end.\n\n"
        "Year {{ mean(cn.m2_yoy, 2023) }} end.\n"
    )
    async with reading({"mine.md": text}) as reader:
        rows = (await reader.screen()).split("\n")
        marked = {
            word: "◔ end." in row for row in rows for word in ("Newest", "Quarter", "Year") if word in row
        }
        assert marked == {"Newest": True, "Quarter": False, "Year": False}
