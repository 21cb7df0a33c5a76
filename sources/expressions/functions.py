"""Functions of a series over a period: the number, and the arithmetic that shows it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sources.expressions.tracks import ADJECTIVES, Run, Track, Unanswered, called, times
from sources.expressions.tree import Window
from sources.expressions.windows import Cut, Needs, cut, require_one_definition
from sources.expressions.wording import plain, rounded, row
from sources.model import Observation

_NEEDS: dict[str, Needs] = {
    "count": "reach", "first": "first", "last": "last", "change": "ends", "growth": "ends",
}  # fmt: skip


class Outcome(NamedTuple):
    """The number that a function gave, for which period, by which steps, from what indices of the track."""

    value: float
    period: str
    steps: tuple[str, ...]
    indices: Sequence[int]


def over_period(name: str, track: Track, window: Window | None, run: Run) -> Outcome:
    """A function of a track over a window, or over all of it. Raises Unanswered."""
    if name == "sum" and track.frequency == "step":
        raise Unanswered(
            "frequency mismatch", f"{track.name} is a step series; expected mean or last, no sum"
        )
    taken = cut(track, window, _NEEDS.get(name, "all"), run)
    if name in ("first", "last", "value"):
        return _one(name, taken, run)
    if name == "count":
        return _count(taken)
    require_one_definition(taken, run)
    values = sample(taken, run)
    result = compute(name, values, moments_of(taken) if name in TIMED else (), run)
    indices: Sequence[int] = range(taken.low, taken.high)
    if name in ("change", "growth"):
        indices = (taken.low, taken.high - 1)
    steps = _steps(name, taken, indices, values, result) if run.explains else ()
    return Outcome(result, taken.text, steps, indices)


def _steps(
    name: str, taken: Cut, indices: Sequence[int], values: Sequence[float], result: float
) -> tuple[str, ...]:
    observed = [taken.track.observations[index].value for index in indices]
    return (row(observed), *_definition(taken), explain(name, values, taken.observations, result))


def sample(taken: Cut, run: Run) -> Sequence[float]:
    """The values of a cut; a step series gives one for each day."""
    observations = taken.observations
    if taken.track.frequency != "step":
        return [each.value for each in observations]
    starts, last = _held_from(taken), taken.end.toordinal()
    run.spend(4 * (last - taken.start.toordinal() + 1))
    values: list[float] = []
    for each, start, after in zip(observations, starts, [*starts[1:], last + 1], strict=True):
        values += [each.value] * (after - start)
    return values


def moments_of(taken: Cut) -> Sequence[float]:
    """When the values of a sample stand, in years."""
    if taken.track.frequency != "step":
        return times(taken.observations, taken.track.frequency)
    return [day / 365.25 for day in range(_held_from(taken)[0], taken.end.toordinal() + 1)]


def _held_from(taken: Cut) -> list[int]:
    """The day from which each observation of a step series counts in a cut."""
    first = taken.start.toordinal()
    return [max(each.period.first.toordinal(), first) for each in taken.observations]


def compute(name: str, values: Sequence[float], moments: Sequence[float], run: Run) -> float:
    """A function of plain values, oldest first. Raises Unanswered where it has no meaning for them."""
    try:
        result = _COMPUTED[name](values, moments)
    except (ZeroDivisionError, OverflowError, ValueError):
        result = math.nan
    if not math.isfinite(result):
        why = _WHY.get(name, "the values are too large")
        raise Unanswered("undefined", f"{name} has no meaning here: {why}")
    return result


def explain(name: str, values: Sequence[float], observations: Sequence[Observation], result: float) -> str:
    """The last line of the arithmetic of a function."""
    count = len(values)
    match name:
        case "mean":
            return f"sum {plain(math.fsum(values))} / {count} {rounded(result)}"
        case "sum":
            return f"sum of {count} {rounded(result)}"
        case "min" | "max":
            word = "lowest" if name == "min" else "highest"
            where = next(each.period for each in observations if each.value == result)
            return f"{word} of {count}: {plain(result)} in {where}"
        case "range":
            return f"highest {plain(max(values))} - lowest {plain(min(values))} {rounded(result)}"
        case "change":
            return f"{plain(values[-1])} - {plain(values[0])} {rounded(result)}"
        case "growth":
            return f"{plain(values[-1])} / {plain(values[0])} - 1, in % {rounded(result)}"
        case "stdev":
            centre = math.fsum(values) / count
            return f"deviation of {count} from their mean {plain(centre)} {rounded(result)}"
    return f"least squares over {count}, per year {rounded(result)}"


def growth(old: float, new: float) -> float:
    """Growth from one number to another, in %; not a number unless the first is above zero."""
    return (new - old) / old * 100 if old > 0 else math.nan


def _one(name: str, taken: Cut, run: Run) -> Outcome:
    index = taken.low if name == "first" else taken.high - 1
    found = taken.track.observations[index]
    if name == "value" and any(each.value != found.value for each in taken.observations[:-1]):
        kind = ADJECTIVES[taken.track.frequency]
        words = (
            f"{taken.track.name} is a {kind} series and has several values in {taken.text}; expected a day"
        )
        raise Unanswered("frequency mismatch", words)
    period = taken.text if name == "value" else str(found.period)
    step = f"{found.period}: {plain(found.value)}"
    return Outcome(found.value, period, (step, *_definition(taken, found)), (index,))


def _count(taken: Cut) -> Outcome:
    indices = [
        index
        for index in range(taken.low, taken.high)
        if taken.track.observations[index].period.first >= taken.start
    ]
    step = f"{len(indices)} observations"
    return Outcome(float(len(indices)), taken.text, (step,), indices or (taken.low,))


def _definition(taken: Cut, found: Observation | None = None) -> tuple[str, ...]:
    name = called((found or taken.observations[0]).definition)
    return () if name == "1" else (f"on the {name} definition",)


def _mean(values: Sequence[float], moments: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _stdev(values: Sequence[float], moments: Sequence[float]) -> float:
    centre = math.fsum(values) / len(values)
    return math.sqrt(math.fsum([(value - centre) ** 2 for value in values]) / len(values))


def _trend(values: Sequence[float], moments: Sequence[float]) -> float:
    centre, middle = math.fsum(values) / len(values), math.fsum(moments) / len(moments)
    offsets = [moment - middle for moment in moments]
    products = [offset * (value - centre) for offset, value in zip(offsets, values, strict=True)]
    return math.fsum(products) / math.fsum([offset * offset for offset in offsets])


_COMPUTED: dict[str, Callable[[Sequence[float], Sequence[float]], float]] = {
    "mean": _mean,
    "min": lambda values, moments: min(values),
    "max": lambda values, moments: max(values),
    "sum": lambda values, moments: math.fsum(values),
    "range": lambda values, moments: max(values) - min(values),
    "stdev": _stdev,
    "change": lambda values, moments: values[-1] - values[0],
    "growth": lambda values, moments: growth(values[0], values[-1]),
    "trend": _trend,
}

TIMED = ("trend",)
"""Functions for which it matters when the values stand."""

_WHY = {"growth": "it needs a first value above zero", "trend": "it needs two values at different times"}
