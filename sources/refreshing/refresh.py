"""A refresh: providers are asked for what is due, all at once, and what comes is kept, series by series.

    plan(entries, states, now, means)     what to ask: see `sources.refreshing.planning`
    run(plan, tools)                      asks, and tells what happens: see `sources.refreshing.progress`

Each series is kept whole or not at all, as soon as all of its answers are in, so that an end at any
moment loses nothing. One provider's trouble is its own. All of it belongs to one event loop, which had
better not be the one that draws.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from cache.evidence import Evidence
from cache.responses import Responses
from cache.store import StoreError
from cache.vintages import Vintages
from sources.catalogue.indicator import Indicator
from sources.freshness import Clocks
from sources.model import Point, Request, SourceError
from sources.network.gate import Sleep
from sources.network.http import Client
from sources.provider import Asked
from sources.refreshing.attempts import Attempts
from sources.refreshing.fetching import Fetcher, Leaf
from sources.refreshing.keeping import Keeper, Page, common, disagreements, judge
from sources.refreshing.memory import Memory, NotKept, kind_of
from sources.refreshing.planning import CHECK, Job, Means, Plan, Skipped, plan
from sources.refreshing.progress import Done, Event, Failed, Finished, Started, Stored, summed_up

__all__ = ["Means", "Plan", "Refresh", "Skipped", "Tools", "plan", "run"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a refresh works with. The stores are open, and stay so; without `responses` nothing is asked
    conditionally, without `evidence` no body is kept."""

    client: Client
    vintages: Vintages
    attempts: Attempts
    responses: Responses | None = None
    evidence: Evidence | None = None
    clock: Callable[[], datetime] = _now
    sleep: Sleep = asyncio.sleep


async def run(plan: Plan, tools: Tools) -> AsyncGenerator[Event, None]:
    """Ask, keep, and tell; the last event is `Done`. Closing it ends all requests at once."""
    async with aclosing(Refresh(tools).run(plan)) as events:
        async for event in events:
            yield event


@dataclass(slots=True)
class _Work:
    """A job under way: what each of its series still waits for, and what came so far."""

    job: Job
    waits: dict[str, int] = field(default_factory=dict)
    leaves: dict[int, list[Leaf]] = field(default_factory=dict)
    errors: dict[str, SourceError] = field(default_factory=dict)
    stored: list[Stored] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    received: int = 0


