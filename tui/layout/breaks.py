"""Where a line may end: between words, between Han characters; never inside what belongs together."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

NO_BREAK = "\u00a0"

CLOSING = frozenset(
    ".,;:!?)]}%，。、；：！？）》」』〉】〕〗｝］％…‥・·°℃’”»ー々〻ヽヾゝゞ"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
)
"""Characters that no line begins with."""

OPENING = frozenset("([{（《「『〈【〔〖｛［“‘«$€£¥＄￥")
"""Characters that no line ends with."""

GLYPHS = "✓✗≃⊣≢?∅/▢⊡⊞⊟⊠◉◕◔⊗◌"
"""Verdict, freshness and prediction glyphs: each stays with the word before it."""

_SIGNS = frozenset("<>=≤≥≈±~+-−")
"""Signs that stay with the number after them: `<= 2`."""

_JOINTS = frozenset("(,._")
_GLUE = frozenset(NO_BREAK + "\u202f\u2060\ufeff")
_HAN_UNITS = frozenset("年月日号时分秒亿万千百元点个条家倍成度")
_GLYPH = re.compile(rf"~?[{re.escape(GLYPHS)}]j?(?![\w/])")
_UNIT = re.compile(
    r"(?:%|‰|pp|bps?|bn|mn|tn|thousand|million|billion|trillion|points?|per cent|percent|yoy|index"
    r"|USD|CNY|RMB|EUR|GBP|JPY|HKD|CNH|yuan|dollars?|euros?|years?|months?|weeks?|days?|hours?|ms"
    rf"|[kKMG]?[Wm]|[km]?g|nm|[KMGT]B|[{''.join(sorted(_HAN_UNITS))}])(?![0-9A-Za-z_])"
)


def at_blank(text: str, last: int, following: int) -> bool:
    """May the line end after `text[last]`, when one blank parts it from `text[following]`?"""
    before, after = text[last], text[following]
    if after in CLOSING or before in OPENING:
        return False
    if after in "~" + GLYPHS and _GLYPH.match(text, following):
        return False
    if before in _SIGNS and after.isdigit():
        return False
    return not (before.isdigit() and _UNIT.match(text, following))


def inside_word(text: str, index: int) -> bool:
    """May a word that is longer than a line be cut before `text[index]`? After a sign that joins its
    parts, as in `cn.money_supply(2024)`; not in a number."""
    before, after = text[index - 1], text[index]
    if before not in _JOINTS or after in _JOINTS or after in CLOSING or after == " ":
        return False
    return not (after.isdigit() and before in ".," and index > 1 and text[index - 2].isdigit())


@lru_cache(8192)
def between(before: str, after: str) -> bool:
    """May the line end between two neighbours of which neither is a blank?"""
    if after in CLOSING or before in OPENING or after in GLYPHS:
        return False
    if before in _GLUE or after in _GLUE:
        return False
    if before.isdigit() and after in _HAN_UNITS:
        return False
    return _ideographic(before) or _ideographic(after)


def _ideographic(letter: str) -> bool:
    """Han, kana, hangul, full-width forms and emoji: scripts that break without blanks."""
    return east_asian_width(letter) in "WFH"
