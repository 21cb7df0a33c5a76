"""Bank for International Settlements: policy rates, credit, effective exchange rates, by SDMX key."""

from __future__ import annotations

from datetime import date

from sources.answers.asking import answered, look_back, one_each, own_words
from sources.answers.sampling import MONTH_END, asked_frequency
from sources.answers.sdmx import POWER, check_key, read_series, rows_of, time_text
from sources.model import Answer, Period, Request
from sources.provider import Asked, Field, Provider, Query

_FIRST_DAY = date(1990, 1, 1)
"""Its daily files run to tens of megabytes without a first day."""

_TOPICS = {"WS_CBPOL": "CBPOL", "WS_TC": "TOTAL_CREDIT", "WS_EER": "EER"}


def _request(query: Query, since: Period | None) -> Request:
    path = f"{query.get('flow')}/{query.get('version')}/{query.get('key')}"
    return Request(
        f"https://stats.bis.org/api/v2/data/dataflow/BIS/{path}",
        query=(
            ("startPeriod", time_text(look_back(since) or _FIRST_DAY, asked_frequency(query))),
            ("detail", "dataonly"),
            ("format", "csv"),
        ),
    )


def parse(body: bytes, asked: Asked) -> Answer:
    """The series of an SDMX-CSV body. Raises WrongAnswer unless it has the key that was asked for.

    The columns of the dimensions stand together, in the order of the key, from FREQ on.
    """
    table = read_series(body, asked.content_type, ("FREQ",))
    names = list(table[0])
    key = asked.queries[0].get("key")
    first = names.index("FREQ")
    check_key(table, names[first : first + 1 + key.count(".")], key)
    return answered(asked, lambda query: rows_of(asked, query, table))


def explain(status: int, body: bytes) -> str:
    """What it says of a refusal; 404 is its word for an unknown flow, version or key."""
    return own_words(body) or ("nothing matches flow, version and key" if status == 404 else "")


def source_page(query: Query) -> str:
    """The series on its data portal."""
    flow = query.get("flow")
    if flow not in _TOPICS:
        return PROVIDER.home
    return f"{PROVIDER.home}topics/{_TOPICS[flow]}/BIS,{flow},{query.get('version')}/{query.get('key')}"


PROVIDER = Provider(
    id="bis",
    name="Bank for International Settlements",
    home="https://data.bis.org/",
    hosts=("stats.bis.org",),
    licence="BIS statistics: free to use with attribution",
    fields=(
        Field("flow", "the data flow, as WS_TC", r"[A-Z0-9_]+"),
        Field("version", "the version of the flow, as 2.0", r"\d+(\.\d+)*"),
        Field("key", "the key of one series, as Q.CN.P.A.M.770.A", r"[A-Z0-9_]+(\.[A-Z0-9_]+)*"),
        MONTH_END,
        POWER,
    ),
    requests=one_each(_request),
    parse=parse,
    source_page=source_page,
    explain=explain,
    rest_hours=12.0,
)
