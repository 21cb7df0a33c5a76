"""Faults of an expression that need no data: unknown series, units that do not go together, frequencies."""

from __future__ import annotations

import pytest

from sources.expressions import SeriesInfo, Shape, check, evaluate, parse, shape
from sources.model import Observation, Period, Series

CATALOGUE = {
    info.id: info
    for info in (
        SeriesInfo("cn.m2_yoy", "%", "M", "mean"),
        SeriesInfo("cn.m1_yoy", "%", "M", "mean", ("old", "2025")),
        SeriesInfo("cn.gap", "pp", "M", "mean"),
        SeriesInfo("cn.spread", "bp", "M", "mean"),
        SeriesInfo("cn.m2", "bn CNY", "M", "last"),
        SeriesInfo("cn.gdp", "bn CNY", "Q", "sum"),
        SeriesInfo("cn.loans", "bn CNY", "M", "sum"),
        SeriesInfo("cn.aaa", "%", "B", "mean"),
        SeriesInfo("cn.lpr", "%", "step", "mean"),
        SeriesInfo("cn.flow", "bn CNY", "step", "sum"),
        SeriesInfo("us.notices", "count", "M", "sum"),
        SeriesInfo("hk.index", "index", "D", "last"),
        SeriesInfo("us.week", "%", "W", "last"),
    )
}


def faults(text: str, unit: str = "") -> tuple[str, ...]:
    return check(parse(text), CATALOGUE.get, names=CATALOGUE, unit=unit)


