"""Where a figure comes from, as pages show it: labelled facts, and the observations that it rests on.

A figure is named by what it is: `cn.m2_yoy` (the newest), `cn.m2_yoy@2024-01`, `cn.m1_yoy:old@2024-01`
(in one definition), an expression, or the whole id of a claim.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from briefings.documents.model import Cell

_NAME = re.compile(
    r"(?P<series>[a-z0-9_]+(?:\.[a-z0-9_]+)+)(?::(?P<definition>[^\s:@]+))?(?:@(?P<period>[0-9Q-]+))?"
)


class Place(NamedTuple):
    """An observation by its name: its series, its definition (empty: the newest of the period) and its
    period (empty: the newest)."""

    series: str
    definition: str = ""
    period: str = ""

    def __str__(self) -> str:
        definition = f":{self.definition}" if self.definition else ""
        return f"{self.series}{definition}{f'@{self.period}' if self.period else ''}"


def place_of(name: str) -> Place | None:
    """The observation that a name means; None for the name of anything else."""
    match = _NAME.fullmatch(name)
    return Place(match["series"], match["definition"] or "", match["period"] or "") if match else None


class Behind(NamedTuple):
    """An observation that a figure rests on. `name` is that of its own provenance; `known` says from
    when on it was known, and how that is known; all are texts."""

    name: str
    title: str
    period: str
    value: str
    unit: str
    definition: str
    known: str
    source: str


class Provenance(NamedTuple):
    """All that is known of where a figure comes from. What is not known has no fact.

    `figure` is what the figure says, or why there is none; `state` and `word` are its freshness; `facts`
    are labels with cells. `series` are the indicators that it is made of, `page` the address of its source
    for people, and `citation` what to quote it with.
    """

    name: str
    title: str
    title_zh: str = ""
    figure: str = ""
    state: str = ""
    word: str = ""
    facts: tuple[tuple[str, Cell], ...] = ()
    behind: tuple[Behind, ...] = ()
    series: tuple[str, ...] = ()
    page: str = ""
    citation: str = ""
