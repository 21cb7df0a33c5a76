"""Who was right: how likely authors called what they predicted, and what came of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from briefings.likelihood import BANDS, band_of
from briefings.model import Statement
from briefings.predictions import STATES, State, Status

LEAST_RESOLVED = 5
"""Resolved predictions below which nobody gets a score: fewer say nothing of skill."""

SUREST = 0.99
"""The chance that counts in the log score for whatever is called surer: one miss must not be endless."""


NOT_MAPPED: Mapping[str, float] = MappingProxyType({})
"""No words that the reader has given a probability of their own."""


class Chance(NamedTuple):
    """A probability: stated as a number, or read as the middle of the band of a word."""

    value: float
    basis: Literal["stated", "read"]


class Forecast(NamedTuple):
    """A reader's own probability, and the day on which it was entered."""

    chance: float
    on: date


class Resolved(NamedTuple):
    """A prediction that came true or not, and the chance its author gave it, if any."""

    chance: Chance | None
    came_true: bool


class Bin(NamedTuple):
    """Resolved predictions of one band of likelihood: how many, how likely on average, how many came true."""

    low: float
    high: float
    predictions: int
    mean: float
    share: float


class Score(NamedTuple):
    """How an author did. `brier` and `log` are None under five scored ones: 0 is perfect, for a coin they
    are 0.25 and 0.69. `scored` counts the resolved ones that have a chance, `read` those of them where it
    was read from a word; `states` all predictions."""

    by: str
    states: dict[State, int]
    scored: int
    read: int = 0
    brier: float | None = None
    log: float | None = None
    bins: tuple[Bin, ...] = ()


# ---------------------------------------------------------------------- chances


def chance_of(prediction: Statement, mapped: Mapping[str, float] = NOT_MAPPED) -> Chance | None:
    """The author's probability: the number stated, else the middle of the word's band, else none.

    `mapped` is what the reader takes words for that have no band, such as `will`.
    """
    if prediction.chance:
        return Chance(float(prediction.chance), "stated")
    if band := band_of(prediction.wording):
        return Chance(band.middle, "read")
    own = mapped.get(prediction.wording.casefold())
    return None if own is None else Chance(own, "read")


def forecast_on(forecasts: Iterable[Forecast], day: date) -> Forecast | None:
    """The reader's newest forecast on a day; of several of one day the last."""
    known = [forecast for forecast in forecasts if forecast.on <= day]
    return max(enumerate(known), key=lambda pair: (pair[1].on, pair[0]))[1] if known else None


# ---------------------------------------------------------------------- scores


def scores(
    board: Iterable[tuple[Statement, Status]], mapped: Mapping[str, float] = NOT_MAPPED
) -> list[Score]:
    """The score of each author, those with most predictions first."""
    by_author: dict[str, list[tuple[Statement, Status]]] = {}
    for prediction, now in board:
        by_author.setdefault(prediction.by, []).append((prediction, now))
    made = [_author_score(by, own, mapped) for by, own in by_author.items()]
    return sorted(made, key=lambda score: (-sum(score.states.values()), score.by))


def score(by: str, states: dict[State, int], resolved: Iterable[Resolved]) -> Score:
    """The score over resolved predictions; those without a chance are counted in `states` only."""
    pairs = [(each.chance, each.came_true) for each in resolved if each.chance]
    read = sum(chance.basis == "read" for chance, _ in pairs)
    called = [(chance.value, came_true) for chance, came_true in pairs]
    if len(called) < LEAST_RESOLVED:
        return Score(by, states, len(called), read)
    return Score(by, states, len(called), read, brier(called), log_score(called), calibration(called))


def brier(called: Sequence[tuple[float, bool]]) -> float:
    """The mean squared distance of (chance, came true) from the outcome: 0 to 1. Needs at least one."""
    return math.fsum((chance - came_true) ** 2 for chance, came_true in called) / len(called)


def log_score(called: Sequence[tuple[float, bool]]) -> float:
    """The mean of -ln of the chance given to what happened; chances count as 0.01 to 0.99 at most."""
    given = (chance if came_true else 1 - chance for chance, came_true in called)
    return math.fsum(-math.log(min(max(each, 1 - SUREST), SUREST)) for each in given) / len(called)


def calibration(called: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The predictions by bands of likelihood, without empty ones; the outer bands reach to 0 and 1."""
    bins = []
    lows = [0.0, *(band.low for band in BANDS[1:])]
    for low, high in zip(lows, [*lows[1:], 1.0], strict=True):
        inside = [pair for pair in called if low <= pair[0] < high or pair[0] == high == 1.0]
        if inside:
            mean = math.fsum(chance for chance, _ in inside) / len(inside)
            share = sum(came_true for _, came_true in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), mean, share))
    return tuple(bins)


def _author_score(by: str, own: Sequence[tuple[Statement, Status]], mapped: Mapping[str, float]) -> Score:
    counted = Counter(now.state for _, now in own)
    resolved = [
        Resolved(chance_of(prediction, mapped), now.state == "true")
        for prediction, now in own
        if now.state in ("true", "false")
    ]
    return score(by, {state: counted[state] for state in STATES}, resolved)
