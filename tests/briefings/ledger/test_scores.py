"""Predictions: their state on a day, the chance their author gave them, and the scores."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Statement
from briefings.ledger.causes import Used
from briefings.ledger.likelihood import BANDS, band_of, found_in
from briefings.ledger.predictions import Outcome, Status, status
from briefings.ledger.proposals import compared, proposed
from briefings.ledger.scores import (
    LEAST_RESOLVED,
    NOT_MAPPED,
    Chance,
    Forecast,
    Score,
    brier,
    calibration,
    chance_of,
    counted,
    forecast_on,
    log_score,
    reader_score,
    scores,
)
from briefings.ledger.verdicts import Reading
from briefings.ledger.words import Word
from sources.model import Observation, Period

TODAY = date(2026, 9, 20)


def prediction(**fields: object) -> Statement:
    given = {"made": "2026-04", "window": "..2026-12-31", "resolves": "a docket", "by": "AINews", **fields}
    return Statement("p1", "it will be so", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "state", "said"),
    [
        ({}, "open", "open, 102d"),
        ({"window": "..2026-09-20"}, "open", "open, 0d"),
        ({"window": "..2026-09-19"}, "due", "due since 2026-09-19"),
        ({"window": "2026-06..2026-08"}, "due", "due since 2026-08-31"),
        ({"window": ""}, "open", "open, no deadline"),
        ({"window": "2027.."}, "open", "open, no deadline"),
        ({"window": "..2025-12-31"}, "void", "void at birth: closed 2025-12-31, made 2026-04"),
        ({"window": "..2026-03-31"}, "void", "void at birth: closed 2026-03-31, made 2026-04"),
        ({"window": "..2026-04-01"}, "due", "due since 2026-04-01"),
        ({"window": "", "resolves": ""}, "void", "no resolver: no date, no threshold"),
        ({"resolves": ""}, "void", "no resolver: no source or test is named"),
        ({"resolves": "", "test": "last(cn.x) > 70"}, "open", "open, 102d"),
        ({"outcome": (("outcome", "true"), ("date", "2026-08"))}, "true", "true"),
        ({"outcome": (("outcome", "false"), ("date", "2026-10"))}, "open", "open, 102d"),
        ({"outcome": (("outcome", "void"), ("date", "2026-08"))}, "void", "ambiguous"),
        ({"outcome": (("outcome", "true"),)}, "open", "open, 102d"),
    ],
)
def test_a_prediction_has_a_state_on_each_day(fields: dict[str, object], state: str, said: str) -> None:
    now = status(prediction(**fields), TODAY)
    assert (now.state, now.said) == (state, said)


def test_the_reader_is_heard_before_the_document_from_the_day_on() -> None:
    own = Outcome("false", date(2026, 9, 1), "a court register")
    settled = prediction(outcome=(("outcome", "true"), ("date", "2026-08")))
    assert status(settled, TODAY, own).state == "false"
    assert status(settled, date(2026, 8, 31), own).state == "true"
    assert status(settled, date(2026, 8, 1), own).state == "open"


def test_what_was_void_at_birth_cannot_come_true() -> None:
    assert status(prediction(window="..2025"), TODAY, Outcome("true", TODAY)).state == "void"


@pytest.mark.parametrize(
    ("word", "outcome"),
    [("supported", "true"), ("contradicted", "false"), ("close", "false"), ("data ends", None)],
)
def test_a_test_proposes_an_outcome_only_once_the_prediction_is_due(word: Word, outcome: str | None) -> None:
    found = proposed(status(prediction(), date(2027, 1, 1)), Reading(word, TODAY))
    assert (found and found.outcome) == outcome
    assert proposed(status(prediction(), TODAY), Reading(word, TODAY)) is None


def test_a_proposal_is_dated_by_its_newest_figure_and_not_before_the_window_closed() -> None:
    def known(*days: int) -> Reading:
        used = Used(
            ("cn.x", Observation(Period.parse("2026-05"), 7.1, vintage=datetime(2027, 1, day, tzinfo=UTC)))
            for day in days
        )
        return Reading("contradicted", TODAY, used=used)

    now = status(prediction(), date(2027, 2, 1))
    dates = [found.on for days in ((14, 2), ()) if (found := proposed(now, known(*days)))]
    assert dates == [date(2027, 1, 14), date(2026, 12, 31)]


@pytest.mark.parametrize(
    ("word", "measured", "sign", "stated", "tolerance", "words"),
    [
        ("contradicted", 7.1, "<", 5, None, "7.1 > 5 %"),
        ("supported", 4.25, "<=", 5, None, "4.3 < 5 %"),
        ("supported", 5, "<=", 5, None, "5 = 5 %"),
        ("contradicted", 5.0000001, "<", 5, None, "5.0000001 > 5 %"),
        ("contradicted", 4.8000001, "<", 4.8, None, "4.8000001 > 4.8 %"),
        ("contradicted", 7.775, "~", 4.8, 0.2, "7.78, not 4.8 +- 0.2 %"),
        ("supported", 4.9, "~", 4.8, 0.2, "4.90 ~ 4.8 +- 0.2 %"),
        ("supported", None, "", None, None, ""),
    ],
)
def test_the_arithmetic_of_a_proposal_is_true_as_it_is_shown(
    word: Word, measured: float | None, sign: str, stated: float | None, tolerance: float | None, words: str
) -> None:
    reading = Reading(word, TODAY, measured=measured, sign=sign, stated=stated, tolerance=tolerance, unit="%")
    assert compared(reading) == words


# ---------------------------------------------------------------------- chances


def test_a_stated_number_goes_before_the_word_and_a_band_is_read_at_its_middle() -> None:
    assert chance_of(prediction(chance="0.7", wording="unlikely")) == Chance(0.7, "stated")
    assert chance_of(prediction(wording="Very likely")) == Chance(0.875, "read")
    assert chance_of(prediction(wording="will")) is None
    assert chance_of(prediction(wording="Will"), {"will": 0.9}) == Chance(0.9, "mapped")
    assert chance_of(prediction(wording="likely"), {"likely": 0.9}) == Chance(0.675, "read")


def test_the_bands_are_those_of_icd_203() -> None:
    assert [(round(100 * band.low), round(100 * band.high)) for band in BANDS] == [
        (1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99),
    ]  # fmt: skip
    assert str(band_of("improbable")) == "unlikely (20-45 %)"
    assert [each.written for each in found_in("Very likely; unlikely. Unlikelihood is not likely-ish.")] == [
        "Very likely", "unlikely",
    ]  # fmt: skip


def test_the_newest_forecast_of_the_reader_counts() -> None:
    forecasts = [Forecast(0.4, date(2026, 5, 2)), Forecast(0.6, date(2026, 5, 2)), Forecast(0.2, TODAY)]
    assert forecast_on(forecasts, TODAY) == forecasts[2]
    assert forecast_on(forecasts, date(2026, 9, 19)) == forecasts[1]
    assert forecast_on(forecasts, date(2026, 5, 1)) is None


@pytest.mark.parametrize(
    ("window", "outcome", "on"),
    [
        ("..2026-12-31", Outcome("true", date(2026, 9, 1)), date(2026, 8, 31)),
        ("..2026-06-30", Outcome("true", date(2026, 9, 1)), date(2026, 6, 30)),
        ("..2026-06-30", Outcome("false", date(2026, 9, 30), first=date(2026, 6, 1)), date(2026, 5, 31)),
        ("", Outcome("true", date(2026, 9, 1)), date(2026, 8, 31)),
    ],
)
def test_a_forecast_counts_until_the_outcome_can_be_known_and_the_window_closes(
    window: str, outcome: Outcome, on: date
) -> None:
    now = status(prediction(window=window), date(2026, 10, 1), outcome)
    daily = [Forecast(day / 1000, date(2026, 4, 1) + timedelta(days=day)) for day in range(200)]
    found = counted(daily, now)
    assert found is not None
    assert found.on == on
    assert counted(daily, status(prediction(window=window), date(2026, 5, 1), outcome)) is None
    assert counted([Forecast(0.5, date(2026, 9, 30))], now) is None


# ---------------------------------------------------------------------- scores

CALLED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def scored(
    board: Sequence[tuple[Statement, Status]], mapped: Mapping[str, float] = NOT_MAPPED
) -> list[Score]:
    return scores((each.by, now, chance_of(each, mapped)) for each, now in board)


def test_brier_and_log_are_what_the_formulas_say() -> None:
    called = [(0.9, True), (0.2, True), (0.5, False)]
    assert brier(called) == pytest.approx((0.01 + 0.64 + 0.25) / 3)
    assert log_score(called) == pytest.approx(-(math.log(0.9) + math.log(0.2) + math.log(0.5)) / 3)
    assert log_score([(0.0, True)]) == pytest.approx(-math.log(0.01))


@given(CALLED)
def test_scores_are_finite_and_no_better_than_perfect(called: list[tuple[float, bool]]) -> None:
    perfect = [(float(came_true), came_true) for _, came_true in called]
    assert brier(perfect) == 0 <= brier(called) <= 1
    assert log_score(perfect) <= log_score(called) < 4.7
    assert math.isclose(brier(called), brier(called[::-1]))


@given(CALLED)
def test_every_prediction_is_in_one_bin(called: list[tuple[float, bool]]) -> None:
    bins = calibration(called)
    assert sum(each.predictions for each in bins) == len(called)
    assert all(each.low - 1e-9 <= each.mean <= each.high + 1e-9 and 0 <= each.share <= 1 for each in bins)
    assert [each.low for each in bins] == sorted({each.low for each in bins})


def test_an_author_is_scored_from_five_resolved_predictions_on_and_void_ones_stand_apart() -> None:
    def board(count: int) -> list[tuple[Statement, bool]]:
        return [(prediction(wording="likely", made="2026-01", chance="0.8" * (number == 0)), number % 2 == 0)
                for number in range(count)]  # fmt: skip

    def of(count: int) -> tuple[float | None, int, int, int]:
        told = [(each, status(each, TODAY, Outcome("true" if came else "false", TODAY)))
                for each, came in board(count)]  # fmt: skip
        void = prediction(window="..2020")
        (score,) = scored([*told, (void, status(void, TODAY))])
        return score.brier, score.scored, score.read, score.states["void"]

    assert of(LEAST_RESOLVED - 1) == (None, 4, 3, 1)
    expected = (0.2**2 + 2 * 0.675**2 + 2 * 0.325**2) / 5
    value, *counts = of(LEAST_RESOLVED)
    assert value == pytest.approx(expected)
    assert counts == [5, 4, 1]


def test_authors_are_told_apart_and_unscored_words_count_in_no_score() -> None:
    own = [(each, status(each, TODAY, Outcome("true", TODAY))) for each in [prediction(wording="will")] * 6]
    other = prediction(by="Another")
    first, second = scored([*own, (other, status(other, TODAY))])
    assert (first.by, first.states["true"], first.scored, first.brier) == ("AINews", 6, 0, None)
    assert (second.by, second.states["open"]) == ("Another", 1)
    mapped = scored(own, {"will": 0.9})[0]
    assert mapped.brier == pytest.approx(0.01)
    assert mapped.read == 6


def test_the_reader_is_scored_by_the_same_rules_over_what_was_forecast_in_time() -> None:
    came = status(prediction(), TODAY, Outcome("true", TODAY))
    early, late = Forecast(0.9, date(2026, 5, 1)), Forecast(1.0, TODAY)
    assert reader_score([(came, ())]) is None
    own = reader_score([*[(came, (early, late))] * LEAST_RESOLVED, (came, (late,)), (came, ())])
    assert own is not None
    assert (own.predictions, own.scored, own.states["true"]) == (6, 5, 6)
    assert own.brier == pytest.approx(0.01)
    assert own.bins[0].predictions == 5
