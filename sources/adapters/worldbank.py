"""World Bank indicators: yearly figures by country. Slow (up to 45 seconds), and refuses with status 200."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sources.answers.asking import answered, with_parameter
from sources.answers.bodies import described, expect, member, read_json, wrong
from sources.answers.sampling import number_in, period_in
from sources.limits import ANSWER_PAGES
from sources.model import Answer, Period, Refused, Request
from sources.provider import Asked, Field, Provider, Query, Row
from sources.text import message

_FIRST_YEAR = 1990
_PAGE_ROWS = "20000"


def requests(
    queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
) -> list[Asked]:
    """One request per indicator, for all its countries and years: the bank revises far back."""
    groups: dict[tuple[str, str], list[Query]] = {}
    for query in queries:
        groups.setdefault((query.get("indicator"), query.get("source")), []).append(query)
    return [
        Asked(_request(indicator, source, group, today), tuple(group), today, since)
        for (indicator, source), group in groups.items()
    ]


def _request(indicator: str, source: str, queries: Sequence[Query], today: date) -> Request:
    countries = ";".join(sorted({query.get("country") for query in queries}))
    return Request(
        f"https://api.worldbank.org/v2/country/{countries}/indicator/{indicator}",
        query=(
            *((("source", source),) if source else ()),
            ("format", "json"),
            ("per_page", _PAGE_ROWS),
            ("date", f"{_FIRST_YEAR}:{today.year}"),
            ("page", "1"),
        ),
    )


def parse(body: bytes, asked: Asked) -> Answer:
    """The years of one page. Raises Refused with the bank's message, WrongAnswer for another indicator."""
    answer = expect(read_json(body, asked.content_type), list, "the body")
    _refuse_message(answer)
    if len(answer) != 2:
        raise wrong("the body", "a head and its rows", answer)
    head = expect(answer[0], dict, "the head")
    page, pages = _whole(head, "page"), _whole(head, "pages")
    if page != int(asked.parameter("page") or 1):
        raise wrong("the head.page", asked.parameter("page"), page)
    records = [expect(each, dict, "a row") for each in expect(answer[1], list, "the rows")]
    _check(records, asked.queries)
    more = page < min(pages, ANSWER_PAGES)
    following = with_parameter(asked.request, "page", str(page + 1)) if more else None
    return answered(asked, lambda query: _rows(query, records), following)


def _refuse_message(answer: Sequence[object]) -> None:
    """Raises Refused where the answer is a list of messages."""
    if len(answer) != 1 or not isinstance(answer[0], dict) or "message" not in answer[0]:
        return
    messages = expect(answer[0]["message"], list, "message")
    first = expect(messages[0], dict, "message[]") if messages else {}
    words = f"{first.get('key', 'no reason given')}: {first.get('value', '')}"
    raise Refused(f"{message(words, 200)} (id {message(str(first.get('id')), 20)})")


def _whole(head: Mapping[str, object], key: str) -> int:
    value = number_in(head.get(key), f"the head.{key}")
    if value is None:
        raise wrong(f"the head.{key}", "a number", described(head.get(key)))
    return int(value)


def _check(records: Sequence[dict[str, object]], queries: Sequence[Query]) -> None:
    """Raises WrongAnswer unless all rows are of the indicator and the countries that were asked for."""
    indicator = queries[0].get("indicator")
    countries = {query.get("country") for query in queries}
    if not records:
        raise wrong("the rows", f"years of {indicator}", records)
    for record in records:
        found = member(member(record, "indicator", dict, "a row"), "id", str, "a row.indicator")
        if found.casefold() != indicator.casefold():
            raise wrong("a row.indicator.id", indicator, found)
        country = member(record, "countryiso3code", str, "a row")
        if country not in countries:
            raise wrong("a row.countryiso3code", " or ".join(sorted(countries)), country)
        if "value" not in record:
            raise wrong("a row.value", "a number or null", record)


def _rows(query: Query, records: Sequence[Mapping[str, object]]) -> list[Row]:
    return [
        (
            period_in(record.get("date"), query.frequency, "a row.date"),
            number_in(record["value"], "a row.value"),
        )
        for record in records
        if record["countryiso3code"] == query.get("country")
    ]


def source_page(query: Query) -> str:
    """The indicator's page on its data site."""
    country = query.get("country")
    return f"https://data.worldbank.org/indicator/{query.get('indicator')}?locations={country}"


PROVIDER = Provider(
    id="worldbank",
    name="World Bank",
    home="https://data.worldbank.org/",
    hosts=("api.worldbank.org",),
    licence="CC BY 4.0",
    fields=(
        Field("indicator", "an indicator, as `FM.LBL.BMNY.GD.ZS`", r"[A-Z0-9_.]+"),
        Field("country", "a country of three letters, as `CHN`", r"[A-Z]{3}"),
        Field(
            "source", "the number of its database, as 3 for the governance figures", r"\d+", required=False
        ),
    ),
    requests=requests,
    parse=parse,
    source_page=source_page,
    total_seconds=90.0,
    slow=True,
)
