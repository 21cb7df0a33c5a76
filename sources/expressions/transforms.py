"""Functions that make a series of a series.

What cannot be computed for a period, because a part is missing or the definition changed between,
leaves a gap: nothing is computed across a break.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from sources.expressions.arithmetic import merged
from sources.expressions.functions import compute, growth, sample
from sources.expressions.tracks import (
    Drawn,
    Run,
    Track,
    Unanswered,
    find,
    held,
    is_regular,
    period_number,
    runs,
    times,
)
from sources.expressions.tree import Window
from sources.expressions.units import of_function
from sources.expressions.windows import cut, require_one_definition
from sources.model import Aggregate, Frequency, Observation, Period

_Row = tuple[int, float, Sequence[int]]
"""Of a computed observation: the index of the one whose period it has, its value, what it rests on."""

_YEAR_AGO_SLACK = timedelta(days=10)


def rolling(over: str, track: Track, length: int, run: Run) -> Track:
    """A function over each window of `length` observations, dated by the last of them."""
    whole = windows(over, track, 0, len(track.observations), length, run)
    rows = [(low + length - 1, result, range(low, low + length)) for low, result in whole]
    return _made("rolling", track, rows, unit=of_function(over, track.unit or ""))


def windows(
    over: str, track: Track, low: int, high: int, length: int, run: Run
) -> Iterable[tuple[int, float]]:
    """A function over each whole window between two indices, with the index where the window begins.

    Windows with a gap or a break in them are left out. Raises Unanswered for a step series.
    """
    if track.frequency == "step":
        words = f"{track.name} is a step series and has no windows of a fixed length; expected monthly(...)"
        raise Unanswered("frequency mismatch", words)
    observations = track.observations
    run.spend(high - low)
    stretch, moments = runs(observations), times(observations, track.frequency)
    values = [observation.value for observation in observations]
    numbers = [period_number(each.period) for each in observations] if is_regular(track.frequency) else None
    for begin in range(low, high - length + 1):
        end = begin + length - 1
        if stretch[begin] != stretch[end] or (numbers and numbers[end] - numbers[begin] != end - begin):
            continue
        run.spend(2 * length + 16)
        try:
            result = compute(over, values[begin : end + 1], moments[begin : end + 1], run)
        except Unanswered:
            continue
        yield begin, result


def yoy(track: Track, run: Run) -> Track:
    """Growth on the same period a year before, in %; daily ones on the newest value up to that day."""
    observations, stretch = track.observations, runs(track.observations)
    run.spend(20 * len(observations))
    places = {each.period.first: index for index, each in enumerate(observations)}
    rows: list[_Row] = []
    for index, observation in enumerate(observations):
        before = _year_before(track, observation.period, places)
        if before is None or stretch[before] != stretch[index]:
            continue
        rows.append((index, growth(observations[before].value, observation.value), (before, index)))
    return _made("yoy", track, rows)


def drawdown(track: Track, run: Run) -> Track:
    """How far each value lies below the highest before it, in %; counted anew after a break."""
    observations, stretch = track.observations, runs(track.observations)
    run.spend(14 * len(observations))
    rows: list[_Row] = []
    peak = 0
    for index, observation in enumerate(observations):
        if stretch[index] != stretch[peak] or observation.value >= observations[peak].value:
            peak = index
        rows.append((index, growth(observations[peak].value, observation.value), (peak, index)))
    return _made("drawdown", track, rows)


def rebase(track: Track, window: Window, run: Run) -> Track:
    """The series as an index: its mean over the window is 100. The other side of a break is left out."""
    taken = cut(track, window, "all", run)
    require_one_definition(taken, run)
    base = compute("mean", sample(taken, run), (), run)
    if base <= 0:
        raise Unanswered("undefined", f"{track.name} is not above zero in {window}: no base of an index")
    run.spend(12 * len(track.observations))
    stretch = runs(track.observations)
    rows: list[_Row] = [
        (index, each.value / base * 100, (index,))
        for index, each in enumerate(track.observations)
        if stretch[index] == stretch[taken.low]
    ]
    return _made("rebase", track, rows, base=range(taken.low, taken.high))


def converted(name: str, track: Track, run: Run) -> Track:
    """The series by months or quarters, as its entry aggregates. Only whole ones that are over count."""
    frequency: Frequency = "M" if name == "monthly" else "Q"
    if track.frequency == frequency:
        return track
    if fault := conversion_fault(name, track.frequency, track.aggregate):
        raise Unanswered("frequency mismatch", f"{track.name}: {fault}")
    how = track.aggregate or "last"
    made: list[tuple[Observation, range]] = []
    for period, low, high in _groups(track, frequency, run):
        value = _whole(track, period, how, run)
        if value is not None:
            parts = track.observations[low:high]
            made.append((merged(period, value, parts, parts[0].definition), range(low, high)))
    return Track(
        f"{name}({track.name})",
        track.unit,
        frequency,
        [observation for observation, _ in made],
        track.aggregate,
        _tracer(track, [indices for _, indices in made]),
    )


def _whole(track: Track, period: Period, how: Aggregate, run: Run) -> float | None:
    """The value of a track for a period of lower frequency; None where a part of it is missing."""
    try:
        taken = cut(track, Window(period, period), "all", run)
        require_one_definition(taken, run)
        values = sample(taken, run)
        return values[-1] if how == "last" else compute(how, values, (), run)
    except Unanswered as gap:
        if gap.problem == "too long":
            raise
        return None


def conversion_fault(name: str, frequency: Frequency, aggregate: Aggregate | None) -> str:
    """What is wrong with turning a frequency into months or quarters; empty if nothing is."""
    if frequency == "A" or (frequency == "Q" and name == "monthly"):
        return f"{name} cannot make more of fewer periods; expected a series of shorter ones"
    if aggregate is None:
        return f"{name} does not know how these values combine; expected {name}(...) around each part"
    if frequency == "step" and aggregate == "sum":
        return f"{name} cannot sum a step series; expected an entry with aggregate mean or last"
    return ""


def _made(
    name: str, track: Track, rows: Sequence[_Row], unit: str | None = None, base: Sequence[int] = ()
) -> Track:
    """The track of a series function; what is not finite is a gap. Sums are no sums any more.

    `base` are indices that every observation rests on besides its own.
    """
    observations = track.observations
    kept = [(index, value, indices) for index, value, indices in rows if math.isfinite(value)]
    shared = [observations[index] for index in base]
    shared = [merged(shared[0].period, 0.0, shared, "")] if shared else []
    made = []
    for index, value, indices in kept:
        parts = [*shared, *(observations[each] for each in indices)]
        made.append(merged(observations[index].period, value, parts, observations[index].definition))
    return Track(
        f"{name}({track.name})",
        of_function(name, track.unit or "") if unit is None else unit,
        track.frequency,
        made,
        None if track.aggregate == "sum" else track.aggregate,
        _tracer(track, [indices for _, _, indices in kept], base),
    )


def _tracer(
    track: Track, rows: Sequence[Sequence[int]], base: Sequence[int] = ()
) -> Callable[[Iterable[int], Drawn], None]:
    def trace(indices: Iterable[int], drawn: Drawn) -> None:
        track.trace({*base, *(own for index in indices for own in rows[index])}, drawn)

    return trace


def _year_before(track: Track, period: Period, places: dict[date, int]) -> int | None:
    if period.first.year == 1:
        return None
    if is_regular(track.frequency):
        return places.get(period.first.replace(year=period.first.year - 1))
    day = period.first
    wanted = day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
    index = held(track.observations, wanted)
    if index < 0:
        return None
    found = track.observations[index].period.first
    return index if track.frequency == "step" or wanted - found <= _YEAR_AGO_SLACK else None


def _groups(track: Track, frequency: Frequency, run: Run) -> Iterable[tuple[Period, int, int]]:
    """The periods of a lower frequency that a track touches, with the indices of their observations.

    A daily period must be over: something later is known, or the day of the evaluation is past it.
    """
    observations = track.observations
    if not observations:
        return
    run.spend(2 * len(observations))
    newest = observations[-1].period.first
    known = max(newest, run.until) if run.until else newest
    period = Period.holding(observations[0].period.first, frequency)
    while period.first <= known:
        low, high = find(observations, period.first), held(observations, period.last) + 1
        if track.frequency == "step":
            low = max(held(observations, period.first), 0)
        if low < high and (is_regular(track.frequency) or period.last <= known):
            yield period, low, high
        run.spend(50)
        period = period.shifted(1)
