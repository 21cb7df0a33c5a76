import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from sources.adapters import ecb
from sources.adapters.ecb import PROVIDER
from sources.model import Frequency, Period, WrongAnswer
from sources.provider import Asked, Query

ANSWERS = Path(__file__).parent / "answers" / "ecb"
TODAY = date(2026, 10, 31)
HELD = Period(date(2026, 10, 1), "D")


def ask(series: str, since: Period | None = None, frequency: Frequency = "D", **fields: str) -> Asked:
    query = Query("x", frequency, (("series", series), *fields.items()))
    (asked,) = PROVIDER.requests([query], since, TODAY, {})
    return asked


def values(asked: Asked, body: bytes) -> dict[str, float]:
    return {str(point.period): point.value for point in PROVIDER.parse(body, asked).points["x"]}


def history(text: bytes | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eurofxref-hist.csv", text or (ANSWERS / "eurofxref-hist.csv").read_bytes())
    return file.getvalue()


def test_the_whole_history_gives_a_cross_rate_of_the_same_day() -> None:
    found = values(ask("CNY per USD"), history())
    assert list(found) == ["2005-04-01", "2026-10-28", "2026-10-29", "2026-10-30"]
    assert found["2026-10-30"] == pytest.approx(6.6529, abs=0.00005)


def test_days_before_a_currency_was_quoted_are_missing_and_said_so() -> None:
    answer = PROVIDER.parse(history(), ask("CNY per EUR"))
    assert answer.points["x"][0].period == Period(date(2005, 4, 1), "D")
    assert answer.notes == ("x: 2 without a value",)


def test_month_ends_leave_out_months_that_may_not_be_over() -> None:
    found = values(ask("USD per EUR", frequency="M", month_end="true"), history())
    assert found == {"1999-01": 1.1789, "2005-03": 1.2964, "2005-04": 1.2959, "2026-10": 1.1172}
    text = (ANSWERS / "eurofxref-hist.csv").read_text().replace("2026-10-30", "2026-10-27")
    assert "2026-10" not in values(ask("USD per EUR", frequency="M", month_end="true"), text.encode())


def test_one_request_serves_all_rates_and_recent_ones_come_from_the_portal() -> None:
    queries = [Query("a", "D", (("series", "CNY per USD"),)), Query("b", "D", (("series", "HKD per USD"),))]
    (whole,) = PROVIDER.requests(queries, None, TODAY, {})
    (recent,) = PROVIDER.requests(queries, HELD, TODAY, {})
    assert whole.request.url.endswith("/eurofxref-hist.zip")
    assert recent.request.url.endswith("/EXR/D.CNY+HKD+USD.EUR.SP00.A")
    assert recent.parameter("startPeriod") == "2026-08-31"
    assert whole.queries == recent.queries == tuple(queries)


def test_recent_rates_of_the_portal() -> None:
    body = (ANSWERS / "exr_2025-01.csv").read_bytes()
    assert values(ask("CNY per EUR", HELD), body) == {
        "2025-01-02": 7.5338,
        "2025-01-03": 7.5371,
        "2025-01-06": 7.6284,
        "2025-01-07": 7.6142,
    }
    assert values(ask("CNY per JPY", HELD), body)["2025-01-02"] == pytest.approx(7.5338 / 162.04)
    with pytest.raises(WrongAnswer, match="CURRENCY: expected USD"):
        PROVIDER.parse(body, ask("CNY per USD", HELD))


def test_a_series_of_the_portal_must_have_the_key_asked_for() -> None:
    body = (ANSWERS / "exr_key.csv").read_bytes()
    assert values(ask("EXR/D.CNY.EUR.SP00.A"), body)["2025-01-07"] == 7.6142
    with pytest.raises(WrongAnswer, match="KEY"):
        PROVIDER.parse(body, ask("EXR/D.USD.EUR.SP00.A"))
    with pytest.raises(WrongAnswer, match="the frequency of x: expected M"):
        PROVIDER.parse(body, ask("EXR/D.CNY.EUR.SP00.A", frequency="M"))


def test_columns_are_found_by_name() -> None:
    lines = (ANSWERS / "eurofxref-hist.csv").read_text().splitlines()
    shifted = "\n".join(f"{'NEW' if line.startswith('Date') else 'x'},{line}" for line in lines)
    assert values(ask("USD per EUR"), shifted.encode())["2026-10-30"] == 1.1172
    with pytest.raises(WrongAnswer, match="one column USD"):
        PROVIDER.parse(shifted.replace("USD", "US$").encode(), ask("USD per EUR"))


@pytest.mark.parametrize("more", [0, 1])
def test_a_packed_history_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    text = (ANSWERS / "eurofxref-hist.csv").read_bytes()
    monkeypatch.setattr(ecb, "PROVIDER_BYTES", len(text) - more)
    if not more:
        assert values(ask("USD per EUR"), history())
    else:
        with pytest.raises(WrongAnswer, match=r"^the archive: expected at most .* bytes, found more$"):
            values(ask("USD per EUR"), history())


def test_what_is_no_history_is_refused() -> None:
    two = io.BytesIO(history())
    with zipfile.ZipFile(two, "a") as archive:
        archive.writestr("more.csv", "x")
    bomb = history(b"Date,USD\n" + b" " * 30_000_000)
    page = b"<html><title>Log in to Wi-Fi</title>"
    zero = (ANSWERS / "eurofxref-hist.csv").read_bytes().replace(b"1.1172", b"0")
    for body in (b"", page, history()[:200], two.getvalue(), bomb, history(page), zero):
        with pytest.raises(WrongAnswer):
            PROVIDER.parse(body, ask("USD per EUR"))


@pytest.mark.parametrize("series", ["CNY", "CNY per CNY", "cny per usd", "EXR/../x", ""])
def test_entries_name_a_rate_or_a_series(series: str) -> None:
    assert PROVIDER.faults({"series": series})
    assert not PROVIDER.faults({"series": "CNY per USD", "month_end": "true", "scale": "100"})
