"""A series on its way through an evaluation: its observations, and where each of them comes from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sources import limits
from sources.model import DAILY, Aggregate, Frequency, Observation, Period, Series

Use = tuple[str, Observation]
"""An observation that a result rests on, with the id of its series."""

Drawn = dict[tuple[str, str], set[int]]
"""Of each series, by id and definition, the indices of the observations that a result rests on."""

PER_YEAR: dict[str, int] = {"M": 12, "Q": 4, "A": 1}
ADJECTIVES: dict[str, str] = {
    "D": "daily",
    "B": "daily",
    "W": "weekly",
    "M": "monthly",
    "Q": "quarterly",
    "A": "yearly",
    "step": "step",
}
NOUNS: dict[str, str] = {"M": "month", "Q": "quarter", "A": "year"}


class Unanswered(Exception):  # noqa: N818  (names what happened: no fault of the program)
    """Why there is no result: `problem` in one or two words, `str()` the sentence."""

    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem


class Track(NamedTuple):
    """Observations of a source series or of a computed one, oldest first.

    `name` is the expression it comes from; `trace` adds the source observations behind those at some
    indices to what an evaluation has drawn on. `aggregate` is None where the parts do not agree on how
    to become a lower frequency.
    """

    name: str
    unit: str | None
    frequency: Frequency
    observations: Sequence[Observation]
    aggregate: Aggregate | None
    trace: Callable[[Iterable[int], Drawn], None]

    def number(self, index: int) -> int:
        """The place of an observation on the time line of its frequency: neighbours differ by one."""
        return period_number(self.observations[index].period)


@dataclass
class Run:
    """One evaluation: what bounds it, whether it tells its arithmetic, and what it has used up so far."""

    until: date | None
    subject: str
    explains: bool = True
    steps_left: int = limits.EXPRESSION_STEPS

    def spend(self, count: int) -> None:
        """Account for work, a step being about 0.2 microseconds. Raises Unanswered once it is too much."""
        self.steps_left -= count
        if self.steps_left < 0:
            words = f"the {self.subject} needs more than {limits.EXPRESSION_STEPS:,} steps"
            raise Unanswered("too long", f"{words}; a shorter period needs fewer")


def source(series: Series, definition: str, until: date | None) -> Track:
    """The track of a series as it is known; what starts after `until` is left out."""
    observations = series.observations
    if until and observations and observations[-1].period.first > until:
        observations = observations[: bisect_right(observations, until, key=first_day)]
    key = (series.id, definition)
    return Track(
        f"{series.id}:{definition}" if definition else series.id,
        series.unit,
        series.frequency,
        observations,
        series.aggregate,
        lambda indices, drawn: drawn.setdefault(key, set()).update(indices),
    )


def first_day(observation: Observation) -> date:
    """The first day of its period: observations are in the order of these."""
    return observation.period.first


def find(observations: Sequence[Observation], day: date) -> int:
    """The index of the first observation that starts on a day or later."""
    return bisect_left(observations, day, key=first_day)


def held(observations: Sequence[Observation], day: date) -> int:
    """The index of the newest observation not after a day; -1 before the first."""
    return bisect_right(observations, day, key=first_day) - 1


def over(observations: Sequence[Observation], day: date) -> int:
    """How many observations have a period that has ended by a day."""
    count = held(observations, day) + 1
    while count and observations[count - 1].period.last > day:
        count -= 1
    return count


def period_number(period: Period) -> int:
    """Months, quarters or years since year 0; days for daily ones."""
    per_year = PER_YEAR.get(period.frequency)
    if per_year is None:
        return period.first.toordinal()
    return period.first.year * per_year + (period.first.month - 1) * per_year // 12


def runs(observations: Sequence[Observation]) -> list[int]:
    """For each observation the number of the stretch of one definition that it lies in."""
    numbers: list[int] = []
    run, definition = 0, None
    for observation in observations:
        if observation.definition != definition:
            definition = observation.definition
            run += 1
        numbers.append(run)
    return numbers


def times(observations: Sequence[Observation], frequency: Frequency) -> list[float]:
    """When observations stand, in years."""
    per_year = PER_YEAR.get(frequency, 365.25)
    return [period_number(observation.period) / per_year for observation in observations]


def is_regular(frequency: Frequency) -> bool:
    """Whether its periods follow each other without a doubt: months, quarters, years."""
    return frequency not in DAILY


def called(definition: str) -> str:
    """A definition as a sentence names it: of a computed one, the parts that have a name."""
    names = dict.fromkeys(definition.replace("(", "+").replace(")", "+").split("+"))
    return " and ".join(name for name in names if name not in ("", "1")) or "1"
