"""Arithmetic of several series, period by period.

A period counts where all parts have a value; what is not finite leaves a gap. The result inherits the
definitions of its parts: it breaks wherever one of them does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from sources.expressions.tracks import Drawn, Run, Track, Unanswered, held
from sources.model import Aggregate, Basis, Frequency, Observation, Period

Combine = Callable[[Sequence[float]], float]

_BASES: tuple[Basis, ...] = ("calendar", "seen", "published")
"""How the day of a vintage is known, the least sure first."""

_STEPS_PER_PERIOD = 10


def common_frequency(frequencies: Sequence[Frequency]) -> Frequency | None:
    """The frequency of arithmetic between series: daily ones and step series go together; else None."""
    kinds = set(frequencies)
    if len(kinds) == 1:
        return frequencies[0]
    if kinds <= {"D", "B", "step"}:
        return "B" if "B" in kinds else "D"
    return "W" if kinds == {"W", "step"} else None


def aligned(name: str, unit: str | None, tracks: Sequence[Track], combine: Combine, run: Run) -> Track:
    """The track that `combine` makes of the values of each period. Raises Unanswered: other frequency."""
    frequency = common_frequency([track.frequency for track in tracks])
    if frequency is None:
        names = " and ".join(f"{track.name} ({track.frequency})" for track in tracks)
        words = f"{names} differ in frequency; expected monthly(...) or quarterly(...)"
        raise Unanswered("frequency mismatch", words)
    columns = _shared(tracks, run)
    parts = [
        [track.observations[index] for index in column] for track, column in zip(tracks, columns, strict=True)
    ]
    lead = next((place for place, track in enumerate(tracks) if track.frequency == frequency), 0)
    made: list[Observation] = []
    rows: list[tuple[int, ...]] = []
    for observations, indices in zip(zip(*parts, strict=True), zip(*columns, strict=True), strict=True):
        value = _value(combine, observations)
        if value is not None:
            period = _period(observations, lead, frequency)
            made.append(merged(period, value, observations, _definition(observations)))
            rows.append(indices)
    return Track(name, unit, frequency, made, _aggregate(tracks), _tracer(tracks, rows))


def merged(period: Period, value: float, parts: Sequence[Observation], definition: str) -> Observation:
    """A computed observation: as new as its newest part, known as surely as its least sure one."""
    vintage, basis = parts[0].vintage, parts[0].basis
    for part in parts:
        if part.vintage is not vintage and part.vintage and (vintage is None or part.vintage > vintage):
            vintage = part.vintage
        if part.basis != basis:
            basis = min(part.basis, basis, key=_BASES.index)
    return Observation(period, value, definition, vintage, basis)


def _value(combine: Combine, observations: Sequence[Observation]) -> float | None:
    try:
        value = combine([observation.value for observation in observations])
    except (ZeroDivisionError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _period(observations: Sequence[Observation], lead: int, frequency: Frequency) -> Period:
    """The period of a row: the latest day of change where all parts are step series."""
    if frequency == "step":
        return max((observation.period for observation in observations), key=lambda period: period.first)
    period = observations[lead].period
    return period if period.frequency == frequency else Period(period.first, frequency)


def _definition(observations: Sequence[Observation]) -> str:
    for observation in observations:
        if observation.definition != "1":
            return _joined(tuple(each.definition for each in observations))
    return "1"


@lru_cache(maxsize=256)
def _joined(names: tuple[str, ...]) -> str:
    """The definition of a result: another one wherever that of any part is another."""
    if len(names) == 1:
        return names[0]
    return "+".join(f"({name})" if "+" in name else name for name in names)


def _aggregate(tracks: Sequence[Track]) -> Aggregate | None:
    aggregates = {track.aggregate for track in tracks}
    return aggregates.pop() if len(aggregates) == 1 else None


def _tracer(
    tracks: Sequence[Track], rows: Sequence[tuple[int, ...]]
) -> Callable[[Iterable[int], Drawn], None]:
    def trace(indices: Iterable[int], drawn: Drawn) -> None:
        columns = zip(*(rows[index] for index in indices), strict=True)
        for track, column in zip(tracks, columns, strict=False):
            track.trace(set(column), drawn)

    return trace


def _shared(tracks: Sequence[Track], run: Run) -> list[list[int]]:
    """For each track the indices of the periods that all have; a step series holds its value."""
    run.spend(_STEPS_PER_PERIOD * sum(len(track.observations) for track in tracks))
    if len(tracks) == 1:
        return [list(range(len(tracks[0].observations)))]
    places = [{each.period.first: index for index, each in enumerate(track.observations)} for track in tracks]
    days = sorted(_days(tracks, places))
    return [
        [held(track.observations, day) for day in days]
        if track.frequency == "step"
        else [place[day] for day in days]
        for track, place in zip(tracks, places, strict=True)
    ]


def _days(tracks: Sequence[Track], places: Sequence[dict[date, int]]) -> set[date]:
    """The first days of the periods in which every track has a value or holds one."""
    exact = [set(place) for track, place in zip(tracks, places, strict=True) if track.frequency != "step"]
    days = set.intersection(*exact) if exact else set().union(*places)
    if not all(places):
        return set()
    oldest = max(track.observations[0].period.first for track in tracks)
    return {day for day in days if day >= oldest}
