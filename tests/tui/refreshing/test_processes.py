"""Refreshes in processes of their own, over one store: killed at any moment, and two at once."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from sources.model import Period
from sources.refreshing.progress import Done
from tests.loopback import Reply, Seen
from tests.refreshed import NOW, World
from tests.refreshing import no_wait
from tui.refreshing.work import Work
from tui.settings import settings

KILLS = 50
LONGEST = 0.15
"""Seconds; most refreshes here are over by then."""

MONTHS = [Period.parse("2024-11").shifted(number) for number in range(24)]
FIGURES = {"cn.cpi_yoy": ("CPI", "NATIONAL_SAME"), "cn.ppi_yoy": ("PPI", "BASE_SAME")}
"""And the report and the column that each is read from."""

Environment = dict[str, str]


class Versions(World):
    """A world in which every value of an answer is that of its version, which the test turns."""

    version = 1.0

    def _reply(self, request: Seen) -> Reply:
        report = dict(request.query).get("reportName", "").removeprefix("RPT_ECONOMY_")
        columns = [column for name, column in FIGURES.values() if name == report]
        if not columns:
            return super()._reply(request)
        rows = [_row(month, columns[0], self.version) for month in reversed(MONTHS)]
        whole = {"success": True, "code": 0, "result": {"pages": 1, "data": rows}}
        return Reply(json.dumps(whole).encode(), headers={"ETag": f'"{self.version}"'})


def _row(month: Period, column: str, value: float) -> dict[str, object]:
    return {"REPORT_DATE": f"{month.first} 00:00:00", column: value}


@pytest.fixture
def world() -> Iterator[Versions]:
    with Versions() as world:
        yield world


def refresh(environment: Environment, names: tuple[str, ...] | None) -> Done:
    """One whole refresh."""

    async def walk() -> Done:
        with Work(settings.load(environment), environment, clock=lambda: NOW, sleep=no_wait) as work:
            events = [event async for event in work.refresh(work.plan(names))]
            assert isinstance(events[-1], Done)
            return events[-1]

    return asyncio.run(walk())


def started(environment: Environment, names: tuple[str, ...] | None) -> ForkServerProcess:
    """A refresh in a process of its own, which need not import anything first."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["httpx", "tests.tui.refreshing.test_processes"])
    process = context.Process(target=refresh, args=(environment, names))
    process.start()
    return process


def test_a_kill_at_any_moment_leaves_each_series_whole(world: Versions, tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311
    environment = world.environment(tmp_path / "killed")
    shipped = values(world.environment(tmp_path / "shipped"))
    for number in range(KILLS):
        world.version = 1.0 + number % 2
        process = started(environment, tuple(FIGURES))
        process.join(chance.random() * LONGEST)
        process.kill()
        process.join()
        held = values(environment)
        for name in FIGURES:
            whole = held[name] == shipped[name] or len(held[name]) == len(MONTHS) * len(set(held[name]))
            assert whole, f"kill {number}: {name} is of several versions"
    world.version = 3.0
    assert refresh(environment, tuple(FIGURES)).failed == ()
    assert values(environment) == {name: [3.0] * len(MONTHS) for name in FIGURES}
    left = [path.name for path in tmp_path.rglob("*") if "tmp" in path.suffix or "aside" in path.name]
    assert left == []


def values(environment: Environment) -> dict[str, list[float]]:
    """What the store holds of the months that the world tells of, once it opens without a word."""
    with Work(settings.load(environment), environment, clock=lambda: NOW) as work:
        assert work.notes == ()
        days = {month.first.toordinal() for month in MONTHS}
        return {name: [row.value for row in work.vintages.read(name) if row.day in days] for name in FIGURES}


def test_two_at_once_end_well_and_store_nothing_twice(world: Versions, tmp_path: Path) -> None:
    environment = world.environment(tmp_path)
    processes = [started(environment, None) for _ in range(2)]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    with Work(settings.load(environment), environment, clock=lambda: NOW) as work:
        assert work.notes == ()
        for held in work.vintages.series():
            told = [(row.definition, row.day, row.value) for row in work.vintages.read_all(held.series)]
            assert len(told) == len(set(told)), held.series
    assert refresh(environment, None).summary == "0 new, 0 revised."
