"""A refresh that goes wrong: all is kept, and the reason told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date

import pytest

from sources.model import Period, Request
from sources.network.http import Client
from sources.network.terms import Network
from sources.provider import Asked, Provider, Query
from sources.refreshing.breaker import FAILURES
from sources.refreshing.fetching import request_key
from sources.refreshing.progress import Done, Failed
from sources.refreshing.refresh import run
from tests.loopback import Reply, redirect, sign_in_page
from tests.refreshing import FIRST, GROWTH, NOW, Desk, done, figure, figures, no_wait, only, provider, reply


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Reply(b"growth,2026-07"), 'Bank: line: expected three columns, found "growth,2026-07".'),
        (Reply(b"growth,2026-07,much"), "Bank: the answer cannot be read (ValueError)."),
        (Reply(b"\xff\xfe"), "Bank: the answer cannot be read (UnicodeDecodeError)."),
        (
            Reply(b"growth,2026-07,880"),
            "Bank: cn.growth would be 880 in 2026-07, expected -5 to 40. Not stored.",
        ),
        (
            Reply(b"growth,2026-07,nan"),
            "Bank: cn.growth would be nan in 2026-07, expected -5 to 40. Not stored.",
        ),
        (
            Reply(b"growth,2028-01,8.8"),
            "Bank: cn.growth would be of 2028-01, expected one from 1600 to 366 days from now. Not stored.",
        ),
        (
            Reply(b"growth,9999-12,8.8"),
            "Bank: cn.growth would be of 9999-12, expected one from 1600 to 366 days from now. Not stored.",
        ),
        (
            Reply(b"growth,1599-12,8.8"),
            "Bank: cn.growth would be of 1599-12, expected one from 1600 to 366 days from now. Not stored.",
        ),
        (Reply(status=403), "Bank refused us (403)."),
        (Reply(status=503), "Bank has trouble of its own (503)."),
        (Reply(b"growth,2026-07,8.8", fault="cut"), "Bank cut off its answer."),
    ],
)
async def test_a_failure_keeps_all_and_says_why(desk: Desk, answer: Reply, words: str) -> None:
    entry = replace(GROWTH, plausible=(-5.0, 40.0))
    desk.server.answer("GET", "/bank", reply(FIRST), answer)
    await desk.refresh(entry)
    before = desk.tools.vintages.read("cn.growth")
    desk.wait(days=1)
    (failed,) = done(await desk.refresh(entry)).failed
    assert failed.sentence() == f"{words} Kept 2026-07."
    assert desk.tools.vintages.read("cn.growth") == before
    attempt = desk.tools.attempts.series()["cn.growth"]
    assert (attempt.failing_since, attempt.words, attempt.success) == (desk.now, words, NOW)


def test_the_name_of_a_request_in_the_cache_holds_no_secret() -> None:
    request = Request(
        "https://example.org/data",
        query=(("q", "1"),),
        secret_query=(("api_key", "s3cr3t-key"),),
        secret_headers=(("X-Key", "s3cr3t-key"),),
    )
    open_one = Request("https://example.org/data", query=(("q", "1"),))
    assert request_key(request) == request_key(open_one)
    assert "s3cr3t" not in request_key(request)


async def test_one_providers_trouble_is_its_own(desk: Desk) -> None:
    desk.providers["other"] = provider(desk.server, "other")
    desk.server.answer("GET", "/bank", reply(FIRST))
    desk.server.answer("GET", "/other", Reply(b"no"))
    events = await desk.refresh(GROWTH, figure("us.rate", "other"))
    assert done(events).summary == "2 new, 0 revised, 1 source failed."
    assert desk.values("cn.growth")


async def test_a_provider_that_asks_for_rest_is_left_alone_until_then(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", Reply(status=429, headers={"Retry-After": "600"}))
    (failed,) = done(await desk.refresh(GROWTH, figure("cn.other", path="/two"))).failed
    assert failed.sentence(UTC) == "Bank asks us to wait (429). Next try 12:10."
    assert len(desk.server.seen) == 1  # the second request was not even sent
    (skipped,) = desk.plan(GROWTH, asked=["cn.growth"]).skipped
    assert skipped.words == "Bank is left alone for a while. Bank asks us to wait (429)."
    desk.wait(seconds=601)
    assert figures(desk.plan(GROWTH)) == ("cn.growth",)


async def test_no_network_is_one_calm_line_and_nobodys_failure(desk: Desk) -> None:
    def find(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    names = [f"bank{number}" for number in range(12)]
    desk.providers = {name: replace(provider(desk.server, name), hosts=()) for name in names}
    for name in names:
        desk.providers[name] = _moved(desk.providers[name], f"https://{name}.example.org/")
    tools = replace(desk.tools, client=Client(Network(), find=find, sleep=no_wait))
    entries = [figure(f"cn.{name}", name) for name in names]
    events = [event async for event in run(desk.plan(*entries), tools)]
    assert done(events).summary == "No network. 0 of 12 sources reached. Kept figures stand. R tries again."
    assert (done(events).common, done(events).failed) == ("offline", ())
    assert len(only(Failed, events)) == 12
    assert desk.tools.attempts.series() == {}
    assert figures(desk.plan(*entries)) == tuple(entry.id for entry in entries)  # nobody rests


@pytest.mark.parametrize("count", [1, 3])
async def test_silence_of_all_is_the_networks_and_of_one_its_own(desk: Desk, count: int) -> None:
    names = [f"bank{number}" for number in range(count)]
    desk.providers = {name: provider(desk.server, name) for name in names}
    desk.server.answer_all(Reply(b"x", fault="cut"))
    end = done(await desk.refresh(*(figure(f"cn.{name}", name) for name in names)))
    assert (end.common, len(end.failed)) == (("silent", 0) if count > 1 else ("", 1))
    assert count == 1 or end.summary.startswith("No source answered. 0 of 3 sources reached.")


@pytest.mark.parametrize("answer", [Reply(b"x", fault="cut"), sign_in_page()])
async def test_a_network_without_answers_makes_nobody_rest(desk: Desk, answer: Reply) -> None:
    names = [f"bank{number}" for number in range(3)]
    desk.providers = {name: provider(desk.server, name) for name in names}
    entries = [figure(f"cn.{name}", name) for name in names]
    desk.server.answer_all(answer)
    for _ in range(FAILURES + 1):
        assert done(await desk.refresh(*entries)).common
        desk.wait(seconds=1)
    assert desk.plan(*entries).skipped == ()
    attempts = desk.tools.attempts.providers()
    assert {name: attempts[name].unreached for name in names} == dict.fromkeys(names, True)
    assert {attempt.words.count(".") for attempt in attempts.values()} == {1}
    assert desk.tools.attempts.series() == {}


async def test_one_that_alone_is_silent_rests_and_counts_as_failing(desk: Desk) -> None:
    desk.providers["other"] = provider(desk.server, "other")
    desk.server.answer("GET", "/other", Reply(b"x", fault="cut"))
    desk.server.answer("GET", "/bank", reply(FIRST))
    for _ in range(FAILURES):
        await desk.refresh(GROWTH, figure("us.rate", "other"))
        desk.wait(seconds=1)
    (skipped,) = desk.plan(figure("us.rate", "other")).skipped
    assert skipped.words.startswith("Other is left alone for a while.")
    assert not desk.tools.attempts.providers()["other"].unreached


def _moved(made: Provider, url: str) -> Provider:
    """The provider asked at another place."""

    def requests(
        queries: Sequence[Query], since: Period | None, today: date, secrets: Mapping[str, str]
    ) -> list[Asked]:
        return [Asked(Request(url), tuple(queries), today, since)]

    return replace(made, requests=requests)


@pytest.mark.parametrize("page", [sign_in_page(), redirect("http://portal.example.org/")])
async def test_a_sign_in_page_is_told_once_and_stored_nowhere(desk: Desk, page: Reply) -> None:
    names = ["bank", "other", "third"]
    desk.providers = {name: provider(desk.server, name) for name in names}
    desk.server.answer_all(page)
    entries = [figure(f"cn.{name}", name) for name in names]
    events = await desk.refresh(*entries)
    assert done(events).summary == "The network wants a sign-in. Nothing was stored."
    assert (done(events).common, done(events).failed) == ("portal", ())
    assert desk.tools.vintages.series() == []
    assert desk.tools.responses
    assert desk.tools.responses.get(request_key(Request(desk.server.url("/bank")))) is None


async def test_offline_asks_nobody(desk: Desk) -> None:
    tools = replace(desk.tools, client=Client(Network(offline=True)))
    events = [event async for event in run(desk.plan(GROWTH), tools)]
    assert events == [Done("Started with --offline. Refresh is off.", common="offline")]


async def test_a_store_that_takes_nothing_is_named(desk: Desk) -> None:
    desk.server.answer("GET", "/bank", reply(FIRST))
    wanted = desk.plan(GROWTH)
    desk.tools.vintages.close()
    events = [event async for event in run(wanted, desk.tools)]
    (failed,) = done(events).failed
    assert failed.kind == "store"
    assert failed.words.startswith("Bank: cn.growth was not saved: ")
