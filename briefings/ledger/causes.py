"""Why a verdict is another one than before: the figures it rests on, compared with those of last time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sources.expressions import Use, plain
from sources.expressions.tracks import called

if TYPE_CHECKING:
    from briefings.ledger.verdicts import Known

MOST_KEPT = 400
"""Figures of one verdict that are kept for the next comparison; of more only that they changed is said."""

_NAMED = 2

Parts = Callable[[str], Sequence[str]]
"""The series that a derived one is computed from."""


class Figure(NamedTuple):
    """An observation that a verdict rests on."""

    series: str
    period: str
    value: float
    definition: str


class Used(tuple[Use, ...]):
    """The figures that a verdict rests on, with the ids of their series. Claims with one test share them."""

    @cached_property
    def packed(self) -> str:
        """The figures as text, to be kept for the next comparison; empty where there are too many."""
        if len(self) > MOST_KEPT:
            return ""
        return json.dumps([(name, str(each.period), each.value, each.definition) for name, each in self])


def cause(before: str, after: str, series: Sequence[str], now: Known, parts: Parts) -> str:
    """How the packed figures of two verdicts differ, in words; `series` are those that the claim names.

    `cn.m2_m1_gap 2026-05 was revised from 3.2 to 2.8, by cn.m1_yoy`
    """
    if not (before and after):
        return f"figures of {', '.join(series)} changed" if series else "the figures changed"
    old, new = _by_period(before), _by_period(after)
    found = [words for key in new if (words := _difference(old.get(key), new[key], now, parts))]
    if not found:
        gone = len(old.keys() - new.keys())
        return f"{gone} figures are not held any more" if gone else "the rules or the catalogue changed"
    more = f", and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return "; ".join(found[:_NAMED]) + more


def _by_period(text: str) -> dict[tuple[str, str], Figure]:
    return {(each.series, each.period): each for each in map(Figure._make, json.loads(text))}


def _difference(old: Figure | None, new: Figure, now: Known, parts: Parts) -> str:
    """What became of one figure; empty where it is as it was."""
    name = f"{new.series} {new.period}"
    if old is None:
        return f"{name} is new"
    if old.definition != new.definition:
        return (
            f"{name} is on the {called(new.definition)} definition, was on the {called(old.definition)} one"
        )
    if old.value == new.value:
        return ""
    words = f"{name} was revised from {plain(old.value)} to {plain(new.value)}"
    behind = ", ".join(_carriers(new, now, parts))
    return f"{words}, by {behind}" if behind else words


def _carriers(figure: Figure, now: Known, parts: Parts) -> Iterable[str]:
    """The parts of a derived series whose observation in the period came with the newest vintage."""
    names = parts(figure.series)
    made = _vintage(figure.series, figure.period, now) if names else None
    return (name for name in names if made and _vintage(name, figure.period, now) == made)


def _vintage(name: str, period: str, now: Known) -> datetime | None:
    series = now.look(name, "")
    found = (
        (each.vintage for each in series.observations if str(each.period) == period) if series else iter(())
    )
    return next(found, None)
