"""Release rules, windows, and the two clocks: pure functions of what is passed in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.catalogue.releases import Release, known_by, next_window, window_of
from sources.freshness import Clocks, days_of, freshness, word, wording
from sources.model import Frequency, Period

MONEY = Release.parse(
    {"months_after": "1", "day": "10..15", "time": "16:00", "zone": "Asia/Shanghai", "grace": "2"}, "M"
)
JULY = Period.parse("2026-07")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def state(now: str, clocks: Clocks | None = None, rule: Release = MONEY) -> str:
    return word(freshness(rule, clocks or Clocks(JULY), at(now)))


# ---------------------------------------------------------------------- states


def test_a_month_goes_from_fresh_to_due_to_stale() -> None:
    assert state("2026-09-10T07:59") == "fresh"  # 15:59 in Shanghai
    assert state("2026-09-10T08:00") == "due 10-15 Sep"
    assert state("2026-09-17T15:59") == "due 10-15 Sep"  # within the grace
    assert state("2026-09-17T16:00") == "stale 3d"  # the 18th in Shanghai
    assert state("2026-10-03T12:00") == "stale 18d"


def test_never_and_failing_tell_more_than_age() -> None:
    assert state("2026-09-20T00:00", Clocks()) == "never"
    failed = Clocks(JULY, at("2026-09-12T00:00"), at("2026-09-16T00:00"), at("2026-09-14T00:00"))
    assert state("2026-09-20T00:00", failed) == "failing since 14 Sep"
    healed = Clocks(JULY, at("2026-09-17T00:00"), at("2026-09-16T00:00"))
    assert state("2026-09-20T00:00", healed) == "stale 5d"


def test_daily_series_wait_for_working_days() -> None:
    rule = Release.parse({"lag": "2 business days", "time": "18:00", "grace": "0"}, "B")
    friday = Clocks(Period(date(2026, 9, 18), "B"))
    assert state("2026-09-23T17:59", friday, rule) == "fresh"
    assert state("2026-09-23T18:00", friday, rule) == "due 23 Sep"  # Monday's value, two days later
    assert state("2026-09-24T00:00", friday, rule) == "stale 1d"


def test_quarters_and_years_lag_by_months() -> None:
    credit = Release.parse({"lag": "6 months"}, "Q")
    assert window_of(credit, Period.parse("2026Q1")).last == date(2026, 9, 30)
    research = Release.parse({"months_after": "7", "day": "13"}, "A")
    assert days_of(window_of(research, Period.parse("2025"))) == "13 Jul"


def test_the_last_day_of_a_month_is_cut_to_its_length() -> None:
    survey = Release.parse({"months_after": "0", "day": "31"}, "M")
    assert window_of(survey, Period.parse("2026-02")).last == date(2026, 2, 28)


def test_a_step_is_looked_up_again_after_its_days() -> None:
    rule = Release.parse({"step": "7 days"}, "step")
    held = Period(date(2025, 5, 8), "step")
    asked = Clocks(held, at("2026-09-01T10:00"))
    assert state("2026-09-07T10:00", asked, rule) == "fresh"
    assert state("2026-09-08T10:00", asked, rule) == "due 8 Sep"
    assert state("2026-09-20T10:00", asked, rule) == "stale 12d"
    shipped = Clocks(held, retrieved=at("2026-09-06T00:00"))
    assert state("2026-09-07T10:00", shipped, rule) == "fresh"


def test_sentences_say_what_is_and_what_next() -> None:
    rule = Release.parse({"months_after": "1", "day": "1..2"}, "M")
    stale = freshness(rule, Clocks(JULY), at("2026-09-20T00:00"))
    assert word(stale) == "stale 18d"
    assert wording(stale, at("2026-09-20T00:00")) == "August was due by 2 September. Kept: July."

    def said(clocks: Clocks, now: str) -> str:
        return wording(freshness(MONEY, clocks, at(now)), at(now))

    shipped = said(Clocks(JULY), "2026-09-01T00:00")
    assert shipped == "Shipped figure, never asked from here; next 10-15 Sep."
    asked = said(Clocks(JULY, at("2026-08-20T00:00")), "2026-09-01T00:00")
    assert asked == "Newest published; next 10-15 Sep."
    assert said(Clocks(), "2026-09-01T00:00") == "Never asked."
    last_year = said(Clocks(Period.parse("2025-11")), "2026-02-01T00:00")
    assert last_year == "December 2025 was due by 15 January. Kept: November 2025."


# ---------------------------------------------------------------------- vintages


def test_a_calendar_vintage_is_the_end_of_the_last_day_in_the_zone_of_the_agency() -> None:
    assert known_by(window_of(MONEY, Period.parse("2026-03"))) == at("2026-04-15T15:59:59")
    new_york = Release.parse({"lag": "1 days", "zone": "America/New_York"}, "D")
    assert known_by(window_of(new_york, Period.parse("2026-07-01"))) == at("2026-07-03T03:59:59")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"months": "1"}, "no field `months`"),
        ({"months_after": "1", "lag": "2 days"}, "months_after and lag exclude each other"),
        ({"months_after": "soon"}, 'months_after is "soon"'),
        ({"months_after": "1", "day": "15..10"}, 'day is "15..10"'),
        ({"lag": "2 business days", "day": "3"}, 'day is "3"'),
        ({"lag": "two days"}, 'lag is "two days"'),
        ({"lag": "99999 days"}, 'lag is "99999"'),
        ({"lag": "1001 days"}, 'lag is "1001"; expected a whole number up to 1000'),
        ({"step": "2 months"}, 'step is "2 months"'),
        ({"time": "25:00"}, 'time is "25:00"'),
        ({"zone": "Asia/Atlantis"}, 'no time zone "Asia/Atlantis"'),
        ({"zone": "../../etc/passwd"}, "no time zone"),
    ],
)
def test_a_rule_that_cannot_be_read_names_its_field(fields: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=r"^release: ") as caught:
        Release.parse(fields, "M")
    assert words in str(caught.value)


def test_a_rule_counts_up_to_a_thousand() -> None:
    Release.parse({"lag": "1000 days"}, "D")


# ---------------------------------------------------------------------- for any rule

FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
LAGS = st.sampled_from(["0 days", "2 business days", "3 weeks", "1 months", "18 months"])
TIMES = st.sampled_from(["0:00", "23:59"])
RANK = {"fresh": 0, "due": 1, "stale": 2}


@st.composite
def rules(draw: st.DrawFn) -> tuple[Release, Period]:
    frequency = draw(st.sampled_from(FREQUENCIES))
    held = Period.holding(draw(st.dates(date(2010, 1, 1), date(2035, 1, 1))), frequency)
    fields = {
        "zone": draw(ZONES),
        "grace": str(draw(st.integers(0, 40))),
        "time": draw(st.sampled_from(["0:00", "23:59"])),
    }
    if frequency == "step":
        fields["step"] = f"{draw(st.integers(1, 60))} days"
    elif draw(st.booleans()):
        first, last = sorted((draw(st.integers(1, 31)), draw(st.integers(1, 31))))
        fields |= {"months_after": str(draw(st.integers(0, 24))), "day": f"{first}..{last}"}
    else:
        fields["lag"] = draw(LAGS)
    return Release.parse(fields, frequency), held


@given(rules(), MOMENTS, MOMENTS)
def test_a_figure_only_ages(made: tuple[Release, Period], one: datetime, other: datetime) -> None:
    rule, held = made
    earlier, later = (freshness(rule, Clocks(held), now) for now in sorted((one, other)))
    assert RANK[earlier.content] <= RANK[later.content]
    assert earlier.days <= later.days


@given(rules(), st.timedeltas(timedelta(), timedelta(days=4000)))
def test_nothing_is_stale_before_its_window_ends_or_due_before_it_opens(
    made: tuple[Release, Period], before: timedelta
) -> None:
    rule, held = made
    window = next_window(rule, held)
    assert window.opens <= window.closes <= window.late
    assert freshness(rule, Clocks(held), window.closes - timedelta(seconds=1) - before).content != "stale"
    assert freshness(rule, Clocks(held), window.opens - timedelta(seconds=1) - before).content == "fresh"
    assert freshness(rule, Clocks(held), window.late).content == "stale"


@given(rules())
def test_a_later_period_is_never_known_earlier(made: tuple[Release, Period]) -> None:
    rule, held = made
    assert known_by(window_of(rule, held)) <= known_by(window_of(rule, held.shifted(1)))
    assert known_by(window_of(rule, held)).astimezone(UTC).date() >= held.first - timedelta(days=1)
