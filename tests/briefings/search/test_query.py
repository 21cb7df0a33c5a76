"""The language of searches: what is read, what is refused, and what it means for an item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.search.completing import completion
from briefings.search.query import VALUES, Facts, Query, QueryError, Term, matches, parse, without_filters

CLAIM = Facts(
    "claim",
    "C20 Huawei and iFlytek 华为与科大讯飞 by M2 policies of 2023",
    topics=("key-players",),
    verdict="in part",
    stale=True,
    date="2026-04",
    source="People's Bank of China\npboc",
    document="china-legal-shield\nChina: legal shield",
)

ANYTHING = st.text(
    st.one_of(
        st.sampled_from(list(' ":-：＂－ＯＲ OR“”「」。kindtopcverdateso\u3000法制ab1')),
        st.characters(),
    ),
    max_size=60,
)


def found(text: str, facts: Facts = CLAIM) -> bool:
    return matches(parse(text), facts)


def reading(text: str) -> Query | None:
    """The query that a text is; None for what is refused."""
    try:
        return parse(text)
    except QueryError:
        return None


@given(ANYTHING)
def test_any_text_is_refused_or_read_as_groups_of_words_and_known_keys(text: str) -> None:
    query = reading(text)
    if query is not None:
        assert all(query.groups)
        assert {term.key for group in query.groups for term in group} <= {"", *VALUES}
        assert matches(query, CLAIM) in (True, False)


def test_the_query_of_the_manual() -> None:
    text = 'huawei verdict:contradicted -stale:yes date:2026-03.. "exact words" -word OR 制裁'
    assert parse(text).groups == (
        (
            Term("huawei"),
            Term("contradicted", "verdict"),
            Term("yes", "stale", negated=True),
            Term("2026-03..", "date"),
            Term("exact words", exact=True),
            Term("word", negated=True),
        ),
        (Term("制裁"),),
    )


@pytest.mark.parametrize(
    "text",
    ["huawei", "HUAWEI iflytek", "hua", "policies", "M2", "华", "科大", '"huawei and iflytek"', "kind:claim",
     "kind:cl", "topic:key-players", 'verdict:"in part"', "verdict:in-part", "-verdict:supported",
     "stale:yes", "date:2026", "date:2026-03..", "date:..2026-05", "source:pboc", 'source:"bank of china"',
     "in:legal",
     "nothing OR huawei", "OR huawei OR", "huawei -samsung", "ｋｉｎｄ：ｃｌａｉｍ", "“huawei and”",
     '"huawei and'],
)  # fmt: skip
def test_a_query_finds_what_all_terms_of_a_group_hold_for(text: str) -> None:
    assert found(text)


def test_a_plural_finds_the_singular_and_a_beginning_finds_the_whole() -> None:
    sheet = Facts("note", "The policy on a spread of 4.8")
    assert all(found(word, sheet) for word in ("policies", "spreads", "spr", "4.8"))
    assert not any(found(word, sheet) for word in ('"spr"', "spreading", "4.9", '"policies"'))


@pytest.mark.parametrize(
    "text",
    ["-huawei", "kind:note", "topic:risks", "stale:no", "date:2025", "date:2026-04-02..", "source:imf",
     "huawei nothing", "-kind:claim OR -topic:key-players", "state:open", "大科", '"iflytek and"',
     "m", '"hua"'],
)  # fmt: skip
def test_a_query_leaves_what_a_term_does_not_hold_for(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kidn:claim", 'no key "kidn"; nearest: kind'),
        ("verd:x", "nearest: verdict"),
        ("https://example.org", 'text with a colon is quoted: "https://example.org"'),
        ("kind:clam", 'no kind "clam"; nearest: claim'),
        ("verdict:", "verdict: needs a value: contradicted,"),
        ("date:2026-13", 'date "2026-13" is no date'),
        ("date:..", "names no date"),
        ("x" * 501, "at most 500 characters"),
        ("a " * 41, "at most 40 terms"),
    ],
)
def test_what_is_refused_says_what_was_expected(text: str, words: str) -> None:
    with pytest.raises(QueryError) as error:
        parse(text)
    assert words in str(error.value)


def test_a_colon_in_quotes_is_text() -> None:
    assert parse('"https://example.org/a"') == Query(((Term("https://example.org/a", exact=True),),))
    assert found('"see: huawei"', Facts("note", "See: Huawei"))


def test_words_are_left_when_filters_go() -> None:
    assert without_filters(parse("huawei kind:claim OR -x OR stale:yes")) == parse("huawei")


@pytest.mark.parametrize(
    ("before", "start", "choices"),
    [
        ("huawei ver", 7, ("verdict:",)),
        ("s", 0, ("state:", "stale:", "source:")),
        ("kind:cl", 0, ("kind:claim ",)),
        ("-kind:cl", 1, ("kind:claim ",)),
        ('x verdict:"in', 2, ('verdict:"in part" ',)),
        ("source:pb", 0, ("source:PBOC ",)),
        ("zzz", 0, ()),
        ("zzz:a", 0, ()),
        ('"quoted ver', 8, ("verdict:",)),
    ],
)
def test_what_is_typed_is_completed_to_a_key_or_one_of_its_values(
    before: str, start: int, choices: tuple[str, ...]
) -> None:
    done = completion(before, {"source": ("PBOC", "World Bank")})
    assert (done.start, done.choices) == (start, choices)


@given(ANYTHING)
def test_completing_never_fails(text: str) -> None:
    assert 0 <= completion(text, {}).start <= len(text)
