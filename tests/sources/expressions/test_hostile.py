"""Expressions that mean harm, and figures that do: a result, or the error of the language; nothing else."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.expressions import ExpressionError, Result, evaluate, parse
from sources.expressions.evaluate import Look
from sources.expressions.tree import Node, Test
from sources.limits import EXPRESSION_CHARACTERS, EXPRESSION_STEPS
from sources.model import Aggregate, Frequency, Observation, Period, Series
from tests.sources.expressions.test_grammar import TREE

LONG = 13_000
"""Days of a series as long as any that ships."""

CORPUS = (
    # numbers and powers
    "9" * 1_000,
    "0." + "0" * 990 + "1",
    "9" * 308 + " * " + "9" * 308,
    " * ".join(["9999999999"] * 80),
    "9 ** 9 ** 9",
    "9 ^ 9",
    "1e999",
    "0x10",
    "1_000",
    "1 / 0",
    "0 / 0 ~ 0 +- 0",
    "1 ~ 1 +- " + "9" * 300,
    "-" * 999 + "1",
    "1" + " - -1" * 190,
    # windows and counts
    "mean(x.day, last 999999)",
    "mean(x.day, last 99999999999999999999)",
    "mean(x.day, 0000..9999)",
    "mean(x.day, 0001-01-01..9999-12-31)",
    "mean(x.step, 0001..9999)",
    "value(x.day, 9999-12-31)",
    "rolling(stdev, x.day, 999999)",
    "rebase(x.day, 9999)",
    "percentile(stdev, x.day, last 5000, 1990..2025)",
    # work
    "rolling(stdev, x.day, 5000)",
    "last(" + "rolling(mean, " * 20 + "x.day" + ", 500)" * 20 + ")",
    "sum(" + " + ".join(["x.day"] * 140) + ")",
    " and ".join(["trend(x.day) > 0"] * 50),
    "monthly(" * 29 + "x.day" + ")" * 29,
    "(" * 500 + "x.day" + ")" * 499,
    # what is no expression
    "__import__('os').system('true')",
    "{0.__class__}",
    "%s%s%n",
    "x.day; drop table series",
    "x.day\x00 > 1",
    "\x1b]0;title\x07",
    "x.day \u202e> 1",
    "[@click=app.quit]x[/]",
    "../../etc/passwd",
    "x." + "y" * 990,
    "平均(x.day)",
    "x.day > 1 and " * 60,
)


def points(count: int, frequency: Frequency, start: str, value: float = 1.5) -> Series:
    period = replace(Period.parse(start), frequency=frequency)
    made = tuple(
        Observation(period.shifted(number), value + number % 7, vintage=datetime(2026, 1, 1, tzinfo=UTC))
        for number in range(count)
    )
    return Series("x.y", "%", frequency, made)


KNOWN = {
    "x.day": points(LONG, "D", "1990-01-01"),
    "x.step": points(3, "step", "1990-01-01"),
}


def look(name: str, definition: str) -> Series | None:
    return KNOWN.get(name)


def is_whole(found: Result) -> bool:
    """Whether a result says either what it is or why there is none, in finite numbers."""
    numbers = [found.value, *(margin.measured for margin in found.margins)]
    values = [each.value for each in found.series.observations] if found.series else []
    has_one = found.value is not None or found.series is not None or found.holds is not None
    are_finite = all(math.isfinite(each) for each in (*numbers, *values) if each is not None)
    return are_finite and has_one != bool(found.problem) and bool(found.detail) == bool(found.problem)


@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_hostile_text_gives_a_result_or_the_error_of_the_language(text: str) -> None:
    try:
        found = evaluate(parse(text), look, until=date(2026, 9, 20))
    except ExpressionError as error:
        said = str(error)
    else:
        assert is_whole(found)
        said = " ".join((found.detail, *found.steps))
    assert len(said) < 4 * EXPRESSION_CHARACTERS
    assert said.isprintable()


@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_its_work_ends_by_the_same_count_whatever_is_told(text: str) -> None:
    with suppress(ExpressionError):
        told, silent = (evaluate(parse(text), look, explains=each) for each in (True, False))
        assert replace(told, steps=()) == silent
        if told.problem == "too long":
            assert f"{EXPRESSION_STEPS:,} steps" in told.detail


# ---------------------------------------------------------------------- any expression, any figures

FREQUENCIES: st.SearchStrategy[Frequency] = st.sampled_from(["D", "B", "W", "M", "Q", "A", "step"])
VALUES = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(
    [0.0, -0.0, 1e308, -1e308, 5e-324]
)
DAYS = st.dates() | st.sampled_from([date.min, date.max, date(2024, 2, 29)])


@st.composite
def figures(draw: st.DrawFn) -> Series:
    """A series of any frequency, with gaps, breaks and values at the ends of what a number can be."""
    frequency = draw(FREQUENCIES)
    days = sorted({Period.holding(day, frequency).first for day in draw(st.lists(DAYS, max_size=8))})
    made = tuple(
        Observation(Period(day, frequency), draw(VALUES), draw(st.sampled_from(["1", "1", "old", "a+b"])))
        for day in days
    )
    aggregate: Aggregate = draw(st.sampled_from(["mean", "last", "sum"]))
    return Series("x.y", draw(st.sampled_from(["%", "pp", "bp", "index", ""])), frequency, made, aggregate)


def looking(known: list[Series]) -> Look:
    def look(name: str, definition: str) -> Series | None:
        return known[len(name + definition) % len(known)] if known else None

    return look


@given(TREE, st.lists(figures(), max_size=3), st.none() | DAYS)
def test_any_expression_over_any_figures_gives_a_whole_result(
    tree: Node | Test, known: list[Series], until: date | None
) -> None:
    try:
        expression = parse(str(tree))
    except ExpressionError:
        return
    found = evaluate(expression, looking(known), until=until)
    assert is_whole(found)
    assert found == evaluate(expression, looking(known), until=until)
    assert replace(found, steps=()) == evaluate(expression, looking(known), until=until, explains=False)
