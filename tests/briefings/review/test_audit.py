"""Tables recomputed from their own cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.parser import parse
from briefings.review.audit import Audited, audit, number_in

INVESTMENT = """
| Sector | 2022 Investment (USD Bn) | 2023 Investment (USD Bn) | Growth % | Focus |
|---|---|---|---|---|
| Chips | 12.4 | 18.7 | +51% | packaging |
| Software | 8.1 | 13.2 | +63% | tools |
| Hardware | 5.6 | 9.3 | +66% | sensors |
| Biotech | 14.2 | 15.8 | +11% | (slower but stable) |
"""


def audited(table: str) -> list[Audited]:
    document = parse(f"A table.\n\n{table}".encode(), path="a.md", identity="a").document
    assert document is not None
    return audit(document)


def wrong(table: str) -> list[str]:
    return [str(found) for found in audited(table) if not found.holds]


def test_the_four_growth_cells_of_the_article_come_out_right() -> None:
    found = audited(INVESTMENT)
    assert [(each.kind, each.holds, each.row) for each in found] == [
        ("growth", True, "Chips"), ("growth", True, "Software"),
        ("growth", True, "Hardware"), ("growth", True, "Biotech"),
    ]  # fmt: skip
    assert found[0].words == "18.7 / 12.4 - 1 = 50.8 %, stated +51%: holds"


def test_a_wrong_growth_cell_is_named() -> None:
    assert wrong(INVESTMENT.replace("+63%", "+36%")) == [
        'row "Software", column "Growth %": 13.2 / 8.1 - 1 = 63 %, stated +36%: does not hold'
    ]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("|x|2022|2023|change|\n|-|-|-|-|\n|a|4.8 %|4.6 %|-0.2 pp|\n", []),
        ("|x|2022|2023|change|\n|-|-|-|-|\n|a|4.8|4.6|+0.2|\n", [
            'row "a", column "change": 4.6 - 4.8 = -0.2, stated +0.2: does not hold']),
        ("|x|2023|2022|growth|\n|-|-|-|-|\n|a|20|10|100 %|\n", []),
        ("|x|cars 2022|ships 2023|growth|\n|-|-|-|-|\n|a|10|90|5 %|\n", []),
        ("|x|n|\n|-|-|\n|a|1,200|\n|b|300|\n|Total|1,500|\n", []),
        ("|x|n|\n|-|-|\n|a|1,200|\n|b|300|\n|Total|1,600|\n", [
            'row "Total", column "n": 1200 + 300 = 1500, stated 1,600: does not hold']),
        ("|x|n|share|\n|-|-|-|\n|a|30|60 %|\n|b|20|45 %|\n|Total|50|100 %|\n", [
            'row "Total", column "share": 60 + 45 = 105, stated 100 %: does not hold',
            'row "b", column "share": 20 / 50 = 40 %, stated 45 %: does not hold']),
        ("|x|share|\n|-|-|\n|a|60 %|\n|b|30 %|\n", []),
        ("|x|share|\n|-|-|\n|a|60 %|\n|b|70 %|\n", [
            'row "all", column "share": the shares add up to 130 %']),
        ("|x|share|\n|-|-|\n|a|-4 %|\n|b|70 %|\n", [
            'row "a", column "share": a share of -4 % lies outside 0 to 100 %']),
        ("|x|v|\n|-|-|\n|a|3 %|\n|b|4 %|\n|c|5 pp|\n", [
            'row "c", column "v": unit pp; the column has %']),
        ("|x|v|\n|-|-|\n|a (%)|3|\n|b (%)|4|\n|c (pp)|5 pp|\n", []),
        ("|x|chance|\n|-|-|\n|a|45-20 %|\n|b|20-45 %|\n", [
            'row "a", column "chance": the range 45-20 % runs backwards']),
        ("|x|v|w|\n|-|-|-|\n|a|3|1|\n|b|4|-|\n|c|soon|2|\n", [
            'row "c", column "v": words in a column of numbers']),
        ("|x|2023|10-Month Trend|\n|-|-|-|\n|a|3|stable|\n|b|4|rising|\n", [
            'row "all", column "10-Month Trend": words, no numbers']),
    ],
)  # fmt: skip
def test_what_does_not_add_up_names_its_cell(table: str, words: list[str]) -> None:
    assert wrong(table) == words


def test_cells_with_figures_of_ours_are_left_alone() -> None:
    assert wrong("|x|2022|2023|growth|\n|-|-|-|-|\n|a|10|20|{{ last(cn.m2_yoy) }}|\n") == []


@pytest.mark.parametrize(
    ("text", "value", "half", "unit"),
    [
        ("+51 %", 51, 0.5, "%"), ("−1.25 pp", -1.25, 0.005, "pp"), ("US$1,234.5 bn", 1234.5, 0.05, "bn"),
        ("7", 7, 0.5, ""),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_printed(text: str, value: float, half: float, unit: str) -> None:
    number = number_in(text)
    assert number
    assert (number.value, round(number.half, 9), number.unit) == (value, half, unit)


@pytest.mark.parametrize(
    "text", ["", "-", "soon", "20-45 %", "M1", "12 of 13", "1.2.3", "1,23", "nan", "1e5"]
)
def test_what_is_no_plain_number_is_not_read_as_one(text: str) -> None:
    assert number_in(text) is None


TENTHS = st.integers(1, 10_000).map(lambda tenths: tenths / 10)


@given(TENTHS, TENTHS)
def test_growth_that_was_rounded_from_its_cells_always_holds(old: float, new: float) -> None:
    growth = f"{(new / old - 1) * 100:+.0f} %"
    found = audited(f"|x|2022|2023|growth|\n|-|-|-|-|\n|a|{old}|{new}|{growth}|\n")
    assert [each.holds for each in found if each.kind == "growth"] == [True]


@given(st.text(alphabet="|-0123456789.%+x :\n", max_size=80))
def test_any_table_can_be_audited(text: str) -> None:
    audited(f"|a|2022|2023|growth|share|\n|-|-|-|-|-|\n|{text}|\n")
