"""Finding words in the text of a view: the first one in answer to a key, and all the others meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.layout.blocks import flow
from tui.widgets.find import Find, Hit, Texts
from tui.widgets.painter import Hits, no_hits

if TYPE_CHECKING:
    from tui.widgets.document import DocumentView

_AT_ONCE, _BETWEEN = 20_000, 4_000
"""Characters that a search reads in answer to a key, and between other events: some 8 and 2 ms."""


class Finder:
    """Finds words in the text that a view shows now. `find` are those that are looked for."""

    def __init__(self, view: DocumentView) -> None:
        self.find: Find | None = None
        self._view = view
        self._texts = Texts(len(view.port.blocks), self._text)

    def resume(self, words: str, at: tuple[int, int, int] | None) -> None:
        """Go on with words, as a place keeps them with the current occurrence."""
        self.find = Find(words, Hit(*at) if at else None)
        self._search(_BETWEEN)

    def look_for(self, words: str) -> None:
        """Look for words, and go to their first occurrence from the top row on; for none, look no more."""
        self.find = Find(words) if words else None
        if self.find:
            self.find.seek(self._top_block(), 0, 1)
            self._search(_AT_ONCE)

    def go_on(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) occurrence, around the ends; False when there is none."""
        if not self.find:
            return False
        self.find.seek_next(step, self._top_block())
        self._search(_AT_ONCE)
        return self.find.seeking or self.find.at is not None

    def found(self) -> str:
        """What came of the search so far, in words."""
        if not self.find or not (self.find.at or self.find.seeking):
            return ""
        if not self.find.counted:
            return "counting hits"
        return f"{self.find.number(self._texts)} of {self.find.total} hits"

    def missing(self) -> str:
        """The words looked for, when they are nowhere."""
        return self.find.words if self.find and not self.find.seeking and not self.find.at else ""

    def at_last(self, step: int) -> bool:
        """Whether no occurrence follows (1), or precedes (-1), the current one; False while counting."""
        find = self.find
        if not find or not find.total:
            return False
        return find.number(self._texts) == (find.total if step > 0 else 1)

    def hits_in(self, block: int) -> Hits:
        """The occurrences in a block."""
        find = self.find
        if not find:
            return no_hits
        text = self._texts[block]

        def hits(first: int, last: int) -> list[tuple[int, int, bool]]:
            spans = find.spans(text, first, last)
            return [(start, end, find.at == (block, start, end)) for start, end in spans]

        return hits

    def _top_block(self) -> int:
        rows = self._view.port.rows()
        return rows[0][0] if rows else 0

    def _text(self, block: int) -> str:
        return flow(self._view.port.blocks[block], self._view.port.context)

    def _search(self, characters: int) -> None:
        """Look on, and when an occurrence has been found, read on and count; all between other events."""
        find = self.find
        if not find:
            return
        if find.seeking:
            find.go_on(self._texts, characters)
            if not find.seeking:
                self._view.show_hit(find.at)
        if not find.seeking and not find.counted and self._texts.read(characters):
            find.count(self._texts)
            self._view.tell_moved()
        if find.seeking or not find.counted:
            self._view.call_later(self._search_on, find)

    def _search_on(self, find: Find) -> None:
        if self._view.finder is self and find is self.find:
            self._search(_BETWEEN)
