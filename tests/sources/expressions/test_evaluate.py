"""What expressions mean: functions, windows, missing values, alignment and tests, on made-up series."""

from __future__ import annotations

import math
import re
import statistics
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.expressions import ExpressionError, Result, evaluate, parse
from sources.expressions.tree import PERIOD_FUNCTIONS
from sources.model import Aggregate, Frequency, Observation, Period, Series

PARTS = ("", "2021-12", "2022-01", "2022-02", "2022-02-01", "2022Q1", "2022", "2024")

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=24, max_size=60)


def series(
    values: dict[str, float] | list[float],
    unit: str = "index",
    frequency: Frequency = "M",
    aggregate: Aggregate = "mean",
    start: str = "2022-01",
    definitions: dict[str, str] | None = None,
) -> Series:
    """A series of values by period, or one after the other from `start`; `definitions` from a period on."""
    first = Period.holding(Period.parse(start).first, frequency)
    if isinstance(values, list):
        values = {str(first.shifted(index)): value for index, value in enumerate(values)}
    made, definition = [], "1"
    for text, value in values.items():
        definition = (definitions or {}).get(text, definition)
        made.append(Observation(Period(Period.parse(text).first, frequency), float(value), definition))
    return Series("x.y", unit, frequency, tuple(made), aggregate)


def result(text: str, x: Series, y: Series | None = None, until: str = "") -> Result:
    known = {"x.y": x, "x.z": y}
    day = date.fromisoformat(until) if until else None
    return evaluate(parse(text), lambda name, definition: known.get(name), until=day)


def points(text: str, x: Series, y: Series | None = None, until: str = "") -> dict[str, float]:
    found = result(text, x, y, until).series
    assert found is not None
    return {str(each.period): round(each.value, 9) for each in found.observations}


RAMP = series([float(number) for number in range(1, 37)])
WEEKDAYS = {
    str(day): float(day.day)
    for day in (date(2023, 1, 2) + timedelta(days=count) for count in range(400))
    if day.weekday() < 5
}
DAILY = series(WEEKDAYS, frequency="B")
STEP = series({"2022-08-22": 3.65, "2023-06-20": 3.55, "2023-08-21": 3.45}, "%", "step")


@given(VALUES, st.data())
def test_functions_give_what_statistics_gives(values: list[float], data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(values) - 2))
    high = data.draw(st.integers(low + 2, len(values)))
    x = series(values)
    window = f"{x.observations[low].period}..{x.observations[high - 1].period}"
    part = values[low:high]
    slope, _ = statistics.linear_regression(range(len(part)), part)
    for name, expected in {
        "mean": math.fsum(part) / len(part),
        "min": min(part),
        "max": max(part),
        "sum": math.fsum(part),
        "count": len(part),
        "first": part[0],
        "last": part[-1],
        "range": max(part) - min(part),
        "stdev": statistics.pstdev(part),
        "change": part[-1] - part[0],
        "trend": 12 * slope,
    }.items():
        found = result(f"{name}(x.y, {window})", x)
        assert found.value == pytest.approx(expected, rel=1e-9, abs=1e-4), name
        assert len(found.used) == {"first": 1, "last": 1, "change": 2}.get(name, len(part))
        assert found.steps
    if high == len(values):
        newest = result(f"mean(x.y, last {len(part)})", x)
        assert newest.value == result(f"mean(x.y, {window})", x).value
        assert newest.period == window


@given(VALUES)
def test_the_same_period_can_be_written_in_many_ways(values: list[float]) -> None:
    x = series(values)
    year = result("mean(x.y, 2023)", x)
    for window in ("2023-01..2023-12", "2023Q1..2023Q4", "2023-01-01..2023-12-31", "2023..2023Q4"):
        assert result(f"mean(x.y, {window})", x).value == year.value
    assert result("mean(x.y)", x).value == result("mean(x.y, 2022..)", x).value
    assert result("max(x.y, ..2022)", x).value == max(values[:12])


