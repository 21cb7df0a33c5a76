import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sources.adapters.imf import PROVIDER
from sources.model import Frequency, Period, Refused, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "imf"
BODY = (ANSWERS / "apdreo.json").read_bytes()


def ask(
    key: str = "CHN.NGDP_RPCH.A", frequency: Frequency = "A", since: Period | None = None, **more: str
) -> Asked:
    entry = {"agency": "IMF.APD", "flow": "APDREO", "key": key} | more
    (asked,) = PROVIDER.requests([Query("x", frequency, tuple(entry.items()))], since, date(2025, 11, 9), {})
    return asked


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    content = json.loads(BODY)
    change(content["data"])
    return json.dumps(content).encode()


def test_the_series_asked_for_is_found_among_others_and_forecasts_are_left_out() -> None:
    answer = PROVIDER.parse(BODY, ask())
    points = {str(point.period): point.value for point in answer.points["x"]}
    assert (min(points), max(points)) == ("1990", "2024")
    assert points["2024"] == pytest.approx(5.0028, abs=0.0001)
    assert answer.notes == ("x: 6 of periods not yet over, taken for forecasts",)
    assert PROVIDER.parse(BODY, ask("JPN.NGDP_RPCH.A")).points["x"][0].value == pytest.approx(
        4.8409, abs=0.0001
    )


def test_months_are_asked_for_in_its_own_form() -> None:
    held = Period(date(2025, 6, 1), "M")
    assert ask("CHN.X.M", "M", held).parameter("c[TIME_PERIOD]") == "ge:2023-M06"
    assert ask().request.url.endswith("/dataflow/IMF.APD/APDREO/+/CHN.NGDP_RPCH.A")


def test_nothing_found_is_a_refusal_although_the_status_is_fine() -> None:
    no_match = (ANSWERS / "whdreo_no_match.json").read_bytes()
    with pytest.raises(Refused, match="nothing matches the key"):
        PROVIDER.parse(no_match, ask("*.*.M", agency="IMF.WHD", flow="WHDREO"))
    with pytest.raises(Refused, match="no such data flow"):
        PROVIDER.parse(b"", ask())


@pytest.mark.parametrize(
    "asked",
    [
        ask("USA.NGDP_RPCH.A"),
        ask("AUS.NGDP_RPCH.A"),
        ask("CHN.NGDP_RPCH"),
        ask(frequency="Q"),
        ask(flow="WEO"),
        ask(power="6"),
    ],
)
def test_what_was_not_asked_for_is_refused(asked: Asked) -> None:
    with pytest.raises(WrongAnswer):
        PROVIDER.parse(BODY, asked)


def test_drift_is_refused() -> None:
    changes = (
        lambda data: data.update(dataSets={}),
        lambda data: data.pop("structures"),
        lambda data: data["structures"][0]["measures"]["observation"][0].update(id="OTHER"),
        lambda data: data["structures"][0]["dimensions"]["observation"][0].update(id="OTHER"),
        lambda data: data["structures"][0]["dimensions"]["observation"][0]["values"].clear(),
        lambda data: data["dataSets"][0]["series"]["4:5:0"]["observations"].update({"3": 5.0}),
        lambda data: data["dataSets"][0]["series"]["4:5:0"]["observations"].update({"3": ["about 5"]}),
    )
    for change in changes:
        with pytest.raises(WrongAnswer):
            PROVIDER.parse(changed(change), ask())


def test_a_measure_before_ours_shifts_nothing() -> None:
    def insert(data: dict[str, Any]) -> None:
        data["structures"][0]["measures"]["observation"].insert(0, {"id": "NEW"})
        for series in data["dataSets"][0]["series"].values():
            for cells in series["observations"].values():
                cells.insert(0, "1")

    assert PROVIDER.parse(changed(insert), ask()) == PROVIDER.parse(BODY, ask())


def test_missing_values_are_counted() -> None:
    def empty(data: dict[str, Any]) -> None:
        data["dataSets"][0]["series"]["4:5:0"]["observations"]["0"] = [None]

    assert "x: 1 without a value" in PROVIDER.parse(changed(empty), ask()).notes
