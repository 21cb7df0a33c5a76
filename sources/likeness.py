"""Which of many names a mistyped word may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

SIMILARITY = 0.65
"""How alike two names must be (0 to 1, `difflib` ratio) for one to be offered in place of the other."""


class Names:
    """Names, arranged so that those that cannot be meant are passed over quickly.

    Each letter of a name is a bit, and its second, third, ... occurrence another one: the letters that two
    names share are then the common bits, and their ratio is at most twice those over the letters of both.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._bits: dict[tuple[str, int], int] = {}
        self._by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for name in dict.fromkeys(names):
            folded = name.casefold()
            self._by_length[len(folded)].append((self._letters(folded), name))

    def nearest(self, word: str, similarity: float = SIMILARITY) -> str | None:
        """The name most like a mistyped word, or None. Case makes no difference; ties go by alphabet."""
        from difflib import SequenceMatcher  # 2 ms, and only a mistake needs it

        wanted = word.casefold()
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(wanted)
        best: tuple[float, str] | None = None
        for most, name in sorted(self._plausible(wanted, similarity), reverse=True):
            if most < (-best[0] if best else similarity):
                break
            matcher.set_seq1(name.casefold())
            if (ratio := matcher.ratio()) >= (-best[0] if best else similarity):
                best = min(best or (1.0, ""), (-ratio, name))
        return best[1] if best else None

    def _plausible(self, wanted: str, similarity: float) -> Iterator[tuple[float, str]]:
        """The names whose letters allow the similarity at all, with the ratio that they allow."""
        letters = self._letters(wanted)
        for length, names in self._by_length.items():
            both = len(wanted) + length
            least = similarity * both / 2
            if not both or min(len(wanted), length) < least:
                continue
            for has, name in [each for each in names if (each[0] & letters).bit_count() >= least]:
                yield 2 * (has & letters).bit_count() / both, name

    def _letters(self, folded: str) -> int:
        """The bits of a name."""
        counts: dict[str, int] = {}
        mask = 0
        for letter in folded:
            counts[letter] = number = counts.get(letter, 0) + 1
            mask |= 1 << self._bits.setdefault((letter, number), len(self._bits))
        return mask


def nearest(word: str, candidates: Iterable[str], similarity: float = SIMILARITY) -> str | None:
    """The candidate most like a mistyped word, or None: `Names.nearest`, for names that are asked once."""
    return Names(candidates).nearest(word, similarity)
