from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sources.answers.sampling import month_ends, steps

DAYS = st.dictionaries(
    st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.none() | st.sampled_from([1.0, 2.0]), max_size=60
)


@given(DAYS)
def test_a_month_end_is_the_last_value_of_its_month(days: dict[date, float | None]) -> None:
    for period, value in month_ends("M", days.items()):
        valued = [day for day in days if period.first <= day <= period.last and days[day] is not None]
        assert value == days[max(valued)]


@given(DAYS)
def test_only_the_newest_month_may_be_left_out(days: dict[date, float | None]) -> None:
    months = sorted({day.replace(day=1) for day, value in days.items() if value is not None})
    found = [period.first for period, _ in month_ends("M", days.items())]
    assert found in (months, months[:-1])


def test_the_newest_month_counts_from_its_last_weekday_on() -> None:
    friday = date(2026, 10, 30)  # the 31st is a Saturday
    assert month_ends("M", [(friday, 1.0)])
    assert not month_ends("M", [(friday - timedelta(days=1), 1.0)])


@given(DAYS)
def test_steps_give_back_every_day(days: dict[date, float | None]) -> None:
    changes = {period.first: value for period, value in steps(days.items(), held=False)}
    value = None
    for day in sorted(day for day in days if days[day] is not None):
        value = changes.get(day, value)
        assert value == days[day]
    assert len(changes) <= len([each for each in days.values() if each is not None])


def test_the_first_day_asked_for_is_no_step_where_older_ones_are_held() -> None:
    days = [(date(2025, 5, 7), 1.5), (date(2025, 5, 8), 1.4)]
    assert [period.first.day for period, _ in steps(days, held=True)] == [8]
    assert [period.first.day for period, _ in steps(days, held=False)] == [7, 8]
