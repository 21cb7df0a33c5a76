import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sources.adapters.eastmoney import PROVIDER
from sources.model import Frequency, Period, Refused, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "eastmoney"
BODY = (ANSWERS / "currency_supply.json").read_bytes()
TODAY = date(2026, 9, 17)


def query(column: str, series: str = "x", frequency: Frequency = "M", **fields: str) -> Query:
    entry = {"report": "CURRENCY_SUPPLY", "column": column} | fields
    assert not PROVIDER.faults(entry)
    return Query(series, frequency, tuple(entry.items()))


def yields(frequency: Frequency = "M", **fields: str) -> Query:
    return query("EMM", frequency=frequency, report="RPTA_WEB_TREASURYYIELD", date="SOLAR_DATE", **fields)


def ask(*queries: Query, since: Period | None = None) -> Asked:
    (asked,) = PROVIDER.requests(queries, since, TODAY, {})
    return asked


def changed(path: str, value: object) -> bytes:
    """The money supply answer with one thing in it changed, as `result.data.0.TIME`."""
    whole = json.loads(BODY)
    *way, last = path.split(".")
    at: Any = whole
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[int(last) if isinstance(at, list) else last] = value
    return json.dumps(whole).encode()


def test_columns_of_one_report_come_from_one_request_in_units_of_the_entries() -> None:
    asked = ask(query("BASIC_CURRENCY", "m2", scale="0.0001"), query("BASIC_CURRENCY_SAME", "growth"))
    assert asked.parameter("reportName") == "RPT_ECONOMY_CURRENCY_SUPPLY"
    assert asked.parameter("callback") == ""
    points = PROVIDER.parse(BODY, asked).points
    assert [str(point.period) for point in points["m2"]] == ["2026-06", "2026-07", "2026-08"]
    assert points["m2"][-1].value == pytest.approx(356.80836)
    assert [point.value for point in points["growth"]] == [8.0, 7.7, 7.5]


def test_the_definition_follows_from_the_period() -> None:
    dates = [("2026-08-01 00:00:00", "2026年08月份"), ("2024-12-01 00:00:00", "2024年12月份")]
    body = changed("result.data.1.REPORT_DATE", dates[1][0])
    body = body.replace(json.dumps("2026年07月份").encode(), json.dumps(dates[1][1]).encode())
    growth = query("CURRENCY_SAME", definitions="old ..2024-12, 2025 2025-01..")
    level = query("CURRENCY", definitions="old ..2023-12, 2025 2024-01..")
    told = [(str(point.period), point.definition) for point in PROVIDER.parse(body, ask(growth)).points["x"]]
    assert told == [("2024-12", "old"), ("2026-06", "2025"), ("2026-08", "2025")]
    assert {point.definition for point in PROVIDER.parse(body, ask(level)).points["x"]} == {"2025"}


def test_cumulative_quarters_are_named_by_their_last() -> None:
    asked = ask(query("SUM_SAME", frequency="Q", report="GDP"))
    (point,) = PROVIDER.parse((ANSWERS / "gdp.json").read_bytes(), asked).points["x"]
    assert (str(point.period), point.value) == ("2022Q3", 3.0)


def test_a_reserve_ratio_counts_from_the_day_on_which_it_is_in_force() -> None:
    asked = ask(query("INTEREST_RATE_BA", frequency="step", report="DEPOSIT_RESERVE", date="TRADE_DATE"))
    assert asked.parameter("sortColumns") == "REPORT_DATE"
    (point,) = PROVIDER.parse((ANSWERS / "rrr.json").read_bytes(), asked).points["x"]
    assert (str(point.period), point.value) == ("2022-12-05", 11.0)


def test_pages_are_asked_for_until_what_is_held() -> None:
    following = PROVIDER.parse(BODY, ask(query("CURRENCY"))).following
    assert following is not None
    assert dict(following.query)["pageNumber"] == "2"
    assert PROVIDER.parse(BODY, ask(query("CURRENCY"), since=Period.parse("2026-08"))).following is not None
    held = Period.parse("2029-06")  # two years before it no row of this page is older
    assert PROVIDER.parse(BODY, ask(query("CURRENCY"), since=held)).following is None
    last = ask(query("CURRENCY")).then(following)
    assert PROVIDER.parse((ANSWERS / "error_9201.json").read_bytes(), last).points == {}


@pytest.mark.parametrize("name", ["error_9201.json", "error_9501.json", "jsonp_9201.txt"])
def test_a_refusal_with_status_200_names_the_report(name: str) -> None:
    with pytest.raises(Refused, match="RPT_ECONOMY_CURRENCY_SUPPLY"):
        PROVIDER.parse((ANSWERS / name).read_bytes(), ask(query("CURRENCY")))


def test_another_refusal_is_told_in_its_own_words() -> None:
    body = '{"result":null,"success":false,"message":"系统繁忙","code":500}'.encode()
    with pytest.raises(Refused, match="系统繁忙"):
        PROVIDER.parse(body, ask(query("CURRENCY")))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (BODY.replace(b'"CURRENCY_SAME"', b'"M1_SAME"'), "CURRENCY_SAME: expected a column"),
        (BODY.replace(b'"REPORT_DATE"', b'"REPORT_DAY"'), "REPORT_DATE"),
        (changed("result.data", {}), "result.data: expected a list, found an empty object"),
        (changed("result.data", []), "result.data: expected rows"),
        (changed("result", []), "result: expected an object, found a list of 0"),
        (changed("result.data.0.CURRENCY", 3600000), "BASIC_CURRENCY of 2026-08-01.* more than CURRENCY"),
        (changed("result.data.0.CURRENCY_SAME", "about 4"), 'expected a number, found "about 4"'),
        (b"<html><title>Sign in</title></html>", 'found a web page titled "Sign in"'),
        (b"", "found nothing"),
    ],
)
def test_drift_is_refused_by_name(body: bytes, words: str) -> None:
    with pytest.raises(WrongAnswer, match=words):
        PROVIDER.parse(body, ask(query("CURRENCY_SAME")))


@pytest.mark.parametrize("value", [None, "", "-", "NaN", True, [4.1], float("nan"), float("inf"), "1e999"])
def test_what_is_no_number_is_missing_and_counted(value: object) -> None:
    answer = PROVIDER.parse(changed("result.data.0.CURRENCY_SAME", value), ask(query("CURRENCY_SAME")))
    assert [str(point.period) for point in answer.points["x"]] == ["2026-06", "2026-07"]
    assert "x: 1 without a value" in answer.notes


def test_a_row_whose_two_dates_differ_is_left_out() -> None:
    answer = PROVIDER.parse(changed("result.data.1.TIME", "2026年05月份"), ask(query("CURRENCY_SAME")))
    assert [str(point.period) for point in answer.points["x"]] == ["2026-06", "2026-08"]
    assert any("TIME" in note for note in answer.notes)


def test_daily_values_are_no_monthly_ones_unless_the_entry_says_so() -> None:
    days = ("2026-07-30", "2026-07-31", "2026-08-03")  # made up: the shape of the yields by day
    rows = [{"SOLAR_DATE": f"{day} 00:00:00", "EMM": 1.7 + at / 100} for at, day in enumerate(days)]
    whole = {"result": {"pages": 1, "data": rows}, "success": True, "code": 0}
    with pytest.raises(WrongAnswer, match="month_end"):
        PROVIDER.parse(json.dumps(whole).encode(), ask(yields(frequency="A")))
    ends = ask(yields(month_end="true"))
    (point,) = PROVIDER.parse(json.dumps(whole).encode(), ends).points["x"]
    assert (str(point.period), point.value) == ("2026-07", 1.71)
