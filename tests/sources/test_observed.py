"""Series as they are known now and were known on a day, over the snapshot and over a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache.rows import Batch, ProvenanceRow, Row, from_moment, to_moment
from cache.vintages import Vintages
from sources.catalogue.catalogue import Catalogue, load
from sources.catalogue.indicator import Definition, Indicator, Source
from sources.freshness import Clocks
from sources.model import Period
from sources.observed import Observed, breaks, end_of_day, stalest
from sources.snapshot import open_store

At = Callable[[date | None], Observed]
NOW = datetime(2026, 10, 20, tzinfo=UTC)
JANUARY = date(2024, 1, 1)


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[At]:
    """The shipped figures as known on a day, or now."""
    catalogue = load()
    with closing(open_store(tmp_path_factory.mktemp("store"), NOW)) as vintages:
        yield lambda day: Observed(catalogue, vintages, day)


def values(observed: Observed, name: str) -> dict[str, float]:
    series = observed.series(name)
    return {str(each.period): each.value for each in series.observations} if series else {}


@pytest.mark.parametrize("name", ["cn.m2_yoy", "cn.m1_yoy", "cn.m2_m1_gap"])
def test_on_a_day_nothing_later_than_its_last_release_is_known(at: At, name: str) -> None:
    assert max(values(at(date(2026, 4, 20)), name)) == "2026-03"
    assert max(values(at(None), name)) == "2026-08"


def test_a_derived_series_is_computed_from_what_was_known_that_day(at: At) -> None:
    quarter = ("2024-01", "2024-02", "2024-03")
    now, then = values(at(None), "cn.m2_m1_gap"), values(at(date(2025, 1, 31)), "cn.m2_m1_gap")
    assert [round(now[month], 9) for month in quarter] == [5.4, 6.1, 6.0]
    assert [round(then[month], 9) for month in quarter] == [2.8, 7.5, 7.2]


def test_a_new_definition_makes_a_break_only_once_it_is_known(at: At) -> None:
    def told(day: date | None) -> list[str]:
        series = at(day).series("cn.m1_yoy")
        assert series
        return [str(after.period) for _, after in breaks(series)]

    assert told(date(2025, 1, 31)) == []
    assert told(date(2025, 2, 14)) == told(None) == ["2024-01"]


def test_one_definition_can_be_asked_for_by_name(at: At) -> None:
    old = at(None).series("cn.m1_yoy", "old")
    assert old
    assert {each.definition for each in old.observations} == {"old"}
    assert str(old.observations[-1].period) == "2024-12"


@pytest.mark.parametrize("day", [None, date(2025, 1, 31), date(1999, 1, 1)])
@pytest.mark.parametrize("name", ["cn.m1_yoy", "cn.m2_m1_gap", "cn.lpr_1y", "xx.nothing"])
def test_the_newest_are_the_end_of_all_whether_these_were_read_or_not(
    at: At, name: str, day: date | None
) -> None:
    observed = at(day)
    before = [tuple(observed.newest(name, most)) for most in (1, 24, 10_000)]
    series = observed.series(name)
    whole = series.observations if series else ()
    assert before == [whole[-1:], whole[-24:], whole]
    assert [tuple(observed.newest(name, most)) for most in (1, 24, 10_000)] == before


def test_what_was_not_known_yet_or_is_unknown_is_none(at: At) -> None:
    assert at(date(1999, 1, 1)).series("cn.m2_yoy") is None
    assert at(date(1999, 1, 1)).series("cn.m2_m1_gap") is None
    assert at(None).series("xx.nothing") is None


def test_a_computed_value_is_as_new_as_its_newest_part_and_known_as_surely_as_the_least_sure(at: At) -> None:
    gap = at(None).series("cn.m2_m1_gap")
    assert gap
    january = next(each for each in gap.observations if str(each.period) == "2024-01")
    assert january.vintage
    assert january.vintage.date() == date(2025, 2, 14)
    assert january.basis == "calendar"
    assert at(None).provenance(january) is None


Rows = list[tuple[int, str, int, float]]
"""Month from January 2024, definition, day of the vintage from 1 January 2024, value."""


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from("ab"), st.integers(0, 40), st.integers(-5, 5)),
        max_size=12,
        unique_by=lambda row: row[:3],
    ),
    st.integers(-1, 45),
)
def test_each_period_has_the_newest_vintage_of_its_newest_definition_known_by_then(
    rows: Rows, days: int
) -> None:
    day = JANUARY + timedelta(days=days)
    entry = Indicator("x.y", "Y", "%", "M", definitions=(Definition("a"), Definition("b")))
    expected: dict[str, float] = {}
    for month, _definition, _vintage, value in sorted(rows, key=lambda row: (row[1], row[2])):
        if _vintage <= days:
            expected[str(Period(JANUARY, "M").shifted(month))] = value
    with closing(Vintages.open(Path("/dev/null/nowhere"))) as vintages:
        made = [
            Row(
                Period(JANUARY, "M").shifted(month).first.toordinal(),
                value,
                end_of_day(JANUARY + timedelta(days=vintage)),
                "seen",
                definition,
            )
            for month, definition, vintage, value in sorted(rows, key=lambda row: row[2])
        ]
        for row in made:  # one vintage after the other, as they come
            vintages.append(Batch("x.y", [row], ProvenanceRow("p", "c")), row.vintage)
        observed = Observed(Catalogue({"x.y": entry}), vintages, day)
        assert values(observed, "x.y") == expected


def test_the_end_of_a_day_is_its_last_moment_in_utc() -> None:
    last = from_moment(end_of_day(date(2026, 4, 20)))
    assert last.date() == date(2026, 4, 20)
    assert (last + timedelta(microseconds=1)).isoformat() == "2026-04-21T00:00:00+00:00"
    assert to_moment(last) == end_of_day(date(2026, 4, 20))


def test_a_derived_indicator_is_as_stale_as_its_stalest_part() -> None:
    month = (("months_after", "1"), ("day", "10..15"))
    parts = [Indicator(f"x.{name}", name, "%", "M", source=Source("p"), release=month) for name in "ab"]
    whole = Indicator("x.c", "c", "%", "M", derived="x.a - x.b", parts=("x.a", "x.b"))
    by_hand = Indicator("x.d", "d", "%", "M", page="https://example.org/")
    catalogue = Catalogue({entry.id: entry for entry in (*parts, whole, by_hand)})
    clocks = {"x.a": Clocks(Period.parse("2026-09")), "x.b": Clocks(Period.parse("2026-06"))}
    fresh = stalest(catalogue, clocks, "x.c", NOW)
    assert fresh
    assert (fresh.state, str(fresh.held)) == ("stale", "2026-06")
    assert stalest(catalogue, clocks, "x.d", NOW) is None


def test_nothing_is_stale_of_what_was_never_computed_for_want_of_a_part() -> None:
    month = (("months_after", "1"), ("day", "10..15"))
    parts = [Indicator(f"x.{name}", name, "%", "M", source=Source("p"), release=month) for name in "ab"]
    whole = Indicator("x.c", "c", "%", "M", derived="x.a - x.b", parts=("x.a", "x.b"))
    catalogue = Catalogue({entry.id: entry for entry in (*parts, whole)})
    stale, failing = Clocks(Period.parse("2026-06")), Clocks(None, None, NOW, NOW)
    for never, state in ((Clocks(), "never"), (failing, "failing")):
        fresh = stalest(catalogue, {"x.a": stale, "x.b": never}, "x.c", NOW)
        assert fresh
        assert (fresh.state, fresh.held) == (state, None)
