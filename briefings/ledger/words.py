"""The words of verdicts: how they are ordered, drawn and said. Reading them judges nothing."""

from __future__ import annotations

from typing import Literal

Word = Literal[
    "supported", "close", "contradicted", "in part", "unsourced",
    "data ends", "definition changed", "untestable", "no data",
]  # fmt: skip
Method = Literal["tested", "judged"]

WORDS: tuple[Word, ...] = (
    "contradicted", "in part", "close", "supported",
    "data ends", "definition changed", "unsourced", "untestable", "no data",
)  # fmt: skip
"""All words, as lists order them: what is wrong first, what cannot be said last."""

WRONG: tuple[Word, ...] = ("contradicted", "in part", "close")
"""Words of what does not hold as it is said."""

METHODS: tuple[tuple[Method, str], ...] = (("tested", "Tested on figures"), ("judged", "Judged on texts"))
"""How a verdict comes about, in words."""

GLYPHS: dict[Word, str] = {
    "supported": "✓", "close": "≃", "contradicted": "✗", "in part": "/", "unsourced": "?",
    "data ends": "⊣", "definition changed": "≢", "untestable": "?", "no data": "∅",
}  # fmt: skip
ASCII: dict[str, str] = {
    "✓": "+", "≃": "=", "✗": "x", "/": "/", "?": "?", "⊣": ">", "≢": "#", "∅": "0",
    "▢": "O", "⊡": "D", "⊞": "T", "⊟": "F", "⊠": "V",
}  # fmt: skip
"""What stands for a glyph of a verdict or prediction where only ASCII can be shown."""


def marked(word: Word, method: Method, is_stale: bool = False) -> str:
    """`✗`, `~✗` on stale figures, `✗j` of a judgement."""
    return f"{'~' * is_stale}{GLYPHS[word]}{'j' * (method == 'judged')}"


def said(now: Word, then: Word | None) -> str:
    """One word where then and now agree, else both."""
    return now if then in (None, now) else f"{then} then, {now} now"
