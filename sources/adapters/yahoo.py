"""Yahoo Finance charts: closes of indices and shares by day. Unofficial, and for the user's own eyes.

It turns away programs that name themselves, so it is off until the user turns it on. Its refusal for too
many requests is plain text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sources.answers.asking import answered, grouped, look_back, own_words
from sources.answers.bodies import described, expect, member, read_json, wrong
from sources.answers.sampling import MONTH_END, Day, dated, number_in, wants_month_ends
from sources.model import DAILY, Answer, Period, Refused, Request, WrongAnswer
from sources.provider import Asked, Field, Provider, Query
from sources.text import message

_BASE = "https://query1.finance.yahoo.com/v8/finance/chart/"
_TOO_MANY = "Too Many Requests"
_REST_SECONDS = 3600.0
_RANGES = ((80, "3mo"), (360, "1y"), (5 * 365, "5y"))
"""Its spans, by the days that must lie in them; in `max` it silently gives months in place of days."""

_LONGEST = "10y"


def requests(
    queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
) -> list[Asked]:
    """One request per symbol."""
    return grouped(((_request(query, since, today), query) for query in queries), since, today)


def _request(query: Query, since: Period | None, today: date) -> Request:
    first = look_back(since)
    days = (today - first).days if first else None
    span = next((name for most, name in _RANGES if days is not None and days <= most), _LONGEST)
    return Request(_BASE + quote(query.get("symbol"), safe=""), query=(("interval", "1d"), ("range", span)))


def parse(body: bytes, asked: Asked) -> Answer:
    """The closes of a symbol. Raises Refused for its errors, WrongAnswer for another symbol or interval.

    A day whose session still runs has no close yet and is left out, with a note.
    """
    if own_words(body).startswith(_TOO_MANY):
        raise Refused("too many requests", retry_after=_REST_SECONDS)
    result = _result(read_json(body, asked.content_type))
    meta = member(result, "meta", dict, "chart.result[0]")
    for query in asked.queries:
        _check(meta, query)
    days, open_days = _closes(result, meta)
    notes = (f"{asked.queries[0].series}: the session still runs, its day is left out",) if open_days else ()
    return answered(asked, lambda query: dated(asked, query, days), notes=notes)


def _result(content: object) -> dict[str, object]:
    chart = member(content, "chart", dict)
    if chart.get("error"):
        raise Refused(_words(chart["error"]))
    results = member(chart, "result", list, "chart")
    if len(results) != 1:
        raise wrong("chart.result", "one chart", results)
    return expect(results[0], dict, "chart.result[0]")


def _words(error: object) -> str:
    words = error.get("description") if isinstance(error, dict) else error
    return message(words[:800], 200) if isinstance(words, str) else described(error)


def _check(meta: Mapping[str, object], query: Query) -> None:
    """Raises WrongAnswer unless symbol, interval and currency are those of the entry."""
    if query.frequency not in DAILY and not wants_month_ends(query):
        raise wrong(f"the frequency of {query.series}", "D, B or month_end: true", query.frequency)
    symbol = member(meta, "symbol", str, "meta")
    if symbol.casefold() != query.get("symbol").casefold():
        raise wrong("meta.symbol", query.get("symbol"), symbol)
    if (interval := member(meta, "dataGranularity", str, "meta")) != "1d":
        raise wrong("meta.dataGranularity", "1d", interval)
    currency = meta.get("currency")
    if query.get("currency") and currency != query.get("currency"):
        raise wrong("meta.currency", query.get("currency"), currency)


def _closes(result: Mapping[str, object], meta: Mapping[str, object]) -> tuple[list[Day], int]:
    """Closes by the day of the exchange, and how many were left out; no `timestamp` key: none at all."""
    if "timestamp" not in result:
        return [], 0
    stamps = member(result, "timestamp", list, "chart.result[0]")
    closes = member(_quote(result), "close", list, "quote[0]")
    if len(closes) != len(stamps):
        raise wrong("quote[0].close", f"{len(stamps)} values, as there are times", closes)
    zone = _zone(member(meta, "exchangeTimezoneName", str, "meta"))
    days = [
        (_day(stamp, zone), number_in(close, "close")) for stamp, close in zip(stamps, closes, strict=True)
    ]
    running = _running_since(meta, zone)
    closed = [pair for pair in days if running is None or pair[0] < running]
    return closed, len(days) - len(closed)


def _quote(result: Mapping[str, object]) -> dict[str, object]:
    quotes = member(member(result, "indicators", dict, "chart.result[0]"), "quote", list, "indicators")
    if not quotes:
        raise wrong("indicators.quote", "one", quotes)
    return expect(quotes[0], dict, "quote[0]")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # unknown, no name of a zone, or no zones on this machine
        raise wrong("meta.exchangeTimezoneName", "a time zone that this machine knows", name) from None


def _day(stamp: object, zone: ZoneInfo) -> date:
    """The day of a moment where the exchange is; its offset today may be another than it was then."""
    seconds = expect(stamp, int, "timestamp")
    try:
        return datetime.fromtimestamp(seconds, zone).date()
    except (OSError, OverflowError, ValueError):
        raise wrong("timestamp", "seconds since 1970", seconds) from None


def _running_since(meta: Mapping[str, object], zone: ZoneInfo) -> date | None:
    """The day of the session that runs, None where the exchange is closed."""
    period = meta.get("currentTradingPeriod")
    regular = period.get("regular") if isinstance(period, dict) else None
    if not isinstance(regular, dict):
        raise wrong("meta.currentTradingPeriod", "an object with regular", period)
    now = member(meta, "regularMarketTime", int, "meta")
    start, end = member(regular, "start", int, "regular"), member(regular, "end", int, "regular")
    return _day(start, zone) if start <= now < end else None


def explain(status: int, body: bytes) -> str:
    """Its own words about an unknown symbol or too many requests."""
    words = own_words(body)
    if words:
        return words
    try:
        chart = member(read_json(body), "chart", dict)
    except WrongAnswer:
        return ""
    return _words(chart["error"]) if chart.get("error") else ""


def source_page(query: Query) -> str:
    """The prices of the symbol."""
    return f"{PROVIDER.home}quote/{quote(query.get('symbol'), safe='')}/history/"


PROVIDER = Provider(
    id="yahoo",
    name="Yahoo Finance",
    home="https://finance.yahoo.com/",
    hosts=("query1.finance.yahoo.com", "query2.finance.yahoo.com"),
    licence="prices of the exchanges, for personal use: not to be passed on",
    fields=(
        Field("symbol", "its symbol, as 0700.HK or ^HSI", r"[\w.^=-]+"),
        Field("currency", "the currency that the answer must be in, as HKD", r"[A-Za-z]{3}", required=False),
        MONTH_END,
    ),
    requests=requests,
    parse=parse,
    source_page=source_page,
    explain=explain,
    identity="browser",
    spacing_seconds=2.0,
    rest_hours=6.0,
)
