"""Eastmoney's data centre: an aggregator of China's monthly figures and rates; one report, many columns.

Its column names mislead: BASIC_CURRENCY is broad money (M2), CURRENCY is M1, FREE_CASH is M0. It says 200
to everything, so the answer's own `success` and `code` are read first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from sources.answers.asking import answered, grouped, look_back, with_parameter
from sources.answers.bodies import expect, json_in, member, wrong
from sources.answers.reading import decode, period
from sources.answers.sampling import MONTH_END, dated, number_in, period_in, steps, takes_days
from sources.limits import ANSWER_PAGES
from sources.model import Answer, Period, Refused, Request
from sources.provider import Asked, Field, Provider, Query, Row
from sources.text import message

_URL = "https://datacenter-web.eastmoney.com/api/data/v1/get"
_PAGE_ROWS = "500"
_NO_ROWS, _NO_REPORT = 9201, 9501
_WRAPPED = re.compile(r"\s*[\w$.]{1,100}\((.*)\);?\s*", re.DOTALL)
_PAGES = {
    "CURRENCY_SUPPLY": "hbgyl",
    "RMB_LOAN": "xzxd",
    "CPI": "cpi",
    "PPI": "ppi",
    "PMI": "pmi",
    "GDP": "gdp",
    "DEPOSIT_RESERVE": "ckzbj",
    "CUSTOMS": "hgjck",
    "GOLD_CURRENCY": "hjwh",
    "TOTAL_RETAIL": "xfp",
    "ASSET_INVEST": "gdzctz",
    "INDUS_GROW": "gyzjz",
    "RPTA_WEB_RATE": "globalRateLPR",
    "RPTA_WEB_TREASURYYIELD": "zmgzsyl",
}


def requests(
    queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
) -> list[Asked]:
    """One request per report: it holds all columns. Newest rows first, page by page while they are needed."""
    return grouped(((_request(query), query) for query in queries), since, today)


def _request(query: Query) -> Request:
    report = query.get("report")
    economy = not report.startswith("RPT")
    sort = "REPORT_DATE" if economy else _day_column(query)
    return Request(
        _URL,
        query=(
            ("reportName", f"RPT_ECONOMY_{report}" if economy else report),
            ("columns", "ALL"),
            ("sortColumns", sort),
            ("sortTypes", "-1"),
            ("pageSize", _PAGE_ROWS),
            ("source", "WEB"),
            ("client", "WEB"),
            ("pageNumber", "1"),
        ),
    )


def _day_column(query: Query) -> str:
    return query.get("date", "REPORT_DATE")


def parse(body: bytes, asked: Asked) -> Answer:
    """The columns of one page of a report. Raises Refused where it has none, WrongAnswer for drift."""
    page = int(asked.parameter("pageNumber") or 1)
    result = _result(body, asked, page)
    if result is None:
        return Answer(notes=(f"page {page} is empty: the rows end before it",))
    records = [expect(each, dict, "result.data[]") for each in member(result, "data", list, "result")]
    if not records:
        raise wrong("result.data", "rows", [])
    if asked.parameter("reportName") == "RPT_ECONOMY_CURRENCY_SUPPLY":
        _check_money(records)
    kept, notes = _agreeing(records, asked.queries[0])
    pages = int(number_in(result.get("pages"), "result.pages") or 1)
    following = _following(asked, page, pages, records)
    return answered(asked, lambda query: _rows(asked, query, kept, whole=pages == 1), following, notes)


def _result(body: bytes, asked: Asked, page: int) -> dict[str, object] | None:
    """The `result` of the envelope; None for a page after the last. Raises Refused as its code says."""
    text = decode(body, asked.content_type)
    wrapped = _WRAPPED.fullmatch(text)
    envelope = expect(json_in(wrapped[1] if wrapped else text), dict, "the body")
    code = envelope.get("code")
    if code == _NO_ROWS and page > 1:
        return None
    if envelope.get("success") is not True or code != 0:
        raise _refusal(asked.parameter("reportName"), code, envelope.get("message"))
    return member(envelope, "result", dict)


def _refusal(report: str, code: object, words: object) -> Refused:
    known = {_NO_ROWS: f"no rows in {report}", _NO_REPORT: f"no report {report}"}
    meaning = next((text for number, text in known.items() if code == number), "")
    given = message(f"{code}: {words or 'no reason given'}", 150)
    return Refused(f"{meaning or 'an error'} (code {given})")


def _check_money(records: Sequence[Mapping[str, object]]) -> None:
    """Raises WrongAnswer unless M2 > M1 > M0 in each row that has them: columns may have changed places."""
    for record in records:
        names = ("BASIC_CURRENCY", "CURRENCY", "FREE_CASH")
        values = [(name, number_in(record.get(name), name)) for name in names]
        held = [(name, value) for name, value in values if value is not None]
        for (wide, more), (narrow, less) in pairwise(held):
            if more <= less:
                raise wrong(f"{wide} of {record.get('REPORT_DATE')}", f"more than {narrow} ({less:g})", more)


def _agreeing(
    records: Sequence[dict[str, object]], query: Query
) -> tuple[list[dict[str, object]], list[str]]:
    """The rows whose two dates name the same period, and a note about the others."""
    kept = [record for record in records if _dates_agree(record, query)]
    if len(kept) * 2 < len(records):
        raise wrong("TIME", "the period of REPORT_DATE", records[0].get("TIME"))
    left = len(records) - len(kept)
    return kept, [f"{left} rows left out: TIME and REPORT_DATE name different periods"] if left else []


def _dates_agree(record: Mapping[str, object], query: Query) -> bool:
    if "TIME" not in record or takes_days(query):
        return True
    try:
        return period(record["TIME"], query.frequency) == period(record.get("REPORT_DATE"), query.frequency)
    except ValueError:
        return False


def _rows(asked: Asked, query: Query, records: Sequence[Mapping[str, object]], whole: bool) -> list[Row]:
    """The rows of a column; `whole` says that the report has no other page."""
    column, day = query.get("column"), _day_column(query)
    for name in (column, day):
        missing = next((record for record in records if name not in record), None)
        if missing is not None:
            raise wrong(f"result.data[].{name}", "a column of that name", missing)
    values = [(record[day], number_in(record[column], column)) for record in records]
    if takes_days(query):
        daily = [(period_in(cell, "D", day).first, value) for cell, value in values]
        if query.frequency == "step" and not whole:
            return steps(daily, held=False)  # the first row of a page may be a change: it is kept
        return dated(asked, query, daily)
    rows = [(period_in(cell, query.frequency, day), value) for cell, value in values]
    if len(rows) > 2 * len({row[0] for row in rows}):
        raise wrong(day, "one row per period", "several; `month_end: true` keeps the last of each month")
    return rows


def _following(
    asked: Asked, page: int, pages: int, records: Sequence[Mapping[str, object]]
) -> Request | None:
    """The next page, while there is one and rows not yet held may stand on it."""
    if page >= min(pages, ANSWER_PAGES):
        return None
    back = look_back(asked.since)
    sort = asked.parameter("sortColumns")
    if back and period_in(records[-1].get(sort), "D", sort).first < back:
        return None
    return with_parameter(asked.request, "pageNumber", str(page + 1))


def source_page(query: Query) -> str:
    """The table of the same report for people."""
    page = _PAGES.get(query.get("report"), "")
    return f"https://data.eastmoney.com/cjsj/{page}.html" if page else PROVIDER.home


PROVIDER = Provider(
    id="eastmoney",
    name="Eastmoney",
    home="https://data.eastmoney.com/cjsj/",
    hosts=("datacenter-web.eastmoney.com",),
    licence="figures of the agencies it names; no terms published",
    fields=(
        Field("report", "a report, as `CURRENCY_SUPPLY` or `RPTA_WEB_RATE`", r"[A-Z0-9_]+"),
        Field("column", "a column of that report, as `BASIC_CURRENCY_SAME`", r"[A-Z0-9_]+"),
        Field("date", "the column that dates a row (else `REPORT_DATE`)", r"[A-Z_]+", required=False),
        MONTH_END,
    ),
    requests=requests,
    parse=parse,
    source_page=source_page,
)
