"""What the end of a query that is being typed may become: keys, and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefings.search.query import VALUES, fitting
from sources.text import fold

_LAST = re.compile(r'(?:^|(?<=\s))-?(?P<term>[^\s":]*(?::(?:"[^"]*|[^\s"]*))?)$')


class Completion(NamedTuple):
    """What may stand from character `start` on, in place of what is typed there."""

    start: int
    choices: tuple[str, ...]


def completion(before: str, known: Mapping[str, Sequence[str]]) -> Completion:
    """What the text before the cursor may be completed to. `known` are values of keys that take any."""
    found = _LAST.search(before)
    if not found:
        return Completion(len(before), ())
    key, colon, typed = found["term"].partition(":")
    start = found.start("term")
    if not colon:
        return Completion(start, tuple(f"{each}:" for each in VALUES if each.startswith(key.lower())))
    key = key.lower()
    typed = typed.lstrip('"')
    if key not in VALUES:
        return Completion(start, ())
    values = fitting(key, typed) if VALUES[key] else _beginning(known.get(key, ()), typed)
    return Completion(start, tuple(f"{key}:{_quoted(value)} " for value in values))


def _beginning(values: Sequence[str], typed: str) -> tuple[str, ...]:
    return tuple(value for value in values if fold(value).startswith(fold(typed)))


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
