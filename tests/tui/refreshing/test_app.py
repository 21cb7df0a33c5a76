"""A refresh from within the app: real adapters and the real catalogue, led to a server on this machine."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.loopback import SECONDS, Reply, redirect, sign_in_page
from tests.refreshed import NOW, ON, World
from tests.refreshing import no_wait
from tests.tui.conftest import Open, Reader
from tui.refreshing import work

PATIENCE = 20.0


@pytest.fixture
def world() -> Iterator[World]:
    with World() as world:
        yield world


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """How much later than `NOW` it is; requests keep no distance."""
    later = [timedelta()]
    opened = partial(work.Work, clock=lambda: NOW + later[0], sleep=no_wait)
    monkeypatch.setattr(work, "Work", opened)
    return later


async def until(reader: Reader, pattern: str) -> str:
    """The screen as soon as it shows this."""
    async with asyncio.timeout(PATIENCE):
        while not re.search(pattern, screen := await reader.screen()):
            pass
    return screen


def message(screen: str) -> str:
    """The row of messages."""
    return screen.split("\n")[-2].strip()


async def asked(reader: Reader, key: str = "R") -> str:
    """What the row of messages says once a refresh is over."""
    await reader.press(key)
    return message(await reader.settled())


# ---------------------------------------------------------------------- what comes


async def test_what_came_is_summed_up_and_shown(world: World, reading: Open) -> None:
    async with reading(routes=world.routes, size=(120, 36)) as reader:
        before = await reader.press("2")
        assert re.search(r"M2 growth +7\.5 +% +2026-08", before)
        said = await asked(reader)
        assert re.match(r"M2 growth 2026-10 new and 1 before; .* \d+ more\.$", said)
        assert re.search(r"M2 growth +7\.2 +% +2026-10", await reader.screen())


async def test_with_a_key_a_provider_tells_what_it_published_when(
    world: World, reading: Open, clock: list[timedelta], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(routes=world.routes, size=(120, 36)) as reader:
        await reader.press(":", *"us.fed_funds", "enter")
        await asked(reader, "r")
        assert "3.60 %   2026-10" in await reader.screen()
        told = " ".join((await reader.press("v")).split())
        assert "1 value of 1 period, none revised that was seen" in told
        assert "With a key its provider tells what it published when; its card among the sources says" in told
        assert "Key not needed; BRIEFING_FRED in the environment" in " ".join(
            (await reader.press("S", "/", *"FRED", "enter", "escape", "enter")).split()
        )
        monkeypatch.setenv("BRIEFING_FRED", "0123456789abcdef0123456789abcdef")
        clock[0] = timedelta(days=1)
        await reader.press("backspace", "backspace")
        await asked(reader, "r")
        screen = await reader.screen()
        assert "Revised: first print and latest" in screen
        assert re.search(r"2026-09 +3\.64 +2026-10-0\d +3\.65 +2026-10-1\d +\+0\.01", screen)
        assert "With a key" not in screen
        await reader.press("backspace")
        assert "3.64 %   2026-09" in await reader.press("@", *"2026-10-05", "enter")


async def test_who_comes_back_to_a_page_after_it_sees_the_figures_of_now(world: World, reading: Open) -> None:
    async with reading(routes=world.routes, size=(120, 36)) as reader:
        assert re.search(r"M2 growth +7\.5 +% +2026-08", await reader.press("2"))
        await reader.press("3")
        await asked(reader)
        assert re.search(r"M2 growth +7\.2 +% +2026-10", await reader.press("backspace"))


async def test_a_figure_that_changed_is_bold_until_the_next_key(world: World, reading: Open) -> None:
    async with reading(routes=world.routes, size=(120, 36)) as reader:
        await reader.press("2")
        assert bold(reader, "M2 growth") == []
        await asked(reader)
        assert bold(reader, "M2 growth")[0] == "7.2"
        assert bold(reader, "M2 minus M1 growth")[0] == "2.8"
        await reader.press("j")
        assert bold(reader, "M2 growth") == []
        assert re.search(r"M2 growth +7\.2 +% +2026-10", await reader.screen())
        await asked(reader)
        assert bold(reader, "M2 growth") == []


def bold(reader: Reader, name: str) -> list[str]:
    """The bold words in the row of this name."""
    for strip in reader.app.screen._compositor.render_strips():
        if strip.text.strip(" ▸◉◔◕⊗◌").startswith(name):
            return [each.text.strip() for each in strip if each.style and each.style.bold]
    return []


async def test_how_far_it_is_stands_in_the_first_row(world: World, reading: Open) -> None:
    world.fail(Reply(fault="hang"), "github")
    async with reading(routes=world.routes) as reader:
        await reader.press("R")
        screen = await until(reader, rf"asking {len(ON) - 1} of {len(ON)}")
        assert "asking" in screen.split("\n")[0]
        assert "asking" in await reader.press("S")
        await reader.press("escape")
        await reader.settled()


async def test_a_second_refresh_brings_no_body(world: World, reading: Open, clock: list[timedelta]) -> None:
    async with reading(routes=world.routes) as reader:
        await reader.press("2")
        await asked(reader, "r")
        await asked(reader)
        world.bodies.clear()
        clock[0] = timedelta(hours=13)
        count = len(world.seen)
        assert await asked(reader, "r") == "Nothing changed."
        assert len(world.seen) > count
        assert world.bodies == []


async def test_who_was_asked_a_moment_ago_is_left_alone(world: World, reading: Open) -> None:
    async with reading(routes=world.routes, size=(120, 36)) as reader:
        await asked(reader)
        await reader.press("S")
        await reader.focus_on("GitHub")
        count = len(world.seen)
        assert await asked(reader, "r") == "GitHub was asked a short while ago."
        assert len(world.seen) == count


async def test_keys_pressed_at_once_ask_nothing_twice(world: World, reading: Open) -> None:
    world.open.clear()
    async with reading(routes=world.routes) as reader:
        await reader.press("2", "R", "r", "r")
        world.open.set()
        await reader.settled()
        requests = [(seen.method, seen.path, seen.query) for seen in world.seen]
        assert len(requests) == len(set(requests))
        assert set(world.bodies) == set(ON)


# ---------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(status=429, headers={"Retry-After": "600"}), r"asks us to wait \(429\)"),
        (Reply(status=503), r"has trouble of its own \(503\)"),
        (sign_in_page(), "cannot be read|expected"),
        (Reply(b"half of it", fault="cut"), "cut off its answer"),
    ],
)
async def test_a_failing_provider_costs_itself_only(
    world: World, reading: Open, reply: Reply, words: str
) -> None:
    world.fail(reply, "eastmoney")
    async with reading(routes=world.routes, size=(120, 36)) as reader:
        said = await asked(reader)
        assert re.match(r"1 source failed: S says why\. .* new", said)
        assert re.search(r"M2 growth +7\.5 +% +2026-08", await reader.press("2"))
        await reader.press("S")
        await reader.focus_on("Eastmoney")
        assert re.search(words, await reader.press("enter"))


@pytest.mark.parametrize("page", [sign_in_page(), redirect("http://login/")])
async def test_a_portal_is_one_sentence_and_nothing_is_stored(
    world: World, reading: Open, page: Reply
) -> None:
    world.fail(page)
    async with reading(routes=world.routes) as reader:
        assert await asked(reader) == "The network wants a sign-in. Nothing was stored."
        assert re.search(r"M2 growth +7\.5 +% +2026-08", await reader.press("2"))


async def test_no_network_is_one_calm_line(reading: Open, world: World) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # and never listens: whoever connects is refused
        nobody = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        async with reading(routes=dict.fromkeys(world.routes, nobody), size=(100, 24)) as reader:
            said = await asked(reader)
    assert said == (f"No source answered. 0 of {len(ON)} sources reached. Kept figures stand. R tries again.")


async def test_figures_that_cannot_be_kept_are_told(world: World, reading: Open, tmp_path: Path) -> None:
    async with reading(routes=world.routes, size=(120, 36)) as reader:
        store = reader.app.settings.places.store
        shutil.rmtree(store)
        store.write_text("in the way")
        await reader.press("2")
        said = await asked(reader)
        assert said.startswith("Not saved. figures: ")
        assert re.search(r"M2 growth +7\.5 +% +2026-08", await reader.screen())


async def test_offline_asks_nobody(world: World, reading: Open) -> None:
    async with reading(routes=world.routes, offline=True) as reader:
        assert "offline" in (await reader.screen()).split("\n")[0]
        assert await asked(reader) == "Started with --offline. Refresh is off."
        assert world.seen == []


# ---------------------------------------------------------------------- stopping


async def test_escape_on_the_sources_stops_and_keeps_what_came(world: World, reading: Open) -> None:
    world.fail(Reply(fault="hang"), "github", "bis")
    async with reading(routes=world.routes, size=(120, 36)) as reader:
        await reader.press("R")
        await until(reader, rf"asking {len(ON) - 2} of {len(ON)}")
        assert "Eastmoney" in await reader.press("R")
        async with asyncio.timeout(SECONDS / 2):  # the hanging answers last longer
            await reader.press("escape")
            said = message(await reader.settled())
        assert re.match(r"Stopped\. .* new", said)
        assert re.search(r"M2 growth +7\.2 +% +2026-10", await reader.press("2"))
