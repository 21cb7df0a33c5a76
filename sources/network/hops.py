"""One step on the way to an answer: a request as it goes out, and where a redirect may lead it.

Pure. Secrets ride along as long as the host stays the same, and never show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from sources.model import Request, WrongAnswer
from sources.network.failures import Elsewhere
from sources.network.hosts import is_loopback
from sources.text import message

Pairs = tuple[tuple[str, str], ...]

REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"https": 443, "http": 80}
_BODY_HEADERS = ("content-type", "content-length", "content-encoding")
_URL_CHARACTERS = 200
_KEPT = ",:"  # some servers do not expect them escaped


@dataclass(frozen=True, slots=True)
class Hop:
    """A request to one host. `url` has no secrets; they stand apart and keep out of the `repr`."""

    url: str
    method: str = "GET"
    headers: Pairs = ()
    body: bytes = b""
    secret_headers: Pairs = field(default=(), repr=False)
    secret_query: Pairs = field(default=(), repr=False)

    @classmethod
    def first(cls, request: Request, conditions: Pairs = ()) -> Hop:
        """The first step of a request."""
        url = _with_query(request.url, request.query)
        return cls(
            url,
            request.method,
            request.headers + conditions,
            request.body,
            request.secret_headers,
            request.secret_query,
        )

    @property
    def parts(self) -> SplitResult:
        return urlsplit(self.url)

    @property
    def host(self) -> str:
        return (self.parts.hostname or "").lower()

    @property
    def port(self) -> int:
        return self.parts.port or _PORTS.get(self.parts.scheme, 0)

    @property
    def authority(self) -> str:
        """Host and port as the `Host` header says them."""
        usual = self.port == _PORTS.get(self.parts.scheme)
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if usual else f"{name}:{self.port}"

    def sent_to(self, place: str) -> str:
        """The URL that goes out, secrets and all, with `place` (a host or an address) as its host."""
        parts = urlsplit(_with_query(self.url, self.secret_query))
        name = f"[{place}]" if ":" in place else place
        return urlunsplit(parts._replace(netloc=f"{name}:{self.port}", fragment=""))

    def redirected(self, status: int, location: str) -> Hop:
        """The step that a redirect asks for. On another host it goes without secrets. Raises ValueError."""
        target = urlsplit(urljoin(self.url, location))._replace(fragment="")
        url = urlunsplit(target._replace(netloc=target.netloc.rpartition("@")[2]))
        url = _without(url, (*self.secret_query, *self.secret_headers))
        turned = status == 303 or (status in (301, 302) and self.method == "POST")
        hop = replace(
            self, url=url, method="GET" if turned else self.method, body=b"" if turned else self.body
        )
        if turned:
            hop = replace(hop, headers=tuple(p for p in self.headers if p[0].lower() not in _BODY_HEADERS))
        if (hop.parts.scheme, hop.host, hop.port) != (self.parts.scheme, self.host, self.port):
            return replace(hop, secret_headers=(), secret_query=())
        return hop


def routed(hop: Hop, routes: Mapping[str, str]) -> Hop:
    """The step with its host's place taken by the one that the user named for it, as `http://127.0.0.1:1`."""
    route = routes.get(hop.host)
    if not route:
        return hop
    base = urlsplit(route)
    return replace(hop, url=urlunsplit(hop.parts._replace(scheme=base.scheme, netloc=base.netloc)))


def check(hop: Hop, name: str, hosts: Sequence[str], allowed: frozenset[str], *, redirect: bool) -> None:
    """Raise `WrongAnswer`, for a redirect `Elsewhere`, where a step must not be taken.

    Only https to hosts of the provider is: with `hosts` empty, to any. What the user allows by name may
    be this machine, and then without encryption.
    """
    error = Elsewhere if redirect else WrongAnswer
    sends = f"{name} sends us" if redirect else f"{name} would be asked"
    shown = message(hop.host, _URL_CHARACTERS)
    try:
        scheme, _port = hop.parts.scheme, hop.port
    except ValueError:
        raise error(f"{sends} to an address that is none.") from None
    if not hop.host or scheme not in _PORTS:
        raise error(f"{sends} to an address that is none.")
    if scheme == "http" and not (hop.host in allowed and is_loopback(hop.host)):
        raise error(f"{sends} to {shown} without encryption.")
    if hosts and hop.host not in hosts and hop.host not in allowed:
        raise error(f"{sends} to a foreign host, {shown}.")


def shown(url: str) -> str:
    """A URL fit for messages and records: clean, on one line. It must be one without secrets."""
    return message(url, 10 * _URL_CHARACTERS)


def _with_query(url: str, query: Sequence[tuple[str, str]]) -> str:
    if not query:
        return url
    parts = urlsplit(url)
    added = urlencode(query, quote_via=quote, safe=_KEPT)
    return urlunsplit(parts._replace(query=f"{parts.query}&{added}" if parts.query else added))


def _without(url: str, secrets: Pairs) -> str:
    """The URL without parameters that carry a secret's name or value: servers repeat them in redirects."""
    names = {name for name, _value in secrets}
    values = {value for _name, value in secrets}
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True) if secrets else []
    kept = [pair for pair in pairs if pair[0] not in names and pair[1] not in values]
    if len(kept) == len(pairs):
        return url
    return urlunsplit(parts._replace(query=urlencode(kept, quote_via=quote, safe=_KEPT)))
