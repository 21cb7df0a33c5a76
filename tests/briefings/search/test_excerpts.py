"""The sentence around what was looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.search.excerpts import CUT, best_line, sentence, split
from briefings.search.query import parse
from briefings.search.tokens import jointed, pattern, unjointed, wanted

PIECES = st.lists(st.tuples(st.text(max_size=80), st.booleans()), min_size=1, max_size=8).map(tuple)


def test_the_line_with_most_different_words_and_its_number() -> None:
    line = best_line(
        (("none\n", False), ("a", True), (" and a", False), ("\nb", True), (" with ", False), ("a", True))
    )
    assert line.number == 2
    assert "".join(text for text, _ in line.pieces) == "b with a"


def test_a_long_line_is_cut_to_the_sentence_of_the_mark() -> None:
    before, after = "Something else was said before. " * 9, " So it goes on and on." * 9
    cut = sentence(((before, False), ("The ", False), ("law", True), (" holds.", False), (after, False)))
    text = "".join(piece for piece, _ in cut)
    assert text.startswith(f"{CUT} The law holds. So")
    assert text.endswith(f". {CUT}")
    assert ("law", True) in cut


def test_chinese_takes_half_as_many_characters() -> None:
    cut = sentence((("法" * 300, False), ("令", True), ("法" * 300, False)))
    assert 40 < len("".join(piece for piece, _ in cut)) < 90
    assert ("令", True) in cut


@given(PIECES)
def test_an_excerpt_is_a_part_of_its_line(pieces: tuple[tuple[str, bool], ...]) -> None:
    line = best_line(pieces)
    whole = "".join(text for text, _ in line.pieces)
    cut = "".join(text for text, _ in sentence(line.pieces)).removeprefix(f"{CUT} ").removesuffix(f" {CUT}")
    assert cut in whole
    assert len(cut) <= 160


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("law", "The lawful law, outlaw.", ["lawful", "law"]),
        ('"law"', "The lawful law, outlaw.", ["law"]),
        ("laws", "One law here", ["law"]),
        ("制裁", "反制裁法与制 裁", ["制裁", "制 裁"]),
        ("M2增速", "m2 增速与M2增速x", ["m2 增速", "M2增速"]),
        ("cn.m2_yoy", "see CN M2 yoy", ["CN M2 yoy"]),
        ("7.7", "7.78 and 7.7", ["7.7"]),
    ],
)
def test_words_are_marked_as_they_stand(query: str, text: str, marked: list[str]) -> None:
    (term,) = parse(query).groups[0]
    pieces = split(jointed(text), pattern(wanted(term.value, term.exact)))
    assert [unjointed(piece) for piece, hit in pieces if hit] == marked
    assert unjointed("".join(piece for piece, _ in pieces)) == text
