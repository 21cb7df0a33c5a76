"""Axes: round numbers and dates, whatever the data."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.charts.scales import Scale, time_ticks, value_scale

FINITE = st.floats(-1e12, 1e12, allow_nan=False)


def labels(low: float, high: float, most: int = 6) -> list[str]:
    return [tick.label for tick in value_scale(low, high, most)[1]]


def test_values_get_round_ticks_around_them() -> None:
    assert labels(-15.2, 14.2) == ["-20", "-10", "0", "10", "20"]
    assert labels(1.75, 3.35) == ["1.5", "2.0", "2.5", "3.0", "3.5"]
    assert labels(0.02, 0.09, 5) == ["0.02", "0.04", "0.06", "0.08", "0.10"]
    assert labels(12_000, 41_000, 4) == ["10,000", "20,000", "30,000", "40,000", "50,000"]


def test_a_constant_has_room_on_both_sides() -> None:
    scale, _ticks = value_scale(3.0, 3.0)
    assert scale.low < 3 < scale.high
    assert 0.3 < scale.place(3.0) < 0.7


def test_a_log_scale_has_a_tick_per_power_of_ten() -> None:
    scale, ticks = value_scale(3, 4200, log=True)
    assert [tick.label for tick in ticks] == ["1", "10", "100", "1,000", "10,000"]
    assert scale.place(100) == pytest.approx(0.5)
    assert not value_scale(-1, 4200, log=True)[0].log


@given(FINITE, FINITE, st.integers(2, 12))
def test_all_values_lie_on_the_scale_and_ticks_are_few(one: float, other: float, most: int) -> None:
    low, high = sorted((one, other))
    scale, ticks = value_scale(low, high, most)
    assert -1e-6 <= scale.place(low) <= scale.place(high) <= 1 + 1e-6
    assert 1 <= len(ticks) <= most + 2
    assert all(before.at < after.at for before, after in pairwise(ticks))
    assert len({tick.label for tick in ticks}) == len(ticks)


@given(st.floats(0, 1), st.booleans())
def test_value_undoes_place(place: float, log: bool) -> None:
    scale = Scale(2.0, 300.0, log)
    assert scale.place(scale.value(place)) == pytest.approx(place, abs=1e-9)


@pytest.mark.parametrize(
    ("first", "last", "most", "expected"),
    [
        (date(2008, 1, 1), date(2026, 8, 1), 12, [str(year) for year in range(2008, 2027, 2)]),
        (date(2025, 8, 1), date(2026, 8, 1), 6, ["2025-10", "2026", "2026-04", "2026-07"]),
        (
            date(2026, 12, 28), date(2027, 1, 3), 12,
            ["2026-12-28", "12-29", "12-30", "12-31", "2027-01-01", "01-02", "01-03"],
        ),
        (date(1700, 1, 1), date(2000, 1, 1), 8, ["1700", "1750", "1800", "1850", "1900", "1950", "2000"]),
    ],
)  # fmt: skip
def test_days_get_ticks_at_round_dates(first: date, last: date, most: int, expected: list[str]) -> None:
    assert [tick.label for tick in time_ticks(first, last, most)] == expected


@given(st.dates(), st.dates(), st.integers(1, 20))
def test_ticks_of_time_lie_between_and_are_few(one: date, other: date, most: int) -> None:
    first, last = sorted((one, other))
    ticks = time_ticks(first, last, most)
    assert len(ticks) <= most
    assert all(first.toordinal() <= tick.at <= last.toordinal() for tick in ticks)
