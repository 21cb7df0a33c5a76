"""What charts show: lines are parted by gaps and breaks, and nothing is computed across a break."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.charts.captions import attributed
from briefings.charts.charted import breaks_told, days_of, stated
from briefings.charts.moving import (
    PRESETS,
    in_context,
    looked,
    looked_at,
    nearest_day,
    next_day,
    panned,
    preset,
    preset_of,
    spanning,
    zoomed,
)
from briefings.charts.plots import LARGEST, Line, Reference, extent, line_of, plot_of
from briefings.charts.readout import readout, summary, told
from briefings.charts.scales import time_ticks
from briefings.charts.views import look, rebased, yearly
from briefings.documents.model import Briefed, Document
from sources.model import Frequency, Observation, Period, Series

VALUES = st.lists(st.one_of(st.floats(), st.floats(-100, 100)), max_size=60)


def series(
    values: Sequence[float | None],
    frequency: Frequency = "M",
    unit: str = "%",
    definitions: Sequence[str] = (),
    name: str = "cn.m2_yoy",
) -> Series:
    """Values from January 2020 on; None is a period that is missing."""
    first = Period(date(2020, 1, 1), frequency)
    found = []
    for at, value in enumerate(values):
        if value is not None:
            definition = definitions[at] if definitions else "1"
            found.append(Observation(first.shifted(at), value, definition))
    return Series(name, unit, frequency, found)


def words(line: Line, day: date) -> str:
    seen = look(plot_of([line]))
    return "".join(part.text for part in readout(seen, day.toordinal()))


def lengths(line: Line) -> list[int]:
    return [len(segment) for segment in line.segments()]


def test_a_missing_period_parts_the_line() -> None:
    assert lengths(line_of(series([1, 2, None, 3, 4, 5]))) == [2, 3]
    assert lengths(line_of(series([1, None, 2], "Q"))) == [1, 1]
    assert lengths(line_of(series([1, 2, 3], "A"))) == [3]


def test_what_is_no_number_is_missing() -> None:
    line = line_of(series([1.0, math.nan, 2.0, math.inf, 3.0, 1e301], "D"))
    assert line.values == [1.0, 2.0, 3.0]
    assert lengths(line) == [1, 1, 1]


def test_holidays_part_no_daily_line_but_months_do() -> None:
    def daily(*days: int) -> Line:
        found = [Observation(Period(date(2020, 1, 1) + timedelta(day), "B"), 1.0) for day in days]
        return line_of(Series("cn.usdcny", "CNY", "B", found))

    assert lengths(daily(0, 1, 2, 11, 12, 13)) == [6]
    assert lengths(daily(0, 1, 2, 3, 60, 61)) == [4, 2]
    assert lengths(daily(0, 30, 60, 90, 120)) == [5]


def test_a_break_parts_the_line_and_lies_between_the_two_figures() -> None:
    line = line_of(
        series([1, 2, 3, 4], definitions=["old", "old", "2025", "2025"]), told_of=lambda name: ("M1", name)
    )
    (found,) = line.breaks
    assert lengths(line) == [2, 2]
    assert date(2020, 2, 1).toordinal() < found.day < date(2020, 3, 1).toordinal()
    assert (found.at, found.period, found.note, found.name) == (2, "2020-03", "2025", "M1")
    assert breaks_told([line, line], 0, 10**6) == ["From 2020-03: 2025"]


def test_several_lines_and_references_get_letters() -> None:
    lines = [line_of(series([1, 2], name=name)) for name in ("a.b", "c.d")]
    first = lines[0].days[0]
    said = [
        Reference("", "c.d", first + 20, first + 90, 2.0),
        Reference("", "a.b", first - 40, first + 10, 1.0),
        Reference("", "x.y", first, first + 9, 3.0),
        Reference("", "a.b", first - 40, first - 1, 3.0),
        Reference("", "a.b", first + 80, first + 90, 3.0),
    ]
    plot = plot_of(lines, said)
    assert [line.letter for line in plot.lines] == ["a", "b"]
    assert [(each.letter, each.line) for each in plot.references] == [("A", "a.b"), ("B", "c.d")]
    assert plot_of(lines[:1]).lines[0].letter == ""


def test_a_claim_states_a_value_over_a_period() -> None:
    (found,) = stated("mean(cn.m2_m1_gap, 2023) ~ 4.8 +- 0.2", "C10")
    assert (found.line, found.value, found.label) == ("cn.m2_m1_gap", 4.8, "C10")
    assert date.fromordinal(found.first) == date(2023, 1, 1)
    assert date.fromordinal(found.last) == date(2023, 12, 31)


ARTICLE = Briefed("法律盾牌", "中国日报", published="2026-04")


@pytest.mark.parametrize(
    ("briefs", "by"),
    [
        (ARTICLE, '中国日报, "法律盾牌", 2026-04'),
        (Briefed(publisher="AINews"), "AINews"),
        (None, '"Own text", 2026-05-01'),
    ],
)
def test_a_picture_names_who_says_what_is_drawn_in_words_that_stand_alone(
    briefs: Briefed | None, by: str
) -> None:
    document = Document("own", "briefing", "Own text", date="2026-05-01", briefs=briefs)
    line = line_of(series([1.0] * 24, unit="pp", name="a.b"))
    tests = ("mean(a.b, 2020) ~ 4.8 +- 0.2", "mean(a.b, 2021-01..2021-03) ~ 4.6 +- 0.2")
    plot = plot_of([line], (each for test in tests for each in stated(test, "c10", document)))
    (note,) = attributed(plot)
    assert note.replace("\u00a0", " ") == f"A  4.80 pp, 2020; B  4.60 pp, 2021-01..2021-03: says {by}"
    assert list(attributed(plot._replace(view="rebased"))) == []
    later = plot._replace(first=date(2021, 1, 15).toordinal())
    assert list(attributed(later)) == [note.partition("; ")[2]]


@pytest.mark.parametrize(
    "test", ["mean(a.b, 2023..) < 3", "growth(8.1, 13.2) ~ 63 +- 0.5", "stdev(a.b, 2023) ~ 1 +- 1", "(", ""]
)
def test_other_tests_state_nothing_that_could_be_drawn(test: str) -> None:
    assert list(stated(test)) == []


@pytest.mark.parametrize(
    ("frequencies", "finest"),
    [
        ("M", "month"),
        ("Q", "month"),
        ("A", "year"),
        ("AM", "month"),
        ("MD", "day"),
        (["step"], "day"),
        ("", "day"),
    ],
)
def test_days_are_told_apart_only_below_figures_of_days(
    frequencies: Sequence[Frequency], finest: str
) -> None:
    plot = plot_of([line_of(series([1.0, 2.0], each, name=f"a.{each.lower()}")) for each in frequencies])
    assert plot.finest == finest
    assert time_ticks(date(2026, 4, 1), date(2026, 8, 1), 10, "month")[0].label == "2026-04"


# ---------------------------------------------------------------------- views


def test_rebased_lines_begin_with_a_hundred_again_after_a_break() -> None:
    line = line_of(series([50, 75, 10, 20], definitions=["1", "1", "2", "2"]))
    assert rebased(line, line.days[0]).values == [100, 150, 100, 200]
    assert rebased(line, line.days[1]).values[1] == 100


def test_what_begins_below_zero_cannot_be_rebased() -> None:
    plot = plot_of([line_of(series([-1, 2])), line_of(series([1, 2], name="a.b"))], view="rebased")
    seen = look(plot)
    assert [line.id for line in seen.lines] == ["a.b"]
    assert [line.id for line in seen.left_out] == ["cn.m2_yoy"]


def test_a_year_before_is_growth_of_levels_and_difference_of_rates() -> None:
    months = [100.0] * 12 + [110.0]
    assert list(yearly(line_of(series(months, unit="index"))).values) == pytest.approx([10])
    rates = yearly(line_of(series(months)))
    assert (rates.values, rates.unit) == ([10.0], "pp")


def test_nothing_is_compared_across_a_break_or_with_a_missing_month() -> None:
    broken = series([1.0] * 13, definitions=["1"] * 6 + ["2"] * 7)
    assert yearly(line_of(broken)).values == []
    assert yearly(line_of(series([None, *[1.0] * 12]))).values == []


def test_indices_of_other_size_have_their_own_scale() -> None:
    large = line_of(series([4000, 5000], unit="index", name="hk.hstech"))
    small = line_of(series([15, 20], unit="index", name="us.vix"))
    alike = line_of(series([49, 50], unit="index", name="cn.pmi"))
    assert [line.axis for line in look(plot_of([large, small])).lines] == [0, 1]
    assert len(look(plot_of([alike, small])).axes) == 1


def test_three_units_are_rebased() -> None:
    lines = [line_of(series([1, 2], unit=unit, name=f"a.{unit}")) for unit in ("CNY", "USD", "count")]
    assert look(plot_of(lines)).view == "rebased"
    assert look(plot_of(lines[:2])).view == "plain"


# ---------------------------------------------------------------------- words


def test_the_readout_names_period_value_and_what_is_said() -> None:
    line = line_of(series([8.4, 8.0], unit="pp"), "M2-M1 gap", decimals=1)
    first = line.days[0]
    seen = look(plot_of([line], [Reference("", line.id, first, first + 30, 4.8)]))
    said = "".join(part.text for part in readout(seen, first))
    assert said == "2020-01   M2-M1 gap 8.4 pp   A says 4.8 pp"


def test_the_readout_tells_of_other_periods_and_of_none() -> None:
    yearly_line = line_of(series([5.0], "A"), "GDP", decimals=1)
    assert words(yearly_line, date(2020, 3, 5)) == "2020-03-05   GDP 5.0 % (2020)"
    assert words(yearly_line, date(2021, 3, 5)) == "2021-03-05   GDP none"
    held = line_of(series([3.0], "step"), "LPR", until=date(2020, 9, 1))
    assert words(held, date(2020, 6, 1)).endswith("LPR 3.00 % (since 2020-01-01)")


def test_the_summary_has_extremes_and_the_last_year_where_that_may_be_computed() -> None:
    line = line_of(series([float(n) for n in range(24)], unit="pp"), decimals=1)
    found = summary(line, *extent([line]))
    assert found is not None
    assert (found.low, found.high) == ((0.0, "2020-01"), (23.0, "2021-12"))
    assert (found.mean, found.points) == (17.5, 12)
    assert found.deviation == pytest.approx(math.sqrt(143 / 12))
    broken = line_of(series([1.0] * 24, definitions=["1"] * 20 + ["2"] * 4))
    assert "last 12 months" not in told(broken, *extent([broken]))
    assert told(line_of(series([])), 1, 9) == "no figures in this span"


# ---------------------------------------------------------------------- rules


@given(VALUES, VALUES)
def test_any_figures_make_a_plot_within_the_calendar(one: list[float], other: list[float]) -> None:
    plot = plot_of([line_of(series(one)), line_of(series(other, "D", name="a.b"))])
    assert 1 <= plot.first < plot.last
    for line in plot.lines:
        assert all(abs(value) <= LARGEST for value in line.values)
        assert sum(lengths(line)) == len(line.values)
        assert list(line.days) == sorted(set(line.days))


@given(VALUES, st.floats(0.01, 100), st.floats(0, 1), st.sampled_from([name for name, _ in PRESETS]))
def test_every_span_stays_within_the_figures(
    values: list[float], factor: float, at: float, name: str
) -> None:
    plot = plot_of([line_of(series(values))])
    low, high = extent(plot.lines)
    day = low + at * (high - low)
    for other in (zoomed(plot, factor, day), preset(plot, name), spanning(plot, day, high + 99)):
        assert low - 6 <= other.first < other.last <= high + 6
        assert panned(other, day).first <= day + 1
        assert panned(other, day).last >= day - 1
    assert preset_of(preset(plot, name)) != ""


@given(st.integers(0, 400), st.floats(-1, 2), st.floats(0, 1))
def test_days_are_shown_with_what_lies_around_them(months: int, at: float, share: float) -> None:
    plot = plot_of([line_of(series([1.0] * months))])
    low, high = extent(plot.lines)
    first = low + at * (high - low)
    last = first + share * (high - low)
    shown = in_context(plot, first, last)
    assert low - 6 <= shown.first < shown.last <= high + 6
    assert shown.last - shown.first >= min(high - low, 5 * 365, 3 * (last - first)) - 2
    assert shown.first <= min(max(first, low), high) + 6
    assert shown.last >= max(min(last, high), low) - 6
    if shown.first > low + 6 and shown.last < high - 6:
        assert shown.first + shown.last == pytest.approx(first + last, abs=6)


def test_yearly_figures_are_shown_over_more_years() -> None:
    monthly = plot_of([line_of(series([1.0] * 240))])
    yearly_ = plot_of([line_of(series([1.0] * 40, "A"))])
    day = date(2030, 1, 1).toordinal()
    shown = [in_context(plot, day, day) for plot in (monthly, yearly_)]
    assert [round((plot.last - plot.first) / 365.25) for plot in shown] == [5, 20]


@pytest.mark.parametrize(
    ("test", "first", "last"),
    [
        ("mean(cn.m2_yoy, 2023) ~ 4.8 +- 0.2", date(2023, 1, 1), date(2023, 12, 31)),
        ("value(cn.m2_yoy, 2024-03) > 1 and max(cn.m2_yoy, ..2022) < 9", date(2000, 1, 1), date(2024, 3, 31)),
        ("min(cn.m2_yoy, 2024Q2..) > 1", date(2024, 4, 1), date(2026, 1, 1)),
        ("mean(cn.m2_yoy, last 10) < 4", None, None),
        ("growth(1, 2) > 5", None, None),
        ("no test", None, None),
    ],
)
def test_the_days_of_which_a_test_speaks(test: str, first: date | None, last: date | None) -> None:
    found = days_of(test, (date(2000, 1, 1).toordinal(), date(2026, 1, 1).toordinal()))
    assert found == (first and last and (first.toordinal(), last.toordinal()))


@given(VALUES)
def test_the_crosshair_reaches_every_figure_in_order(values: list[float]) -> None:
    line = line_of(series(values))
    plot = plot_of([line])
    day, seen = plot.first - 1, []
    while (following := next_day(plot, day, 1)) != day:
        seen.append(following)
        day = following
    assert seen == list(line.days)
    assert all(nearest_day(plot, day) == day for day in seen)


@given(VALUES, st.sampled_from(["plain", "rebased", "yearly"]), st.booleans())
def test_every_view_has_a_scale_around_its_figures(values: list[float], view: str, log: bool) -> None:
    plot = plot_of([line_of(series(values, unit="index"))], view=view, log=log)  # type: ignore[arg-type]
    seen = look(plot)
    assert seen.axes
    for line in seen.lines:
        scale = seen.axes[line.axis].scale
        assert scale.low < scale.high
        assert all(-1e-6 <= scale.place(value) <= 1 + 1e-6 for value in line.values)


@given(VALUES, VALUES, st.floats(0, 1), st.floats(0.01, 1), st.sampled_from(["", "1y", "5y", "all"]))
def test_figures_are_looked_at_as_others_were_so_far_as_they_reach(
    values: list[float], others: list[float], at: float, factor: float, name: str
) -> None:
    plot, other = plot_of([line_of(series(values))]), plot_of([line_of(series(others))])
    low, high = extent(plot.lines)
    before = preset(plot, name) if name else zoomed(plot, factor, low + at * (high - low))
    how = looked(before, nearest_day(before, low + at * (high - low)))
    assert looked_at(plot, how) == before
    after = looked_at(other, how)
    low, high = extent(other.lines)
    assert low - 6 <= after.first < after.last <= high + 6
    day = nearest_day(after, how.day)
    assert not other.lines[0].days or day in other.lines[0].days
