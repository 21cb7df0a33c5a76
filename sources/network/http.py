"""The one HTTP client: a request in, a whole answer out, within limits that nothing on the other side moves.

What comes of it is an answer with its status, or a `SourceError` that says why in plain words. Neither
shows a secret, nor does anything that is raised along the way.

The client belongs to the event loop that first uses it; it is built there (13 ms, after an import of
70 ms), so give it a loop off the thread of the screen. httpx is imported here only.
"""

from __future__ import annotations

import asyncio
import logging
import random
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sources.limits import REDIRECTS as REDIRECTS_MOST
from sources.model import Request, SourceError, WrongAnswer
from sources.network import hosts
from sources.network.failures import HERE, PASSING, Elsewhere, NoAnswer, cause_of, no_answer
from sources.network.hops import REDIRECTS, Hop, check, routed, shown
from sources.network.inflating import Body, Broken, TooLarge
from sources.network.proxies import Proxy, ProxyError, proxy_for
from sources.network.response import Response
from sources.network.terms import BROWSER, Conditions, Limits, Network
from sources.network.waiting import back_off, retry_after

if TYPE_CHECKING:
    import httpx

_HEADERS = {"Accept": "*/*", "Accept-Encoding": "gzip"}
_AGAIN = (429, 500, 502, 503, 504)
_NO_BODY = (204, 304)
_LOGGERS = ("httpx", "httpcore", "httpcore.connection", "httpcore.http11", "httpcore.http2", "httpcore.proxy")
_HASTE_SECONDS = 3.0
"""For an address that is not the last one to try."""