class Refresh:
    """One refresh under way. `press` adds to it; no request is asked twice."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._told: list[Event] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._faults: list[BaseException] = []
        self._asked: set[Request] = set()
        self._states: dict[str, Clocks] = {}
        self._entries: dict[str, Indicator] = {}
        self._points: dict[str, tuple[Point, ...]] = {}
        self._names: dict[str, str] = {}
        self._memory = Memory(tools.attempts, tools.clock)
        self._keeper = Keeper(tools.vintages, tools.evidence)
        self._fetcher = Fetcher(
            tools.client, tools.responses, clock=tools.clock, sleep=tools.sleep, tell=self._tell
        )

    async def run(self, plan: Plan) -> AsyncGenerator[Event, None]:
        """The events of this plan, and of all that is pressed into it meanwhile."""
        if self._tools.client.offline:
            yield Done("Started with --offline. Refresh is off.", common="offline")
            return
        self.press(plan)
        try:
            while self._tasks or not self._events.empty():
                if event := await self._events.get():
                    yield event
            if self._faults:  # mistakes of ours, told after all others are done
                raise self._faults[0]
            done = summed_up(self._told)
            self._memory.missed(done.failed, self._states)
            if done.common:
                self._memory.excuse(done.reason)
            yield done if self._told else replace(done, summary="Nothing is due.")
        finally:
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def press(self, plan: Plan) -> int:
        """Add what is not being asked already; the number of figures that this brings. In this loop only."""
        self._states |= {name: clocks for name, clocks in plan.states.items() if name not in self._states}
        added = 0
        for job in plan.jobs:
            self._entries |= {entry.id: entry for entry in (*job.checks, *job.entries)}
            requests = tuple(each for each in job.requests if each.request not in self._asked)
            self._asked |= {each.request for each in requests}
            if requests:
                series = {query.series for each in requests for query in each.queries}
                entries = tuple(entry for entry in job.entries if entry.id in series)
                added += len(entries)
                self._start(replace(job, entries=entries, requests=requests))
        return added

    def _start(self, job: Job) -> None:
        task = asyncio.create_task(self._work(job), name=f"refresh {job.provider.id}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            self._faults.append(fault)
        self._events.put_nowait(None)

    def _tell(self, event: Event) -> None:
        self._told.append(event)
        self._events.put_nowait(event)

    # ------------------------------------------------------------------ one provider
    async def _work(self, job: Job) -> None:
        work = _Work(job)
        for each in job.requests:
            for query in each.queries:
                work.waits[query.series] = work.waits.get(query.series, 0) + 1
        provider = job.provider
        self._names[provider.id] = provider.name
        self._tell(
            Started(provider.id, provider.name, tuple(entry.id for entry in job.entries), provider.slow)
        )
        async with asyncio.TaskGroup() as group:
            for number in range(len(job.requests)):
                group.create_task(self._request(work, number))
        failed = self._conclude(work)
        new, revised = (sum(len(getattr(each, kind)) for each in work.stored) for kind in ("new", "revised"))
        notes = tuple(dict.fromkeys(work.notes))
        self._tell(Finished(provider.id, new, revised, failed, work.received, notes))

    async def _request(self, work: _Work, number: int) -> None:
        """Ask one request, then keep each series that now has all of its answers."""
        asked = work.job.requests[number]
        try:
            leaves = await self._fetcher.ask(work.job.provider, asked)
        except SourceError as error:
            work.errors.update({query.series: error for query in asked.queries})
        else:
            work.leaves[number] = leaves
            work.received += sum(leaf.received for leaf in leaves)
            work.notes += [note for leaf in leaves for note in leaf.answer.notes]
        self._settle(work, asked)

    def _settle(self, work: _Work, asked: Asked) -> None:
        taken: list[str] = []
        entries = {entry.id: entry for entry in work.job.entries}
        for query in asked.queries:
            work.waits[query.series] -= 1
            if work.waits[query.series] or query.series in work.errors:
                continue
            pages = _pages(work, query.series)
            self._points[query.series] = tuple(point for page in pages for point in page.points)
            entry = entries.get(query.series)
            if entry and self._kept(work, entry, pages):
                taken.append(entry.id)
            self._compare(query.series.removesuffix(CHECK))
        self._memory.taken(taken, self._states)

    def _kept(self, work: _Work, entry: Indicator, pages: list[Page]) -> bool:
        """Judge and keep a series; what prevents it is noted as its error."""
        tools, provider = self._tools, work.job.provider
        clocks = self._states.get(entry.id, Clocks())
        try:
            judge(entry, self._points[entry.id], provider.name, tools.clock().date())
            stored = self._keeper.keep(entry, provider, pages, clocks, tools.clock())
        except SourceError as error:
            work.errors[entry.id] = error
        except (StoreError, ValueError) as error:
            work.errors[entry.id] = NotKept(f"{provider.name}: {entry.id} was not saved: {error}.")
        else:
            work.stored.append(stored)
            self._tell(stored)
            return True
        return False

    def _compare(self, series: str) -> None:
        """Tell and remember where a figure and its check differ, once both are there."""
        if series not in self._points or series + CHECK not in self._points:
            return
        entry = self._entries.get(series)
        if entry and entry.source and entry.check:
            own, other, check = self._points[series], self._points[series + CHECK], entry.check.provider
            differing = disagreements(entry, entry.source.provider, own, check, other)
            for found in differing:
                self._tell(found)
            if periods := common(own, other):
                self._memory.checked(series, self._names.get(check, check), periods, differing)

    def _conclude(self, work: _Work) -> int:
        """Tell what failed; the number of figures that did."""
        provider = work.job.provider
        errors = list(work.errors.values())
        next_try = self._memory.provider(provider, errors, len(work.leaves), work.received)
        failed: dict[str, list[str]] = {}
        for name, error in work.errors.items():
            if name.endswith(CHECK):
                work.notes.append(f"check of {name.removesuffix(CHECK)}: {error}")
            else:
                failed.setdefault(str(error), []).append(name)
        for words, names in failed.items():
            held = (self._states.get(name, Clocks()).held for name in names)
            kept = max(filter(None, held), default=None, key=lambda period: period.last)
            kind = kind_of(work.errors[names[0]])
            self._tell(Failed(provider.id, tuple(names), words, kind, kept, next_try))
        return sum(map(len, failed.values()))


def _pages(work: _Work, series: str) -> list[Page]:
    """What all answers say of a series, in the order of the requests."""
    leaves = [leaf for number in sorted(work.leaves) for leaf in work.leaves[number]]
    return [
        Page(leaf.answer.points[series], leaf.record.url, leaf.fetched, leaf.record.digest, leaf.record.body)
        for leaf in leaves
        if series in leaf.answer.points
    ]
