from datetime import date
from pathlib import Path

import pytest

from sources.adapters.oecd import PROVIDER
from sources.model import Frequency, Period, Refused, WrongAnswer
from sources.provider import Asked, Query

BODY = (Path(__file__).parent / "answers" / "oecd" / "KEI_GBR_IRLT.csv").read_bytes()
FLOW = "OECD.SDD.STES,DSD_KEI@DF_KEI,4.0"


def ask(key: str = "GBR.M.IRLT....", frequency: Frequency = "M", flow: str = FLOW) -> Asked:
    query = Query("x", frequency, (("flow", flow), ("key", key)))
    (asked,) = PROVIDER.requests([query], None, date(2024, 7, 31), {})
    return asked


def test_rows_in_any_order_come_out_oldest_first() -> None:
    for body in (BODY, BODY.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")):
        points = PROVIDER.parse(body, ask()).points["x"]
        assert [str(point.period) for point in points] == [f"2023-{month:02}" for month in range(1, 13)] + [
            "2024-01"
        ]
        assert (points[0].value, points[-1].value) == (3.5115, 3.9319)


def test_it_is_asked_for_csv() -> None:
    assert ask().request.url.endswith(f"/data/{FLOW}/GBR.M.IRLT....")
    assert dict(ask().request.headers)["Accept"].startswith("application/vnd.sdmx.data+csv")
    held = Period(date(2024, 1, 1), "M")
    (later,) = PROVIDER.requests(ask().queries, held, date(2024, 7, 31), {})
    assert later.parameter("startPeriod") == "2022-01"


@pytest.mark.parametrize(
    "asked",
    [
        ask("DEU.M.IRLT...."),
        ask("GBR.M.IRLT..."),
        ask("GBR.M.IRLT....", "Q"),
        ask(flow="OECD.SDD.STES,DSD_KEI@DF_KEI,5.0"),
    ],
)
def test_another_key_frequency_or_flow_is_refused(asked: Asked) -> None:
    with pytest.raises(WrongAnswer):
        PROVIDER.parse(BODY, asked)


def test_an_open_key_with_several_series_is_refused() -> None:
    with pytest.raises(WrongAnswer, match="one series"):
        PROVIDER.parse(BODY.replace(b"PA,_Z,_Z,_Z,2024-01", b"PB,_Z,_Z,_Z,2024-01"), ask())


def test_drift_and_pages_are_refused() -> None:
    renamed = BODY.replace(b"OBS_VALUE", b"VALUE")
    inserted = BODY.replace(b"REF_AREA", b"NEW,REF_AREA").replace(b",GBR", b",n,GBR")
    for body in (
        renamed,
        inserted,
        b"",
        b"<html>",
        BODY.splitlines()[0],
        BODY.replace(b"3.5115", b"n.a. yet"),
    ):
        with pytest.raises(WrongAnswer):
            PROVIDER.parse(body, ask())


def test_no_records_are_a_refusal_in_plain_words() -> None:
    assert PROVIDER.explain(404, b"NoRecordsFound") == "no records match flow and key"
    with pytest.raises(Refused, match="no records match"):
        PROVIDER.parse(b"NoRecordsFound", ask())
