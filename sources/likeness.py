"""Which of many names a mistyped word may mean."""

from __future__ import annotations

import math
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

SIMILARITY = 0.65
"""How alike two names must be (0 to 1, `difflib` ratio) for one to be offered in place of the other."""

BEGUN = 3
"""Letters from which on a word is taken for the beginning of a name."""

_ROUNDING = 1e-9

_Letter = tuple[str, int]
"""A letter of a name, and which of its occurrences it is."""


class Names:
    """Names, arranged so that those that cannot be meant are passed over quickly.

    The ratio of two names is at most twice the letters that they share over the letters of both. Lengths
    that allow more are looked at before those that allow less: what was found already bounds the rest.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_length: dict[int, _OfLength] = defaultdict(_OfLength)
        self._sorted = sorted((name.casefold(), name) for name in dict.fromkeys(names))
        for folded, name in self._sorted:
            self._by_length[len(folded)].add(name, _letters(folded))

    def nearest(self, word: str) -> str | None:
        """The name that a word may mean, or None: the shortest that begins with it, else the one most like
        it. Case makes no difference; ties go by alphabet."""
        wanted = word.casefold()
        begun = self._begun(wanted) if len(wanted) >= BEGUN else None
        return begun or self._like(wanted)

    def _begun(self, wanted: str) -> str | None:
        first = bisect_left(self._sorted, (wanted,))
        last = bisect_left(self._sorted, (wanted + chr(sys.maxunicode),), first)
        begun = (name for _, name in self._sorted[first:last])
        return min(begun, key=lambda name: (len(name), name), default=None)

    def _like(self, wanted: str) -> str | None:
        from difflib import SequenceMatcher  # 2 ms, and only a mistake needs it

        letters = _letters(wanted)
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(wanted)
        best: tuple[float, str] | None = None
        for bound, length in self._lengths(len(wanted)):
            least, both = -best[0] if best else SIMILARITY, len(wanted) + length
            if bound < least:
                break
            shared = math.ceil(least * both / 2 - _ROUNDING)
            for count, name in sorted(self._by_length[length].sharing(letters, shared), reverse=True):
                if 2 * count / both < (-best[0] if best else SIMILARITY):
                    break
                matcher.set_seq1(name.casefold())
                if (ratio := matcher.ratio()) >= (-best[0] if best else SIMILARITY):
                    best = min(best or (1.0, ""), (-ratio, name))
        return best[1] if best else None

    def _lengths(self, wanted: int) -> list[tuple[float, int]]:
        """The lengths of names with the ratio that each allows, the highest first."""
        found = ((2 * min(wanted, each) / (wanted + each), each) for each in self._by_length if wanted + each)
        return sorted(found, reverse=True)


class _OfLength:
    """Names of one length. Of each letter a number is kept in which every name that has it is a bit: the
    letters of a word are then counted in all names at once, as binary digits in columns."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._having: dict[_Letter, int] = {}

    def add(self, name: str, letters: Iterable[_Letter]) -> None:
        bit = 1 << len(self._names)
        self._names.append(name)
        for letter in letters:
            self._having[letter] = self._having.get(letter, 0) | bit

    def sharing(self, letters: Iterable[_Letter], least: int) -> Iterator[tuple[int, str]]:
        """The names that share so many letters with a word, each with how many."""
        digits: list[int] = []
        for letter in letters:
            carry = self._having.get(letter, 0)
            for place, digit in enumerate(digits):
                digits[place], carry = digit ^ carry, digit & carry
            if carry:
                digits.append(carry)
        for number in _bits(self._reaching(digits, least)):
            count = sum((digit >> number & 1) << place for place, digit in enumerate(digits))
            yield count, self._names[number]

    def _reaching(self, digits: list[int], least: int) -> int:
        """The names whose count is so high, as bits."""
        more, equal = 0, (1 << len(self._names)) - 1
        for place in reversed(range(max(len(digits), least.bit_length()))):
            digit = digits[place] if place < len(digits) else 0
            if least >> place & 1:
                equal &= digit
            else:
                more |= equal & digit
                equal &= ~digit
        return more | equal


def _letters(folded: str) -> list[_Letter]:
    counts: dict[str, int] = {}
    for letter in folded:
        counts[letter] = counts.get(letter, 0) + 1
    return [(letter, number) for letter, count in counts.items() for number in range(count)]


def _bits(mask: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like a mistyped word, or None: `Names.nearest`, for names that are asked once."""
    return Names(candidates).nearest(word)
