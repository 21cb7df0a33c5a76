"""ChinaMoney, the site of the interbank market (CFETS): LPR, Shibor, repo fixings and closing curves.

It answers browsers only, and refuses a window that is too wide with status 200 and a message. Numbers are
texts. Each table has its own longest window; a longer history is asked for in several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sources.answers.asking import answered, with_parameter
from sources.answers.bodies import expect, member, read_json, wrong
from sources.answers.sampling import MONTH_END, Day, dated, day_in, number_in
from sources.limits import ANSWER_PAGES
from sources.model import Answer, Period, Refused, Request
from sources.provider import Asked, Field, Provider, Query, Row
from sources.text import message

_BASE = "https://www.chinamoney.com.cn/ags/ms/"
_PAGE_ROWS = 50
"""A larger page of a curve is answered with 403."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the site: where it is, how its dates are called, and how far one window may reach."""

    path: str
    page: str
    day: str
    first: date
    window_days: int
    from_to: tuple[str, str] = ("startDate", "endDate")
    extra: tuple[tuple[str, str], ...] = ()
    paged: bool = False
    posted: bool = True


_TABLES = {
    "lpr": _Table(
        path="cm-u-bk-currency/LprHis",
        page="bklpr",
        day="showDateCN",
        first=date(2019, 8, 20),
        window_days=360,
        from_to=("strStartDate", "strEndDate"),
    ),
    "shibor": _Table(
        path="cm-u-bk-shibor/ShiborHis",
        page="bkshibor",
        day="showDateCN",
        first=date(2006, 10, 8),
        window_days=360,
        posted=False,
    ),
    "fixing": _Table(
        path="cm-u-bk-currency/FrrHis",
        page="bkfrr",
        day="lfiProducDate",
        first=date(2006, 3, 8),
        window_days=360,
    ),
    "curve": _Table(
        path="cm-u-bk-currency/ClsYldCurvHis",
        page="bkcurvclosedyhis",
        day="newDateValueCN",
        first=date(2016, 1, 1),
        window_days=29,
        extra=(("reference", "1,2,3"), ("termId", "1"), ("pageNum", "1"), ("pageSize", str(_PAGE_ROWS))),
        paged=True,
        posted=False,
    ),
}
_WINDOWS_AT_MOST = 8
_OVERLAP_DAYS = 45
"""So far windows overlap at most: the first row of each, a monthly LPR included, stands in the one before."""


def requests(
    queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
) -> list[Asked]:
    """One request per table and window, the oldest first. A long history takes several refreshes."""
    groups: dict[tuple[str, str], list[Query]] = {}
    for query in queries:
        groups.setdefault((query.get("table"), _curve(query)), []).append(query)
    return [
        Asked(_request(_TABLES[table], curve, first, last), tuple(group), today, before)
        for (table, curve), group in groups.items()
        for first, last, before in _windows(_TABLES[table], since, today)
    ]


def _curve(query: Query) -> str:
    """The code of the curve; without one the government's."""
    return query.get("curve", "CYCC000") if query.get("table") == "curve" else ""


