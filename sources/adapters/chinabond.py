"""ChinaBond's yield curves, by day: one request asks for one curve on up to ten days.

The curves belong to their publisher: they may be shown, not passed on in bulk. The answer is a list with
an item for each day that has a curve: not for holidays, nor before about 18:00 in China.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sources.answers.asking import answered
from sources.answers.bodies import expect, member, read_json, wrong
from sources.answers.sampling import MONTH_END, Day, dated, day_in, number_in, wants_month_ends
from sources.model import Answer, Period, Request
from sources.provider import NUMBER, Asked, Field, Provider, Query, Row

_CURVES = {
    "government": ("2c9081e50a2f9606010a3068cae70001", "国债收益率曲线"),
    "enterprise-aaa": ("2c9081e50a2f9606010a309f4af50111", "企业债收益率曲线(AAA)"),
    "enterprise-aa": ("2c90818812b319130112c279222836c3", "企业债收益率曲线(AA)"),
    "notes-aaa": ("2c9081880fa9d507010fb8505b393fe7", "中短期票据收益率曲线(AAA)"),
}
"""The id of each curve, and what its name must hold."""

_DAYS_PER_REQUEST = 10
"""No holiday of China is as long, so that at least one of them has a curve."""
_DAYS_AT_FIRST = 60
_DAYS_AT_MOST = 200
_MONTHS_AT_MOST = 36


def requests(
    queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
) -> list[Asked]:
    """Days not yet held, the oldest first, ten at a time; where only month-ends are wanted, those alone.

    A long history takes several refreshes: one asks for at most 200 days, or 36 months.
    """
    groups: dict[tuple[str, bool], list[Query]] = {}
    for query in queries:
        groups.setdefault((query.get("curve"), _monthly(query)), []).append(query)
    return [
        Asked(_request(curve, days), tuple(group), today, since)
        for (curve, monthly), group in groups.items()
        for days in (_month_ends(since, today) if monthly else _days(since, today))
    ]


def _monthly(query: Query) -> bool:
    return query.frequency == "M" or wants_month_ends(query)


def _days(since: Period | None, today: date) -> list[list[date]]:
    """The days after the newest one held, in parts."""
    first = since.last + timedelta(days=1) if since else today - timedelta(days=_DAYS_AT_FIRST)
    count = min((today - first).days + 1, _DAYS_AT_MOST)
    days = [first + timedelta(days=ahead) for ahead in range(count)]
    return [days[at : at + _DAYS_PER_REQUEST] for at in range(0, len(days), _DAYS_PER_REQUEST)]


def _month_ends(since: Period | None, today: date) -> list[list[date]]:
    """For each month that is over and not held its last ten days: the last with a curve is its end."""
    newest = Period.holding(today, "M").shifted(-1)
    first = Period.holding(since.first, "M").shifted(1) if since else newest.shifted(1 - _MONTHS_AT_MOST)
    months = [first.shifted(ahead) for ahead in range(_MONTHS_AT_MOST)]
    return [
        [month.last - timedelta(days=back) for back in reversed(range(_DAYS_PER_REQUEST))]
        for month in months
        if month <= newest
    ]


def _request(curve: str, days: Sequence[date]) -> Request:
    id_, _ = _CURVES.get(curve, (curve, ""))
    return Request(
        "https://yield.chinabond.com.cn/cbweb-mn/yc/searchYc",
        method="POST",
        query=(
            ("xyzSelect", "txy"),
            ("workTimes", ",".join(day.isoformat() for day in days)),
            ("dxbj", "0"),
            ("qxll", "0,"),
            ("yqqxN", "N"),
            ("yqqxK", "K"),
            ("ycDefIds", f"{id_},"),
            ("wrjxCBFlag", "0"),
            ("locale", "zh_CN"),
        ),
    )


def parse(body: bytes, asked: Asked) -> Answer:
    """The yields to maturity of the days that have a curve. Raises WrongAnswer for another curve or day."""
    items = expect(read_json(body, asked.content_type), list, "the body")
    wanted = [date.fromisoformat(day) for day in asked.parameter("workTimes").split(",") if day]
    if not items:
        return _none(asked, wanted)
    curves = [_curve(expect(item, dict, "a curve"), asked.queries[0], wanted) for item in items]
    return answered(asked, lambda query: _rows(asked, query, curves))


def _none(asked: Asked, wanted: Sequence[date]) -> Answer:
    """The answer of no curve at all: holidays, or not out yet. Raises WrongAnswer for too many days."""
    if len(wanted) >= _DAYS_PER_REQUEST and max(wanted) < asked.today:
        raise wrong("the body", f"a curve on one of {len(wanted)} days", [])
    return Answer(notes=("no curve on these days: holidays, or not published yet",))


Curve = tuple[date, Sequence[object]]


def _curve(item: Mapping[str, object], query: Query, wanted: Sequence[date]) -> Curve:
    """The day and the points of a curve, if it is the one asked for. Raises WrongAnswer."""
    name = member(item, "ycDefName", str, "a curve").replace("（", "(").replace("）", ")")
    known = query.get("name") or _CURVES.get(query.get("curve"), ("", ""))[1]
    if known not in name:
        raise wrong("a curve.ycDefName", f'a name with "{known}"', name)
    day = day_in(member(item, "worktime", str, "a curve"), "a curve.worktime")
    if day not in wanted:
        raise wrong("a curve.worktime", "a day that was asked for", day.isoformat())
    return day, member(item, "seriesData", list, "a curve")


def _rows(asked: Asked, query: Query, curves: Sequence[Curve]) -> list[Row]:
    days: list[Day] = sorted((day, _yield(points, float(query.get("years")))) for day, points in curves)
    if not _monthly(query):
        return dated(asked, query, days)
    valued = [(day, value) for day, value in days if value is not None]
    return [(Period.holding(day, query.frequency), value) for day, value in valued[-1:]]


def _yield(points: Sequence[object], years: float) -> float | None:
    """The yield at exactly so many years. Raises WrongAnswer where the curve has no such point."""
    for point in points:
        pair = expect(point, list, "seriesData[]")
        if len(pair) != 2:
            raise wrong("seriesData[]", "years and yield", pair)
        at = number_in(pair[0], "seriesData[].years")
        if at is not None and abs(at - years) < 1e-6:
            return number_in(pair[1], "seriesData[].yield")
    raise wrong("seriesData", f"a point at {years:g} years", list(points))


def source_page(query: Query) -> str:
    """The curves for people."""
    return PROVIDER.home


PROVIDER = Provider(
    id="chinabond",
    name="ChinaBond",
    home="https://yield.chinabond.com.cn/cbweb-mn/yield_main?locale=zh_CN",
    hosts=("yield.chinabond.com.cn",),
    licence="proprietary (CCDC): for display; not to be passed on in bulk",
    fields=(
        Field(
            "curve",
            f"one of {', '.join(_CURVES)}, or the 32 characters of a curve's id",
            "|".join([*_CURVES, r"[0-9a-f]{32}"]),
        ),
        Field("years", "the years to maturity, as 5 or 0.5", NUMBER),
        Field("name", "words that the name of the curve must hold", required=False),
        MONTH_END,
    ),
    requests=requests,
    parse=parse,
    source_page=source_page,
)
