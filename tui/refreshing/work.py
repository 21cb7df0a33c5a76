"""What changes figures, once, for both faces: a refresh, and all that it needs.

    with Work(settings, os.environ) as work:
        async for event in work.refresh(work.plan(work.wanted(["cn.m2_yoy", "risks"]))):
            ...

Opening it takes 100 ms and more (an HTTP client, a cache of answers), and it belongs to one thread: in
the app never to the one that draws.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import ExitStack, aclosing, closing
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, metadata
from typing import Self

from cache.evidence import Evidence
from cache.responses import Responses
from cache.store import StoreError
from sources import secrets
from sources.adapters import provider
from sources.catalogue.catalogue import load
from sources.catalogue.indicator import TOPICS, Indicator
from sources.likeness import nearest
from sources.network.http import Client
from sources.network.terms import Network, agent
from sources.refreshing.attempts import Attempts
from sources.refreshing.clocks import states
from sources.refreshing.progress import Done, Event
from sources.refreshing.refresh import Means, Plan, Refresh, Tools, plan
from sources.snapshot import open_store
from tui import __version__
from tui.settings.settings import Settings
from tui.short_names import called

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]

RESPONSES = "responses"
"""The folder of answers in the cache."""


def _now() -> datetime:
    return datetime.now(UTC)


class UnknownName(Exception):  # noqa: N818 - named for what is the case
    """No indicator, topic or source has this name; `near` is the most similar one, or empty."""

    def __init__(self, name: str, near: str) -> None:
        super().__init__(f'no indicator, topic or source "{name}"' + (f"; nearest: {near}" if near else ""))
        self.name = name
        self.near = near


class Work:
    """The stores of one user, opened for a refresh. `environment` names proxies, certificates and keys."""

    def __init__(
        self,
        settings: Settings,
        environment: Mapping[str, str],
        *,
        clock: Clock = _now,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        places = settings.places
        self.settings = settings
        self.clock = clock
        self._sleep = sleep
        self._environment = environment
        self._running: Refresh | None = None
        self.catalogue = load(places.library / "indicators", places.cache)
        with ExitStack() as stack:
            self.vintages = stack.enter_context(closing(open_store(places.store, clock())))
            self.attempts = stack.enter_context(closing(Attempts.open(places.store)))
            self.evidence = stack.enter_context(closing(Evidence.open(places.store)))
            self.responses = stack.enter_context(closing(Responses.open(places.cache / RESPONSES)))
            self._close = stack.pop_all()
        self.secrets = secrets.load(self._providers(), environment, places.config)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close.close()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is wrong with our own files, in plain words."""
        stores = (self.vintages, self.attempts, self.evidence, self.responses)
        return (*(note for store in stores for note in store.notes), *self.secrets.warnings)

    @property
    def not_saved(self) -> str:
        """Why figures that came are lost with the program, in plain words; empty where they are kept."""
        return "" if self.vintages.kept else self.vintages.notes[-1].partition("; ")[0]

    def wanted(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of the indicators that names mean: ids, topics, sources. Raises `UnknownName`."""
        found: dict[str, None] = {}
        for name in names:
            found |= dict.fromkeys(self._meant(name))
        return tuple(found)

    def plan(self, asked: Iterable[str] | None = None) -> Plan:
        """What to ask now: all that is due, or the indicators of these ids. Raises `StoreError`."""
        entries = tuple(self.catalogue)
        held = states(entries, self.vintages, self.attempts.series())
        means = Means(provider, self.attempts.breakers(), self.secrets, frozenset(self.settings.providers))
        return plan(entries, held, self.clock(), means, asked)

    async def refresh(self, first: Plan) -> AsyncGenerator[Event, None]:
        """Ask, keep, and tell; the last event is `Done`. Closing it ends all requests at once."""
        async with Client(self._network(), sleep=self._sleep) as client:
            stores = (self.vintages, self.attempts, self.responses, self.evidence)
            self._running = Refresh(Tools(client, *stores, self.clock, self._sleep))
            try:
                async with aclosing(self._running.run(first)) as events:
                    async for event in events:
                        yield _told(event, first)
            finally:
                self._running = None

    @property
    def is_asking(self) -> bool:
        """Whether a refresh is under way."""
        return self._running is not None

    def press(self, asked: Iterable[str] | None) -> int:
        """Add to the refresh under way, in its loop: the number of figures that this brings."""
        return self._running.press(self.plan(asked)) if self._running else 0

    def _meant(self, name: str) -> tuple[str, ...]:
        if name in self.catalogue.entries:
            return (name,)
        of_topic = tuple(entry.id for entry in self.catalogue.of_topic(name))
        found = of_topic or tuple(entry.id for entry in self.catalogue if _is_of(entry, name))
        found = found or called(name, self.catalogue.entries)
        if not found:
            known = (*self.catalogue.entries, *TOPICS, *self._providers())
            raise UnknownName(name, nearest(name, known) or "")
        return found

    def _providers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.source.provider for entry in self.catalogue if entry.source))

    def _network(self) -> Network:
        settings = self.settings
        return Network(
            agent=agent(__version__, home_page()),
            offline=settings.offline,
            environment=self._environment,
            allowed=frozenset(settings.hosts),
            routes=settings.routes,
        )


def home_page(distribution: str = "briefing-desk") -> str:
    """The home page that the installed distribution names; empty where it names none."""
    try:
        named = metadata(distribution).get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    pages = (entry.partition(",") for entry in named)
    return next((address.strip() for label, _, address in pages if label.lower() == "homepage"), "")


def _is_of(entry: Indicator, name: str) -> bool:
    return entry.source is not None and entry.source.provider == name


def _told(event: Event, plan: Plan) -> Event:
    """An event; where nothing could be asked of what was asked for, the last one says why."""
    if isinstance(event, Done) and not plan.jobs and plan.skipped and not event.common:
        return replace(event, summary=plan.skipped[0].words)
    return event


__all__ = ["Plan", "StoreError", "UnknownName", "Work"]
