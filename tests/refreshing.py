"""A small provider, its figures, and a user's desk: what the tests of refreshing share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cache.evidence import Evidence
from cache.responses import Responses
from cache.vintages import Vintages
from sources.catalogue.indicator import Indicator, Source
from sources.model import Answer, Period, Point, Request, WrongAnswer
from sources.network.http import Client
from sources.network.terms import Network
from sources.provider import Asked, Provider, Query
from sources.refreshing.attempts import Attempts
from sources.refreshing.clocks import states
from sources.refreshing.planning import Means, Plan, plan
from sources.refreshing.progress import Done, Event
from sources.refreshing.refresh import Tools, run
from tests.loopback import Loopback, Reply

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
SEPTEMBER = (("months_after", "1"), ("day", "10..15"))
E = TypeVar("E", bound=Event)


def parse(body: bytes, asked: Asked) -> Answer:
    """Lines of `series,period,value`; a line `next,/path` leads to another page."""
    points: dict[str, tuple[Point, ...]] = {query.series: () for query in asked.queries}
    following = None
    for line in body.decode().split():
        name, *rest = line.split(",")
        if name == "next":
            following = replace(asked.request, url=asked.request.url.rpartition("/")[0] + rest[0])
        elif len(rest) < 2:
            raise WrongAnswer(f'line: expected three columns, found "{line[:20]}"')
        for query in asked.queries:
            if query.get("column") == name:
                published = datetime.fromisoformat(rest[2]).replace(tzinfo=UTC) if rest[2:] else None
                point = Point(Period.parse(rest[0]), float(rest[1]), published=published)
                points[query.series] += (point,)
    return Answer(points, (), following)


def provider(server: Loopback, id_: str = "bank", **changes: object) -> Provider:
    def requests(
        queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
    ) -> list[Asked]:
        paths = dict.fromkeys(query.get("path", f"/{id_}") for query in queries)
        return [
            Asked(
                Request(server.url(path)),
                tuple(query for query in queries if query.get("path", f"/{id_}") == path),
                today,
                since,
            )
            for path in paths
        ]

    made = Provider(
        id=id_,
        name=id_.capitalize(),
        home="https://example.org/",
        hosts=("127.0.0.1",),
        licence="free",
        fields=(),
        requests=requests,
        parse=parse,
        source_page=lambda query: "https://example.org/",
        spacing_seconds=0.0,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def figure(id_: str, by: str = "bank", **fields: str) -> Indicator:
    source = Source(by, tuple({"column": id_.partition(".")[2], **fields}.items()))
    return Indicator(id_, id_, "%", "M", source=source, release=SEPTEMBER, agency="An agency")


GROWTH = figure("cn.growth")
PRICES = figure("cn.prices")


@dataclass
class Desk:
    """The stores of one user, and a clock that stands still until it is moved."""

    server: Loopback
    folder: Path
    tools: Tools
    providers: dict[str, Provider]
    clock: list[datetime]

    @property
    def now(self) -> datetime:
        return self.clock[0]

    def wait(self, **time: float) -> None:
        self.clock[0] += timedelta(**time)

    def plan(self, *entries: Indicator, asked: Iterable[str] | None = None, **means: object) -> Plan:
        attempts = self.tools.attempts
        known = Means(self.providers.__getitem__, attempts.breakers(), **means)  # type: ignore[arg-type]
        held = states(entries, self.tools.vintages, attempts.series())
        return plan(entries, held, self.now, known, asked)

    async def refresh(self, *entries: Indicator, asked: Iterable[str] | None = None) -> list[Event]:
        return [event async for event in run(self.plan(*entries, asked=asked), self.tools)]

    def values(self, series: str) -> dict[str, float]:
        rows = self.tools.vintages.read(series)
        return {str(Period.holding(date.fromordinal(row.day), "M")): row.value for row in rows}


def figures(plan: Plan) -> tuple[str, ...]:
    """The ids of all figures that a plan asks for."""
    return tuple(entry.id for job in plan.jobs for entry in job.entries)


async def no_wait(seconds: float) -> None:
    """Stands in for sleeping."""


@contextmanager
def opened(server: Loopback, folder: Path) -> Iterator[Desk]:
    """A desk with new stores in a folder, and one provider, `bank`, at the server."""
    clock = [NOW]
    with ExitStack() as stack:
        vintages = stack.enter_context(closing(Vintages.open(folder)))
        attempts = stack.enter_context(closing(Attempts.open(folder)))
        evidence = stack.enter_context(closing(Evidence.open(folder)))
        responses = stack.enter_context(closing(Responses.open(folder / "responses")))
        client = Client(Network(allowed=frozenset({"127.0.0.1"})), sleep=no_wait)
        tools = Tools(client, vintages, attempts, responses, evidence, lambda: clock[0], no_wait)
        yield Desk(server, folder, tools, {"bank": provider(server)}, clock)


def only(kind: type[E], events: Iterable[Event]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def done(events: Sequence[Event]) -> Done:
    last = events[-1]
    assert isinstance(last, Done)
    return last


def reply(text: str, etag: str = "") -> Reply:
    return Reply(text.encode(), headers={"ETag": etag} if etag else {})


FIRST = "growth,2026-06,8.3 growth,2026-07,8.8 prices,2026-07,0.5"
SECOND = "growth,2026-06,8.2 growth,2026-07,8.8 growth,2026-08,9.1 prices,2026-08,0.6"
