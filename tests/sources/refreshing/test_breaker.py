"""The breaker of a provider, as a pure value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sources.limits import RETRY_AFTER_SECONDS
from sources.refreshing.breaker import FAILURES, REST_SECONDS, Breaker

NOW = datetime(2026, 9, 14, 12, tzinfo=UTC)
SECONDS = st.none() | st.floats(-1e12, 1e12)


def failed(times: int) -> Breaker:
    breaker = Breaker()
    for _ in range(times):
        breaker = breaker.failed(NOW, "it refused")
    return breaker


def test_it_opens_after_some_failures_and_lets_one_through_after_its_rest() -> None:
    assert failed(FAILURES - 1).state(NOW) == "closed"
    opened = failed(FAILURES)
    assert opened.state(NOW) == "open"
    assert opened.next_try(NOW) == NOW + timedelta(seconds=REST_SECONDS)
    assert not opened.allows(NOW)
    later = NOW + timedelta(seconds=REST_SECONDS)
    assert opened.state(later) == "half open"
    assert opened.allows(later)
    assert opened.succeeded() == Breaker()


def test_each_further_failure_doubles_the_rest_up_to_an_hour() -> None:
    rests = [(failed(times).next_try(NOW) or NOW) - NOW for times in range(FAILURES, FAILURES + 12)]
    assert rests[1] == 2 * rests[0]
    assert rests[-1] == timedelta(seconds=RETRY_AFTER_SECONDS)


def test_what_the_provider_asks_for_holds_against_the_user_our_rest_does_not() -> None:
    told = Breaker().failed(NOW, "wait", retry_after=600)
    assert not told.allows(NOW, demanded=True)
    assert failed(FAILURES).allows(NOW, demanded=True)
    again = told.failed(NOW + timedelta(seconds=1), "cut off")
    assert again.next_try(NOW) == told.next_try(NOW)


def test_a_network_that_is_down_makes_nobody_rest() -> None:
    breaker = Breaker()
    for _ in range(9):
        breaker = breaker.failed(NOW, "no network", counts=False)
    assert breaker.allows(NOW)


def test_a_clock_that_was_wrong_blocks_nobody() -> None:
    opened = Breaker().failed(NOW + timedelta(days=900), "wait", retry_after=600)
    assert opened.allows(NOW)


@given(st.lists(st.tuples(SECONDS, st.booleans(), st.text(max_size=400)), max_size=8))
def test_it_outlives_the_program(failures: list[tuple[float | None, bool, str]]) -> None:
    breaker = Breaker()
    for retry_after, counts, words in failures:
        breaker = breaker.failed(NOW, words, retry_after=retry_after, counts=counts)
    assert Breaker.from_json(breaker.to_json()) == breaker
    rest = (breaker.next_try(NOW) or NOW) - NOW
    assert timedelta() <= rest <= timedelta(seconds=RETRY_AFTER_SECONDS)


@given(st.text() | st.sampled_from(["null", "[]", '{"failures": 1e999}', "[" * 9999]))
def test_what_is_no_breaker_is_a_closed_one(text: str) -> None:
    assert Breaker.from_json(text) == Breaker()
