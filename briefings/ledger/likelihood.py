"""Words of likelihood and the bands of ICD 203 that they stand for.

Of the directive's two rows of words both are known; `will`, `may` and `could` have no band.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sources.numbers import plain


class Band(NamedTuple):
    """A word of likelihood, with the lowest and highest probability it stands for."""

    word: str
    low: float
    high: float

    @property
    def middle(self) -> float:
        """The probability that is read from the word where none is stated."""
        return (self.low + self.high) / 2

    def __str__(self) -> str:
        return f"{self.word} ({self.low * 100:.0f}-{self.high * 100:.0f} %)"


BANDS = (
    Band("almost no chance", 0.01, 0.05),
    Band("very unlikely", 0.05, 0.20),
    Band("unlikely", 0.20, 0.45),
    Band("roughly even chance", 0.45, 0.55),
    Band("likely", 0.55, 0.80),
    Band("very likely", 0.80, 0.95),
    Band("almost certain", 0.95, 0.99),
)
"""The seven bands, from the least likely one."""

_WORDS = {
    "almost no chance": 0, "remote": 0,
    "very unlikely": 1, "highly improbable": 1,
    "unlikely": 2, "improbable": 2,
    "roughly even chance": 3, "roughly even odds": 3, "even chance": 3, "even odds": 3,
    "likely": 4, "probable": 4, "probably": 4,
    "very likely": 5, "highly probable": 5, "very probably": 5,
    "almost certain": 6, "almost certainly": 6, "nearly certain": 6, "nearly certainly": 6,
}  # fmt: skip
_LONGEST_FIRST = sorted(_WORDS, key=len, reverse=True)
_WORD = re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?![\w-])")


class Found(NamedTuple):
    """A word of likelihood in a text, and where it ends."""

    written: str
    band: Band
    end: int


def share(probability: float) -> str:
    """A probability as it is shown: `87.5 %`."""
    return f"{plain(round(100 * probability, 1))} %"


def band_of(wording: str) -> Band | None:
    """The band of an author's own word; None where it has none."""
    place = _WORDS.get(" ".join(wording.lower().split()))
    return None if place is None else BANDS[place]


def found_in(text: str) -> list[Found]:
    """The words of likelihood in a text, in reading order."""
    return [Found(match[0], BANDS[_WORDS[match[0].lower()]], match.end()) for match in _WORD.finditer(text)]
