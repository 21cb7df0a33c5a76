"""Verdicts: from a claim and the figures known then and now to a word, with the arithmetic behind it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.documents.dates import interval
from briefings.documents.model import Briefed, Document, Link, Span, Statement
from briefings.documents.statements import VERDICTS
from briefings.ledger.moments import alike_until
from briefings.ledger.verdicts import Answers, Known, Verdict, aged, day_of, judge
from briefings.ledger.words import ASCII, GLYPHS, WORDS
from sources.model import Observation, Period, Series
from tests.sources.expressions.test_hostile import CORPUS

TODAY = date(2024, 6, 15)
PUBLISHED = interval("2024-02")
CITED = (Span("a report", link=Link("url", "https://example.org/")),)


def monthly(values: str, start: str = "2023-01", unit: str = "%", definition: str = "1") -> Series:
    first = Period.parse(start)
    seen = datetime(2024, 1, 31, tzinfo=UTC)
    observations = tuple(
        Observation(first.shifted(number), float(value), definition, seen)
        for number, value in enumerate(values.split())
    )
    return Series("cn.rate", unit, "M", observations, "mean")


def known(series: Series | None, day: date = TODAY) -> Known:
    return Known(lambda name, definition: series if name == "cn.rate" else None, day)


def claim(test: str = "", **fields: str) -> Statement:
    return Statement("c1", "it is so", test=test, **fields)  # type: ignore[arg-type]


def judged(verdict: str, on: str = "2024-03-01", evidence: tuple[Span, ...] = CITED) -> Statement:
    said = (("verdict", verdict), ("because", "it was read"), ("on", on))
    return Statement("c1", "it is so", judged=said, evidence=evidence)


NOW = monthly("2 4 6 8")


@pytest.mark.parametrize(
    ("test", "word"),
    [
        ("mean(cn.rate, 2023-01..2023-04) ~ 5 +- 0.1", "supported"),
        ("mean(cn.rate, 2023-01..2023-04) ~ 5.15 +- 0.1", "close"),
        ("mean(cn.rate, 2023-01..2023-04) ~ 5.2 +- 0.1", "contradicted"),
        ("max(cn.rate, 2023-01..2023-04) > 8", "contradicted"),
        ("max(cn.rate, 2023-01..2023-04) >= 8", "supported"),
        ("mean(cn.rate, 2023) ~ 5 +- 0.1", "data ends"),
        ("mean(cn.rate, 2022-01..2023-01) < 5", "data ends"),
        ("mean(cn.other, 2023) < 5", "no data"),
        ("mean(cn.rate, 2023-01..2023-04) ~ 5 pp +- 0.1", "untestable"),
        ("mean(cn.rate, 2023-01..2023-04)", "untestable"),
        ("mean(cn.rate", "untestable"),
        ("growth(cn.rate, 2023Q5) > 1", "untestable"),
        ("1 < 2", "untestable"),
        ("__import__('os').system('true')", "untestable"),
    ],
)
def test_a_test_gives_one_word(test: str, word: str) -> None:
    verdict = judge(claim(test), known(NOW))
    assert (verdict.method, verdict.word) == ("tested", word)
    assert verdict.now.why or word in ("supported", "close", "contradicted")


def test_the_numbers_of_a_verdict_can_be_recomputed_from_it() -> None:
    now = judge(claim("mean(cn.rate, 2023-01..2023-04) ~ 4.8 +- 0.1"), known(NOW)).now
    assert (now.measured, now.sign, now.stated, now.tolerance, now.unit) == (5.0, "~", 4.8, 0.1, "%")
    values = [each.value for _, each in now.used]
    assert sum(values) / len(values) == now.measured
    assert {str(each.vintage) for _, each in now.used} == {"2024-01-31 00:00:00+00:00"}
    assert now.steps[-1].endswith("misses it by 0.1")


def test_of_several_comparisons_the_one_that_fails_is_shown() -> None:
    now = judge(
        claim("min(cn.rate, 2023-01..2023-04) > 1 and max(cn.rate, 2023-01..2023-04) < 7"), known(NOW)
    )
    assert (now.word, now.now.measured, now.now.stated) == ("contradicted", 8.0, 7.0)


def test_a_period_over_a_break_has_no_number() -> None:
    old, new = monthly("2 4", definition="old"), monthly("6 8", "2023-03", definition="new")
    series = Series("cn.rate", "%", "M", (*old.observations, *new.observations), "mean")
    verdict = judge(claim("mean(cn.rate, 2023-01..2023-04) < 9"), known(series))
    assert (verdict.word, verdict.now.measured) == ("definition changed", None)
    assert "between 2023-02 (old) and 2023-03 (new)" in verdict.now.why


def test_a_series_that_the_catalogue_lacks_makes_a_claim_untestable() -> None:
    verdict = judge(claim("mean(cn.rate, 2023) < 9"), known(None), is_known=lambda name: False)
    assert (verdict.word, verdict.now.why) == ("untestable", 'no series "cn.rate" in the catalogue')


def test_arithmetic_on_cells_needs_the_place_of_the_cells() -> None:
    assert judge(claim("growth(12.4, 18.7) ~ 51 +- 0.5"), known(None)).word == "untestable"
    assert (
        judge(claim("growth(12.4, 18.7) ~ 51 +- 0.5", where="table 2, row 1"), known(None)).word
        == "supported"
    )


# ---------------------------------------------------------------------- then and now


def test_a_revision_makes_two_words() -> None:
    then = known(monthly("2 4 6 7"), PUBLISHED.last)
    verdict = judge(claim("last(cn.rate, ..2023-04) < 8"), known(NOW), then, PUBLISHED)
    assert (verdict.word, verdict.said) == ("contradicted", "supported then, contradicted now")
    assert judge(claim("last(cn.rate, ..2023-04) > 1"), known(NOW), then, PUBLISHED).said == "supported"


def test_the_last_three_are_counted_back_from_what_the_document_could_know() -> None:
    then = known(monthly("2 4 6"), PUBLISHED.last)
    verdict = judge(claim("mean(cn.rate, last 3) ~ 4 +- 0.1"), known(NOW), then, PUBLISHED)
    assert (verdict.said, verdict.now.period) == ("supported", "2023-01..2023-03")


def test_evidence_is_as_old_as_its_newest_figure() -> None:
    verdict = judge(claim("min(cn.rate, 2023-01..2023-02) < 9"), known(NOW), published=PUBLISHED)
    assert (str(verdict.now.newest), verdict.age) == ("2023-02", 12)
    assert aged(verdict) == "newest figure 2023-02, 12 months before the document"


@pytest.mark.parametrize(
    ("day", "words"),
    [("2023-01", "1 month after"), ("2023-02", "0 months before"), ("2023-03", "1 month before")],
)
def test_evidence_younger_than_the_document_is_said_to_be(day: str, words: str) -> None:
    verdict = judge(claim("value(cn.rate, 2023-02) < 9"), known(NOW), published=interval(day))
    assert aged(verdict) == f"newest figure 2023-02, {words} the document"


def test_what_rests_on_no_figure_has_no_age() -> None:
    assert aged(judge(judged("supported"), known(None), published=PUBLISHED)) == ""


@pytest.mark.parametrize(
    ("test", "mark", "is_open"),
    [
        ("mean(cn.rate, 2023-01..2023-03) > 9", "✗", False),
        ("last(cn.rate) > 9", "✗", True),
        ("max(cn.rate, 2023-02..) > 9", "✗", True),
        ("mean(cn.rate, 2023) > 9", "⊣", True),
        ("mean(cn.rate, 2022-01..2023-01) > 9", "⊣", False),
    ],
)
def test_a_verdict_that_newer_figures_could_change_says_so(test: str, mark: str, is_open: bool) -> None:
    verdict = judge(claim(test), known(NOW))
    assert (verdict.mark, verdict.is_open) == (mark, is_open)


@pytest.mark.parametrize(
    ("briefed", "date", "days"),
    [("2026-04", "2026-11-23", "2026-04"), ("", "2026-11-23", "2026-11-23"), ("", "", "")],
)
def test_a_briefing_is_judged_by_the_date_of_what_it_briefs_on(briefed: str, date: str, days: str) -> None:
    document = Document("a", "briefing", "A", date=date, briefs=Briefed(published=briefed))
    assert day_of(document) == (interval(days) if days else None)


# ---------------------------------------------------------------------- judged


def test_a_judgement_is_marked_as_one() -> None:
    verdict = judge(judged("contradicted"), known(None))
    assert (verdict.method, verdict.mark, verdict.now.why, verdict.on) == (
        "judged", "✗j", "it was read", "2024-03-01",
    )  # fmt: skip


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_judgement_without_a_citation_or_a_day_is_unsourced(verdict: str) -> None:
    assert judge(judged(verdict), known(None)).word == verdict
    assert judge(judged(verdict, evidence=()), known(None)).word == "unsourced"
    assert judge(judged(verdict, evidence=(Span("hearsay"),)), known(None)).word == "unsourced"
    assert judge(judged(verdict, on=""), known(None)).word == "unsourced"


def test_a_claim_that_nobody_looked_at_is_untestable() -> None:
    assert judge(claim(), known(NOW)).now.why == "no test is written, and nobody has judged it"


def test_every_word_has_a_narrow_glyph() -> None:
    assert set(GLYPHS) == set(WORDS)
    assert set(GLYPHS.values()) <= set(ASCII)
    assert all(east_asian_width(glyph) in ("N", "Na") for glyph in ASCII)


# ---------------------------------------------------------------------- rules for any claim

WINDOWS = st.sampled_from(["2023", "2023Q1", "2023-01..2023-03", "last 2", "2023-02..", "..2023-03", "2022"])
FUNCTIONS = st.sampled_from(
    ["mean", "min", "max", "last", "range", "growth", "stdev", "percentile", "nothing"]
)
SIDES = st.builds("{}(cn.{}, {})".format, FUNCTIONS, st.sampled_from(["rate", "other"]), WINDOWS)
ENDS = st.sampled_from(["~ 4 +- 1", "< 4", ">= 4", "", "< 4 pp", "~ 4"])
TESTS = st.builds("{} {}".format, SIDES | st.just("1"), ENDS) | st.text(max_size=30)
SERIES = st.lists(st.floats(-20, 20), max_size=16).map(lambda values: monthly(" ".join(map(str, values))))
STATEMENTS = st.builds(claim, TESTS) | st.builds(
    judged, st.sampled_from([*VERDICTS, "close", "", "true"]), st.sampled_from(["", "2024"]),
    st.sampled_from([(), CITED]),
)  # fmt: skip


def rests_on_something(verdict: Verdict) -> bool:
    if verdict.method == "judged":
        return bool(verdict.on) and any(span.link for span in verdict.evidence)
    return bool(verdict.now.used) and bool(verdict.now.steps)


@given(st.lists(STATEMENTS, max_size=6), SERIES, SERIES)
def test_the_same_claims_get_the_same_verdicts_in_any_order(
    claims: list[Statement], now: Series, then: Series
) -> None:
    def verdicts(statements: list[Statement]) -> list[Verdict]:
        return [judge(each, known(now), known(then, PUBLISHED.last), PUBLISHED) for each in statements]

    assert verdicts(claims) == verdicts(claims[::-1])[::-1]


@given(st.lists(st.tuples(STATEMENTS, st.booleans(), st.booleans()), max_size=8), SERIES, SERIES)
def test_claims_that_share_answers_get_the_verdicts_they_get_alone(
    claims: list[tuple[Statement, bool, bool]], now: Series, before: Series
) -> None:
    answers: Answers = {}
    for statement, explains, is_dated in [*claims, *claims]:
        then = known(before, PUBLISHED.last) if is_dated else None
        alone = judge(statement, known(now), then, PUBLISHED, explains=explains)
        assert alone == judge(statement, known(now), then, PUBLISHED, explains=explains, answers=answers)


def test_a_test_that_many_claims_share_is_looked_up_once() -> None:
    asked: list[str] = []

    def look(name: str, definition: str) -> Series:
        asked.append(name)
        return NOW

    answers: Answers = {}
    statement = claim("min(cn.rate, 2023-01..2023-04) > 1")
    first = judge(statement, Known(look, TODAY), answers=answers)
    asked.clear()
    assert judge(statement, Known(look, TODAY), answers=answers) == first
    assert not asked


PERIODS = st.sampled_from(["2023-01..2023-02", "2023-02..2023-05", "2023Q1", "2023", "..2023-03", "last 3"])
CLOSED = st.builds("{}(cn.rate, {}) > 4".format, FUNCTIONS, PERIODS)
VALUES = st.lists(st.integers(-9, 9), max_size=14)


@given(CLOSED, VALUES, VALUES, st.integers(0, 14), st.sampled_from(["2023-03", "2023-06", "2024-02"]))
def test_what_was_known_just_as_it_is_now_gives_the_same_outcome_as_evaluating_it(
    test: str, now: list[int], other: list[int], common: int, published: str
) -> None:
    new, old = (monthly(" ".join(map(str, values))) for values in (now, now[:common] + other))
    last = alike_until(old, new)
    then = known(old, interval(published).last)
    told = judge(claim(test), known(new), then._replace(shared=lambda name, definition: last))
    assert told == judge(claim(test), known(new), then)


@given(STATEMENTS, SERIES)
def test_nothing_is_supported_without_figures_or_a_dated_citation(statement: Statement, now: Series) -> None:
    verdict = judge(statement, known(now), published=PUBLISHED)
    assert verdict.word in WORDS
    assert verdict.word not in ("supported", "close", "contradicted") or rests_on_something(verdict)


@pytest.mark.parametrize("test", CORPUS, ids=range(len(CORPUS)))
def test_a_claim_with_a_hostile_test_gets_a_verdict(test: str) -> None:
    statement = claim(test)
    verdict = judge(statement, known(monthly("1 2 3")), published=PUBLISHED)
    assert verdict.word in WORDS
    assert verdict == judge(statement, known(monthly("1 2 3")), published=PUBLISHED)
    silent = judge(statement, known(monthly("1 2 3")), published=PUBLISHED, explains=False)
    assert silent == verdict._replace(now=verdict.now._replace(steps=()))
