"""What holds and what does not, on the screen: overview, ledger, card of a claim, scoreboard."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from briefings.desk import Desk, Library
from briefings.ledger import judged
from briefings.ledger.ledger import Ledger
from cache.rows import Batch, ProvenanceRow, Row
from cache.vintages import Vintages
from sources.model import Period
from sources.observed import end_of_day
from tests.tui.conftest import Open
from tui.screens.shell import Shell

HEAD = """---
id: own
kind: briefing
title: Own 自己的
date: 2099-01-01
---

## Growth {#growth topic=monetary-stability}

"""
CLAIM = """```claim
id: k1
title: money grew 货币
says: Money grew by more than five per cent
where: page 3
test: {}
```
"""
OWN = HEAD + CLAIM.format("value(cn.m2_yoy, 2026-08) > 5")


async def test_the_first_screen_names_what_is_wrong_and_counts_by_verdict(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = await reader.screen()
        assert "C10  gap in 2023, pp ✗   4.8, is 7.78" in screen
        assert "Tested on figures  ✗ 8   ✓ 5" in screen
        assert "Judged on texts  ✗ 6   / 8   ✓ 5   ? 11" in screen


async def test_where_no_verdict_can_be_kept_all_are_worked_out(
    reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(size=(120, 40)) as reader:
        monkeypatch.setattr(Ledger, "kept", False)
        monkeypatch.setattr(judged, "FILE", "none.db")
        desk = reader.app.desk
        desk._judged = judged.Judged(desk.library.places.store, desk.library.shelf)
        desk.forget()
        reader.shell.rebuild()
        assert "Tested on figures" not in await reader.screen()
        reader.app.compare()
        screen = await reader.settled()
        assert "C10  gap in 2023, pp ✗   4.8, is 7.78" in screen
        assert "Tested on figures  ✗ 8   ✓ 5" in screen
        assert "Judged on texts  ✗ 6   / 8   ✓ 5   ? 11" in screen


async def test_glyphs_stand_after_the_claims_that_a_text_names(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = await reader.screen()
        assert "(C38 ✗j)" in screen
        assert "(P4 ⊠)" in screen
        assert "(P1 ▢)" in screen


async def test_a_figure_that_a_claim_is_about_has_the_verdict_beside_it(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "7.78 pp 2023 ✗ (C10)" in await reader.screen()
        money = await reader.press("2")
        assert "5.83 pp 2024Q1 ✗" in money
        assert "gap stood at 3.4 pp 2026-08 ◔." in " ".join(money.split())  # which no claim is about


async def test_an_overview_without_text_of_its_own_says_which_tabs_have_it(reading: Open) -> None:
    async with reading({"own.md": OWN}, size=(80, 24)) as reader:
        assert "All of its text is in 2 Monetary stability." in await reader.screen()
    async with reading({"own.md": HEAD.split("##")[0]}, size=(80, 24)) as reader:
        assert "This briefing has no text yet." in await reader.screen()


IN_PROSE = "It grew {{ mean( cn.m2_yoy,2023 ) }}, and {{ last(cn.m2_yoy) }} at the end.\n\n"


@pytest.mark.parametrize(("least", "shown"), [("2", "% 2023 ✓, and"), ("90", "% 2023, and")])
async def test_claims_that_do_not_agree_leave_their_figure_without_a_verdict(
    reading: Open, least: str, shown: str
) -> None:
    claims = CLAIM.format("mean(cn.m2_yoy, 2023) > 1"), CLAIM.format(f"mean(cn.m2_yoy, 2023) > {least}")
    text = HEAD + IN_PROSE + claims[0] + claims[1].replace("k1", "k2")
    async with reading({"own.md": text}, size=(120, 40)) as reader:
        assert shown in " ".join((await reader.press("2")).split())


@pytest.mark.parametrize(("name", "stated", "found"), [("C10", "4.8", "7.78"), ("C11", "4.6", "5.83")])
async def test_the_gap_claims_are_contradicted_with_their_arithmetic(
    reading: Open, name: str, stated: str, found: str
) -> None:
    async with reading(size=(120, 40)) as reader:
        ledger = (await reader.press("c")).split("\n")
        row = next(line for line in ledger if f"{name}  " in line)
        assert row.index(stated) < row.index(found)
        assert row.split()[0].strip("▸") == "✗"
        assert row.endswith("contradicted")
        while name not in reader.focused():
            await reader.press("j")
        card = await reader.press("enter")
        assert f"✗ contradicted   says {stated} pp, measured {found} pp" in card
        assert f"shown {found}" in card
        assert f"~ {stated} +- 0.2" in card
        assert "M2 minus M1 growth" in card
        before = "\n".join(ledger)
        assert name in reader.shell.page.path[-1]
        await reader.press("backspace")
        assert name in reader.focused()
        assert before.split("\n")[3:6] == (await reader.screen()).split("\n")[3:6]


async def test_narrow_and_stable_are_judged_apart(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        rows = (await reader.press("c")).split("\n")
        assert any("✓  C08A  gap narrow for ten months" in row and "supported" in row for row in rows)
        assert any("✗  C08B  gap stable for ten months" in row and "contradicted" in row for row in rows)


async def test_claims_are_grouped_otherwise_and_back(reading: Open) -> None:
    async with reading() as reader:
        assert "Contradicted" in await reader.press("c")
        assert "Legal shield  " in (await reader.press("comma")).split("\n", 4)[4]
        assert "China: legal shield and" in (await reader.press("comma")).split("\n", 4)[4]
        assert "Contradicted" in await reader.press("comma")
        assert "Bottom line" in await reader.press("escape")


async def test_one_verdict_alone_is_shown_and_all_again(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        await reader.press("c", "G")
        while reader.focused() != "in part":
            await reader.press("k")
        only = await reader.press("enter")
        assert "Ledger of claims › in part" in only
        assert "C10" not in only
        assert "in part, judged" in only
        await reader.focus_on("all claims")
        assert "C10  gap in 2023" in await reader.press("enter")


async def test_a_prediction_that_was_void_at_birth_says_why(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        board = await reader.press("p")
        row = next(line for line in board.split("\n") if "P4" in line)
        assert "⊠ P4" in row
        assert "void at birth" in row
        assert re.search(r"AINews +0 of 5 +4 +none +none", board)
        while "P4" not in reader.focused():
            await reader.press("j")
        assert "⊠ void at birth: closed 2025-12-31, made 2026-04" in await reader.press("enter")


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 60)])
async def test_a_document_of_the_user_has_a_ledger_at_every_size(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading({"own.md": OWN}, size=size) as reader:
        screen = await reader.press("c")
        assert "K1  money grew 货币" in screen
        assert "✓  K1" in screen
        assert max(map(len, screen.split("\n"))) <= size[0]
        assert "says > 5 %, measured 7.5 %" in " ".join((await reader.press("enter")).split())


PREDICTION = """
```prediction
id: q1
title: rates 利率
says: Rates will fall
made: 2026-05
window: ..2026-12-31
resolves: the bank
```
"""


async def test_a_card_leads_to_the_lists_of_its_own_document(reading: Open) -> None:
    async with reading({"own.md": OWN.replace("2099", "2020") + PREDICTION}) as reader:
        assert "AINews" in await reader.press("p", "G")
        await reader.press("colon", *"q1", "enter")
        assert "Rates will fall" in await reader.screen()
        board = await reader.press("p")
        assert "Q1  rates 利率" in board
        assert "P1" not in board
        await reader.press("enter")
        assert "K1  money grew 货币" in await reader.press("c")
        assert "Own 自己的" in await reader.press("0")


async def test_a_card_in_a_document_that_is_no_briefing_leads_to_the_lists_of_all(reading: Open) -> None:
    text = OWN.replace("kind: briefing", "kind: note") + PREDICTION
    async with reading({"own.md": text}) as reader:
        await reader.press("colon", *"q1", "enter")
        board = await reader.press("p")
        assert "Q1  rates 利率" in board
        assert "P1  70 %" in board
        assert "China" in await reader.press("0")


async def test_in_ascii_marks_are_ascii(reading: Open) -> None:
    async with reading(size=(120, 40), ascii=True) as reader:
        assert "7.78 pp 2023 x (C10)" in await reader.screen()
        assert "x  C10" in await reader.press("c")
        assert "V P4" in await reader.press("p")


@pytest.mark.parametrize(
    "test",
    [
        "(" * 5_000,
        "mean(cn.m2_yoy",
        "last(no.such) > 1",
        "1 / 0 > 2",
        "\\u001b]0;x\\u0007 > 1",
        "9" * 9_000 + " > 1",
    ],
)
async def test_a_hostile_test_is_untestable_and_hides_nothing(reading: Open, test: str) -> None:
    written = HEAD + CLAIM.format(f'"{test}"') + OWN.removeprefix(HEAD).replace("id: k1", "id: k2")
    async with reading({"own.md": written}, size=(120, 40)) as reader:
        screen = await reader.press("c")
        assert "✓  K2" in screen


async def test_why_nothing_was_measured_is_said_once(reading: Open) -> None:
    own = HEAD + CLAIM.format("mean(cn.m1_yoy, 2023-06..2024-06) > 1")
    async with reading({"own.md": own}, size=(120, 40)) as reader:
        card = " ".join((await reader.press("c", "enter")).replace("╎", " ").split())
        assert re.search(r"≢ definition changed.*cn.m1_yoy changes definition between 2023-12", card)
        assert card.count("changes definition between") == 1


async def test_without_claims_that_is_said(reading: Open) -> None:
    async with reading({"own.md": HEAD + "Text.\n"}) as reader:
        assert "No claims here" in await reader.press("c")
        assert "No predictions here." in await reader.press("p")
        assert "contradicted" in await reader.press("c", "A")


async def test_another_vintage_flips_the_verdict_and_says_so(reading: Open, tmp_path: Path) -> None:
    async with reading({"own.md": OWN}, size=(120, 40)) as reader:
        assert "✓ supported  says > 5 %, measured 7.5 %" in await reader.press("2")
        _revise(reader.shell.desk.library, 4.5)
        reader.app.compare()
        screen = await reader.settled()
        assert "✗ contradicted  says > 5 %, measured 4.5 %" in screen
        assert "1 verdict changed: c shows them." in screen
        card = await reader.press("c", "enter")
        assert "says > 5 %, measured 4.5 %" in card
        assert "Shown" in card
        words = (
            r"supported from [-\d]+, contradicted since [-\d]+: cn.m2_yoy 2026-08 was revised from 7.5 to 4.5"
        )
        assert re.search(words, " ".join(card.replace("╎", " ").split()))


async def test_judging_many_documents_is_told_beside_reading(
    reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    tell = Shell.tell_state

    def telling(shell: Shell, subject: str, words: str) -> None:
        told.append(words)
        tell(shell, subject, words)

    monkeypatch.setattr(Shell, "tell_state", telling)
    async with reading({"own.md": OWN}, size=(120, 40)) as reader:
        own = reader.shell.desk.library.places.library
        for number in range(12):
            (own / f"n{number}.md").write_text(OWN.replace("id: own", f"id: n{number}"))
        reader.app.compare()
        assert "judging" not in await reader.settled()
    assert "judging 10 of 12" in told
    assert told[-1] == ""


async def test_a_past_day_says_where_what_was_shown_then_is_not_what_its_vintages_give(
    reading: Open,
) -> None:
    async with reading({"own.md": OWN}, size=(120, 40)) as reader:
        library = reader.shell.desk.library
        with closing(sqlite3.connect(library.places.store / "verdicts.db")) as history, history:
            history.execute("UPDATE shown SET moment = '2026-09-20T12:00:00+00:00', row_seal = NULL")
        _revise(library, 4.5, date(2026, 9, 18))  # which came to the store only later
        reader.app.compare()
        await reader.settled()
        await reader.press("at", *"2026-09-25", "enter", "c")
        while not reader.focused().startswith("K1"):
            await reader.press("j")
        card = " ".join((await reader.press("enter")).replace("╎", " ").split())
        assert "✗ contradicted says > 5 %, measured 4.5 %" in card
        assert "shown as supported since 2026-09-20; the vintages of 2026-09-25 give contradicted" in card


def _revise(library: Library, value: float, day: date = date(2026, 11, 1)) -> None:
    """Keep another value of M2 growth in August 2026, as seen on a day."""
    seen = end_of_day(day)
    with closing(Vintages.open(library.places.store)) as vintages:
        rows = [Row(Period.parse("2026-08").first.toordinal(), value, seen)]
        vintages.append(Batch("cn.m2_yoy", rows, ProvenanceRow("p", "cn.m2_yoy", digest="x")), seen)


def test_what_is_settled_is_not_judged_again(tmp_path: Path) -> None:
    from tests.tui.conftest import _places

    with closing(Desk(Library(_places(tmp_path)), date(2026, 9, 20))) as desk:
        desk.upkeep.update()
        assert desk.upkeep.settle().judged == 43 + 5
    with closing(Desk(Library(_places(tmp_path)), date(2026, 9, 20))) as again:
        assert again.upkeep.settle().judged == 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(("name", "label"), [("C38", "Where"), ("P1", "By")])
async def test_what_a_statement_is_about_stands_in_the_columns_of_its_other_lines(
    reading: Open, name: str, label: str, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        rows = (await reader.press("colon", *name, "enter")).split("\n")
        if not any(row.startswith("  About ") for row in rows):
            rows += (await reader.press("J")).split("\n")
        about = next(row for row in rows if row.startswith("  About "))
        other = next(row for row in rows if row.startswith(f"  {label} "))
        starts = {len(row) - len(row.lstrip().partition(" ")[2].lstrip()) for row in (about, other)}
        assert len(starts) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_claim_s_numbers_and_a_prediction_s_state_are_read_in_one_line(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        screens = await reader.screen()
        for _ in range(14):
            screens += await reader.press("J")
        assert "9.7, is 9.41" in screens
        assert "no resolver: no date, no threshold" in screens


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_card_tells_sections_of_one_title_apart_by_their_topic(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading(size=size) as reader:
        for name, topic in (("C10", "Monetary stability"), ("C38", "Key players")):
            await reader.press("colon", *name, "enter")
            screen = " ".join(
                line.rpartition("╎")[2].strip() for line in (await reader.press("G")).split("\n")
            )
            assert f"Stands in Claims of the article {topic} " in " ".join(screen.split())


async def test_a_title_that_stands_once_needs_no_other_one(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        screen = await reader.press("colon", *"P1", "enter")
        assert re.search(r"Predictions of the article *$", screen, re.MULTILINE)
