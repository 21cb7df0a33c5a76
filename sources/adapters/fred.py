"""FRED of the Federal Reserve Bank of St. Louis: without a key the CSV of its charts, with one its API.

With a key, `vintages: 2015-01-01` asks for all that was known from that day on: each value then carries
the day that first had it. FRED says `known at the latest on the first day asked for` by that very day.
It gives at most 2,000 vintages at once, so those of a daily series are asked for in parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from sources.answers.asking import answered, grouped, look_back, own_words, with_parameter
from sources.answers.bodies import csv_table, described, expect, member, read_json, wrong
from sources.answers.sampling import MONTH_END, Day, dated, day_in, number_in, wants_month_ends
from sources.model import DAILY, Answer, Period, Point, Refused, Request, SourceError
from sources.provider import Asked, Field, Provider, Query, Row, settle
from sources.text import message

KEY = "fred"
"""The name of its secret. It answers without, but then knows no vintages."""

_CHART = "https://fred.stlouisfed.org/graph/fredgraph.csv"
_API = "https://api.stlouisfed.org/fred/series/observations"
_PAGE_ROWS = 100_000
_PART_YEARS = 5
"""Years of daily vintages that are asked for at once: some 1,300 of the 2,000 that FRED gives."""

_OPEN_END = "9999-12-31"
_CENTRAL = timezone(timedelta(hours=-6))
"""Standard time of St. Louis; in summer its days are said to end an hour late, never early."""


def requests(
    queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
) -> list[Asked]:
    """One request per series: one that has died must not take others with it."""
    key = secrets.get(KEY, "")
    wanted = (
        ((_keyed(query, since, today, key) if key else _keyless(query, since)), query) for query in queries
    )
    return grouped(wanted, since, today)


def _keyless(query: Query, since: Period | None) -> Request:
    first = look_back(since)
    start = (("cosd", first.isoformat()),) if first else ()
    return Request(_CHART, query=(("id", query.get("series")), *start))


def _keyed(query: Query, since: Period | None, today: date, key: str) -> Request:
    return Request(
        _API,
        query=(
            ("series_id", query.get("series")),
            ("file_type", "json"),
            ("limit", str(_PAGE_ROWS)),
            ("sort_order", "asc"),
            *_span(query, since, today),
        ),
        secret_query=(("api_key", key),),
    )


def _span(query: Query, since: Period | None, today: date) -> tuple[tuple[str, str], ...]:
    """Which periods to ask for, or for vintages: from which day on what was known."""
    if _wants_vintages(query):
        known_from = query.get("vintages")
        if query.frequency not in DAILY:  # all each time: what is held may be from before there was a key
            return (("realtime_start", known_from), ("realtime_end", _OPEN_END))
        known_from = max(known_from, since.first.isoformat() if since else "")
        return (("realtime_start", known_from), ("realtime_end", _part_end(known_from, today)))
    first = look_back(since)
    return (("observation_start", first.isoformat()),) if first else ()


def _part_end(first: str, today: date) -> str:
    """The last day of the part of the vintages that begins on a day; open where it reaches today."""
    last = date.fromisoformat(first) + timedelta(days=round(365.25 * _PART_YEARS))
    return last.isoformat() if last < today else _OPEN_END


def _wants_vintages(query: Query) -> bool:
    return bool(query.get("vintages")) and not wants_month_ends(query) and query.frequency != "step"


def parse(body: bytes, asked: Asked) -> Answer:
    """The series of a chart's CSV or of the API's JSON. Raises WrongAnswer, or Refused for its errors."""
    if asked.request.url == _CHART:
        return _parse_chart(body, asked)
    content = _content(body, asked.content_type)
    observations = member(content, "observations", list)
    following = _following(content, len(observations), asked)
    if asked.parameter("realtime_start"):
        return _with_vintages(observations, asked, following)
    days = [_observation(entry) for entry in observations]
    return answered(asked, lambda query: dated(asked, query, days), following)


def _parse_chart(body: bytes, asked: Asked) -> Answer:
    """Columns by position: the head of the first one has changed its name before."""
    table = csv_table(body, asked.content_type)
    code = asked.parameter("id")
    if len(table[0]) != 2 or table[0][1].strip() != code:
        raise wrong("the head of the table", f"a date and {code}", ", ".join(table[0][:20]))
    days = [(day_in(day, "the date"), number_in(cell, code)) for day, cell in table[1:]]
    asked_in_vain = any(_wants_vintages(query) for query in asked.queries)
    notes = (f"{code}: vintages need a key of FRED; values as of today",) if asked_in_vain else ()
    return answered(asked, lambda query: dated(asked, query, days), notes=notes)


def _content(body: bytes, content_type: str) -> dict[str, object]:
    content = expect(read_json(body, content_type), dict, "the body")
    if "error_message" in content:
        raise Refused(_plain(content["error_message"]))
    units = content.get("units", "lin")
    if units != "lin":
        raise wrong("units", "lin (as published)", units)
    return content


def _following(content: Mapping[str, object], held: int, asked: Asked) -> Request | None:
    """The next page, or part of the vintages; each must begin where it was asked to, and hold something."""
    offset, count = member(content, "offset", int), member(content, "count", int)
    if str(offset) != (asked.parameter("offset") or "0"):
        raise wrong("offset", asked.parameter("offset") or "0", offset)
    if offset + held >= count:
        return _next_part(asked)
    if not held:
        raise wrong("observations", f"some of {count}", [])
    return with_parameter(asked.request, "offset", str(offset + held))


def _next_part(asked: Asked) -> Request | None:
    last = asked.parameter("realtime_end")
    if last in ("", _OPEN_END):
        return None
    first = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    query = tuple(pair for pair in asked.request.query if pair[0] not in ("offset", "realtime_start"))
    request = replace(asked.request, query=(*query, ("realtime_start", first)))
    return with_parameter(request, "realtime_end", _part_end(first, asked.today))


def _observation(entry: object) -> Day:
    day = day_in(member(entry, "date", str, "an observation"), "date")
    value = member(entry, "value", str, "an observation")
    return day, number_in(value, "value")


def _with_vintages(observations: Sequence[object], asked: Asked, following: Request | None) -> Answer:
    """Every value with the end of the day that first had it, by period and then by that day."""
    vintages: dict[date, list[Day]] = {}
    for entry in observations:
        known = day_in(member(entry, "realtime_start", str, "an observation"), "realtime_start")
        vintages.setdefault(known, []).append(_observation(entry))
    points: dict[str, tuple[Point, ...]] = {}
    notes: dict[str, None] = {}
    for query in asked.queries:
        found: list[Point] = []
        for known, days in vintages.items():
            rows: list[Row] = dated(asked, query, days)
            settled, said = settle(query, rows, asked.today)
            found += (replace(point, published=_end_of(known)) for point in settled)
            notes |= dict.fromkeys(f"{note} (known from {known})" for note in said)
        points[query.series] = tuple(sorted(found, key=_by_period_and_vintage))
    return Answer(points, tuple(notes), following)


def _by_period_and_vintage(point: Point) -> tuple[Period, datetime]:
    return point.period, point.published or datetime.max.replace(tzinfo=UTC)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), _CENTRAL).astimezone(UTC)


def explain(status: int, body: bytes) -> str:
    """The error message of its API in plain words."""
    try:
        content = expect(read_json(body), dict, "the body")
    except SourceError:
        return own_words(body)
    return _plain(content.get("error_message", ""))


def _plain(text: object) -> str:
    words = text if isinstance(text, str) else described(text)
    if "api_key" in words:
        return "FRED does not take the key that is set"
    return message(words.removeprefix("Bad Request.").strip(), 200)


def source_page(query: Query) -> str:
    """The page of the series."""
    return f"{PROVIDER.home}series/{query.get('series')}"


PROVIDER = Provider(
    id="fred",
    name="FRED, Federal Reserve Bank of St. Louis",
    home="https://fred.stlouisfed.org/",
    hosts=("fred.stlouisfed.org", "api.stlouisfed.org"),
    licence="FRED: cite the agency; series of third parties (as VIX) may not be passed on",
    fields=(
        Field("series", "the id of the series, as DEXCHUS", r"[A-Z0-9_]+"),
        Field(
            "vintages",
            "the day from which on to ask what was known, as 2015-01-01 (needs a key)",
            r"\d{4}-\d{2}-\d{2}",
            required=False,
        ),
        MONTH_END,
    ),
    requests=requests,
    parse=parse,
    source_page=source_page,
    explain=explain,
    spacing_seconds=1.0,
    rest_hours=24.0,
    key_page="https://fred.stlouisfed.org/docs/api/api_key.html",
)