def test_growth_is_in_percent_and_needs_a_start_above_zero() -> None:
    assert result("growth(x.y, 2022-01..2022-06)", RAMP).value == pytest.approx(500)
    assert result("growth(12.4, 18.7)", RAMP).value == pytest.approx(50.8064516)
    assert result("growth(x.y)", series([0, 5])).problem == "undefined"
    assert result("growth(-1, 3)", RAMP).problem == "undefined"


def test_a_value_is_of_one_period_and_keeps_its_unit() -> None:
    found = result("value(x.y, 2022-03)", RAMP)
    assert (found.value, found.unit, found.period, found.steps) == (3, "index", "2022-03", ("2022-03: 3",))
    assert result("value(x.y, 2022)", RAMP).problem == "frequency mismatch"


@pytest.mark.parametrize(
    ("window", "detail"),
    [
        ("2025", "data ends 2024-12; the figure runs to 2025-12"),
        ("2024-12..2025-02", "data ends 2024-12; the figure runs to 2025-02"),
        ("2021", "data starts 2022-01; the figure starts 2021"),
        ("2025-01..", "data ends 2024-12; the figure starts 2025-01"),
        ("..2021-12", "data starts 2022-01; the figure ends 2021-12"),
        ("last 40", "data starts 2022-01; the figure needs 40 observations"),
    ],
)
def test_a_window_past_the_data_gives_no_shorter_mean(window: str, detail: str) -> None:
    for name in ("mean", "sum", "max", "change", "count"):
        found = result(f"{name}(x.y, {window})", RAMP)
        assert (found.value, found.problem, found.detail) == (None, "data ends", detail)


def test_a_gap_is_named_where_the_function_needs_it() -> None:
    x = series({"2023-01": 1, "2023-02": 2, "2023-04": 4})
    found = result("mean(x.y, 2023-01..2023-04)", x)
    assert (found.problem, found.detail) == ("data ends", "no value for 2023-03; the figure needs it")
    assert result("mean(x.y, last 3)", x).problem == "data ends"
    assert result("change(x.y, 2023-01..2023-04)", x).value == 3
    assert result("count(x.y, 2023-01..2023-04)", x).value == 3
    assert result("last(x.y, ..2023-03)", x).problem == "data ends"
    assert result("mean(x.y)", x).value == pytest.approx(7 / 3)


@pytest.mark.parametrize("known", [None, series([])])
def test_an_unknown_series_and_one_without_figures_have_no_data(known: Series | None) -> None:
    found = evaluate(parse("last(x.y) > 3"), lambda name, definition: known)
    assert (found.holds, found.problem, found.detail) == (None, "no data", "x.y has no figures yet")


def test_a_daily_series_needs_a_value_in_each_month() -> None:
    year = [value for day, value in WEEKDAYS.items() if day.startswith("2023")]
    assert result("mean(x.y, 2023)", DAILY).value == pytest.approx(statistics.fmean(year))
    without_may = series(
        {day: value for day, value in WEEKDAYS.items() if day[:7] != "2023-05"}, frequency="B"
    )
    assert result("mean(x.y, 2023)", without_may).detail == "no value for 2023-05; the figure needs it"
    assert result("value(x.y, 2023-05-05)", DAILY).value == 5
    assert result("value(x.y, 2023-05-06)", DAILY).detail == "no value for 2023-05-06; the figure needs it"
    assert result("mean(x.y, 2024)", DAILY).detail == "data ends 2024-02-05; the figure runs to 2024"


def test_a_month_that_is_not_over_has_no_daily_mean() -> None:
    assert result("mean(x.y, 2024-01)", DAILY, until="2024-01-20").problem == "data ends"
    assert result("mean(x.y, 2024-01)", DAILY, until="2024-01-31").value is not None
    assert "2024-01" not in points("monthly(x.y)", DAILY, until="2024-01-20")


