"""Who was right: how likely authors called what they predicted, and what came of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

from briefings.documents.model import Statement
from briefings.ledger.likelihood import BANDS, band_of
from briefings.ledger.predictions import STATES, State, Status

LEAST_RESOLVED = 5
"""Resolved predictions below which nobody gets a score: fewer say nothing of skill."""

SUREST = 0.99
"""The chance that counts in the log score for whatever is called surer: one miss must not be endless."""


NOT_MAPPED: Mapping[str, float] = MappingProxyType({})
"""No words that the reader has given a probability of their own."""


class Chance(NamedTuple):
    """A probability: stated as a number, read as the middle of the band of a word, or mapped, where the
    reader has said what a word without a band is taken for."""

    value: float
    basis: Literal["stated", "read", "mapped"]


class Forecast(NamedTuple):
    """A reader's own probability, the day on which it was entered, and why."""

    chance: float
    on: date
    note: str = ""


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
    was read from a word, mapped ones included; `states` all predictions."""

    by: str
    states: dict[State, int]
    scored: int
    read: int = 0
    brier: float | None = None
    log: float | None = None
    bins: tuple[Bin, ...] = ()

    @property
    def predictions(self) -> int:
        """How many there are in all."""
        return sum(self.states.values())

    @property
    def resolved(self) -> int:
        """How many came true or did not."""
        return self.states.get("true", 0) + self.states.get("false", 0)


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
    return None if own is None else Chance(own, "mapped")


def said_of(chance: Chance) -> str:
    """Where a probability is from, in words: `stated`, `read`, `read by you`."""
    return "read by you" if chance.basis == "mapped" else chance.basis


def forecast_on(forecasts: Iterable[Forecast], day: date) -> Forecast | None:
    """The reader's newest forecast on a day; of several of one day the last."""
    known = [forecast for forecast in forecasts if forecast.on <= day]
    return max(enumerate(known), key=lambda pair: (pair[1].on, pair[0]))[1] if known else None


def counted(forecasts: Iterable[Forecast], now: Status) -> Forecast | None:
    """The reader's forecast that is scored: the newest one of before the day on which the outcome can have
    been known, and within the window; None while nothing came of the prediction."""
    if now.outcome is None:
        return None
    last = now.outcome.earliest - timedelta(days=1)
    return forecast_on(forecasts, min(last, now.closes) if now.closes else last)


# ---------------------------------------------------------------------- scores


def scores(board: Iterable[tuple[str, Status, Chance | None]]) -> list[Score]:
    """The score of each name (an author, a publisher), those with most predictions first."""
    by_name: dict[str, list[tuple[Status, Chance | None]]] = {}
    for by, now, chance in board:
        by_name.setdefault(by, []).append((now, chance))
    made = [_score_of(by, own) for by, own in by_name.items()]
    return sorted(made, key=lambda score: (-score.predictions, score.by))


def reader_score(board: Iterable[tuple[Status, Sequence[Forecast]]]) -> Score | None:
    """The score of the reader over the predictions that the reader has forecast, by the same rules; None
    where there is no forecast."""
    own = [(now, counted(forecasts, now)) for now, forecasts in board if forecasts]
    chances = [(now, Chance(each.chance, "stated") if each else None) for now, each in own]
    return _score_of("", chances) if own else None


def score(by: str, states: dict[State, int], resolved: Iterable[Resolved]) -> Score:
    """The score over resolved predictions; those without a chance are counted in `states` only."""
    pairs = [(each.chance, each.came_true) for each in resolved if each.chance]
    read = sum(chance.basis != "stated" for chance, _ in pairs)
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


def _score_of(by: str, own: Sequence[tuple[Status, Chance | None]]) -> Score:
    states = Counter(now.state for now, _ in own)
    resolved = (
        Resolved(chance, now.state == "true") for now, chance in own if now.state in ("true", "false")
    )
    return score(by, {state: states[state] for state in STATES}, resolved)
