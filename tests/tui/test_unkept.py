"""A home in which nothing can be written: what is read there is the same, only not kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import get_ident

import pytest

from briefings.desk import Library, open_desk
from briefings.ledger.verdicts import Verdict, judge
from cache.paths import places
from tests.tui.conftest import TODAY, Reader
from tui.app import BriefingApp
from tui.settings.settings import Settings

OWN = """---
kind: briefing
title: 芯片出口管制
date: 2026-11-27
---
# 要点 {#bottom-line}

[[huawei|华为]] 依赖。

```claim
id: x1
says: M2增速超过六
test: mean(cn.m2_yoy, 2025) > 6
```
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Plain files stand where our folders would be made."""
    home = tmp_path / "home"
    (home / "library").mkdir(parents=True)
    for name in ("cache", "store", "state"):
        (home / name).write_text("")
    return home


@asynccontextmanager
async def opened(home: Path, size: tuple[int, int]) -> AsyncIterator[Reader]:
    """The app as `briefing` starts it."""
    where = places({"BRIEFING_HOME": str(home), "HOME": str(home)})
    desk = open_desk(Library(where, today=TODAY), compare=False)
    app = BriefingApp(Settings(where), desk)
    async with app.run_test(size=size) as pilot:
        yield Reader(app, pilot)
    desk.close()


async def when_seen(reader: Reader, words: str) -> str:
    """The screen once it shows some words: what goes on beside it begins after the first frame."""
    for _ in range(3_000):
        if words in (screen := await reader.settled()):
            return screen
    raise AssertionError(f"{words!r} never came:\n{await reader.screen()}")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_readers_own_documents_and_all_verdicts_show_where_nothing_can_be_kept(
    home: Path, size: tuple[int, int]
) -> None:
    (home / "library" / "我的.md").write_text(OWN, encoding="utf-8")
    async with opened(home, size) as reader:
        await reader.press("l")
        assert "芯片出口管制" in await when_seen(reader, "芯片出口管制")
        assert "✗ contradicted   says 4.8 pp, measured 7.78 pp" in await reader.press(
            "colon", *"c10", "enter"
        )
        assert "✓ supported" in await reader.press("colon", *"x1", "enter")
        assert "Look twice" in await reader.press("0", "slash", *"Look twice", "enter")


async def test_a_file_that_changes_shows_anew_where_nothing_can_be_kept(home: Path) -> None:
    own = home / "library" / "own.md"
    own.write_text(OWN, encoding="utf-8")
    async with opened(home, (80, 24)) as reader:
        await reader.press("l")
        await when_seen(reader, "芯片出口管制")
        own.write_text(OWN.replace("芯片出口管制", "Chips, again"), encoding="utf-8")
        reader.app.compare()
        assert "芯片出口管制" not in await when_seen(reader, "Chips, again")
        own.unlink()
        (home / "library" / "other.md").write_text("# Another\n", encoding="utf-8")
        reader.app.compare()
        assert "Chips, again" not in await when_seen(reader, "Another")


async def test_no_list_of_claims_waits_for_one_to_be_judged_where_nothing_can_be_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, judging = get_ident(), set[int]()

    def noted(*arguments: object, **options: object) -> Verdict:
        judging.add(get_ident())
        return judge(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("briefings.ledger.ledger.judge", noted)
    (home / "library" / "own.md").write_text(OWN, encoding="utf-8")
    async with opened(home, (120, 40)) as reader:
        await when_seen(reader, "Wrong or doubtful")
        assert "芯片出口管制" in await reader.press("l")
        assert "M2增速超过六" in await reader.press("c", "A", "G")
    assert judging
    assert drawing not in judging


async def test_a_claim_that_is_judged_otherwise_is_told_where_nothing_can_be_kept(home: Path) -> None:
    own = home / "library" / "own.md"
    own.write_text(OWN, encoding="utf-8")
    async with opened(home, (80, 24)) as reader:
        await when_seen(reader, "C08B ✗")
        assert "✓ supported" in await reader.press("colon", *"x1", "enter")
        own.write_text(OWN.replace("> 6", "> 60"), encoding="utf-8")
        reader.app.compare()
        assert "1 verdict changed" in await when_seen(reader, "✗ contradicted")
        reader.app.compare()
        assert "verdict" not in (await reader.press("0")).splitlines()[-2]
        await reader.settled()
        assert "verdict changed" not in await reader.screen()


async def test_what_is_wrong_is_read_before_the_path_ends_where_both_have_no_room(tmp_path: Path) -> None:
    home = tmp_path / "政策" / "x" / "y" / "z" / ("long" * 6)
    home.mkdir(parents=True)
    (home / "store").write_text("")
    async with opened(home, (80, 24)) as reader:
        row = (await when_seen(reader, "shows all")).split("\n")[-2]
        assert f"/.../{'long' * 6}/store is a file" in row
        whole = (await reader.press("question_mark")).replace("\n", "").replace(" ", "")
        assert f"{home}/storeisafilewhereafolderwasexpected" in whole


async def test_a_file_that_changed_shows_where_the_index_of_before_can_only_be_read(tmp_path: Path) -> None:
    home = tmp_path / "read"
    library = Library(places({"BRIEFING_HOME": str(home), "HOME": str(home)}), today=TODAY)
    open_desk(library).close()
    elsewhere = library.index_path().rename(tmp_path / "index.db")
    library.index_path().symlink_to(elsewhere)  # which nothing is written to
    before = elsewhere.read_bytes()
    (home / "library").mkdir(exist_ok=True)
    (home / "library" / "own.md").write_text(OWN, encoding="utf-8")
    async with opened(home, (80, 24)) as reader:
        await reader.press("l")
        assert "芯片出口管制" in await when_seen(reader, "芯片出口管制")
    assert elsewhere.read_bytes() == before
