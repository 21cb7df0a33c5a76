"""Outside text is harmless after `clean`, and names compare as people read them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import limits
from sources.text import clean, clean_line, decode, fold, message, shorten, thin, unturned

ANY = st.text(st.characters(exclude_categories=()))


@given(ANY)
def test_clean_text_holds_no_control_character(text: str) -> None:
    cleaned = clean(text)
    kinds = {unicodedata.category(character) for character in cleaned if character not in "\n\t"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufdd0")
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned


def test_controls_become_visible_pictures() -> None:
    assert clean("a\x1b]52;c;x\x07 \x7f \x9b \u202e \ud800 \r") == "a␛]52;c;x␇ ␡ � � � ␍"


@pytest.mark.parametrize(
    "code",
    [
        *(*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)),
        *(0xD800, 0xDFFF, 0xFDD0, 0xFDEF, 0xFEFF, 0xFFFE, 0xFFFF),
    ],
)
def test_what_acts_does_not_pass_where_it_is_alone(code: int) -> None:
    for text in (chr(code), f"a{chr(code)}b"):
        assert chr(code) not in clean(text)
        assert chr(code) not in clean_line(text)
        assert len(clean(text)) == len(text)


@pytest.mark.parametrize(
    "text", ["line\n\tnext", "👩‍💻 ❤️ é", "می‌خواهم", "שלום \u200f(1)", "华为 “昇腾”", "[/] [sic] :smile:"]
)
def test_honest_text_stays_letter_for_letter(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("mark", ["\u200f", "\u061c"])
def test_a_mark_that_turns_what_follows_round_stays_only_beside_letters_that_need_it(mark: str) -> None:
    assert unturned(f"from {mark}1.2 .. 5.6\nשלום{mark} (1)") == f"from �1.2 .. 5.6\nשלום{mark} (1)"
    assert unturned(f"{mark}{mark}1.2 ٣ ֱ") == "��1.2 ٣ ֱ"
    assert unturned(f"سلام{mark} 10-15\n{mark}10-15") == f"سلام{mark} 10-15\n�10-15"
    assert unturned("title\u200e 1.2") == "title\u200e 1.2"


@given(ANY)
def test_text_without_such_marks_is_as_it_was(text: str) -> None:
    turned = unturned(text)
    assert len(turned) == len(text)
    assert unturned(turned) == turned
    assert all(one == other for one, other in zip(text, turned, strict=True) if one not in "\u200f\u061c")


def test_a_line_has_no_break() -> None:
    assert clean_line("a\r\n\n  b\tc\x0bd") == "a b c␋d"


@given(ANY, st.integers(0, 50))
def test_a_message_is_one_short_line(text: str, characters: int) -> None:
    line = message(text, characters)
    assert len(line) <= characters
    assert not set(line) & set("\n\r\t\x1b")


def test_a_cut_is_seen() -> None:
    assert shorten("monetary stability", 10) == "monetary…"
    assert shorten("monetary", 8) == "monetary"
    assert shorten("monetary", 0) == ""


@given(st.text())
def test_utf8_is_read_whole(text: str) -> None:
    read = text.replace("\r\n", "\n").replace("\r", "\n")
    assert decode(text.encode()) == (read.removeprefix("\ufeff"), None)
    assert decode(b"\xef\xbb\xbf" + text.encode()) == (read, None)


def test_a_bad_byte_is_named_by_its_line() -> None:
    assert decode("first\r\nsécond\r".encode() + b"\xffthird\n\xff") == ("first\nsécond\n�third\n�", 3)
    assert decode("utf-16".encode("utf-16")).bad_line == 1


@given(ANY)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Huawei", "HUAWEI"),
        ("ＳＭＩＣ　７ｎｍ", "smic 7nm"),
        (" the  gap\n", "The Gap"),
        ("Straße", "STRASSE"),
        ("Cafe\u0301", "café"),
    ],
)
def test_names_that_read_alike_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(one) != fold(other + "s")


JOINS = "\u0301\u200b\u200d\ufe0f\u0903\u1160\u3164\uffa0\U000e0061\U0001f3fb"


@given(st.text(st.sampled_from("a 华한👩\n" + JOINS), max_size=60), st.integers(1, 5))
def test_what_is_thinned_keeps_all_but_the_joiners_beyond(text: str, most: int) -> None:
    thinned, first = thin(text, most)
    assert thinned == re.sub(f"([{JOINS}]{{{most}}})[{JOINS}]+", r"\1", text)
    assert (first is None) == (thinned == text)
    assert thin(thinned, most) == (thinned, None)


@pytest.mark.parametrize("joining", JOINS)
def test_of_very_many_joiners_some_stay(joining: str) -> None:
    text = "前 e" + joining * 100_000 + "\nnext"
    assert thin(text, 64) == ("前 e" + joining * 64 + "\nnext", 3)


def test_writing_of_any_script_is_not_thinned() -> None:
    for text in (
        "नमस्ते दुनिया",
        "สวัสดีชาวโลก",
        "བཀྲ་ཤིས་བདེ་ལེགས།",
        "مَرْحَبًا",
        "👨‍👩‍👧‍👦👩🏽‍🚀🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "Ä" * 200,
        "é" * 200,
        "Щ" * 200,
    ):
        assert thin(text, limits.JOINED_CHARACTERS) == (text, None)
