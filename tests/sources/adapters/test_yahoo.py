import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sources.adapters.yahoo import PROVIDER
from sources.model import Frequency, Period, Refused, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "yahoo"
BODY = (ANSWERS / "chart_EURUSD.json").read_bytes()
TODAY = date(2026, 10, 31)


def ask(
    symbol: str = "EURUSD=X", frequency: Frequency = "D", since: Period | None = None, **more: str
) -> Asked:
    query = Query("x", frequency, (("symbol", symbol), *more.items()))
    (asked,) = PROVIDER.requests([query], since, TODAY, {})
    return asked


def changed(**changes: object) -> bytes:
    content: Any = json.loads(BODY)
    for path, value in changes.items():
        holder = content["chart"]["result"][0]
        *way, last = path.split("__")
        for key in way:
            holder = holder[int(key) if key.isdigit() else key]
        holder[last] = value
    return json.dumps(content).encode()


def days(body: bytes, asked: Asked) -> dict[str, float]:
    return {str(point.period): point.value for point in PROVIDER.parse(body, asked).points["x"]}


def test_closes_by_the_day_of_the_exchange() -> None:
    assert days(BODY, ask()) == {
        "2020-01-01": 1.1220825910568237,
        "2020-01-02": 1.1220825910568237,
        "2020-01-03": 1.1171437501907349,
    }


def test_summer_days_keep_their_date_though_the_offset_is_that_of_winter() -> None:
    body = changed(timestamp=[1593558000, 1593644400, 1593730800])  # midnights of July 2020 in London
    assert list(days(body, ask())) == ["2020-07-01", "2020-07-02", "2020-07-03"]


def test_a_running_session_has_no_close() -> None:
    regular = {"start": 1578009600, "end": 1578095999}
    running = changed(meta__regularMarketTime=1578020000, meta__currentTradingPeriod={"regular": regular})
    answer = PROVIDER.parse(running, ask())
    assert len(answer.points["x"]) == 2
    assert answer.notes == ("x: the session still runs, its day is left out",)


def test_missing_closes_and_a_range_without_trading() -> None:
    assert len(days(changed(indicators__quote__0__close=[None, 1.1, 1.2]), ask())) == 2
    empty = (ANSWERS / "chart_AAPL_no_timestamps.json").read_bytes().replace(b'"1m"', b'"1d"')
    answer = PROVIDER.parse(empty, ask("AAPL"))
    assert (answer.points, answer.notes) == ({"x": ()}, ("x: no values",))


def test_only_month_ends_that_are_surely_the_last_are_kept() -> None:
    asked = ask(frequency="M", month_end="true")
    assert days(BODY, asked) == {}
    assert days(changed(timestamp=[1577664000, 1577750400, 1578009600]), asked) == {
        "2019-12": 1.1220825910568237
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"meta__symbol": "GBPUSD=X"},
        {"meta__dataGranularity": "1mo"},
        {"meta__exchangeTimezoneName": "../../etc"},
        {"meta__currency": "CNY"},
        {"timestamp": [1577836800]},
        {"timestamp": {"0": 1}},
        {"timestamp": [1577836800, 10**30, 1]},
        {"indicators": {}},
        {"indicators": {"quote": []}},
        {"indicators": {"quote": [{"price": []}]}},
    ],
)
def test_drift_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(WrongAnswer):
        PROVIDER.parse(changed(**changes), ask(currency="USD"))


def test_refusals_speak_plainly() -> None:
    unknown = (ANSWERS / "error_404_not_found.json").read_bytes()
    assert PROVIDER.explain(404, unknown) == "No data found, symbol may be delisted"
    with pytest.raises(Refused, match="delisted"):
        PROVIDER.parse(unknown, ask())
    with pytest.raises(Refused) as refused:
        PROVIDER.parse(b"Too Many Requests\r\n", ask())
    assert refused.value.retry_after == 3600
    assert PROVIDER.explain(429, b"Too Many Requests\r\n") == "Too Many Requests"
    with pytest.raises(WrongAnswer, match="a web page"):
        PROVIDER.parse(b"<!doctype html><title>Yahoo</title>", ask())


def test_requests_ask_for_no_more_than_is_missing() -> None:
    assert PROVIDER.identity == "browser"
    assert ask("^HSI").request.url.endswith("/chart/%5EHSI")
    spans = [ask(since=since).parameter("range") for since in (None, Period(date(2026, 10, 1), "D"))]
    assert spans == ["10y", "3mo"]
    assert ask(since=Period(date(2024, 1, 2), "D")).parameter("range") == "5y"
