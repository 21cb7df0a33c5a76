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
        assert "due since 2025-12-31" in await reader.press("p")
        assert "true, false or void" in await reader.press("x")
        await reader.press(*"false 2026-01-20 https://example.org/x 7 %", "enter")
        screen = await reader.screen()
        assert "⊟ Q1" in screen
        assert "false: 7 %" in screen
        assert "Recorded: Q1 false since 2026-01-20. U takes it back." in screen
        card = await reader.press("enter")
        assert "false, on 2026-01-20, https://example.org/x, 7 %" in card
        undone = await reader.press("backspace", "U")
        assert "due since 2025-12-31" in undone
        assert "Taken back" in undone
        assert "Nothing to take back here." in await reader.press("U")


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
        assert "due since 2025-12-31" in screen


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
