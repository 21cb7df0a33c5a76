from datetime import date
from pathlib import Path

import pytest

from sources.adapters.worldbank import PROVIDER
from sources.model import Refused, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "worldbank"
FIRST, SECOND = ((ANSWERS / f"page{page}.json").read_bytes() for page in (1, 2))


def query(country: str = "NOR", indicator: str = "NY.GDP.MKTP.CD", **fields: str) -> Query:
    entry = {"indicator": indicator, "country": country} | fields
    assert not PROVIDER.faults(entry)
    return Query(country, "A", tuple(entry.items()))


def ask(*queries: Query) -> list[Asked]:
    return PROVIDER.requests(queries or (query(),), None, date(2026, 10, 31), {})


def test_years_come_in_the_unit_of_the_entry_page_by_page() -> None:
    (asked,) = ask(query(scale="1e-9"))
    answer = PROVIDER.parse(FIRST, asked)
    assert [str(point.period) for point in answer.points["NOR"]] == ["2020", "2021", "2022", "2023", "2024"]
    assert answer.points["NOR"][-1].value == pytest.approx(500.886328)
    assert answer.following is not None
    second = PROVIDER.parse(SECOND, asked.then(answer.following))
    assert [str(point.period) for point in second.points["NOR"]] == ["2019"]
    assert second.notes == ("NOR: 1 without a value",)
    assert second.following is None


def test_one_request_asks_for_all_countries_of_an_indicator() -> None:
    gdp, rule = ask(query("NOR"), query("CHN"), query("USA", indicator="GOV_WGI_RL.EST", source="3"))
    assert gdp.request.url == "https://api.worldbank.org/v2/country/CHN;NOR/indicator/NY.GDP.MKTP.CD"
    assert gdp.parameter("source") == ""
    assert rule.parameter("source") == "3"
    assert rule.parameter("date") == "1990:2026"


def test_its_message_with_status_200_is_a_refusal() -> None:
    with pytest.raises(Refused, match=r"Invalid value.*id 120"):
        PROVIDER.parse((ANSWERS / "error_invalid_value.json").read_bytes(), ask()[0])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"NY.GDP.MKTP.CD"', b'"NY.GDP.MKTP.KD"', "indicator.id: expected NY.GDP.MKTP.CD"),
        (b'"NOR"', b'"SWE"', 'countryiso3code: expected NOR, found "SWE"'),
        (b'"value":500886328034.123', b'"amount":500886328034.123', "a row.value"),
        (b'"date":"2024"', b'"date":"2024.1"', "expected a year"),
        (b'"page":1,', b'"page":2,', "page: expected 1, found 2"),
        (b'"pages":2', b'"pages":null', "pages"),
        (b'[{"page"', b'[{"page":1},{"page"', "a head and its rows"),
        (b'[{"page"', b"<html>", "found a web page"),
    ],
)
def test_drift_is_refused_by_name(old: bytes, new: bytes, words: str) -> None:
    assert old in FIRST
    with pytest.raises(WrongAnswer, match=words):
        PROVIDER.parse(FIRST.replace(old, new), ask()[0])


@pytest.mark.parametrize("rows", [b"null", b"[]", b"{}"])
def test_no_rows_are_no_answer(rows: bytes) -> None:
    with pytest.raises(WrongAnswer, match="the rows"):
        PROVIDER.parse(b'[{"page":1,"pages":1},' + rows + b"]", ask()[0])


def test_it_is_given_time() -> None:
    assert PROVIDER.total_seconds >= 60
    assert PROVIDER.slow
