"""Whose figures they are, and who passed them on, short enough for a line that cites them.

A snapshot names its carriers in full: repository, commit and file, sometimes several with their spans.
A provenance page shows that as it is; a citation names the repositories alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_REPOSITORY = re.compile(r"([\w.-]+/[\w.-]+)@[0-9a-f]{7,40}\b")
_ASIDE = re.compile(r"\s*[(:;]")
_MOST_NAMED = 2
_LONGEST = 60


def short(carrier: str) -> tuple[str, ...]:
    """The names in what a carrier is called: `owner/name@1f3e170:data.csv` is `owner/name`."""
    repositories = _REPOSITORY.findall(carrier)
    if repositories:
        return tuple(dict.fromkeys(repositories))
    name = _ASIDE.split(carrier.strip(), maxsplit=1)[0] or carrier.strip()
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST - 1].rstrip()}⋯"
    return (name,) if name else ()


def carried(origins: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Each agency once, of (agency, carrier) pairs, with those who carried its figures:
    `PBOC by Eastmoney`, `PBOC by a/b, c/d and 1 more`."""
    carriers: dict[str, dict[str, None]] = {}
    for agency, carrier in origins:
        carriers.setdefault(agency, {}).update(dict.fromkeys(short(carrier)))
    return tuple(_told(agency, list(names)) for agency, names in carriers.items() if agency)


def _told(agency: str, names: list[str]) -> str:
    shown, more = names[:_MOST_NAMED], len(names) - _MOST_NAMED
    words = ", ".join(shown) + (f" and {more} more" if more > 0 else "")
    return f"{agency} by {words}" if words else agency
