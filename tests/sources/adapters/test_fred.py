import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sources.adapters.fred import PROVIDER
from sources.model import Frequency, Period, Refused, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "fred"
TODAY = date(2026, 9, 1)
KEY = {"fred": "0123456789abcdef"}


def ask(series: str, frequency: Frequency, keys: dict[str, str], **fields: str) -> Asked:
    query = Query("x", frequency, (("series", series), *fields.items()))
    (asked,) = PROVIDER.requests([query], None, TODAY, keys)
    return asked


def dexchus(**fields: str) -> Asked:
    return ask("DEXCHUS", "D", KEY, **fields)


def test_the_key_is_sent_as_a_secret_and_the_chart_needs_none() -> None:
    keyed, keyless = dexchus().request, ask("DEXCHUS", "D", {}).request
    assert keyed.secret_query == (("api_key", KEY["fred"]),)
    assert KEY["fred"] not in keyed.url + str(keyed.query)
    assert (keyless.url, keyless.query) == (
        "https://fred.stlouisfed.org/graph/fredgraph.csv",
        (("id", "DEXCHUS"),),
    )


def test_a_refresh_looks_back_for_revisions() -> None:
    since = Period(date(2026, 3, 1), "M")
    (asked,) = PROVIDER.requests([Query("x", "M", (("series", "A"),))], since, TODAY, {})
    assert asked.parameter("cosd") == "2024-03-01"


def test_monthly_values_of_a_chart() -> None:
    answer = PROVIDER.parse((ANSWERS / "chncpiallminmei.csv").read_bytes(), ask("CHNCPIALLMINMEI", "M", {}))
    assert [str(point.period) for point in answer.points["x"]] == ["2025-01", "2025-02", "2025-03", "2025-04"]
    assert answer.points["x"][-1].value == 115.029700000000005
    assert answer.notes == ()


def test_empty_cells_and_points_are_missing() -> None:
    body = (ANSWERS / "vixcls_month_ends.csv").read_bytes()
    for missing in (body, body.replace(b"2025-12-25,", b"2025-12-25,.")):
        answer = PROVIDER.parse(missing, ask("VIXCLS", "D", {}))
        assert len(answer.points["x"]) == 3
        assert answer.notes == ("x: 2 without a value",)
    ends = PROVIDER.parse(body, ask("VIXCLS", "M", {}, month_end="true")).points["x"]
    assert {str(point.period): point.value for point in ends} == {
        "2025-11": 16.35,
        "2025-12": 14.95,
        "2026-01": 17.44,
    }


def test_daily_values_are_no_monthly_series() -> None:
    with pytest.raises(WrongAnswer, match="the first day of a month"):
        PROVIDER.parse((ANSWERS / "vixcls_month_ends.csv").read_bytes(), ask("VIXCLS", "M", {}))


def test_the_date_column_may_have_any_name_but_the_series_only_one() -> None:
    body = (ANSWERS / "chncpiallminmei.csv").read_bytes()
    asked = ask("CHNCPIALLMINMEI", "M", {})
    assert PROVIDER.parse(body.replace(b"observation_date", b"DATE"), asked).points["x"]
    inserted = b"\n".join(b"n," + line for line in body.splitlines())
    page = b"<!DOCTYPE html><title>Error</title>"
    for wrong in (body.replace(b"CHNCPI", b"USACPI"), inserted, page, b"", body.replace(b"115.1156", b"abc")):
        with pytest.raises(WrongAnswer):
            PROVIDER.parse(wrong, asked)


def test_values_of_the_api_say_nothing_of_their_publication() -> None:
    points = PROVIDER.parse((ANSWERS / "dexchus.json").read_bytes(), dexchus(scale="100")).points["x"]
    assert len(points) == 10
    assert (str(points[0].period), points[0].value, points[0].published) == ("2026-03-02", 688.21, None)


def test_vintages_carry_the_end_of_the_day_that_first_had_them() -> None:
    body = json.loads((ANSWERS / "dexchus.json").read_bytes())
    first = body["observations"][0]
    body["observations"].insert(0, first | {"realtime_start": "2026-03-09", "value": "6.8800"})  # made up
    body["count"] += 1
    points = PROVIDER.parse(json.dumps(body).encode(), dexchus(vintages="2026-01-01")).points["x"]
    assert [(point.value, point.published) for point in points[:2]] == [
        (6.88, datetime(2026, 3, 10, 5, 59, 59, tzinfo=UTC)),
        (6.8821, datetime(2026, 3, 17, 5, 59, 59, tzinfo=UTC)),
    ]
    assert len(points) == 11


