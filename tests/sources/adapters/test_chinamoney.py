from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from sources.adapters.chinamoney import PROVIDER
from sources.model import Frequency, Period, Refused, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "chinamoney"
TODAY = date(2026, 9, 30)


def ask(
    table: str, column: str, frequency: Frequency = "B", since: str = "2026-08-20", **fields: str
) -> list[Asked]:
    entry = {"table": table, "column": column} | fields
    assert not PROVIDER.faults(entry)
    held = Period.parse(since) if since else None
    return PROVIDER.requests([Query("x", frequency, tuple(entry.items()))], held, TODAY, {})


def read(name: str, asked: Asked) -> list[tuple[str, float]]:
    points = PROVIDER.parse((ANSWERS / name).read_bytes(), asked).points["x"]
    return [(str(point.period), point.value) for point in points]


def test_each_table_is_read_in_its_own_shape() -> None:
    assert read("shibor.json", ask("shibor", "3M")[0]) == [("2026-08-28", 1.42), ("2026-08-31", 1.43)]
    assert read("fixing.json", ask("fixing", "FDR007")[0]) == [("2026-08-31", 1.41)]
    assert read("curve.json", ask("curve", "10", curve="CYCC000")[-1]) == [("2026-09-30", 1.683)]
    assert read("lpr.json", ask("lpr", "5Y")[0]) == [("2026-07-20", 3.5), ("2026-08-20", 3.5)]


def test_a_rate_that_did_not_change_is_no_step() -> None:
    assert read("lpr.json", ask("lpr", "1Y", "step")[0]) == []
    assert read("lpr.json", ask("lpr", "1Y", "step", since="")[-1]) == []  # windows before it came first


def test_windows_are_no_wider_than_the_table_allows_and_leave_no_gap() -> None:
    for table, column, widest in (("lpr", "1Y", 360), ("shibor", "3M", 360), ("curve", "10", 30)):
        windows = ask(table, column, since="2025-01-20")
        begin, end = ("strStartDate", "strEndDate") if table == "lpr" else ("startDate", "endDate")
        days = [
            (date.fromisoformat(asked.parameter(begin)), date.fromisoformat(asked.parameter(end)))
            for asked in windows
        ]
        assert all((last - first).days <= widest for first, last in days)
        assert days[0][0] < date(2025, 1, 20)
        assert all(later[0] < earlier[1] for earlier, later in pairwise(days))
        assert table == "curve" or days[-1][1] == TODAY


def test_it_is_asked_as_by_a_browser_with_its_own_referer() -> None:
    (asked,) = ask("lpr", "1Y")
    assert PROVIDER.identity == "browser"
    assert dict(asked.request.headers)["Referer"] == "https://www.chinamoney.com.cn/"
    assert asked.request.method == "POST"


def test_pages_of_a_curve_follow_one_another_to_the_last() -> None:
    body = (ANSWERS / "curve.json").read_bytes()  # one page of 972 rows, 50 on each
    asked = ask("curve", "10")[-1]
    pages = [asked.parameter("pageNum")]
    while following := PROVIDER.parse(body, asked).following:
        asked = asked.then(following)
        pages.append(asked.parameter("pageNum"))
    assert pages == [str(page) for page in range(1, 21)]


def test_its_message_with_status_200_is_a_refusal() -> None:
    with pytest.raises(Refused, match="不能超过一个月"):
        PROVIDER.parse((ANSWERS / "window.json").read_bytes(), ask("curve", "10")[0])
    with pytest.raises(Refused, match="code 500"):
        PROVIDER.parse(b'{"head":{"rep_code":"500"},"records":[]}', ask("lpr", "1Y")[0])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"3M"', b'"90D"', "3M: expected a column"),
        (b'"showDateCN"', b'"day"', "showDateCN"),
        (b'{"records":[', b'{"records":{},"old":[', "records: expected a list"),
        (b"2026-08-28", b"2020-08-28", "expected a day from"),
        (b"1.4300", b"1,43", 'expected a number, found "1,43"'),
        (b'{"records"', b"<html><title>403</title>", "a web page"),
    ],
)
def test_drift_is_refused_by_name(old: bytes, new: bytes, words: str) -> None:
    body = (ANSWERS / "shibor.json").read_bytes()
    assert old in body
    with pytest.raises(WrongAnswer, match=words):
        PROVIDER.parse(body.replace(old, new), ask("shibor", "3M")[0])


def test_no_rows_and_marks_of_nothing() -> None:
    with pytest.raises(WrongAnswer, match="records: expected rows"):
        PROVIDER.parse(b'{"records":[]}', ask("shibor", "3M")[0])
    body = (ANSWERS / "shibor.json").read_bytes().replace(b"1.4300", b"---")
    answer = PROVIDER.parse(body, ask("shibor", "3M")[0])
    assert [point.value for point in answer.points["x"]] == [1.42]
    assert answer.notes == ("x: 1 without a value",)
