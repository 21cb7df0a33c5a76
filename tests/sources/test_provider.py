from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import adapters
from sources.model import Period, WrongAnswer
from sources.provider import Asked, Query, definitions, settle

TODAY = date(2026, 9, 17)


def month(text: str) -> Period:
    return Period.parse(text)


def test_points_are_scaled_sorted_and_single_and_the_rest_is_said() -> None:
    query = Query("cn.m2", "M", (("scale", "0.1"),))
    rows = [("2026-08", 20.0), ("2026-07", 10.0), ("2026-06", None), ("2026-12", 5.0), ("2026-07", 11.0)]
    points, notes = settle(query, [(month(text), value) for text, value in rows], TODAY)
    assert [(str(point.period), point.value) for point in points] == [("2026-07", 1.1), ("2026-08", 2.0)]
    assert notes == (
        "cn.m2: 1 without a value",
        "cn.m2: 1 given twice, the later one kept",
        "cn.m2: 1 in the future",
    )


@pytest.mark.parametrize(("value", "scale"), [(1e300, "1e99"), (float("inf"), "1"), (float("nan"), "1")])
def test_what_is_no_finite_number_is_a_wrong_answer(value: float, scale: str) -> None:
    query = Query("cn.m2", "M", (("scale", scale),))
    with pytest.raises(WrongAnswer, match=r"^cn\.m2: expected a finite number, found "):
        settle(query, [(month("2026-07"), 1.0), (month("2026-08"), value)], TODAY)


def test_definitions_go_by_period_and_leave_out_what_lies_in_none() -> None:
    query = Query("x", "M", (("definitions", "old 2010-01..2024-12, 2025 2025-01.."),))
    rows = [(month(text), 1.0) for text in ("2009-12", "2010-01", "2024-12", "2025-01")]
    points, notes = settle(query, rows, TODAY)
    assert [point.definition for point in points] == ["old", "old", "2025"]
    assert notes == ("x: 1 outside the definitions of the entry",)
    assert settle(Query("x", "M"), rows, TODAY)[0][0].definition == "1"


def test_what_the_source_says_of_publication_stands_at_each_point() -> None:
    moment = datetime(2026, 8, 14, 8, 30, tzinfo=UTC)
    points, _ = settle(Query("x", "M"), [(month("2026-07"), 7.7)], TODAY, moment)
    assert points[0].published == moment


@given(
    st.lists(
        st.tuples(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.none() | st.integers(-9, 9)), max_size=30
    )
)
def test_points_are_always_in_order_without_doubles_and_never_in_the_future(
    rows: list[tuple[date, int | None]],
) -> None:
    days = [(Period(day, "D"), None if value is None else float(value)) for day, value in rows]
    points, _ = settle(Query("x", "D"), days, TODAY)
    periods = [point.period for point in points]
    assert periods == sorted(set(periods))
    assert all(period.first <= date(2026, 9, 18) for period in periods)


def test_what_is_wrong_with_an_entry_is_named() -> None:
    provider = adapters.provider("eastmoney")
    good = {"report": "CURRENCY_SUPPLY", "column": "CURRENCY_SAME", "scale": "1e-4"}
    assert provider.faults(good) == ()
    assert provider.faults(good | {"definitions": "old ..2024-12, 2025 2025-01.."}) == ()
    assert "needs `column`" in provider.faults({"report": "CPI"})[0]
    assert "did you mean `column`?" in provider.faults(good | {"colum": "X"})[0]
    for scale in ("ten", "1e999", "9" * 400, "nan"):
        assert "expected the number" in provider.faults(good | {"scale": scale})[0]
    assert any("2024-13" in words for words in provider.faults(good | {"definitions": "old ..2024-13"}))
    assert any("definitions" in words for words in provider.faults(good | {"definitions": "old"}))


def test_definitions_that_are_none() -> None:
    assert definitions("") == ()
    for text in ("old", "old 2024", "old 2024-13..", "old ..x"):
        with pytest.raises(ValueError, match="no definition with its periods"):
            definitions(text)


@pytest.mark.parametrize("id_", sorted(adapters.MODULES))
def test_every_provider_is_what_its_line_says(id_: str) -> None:
    provider = adapters.provider(id_)
    assert provider.id == id_
    assert provider.home.startswith("https://")
    assert provider.licence
    assert provider.hosts
    assert 0 < provider.total_seconds <= 120
    assert 0 < provider.most_bytes <= 200_000_000
    assert 1 <= provider.per_host <= 4
    names = [field.name for field in provider.fields]
    assert len(names) == len(set(names))


def test_a_page_that_follows_is_asked_of_the_same_queries() -> None:
    (asked,) = adapters.provider("eastmoney").requests(
        [Query("x", "M", (("report", "CPI"), ("column", "NATIONAL_SAME")))], None, TODAY, {}
    )
    assert isinstance(asked, Asked)
    after = asked.then(asked.request)
    assert (after.queries, after.today, after.content_type) == (asked.queries, TODAY, "")


def test_an_unknown_provider_is_an_error() -> None:
    with pytest.raises(KeyError):
        adapters.provider("nobody")