class Client:
    """Asks. Built at its first use; `async with`, or `aclose`, ends it. For one event loop only."""

    def __init__(
        self,
        network: Network,
        *,
        find: hosts.LookUp = hosts.look_up,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._network = network
        self._allowed = network.allowed | {Hop(url).host for url in network.routes.values()}
        self._find = find
        self._sleep = sleep
        self._chance = chance
        self._ways: dict[str, httpx.AsyncHTTPTransport] = {}
        self._certificates: ssl.SSLContext | None = None

    @property
    def offline(self) -> bool:
        """Whether it refuses every request."""
        return self._network.offline

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        ways, self._ways = list(self._ways.values()), {}
        for way in ways:
            await way.aclose()

    async def fetch(self, request: Request, limits: Limits, conditions: Conditions | None = None) -> Response:
        """Ask, again where that may help, and follow redirects, all within `limits.total_seconds`.

        Raises `Unreachable` (`NoAnswer`) where no answer comes, `WrongAnswer` where it is too large,
        not packed as it says, or leads where it must not (`Elsewhere`).
        """
        if self._network.offline:
            raise no_answer("offline", limits.name, "")
        hop = routed(Hop.first(request, (conditions or Conditions()).headers), self._network.routes)
        end = time.monotonic() + limits.total_seconds
        found: Response | SourceError
        try:
            async with asyncio.timeout(limits.total_seconds):
                found = await self._tried(hop, limits, end)
        except TimeoutError:
            found = no_answer("time", limits.name, hop.host, limits.total_seconds)
        if isinstance(found, Response):
            return found
        raise found  # outside of all `except`: what is behind it may hold secrets

    async def _tried(self, hop: Hop, limits: Limits, end: float) -> Response | SourceError:
        """The answer to the first try that is worth no other one."""
        for attempt in range(1, limits.tries + 1):
            found = await self._attempt(hop, limits)
            if attempt == limits.tries or not _passing(found):
                break
            asked_for = found.retry_after if isinstance(found, Response) else None
            wait = max(back_off(attempt, self._chance()), asked_for or 0.0)
            if time.monotonic() + wait >= end:
                break
            await self._sleep(wait)
        return found

    async def _attempt(self, hop: Hop, limits: Limits) -> Response | SourceError:
        """The answer to one try, redirects followed."""
        try:
            for count in range(REDIRECTS_MOST + 1):
                check(hop, limits.name, limits.hosts, self._allowed, redirect=count > 0)
                found = await self._answer(hop, limits)
                target = found.headers.get("location") if isinstance(found, Response) else None
                if not isinstance(found, Response) or found.status not in REDIRECTS or not target:
                    return found
                hop = routed(_redirected(hop, found.status, target, limits.name), self._network.routes)
        except WrongAnswer as error:
            return error
        return WrongAnswer(f"{limits.name} redirects without end.")

    async def _answer(self, hop: Hop, limits: Limits) -> Response | SourceError:
        """What one request brings, redirect or not, from the first address that takes it."""
        try:
            proxy = proxy_for(hop.parts.scheme, hop.host, self._network.environment)
            places = await self._places(hop, limits, proxy)
            way = self._way(hop.host, proxy, places)
        except (ProxyError, OSError, UnicodeError, _NoCertificates) as error:
            return _unasked(error, hop, limits)
        if not places:
            return no_answer("private", limits.name, hop.host)
        found: Response | SourceError = no_answer("unreachable", limits.name, hop.host)
        for place in places if proxy is None else [hop.host]:
            haste = _HASTE_SECONDS if proxy is None and place != places[-1] else limits.connect_seconds
            found = await self._sent(way, hop, place, min(haste, limits.connect_seconds), limits)
            if not isinstance(found, _Unconnected):
                return found
        return NoAnswer(str(found), found.cause) if isinstance(found, NoAnswer) else found

    async def _places(self, hop: Hop, limits: Limits, proxy: Proxy | None) -> tuple[str, ...]:
        """The addresses to connect to, of the host or of the proxy; none where that must not be."""
        async with asyncio.timeout(limits.connect_seconds):
            if proxy:
                good = hosts.may_be_public(hop.host) or hop.host in self._allowed
                return await hosts.addresses(proxy.host, proxy.port, self._find) if good else ()
            found = await hosts.addresses(hop.host, hop.port, self._find)
        return tuple(each for each in found if hop.host in self._allowed or hosts.is_public(each))

    async def _sent(
        self, way: httpx.AsyncHTTPTransport, hop: Hop, place: str, connect: float, limits: Limits
    ) -> Response | SourceError:
        import httpx  # there since the way was built

        headers = _HEADERS | dict(hop.headers) | dict(hop.secret_headers) | {"Host": hop.authority}
        headers.setdefault("User-Agent", BROWSER if limits.identity == "browser" else self._network.agent)
        extensions: dict[str, object] = {"timeout": httpx.Timeout(None, connect=connect).as_dict()}
        if not hosts.literal(hop.host):
            extensions["sni_hostname"] = hop.host  # whose certificate is checked, whatever the address
        try:
            body = hop.body or None
            request = httpx.Request(
                hop.method, hop.sent_to(place), headers=headers, content=body, extensions=extensions
            )
            response = await way.handle_async_request(request)
            async with aclosing(response):
                return await _read(response, hop, limits)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            cause, detail = cause_of(error)
            failure = no_answer(cause, limits.name, hop.host, limits.connect_seconds, detail)
            return _Unconnected(str(failure), cause)
        except (httpx.HTTPError, httpx.InvalidURL, Broken) as error:
            cause, detail = cause_of(error)
            return no_answer(cause, limits.name, hop.host, limits.total_seconds, detail)

    def _way(self, host: str, proxy: Proxy | None, places: tuple[str, ...]) -> httpx.AsyncHTTPTransport:
        """The connections to a host: one made under a name must not serve another one."""
        key = f"by {proxy.variable}" if proxy else host
        if key not in self._ways:
            address = places[0] if proxy and places and proxy.parts.scheme == "http" else None
            self._ways[key] = self._built(proxy.url(address) if proxy else None)
        return self._ways[key]

    def _built(self, proxy: str | None) -> httpx.AsyncHTTPTransport:
        """Connections alone, without what the library adds to them: redirects, cookies, a log of URLs."""
        import httpx  # 70 ms, which only asking needs

        for name in _LOGGERS:  # nothing that a request holds may be written down
            logging.getLogger(name).disabled = True
        if self._certificates is None:
            self._certificates = _certificates(self._network.environment)
        return httpx.AsyncHTTPTransport(verify=self._certificates, trust_env=False, proxy=proxy)


class _Unconnected(NoAnswer):
    """Not even a connection: another address may do better."""


class _NoCertificates(Exception):  # noqa: N818 - named for what is the case
    """The file of certificates that the environment names is of no use."""


def _certificates(environment: Mapping[str, str]) -> ssl.SSLContext:
    """The authorities to trust: those that the environment names, else those that come with httpx."""
    import httpx

    file, folder = environment.get("SSL_CERT_FILE"), environment.get("SSL_CERT_DIR")
    if not file and not folder:
        return httpx.create_ssl_context(trust_env=False)
    try:
        return ssl.create_default_context(cafile=file or None, capath=folder or None)
    except OSError:
        name = "SSL_CERT_FILE" if file else "SSL_CERT_DIR"
    raise _NoCertificates(f"the variable {name} names no usable certificates")


def _unasked(error: Exception, hop: Hop, limits: Limits) -> NoAnswer:
    if isinstance(error, TimeoutError):
        return no_answer("time", limits.name, hop.host, limits.connect_seconds)
    if isinstance(error, OSError | UnicodeError):
        return no_answer("dns", limits.name, hop.host)
    return no_answer("proxy", limits.name, hop.host, detail=str(error))


async def _read(response: httpx.Response, hop: Hop, limits: Limits) -> Response | SourceError:
    """The answer whole, or why it is not. Raises `Broken` and what httpx raises."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    too_large = WrongAnswer(f"{limits.name} sent more than {limits.most_bytes / 1e6:g} MB; nothing was kept.")
    try:
        body = Body(headers.get("content-encoding", ""), limits.most_bytes)
    except ValueError:
        return WrongAnswer(f"{limits.name} packed its answer in a way that we did not ask for.")
    if response.status_code not in _NO_BODY:
        if headers.get("content-length", "").isdigit() and int(headers["content-length"]) > limits.most_bytes:
            return too_large
        try:
            async for chunk in response.aiter_raw():
                body.add(chunk)
        except TooLarge:
            return too_large
    rest = retry_after(headers.get("retry-after", ""), headers.get("date", ""), datetime.now(UTC))
    return Response(response.status_code, headers, body.whole(), shown(hop.url), body.received, rest)


def _redirected(hop: Hop, status: int, location: str, name: str) -> Hop:
    try:
        return hop.redirected(status, location)
    except ValueError:
        pass
    raise Elsewhere(f"{name} sends us to an address that is none.")


def _passing(found: Response | SourceError) -> bool:
    """Whether it may be otherwise in a moment."""
    if isinstance(found, Response):
        return found.status in _AGAIN
    return isinstance(found, NoAnswer) and found.cause in PASSING and found.cause not in HERE
