"""What a refresh would ask, and what it leaves out and why."""

from __future__ import annotations

from dataclasses import replace

from sources.catalogue.indicator import Indicator, Source
from tests.refreshing import FIRST, GROWTH, PRICES, Desk, figure, figures, provider, reply


def test_providers_that_cannot_be_asked_are_named_with_the_reason(desk: Desk) -> None:
    desk.providers = {
        "yahoo": replace(provider(desk.server, "yahoo"), identity="browser"),
        "fred": replace(provider(desk.server, "fred"), needs_key="fred", key_page="https://example.org/key"),
    }
    entries = [figure("hk.index", "yahoo"), figure("us.rate", "fred"), figure("cn.gone", "nobody")]
    made = desk.plan(*entries)
    assert made.jobs == ()
    assert [skipped.words for skipped in made.skipped] == [
        "Yahoo is off: it refuses programs. The configuration turns it on.",
        "Fred needs a key from https://example.org/key.",
        "No provider `nobody` is known.",
    ]
    made = desk.plan(*entries, on=frozenset({"yahoo"}), secrets={"fred": "key"})
    assert set(figures(made)) == {"hk.index", "us.rate"}


async def test_a_provider_that_wants_time_between_fetches_gets_it(desk: Desk) -> None:
    desk.providers["bank"] = provider(desk.server, rest_hours=24.0)
    desk.server.answer("GET", "/bank", reply(FIRST))
    await desk.refresh(GROWTH)
    desk.wait(hours=23)
    (skipped,) = desk.plan(GROWTH).skipped
    assert skipped.words == "Bank was asked a short while ago."
    desk.wait(hours=2)
    assert figures(desk.plan(GROWTH)) == ("cn.growth",)


def test_asking_for_a_derived_figure_asks_for_its_parts(desk: Desk) -> None:
    gap = Indicator(
        "cn.gap", "Gap", "pp", "M", derived="cn.growth - cn.prices", parts=("cn.growth", "cn.prices")
    )
    made = desk.plan(GROWTH, PRICES, gap, asked=["cn.gap"])
    assert figures(made) == ("cn.growth", "cn.prices")
    assert len(made.jobs[0].requests) == 1


async def test_one_address_is_asked_once_for_all_that_it_answers(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST))
    await desk.refresh(GROWTH)
    desk.wait(days=1)
    checked = figure("cn.checked", path="/other", column="m2")
    checked = replace(checked, check=Source("bank", (("column", "prices"),)), tolerance=0.05)
    (job,) = desk.plan(GROWTH, PRICES, checked).jobs
    by_path = {each.request.url.rpartition("/")[2]: each for each in job.requests}
    assert len(by_path) == len(job.requests)
    bank = by_path["bank"]
    assert {query.series for query in bank.queries} == {"cn.growth", "cn.prices", "cn.checked#check"}
    assert bank.since is None  # of one of them nothing is held
    desk.server.seen.clear()
    await desk.refresh(GROWTH, PRICES, checked)
    assert sorted(request.path for request in desk.server.seen) == ["/bank", "/other"]
