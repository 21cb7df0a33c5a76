"""What a terminal shows: the bytes a program writes, drawn on a screen in memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

import pyte

# What pyte would print as text or misread: strings, CSI with a private prefix other than ?, CSI with
# intermediate bytes, and ?-sequences other than set and reset mode.
_FOREIGN = re.compile(
    r"\x1b[PX^_].*?(?:\x1b\\|\x9c)"
    r"|\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"
    r"|\x1b\[\??[0-9;:]*[ -/]+[@-~]"
    r"|\x1b\[\?[0-9;:]*(?![hl0-9;: -/])[@-~]",
    re.DOTALL,
)
_UNFINISHED = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*|[PX^_\]](?:(?!\x1b\\|\x07|\x9c).)*\x1b?|[ -/]*)?\Z", re.DOTALL
)


class Display:
    """A screen of some cells, fed with bytes as they come."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._tail = ""
        self._texts = [""] * rows
        self._looks = [0] * rows

    def feed(self, data: bytes) -> bool:
        """Draw what was written; whether any row now looks otherwise, colours included."""
        text = self._tail + self._decoder.decode(data)
        unfinished = _UNFINISHED.search(text, max(0, text.rfind("\x1b", 0, -1)))
        cut = unfinished.start() if unfinished else len(text)
        self._tail = text[cut:]
        self._stream.feed(_FOREIGN.sub("", text[:cut]))
        return self._look_at(sorted(self._screen.dirty))

    def text(self) -> str:
        """The rows, without blanks at their ends."""
        return "\n".join(row.rstrip() for row in self._texts)

    def _look_at(self, rows: Iterable[int]) -> bool:
        """Read the touched rows again; whether one of them differs from before."""
        changed = False
        for y in rows:
            line = self._screen.buffer[y]
            cells = [line[x] for x in range(self._screen.columns)]
            look = hash(tuple(cells))
            changed |= look != self._looks[y]
            self._looks[y] = look
            self._texts[y] = "".join(cell.data for cell in cells)
        self._screen.dirty.clear()
        return changed
