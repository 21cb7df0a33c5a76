"""Recording what became of a prediction, on the screen."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Open

DUE = """---
id: own
kind: briefing
title: Own
date: 2099-01-01
---

```prediction
id: q1
title: money slows 放缓
says: Money will grow by less than five per cent
by: Someone 某人
made: 2025-01
window: ..2025-12-31
resolves: the bank
```
"""


async def test_an_outcome_is_typed_shown_and_taken_back(reading: Open) -> None:
    async with reading({"own.md": DUE}, size=(120, 40)) as reader:
        assert "2025-12-31" in await reader.press("p")
        assert "⊡ Q1  money slows 放缓  overdue " in await reader.screen()
        assert "true, false or void" in await reader.press("x")
        await reader.press(*"false 2026-01-20 https://example.org/x 7 %", "enter")
        screen = await reader.screen()
        assert "⊟ Q1" in screen
        assert "overdue" not in screen
        assert "Recorded: Q1 false since 2026-01-20. U takes it back." in screen
        card = await reader.press("enter")
        assert "false, on 2026-01-20, https://example.org/x, 7 %" in card
        assert "U takes back: Q1 false since 2026-01-20." in await reader.press("backspace", "U")
        undone = await reader.press("U")
        assert "overdue" in undone
        assert "Taken back" in undone
        assert "Nothing to take back here." in await reader.press("U")


async def test_the_focus_stays_with_a_prediction_that_moves_down_the_list(reading: Open) -> None:
    later = DUE.replace("id: own", "id: later").replace("q1", "q2").replace("money slows", "money grows")
    async with reading({"own.md": DUE, "later.md": later}, size=(120, 40)) as reader:
        await reader.press("p", "A")
        first = reader.focused()
        assert first.startswith("Q")
        await reader.press("x", *"false 2026-01-20", "enter")
        assert reader.focused() == first
        assert "⊟" in next(row for row in (await reader.screen()).split("\n") if "▸" in row)
        await reader.press("U")
        assert reader.focused() == first


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("tru 2026-01-20", "nearest: true"),
        ("", "expected true, false or void"),
        ("true", "a date is missing"),
        ("true 2026-13", "2026-13"),
        ("true 2024-12-31", "it was made 2025-01, after 2024-12-31"),
    ],
)
async def test_what_is_mistyped_is_told_and_nothing_is_kept(reading: Open, answer: str, words: str) -> None:
    async with reading({"own.md": DUE}, size=(120, 40)) as reader:
        await reader.press("p", "x", *answer, "enter")
        screen = await reader.screen()
        assert "Not recorded: " in screen
        assert words in screen
        assert "overdue" in screen
        assert screen.split("\n")[-2].endswith(f": {answer}".rstrip())
        await reader.press("ctrl+u", *"true 2026-01-20", "enter")
        assert "Recorded: " in await reader.screen()


async def test_nothing_is_recorded_that_was_not_typed(reading: Open) -> None:
    async with reading({"own.md": DUE}, size=(60, 16)) as reader:
        await reader.press("p", "x", "enter")
        assert "Not recorded: expected true, false or void" in await reader.screen()


async def test_leaving_the_field_records_nothing(reading: Open) -> None:
    async with reading({"own.md": DUE}, size=(80, 24)) as reader:
        before = await reader.press("p")
        assert await reader.press("x", "escape") == before


async def test_what_cannot_come_true_is_refused(reading: Open) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "No prediction here" in await reader.press("x")
        await reader.press("p")
        while "P4" not in reader.focused():
            await reader.press("j")
        assert "P4 is void at birth: closed 2025-12-31, made 2026-04." in await reader.press("x")


async def test_what_is_overdue_stands_first_on_the_overview(reading: Open) -> None:
    later = DUE.split("```prediction")[1].replace("id: q1", "id: q0").replace("..2025-12-31", "..2199-12-31")
    head, _ = DUE.split("```prediction")
    text = f"{head}```prediction{later}\n```prediction{DUE.split('```prediction')[1]}"
    async with reading({"own.md": text}, size=(120, 40)) as reader:
        screen = await reader.screen()
        side = screen[screen.index("Predictions") :]
        assert side.index("Q1") < side.index("Q0")


OPEN = DUE.replace("..2025-12-31", "..2199-12-31").replace("resolves:", "wording: will\nresolves:")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_probability_is_typed_into_the_same_field_and_taken_back(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading({"own.md": OPEN}, size=size) as reader:
        before = await reader.press("p")
        assert "yours" in before
        await reader.press("x", *"0.3 放缓 [/] is slow", "enter")
        screen = await reader.screen()
        assert "30 %" in screen
        assert "Recorded: Q1 30 %, by you. U takes it back." in screen
        await reader.press("x", *"45 %", "enter")
        card = await reader.press("enter")
        assert card.index("45 %, on ") < card.index("30 %, on ")
        assert "放缓 [/] is slow" in card
        assert "45 %, on" not in await reader.press("U", "U")
        assert "U takes back: Q1 30 %, by you." in await reader.screen()
        assert "30 %" in await reader.press("backspace")
        assert "Taken back: Q1 30 %, by you." in await reader.press("U", "U")
        assert _rows(await reader.press("j", "k")) == _rows(before)


def _rows(screen: str) -> list[str]:
    """The rows of the page, whichever is chosen, without what the last key had said below it."""
    rows = screen.replace("▸", " ").split("\n")
    return rows[:-2] + rows[-1:]


async def test_a_card_says_that_none_was_entered_and_how_that_is_done(reading: Open) -> None:
    async with reading({"own.md": OPEN}, size=(80, 24)) as reader:
        card = await reader.press("p", "enter")
        assert "Yours" in card
        assert "none yet, enter it with x" in card
        assert "Recorded: Q1 100 %, by you." in await reader.press("x", "1", "enter")


async def test_the_word_of_an_author_is_read_as_the_reader_says(reading: Open) -> None:
    async with reading({"own.md": OPEN}, size=(120, 40)) as reader:
        card = await reader.press("p", "enter")
        assert '"will" stands for no band' in card
        await reader.press("x", *"Will 85 %", "enter")
        screen = await reader.screen()
        assert 'Recorded: "will" is read as 85 %.' in screen
        assert '85 %, read by you from "will"' in screen
        board = await reader.press("backspace")
        assert "85 % read by" in board
        assert "read by" not in await reader.press("U", "U")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("30", '"30" is no probability'),
        (".3", '".3" is no probability'),
        ("0.3", "its window closed on 2025-12-31; a forecast counts until then"),
        ("2026-01-20", "is no probability"),
    ],
)
async def test_a_probability_that_never_counts_is_not_kept(reading: Open, answer: str, words: str) -> None:
    async with reading({"own.md": DUE}, size=(120, 40)) as reader:
        await reader.press("p", "x", *answer, "enter")
        screen = await reader.screen()
        assert "Not recorded: " in screen
        assert words in screen
        assert not (reader.shell.desk.library.places.library / "forecasts.yaml").exists()


TESTED = DUE.replace("resolves:", "test: value(cn.m2_yoy, 2025-12) < 5\nresolves:")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_its_test_proposes_is_told_and_confirmed_with_enter(
    reading: Open, size: tuple[int, int]
) -> None:
    async with reading({"own.md": TESTED}, size=size) as reader:
        assert "its test proposes false (8.5 > 5 %); x" in await reader.press("p")
        assert "its test proposes false (8.5 > 5 %)" in await reader.press("enter")
        assert "Q1: false 2026-01-15 by its test: 8.5 > 5 %" in await reader.press("x")
        screen = await reader.press("enter")
        assert "Recorded: Q1 false since 2026-01-15." in screen
        assert "false: by its test: 8.5 > 5 %" in screen
        assert "proposes" not in screen
        assert "proposes" in await reader.press("U")


@pytest.mark.parametrize(
    ("window", "test", "words"),
    [
        ("..2025-12-31", "value(cn.m2_yoy, 2025-12) < 5", "2025-12: 8.5 8.5 < 5 does not hold, by 3.5"),
        ("..2099-12-31", "value(cn.m2_yoy, 2099-12) < 5", "Why data ends 2026-08; the claim runs to 2099-12"),
    ],
)
async def test_the_card_shows_the_arithmetic_of_its_test(
    reading: Open, window: str, test: str, words: str
) -> None:
    text = DUE.replace("window: ..2025-12-31", f"window: {window}\ntest: {test}")
    async with reading({"own.md": text}, size=(120, 40)) as reader:
        await reader.press("p")
        card = (await reader.press("enter")).replace("╎", " ")
        assert words in " ".join(card.split())


async def test_what_is_typed_replaces_what_was_proposed(reading: Open) -> None:
    async with reading({"own.md": TESTED}, size=(80, 24)) as reader:
        await reader.press("p", "x", *"void 2026-02-01 redefined", "enter")
        assert "Recorded: Q1 void since 2026-02-01." in await reader.screen()


async def test_nothing_is_proposed_before_the_window_has_closed(reading: Open) -> None:
    text = TESTED.replace("..2025-12-31", "..2199-12-31")
    async with reading({"own.md": text}, size=(80, 24)) as reader:
        assert "proposes" not in await reader.press("p")
        assert "or how likely: 30 %" in await reader.press("x")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_wrong_in_the_file_of_outcomes_is_said_where_they_are_missed(
    reading: Open, size: tuple[int, int]
) -> None:
    own = "- id: china-legal-shield#p1\n  outcome: true\n  on: 2026-09-01\n- 芯片\n"
    async with reading({"resolutions.yaml": own}, size=size) as reader:
        reader.app.look_at_open_file()
        await reader.screen()
        assert "resolutions.yaml:4: expected " in reader.shell.message.text
        assert "⊞ P1" in await reader.press("p")
        assert "resolutions.yaml:4: expected " in " ".join((await reader.press("l", "G")).split())
