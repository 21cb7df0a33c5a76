"""Find in a text: every occurrence of some words, and which one is current."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Hit(NamedTuple):
    """An occurrence: characters `start` to `end` of a block's text."""

    block: int
    start: int
    end: int


@dataclass(slots=True)
class Find:
    """The occurrences of `words` in blocks, upper and lower case alike."""

    words: str
    current: int = -1
    hits: list[Hit] = field(default_factory=list)
    searched: bool = False
    _of_block: dict[int, list[Hit]] = field(default_factory=dict)

    def search(self, texts: Iterable[str]) -> None:
        """Find all occurrences in the texts of the blocks, in their order."""
        wanted = _folded(self.words)
        self.hits = []
        self._of_block = {}
        for block, text in enumerate(texts):
            folded = _folded(text)
            at = folded.find(wanted)
            while at >= 0 and wanted:
                hit = Hit(block, at, at + len(wanted))
                self.hits.append(hit)
                self._of_block.setdefault(block, []).append(hit)
                at = folded.find(wanted, hit.end)
        self.searched = True

    def start_at(self, block: int) -> None:
        """Make the first occurrence at or after a block the current one."""
        at = bisect_left(self.hits, block, key=lambda hit: hit.block)
        self.current = at % len(self.hits) if self.hits else -1

    def move(self, step: int) -> None:
        """Make the next or previous occurrence the current one, around the ends."""
        self.current = (self.current + step) % len(self.hits)

    def hit(self) -> Hit | None:
        """The current occurrence."""
        return self.hits[self.current] if 0 <= self.current < len(self.hits) else None

    def in_block(self, block: int) -> list[Hit]:
        """The occurrences in one block."""
        return self._of_block.get(block, [])


def _folded(text: str) -> str:
    """Lower case of the same length, so that offsets hold."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    )
