"""The known figures of the briefing, from true growth rates of money in China.

Growth of M2 and M1 on the year before, in %, of the People's Bank of China as carried by Eastmoney
(report RPT_ECONOMY_CURRENCY_SUPPLY, columns BASIC_CURRENCY_SAME and CURRENCY_SAME), retrieved in
August 2026; M1 of 2024 by the new definition from the bank's notice of 14 February 2025.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from sources.expressions import evaluate, parse
from sources.model import Observation, Period, Series

M2 = (
    "12.6 12.9 12.7 12.4 11.6 11.3 10.7 10.6 10.3 10.3 10.0 9.7 "
    "8.7 8.7 8.3 7.2 7.0 6.2 6.3 6.3 6.8 7.5 7.1 7.3"
)
M1_OLD = (
    "6.7 5.8 5.1 5.3 4.7 3.1 2.3 2.2 2.1 1.9 1.3 1.3 5.9 1.2 1.1 -1.4 -4.2 -5.0 -6.6 -7.3 -7.4 -6.1 -3.7 -1.4"
)
M1_2024 = "3.3 2.6 2.3 0.6 -0.8 -1.7 -2.6 -3.0 -3.3 -2.3 -0.7 1.2"


def growth_rates(name: str, text: str, start: str, definition: str) -> Series:
    first = Period.parse(start)
    rates = [
        Observation(first.shifted(index), float(rate), definition) for index, rate in enumerate(text.split())
    ]
    return Series(name, "%", "M", tuple(rates), "mean")


OLD = growth_rates("cn.m1_yoy", M1_OLD, "2023-01", "old")
NEW = growth_rates("cn.m1_yoy", M1_2024, "2024-01", "2025")
KNOWN = {
    ("cn.m2_yoy", ""): growth_rates("cn.m2_yoy", M2, "2023-01", "1"),
    ("cn.m1_yoy", "old"): OLD,
    ("cn.m1_yoy", ""): replace(OLD, observations=(*OLD.observations[:12], *NEW.observations)),
}
BEFORE_2025 = {**KNOWN, ("cn.m1_yoy", ""): OLD}


def look(name: str, definition: str) -> Series | None:
    return KNOWN.get((name, definition))


def look_before(name: str, definition: str) -> Series | None:
    return BEFORE_2025.get((name, definition))


def test_the_gap_of_2023_was_7_775_points() -> None:
    result = evaluate(parse("mean(cn.m2_yoy - cn.m1_yoy, 2023) ~ 4.8 +- 0.2"), look)
    assert result.value == pytest.approx(7.775, abs=1e-12)
    assert (result.unit, result.period, result.holds, result.is_close) == ("pp", "2023", False, False)
    assert result.margins[0].difference == pytest.approx(2.975, abs=1e-12)
    assert result.steps == (
        "5.9 7.1 7.6 7.1 6.9 8.2 8.4 8.4 8.2 8.4 8.7 8.4",
        "on the old definition",
        "sum 93.3 / 12 = 7.775, shown 7.78",
        "|7.775 - 4.8| = 2.975   tolerance 0.2   misses it by 2.775",
    )


def test_its_sources_are_the_twelve_months_of_both_series() -> None:
    used = evaluate(parse("mean(cn.m2_yoy - cn.m1_yoy, 2023)"), look).used
    assert [name for name, _ in used].count("cn.m1_yoy") == 12
    assert [str(each.period) for name, each in used if name == "cn.m2_yoy"] == [
        f"2023-{month:02}" for month in range(1, 13)
    ]
    assert {each.definition for name, each in used if name == "cn.m1_yoy"} == {"old"}


def test_the_first_quarter_of_2024_was_5_83_by_either_definition() -> None:
    expression = parse("mean(cn.m2_yoy - cn.m1_yoy, 2024Q1)")
    now, then = evaluate(expression, look), evaluate(expression, look_before)
    assert now.value == pytest.approx(17.5 / 3)
    assert now.steps[:2] == ("5.4 6.1 6", "on the 2025 definition")
    assert then.value == pytest.approx(17.5 / 3)
    assert then.steps[:2] == ("2.8 7.5 7.2", "on the old definition")
    assert evaluate(parse("mean(cn.m2_yoy - cn.m1_yoy:old, 2024Q1)"), look).value == then.value


def test_no_change_is_taken_across_the_new_definition() -> None:
    expression = parse("change(cn.m1_yoy, 2023-12..2024-01)")
    result = evaluate(expression, look)
    assert (result.value, result.problem) == (None, "definition changed")
    assert result.detail == (
        "cn.m1_yoy changes definition between 2023-12 (old) and 2024-01 (2025); the figure crosses it"
    )
    assert evaluate(expression, look_before).value == pytest.approx(4.6)
    assert evaluate(parse("change(cn.m1_yoy:old, 2023-12..2024-01)"), look).value == pytest.approx(4.6)


def test_the_gap_inherits_the_break_and_can_be_stored() -> None:
    gap = evaluate(parse("cn.m2_yoy - cn.m1_yoy"), look)
    assert gap.series is not None
    assert (gap.unit, gap.period, gap.series.frequency, gap.series.aggregate) == (
        "pp", "2023-01..2024-12", "M", "mean",
    )  # fmt: skip
    definitions = [each.definition for each in gap.series.observations]
    assert [a != b for a, b in pairwise(definitions)].index(True) == 11
    stored = replace(gap.series, id="cn.m2_m1_gap")
    over = evaluate(parse("stdev(cn.m2_m1_gap, 2023-06..2024-06)"), lambda name, definition: stored)
    assert over.problem == "definition changed"
    assert "2023-12 (old) and 2024-01 (2025)" in over.detail
    newest = evaluate(parse("last(cn.m2_m1_gap)"), lambda name, definition: stored)
    assert newest.value == pytest.approx(6.1)
    assert newest.period == "2024-12"


def test_a_claim_past_the_newest_figure_says_where_data_ends() -> None:
    result = evaluate(parse("mean(cn.m2_yoy, 2024-06..2026-02) < 4.8"), look)
    assert (result.holds, result.problem) == (None, "data ends")
    assert result.detail == "data ends 2024-12; the claim runs to 2026-02"