def test_a_step_series_holds_its_value() -> None:
    days = 3.65 * 170 + 3.55 * 62 + 3.45 * 133
    assert result("mean(x.y, 2023)", STEP, until="2024-05-01").value == pytest.approx(days / 365)
    assert result("value(x.y, 2023-07)", STEP).value == 3.55
    assert result("value(x.y, 2023-06)", STEP).problem == "frequency mismatch"
    assert result("last(x.y, 2023Q2)", STEP).value == 3.55
    assert result("max(x.y, 2023-06-20..2023-07)", STEP).value == 3.55
    assert result("count(x.y, 2023)", STEP, until="2024-05-01").value == 2
    assert result("change(x.y, 2023)", STEP, until="2024-05-01").value == pytest.approx(-0.2)


def test_a_step_is_held_only_as_far_as_is_known() -> None:
    assert result("mean(x.y, 2023)", STEP).problem == "data ends"
    early = result("mean(x.y, 2023)", STEP, until="2023-11-30")
    assert early.detail == "data ends 2023-11-30; the figure runs to 2023"
    assert result("mean(x.y, 2022)", STEP).detail == "data starts 2022-08-22; the figure starts 2022"


def test_nothing_later_than_the_day_counts() -> None:
    assert result("last(x.y)", RAMP, until="2023-06-15").value == 18
    assert result("mean(x.y, last 2)", RAMP, until="2023-06-15").value == 17.5


def test_a_window_across_a_new_definition_gives_no_number() -> None:
    x = series([1, 2, 3, 4], definitions={"2022-03": "new"})
    for name in ("mean", "min", "max", "sum", "range", "stdev", "change", "growth", "trend"):
        assert result(f"{name}(x.y)", x).problem == "definition changed"
    assert result("last(x.y)", x).value == 4
    assert result("first(x.y)", x).value == 1
    assert result("count(x.y)", x).value == 4
    assert result("mean(x.y, 2022-03..2022-04)", x).steps[1] == "on the new definition"


def test_arithmetic_within_a_period_inherits_the_break() -> None:
    x = series([1, 2, 3, 4], definitions={"2022-03": "new"})
    y = series([5, 5, 5, 5], definitions={"2022-02": "b"})
    for text, pairs in {
        "x.y - x.z": ["1", "1+b", "new+b", "new+b"],
        "x.y * 2 + 1": ["1", "1", "new", "new"],
    }.items():
        found = result(text, x, y).series
        assert found is not None
        assert [each.definition for each in found.observations] == pairs


def test_two_parts_that_change_at_once_still_break() -> None:
    x = series([1, 2], definitions={"2022-01": "a", "2022-02": "b"})
    y = series([1, 2], definitions={"2022-01": "b", "2022-02": "a"})
    assert result("mean(x.y - x.z)", x, y).problem == "definition changed"


def test_series_meet_in_the_periods_that_both_have() -> None:
    y = series({"2022-02": 10, "2022-04": 20, "2030-01": 5})
    assert points("x.y + x.z", RAMP, y) == {"2022-02": 12, "2022-04": 24}
    assert points("x.y / x.z", series([1, 2]), series([0, 4])) == {"2022-02": 0.5}
    assert result("x.y - x.z", RAMP, series([1], start="2031-01")).problem == "no data"


def test_a_daily_series_meets_the_step_that_is_held() -> None:
    x = series({"2023-06-19": 4, "2023-06-20": 4, "2023-06-23": 4}, "%", "B")
    assert points("x.y - x.z", x, STEP) == {"2023-06-19": 0.35, "2023-06-20": 0.45, "2023-06-23": 0.45}
    both = series({"2023-01-01": 1, "2023-07-01": 2}, "%", "step")
    assert points("x.y + x.z", both, STEP) == {
        "2023-01-01": 4.65, "2023-06-20": 4.55, "2023-07-01": 5.55, "2023-08-21": 5.45,
    }  # fmt: skip


