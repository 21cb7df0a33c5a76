"""Run in a process of its own: refresh from scripted providers, and print what that took as JSON.

The arguments are the port of `benchmarks.answering` and the number of rounds. In each round ten
providers of four series are refreshed, and then the slowest of them alone, each time into a new store.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

from cache.evidence import Evidence
from cache.responses import Responses
from cache.vintages import Vintages
from sources.catalogue.indicator import Indicator
from sources.network.http import Client
from sources.network.terms import Network
from sources.provider import Provider
from sources.refreshing.attempts import Attempts
from sources.refreshing.planning import Means, plan
from sources.refreshing.progress import Done
from sources.refreshing.refresh import Tools, run
from tests.refreshing import figure, provider

PROVIDERS = 10
SERIES = 4
STEP_MILLISECONDS = 25
"""The slowest provider takes ten times as long for an answer."""

SPACING_SECONDS = 0.05
NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)


class Place:
    """Where a provider is asked, under a name of its own."""

    def __init__(self, name: str) -> None:
        self.host = f"{name}.example.org"

    def url(self, path: str) -> str:
        return f"https://{self.host}{path}"


def main() -> None:
    """Measure, and print."""
    port, rounds = int(sys.argv[1]), int(sys.argv[2])
    made = {f"p{number}": _provider(f"p{number}") for number in range(PROVIDERS)}
    entries = [_figure(name, number) for name in made for number in range(SERIES)]
    slowest = [entry for entry in entries if entry.source and entry.source.provider == f"p{PROVIDERS - 1}"]
    _refreshed(made, slowest, port)  # imports
    pairs = [(_refreshed(made, entries, port), _refreshed(made, slowest, port)) for _ in range(rounds)]
    json.dump({"all": [pair[0] for pair in pairs], "slowest": [pair[1] for pair in pairs]}, sys.stdout)


def _provider(name: str) -> Provider:
    place = Place(name)
    return provider(place, name, hosts=(place.host,), spacing_seconds=SPACING_SECONDS)  # type: ignore[arg-type]


def _figure(name: str, number: int) -> Indicator:
    delay = STEP_MILLISECONDS * (int(name[1:]) + 1)
    id_ = f"cn.{name}_{number}"
    return figure(id_, name, path=f"/scripted/{delay}/{name}_{number}")


def _refreshed(made: dict[str, Provider], entries: Sequence[Indicator], port: int) -> tuple[float, float]:
    """Milliseconds of wall and of CPU time for one refresh, the stores already open."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o700)
        vintages = stack.enter_context(closing(Vintages.open(folder)))
        attempts = stack.enter_context(closing(Attempts.open(folder)))
        evidence = stack.enter_context(closing(Evidence.open(folder)))
        responses = stack.enter_context(closing(Responses.open(folder / "responses")))
        wanted = plan(entries, {}, NOW, Means(made.__getitem__))
        routes = {host: f"http://127.0.0.1:{port}" for each in made.values() for host in each.hosts}

        async def walk() -> None:
            async with Client(Network(routes=routes)) as client:
                tools = Tools(client, vintages, attempts, responses, evidence)
                last = [event async for event in run(wanted, tools)][-1]
                if not isinstance(last, Done) or last.failed or last.common:
                    raise RuntimeError(f"the refresh failed: {last}")

        wall, cpu = time.perf_counter(), time.process_time()
        asyncio.run(walk())
        return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


if __name__ == "__main__":
    main()
