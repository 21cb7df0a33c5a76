"""The proxy that an environment names for a URL: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`.

Values of these variables may hold a password: no message repeats one.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from sources.network.hosts import literal

_SCHEMES = ("http", "https")


class ProxyError(ValueError):
    """A proxy variable that cannot be followed; `str()` names it and says what was expected."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy, its address split, and the variable that names it. The `repr` keeps its password."""

    variable: str
    parts: SplitResult

    def __repr__(self) -> str:
        return f"<proxy {self.host} by {self.variable}>"

    @property
    def host(self) -> str:
        return self.parts.hostname or ""

    @property
    def port(self) -> int:
        return self.parts.port or (443 if self.parts.scheme == "https" else 80)

    def url(self, address: str | None = None) -> str:
        """Its URL with the password in it; with `address` in place of the name."""
        place = address or self.host
        at = f"{self.parts.netloc.rpartition('@')[0]}@" if "@" in self.parts.netloc else ""
        return f"{self.parts.scheme}://{at}{f'[{place}]' if ':' in place else place}:{self.port}"


def proxy_for(scheme: str, host: str, environment: Mapping[str, str]) -> Proxy | None:
    """The proxy through which a host is asked, or None for the straight way. Raises ProxyError."""
    if _excepted(host, _value("no_proxy", environment)[1]):
        return None
    for name in (f"{scheme}_proxy", "all_proxy"):
        variable, value = _value(name, environment)
        if value:
            return _parsed(variable, value)
    return None


def _value(name: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """The variable that is set, lower case first as everywhere, and its value."""
    for variable in (name, name.upper()):
        if value := environment.get(variable, "").strip():
            return variable, value
    return name, ""


def _parsed(variable: str, value: str) -> Proxy:
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
        good = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0 and value.isprintable()
    except ValueError:
        good = False
    if not good:
        raise ProxyError(f"the variable {variable} names no proxy that we can use; expected http://host:port")
    return Proxy(variable, parts)


def _excepted(host: str, exceptions: str) -> bool:
    name = host.lower().rstrip(".")
    return any(_matches(name, each.strip().lower()) for each in exceptions.split(",") if each.strip())


def _matches(host: str, exception: str) -> bool:
    if exception == "*":
        return True
    address = literal(host)
    if address:
        try:
            return address in ipaddress.ip_network(exception.strip("[]"), strict=False)
        except ValueError:
            return False
    domain = exception.removeprefix("*").removeprefix(".").partition(":")[0]
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))
