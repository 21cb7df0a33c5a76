from datetime import date
from pathlib import Path

import pytest

from sources.adapters.bis import PROVIDER
from sources.model import Frequency, Period, WrongAnswer
from sources.provider import Asked, Query

BODY = (Path(__file__).parent / "answers" / "bis" / "WS_CBPOL_M_AU_2026-06_on.csv").read_bytes()
TODAY = date(2026, 10, 31)


def ask(key: str = "M.AU", frequency: Frequency = "M", since: Period | None = None, **fields: str) -> Asked:
    entry = {"flow": "WS_CBPOL", "version": "1.0", "key": key} | fields
    (asked,) = PROVIDER.requests([Query("x", frequency, tuple(entry.items()))], since, TODAY, {})
    return asked


def test_policy_rates_by_month() -> None:
    points = PROVIDER.parse(BODY, ask()).points["x"]
    assert {str(point.period): point.value for point in points} == {
        "2026-06": 4.35,
        "2026-07": 4.35,
        "2026-08": 4.35,
    }


def test_requests_always_name_a_first_period_in_the_form_of_the_frequency() -> None:
    assert ask().request.url == "https://stats.bis.org/api/v2/data/dataflow/BIS/WS_CBPOL/1.0/M.AU"
    assert ask().parameter("startPeriod") == "1990-01"
    assert ask(frequency="D").parameter("startPeriod") == "1990-01-01"
    held = Period(date(2026, 4, 1), "Q")
    assert ask(frequency="Q", since=held).parameter("startPeriod") == "2024-Q2"


def test_steps_are_the_days_on_which_a_rate_changed() -> None:
    rows = "".join(
        f"D,CN,2025-05-0{day},{rate}\n" for day, rate in enumerate(("1.5", "NaN", "1.5", "1.4"), 5)
    )
    body = f"FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE\n{rows}".encode()  # made up, about the cut of 2025-05-08
    first = PROVIDER.parse(body, ask("D.CN", "step")).points["x"]
    later = PROVIDER.parse(body, ask("D.CN", "step", Period(date(2025, 5, 7), "step"))).points["x"]
    assert [(str(point.period), point.value) for point in first] == [("2025-05-05", 1.5), ("2025-05-08", 1.4)]
    assert later == first[1:]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"TIME_PERIOD", b"PERIOD"),  # a renamed column
        (b"M,AU,", b"M,NZ,"),  # another country
        (b"M,AU,368", b"D,AU,368"),  # another frequency
        (b"M,AU,368,0", b"M,AU,368,3"),  # now in thousands
        (b"FREQ,REF_AREA", b"FREQ,NEW,REF_AREA"),  # a column more in the head only
        (b"4.35", b"about 4"),
    ],
)
def test_drift_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(WrongAnswer):
        PROVIDER.parse(BODY.replace(old, new), ask())


def test_a_column_inserted_before_ours_shifts_nothing() -> None:
    body = b"\n".join(b"x," + line for line in BODY.splitlines())
    assert PROVIDER.parse(body, ask()).points == PROVIDER.parse(BODY, ask()).points


def test_more_than_one_series_is_refused() -> None:
    with pytest.raises(WrongAnswer, match=r"one series \(M.AU\)"):
        PROVIDER.parse(BODY + BODY.splitlines()[1].replace(b"M,AU", b"M,NZ") + b"\n", ask())


def test_what_is_no_table_is_refused_and_explained() -> None:
    for body in (b"", b"<html><title>Sign in</title></html>", BODY.splitlines()[0]):
        with pytest.raises(WrongAnswer):
            PROVIDER.parse(body, ask())
    assert PROVIDER.explain(404, b"No results matching the query") == "No results matching the query"
    assert PROVIDER.explain(404, b"<html>") == "nothing matches flow, version and key"
