"""Plots in cells: every row fits, every figure leaves a mark, gaps and breaks can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefings.charts.canvas import Row, crossed
from briefings.charts.frame import Style
from briefings.charts.moving import preset
from briefings.charts.plots import Event, Plot, Reference, View, line_of, plot_of
from briefings.charts.raster import ROLES, Raster, raster
from sources.model import Frequency, Observation, Period, Series
from tui.layout import cells

VALUES = st.lists(st.one_of(st.floats(), st.floats(-100, 100)), max_size=40)
STYLES: tuple[Style, ...] = ("braille", "blocks", "ascii")


def plot(
    values: Sequence[float | None],
    frequency: Frequency = "M",
    definitions: Sequence[str] = (),
    view: View = "plain",
    **options: object,
) -> Plot:
    first = Period(date(2020, 1, 1), frequency)
    found = [
        Observation(first.shifted(at), value, definitions[at] if definitions else "1")
        for at, value in enumerate(values)
        if value is not None
    ]
    line = line_of(Series("a.b", "%", frequency, found), "Line")
    return plot_of([line], view=view, **options)  # type: ignore[arg-type]


def text(row: Row) -> str:
    return "".join(run.text for run in row)


def lines(drawn: Raster) -> list[str]:
    return [text(row).rstrip() for row in drawn.rows]


def marked(drawn: Raster) -> list[int]:
    """The columns of the plot in which a line has left a mark."""
    columns = set()
    for row in drawn.rows:
        at = 0
        for run in row:
            if run.role.startswith("line"):
                columns |= {at + n for n, letter in enumerate(run.text) if letter not in " ⠀"}
            at += len(run.text)
    return sorted(columns)


@given(VALUES, st.integers(1, 130), st.integers(1, 40), st.sampled_from(STYLES), st.booleans())
@example([1.0] * 3, 1, 1, "braille", True)
@example([1e308, -1e308], 40, 10, "braille", False)
@example([5e-324, 1.0], 40, 10, "braille", True)
def test_any_plot_fills_any_size(
    values: list[float], width: int, height: int, style: Style, log: bool
) -> None:
    drawn = raster(plot(values, log=log), width, height, style)
    assert len(drawn.rows) == height
    assert {cells.width(text(row)) for row in drawn.rows} == {width}
    assert all(run.role in ROLES for row in drawn.rows for run in row)


@given(VALUES.filter(lambda values: any(abs(value) <= 1e300 for value in values)), st.sampled_from(STYLES))
def test_figures_leave_a_mark(values: list[float], style: Style) -> None:
    assert marked(raster(plot(values), 60, 12, style))


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=4000), st.integers(0, 3999))
def test_a_peak_among_many_figures_is_not_lost(values: list[float], at: int) -> None:
    values = [*values, 0.0]
    values[at % len(values)] = 1000.0
    drawn = raster(plot(values, "D"), 50, 12)
    assert any("line1" in {run.role for run in row} for row in drawn.rows[drawn.top : drawn.top + 2])


@given(VALUES, st.integers(-5, 80), st.integers(-5, 80))
def test_the_crosshair_changes_no_text(values: list[float], one: int, other: int) -> None:
    drawn = raster(plot(values), 60, 12)
    row = drawn.rows[5]
    assert text(crossed(row, *sorted((one, other)))) == text(row)


def test_a_gap_stays_empty() -> None:
    drawn = raster(plot([1.0] * 10 + [None] * 10 + [1.0] * 10), 60, 12)
    gap = [drawn.column(date(2020 + at // 12, at % 12 + 1, 1).toordinal()) for at in (10, 18)]
    assert not [column for column in marked(drawn) if gap[0] <= column <= gap[1]]
    assert len(marked(drawn)) > 30


def test_a_break_is_a_bar_with_its_period() -> None:
    drawn = raster(plot([1.0, 2, 3, 9, 8, 7], definitions=["1"] * 3 + ["2"] * 3), 60, 12)
    shown = lines(drawn)
    assert any("redefined 2020-04 ╎" in row or "╎ redefined 2020-04" in row for row in shown)
    assert sum("╎" in row for row in shown) > 5
    assert any(":" in row for row in lines(raster(drawn.look.plot, 60, 12, "ascii")))


def test_zero_is_a_rule_where_values_change_sign() -> None:
    assert any(row.startswith(("  0 ╌", " 0 ╌")) for row in lines(raster(plot([-2.0, 2.0]), 60, 12)))
    assert not any("╌" in row for row in lines(raster(plot([1.0, 2.0]), 60, 12)))


def test_a_stated_value_is_drawn_over_its_period_with_its_letter() -> None:
    base = plot([float(n % 7) for n in range(36)])
    first, last = date(2021, 1, 1).toordinal(), date(2021, 12, 31).toordinal()
    drawn = raster(plot_of(base.lines, [Reference("", "a.b", first, last, 20.0)]), 80, 16)
    (row,) = [row for row in drawn.rows if any(run.role == "reference" for run in row)]
    columns = [at for at, letter in enumerate(text(row)) if letter not in " A0123456789"]
    assert "A" in text(row)
    assert abs(columns[0] - drawn.column(first)) <= 1
    assert abs(columns[-1] - drawn.column(last)) <= 1


@pytest.mark.parametrize("style", STYLES)
def test_the_letter_of_a_stated_value_stands_at_its_level(style: Style) -> None:
    base = plot([-4.0, 9.0, -4.0, 8.0, -3.0, 7.0] * 8)
    first, last = date(2021, 1, 1).toordinal(), date(2021, 12, 31).toordinal()
    for height in (8, 11, 16, 30):
        drawn = raster(plot_of(base.lines, [Reference("", "a.b", first, last, 4.6)]), 60, height, style)
        (at,) = [number for number, row in enumerate(drawn.rows) if "A" in text(row)]
        level = drawn.top + (1 - drawn.look.axes[0].scale.place(4.6)) * (drawn.height - 1)
        zero = drawn.top + (1 - drawn.look.axes[0].scale.place(0.0)) * (drawn.height - 1)
        assert abs(at - level) <= 1.5
        assert at < zero


@pytest.mark.parametrize(("width", "height"), [(76, 12), (76, 14), (100, 16), (116, 20)])
def test_two_stated_values_one_after_the_other_keep_their_levels_and_their_order(
    width: int, height: int
) -> None:
    base = plot([-15.0, *(9.0, 8.0) * 12, *(9.0, 2.0, 8.0, 7.0) * 14])
    year = Reference("one", "a.b", date(2023, 1, 1).toordinal(), date(2023, 12, 31).toordinal(), 4.8)
    quarter = Reference("two", "a.b", date(2024, 1, 1).toordinal(), date(2024, 3, 31).toordinal(), 4.6)
    drawn = raster(plot_of(base.lines, [year, quarter]), width, height)
    found = {
        letter: (row, column)
        for row, each in enumerate(drawn.rows)
        for column, letter in enumerate(text(each))
        if letter in "AB" and drawn.top <= row < drawn.top + drawn.height
    }
    assert found["A"][1] < found["B"][1]
    for letter, value in (("A", 4.8), ("B", 4.6)):
        dot = round((1 - drawn.look.axes[0].scale.place(value)) * (drawn.height * 4 - 1))
        assert found[letter][0] == drawn.top + dot // 4


def test_crowded_events_stand_side_by_side() -> None:
    base = plot([1.0, 2.0, 3.0] * 20)
    day = base.first + 300
    drawn = raster(
        plot_of(base.lines, events=[Event(day, "one"), Event(day, "two"), Event(day, "three")]), 60, 12
    )
    assert "1 2" in text(drawn.rows[0])
    apart = [Event(base.first + 31 * 4 * each, f"e{each}") for each in range(12)]
    marks = text(raster(plot_of(base.lines, events=apart), 60, 12).rows[0]).split()
    assert marks == [str(each) for each in range(1, 13)]


def test_ascii_needs_nothing_else() -> None:
    drawn = raster(plot([-1.0, 2, 3, 9], definitions=["1", "1", "2", "2"]), 60, 12, "ascii")
    assert all(row.isascii() for row in lines(drawn))


def test_two_units_have_a_scale_at_either_side() -> None:
    percent = plot([1.0, 2.0]).lines[0]
    bills = line_of(Series("c.d", "CNY", "M", [Observation(Period(date(2020, 1, 1), "M"), 5000.0)]))
    *_, last = lines(raster(plot_of([percent, bills]), 70, 12))
    assert last.startswith("a %")
    assert last.endswith("b CNY")


def test_days_are_labelled_from_days_to_decades() -> None:
    decades = raster(plot([1.0] * 200, "A"), 80, 10)
    assert "2100" in lines(decades)[-1]
    days = raster(plot([1.0] * 6, "D"), 80, 10)
    assert "01-03" in lines(days)[-1]


def test_no_figures_are_said_to_be_none() -> None:
    assert any("no figures here" in row for row in lines(raster(plot([]), 60, 12)))
    late = plot([1.0] * 3 + [None] * 90 + [1.0] * 3)
    assert any(
        "no figures here" in row for row in lines(raster(late._replace(first=737900, last=738000), 60, 12))
    )


@pytest.mark.parametrize("frequency", ["D", "step"])
def test_a_hundred_thousand_points_are_drawn(frequency: Frequency) -> None:
    first = date(1750, 1, 1)
    found = [Observation(Period(first + timedelta(n), frequency), float(n % 977)) for n in range(100_000)]
    whole = plot_of([line_of(Series("a.b", "index", frequency, found))])
    assert len(marked(raster(whole, 120, 34))) > 100
    assert marked(raster(preset(whole, "1y"), 120, 34))


def test_a_rate_holds_until_it_is_changed() -> None:
    days = [date(2020, 1, 1), date(2021, 1, 1)]
    found = [Observation(Period(day, "step"), value) for day, value in zip(days, (4.0, 3.0), strict=True)]
    held = line_of(Series("cn.lpr_1y", "%", "step", found), until=date(2022, 1, 1))
    drawn = raster(plot_of([held]), 60, 12)
    heights = [
        {at for at, row in enumerate(drawn.rows) if drawn.column(day.toordinal()) in _line_columns(row)}
        for day in (date(2020, 6, 1), date(2021, 6, 1), date(2021, 12, 1))
    ]
    assert min(heights[0]) < min(heights[1])
    assert heights[1] == heights[2]


def _line_columns(row: Row) -> set[int]:
    at, columns = 0, set()
    for run in row:
        if run.role == "line1":
            columns |= set(range(at, at + len(run.text)))
        at += len(run.text)
    return columns
