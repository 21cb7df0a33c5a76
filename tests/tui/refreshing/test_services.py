"""The providers as both faces list them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cache.paths import places
from sources.adapters import MODULES, provider
from sources.catalogue.indicator import Indicator, Source
from sources.freshness import Clocks
from sources.model import Period
from sources.refreshing.attempts import Attempt
from sources.refreshing.breaker import Breaker
from tui.refreshing.services import Service, described, services
from tui.settings.settings import Settings

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
GROWTH = Indicator(
    "cn.m2_yoy", "M2", "%", "M", source=Source("ecb"), release=(("months_after", "1"), ("day", "10..15"))
)
HELD = {GROWTH.id: Clocks(Period.parse("2026-08"))}


def ecb(attempt: Attempt | None = None, breaker: Breaker | None = None) -> Service:
    found = (attempt or Attempt(), breaker or Breaker())
    return described(provider("ecb"), [GROWTH], HELD, *found, NOW)


def test_before_anybody_asked_it_says_what_is_held() -> None:
    service = ecb()
    assert (service.state, service.words) == ("never", "")
    assert service.newest == Period.parse("2026-08")
    assert service.counts == (("fresh", 1),)


def test_the_last_attempt_counts() -> None:
    answered = Attempt().succeeded(NOW, 1200)
    assert (ecb(answered).state, ecb(answered).received) == ("answers", 1200)
    failed = answered.failed(NOW + timedelta(hours=1), "ECB is silent.")
    assert (ecb(failed).state, ecb(failed).words) == ("failing", "ECB is silent.")
    assert ecb(failed.succeeded(NOW + timedelta(hours=2))).state == "answers"
    unreached = answered.failed(NOW + timedelta(hours=1), "No network.", unreached=True)
    assert (ecb(unreached).state, ecb(unreached).words) == ("unreached", "No network.")
    assert ecb(Attempt.from_json(unreached.to_json())).state == "unreached"


def test_one_that_wants_to_be_left_alone_says_until_when() -> None:
    breaker = Breaker().failed(NOW, "ECB asks us to wait.", retry_after=600)
    service = ecb(Attempt().failed(NOW, "ECB asks us to wait."), breaker)
    assert (service.state, service.next_try) == ("resting", NOW + timedelta(minutes=10))


def test_one_that_refuses_programs_is_off_until_it_is_turned_on() -> None:
    quotes = replace(GROWTH, id="hk.hstech", source=Source("yahoo"))
    clocks = {quotes.id: Clocks()}
    state = {
        on: described(provider("yahoo"), [quotes], clocks, Attempt(), Breaker(), NOW, on)
        for on in ((), ("yahoo",))
    }
    assert state[()].state == "off"
    assert 'providers = ["yahoo"]' in state[()].words
    assert (state["yahoo",].state, state["yahoo",].words) == ("never", "")


def test_all_providers_are_listed_on_a_first_start(tmp_path: Path) -> None:
    settings = Settings(places({"BRIEFING_HOME": str(tmp_path)}))
    found = services(settings, NOW)
    assert {service.id for service in found} == set(MODULES)
    eastmoney = next(service for service in found if service.id == "eastmoney")
    assert eastmoney.newest == Period.parse("2026-08")
    assert "cn.m2_yoy" in eastmoney.figures
    assert sum(count for _state, count in eastmoney.counts) == len(eastmoney.figures)
