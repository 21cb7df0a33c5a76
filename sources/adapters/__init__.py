"""Providers by id. Each speaks to one outside service; none knows another, and none opens a socket."""

from __future__ import annotations

from importlib import import_module

from sources.provider import Provider

MODULES = {
    "bis": "sources.adapters.bis",
    "chinabond": "sources.adapters.chinabond",
    "chinamoney": "sources.adapters.chinamoney",
    "eastmoney": "sources.adapters.eastmoney",
    "ecb": "sources.adapters.ecb",
    "federal-register": "sources.adapters.federal_register",
    "fred": "sources.adapters.fred",
    "github": "sources.adapters.github",
    "imf": "sources.adapters.imf",
    "oecd": "sources.adapters.oecd",
    "pboc": "sources.adapters.pboc",
    "worldbank": "sources.adapters.worldbank",
    "yahoo": "sources.adapters.yahoo",
}
"""Where each provider's `PROVIDER` is; imported when first asked for."""


def provider(id: str) -> Provider:  # noqa: A002  (the word that users write)
    """The provider of an id. Raises KeyError where there is none of that name."""
    found = import_module(MODULES[id]).PROVIDER
    if not isinstance(found, Provider) or found.id != id:
        raise TypeError(f"{MODULES[id]}.PROVIDER is not the provider `{id}`")
    return found