@pytest.mark.parametrize(
    "text",
    [
        "mean(cn.m2_yoy - cn.m1_yoy:old, 2023) ~ 4.8 pp +- 0.2",
        "mean(cn.m2_yoy, 2023) ~ 9.7 % +- 0.1 pp",
        "mean(cn.m2_yoy, 2023) ~ 9.7 % +- 10 bp",
        "last(cn.gap) > 50 bp and last(cn.spread) < 1 pp",
        "last(cn.gap) + last(cn.spread) > 1",
        "change(cn.m2_yoy, 2023) < 1 pp",
        "trend(cn.m2_yoy) < 1 pp per year",
        "growth(cn.m2, 2023) > 5 %",
        "growth(last(cn.m2), 300000 bn CNY) > 5 %",
        "last(cn.m2) > 300000 bn CNY",
        "last(cn.m2) / last(cn.loans) > 3",
        "last(cn.gap) / last(cn.spread) > 3",
        "sum(us.notices, 2023) / count(us.notices, 2023) > 3",
        "sum(cn.loans, 2023) / count(cn.loans, 2023) > 3 bn CNY",
        "quarterly(cn.loans) / cn.gdp",
        "cn.aaa - cn.lpr",
        "us.week - cn.lpr",
        "monthly(cn.aaa) - cn.m2_yoy",
        "rolling(stdev, cn.m2_yoy, 10) - cn.gap",
        "drawdown(hk.index) - yoy(hk.index)",
        "rebase(hk.index, 2023-01) - 100",
        "percentile(stdev, cn.gap, last 10, 2008..2023) < 25",
        "mean(cn.gdp, 2024-04..2024-09) > 3",
        "(cn.m2_yoy + cn.m1_yoy) / 2",
    ],
)
def test_a_sound_expression_has_no_fault(text: str) -> None:
    assert faults(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("last(cn.m2_yyo)", 'no series "cn.m2_yyo"; nearest: cn.m2_yoy (column 6)'),
        ("3 > last(zz.q)", 'no series "zz.q"; expected an indicator of the catalogue (column 10)'),
        ("last(cn.m1_yoy:new)", 'cn.m1_yoy has no definition "new"; expected old or 2025 (column 6)'),
        ("last(cn.gap) > 3 %", "pp against %; expected one unit on both sides (column 14)"),
        ("cn.gap - cn.m2_yoy", "pp against %"),
        ("change(cn.m2_yoy, 2023) > 1 %", "pp against %"),
        ("stdev(cn.m2_yoy, 2023) > 1 %", "pp against %"),
        ("trend(cn.m2_yoy, 2023) > 1 pp", "pp per year against pp"),
        ("last(cn.m2_yoy) ~ 9 +- 1 %", "a tolerance in % says too little; expected percentage points"),
        ("last(cn.m2) > 3 trillion", "bn CNY against trillion"),
        ("last(cn.m2) / last(cn.loans) > 3 %", "a pure number against %"),
        ("last(cn.m2) * last(cn.gdp)", "bn CNY times bn CNY; expected a pure number on one side"),
        ("last(cn.m2) / last(hk.index)", "bn CNY by index; expected a pure number or the same unit below"),
        ("1 / last(hk.index)", "a pure number by index"),
        ("growth(last(cn.m2), last(hk.index))", "bn CNY against index"),
        ("cn.m2 - cn.gdp", "series of frequency M and Q; expected monthly(...) or quarterly(...)"),
        ("cn.aaa - us.week", "series of frequency B and W"),
        ("mean(cn.m2, 2025-06-30)", "2025-06-30 is finer than a monthly series; expected whole months"),
        ("mean(cn.gdp, 2024-05..2024-09)", "2024-05 is finer than a quarterly series"),
        ("monthly(cn.gdp)", "monthly cannot make more of fewer periods"),
        ("quarterly(cn.m2 - cn.loans)", "quarterly does not know how these values combine"),
        ("quarterly(yoy(cn.loans))", "quarterly does not know how these values combine"),
        ("rolling(mean, cn.lpr, 3)", "rolling of a step series; expected monthly(...) around it"),
        ("sum(cn.lpr, 2023)", "sum of a step series; expected mean or last"),
        ("monthly(cn.flow)", "monthly cannot sum a step series"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_its_column(text: str, words: str) -> None:
    (fault,) = faults(text)
    assert words in fault


def test_an_unknown_series_gives_no_second_fault() -> None:
    assert len(faults("mean(cn.nothing - cn.gap, 2023) ~ 3 % +- 1")) == 1
    assert len(faults("cn.nothing * cn.gap / cn.m2_yoy - trend(cn.none)")) == 2


def test_an_entry_that_states_its_unit_may_divide_anything() -> None:
    assert faults("cn.m2 / monthly(hk.index) * 100", unit="bn CNY per point") == ()
    assert faults("cn.m2_yoy - cn.m1_yoy", unit="bp") == ()
    (fault,) = faults("cn.m2_yoy - cn.m1_yoy", unit="%")
    assert "it computes pp, the entry states %" in fault


def test_the_evaluator_refuses_what_the_check_refuses() -> None:
    def look(name: str, definition: str) -> Series | None:
        info = CATALOGUE.get(name)
        if info is None:
            return None
        first = Period.holding(Period.parse("2023-01").first, info.frequency)
        observations = tuple(Observation(first.shifted(index), 5.0) for index in range(12))
        return Series(info.id, info.unit, info.frequency, observations, info.aggregate)

    for text in ("last(cn.gap) > 3 %", "last(cn.m2) * last(cn.m2)", "cn.gap - cn.m2_yoy"):
        assert evaluate(parse(text), look).problem == "unit mismatch"
    for text in ("cn.m2 - cn.gdp", "mean(cn.m2, 2023-01-05)", "rolling(mean, cn.lpr, 3)", "sum(cn.lpr)"):
        assert evaluate(parse(text), look).problem == "frequency mismatch"
    scaled = evaluate(parse("last(cn.m2_yoy) - 3"), look, unit="bp")
    assert (scaled.value, scaled.unit) == (200.0, "bp")


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("cn.m2_yoy - cn.m1_yoy", "", Shape("pp", "M", "mean")),
        ("cn.aaa - cn.lpr", "", Shape("pp", "B", "mean")),
        ("cn.aaa - cn.lpr", "bp", Shape("bp", "B", "mean")),
        ("quarterly(cn.loans)", "", Shape("bn CNY", "Q", "sum")),
        ("yoy(cn.loans)", "", Shape("%", "M", None)),
        ("cn.loans / quarterly(cn.loans)", "", Shape("", None, None)),
        ("mean(cn.m2_yoy, 2023)", "", Shape("%")),
        ("growth(2, 3)", "", Shape("%")),
        ("cn.unknown", "", Shape("?")),
        ("3", "", Shape(None)),
    ],
)
def test_unit_frequency_and_aggregate_follow_from_the_parts(text: str, unit: str, found: Shape) -> None:
    assert shape(parse(text), CATALOGUE.get, unit=unit) == found
