"""`briefing provenance` and `briefing series --vintages`, over the figures that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources.text import clean
from tests.tui.commanding import Cli

ROOT = Path(__file__).parents[3]


def test_a_period_is_listed_in_both_definitions(cli: Cli) -> None:
    result = cli("series", "cn.m1_yoy", "--vintages", "--period", "2024-09")
    lines = [line.split() for line in result.out.splitlines()]
    assert ["2024-09", "-7.4", "2024-10-15", "by", "calendar", "old"] in lines
    assert ["2024-09", "-3.3", "2025-02-14", "published", "2025"] in lines
    assert ["2024-09", "-7.4", "-3.3", "+4.1"] in lines
    assert "No history before 2025-02-14." in result.out
    assert "client reserves" in result.out


def test_vintages_as_json_carry_every_value_and_its_day(cli: Cli) -> None:
    envelope = cli("series", "cn.m1_yoy", "cn.m2_m1_gap", "--vintages", "--json").envelope
    assert envelope["schema"] == "briefing/vintages/1"
    m1, gap = envelope["data"]
    assert len(m1["prints"]) == 236
    assert len(m1["pairs"]) == 12
    assert m1["since"] == "2025-02-14"
    assert m1["revised"] == []  # a back-cast in another definition revises nothing
    assert (gap["prints"], gap["parts"]) == ([], ["cn.m2_yoy", "cn.m1_yoy"])


@pytest.mark.parametrize("day", ["2023-06-30", "2025-01-31", "2025-02-14", "2026-04-20"])
def test_nothing_later_than_the_day_is_told(cli: Cli, day: str) -> None:
    (m1,) = cli("series", "cn.m1_yoy", "--vintages", "--as-of", day, "--json").data
    assert m1["prints"]
    assert all(each["vintage"][:10] <= day for each in m1["prints"])
    assert (m1["since"] or "") <= day
    assert bool(m1["pairs"]) is (day >= "2025-02-14")
    assert [each["id"] for each in m1["definitions"]] == ["old", "2025"][: 1 + (day >= "2025-02-14")]


def test_a_figure_is_traced_to_its_parts(cli: Cli) -> None:
    result = cli("provenance", "cn.m2_m1_gap@2023-12")
    assert "Computed  cn.m2_yoy 9.7 - cn.m1_yoy 1.3" in result.out
    assert "To cite: M2 minus M1 growth 8.4 pp, 2023-12, PBOC by" in result.out
    record = cli("provenance", "cn.m2_m1_gap@2023-12", "--json").data
    assert [each["figure"] for each in record["facts"] if each["figure"]] == [
        "cn.m2_yoy@2023-12",
        "cn.m1_yoy@2023-12",
    ]


@pytest.mark.parametrize("day", ["2024-03-31", "2025-02-14", "2026-08-20"])
def test_a_figure_as_of_a_day_is_traced_to_what_was_known_then(cli: Cli, day: str) -> None:
    envelope = cli("provenance", "cn.m1_yoy@2024-01", "--as-of", day, "--json").envelope
    assert envelope["as_of"] == day
    record = envelope["data"]
    assert record["says"].startswith("5.9" if day < "2025-02-14" else "3.3")
    told = " ".join(each["text"] for each in record["facts"] if each["label"] != "Counts")
    days = [word.strip(",;") for word in told.split() if word[:2] == "20" and len(word.strip(",;")) == 10]
    assert days
    assert all(each <= day for each in days)


def test_an_expression_and_a_claim_name_all_that_they_rest_on(cli: Cli) -> None:
    expression = cli("provenance", "mean(cn.m2_m1_gap, 2023)", "--json").data
    claim = cli("provenance", "c10", "--json").data
    assert len(expression["made_of"]) == 12
    assert claim["made_of"] == expression["made_of"]
    assert claim["figure"] == "china-legal-shield#c10"
    assert {"label": "Publisher", "text": "AINews", "address": "", "figure": ""} in claim["facts"]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["provenance", "nothing"], 'no figure "nothing"; expected'),
        (["provenance", "china-legal-shield"], 'no figure "china-legal-shield"'),
        (["provenance", "\x1b[31m"], "no figure"),
        (["series", "cn.m1_yoy", "--period", "2024-01"], "--period needs --vintages"),
        (["series", "cn.m1_yoy", "--vintages", "--csv"], "--vintages takes neither --csv nor --last"),
        (["series", "cn.m1_yoy", "--vintages", "--period", "2024-1"], "expected 2023, 2024Q1"),
        (["series", "cn.m1", "--vintages"], 'no indicator "cn.m1"'),
    ],
)
def test_wrong_use_is_one_line(cli: Cli, argv: list[str], words: str) -> None:
    result = cli(*argv)
    assert result.status == 2
    assert result.err.count("\n") == 1
    assert clean(result.err) == result.err
    assert words in result.err
