from datetime import date
from pathlib import Path

import pytest

from sources.adapters.chinabond import PROVIDER
from sources.model import Frequency, Period, WrongAnswer
from sources.provider import Asked, Query

BODY = (Path(__file__).parent / "answers" / "chinabond" / "enterprise_aaa.json").read_bytes()
TODAY = date(2026, 8, 2)


def ask(since: str = "2026-05", frequency: Frequency = "M", years: str = "5", **fields: str) -> list[Asked]:
    entry = {"curve": "enterprise-aaa", "years": years} | fields
    assert not PROVIDER.faults(entry)
    held = Period.parse(since) if since else None
    return PROVIDER.requests([Query("x", frequency, tuple(entry.items()))], held, TODAY, {})


def month(which: bytes) -> bytes:
    """The answer with the curve of one day only."""
    first, second = BODY.strip()[1:-1].split(b"]]}, ")
    return b"[" + (first + b"]]}" if which in first else second) + b"]"


def test_month_ends_are_the_last_curve_of_each_month_that_is_over() -> None:
    june, july = ask()
    assert june.request.method == "POST"
    assert june.parameter("ycDefIds") == "2c9081e50a2f9606010a309f4af50111,"
    assert june.parameter("workTimes").split(",")[::9] == ["2026-06-21", "2026-06-30"]
    assert july.parameter("workTimes").endswith("2026-07-31")
    for asked, day, value in ((june, b"2026-06-30", 1.7459), (july, b"2026-07-31", 1.7514)):
        (point,) = PROVIDER.parse(month(day), asked).points["x"]
        assert (str(point.period), point.value) == (day.decode()[:7], value)


def test_days_are_asked_for_from_what_is_held_ten_at_a_time() -> None:
    first, second = ask("2026-07-20", "B")
    assert first.parameter("workTimes").split(",")[0] == "2026-07-21"
    assert len(first.parameter("workTimes").split(",")) == 10
    assert second.parameter("workTimes") == "2026-07-31,2026-08-01,2026-08-02"
    (point,) = PROVIDER.parse(month(b"2026-07-31"), second).points["x"]
    assert (str(point.period), point.value) == ("2026-07-31", 1.7514)
    assert not ask("2026-08-02", "D")


def test_a_long_history_is_filled_from_its_old_end() -> None:
    assert len(ask("2000-01-31", "D")) == 20
    assert ask("2000-01-31", "D")[0].parameter("workTimes").startswith("2000-02-01,")
    assert len(ask("")) == 36


def test_no_curve_is_a_holiday_or_too_early_but_not_for_ten_days() -> None:
    (_, today) = ask("2026-07-20", "B")
    assert PROVIDER.parse(b"[]", today).points == {}
    assert "holidays" in PROVIDER.parse(b"[]", today).notes[0]
    with pytest.raises(WrongAnswer, match="a curve on one of 10 days"):
        PROVIDER.parse(b"[]", ask()[0])


def test_a_point_without_a_yield_is_missing() -> None:
    answer = PROVIDER.parse(month(b"2026-07-31").replace(b"1.7514", b"null"), ask("2026-07-30", "D")[0])
    assert answer.points["x"] == ()
    assert answer.notes == ("x: 1 without a value",)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("(AAA)", "(AA)", r"ycDefName: expected a name with"),
        ("(AAA)", "(AAA+)", r"ycDefName"),
        ("2026-07-31", "2026-05-29", "worktime: expected a day that was asked for"),
        ("worktime", "day", "worktime: expected a text"),
        ("[5.0, 1.7514]", "[5.1, 1.7514]", "a point at 5 years"),
        ("[1.0, 1.5105]", "[0, 1.0, 1.5105]", "years and yield"),
        ("[[1.0, 1.5105]", "{", "JSON"),
        ('"seriesData": [', '"seriesData": {}, "old": [', "seriesData: expected a list"),
        ("1.7514", '"1.75 (est.)"', "expected a number"),
        ("[{", "<html><title>Sign in</title>", "a web page"),
    ],
)
def test_drift_is_refused_by_name(old: str, new: str, words: str) -> None:
    text = month(b"2026-07-31").decode()
    assert old in text
    with pytest.raises(WrongAnswer, match=words):
        PROVIDER.parse(text.replace(old, new).encode(), ask()[1])


def test_wide_brackets_name_the_same_curve() -> None:
    body = month(b"2026-07-31").decode().replace("(AAA)", "（AAA）").encode()
    assert PROVIDER.parse(body, ask()[1]).points["x"]
