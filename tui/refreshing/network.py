"""What stands between us and the sources, named so that nobody has to guess: switches, proxies, certificates.

No value of a variable is repeated that may hold a password: of a proxy, its host and port are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from sources.adapters import provider
from sources.network.proxies import ProxyError, proxy_for
from tui.settings.settings import Settings


class Way(NamedTuple):
    """Something in force: the variable or setting that says so, and what it does, in words."""

    name: str
    words: str


def ways(settings: Settings, environment: Mapping[str, str], providers: Sequence[str]) -> tuple[Way, ...]:
    """All that is in force when providers are asked; empty where they are asked straight."""
    found = []
    if settings.offline:
        found.append(Way("offline", "no source is asked"))
    found += _proxies(environment, providers)
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if path := environment.get(variable):
            found.append(Way(variable, f"sources must prove who they are by the certificates in {path}"))
    for host, place in settings.routes.items():
        found.append(Way("network.routes", f"{_place(place)} is asked in place of {host}"))
    return tuple(found)


def _proxies(environment: Mapping[str, str], providers: Sequence[str]) -> list[Way]:
    """Each proxy with the number of sources that are asked through it, and faults of its variable."""
    through: dict[tuple[str, str], set[str]] = {}
    faults: dict[str, None] = {}
    for id_ in providers:
        for host in provider(id_).hosts:
            try:
                proxy = proxy_for("https", host, environment)
            except ProxyError as error:
                faults[str(error)] = None
                continue
            if proxy:
                through.setdefault((proxy.variable, f"{proxy.host}:{proxy.port}"), set()).add(id_)
    named = [
        Way(variable, f"{len(asked)} of {len(providers)} sources are asked through {place}")
        for (variable, place), asked in through.items()
    ]
    return [*named, *(Way("proxy", words) for words in faults)]


def _place(address: str) -> str:
    """An address without user and password."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
