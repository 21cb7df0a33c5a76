"""European Central Bank: reference rates (also as crosses, as USD/CNY) and series of its data portal.

Rates come as one file with the whole history (a zip with one CSV) or, for the last weeks, from the data
portal. `CNY per USD` is CNY per EUR divided by USD per EUR of the same day.
"""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sources.answers.asking import answered, grouped, look_back, own_words
from sources.answers.bodies import read_csv, wrong
from sources.answers.sampling import (
    MONTH_END,
    Day,
    asked_frequency,
    dated,
    day_in,
    number_in,
    wants_month_ends,
)
from sources.answers.sdmx import POWER, TIME, VALUE, read_series, rows_of, time_text
from sources.limits import PROVIDER_BYTES
from sources.model import DAILY, Answer, Frequency, Period, Request, WrongAnswer
from sources.provider import Asked, Field, Provider, Query, Row

_HISTORY = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
_PORTAL = "https://data-api.ecb.europa.eu/service/data/"
_RECENT = timedelta(days=120)
"""Up to this age of what is held, the data portal is asked for the rest instead of the whole history."""

_EURO = "EUR"
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
"""What the standard library raises for damaged, encrypted or exotic archives."""

Rates = Mapping[str, Mapping[date, float | None]]
"""Units of a currency for one euro, by currency and day."""


def requests(
    queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
) -> list[Asked]:
    """One request for all rates, and one for each other series."""
    rates = [query for query in queries if _currencies(query)]
    others = [query for query in queries if not _currencies(query)]
    request = _rates_request(rates, since, today)
    wanted = [(request, query) for query in rates] + [
        (_series_request(query, since), query) for query in others
    ]
    return grouped(wanted, since, today)


def _currencies(query: Query) -> tuple[str, str] | None:
    """The two currencies of `CNY per USD`; None where the entry names a series of the data portal."""
    counted, per, unit = query.get("series").partition(" per ")
    return (counted, unit) if per else None


def _rates_request(queries: Sequence[Query], since: Period | None, today: date) -> Request:
    first = look_back(since)
    if first is None or today - first > _RECENT:
        return Request(_HISTORY)
    wanted = {currency for query in queries for currency in _currencies(query) or ()} - {_EURO}
    return _portal_request(f"EXR/D.{'+'.join(sorted(wanted))}.EUR.SP00.A", first, "D")


def _series_request(query: Query, since: Period | None) -> Request:
    return _portal_request(query.get("series"), look_back(since), asked_frequency(query))


def _portal_request(series: str, first: date | None, frequency: Frequency) -> Request:
    start = (("startPeriod", time_text(first, frequency)),) if first else ()
    return Request(_PORTAL + series, query=(*start, ("detail", "dataonly"), ("format", "csvdata")))


def parse(body: bytes, asked: Asked) -> Answer:
    """Rates or one series. Raises WrongAnswer where a currency is missing or the key is another one."""
    if not _currencies(asked.queries[0]):
        return _parse_series(body, asked)
    wanted = {currency for query in asked.queries for currency in _currencies(query) or ()} - {_EURO}
    if asked.request.url == _HISTORY:
        rates = _history(body, asked.content_type, wanted)
    else:
        rates = _recent(body, asked.content_type, wanted)
    return answered(asked, lambda query: _cross(asked, query, rates))


def _parse_series(body: bytes, asked: Asked) -> Answer:
    table = read_series(body, asked.content_type, ("KEY",))
    expected = asked.queries[0].get("series").replace("/", ".")
    for row in table:
        if row["KEY"] != expected:
            raise wrong("KEY", expected, row["KEY"])
    return answered(asked, lambda query: rows_of(asked, query, table))