def test_a_computed_value_is_as_new_and_as_sure_as_its_parts_allow() -> None:
    month, early, late = (
        Period.parse("2023-01"),
        datetime(2023, 2, 10, tzinfo=UTC),
        datetime(2023, 3, 1, tzinfo=UTC),
    )
    x = Series("x.y", "%", "M", (Observation(month, 3.0, vintage=early, basis="published", provenance=7),))
    y = Series("x.z", "%", "M", (Observation(month, 1.0, vintage=late, basis="calendar", provenance=8),))
    made = result("x.y - x.z", x, y).series
    assert made is not None
    (only,) = made.observations
    assert (only.vintage, only.basis, only.provenance) == (late, "calendar", 0)


def test_rolling_leaves_out_windows_with_gaps_and_breaks() -> None:
    x = series({"2022-01": 1, "2022-02": 2, "2022-03": 6, "2022-05": 7, "2022-06": 8, "2022-07": 9},
               definitions={"2022-07": "new"})  # fmt: skip
    assert points("rolling(sum, x.y, 2)", x) == {"2022-02": 3, "2022-03": 8, "2022-06": 15}
    assert points("rolling(mean, x.y, 3)", x) == {"2022-03": 3}


@given(VALUES, st.integers(2, 12))
def test_rolling_is_the_function_over_each_window(values: list[float], length: int) -> None:
    x = series(values)
    found = result(f"rolling(stdev, x.y, {length})", x).series
    assert found is not None
    expected = [statistics.pstdev(values[end - length : end]) for end in range(length, len(values) + 1)]
    assert [each.value for each in found.observations] == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_yoy_compares_with_the_year_before_in_the_same_definition() -> None:
    x = series([100.0] * 12 + [110.0, 121.0] + [130.0] * 12, definitions={"2023-02": "new"})
    found = points("yoy(x.y)", x)
    assert found == {"2023-01": 10, "2024-02": pytest.approx(130 / 121 * 100 - 100)}
    assert result("yoy(x.y)", x).unit == "%"
    daily = series({"2023-02-24": 50, "2023-03-01": 80, "2024-02-26": 100, "2024-06-03": 1}, frequency="B")
    assert points("yoy(x.y)", daily) == {"2024-02-26": 100}


def test_drawdown_counts_from_the_highest_before_and_anew_after_a_break() -> None:
    x = series([100, 80, 120, 60, 90], definitions={"2022-05": "new"})
    assert list(points("drawdown(x.y)", x).values()) == [0, -20, 0, -50, 0]


def test_rebase_makes_the_mean_of_a_period_100_within_a_definition() -> None:
    x = series([50, 100, 150, 200], definitions={"2022-04": "new"})
    assert points("rebase(x.y, 2022-02)", x) == {"2022-01": 50, "2022-02": 100, "2022-03": 150}
    assert points("rebase(x.y, 2022Q1)", x)["2022-01"] == 50
    assert result("rebase(x.y, 2022-03..2022-04)", x).problem == "definition changed"
    assert result("rebase(x.y, 2022-01)", series([-1, 2])).problem == "undefined"


@pytest.mark.parametrize(("aggregate", "expected"), [("mean", 2), ("last", 3), ("sum", 6)])
def test_months_become_whole_quarters_as_the_entry_says(aggregate: Aggregate, expected: float) -> None:
    x = series([1, 2, 3, 4, 5], aggregate=aggregate)
    assert points("quarterly(x.y)", x) == {"2022Q1": expected}
    across = series([1, 2, 3], aggregate=aggregate, definitions={"2022-02": "new"})
    assert result("quarterly(x.y)", across).problem == "no data"


def test_days_and_steps_become_months_that_are_over() -> None:
    months = points("monthly(x.y)", DAILY)
    assert min(months) == "2023-01"
    assert max(months) == "2024-01"
    january = [value for day, value in WEEKDAYS.items() if day.startswith("2023-01")]
    assert months["2023-01"] == pytest.approx(statistics.fmean(january))
    held = points("monthly(x.y)", STEP, until="2023-10-15")
    assert list(held) == [f"2022-{month:02}" for month in range(9, 13)] + [
        f"2023-{month:02}" for month in range(1, 10)
    ]
    assert held["2023-06"] == pytest.approx((3.65 * 19 + 3.55 * 11) / 30)
    assert held["2023-09"] == 3.45


