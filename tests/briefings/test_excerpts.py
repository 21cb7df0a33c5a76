"""The sentence around what was looked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefings.excerpts import CUT, best_line, sentence

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
