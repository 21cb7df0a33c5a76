"""Claims that nobody judged yet, and verdicts that were damaged: both are judged beside reading."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefings.desk import Library, open_desk
from cache.paths import places
from tests.tui.conftest import TODAY, Open, Reader
from tui.app import BriefingApp
from tui.settings.settings import Settings


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_after_a_first_start_claims_are_judged_without_a_key(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    where = places({"BRIEFING_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)})
    desk = open_desk(Library(where, today=TODAY), compare=False)
    app = BriefingApp(Settings(where), desk)
    async with app.run_test(size=size) as pilot:
        reader = Reader(app, pilot)
        for _ in range(3_000):  # the comparison begins after the first frame
            await reader.settled()
            if desk.verdicts():
                break
        assert len(desk.verdicts()) > 40
        screen = await reader.press("G")
        assert "not judged yet" not in screen
        assert "Wrong or doubtful" in await reader.press("slash", *"Wrong or doubtful", "enter")
    desk.close()


async def test_a_verdict_of_another_word_is_never_shown_and_judged_anew_beside_reading(
    reading: Open, tmp_path: Path
) -> None:
    async with reading(size=(120, 40)) as reader:
        assert "✗ contradicted" in await reader.press("colon", *"c10", "enter")
    with closing(sqlite3.connect(tmp_path / "home" / "store" / "verdicts.db")) as file, file:
        assert file.execute("UPDATE claims SET word = 'supported' WHERE id LIKE '%#c10'").rowcount == 1
    async with reading(size=(120, 40)) as reader:
        await reader.settled()
        assert "✗ contradicted" in await reader.press("colon", *"c10", "enter")
        assert "✓ supported" not in await reader.screen()