def test_vintages_are_asked_from_what_is_held_and_need_a_key() -> None:
    query = Query("x", "D", (("series", "DEXCHUS"), ("vintages", "2015-01-01")))
    (first,) = PROVIDER.requests([query], None, TODAY, KEY)
    (later,) = PROVIDER.requests([query], Period(date(2026, 3, 2), "D"), TODAY, KEY)
    (keyless,) = PROVIDER.requests([query], None, TODAY, {})
    assert first.parameter("realtime_start") == "2015-01-01"
    assert later.parameter("realtime_start") == "2026-03-02"
    answer = PROVIDER.parse(b"observation_date,DEXCHUS\n2026-03-02,6.8821\n", keyless)
    assert answer.notes == ("DEXCHUS: vintages need a key of FRED; values as of today",)


def test_vintages_of_a_daily_series_are_asked_in_parts_that_leave_out_no_day() -> None:
    asked = dexchus(vintages="2015-01-01")
    empty = json.dumps({"count": 0, "offset": 0, "observations": []}).encode()
    spans = [(asked.parameter("realtime_start"), asked.parameter("realtime_end"))]
    while following := PROVIDER.parse(empty, asked).following:
        asked = asked.then(following)
        assert following.secret_query == (("api_key", KEY["fred"]),)
        spans.append((asked.parameter("realtime_start"), asked.parameter("realtime_end")))
    assert spans == [
        ("2015-01-01", "2020-01-01"),
        ("2020-01-02", "2025-01-01"),
        ("2025-01-02", "9999-12-31"),
    ]
    monthly = ask("FEDFUNDS", "M", KEY, vintages="1996-12-01")
    assert monthly.parameter("realtime_end") == "9999-12-31"
    assert PROVIDER.parse(empty, monthly).following is None


def test_vintages_of_months_carry_the_day_of_each_revision() -> None:
    entries = [
        {"realtime_start": "2026-02-03", "date": "2026-01-01", "value": "3.64"},
        {"realtime_start": "2026-02-10", "date": "2026-01-01", "value": "3.65"},
        {"realtime_start": "2026-03-03", "date": "2026-02-01", "value": "3.63"},
    ]
    body = json.dumps({"count": 3, "offset": 0, "units": "lin", "observations": entries}).encode()
    points = PROVIDER.parse(body, ask("FEDFUNDS", "M", KEY, vintages="1996-12-01")).points["x"]
    assert [(str(each.period), each.value, each.published and each.published.date()) for each in points] == [
        ("2026-01", 3.64, date(2026, 2, 4)),
        ("2026-01", 3.65, date(2026, 2, 11)),
        ("2026-02", 3.63, date(2026, 3, 4)),
    ]


def test_pages_follow_until_all_are_read_and_never_repeat() -> None:
    body = json.loads((ANSWERS / "dexchus.json").read_bytes())
    page = json.dumps(body | {"count": 20}).encode()
    asked = dexchus()
    following = PROVIDER.parse(page, asked).following
    assert following is not None
    assert dict(following.query)["offset"] == "10"
    assert following.secret_query == asked.request.secret_query
    with pytest.raises(WrongAnswer, match="offset"):
        PROVIDER.parse(page, asked.then(following))
    last = json.dumps(body | {"count": 20, "offset": 10}).encode()
    assert PROVIDER.parse(last, asked.then(following)).following is None
    with pytest.raises(WrongAnswer, match="observations"):
        PROVIDER.parse(json.dumps(body | {"observations": []}).encode(), asked)


@pytest.mark.parametrize("change", [{"observations": {}}, {"units": "pch"}, {"count": None}])
def test_drift_of_the_api_is_refused(change: dict[str, object]) -> None:
    body = json.loads((ANSWERS / "dexchus.json").read_bytes()) | change
    with pytest.raises(WrongAnswer):
        PROVIDER.parse(json.dumps(body).encode(), dexchus())


def test_refusals_speak_plainly() -> None:
    for name in ("error_400_bad_key.json", "error_400_no_key.json"):
        body = (ANSWERS / name).read_bytes()
        assert PROVIDER.explain(400, body) == "FRED does not take the key that is set"
        with pytest.raises(Refused, match="does not take the key"):
            PROVIDER.parse(body, dexchus())
    assert PROVIDER.explain(504, b"<html>Gateway Timeout</html>") == ""
