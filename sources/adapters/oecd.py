"""OECD: research and development, interest rates and much more, by SDMX key. 60 downloads an hour."""

from __future__ import annotations

from urllib.parse import quote

from sources.answers.asking import answered, look_back, one_each, own_words
from sources.answers.bodies import wrong
from sources.answers.sampling import MONTH_END, asked_frequency
from sources.answers.sdmx import POWER, TIME, check_key, read_series, rows_of, time_text
from sources.model import Answer, Period, Refused, Request
from sources.provider import Asked, Field, Provider, Query

_ACCEPT = "application/vnd.sdmx.data+csv; charset=utf-8"
_NOTHING = ("NoRecordsFound", "NoResultsFound")
_NO_RECORDS = "no records match flow and key"


def _request(query: Query, since: Period | None) -> Request:
    first = look_back(since)
    start = (("startPeriod", time_text(first, asked_frequency(query))),) if first else ()
    return Request(
        f"https://sdmx.oecd.org/public/rest/data/{query.get('flow')}/{query.get('key')}",
        query=(*start, ("dimensionAtObservation", TIME), ("detail", "dataonly")),
        headers=(("Accept", _ACCEPT),),
    )


def parse(body: bytes, asked: Asked) -> Answer:
    """The series of an SDMX-CSV body, whose rows come in any order.

    The columns between DATAFLOW and TIME_PERIOD are the dimensions, in the order of the key. Raises
    Refused where it knows no such records, WrongAnswer where flow or key are not what was asked for.
    """
    if any(own_words(body).startswith(word) for word in _NOTHING):
        raise Refused(_NO_RECORDS)
    table = read_series(body, asked.content_type, ("DATAFLOW",))
    query = asked.queries[0]
    for row in table:
        if row["DATAFLOW"] != _flow_in_answers(query):
            raise wrong("DATAFLOW", _flow_in_answers(query), row["DATAFLOW"])
    names = list(table[0])
    check_key(table, names[names.index("DATAFLOW") + 1 : names.index(TIME)], query.get("key"))
    return answered(asked, lambda each: rows_of(asked, each, table))


def _flow_in_answers(query: Query) -> str:
    """`A,F,1.0` as its answers write it: `A:F(1.0)`."""
    agency, flow, version = query.get("flow").split(",")
    return f"{agency}:{flow}({version})"


def explain(status: int, body: bytes) -> str:
    """What it says of a refusal."""
    words = own_words(body)
    if any(words.startswith(word) for word in _NOTHING):
        return _NO_RECORDS
    return words or ("its 60 downloads an hour are used up" if status == 429 else "")


def source_page(query: Query) -> str:
    """The flow in its data explorer."""
    agency, flow, _ = query.get("flow").split(",")
    return f"{PROVIDER.home}vis?df[id]={quote(flow)}&df[ag]={agency}&dq={quote(query.get('key'))}"


PROVIDER = Provider(
    id="oecd",
    name="OECD",
    home="https://data-explorer.oecd.org/",
    hosts=("sdmx.oecd.org",),
    licence="OECD: CC BY 4.0, cite OECD and the data set",
    fields=(
        Field(
            "flow",
            "agency, flow and version as in its addresses: OECD.STI.STP,DSD_MSTI@DF_MSTI,1.3",
            r"[\w.]+,\w+(@\w+)?,\d+(\.\d+)*",
        ),
        Field("key", "the key of one series, as CHN.A.G.PT_B1GQ.. (an empty part: any)", r"\w*(\.\w*)+"),
        MONTH_END,
        POWER,
    ),
    requests=one_each(_request),
    parse=parse,
    source_page=source_page,
    explain=explain,
    spacing_seconds=10.0,
    rest_hours=168.0,
)