def test_the_observations_used_are_traced_through_every_function() -> None:
    def used(text: str) -> list[str]:
        return sorted(str(each.period) for _, each in result(text, RAMP, RAMP).used)

    assert used("last(yoy(x.y))") == ["2023-12", "2024-12"]
    assert used("last(rolling(mean, x.y, 3))") == ["2024-10", "2024-11", "2024-12"]
    assert used("last(quarterly(x.y))") == ["2024-10", "2024-11", "2024-12"]
    assert used("last(rebase(x.y, 2022-05))") == ["2022-05", "2024-12"]
    assert used("last(x.y - x.z)") == ["2024-12", "2024-12"]
    assert used("last(x.y) - last(x.y)") == ["2024-12"]
    assert len(result("yoy(x.y)", RAMP).used) == 36


def test_percentile_ranks_a_window_among_all_of_its_length() -> None:
    calm = series([1, 9, 1, 9, 1, 9, 5, 5, 5, 6, 5, 6])
    found = result("percentile(range, x.y, last 2, 2022-01..2022-06)", calm)
    assert (found.value, found.unit, found.period) == (0, "%", "2022-11..2022-12")
    inside = result("percentile(range, x.y, 2022-07..2022-08, 2022)", calm)
    assert inside.value == pytest.approx(100 * (0 + 2 / 2) / 11)
    assert inside.steps[1] == "lower in 0 and equal in 2 of 11 windows of 2 in 2022"
    assert result("percentile(range, x.y, last 2, 2021)", calm).problem == "data ends"
    assert result("percentile(range, x.y, 2022, 2022-01..2022-06)", calm).problem == "undefined"


def test_percentile_says_where_definitions_differ() -> None:
    x = series([1, 9, 1, 9, 5, 6, 5, 6], definitions={"2022-01": "old", "2022-05": "new"})
    found = result("percentile(range, x.y, last 2, 2022-01..2022-04)", x)
    assert found.value == 0
    assert found.steps[-1] == "definitions differ: new in 2022-07..2022-08, old in 2022-01..2022-04"
    across = result("percentile(range, x.y, last 2, 2022-01..2022-08)", x)
    assert "left out: 1 of 7 windows, with a change of definition or a gap in them" in across.steps
    assert (
        result("percentile(range, x.y, 2022-04..2022-05, 2022-01..2022-04)", x).problem
        == "definition changed"
    )


def test_a_test_shows_its_margin_with_the_measured_side_first() -> None:
    found = result("3 < last(x.y)", series([1, 5]))
    (margin,) = found.margins
    assert (margin.measured, margin.sign, margin.stated, margin.difference) == (5, ">", 3, 2)
    assert (found.value, found.unit, found.period) == (5, "index", "2022-02")
    assert found.steps[-1] == "5 > 3   holds, by 2"
    points_ = result("last(x.y) ~ 3 % +- 20 bp", series([1, 3.1], "%"))
    assert points_.margins[0].tolerance == pytest.approx(0.2)
    assert points_.holds


def test_one_false_part_decides_and_an_unknown_one_leaves_it_open() -> None:
    assert result("last(x.y) < 3 and mean(x.y, 2050) > 1", RAMP).holds is False
    unknown = result("last(x.y) > 3 and mean(x.y, 2050) > 1", RAMP)
    assert (unknown.holds, unknown.problem) == (None, "data ends")
    assert result("last(x.y) > 3 and mean(x.y, 2022) > 1", RAMP).holds is True