def _windows(table: _Table, since: Period | None, today: date) -> list[tuple[date, date, Period | None]]:
    """Windows from what is held to today, with what is held before each of them.

    At most eight: the oldest ones where something is held, so that no gap is left, else the newest.
    """
    width = timedelta(days=table.window_days)
    overlap = timedelta(days=min(_OVERLAP_DAYS, table.window_days // 3))
    first = max(since.first - overlap if since else table.first, table.first)
    if not since:
        first = max(first, today - (width - overlap) * _WINDOWS_AT_MOST)
    windows: list[tuple[date, date, Period | None]] = []
    while len(windows) < _WINDOWS_AT_MOST and (not windows or windows[-1][1] < today):
        last = min(first + width, today)
        windows.append((first, last, Period(first, "D") if windows else since))
        first = last - overlap
    return windows


def _request(table: _Table, curve: str, first: date, last: date) -> Request:
    begin, end = table.from_to
    return Request(
        _BASE + table.path,
        method="POST" if table.posted else "GET",
        query=(
            ("lang", "CN"),
            (begin, first.isoformat()),
            (end, last.isoformat()),
            *((("bondType", curve),) if curve else ()),
            *table.extra,
        ),
        headers=(("Referer", "https://www.chinamoney.com.cn/"),),
    )


def parse(body: bytes, asked: Asked) -> Answer:
    """The rows of a window. Raises Refused with the site's message, WrongAnswer for drift."""
    answer = expect(read_json(body, asked.content_type), dict, "the body")
    _refuse_message(answer)
    table = _TABLES[asked.queries[0].get("table")]
    records = [expect(each, dict, "records[]") for each in member(answer, "records", list)]
    if not records and not _is_later_page(asked):
        raise wrong("records", "rows", records)
    _check_days(records, table, asked)
    rows = [(day_in(record.get(table.day), f"records[].{table.day}"), record) for record in records]
    return answered(asked, lambda query: _rows(asked, query, rows), _following(asked, table, answer, records))


def _refuse_message(answer: Mapping[str, object]) -> None:
    """Raises Refused where the head or a message says that the window or the request is wrong."""
    head, data = answer.get("head"), answer.get("data")
    code = head.get("rep_code") if isinstance(head, dict) else None
    words = data.get("message") if isinstance(data, dict) else None
    if words or code not in (None, "200", 200):
        said = words or (head.get("rep_message") if isinstance(head, dict) else None) or "no reason given"
        raise Refused(f"an error (code {message(str(code), 20)}: {message(str(said), 150)})")


def _is_later_page(asked: Asked) -> bool:
    return asked.parameter("pageNum") not in ("", "1")


def _check_days(records: Sequence[Mapping[str, object]], table: _Table, asked: Asked) -> None:
    """Raises WrongAnswer for a row outside the window that was asked for."""
    begin, end = (date.fromisoformat(asked.parameter(name)) for name in table.from_to)
    for record in records:
        day = day_in(record.get(table.day), f"records[].{table.day}")
        if not begin <= day <= end:
            raise wrong(f"records[].{table.day}", f"a day from {begin} to {end}", day.isoformat())


def _rows(asked: Asked, query: Query, rows: Sequence[tuple[date, Mapping[str, object]]]) -> list[Row]:
    read = {"fixing": _fixings, "curve": _curve_points}.get(query.get("table"), _columns)
    return dated(asked, query, read(query.get("column"), rows))


def _columns(column: str, rows: Sequence[tuple[date, Mapping[str, object]]]) -> list[Day]:
    """The values of a column. A row may lack it, as old ones lack LPR over five years; not all may."""
    if rows and all(column not in record for _, record in rows):
        raise wrong(f"records[].{column}", "a column of that name", dict(rows[0][1]))
    return [(day, number_in(record.get(column), f"records[].{column}")) for day, record in rows]


def _fixings(column: str, rows: Sequence[tuple[date, Mapping[str, object]]]) -> list[Day]:
    inner = [(day, member(record, "frValueMap", dict, "records[]")) for day, record in rows]
    return _columns(column, inner)


def _curve_points(column: str, rows: Sequence[tuple[date, Mapping[str, object]]]) -> list[Day]:
    """The yields to maturity at exactly so many years. A page may end before a day's point."""
    years = number_in(column, "`column` of the entry")
    return [
        (day, number_in(member(record, "maturityYieldStr", str, "records[]"), "records[].maturityYieldStr"))
        for day, record in rows
        if _years(record) == years
    ]


def _years(record: Mapping[str, object]) -> float | None:
    return number_in(member(record, "yearTermStr", str, "records[]"), "records[].yearTermStr")


def _following(
    asked: Asked, table: _Table, answer: Mapping[str, object], records: Sequence[object]
) -> Request | None:
    """The next page of a curve; other tables have one."""
    if not table.paged or not records:
        return None
    page = int(asked.parameter("pageNum"))
    total = number_in(member(answer, "data", dict).get("total"), "data.total")
    if total is None or page * _PAGE_ROWS >= total or page >= ANSWER_PAGES:
        return None
    return with_parameter(asked.request, "pageNum", str(page + 1))


def source_page(query: Query) -> str:
    """The table for people."""
    return f"https://www.chinamoney.com.cn/chinese/{_TABLES[query.get('table')].page}/"


PROVIDER = Provider(
    id="chinamoney",
    name="ChinaMoney (CFETS)",
    home="https://www.chinamoney.com.cn/chinese/",
    hosts=("www.chinamoney.com.cn",),
    licence="proprietary (CFETS): for display, with its name",
    fields=(
        Field("table", f"one of {', '.join(_TABLES)}", "|".join(_TABLES)),
        Field("column", "a column, as `1Y`, `3M`, `FR007`; of a curve the years, as `10`", r"[A-Z0-9.]+"),
        Field(
            "curve",
            "the code of a curve, as `CYCC000` (only with `table: curve`)",
            r"[A-Z0-9]+",
            required=False,
        ),
        MONTH_END,
    ),
    requests=requests,
    parse=parse,
    source_page=source_page,
    identity="browser",
)
