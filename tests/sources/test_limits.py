"""The limits on what comes from outside: each holds at its edge, and the docs state it."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sources import limits
from sources.model import Answer, Refused, Request, WrongAnswer
from sources.network.http import Client
from sources.network.response import Response
from sources.network.terms import Limits, Network
from sources.provider import Asked, Provider
from sources.refreshing.attempts import Attempt
from sources.refreshing.breaker import Breaker
from sources.refreshing.fetching import Fetcher
from tests.loopback import Loopback, Reply
from tests.refreshing import NOW, no_wait, provider

ROOT = Path(__file__).parents[2]

STATED = {
    "documents.md": (
        f"a document {limits.DOCUMENT_BYTES // 1_000_000} MB",
        f"front matter and fenced YAML {limits.FRONT_MATTER_BYTES // 1_000} kB each",
        f"nesting {limits.NESTING}",
        f"{limits.TABLE_COLUMNS} table columns",
        f"{limits.LIBRARY_FILES:,} documents, {limits.LIBRARY_ENTRIES:,} names",
        f"{limits.LIBRARY_LEVELS} folders deep",
        f"an expression {limits.EXPRESSION_CHARACTERS:,} characters and {limits.EXPRESSION_STEPS:,} steps",
        f"a message on any of it {limits.MESSAGE_CHARACTERS} characters",
    ),
    "providers.md": (
        f"{limits.PROVIDER_BYTES // 1_000_000} MB unpacked",
        f"{limits.PROVIDER_SECONDS:g} s in all",
        f"at most {limits.FETCH_BYTES_MOST // 1_000_000} MB and {limits.FETCH_SECONDS_MOST:g} s",
        f"{limits.REDIRECTS} redirects",
        f"{limits.TRIES} tries",
        f"{limits.RETRY_AFTER_SECONDS / 3600:g} hour",
        f"at most {limits.REQUESTS_PER_HOST} at once",
        f"{limits.REQUESTS_AT_ONCE} requests in all",
        f"{limits.ANSWER_ROWS:,} rows",
        f"{limits.ANSWER_PAGES} pages",
        f"periods from {limits.FIRST_YEAR} to {limits.DAYS_AHEAD} days after today",
    ),
}


@pytest.mark.parametrize(("page", "words"), [(page, each) for page in STATED for each in STATED[page]])
def test_the_docs_state_each_limit_as_it_is(page: str, words: str) -> None:
    assert words in " ".join((ROOT / "docs" / page).read_text(encoding="utf-8").split())


def test_no_limit_stands_there_unused() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for package in ("tui", "briefings", "sources", "cache")
        for path in (ROOT / package).rglob("*.py")
        if path.name != "limits.py"
    )
    names = [name for name in vars(limits) if name.isupper()]
    assert len(names) > 30
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []


# ---------------------------------------------------------------------- sources


def test_a_provider_gets_the_usual_limits_or_what_it_states_within_the_widest(server: Loopback) -> None:
    usual = Limits.of(provider(server))
    assert (usual.total_seconds, usual.most_bytes) == (limits.PROVIDER_SECONDS, limits.PROVIDER_BYTES)
    assert (usual.tries, usual.connect_seconds) == (limits.TRIES, limits.CONNECT_SECONDS)
    stated = Limits.of(provider(server, total_seconds=90.0, most_bytes=150_000_000))
    assert (stated.total_seconds, stated.most_bytes) == (90.0, 150_000_000)
    widest = Limits.of(provider(server, total_seconds=1e9, most_bytes=10**12))
    assert (widest.total_seconds, widest.most_bytes) == (limits.FETCH_SECONDS_MOST, limits.FETCH_BYTES_MOST)


async def test_a_body_of_exactly_the_limit_is_taken(server: Loopback) -> None:
    server.answer("GET", "/", Reply(b"x" * 1_000))
    async with Client(Network(allowed=frozenset({"127.0.0.1"}))) as client:
        fetched = await client.fetch(Request(server.url("/")), Limits("Provider", most_bytes=1_000))
    assert len(fetched.body) == 1_000


class Held(Client):
    """A client whose answers come only when they are let go; it counts who waits."""

    def __init__(self, status: int = 200) -> None:
        super().__init__(Network())
        self.waiting = self.most = 0
        self.status = status
        self.go = asyncio.Event()

    async def fetch(self, request: Request, limits: Limits, conditions: object = None) -> Response:
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        await self.go.wait()
        self.waiting -= 1
        return Response(self.status, {}, b"x", request.url)


async def at_once(each: Provider, urls: list[str]) -> int:
    """How many of these are asked at the same time, where nobody answers."""
    client = Held()
    fetcher = Fetcher(client, None, clock=lambda: NOW, sleep=no_wait, tell=lambda event: None)
    asked = [Asked(Request(url), (), date(2026, 9, 1)) for url in urls]
    tasks = [asyncio.create_task(fetcher.ask(each, one)) for one in asked]
    for _ in range(20 * len(urls)):
        await asyncio.sleep(0)
    client.go.set()
    assert len(await asyncio.gather(*tasks)) == len(urls)
    return client.most


@pytest.mark.parametrize(("stated", "most"), [(None, 1), (3, 3), (9, limits.REQUESTS_PER_HOST)])
async def test_a_host_is_asked_once_at_a_time_unless_more_is_stated(
    server: Loopback, stated: int | None, most: int
) -> None:
    each = replace(provider(server), parse=lambda body, asked: Answer({}))
    if stated:
        each = replace(each, per_host=stated)
    assert await at_once(each, [f"https://one.example/{number}" for number in range(12)]) == most


async def test_all_hosts_together_are_asked_so_often_and_no_more(server: Loopback) -> None:
    each = replace(provider(server), parse=lambda body, asked: Answer({}))
    urls = [f"https://host{number}.example/" for number in range(limits.REQUESTS_AT_ONCE + 9)]
    assert await at_once(each, urls) == limits.REQUESTS_AT_ONCE


# ---------------------------------------------------------------------- messages


LONG = "no " * 10_000


def test_words_that_are_remembered_of_a_source_are_of_the_length_of_a_message() -> None:
    for words in (Attempt().failed(NOW, LONG).words, Breaker().failed(NOW, LONG).words):
        assert limits.MESSAGE_CHARACTERS - 2 <= len(words) <= limits.MESSAGE_CHARACTERS


async def test_what_a_provider_says_of_its_refusal_is_cut(server: Loopback) -> None:
    each = replace(provider(server), explain=lambda status, body: LONG)
    client = Held(status=403)
    client.go.set()
    fetcher = Fetcher(client, None, clock=lambda: NOW, sleep=no_wait, tell=lambda event: None)
    with pytest.raises(Refused) as caught:
        await fetcher.ask(each, Asked(Request("https://one.example/"), (), date(2026, 9, 1)))
    assert len(str(caught.value)) <= limits.MESSAGE_CHARACTERS + len("Bank refused us (403): .")


async def test_what_is_wrong_with_an_answer_is_cut(server: Loopback) -> None:
    def refuse(body: bytes, asked: Asked) -> Answer:
        raise WrongAnswer(LONG)

    client = Held()
    client.go.set()
    fetcher = Fetcher(client, None, clock=lambda: NOW, sleep=no_wait, tell=lambda event: None)
    asked = Asked(Request("https://one.example/"), (), date(2026, 9, 1))
    with pytest.raises(WrongAnswer) as caught:
        await fetcher.ask(replace(provider(server), parse=refuse), asked)
    assert len(str(caught.value)) <= limits.MESSAGE_CHARACTERS + len("Bank: .")


async def test_an_answer_ends_at_its_last_page(server: Loopback) -> None:
    def page(body: bytes, asked: Asked) -> Answer:
        number = int(asked.request.url.rpartition("/")[2])
        return Answer({}, (), Request(f"https://one.example/{number + 1}") if number < last else None)

    client = Held()
    client.go.set()
    fetcher = Fetcher(client, None, clock=lambda: NOW, sleep=no_wait, tell=lambda event: None)
    each = replace(provider(server), parse=page)
    first = Asked(Request("https://one.example/1"), (), NOW.date())
    last = limits.ANSWER_PAGES
    assert len(await fetcher.ask(each, first)) == limits.ANSWER_PAGES
    last += 1
    with pytest.raises(WrongAnswer, match="pages without end"):
        await fetcher.ask(each, first)
