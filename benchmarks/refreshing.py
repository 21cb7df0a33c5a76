"""Asking sources: what a refresh takes beside its slowest source, and what keys cost meanwhile."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import cycle, islice
from statistics import median

from benchmarks import programs
from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, percentile, spread
from benchmarks.ptybench import NeverSeenError, TerminalSession
from benchmarks.starts import FIRST_FRAME
from tests.refreshed import routed_home

SOURCES = Figure("refresh", "refresh of 40 series, over its slowest source", "ms", "ratio", 1.15, 1.1)
SOURCES_CPU = Figure("refresh-cpu", "refresh of 40 series of 400 values, CPU", "ms", "measured", None, 100)
KEYS = Figure("refresh-keys", "key while sources are asked, p95 over idle", "ms", "ratio", 2, 1.2)
KEYS_WALL = Figure("refresh-keys-wall", "the same, itself", "ms", "measured", 50)

FIGURES = (SOURCES, SOURCES_CPU, KEYS, KEYS_WALL)

_TABS = {"1": "▸1 Legal", "2": "▸2 Monetary", "3": "▸3 Key players", "4": "▸4 Market", "5": "▸5 Risks"}
PAUSE = 0.08
"""Seconds between a key's tab and the next key: whatever is painted meanwhile does not set the pace."""


def measure(bench: Bench) -> Iterator[Result]:
    """Scripted sources in a process without a screen; then the whole catalogue behind the app."""
    with programs.answering() as port:
        yield from _sources(bench, port)
        yield from _keys(bench, port)


def _sources(bench: Bench, port: int) -> Iterator[Result]:
    say(f"refresh of scripted sources: {bench.rounds} rounds")
    rounds = json.loads(programs.run_asking(bench.libraries.bundled().home, port, bench.rounds))
    walls, cpus = zip(*rounds["all"], strict=True)
    yield SOURCES.of(median(walls), median(wall for wall, _ in rounds["slowest"]), **spread(walls))
    yield SOURCES_CPU.of(median(cpus), **spread(cpus))


def _keys(bench: Bench, port: int) -> Iterator[Result]:
    """Change tabs before a refresh of all that is due, and while it goes on: some 15 s by its spacing."""
    say(f"keys while sources are asked: {bench.presses} presses")
    home = bench.libraries.fresh("asking").home
    routed_home(home, f"http://127.0.0.1:{port}")
    with programs.app(home) as session:
        session.wait_for(FIRST_FRAME)
        session.settle()
        _pressed(session, len(_TABS))
        idle = _pressed(session, bench.presses)
        session.press_until("R", r"asking \d+ of \d+")
        asking = _pressed(session, bench.presses, while_asking=True)
    if len(asking) < bench.presses // 2:
        yield from (figure.skipped("the refresh was over too soon") for figure in (KEYS, KEYS_WALL))
        return
    yield KEYS.of(percentile(asking), percentile(idle), **spread(asking))
    yield KEYS_WALL.of(percentile(asking), **spread(asking))


def _pressed(session: TerminalSession, count: int, *, while_asking: bool = False) -> list[float]:
    """Milliseconds from each key to its tab."""
    times: list[float] = []
    for key, shown in islice(cycle(_TABS.items()), count):
        if while_asking and "asking" not in session.first_row():
            break
        try:
            times.append(session.press_until(key, shown).wall)
        except NeverSeenError:
            break
        time.sleep(PAUSE)
    return times


GROUP = Group(FIGURES, measure)
