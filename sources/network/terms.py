"""On what terms is asked: the user's settings, the limits of a provider, and what is held already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from sources.limits import (
    CONNECT_SECONDS,
    FETCH_BYTES_MOST,
    FETCH_SECONDS_MOST,
    PROVIDER_BYTES,
    PROVIDER_SECONDS,
    TRIES,
)
from sources.provider import Identity, Provider

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
"""For providers that refuse programs, and only where the user turned them on."""


def agent(version: str, home: str = "") -> str:
    """How we present ourselves: the project's name, version, and home page."""
    return f"briefing-desk/{version}{f' (+{home})' if home else ''}"


@dataclass(frozen=True, slots=True)
class Network:
    """What the user's settings say about the way out. `environment` is read for proxies and certificates.

    `allowed` are the hosts with private or loopback addresses that the user's configuration names, and
    `routes` the places asked instead of hosts: a mirror, as `{"host": "http://127.0.0.1:8080"}`.
    """

    agent: str = "briefing-desk"
    offline: bool = False
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    allowed: frozenset[str] = frozenset()
    routes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """How one provider is asked. `name` is how messages call it; `hosts` empty means any public host."""

    name: str
    hosts: tuple[str, ...] = ()
    identity: Identity = "honest"
    total_seconds: float = PROVIDER_SECONDS
    most_bytes: int = PROVIDER_BYTES
    tries: int = TRIES
    connect_seconds: float = CONNECT_SECONDS

    @classmethod
    def of(cls, provider: Provider) -> Self:
        """Those of a provider, within what any provider gets."""
        return cls(
            provider.name,
            tuple(host.lower() for host in provider.hosts),
            provider.identity,
            min(provider.total_seconds, FETCH_SECONDS_MOST),
            min(provider.most_bytes, FETCH_BYTES_MOST),
        )


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a held answer said of itself: ask only for something newer."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.modified))
        return tuple(pair for pair in pairs if pair[1])
