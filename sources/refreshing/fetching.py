"""From a request to what its answer says: gate, cache, client, parser, page after page."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from cache.records import Record
from cache.responses import Responses
from cache.rows import from_moment, to_moment
from sources.limits import ANSWER_PAGES, MESSAGE_CHARACTERS, REQUESTS_AT_ONCE
from sources.model import Answer, Refused, Request, SourceError, WrongAnswer
from sources.network.failures import Elsewhere
from sources.network.gate import Gate, Sleep
from sources.network.hops import Hop
from sources.network.http import Client
from sources.network.response import Response
from sources.network.terms import Conditions, Limits
from sources.provider import Asked, Provider
from sources.refreshing.progress import Fetched
from sources.text import message

_PAGE_STARTS = (b"<!doctype html", b"<html")
_REFUSALS = {
    401: "wants a key that is valid",
    403: "refused us",
    404: "knows nothing under this address",
    429: "asks us to wait",
}

Tell = Callable[[Fetched], None]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of an answer: what it says, and the record that says it."""

    answer: Answer
    record: Record
    received: int

    @property
    def fetched(self) -> datetime:
        """When its body came; a later word that it still holds does not count."""
        return from_moment(self.record.fetched)


class Fetcher:
    """Asks providers within one refresh: what all requests of it share, by host and altogether."""

    def __init__(
        self,
        client: Client,
        responses: Responses | None,
        *,
        clock: Callable[[], datetime],
        sleep: Sleep,
        tell: Tell,
    ) -> None:
        self._client = client
        self._responses = responses
        self._clock = clock
        self._sleep = sleep
        self._tell = tell
        self._gates: dict[str, Gate] = {}
        self._everywhere = asyncio.Semaphore(REQUESTS_AT_ONCE)

    async def ask(self, provider: Provider, asked: Asked) -> list[Leaf]:
        """All pages of an answer, in order. Raises `SourceError`; the words name the provider."""
        leaves: list[Leaf] = []
        seen: set[Request] = set()
        following: Asked | None = asked
        while following:
            if following.request in seen or len(leaves) == ANSWER_PAGES:
                raise WrongAnswer(f"{provider.name} sends pages without end.")
            seen.add(following.request)
            leaf = await self._leaf(provider, following)
            leaves.append(leaf)
            following = following.then(leaf.answer.following) if leaf.answer.following else None
        return leaves

    async def _leaf(self, provider: Provider, asked: Asked) -> Leaf:
        key = request_key(asked.request)
        known = self._responses.get(key) if self._responses else None
        response = await self._fetched(provider, asked.request, known)
        record = _record(provider, key, response, known, to_moment(self._clock()))
        event = Fetched(provider.id, response.url, response.received, response.not_modified)
        self._tell(event)
        answer = parsed(provider, record, asked)
        self._remember(record, response)
        return Leaf(answer, record, response.received)

    async def _fetched(self, provider: Provider, request: Request, known: Record | None) -> Response:
        gate = self._gate(provider, request)
        conditions = (
            Conditions(known.header("etag") or "", known.header("last-modified") or "") if known else None
        )
        async with gate.passing(self._everywhere):
            error: SourceError | None = None
            try:
                response = await self._client.fetch(request, Limits.of(provider), conditions)
                error = refusal(provider, response)
            except SourceError as raised:
                error = raised
            gate.note(error)
        if error:
            raise error
        return response

    def _gate(self, provider: Provider, request: Request) -> Gate:
        host = Hop(request.url).host
        if host not in self._gates:
            self._gates[host] = Gate(provider.per_host, provider.spacing_seconds, sleep=self._sleep)
        return self._gates[host]

    def _remember(self, record: Record, response: Response) -> None:
        if self._responses is None:
            return
        if response.not_modified:
            self._responses.touch(record.key, to_moment(self._clock()), tuple(response.headers.items()))
        elif record.header("etag") or record.header("last-modified"):
            self._responses.put(record)


def request_key(request: Request) -> str:
    """The name of a request in the cache, the same for the same question; no secret goes into it."""
    hop = Hop.first(request)
    body = hashlib.sha256(repr((request.headers, request.body)).encode()).hexdigest()[:16]
    return f"{request.method} {hop.url} {body}"


def refusal(provider: Provider, response: Response) -> Refused | None:
    """What an answer that is no success comes to, with the provider's own words where it has some."""
    if response.ok or response.not_modified:
        return None
    status = response.status
    usual = "has trouble of its own" if status >= 500 else "gave an answer that is none"
    words = f"{provider.name} {_REFUSALS.get(status, usual)} ({status})"
    own = message(_explained(provider, response), MESSAGE_CHARACTERS).rstrip(".")
    return Refused(f"{words}{f': {own}' if own else ''}.", status, response.retry_after)


def parsed(provider: Provider, record: Record, asked: Asked) -> Answer:
    """What a body says. Raises `SourceError` whose words name the provider; a page for people, where
    figures were expected, is `Elsewhere`."""
    asked = replace(asked, content_type=record.header("content-type") or "")
    error: SourceError
    try:
        return provider.parse(record.body, asked)
    except SourceError as raised:
        raised.args = (_named(provider, str(raised)),)
        error = raised
    except Exception as raised:  # whatever an answer does to its parser, it costs this provider only
        error = WrongAnswer(f"{provider.name}: the answer cannot be read ({type(raised).__name__}).")
    if isinstance(error, WrongAnswer) and record.body.lstrip()[:20].lower().startswith(_PAGE_STARTS):
        raise Elsewhere(str(error))
    raise error


def _record(provider: Provider, key: str, response: Response, known: Record | None, now: int) -> Record:
    if not response.not_modified:
        return Record.of(key, response.url, response.status, response.headers.items(), response.body, now)
    if known is None:
        raise WrongAnswer(f"{provider.name} says that nothing changed, but nothing is held.")
    return known


def _explained(provider: Provider, response: Response) -> str:
    try:
        return provider.explain(response.status, response.body)
    except Exception:  # an error page may hold anything
        return ""


def _named(provider: Provider, words: str) -> str:
    words = message(words, MESSAGE_CHARACTERS).rstrip(".")
    return f"{words}." if words.startswith(provider.name) else f"{provider.name}: {words}."
