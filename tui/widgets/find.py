"""Find in a text: the occurrences of some words, which one is current, and how many there are.

The next occurrence is looked for first, a slice at a time; they are counted once all has been read.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple


class Hit(NamedTuple):
    """An occurrence: characters `start` to `end` of a block's text."""

    block: int
    start: int
    end: int


class Texts:
    """The texts of blocks in lower case, each read once: when it is asked for, or by `read`."""

    def __init__(self, count: int, text: Callable[[int], str]) -> None:
        self._text = text
        self._texts: list[str | None] = [None] * count
        self._next = 0

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, block: int) -> str:
        text = self._texts[block]
        if text is None:
            text = self._texts[block] = _folded(self._text(block))
        return text

    def unread(self, block: int) -> bool:
        """Whether a text must still be made."""
        return self._texts[block] is None

    def read(self, characters: int) -> bool:
        """Read on, at most about so many characters; whether all have been read."""
        while self._next < len(self._texts) and characters > 0:
            if self._texts[self._next] is None:
                characters -= _cost(self[self._next])
            self._next += 1
        return self._next == len(self._texts)

    def counts(self, words: str) -> array[int]:
        """How often `words` stand in the texts before each block, and at last in all; all must be read."""
        each = (text.count(words) for text in self._texts if text is not None)
        return array("L", accumulate(each, initial=0))


class _Walk(NamedTuple):
    """A search on its way: from a character of a block, forwards (1) or backwards (-1), and how many
    blocks lie behind it."""

    block: int
    offset: int
    step: int
    done: int = 0


class Find:
    """The occurrences of `words`, upper and lower case alike; `at` is the current one."""

    def __init__(self, words: str, at: Hit | None = None) -> None:
        self.words = words
        self.at = at
        self._wanted = _folded(words)
        self._walk: _Walk | None = None
        self._before: array[int] | None = None
        self._known: tuple[str, array[int]] = ("", array("q"))

    def spans(self, text: str, first: int = 0, last: int | None = None) -> list[tuple[int, int]]:
        """Where the words begin and end in one of the texts, as far as they touch a part of it."""
        starts, size = self._starts(text), len(self._wanted)
        low = bisect_right(starts, first - size)
        high = len(starts) if last is None else bisect_left(starts, last)
        return [(start, start + size) for start in starts[low:high]]

    def _starts(self, text: str) -> array[int]:
        """Where the words begin in a text; kept for the text that was asked for last."""
        if self._known[0] is not text:
            found = array("q")
            at = text.find(self._wanted)
            while at >= 0 and self._wanted:
                found.append(at)
                at = text.find(self._wanted, at + len(self._wanted))
            self._known = (text, found)
        return self._known[1]

    def hit(self, block: int, start: int) -> Hit:
        """An occurrence by its beginning."""
        return Hit(block, start, start + len(self._wanted))

    # ------------------------------------------------------------------ going to one

    @property
    def seeking(self) -> bool:
        """Whether `go_on` has more to do."""
        return self._walk is not None

    def seek(self, block: int, offset: int, step: int) -> None:
        """Look for the nearest occurrence that begins at a character or later, or, with the step -1,
        before it; around the ends."""
        self._walk = _Walk(block, offset, step)

    def seek_next(self, step: int, top: int) -> None:
        """Look for the occurrence after (1) or before (-1) the current one; without one, from a block on."""
        if self.at is None:
            self.seek(top, 0, step)
        else:
            self.seek(self.at.block, self.at.end if step > 0 else self.at.start, step)

    def go_on(self, texts: Texts, characters: int) -> None:
        """Look on, until an occurrence is the current one, or there is none, or about so many
        characters have been read."""
        while self._walk and characters > 0:
            if self._walk.done > len(texts) or not len(texts):
                self._walk, self.at = None, None
                return
            block = (self._walk.block + self._walk.step * self._walk.done) % len(texts)
            characters -= _cost(texts[block]) if texts.unread(block) else 0
            self.at, found = self._nearest(self._walk, block, texts[block])
            self._walk = None if found else self._walk._replace(done=self._walk.done + 1)

    def _nearest(self, walk: _Walk, block: int, text: str) -> tuple[Hit | None, bool]:
        if self._wanted not in text:
            return self.at, False
        starts = self._starts(text)
        at = 0 if walk.step > 0 else len(starts) - 1
        if walk.done == 0:
            at = bisect_left(starts, walk.offset) - (walk.step < 0)
        if not 0 <= at < len(starts):
            return self.at, False
        return self.hit(block, starts[at]), True

    # ------------------------------------------------------------------ counting

    @property
    def counted(self) -> bool:
        """Whether it is known how many occurrences there are."""
        return self._before is not None

    def count(self, texts: Texts) -> None:
        """Count the occurrences, once all texts have been read."""
        self._before = texts.counts(self._wanted) if self._wanted else array("L", [0])

    @property
    def total(self) -> int:
        """How many occurrences there are; 0 before they are counted."""
        return self._before[-1] if self._before else 0

    def number(self, texts: Texts) -> int:
        """Which of all occurrences the current one is, from 1; 0 for none."""
        if self.at is None or self._before is None:
            return 0
        inside = self._starts(texts[self.at.block])
        return self._before[self.at.block] + bisect_right(inside, self.at.start)


def _cost(text: str) -> int:
    """What reading a text takes, in characters: short ones take some time too."""
    return len(text) + 20


def _folded(text: str) -> str:
    """Lower case of the same length, so that offsets hold."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    )
