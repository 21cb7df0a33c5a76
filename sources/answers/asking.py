"""What the hooks of most adapters share: requests put together, answers put together, the look back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sources.model import DAILY, Answer, Period, Point, Request
from sources.provider import Asked, Query, RequestsHook, Row, settle
from sources.text import message

LOOK_BACK_DAYS = 31
"""How far behind the newest day held daily series are asked for again, for their revisions."""

LOOK_BACK_MONTHS = 24
"""The same for monthly, quarterly and yearly series."""

_WORDS = 200
"""Characters of a provider's own words that are passed on."""


def look_back(since: Period | None) -> date | None:
    """The day from which to ask again where `since` is the newest period held; None: for everything."""
    if since is None:
        return None
    if since.frequency in DAILY:
        return since.first - timedelta(days=LOOK_BACK_DAYS)
    return Period(since.first, "M").shifted(-LOOK_BACK_MONTHS).first


def grouped(wanted: Iterable[tuple[Request, Query]], since: Period | None, today: date) -> list[Asked]:
    """One `Asked` per distinct request, with all queries that it serves, in the order of their first."""
    served: dict[Request, list[Query]] = {}
    for request, query in wanted:
        served.setdefault(request, []).append(query)
    return [Asked(request, tuple(queries), today, since) for request, queries in served.items()]


def one_each(request: Callable[[Query, Period | None], Request]) -> RequestsHook:
    """The hook of a provider that has a request for each query, given the newest period held."""

    def requests(
        queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
    ) -> list[Asked]:
        return grouped(((request(query, since), query) for query in queries), since, today)

    return requests


def answered(
    asked: Asked,
    rows: Callable[[Query], Sequence[Row]],
    following: Request | None = None,
    notes: Sequence[str] = (),
) -> Answer:
    """The answer to all queries of a request, each from its rows; nothing at all is said in a note."""
    points: dict[str, tuple[Point, ...]] = {}
    said = list(notes)
    for query in asked.queries:
        points[query.series], found = settle(query, rows(query), asked.today)
        said += found or (() if points[query.series] else (f"{query.series}: no values",))
    return Answer(points, tuple(said), following)


def with_parameter(request: Request, name: str, value: str) -> Request:
    """The request with one query parameter set anew, at its end."""
    kept = tuple(pair for pair in request.query if pair[0] != name)
    return replace(request, query=(*kept, (name, value)))


def own_words(body: bytes) -> str:
    """What a refusal says in plain text, on one line; empty where it is a web page, JSON or nothing."""
    text = body[: 8 * _WORDS].decode("utf-8", "replace").strip()
    return "" if text[:1] in ("<", "{", "[") else message(text, _WORDS)
