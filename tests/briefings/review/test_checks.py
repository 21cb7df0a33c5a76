"""What the checks warn of, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.model import Document, Item
from briefings.documents.parser import parse
from briefings.review import checks
from sources.limits import FAULTS_PER_FILE

ITEMS = {
    "acme": Item("acme", "entity", "acme", "Acme"),
    "c10": Item("brief#c10", "claim", "brief", "a claim"),
}


def resolve(target: str, document: str) -> Item | None:
    return ITEMS.get(target.lstrip("#"))


def nearest(target: str) -> Item | None:
    return ITEMS["acme"] if target.startswith("acm") else None


def document(text: str, head: str = "kind: briefing\ntitle: T\n", path: str = "t.md") -> Document:
    parsed = parse(f"---\n{head}---\n{text}".encode(), path=path)
    assert parsed.document is not None
    assert parsed.faults == ()
    return parsed.document


def bare(text: str) -> list[str]:
    return [fault.message.split('"')[1] for fault in checks.bare_numbers(document(text), resolve)]


def test_a_dangling_link_is_named_with_its_line_and_the_nearest_item() -> None:
    text = "First line\nof a paragraph, [[acme]] and\n[[acmee|it]].\n\n| a |\n|---|\n| b |\n| [[zzz]] |\n"
    lines = ("---\nkind: briefing\ntitle: T\n---\n" + text).split("\n")
    exact = checks.dangling_links(document(text), resolve, nearest, lambda path: lines)
    assert [str(fault) for fault in exact] == [
        't.md:7: no item "acmee"; nearest: acme',
        't.md:12: no item "zzz"',
    ]
    assert {fault.severity for fault in exact} == {"warning"}
    assert [fault.line for fault in checks.dangling_links(document(text), resolve, nearest)] == [5, 9]


def test_a_name_in_a_field_is_named_where_it_stands_as_a_value() -> None:
    text = "```claim\nid: k\nsays: zzz did it, says zzz\nabout: [acme, zzz]\ncause: yyy\n```\n"
    lines = ("---\nkind: briefing\ntitle: T\n---\n" + text).split("\n")
    faults = checks.dangling_links(document(text), resolve, nearest, lambda path: lines)
    assert [str(fault) for fault in faults] == ['t.md:8: no item "zzz"', 't.md:9: no item "yyy"']


def test_links_in_front_matter_are_looked_at_and_indicators_are_not() -> None:
    made = document("[[cn.m2_yoy]]\n", "kind: instrument\ntitle: T\nissuer: zzz\n")
    assert [fault.message for fault in checks.dangling_links(made, resolve, nearest)] == ['no item "zzz"']


def test_a_name_shared_by_two_documents_is_told_of_the_later_one() -> None:
    first = document("", "kind: entity\nid: a\ntitle: A\naliases: [Big Blue]\n", "a.md")
    second = document("", "kind: entity\nid: b\ntitle: B\naliases: [BIG  blue]\n", "b.md")
    faults = checks.shared_names([first, second])
    assert [(fault.path, fault.severity) for fault in faults] == [("b.md", "warning")]
    assert "a.md" in faults[0].message
    assert checks.shared_names([first]) == []


@pytest.mark.parametrize(
    "text",
    [
        "41 % of cards {{ last(x.y) }}",
        "41 % of cards ([IDC](https://example.org))",
        "41 % of cards[^1]\n\n[^1]: IDC\n",
        "41 % of cards ([[#c10]])",
        "The article puts it at 41 %",
        "41 %, we judge",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nThe figures are the article's.\n",
        "| a | b |\n|---|---|\n| 1 | {{ last(x.y) }} |\n",
        "3. An ordinal\n4. Another\n",
        "# 12 angry men",
        "Written as `41`",
        "[[acme|Acme 300]]",
    ],
)
def test_a_number_with_a_source_is_at_home(text: str) -> None:
    assert bare(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("41 % of cards", "41"),
        ("- 1,234.5 points [[acme]]", "1,234.5"),
        ("| a | b |\n|---|---|\n| x | 7 |\n\nA caption.\n", "7"),
        ("In 20 articles", "20"),
    ],
)
def test_a_number_from_nowhere_is_named(text: str, number: str) -> None:
    assert bare(text) == [number]


def test_a_statement_needs_a_test_or_evidence_for_the_numbers_of_its_note() -> None:
    block = "```prediction\nid: p3\nsays: More than 70 % will\nnote: {note}\n```\n"
    assert bare(block.replace("{note}", "at least 3 funds")) == ["3"]
    assert bare(block.replace("{note}", "no date")) == []
    assert bare("```claim\nid: c1\nsays: S\ntest: last(x.y) > 3\nnote: about 3\n```\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "2026, 2026-04, 2026-04-13, 13 April 2026, 2 May, October 2024, March 9",
        "2024 Q1 and 2024Q1, 2008 to 2023, the 1990s, the 20th",
        "2026年4月13日 第835号 第12条",
        "Decree 835, Art. 9, No. 835, Article 12, articles 4 to 6, Articles 8, 9 and 11",
        "M1, M2, 7nm, 7 nm, 5Y, C10, GPT-4, 910B",
        "Tech 100, CSI 300, S&P 500, MagicOS 10",
        "as said [2]",
    ],
)
def test_dates_and_names_are_no_figures(text: str) -> None:
    assert checks.figures_in(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("CNY 84 million and USD 5", ["84", "5"]),
        ("4.8pp, 3bn", ["4.8", "3"]),
        ("2,026 cases, 2019.5 points, 20-45 %", ["2,026", "2019.5", "20", "45"]),
        ("5 of 7 firms in 2024", ["5", "7"]),
    ],
)
def test_amounts_are_figures(text: str, numbers: list[str]) -> None:
    assert checks.figures_in(text) == numbers


@given(st.text(alphabet="abM1290 .,%-月年()[]Q", max_size=60))
def test_a_figure_found_stands_in_the_text(text: str) -> None:
    assert all(number in text for number in checks.figures_in(text))


@given(st.integers(0, 999), st.sampled_from([" %", " points", "bn", " percent of it"]))
def test_a_small_number_with_a_unit_is_always_a_figure(number: int, unit: str) -> None:
    assert checks.figures_in(f"it was {number}{unit}") == [str(number)]


def test_a_text_of_thousands_of_dangling_links_is_told_of_a_hundred_times() -> None:
    asked: list[str] = []
    made = document("".join(f"- [[t{number}]]\n" for number in range(5_000)))
    faults = checks.dangling_links(made, resolve, asked.append)
    assert len(faults) == FAULTS_PER_FILE
    assert faults[-1].message == "more faults follow; mend those above first"
    assert [fault.line for fault in faults] == list(range(5, 105))
    assert len(asked) == FAULTS_PER_FILE + 1
