"""Numbers on their way through an expression, and which of them must not be set against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sources.expressions.tracks import Drawn, Run, Track, Unanswered, called
from sources.expressions.units import Unit
from sources.model import Observation


class Point(NamedTuple):
    """An observation of a track that a number rests on: one of those of its window, all in one definition."""

    track: Track
    place: int


class Scalar(NamedTuple):
    """A number; `literal` while it rests on numbers of the text only. A rank or a count has no `points`."""

    value: float
    unit: Unit
    literal: bool = False
    points: tuple[Point, ...] = ()


def require_one_definition(
    numbers: Iterable[Scalar], sources: Mapping[tuple[str, str], Track], run: Run
) -> tuple[Point, ...]:
    """All points of numbers that are set against each other. Raises Unanswered where they rest on one
    series in two definitions; those that the text names by themselves are meant so."""
    points = tuple(point for number in numbers for point in number.points)
    found: dict[str, Observation] = {}
    for track, place in points if len(points) > 1 else ():
        drawn: Drawn = {}
        track.trace((place,), drawn)
        for (name, definition), indices in drawn.items():
            if definition:
                continue
            used = sources[name, definition].observations[min(indices)]
            before = found.setdefault(name, used)
            if before.definition != used.definition:
                raise Unanswered("definition changed", _words(name, before, used, run))
    return points


def _words(name: str, one: Observation, other: Observation, run: Run) -> str:
    before, after = sorted((one, other), key=lambda each: each.period.first)
    return (
        f"{name} changes definition between {before.period} ({called(before.definition)}) and "
        f"{after.period} ({called(after.definition)}); the {run.subject} crosses it"
    )