def _cross(asked: Asked, query: Query, rates: Rates) -> list[Row]:
    if query.frequency not in DAILY and not wants_month_ends(query):
        raise wrong(f"the frequency of {query.series}", "D, B or month_end: true", query.frequency)
    counted, unit = _currencies(query) or ("", "")
    days = sorted(rates[counted if counted != _EURO else unit])
    return dated(asked, query, (_ratio(day, _at(rates, counted, day), _at(rates, unit, day)) for day in days))


def _at(rates: Rates, currency: str, day: date) -> float | None:
    return 1.0 if currency == _EURO else rates[currency].get(day)


def _ratio(day: date, counted: float | None, unit: float | None) -> Day:
    ratio = counted / unit if counted is not None and unit is not None else math.inf
    return day, ratio if math.isfinite(ratio) else None


def _history(body: bytes, content_type: str, wanted: set[str]) -> Rates:
    text = _unzipped(body) if body[:2] == b"PK" else body
    table = read_csv(text, content_type, ("Date", *sorted(wanted)))
    days = [day_in(row["Date"], "Date") for row in table]
    return {
        currency: {day: _rate(row[currency], currency) for day, row in zip(days, table, strict=True)}
        for currency in wanted
    }


def _unzipped(body: bytes) -> bytes:
    """The one CSV in a zip archive, read no further than the limit. Raises WrongAnswer."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
            if len(names) != 1:
                raise wrong("the archive", "one file", f"{len(names)}")
            with archive.open(names[0]) as file:
                text = file.read(PROVIDER_BYTES + 1)
    except _BROKEN_ZIP as error:
        raise wrong("the body", "a zip archive", f"{type(error).__name__}") from None
    if len(text) > PROVIDER_BYTES:
        raise WrongAnswer(f"the archive: expected at most {PROVIDER_BYTES:,} bytes, found more")
    return text


def _recent(body: bytes, content_type: str, wanted: set[str]) -> Rates:
    rates: dict[str, dict[date, float | None]] = {currency: {} for currency in wanted}
    for row in read_series(body, content_type, ("FREQ", "CURRENCY")):
        currency, against = row["CURRENCY"], row.get("CURRENCY_DENOM", _EURO)
        if (row["FREQ"], against) != ("D", _EURO):
            raise wrong("the series", "daily rates against EUR", f"{row['FREQ']}, {against}")
        if currency in rates:
            rates[currency][day_in(row[TIME], TIME)] = _rate(row[VALUE], currency)
    for currency in sorted(wanted):
        if not rates[currency]:
            raise wrong("CURRENCY", currency, ", ".join(sorted(each for each in rates if rates[each])))
    return rates


def _rate(cell: str, currency: str) -> float | None:
    rate = number_in(cell, currency)
    if rate is not None and rate <= 0:
        raise wrong(currency, "a rate above zero", cell)
    return rate


def explain(status: int, body: bytes) -> str:
    """What it says of a refusal; 404 is its word for a key that matches nothing."""
    return own_words(body) or ("nothing matches the key" if status == 404 else "")


def source_page(query: Query) -> str:
    """The page of the reference rates, or of the series on the data portal."""
    if _currencies(query):
        return PROVIDER.home
    flow, _, key = query.get("series").partition("/")
    return f"https://data.ecb.europa.eu/data/datasets/{flow}/{flow}.{key}"


PROVIDER = Provider(
    id="ecb",
    name="European Central Bank",
    home="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html",
    hosts=("www.ecb.europa.eu", "data-api.ecb.europa.eu"),
    licence="ECB: free to use with attribution",
    fields=(
        Field(
            "series",
            "a rate as `CNY per USD`, or flow and key of the data portal as FM/D.U2.EUR.4F.KR.DFR.LEV",
            r"(?!([A-Z]{3}) per \1)[A-Z]{3} per [A-Z]{3}|[A-Z0-9_]+/[A-Z0-9_]+(\.[A-Z0-9_]+)*",
        ),
        MONTH_END,
        POWER,
    ),
    requests=requests,
    parse=parse,
    source_page=source_page,
    explain=explain,
    rest_hours=6.0,
)
