"""SIGKILL in the middle of a refresh, again and again."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from cache.evidence import Evidence
from cache.vintages import Vintages
from sources.model import Period
from sources.network.http import Client
from sources.network.terms import Network
from sources.refreshing.attempts import Attempts
from sources.refreshing.clocks import states
from sources.refreshing.planning import Means, plan
from sources.refreshing.refresh import Tools, run
from tests.loopback import Loopback, Reply
from tests.refreshing import GROWTH, NOW, provider, reply

ROOT = Path(__file__).parents[3]
MONTHS = [Period.parse("1996-01").shifted(number) for number in range(360)]


def version(number: int) -> Reply:
    """An answer of which every value carries the number of its version."""
    return reply("\n".join(f"growth,{month},{number}" for month in MONTHS))


def endless(server_port: int, folder: Path) -> None:
    """What the program that is killed does: one refresh after the other, a line after each."""
    server = Loopback()
    server.port = server_port  # only its URLs are used here
    vintages, attempts = Vintages.open(folder), Attempts.open(folder)

    async def walk() -> None:
        async with Client(Network(allowed=frozenset({"127.0.0.1"}))) as client:
            tools = Tools(client, vintages, attempts, None, Evidence.open(folder))
            means = Means({"bank": provider(server)}.__getitem__)
            for _ in range(1000):
                wanted = plan([GROWTH], states([GROWTH], vintages, {}), NOW, means, ["cn.growth"])
                async for _event in run(wanted, tools):
                    pass
                print("done", flush=True)  # noqa: T201

    asyncio.run(walk())


@pytest.mark.parametrize("seed", range(5))
def test_a_kill_at_any_moment_leaves_each_series_whole(server: Loopback, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    server.answer("GET", "/bank", *(version(number) for number in range(1000)))
    code = f"from {__name__} import *; endless({server.port}, Path({str(tmp_path)!r}))"
    child = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert child.stdout
    for _ in range(chance.randint(1, 6)):
        assert child.stdout.readline() == b"done\n"
    moment_of_death = time.monotonic() + chance.random() * 0.02
    while time.monotonic() < moment_of_death:
        pass
    child.kill()
    child.communicate()
    with closing(Vintages.open(tmp_path)) as vintages:
        assert vintages.notes == ()
        packed = vintages.read_packed("cn.growth")
        assert len(packed.days) == len(MONTHS)
        assert len(set(packed.values)) == 1
        assert {row.value for row in vintages.read("cn.growth")} == set(packed.values)