def test_a_division_by_zero_and_numbers_too_large_have_no_value() -> None:
    for text in ("1 / 0", "1 / (last(x.y) / last(x.y) - 1)", "9" * 300 + " * " + "9" * 300):
        assert result(text, RAMP).problem == "undefined"
    assert result("sum(x.y)", series([1e308, 1e308])).problem == "undefined"
    assert points("x.y + x.y", series([1e308, 2])) == {"2022-02": 4}


def test_work_has_a_limit_that_no_clock_decides() -> None:
    days = series([1.0] * 13_000, frequency="D", start="1990-01-01")
    found = result("rolling(stdev, x.y, 5000)", days)
    assert (found.value, found.problem) == (None, "too long")
    assert "more than 300,000 steps" in found.detail
    assert result("stdev(x.y)", days).value == 0


def test_a_count_of_no_changes_rests_on_the_value_that_was_held() -> None:
    held = series([3.0], frequency="step", start="2022-01-03")
    found = result("count(x.y, 2022-02..)", held, until="2023-01-01")
    assert (found.value, found.problem) == (0, "")
    assert [str(observation.period) for _, observation in found.used] == ["2022-01-03"]


@given(
    st.sampled_from(PERIOD_FUNCTIONS),
    st.tuples(st.sampled_from(PARTS), st.sampled_from(PARTS)),
    st.sampled_from(["D", "B", "W", "M", "Q", "A", "step"]),
    st.lists(st.floats(-1e6, 1e6), max_size=3),
    st.sampled_from(["", "2022-01-15", "2023-01-01"]),
)
def test_no_window_on_a_short_series_raises(
    name: str, ends: tuple[str, str], frequency: Frequency, values: list[float], until: str
) -> None:
    start = "2022-01-03" if frequency in ("D", "B", "W", "step") else "2022-01"
    try:
        x = series(values, frequency=frequency, start=start)
        window = "..".join(ends) if any(ends) else "last 2"
        found = result(f"{name}(x.y, {window})", x, until=until)
    except ExpressionError:
        return
    assert (found.value is None and found.series is None) == bool(found.problem)


NEW = {"2022-01": "old", "2023-01": "new"}
REDEFINED = series([float(number) for number in range(1, 25)], definitions=NEW)


@pytest.mark.parametrize(
    "text",
    [
        "value(x.y, 2023-01) - value(x.y, 2022-12)",
        "value(x.y, 2022-12) / value(x.y, 2023-01)",
        "growth(value(x.y, 2022-12), value(x.y, 2023-01))",
        "mean(x.y, 2023) > mean(x.y, 2022)",
        "last(x.y) - 2 ~ -first(x.y) +- 1",
        "max(x.y + x.y, 2022) - max(x.y, 2023)",
        "mean(monthly(x.y), 2022) < 1 + mean(x.y, 2023)",
    ],
)
def test_two_definitions_of_a_series_are_never_set_against_each_other(text: str) -> None:
    found = result(text, REDEFINED)
    assert (found.value, found.holds, found.problem) == (None, None, "definition changed")
    words = (
        r"x.y changes definition between 2022-\d+ \(old\) and 2023-\d+ \(new\); the (claim|figure) crosses it"
    )
    assert re.fullmatch(words, found.detail)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("value(x.y:old, 2022-12) - value(x.y:new, 2023-01)", -1.0),  # which the text means so
        ("value(x.y, 2023-12) - value(x.y, 2023-01)", 11.0),
        ("count(x.y, 2022) - count(x.y, 2023)", 0.0),
        ("percentile(mean, x.y, 2023, 2022) - percentile(mean, x.y, 2022, 2022)", 50.0),
    ],
)
def test_numbers_that_are_alike_by_name_or_say_no_level_are_set_against_each_other(
    text: str, value: float
) -> None:
    assert result(text, REDEFINED).value == pytest.approx(value)


def test_comparisons_joined_by_and_are_each_by_themselves() -> None:
    assert result("value(x.y, 2022-12) > 11 and value(x.y, 2023-01) > 12", REDEFINED).holds
