"""Whom a figure is asked of, in words: who can be, and how one that is off is turned on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple


class Whom(NamedTuple):
    """`on` are the ids of the providers that the user turned on by name; nobody is asked unless it `asks`.
    `ask_by` is the key or command that asks, `list_by` that which lists the sources."""

    on: Collection[str] = ()
    asks: bool = True
    ask_by: str = "r"
    list_by: str = "S"

    @property
    def told(self) -> str:
        """What brings a figure up to date: `r asks.`"""
        return f"{self.ask_by} asks."

    def can_ask(self, provider: str) -> bool:
        """Whether a refresh asks it, as far as the settings go."""
        from sources import adapters

        return provider not in adapters.MODULES or not adapters.provider(provider).is_off(self.on)

    def named(self, provider: str) -> str:
        """Its name, and whether it is off."""
        name = _name(provider)
        return name if self.can_ask(provider) else f"{name}, off: {self._turned_on}"

    def way(self, providers: Iterable[str]) -> str:
        """How a figure of these providers is brought up to date: `r asks.`, or what has to be done first."""
        providers = tuple(providers)
        if not self.asks:
            return ""
        if not providers:
            return "Nobody is asked for it."
        off = [provider for provider in providers if not self.can_ask(provider)]
        if not off:
            return self.told
        return f"{', '.join(map(_name, off))} {'is' if len(off) == 1 else 'are'} off: {self._turned_on}."

    @property
    def _turned_on(self) -> str:
        return f"{self.list_by} says how to turn it on"


def _name(provider: str) -> str:
    from sources import adapters

    return adapters.provider(provider).name if provider in adapters.MODULES else provider
