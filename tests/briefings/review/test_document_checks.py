"""What a document's claims are checked for without a judge."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.documents.dates import Interval, interval
from briefings.documents.model import Document
from briefings.documents.parser import parse
from briefings.ledger.ledger import claims_of
from briefings.ledger.verdicts import Known, Verdict, day_of, judge
from briefings.review.document_checks import Finding, check_document, conflicts, first_date
from sources.model import Observation, Period, Series

HEAD = "---\nid: {}\nkind: briefing\ntitle: A\ndate: 2026-04\n---\n"
DATES = {"the-law": interval("2026-04-13"), "the-index": interval("2025-12"), "april": interval("2026-04")}


def document(text: str, name: str = "a") -> Document:
    parsed = parse((HEAD.format(name) + text).encode(), path=f"{name}.md", identity=name)
    assert parsed.document is not None
    assert not parsed.faults, parsed.faults
    return parsed.document


def claim(name: str = "c1", **fields: str) -> str:
    lines = [f"id: {name}", *(f"{key}: {value}" for key, value in {"says": "It is so", **fields}.items())]
    return "\n".join(["", "```claim", *lines, "```", ""])


def prediction(**fields: str) -> str:
    return claim("p1", **fields).replace("```claim", "```prediction")


def dates_of(target: str, document: str) -> Interval | None:
    return DATES.get(target)


def found(text: str, verdicts: dict[str, Verdict] | None = None) -> list[tuple[str, str]]:
    return [(each.kind, each.words) for each in check_document(document(text), verdicts or {}, dates_of)]


def judged(text: str) -> list[Finding]:
    """The findings with verdicts over a rate that changed its definition in January 2024."""
    months = (Period.parse("2023-01").shifted(number) for number in range(36))
    rate = Series("cn.rate", "%", "M", tuple(
        Observation(month, 3.0, "old" if month.first < date(2024, 1, 1) else "new") for month in months
    ))  # fmt: skip
    known = Known(lambda name, definition: rate, date(2026, 6, 1))
    made = document(text)
    verdicts = {name: judge(each, known, published=day_of(made)) for name, each in claims_of(made)}
    return check_document(made, verdicts, dates_of)


def test_a_window_that_closed_before_the_prediction_was_made() -> None:
    born_void = prediction(made="2026-04", window="..2025-12-31")
    assert found(born_void) == [("deadline", "void at birth: closed 2025-12-31, made 2026-04")]
    assert found(prediction(made="2026-04", window="..2026-12-31")) == []


@pytest.mark.parametrize(
    ("cause", "effect", "words"),
    [
        ("the-law", "the-index", ["the-index is of 2025-12-31, its cause the-law of 2026-04-13"]),
        ("the-index", "the-law", []),
        ("the-law", "april", []),
        ("april", "the-law", []),
        ("the-law", "unknown", []),
        ("the-law", "", []),
    ],
)
def test_an_effect_is_before_its_cause_only_where_every_day_of_both_says_so(
    cause: str, effect: str, words: list[str]
) -> None:
    text = claim(cause=cause, **({"effect": effect} if effect else {}))
    assert [said for _, said in found(text)] == words


def test_a_document_came_to_be_on_the_earliest_of_its_dates() -> None:
    text = (
        "---\nid: law\nkind: instrument\ntitle: L\ndates: {in_force: 2026-04-13, signed: 2026-04-07}\n---\n"
    )
    law = parse(text.encode(), path="law.md", identity="law").document
    assert law is not None
    assert first_date(law) == interval("2026-04-07")
    assert first_date(document("")) is None


def test_evidence_of_two_years_ago_is_stale() -> None:
    (finding,) = judged(claim(test="mean(cn.rate, 2024Q1) < 4"))
    assert (finding.kind, finding.item, finding.line) == ("stale evidence", "a#c1", 8)
    assert finding.words == "its newest figure is of 2024-03, 25 months before the document"
    assert str(finding.fault()).startswith("a.md:8: stale evidence: its newest figure")
    assert judged(claim(test="mean(cn.rate, 2024) < 4")) == []


def test_a_break_is_found_inside_a_claim_and_between_two_claims() -> None:
    (inside,) = judged(claim(test="mean(cn.rate, 2023-12..2025-01) < 4"))
    assert inside.kind == "definition break"
    assert "changes definition between 2023-12 (old) and 2024-01 (new)" in inside.words
    between = judged(claim(test="mean(cn.rate, 2025) < 4") + claim("c2", test="mean(cn.rate, 2023) < 4"))
    assert ("definition break", "cn.rate on the old definition, in c1 on the new one") in [
        (each.kind, each.words) for each in between
    ]


@pytest.mark.parametrize(
    ("says", "word"),
    [
        ("Capital flows at unprecedented rates", "unprecedented"),
        ("A balancing act that few economies achieve", "few economies"),
        ("MindSpore is the de facto standard", "de facto standard"),
        ("资金以前所未有的速度流入", "前所未有"),
        ("Capital flows at unprecedented rates, faster than in 2020", ""),
        ("Capital grew 40 %, which is unprecedented", ""),
        ("Capital flows", ""),
    ],
)
def test_an_absolute_needs_something_to_compare_with(says: str, word: str) -> None:
    words = f'"{word}" compares with nothing; expected a figure, a date or "than"'
    assert found(claim(says=says)) == ([("absolute", words)] if word else [])


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("We judge this unlikely (20-45 %).", []),
        ("We judge this unlikely.", []),
        ("We judge this unlikely (55-80 %).", [
            '"unlikely (55-80 %)" is not its band; expected unlikely (20-45 %)']),
        ("We judge with high confidence that it is very likely (80-95 %).", [
            '"very likely" and "high confidence" in one sentence; expected one of them']),
        ("It is very likely (80-95 %). Our confidence is high.", []),
        ('He said "very likely" with confidence.', []),
    ],
)  # fmt: skip
def test_a_likelihood_keeps_its_band_and_stands_apart_from_confidence(
    sentence: str, words: list[str]
) -> None:
    assert found(f"# A\n\n{sentence}\n") == [("likelihood", said) for said in words]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("mean(cn.rate, 2023) ~ 4.8 +- 0.2", "mean(cn.rate, 2023)  ~  7.8 +- 0.1",
            ["mean(cn.rate, 2023) is 7.8 here, 4.8 in a#c1"]),
        ("mean(cn.rate, 2023) ~ 4.8 +- 0.2", "mean(cn.rate, 2023) > 6",
            ["mean(cn.rate, 2023) is > 6 here, 4.8 in a#c1"]),
        ("mean(cn.rate, 2023) ~ 4.8 +- 0.2", "mean(cn.rate, 2023) ~ 5 +- 0.1", []),
        ("mean(cn.rate, 2023) ~ 4.8 +- 0.2", "mean(cn.rate, 2024) ~ 7.8 +- 0.1", []),
        ("mean(cn.rate, 2023) ~ 4.8 +- 0.2", "max(cn.rate, 2023) ~ 7.8 +- 0.1", []),
        ("last(cn.rate) ~ 4.8 +- 0.2", "last(cn.rate) ~ 7.8 +- 0.1", []),
        ("mean(cn.rate, last 3) ~ 4.8 +- 0.2", "mean(cn.rate, last 3) ~ 7.8 +- 0.1", []),
        ("growth(1, 2) ~ 100 +- 1", "growth(1, 2) ~ 50 +- 1", []),
        ("mean(cn.rate", "mean(cn.rate", []),
    ],
)  # fmt: skip
def test_two_documents_that_state_different_numbers_for_one_figure_conflict(
    one: str, other: str, words: list[str]
) -> None:
    pair = document(claim(test=one)), document(claim(test=other), "b")
    assert [each.words for each in conflicts(pair)] == words
    assert all(each.item == "b#c1" for each in conflicts(pair))


def test_one_document_does_not_conflict_with_itself() -> None:
    four = claim("c1", test="mean(cn.rate, 2023) ~ 4 +- 0.1")
    seven = claim("c2", test="mean(cn.rate, 2023) ~ 7 +- 0.1")
    assert conflicts([document(four + seven)]) == []
