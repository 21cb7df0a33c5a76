"""Wrapping styled runs to a width. Linear in the text, however long its words are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, chain

from tui.layout import breaks, cells
from tui.layout.lines import Line, Run, bounds, runs_width

_FIRST_IDEOGRAPH = "\u1100"

_NAME = 8
"""Characters of the longest linked name that is kept whole."""


def wrap(
    runs: Sequence[Run],
    width: int,
    first: tuple[Run, ...] = (),
    hanging: tuple[Run, ...] = (),
    wide: bool = False,
    hard: bool = False,
) -> list[Line]:
    """Lines of at most `width` cells, at least one; `first` leads the first, `hanging` the others.

    Lines end at blanks, which are dropped there, and between Han characters; a word that is longer
    than a line is cut between characters. With `hard`, blanks count as letters: code is cut
    wherever the line is full. Newlines always end a line. Leads of more than half the width are cut.
    """
    source = _Source(runs, wide)
    leads = [_led(lead, width, wide) for lead in (first, hanging)]
    lines: list[Line] = []
    for start, stop in _paragraphs(source.text):
        while True:
            lead, taken = leads[1 if lines else 0]
            begin, end, start = source.row(start, stop, max(1, width - taken), hard)
            lines.append(source.line(lead, begin, end, joins=start < stop))
            if start >= stop:
                break
    return lines


def _led(lead: tuple[Run, ...], width: int, wide: bool) -> tuple[tuple[Run, ...], int]:
    """A lead and its cells; cut where it would leave less than half the line, or less than two cells."""
    room = max(0, min(width // 2, width - 2))
    taken = runs_width(lead, wide)
    if taken <= room:
        return lead, taken
    kept: list[Run] = []
    for run in lead:
        text = cells.cut(run.text, room, "", wide)
        room -= cells.width(text, wide)
        if text:
            kept.append(Run(text, run.role, run.target, run.start))
    return tuple(kept), runs_width(kept, wide)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """The parts of `text` between newlines."""
    parts = []
    start = 0
    while (stop := text.find("\n", start)) >= 0:
        parts.append((start, stop))
        start = stop + 1
    return [*parts, (start, len(text))]


class _Source:
    """The joined text of runs: how far a row reaches, and its runs. Rows are asked for in order."""

    def __init__(self, runs: Sequence[Run], wide: bool) -> None:
        self.runs = [run for run in runs if run.text]
        self.text = "".join(run.text for run in self.runs).replace("\t", " ")
        self.shown = self.text.replace(breaks.NO_BREAK, " ")
        self.begins = list(accumulate((len(run.text) for run in self.runs), initial=0))
        self.current = 0
        self.position = bounds(self.runs, 0)[0]
        flat = self.text.isascii() and self.text.replace("\n", "").isprintable()
        self.reached = [] if flat else self._reached(wide)
        self.reach: Callable[[int, int, int], int] = self._reach_letters if flat else self._reach_cells

    def _reached(self, wide: bool) -> list[int]:
        """Cells before each character. Sequences never join over runs: each run is drawn by itself."""
        counts = (cells.sizes(run.text.replace("\t", " "), wide) for run in self.runs)
        return list(accumulate(chain.from_iterable(counts), initial=0))

    def _reach_letters(self, start: int, stop: int, room: int) -> int:
        return min(start + room, stop)

    def _reach_cells(self, start: int, stop: int, room: int) -> int:
        """The furthest end of a row; at least one character, though it be too wide."""
        reached = self.reached
        end = bisect_right(reached, reached[start] + room, start, stop + 1) - 1
        if end <= start:
            end = bisect_right(reached, reached[min(start + 1, stop)], start, stop + 1) - 1
        return end

    def row(self, start: int, stop: int, room: int, hard: bool) -> tuple[int, int, int]:
        """The next row of `text[start:stop]`: its begin, its end, and where the one after it begins."""
        text = self.text
        if not hard:
            while start < stop and text[start] == " ":
                start += 1
        limit = self.reach(start, stop, room)
        if hard:
            return start, limit, limit
        if limit < stop:
            end, following = self._last_break(start, limit, stop)
        else:
            end = following = stop
        while end > start and text[end - 1] == " ":
            end -= 1
        return start, end, following

    def _last_break(self, start: int, limit: int, stop: int) -> tuple[int, int]:
        """Where the row ends at the latest, and where the next begins.

        A blank that should not end a line, even a fixed one, still does before a short linked name or
        a word is cut.
        """
        text, index = self.text, limit
        spare: tuple[int, int] | None = None
        name: tuple[int, int] | None = None
        while index > start:
            if text[index] == " " or text[index - 1] == " ":
                end, following = self._gap(start, index, stop)
                if following == stop or following - end > 1 or breaks.at_blank(text, end - 1, following):
                    return end, following
                spare = spare or (end, following)
                index = end - 1
            elif self._between(index):
                if not self._in_name(index):
                    return index, index
                name = name or (index, index)
                index -= 1
            else:
                index -= 1
                if text[index] == breaks.NO_BREAK and index > start:
                    spare = spare or (index, index + 1)
        return spare or name or self._joint(start, limit) or (limit, limit)

    def _joint(self, start: int, limit: int) -> tuple[int, int] | None:
        """Where the parts of a long word meet: in the second half of the line, lest it be a stump."""
        for index in range(limit, (start + limit) // 2, -1):
            if breaks.inside_word(self.text, index) and self._begins_cells(index):
                return index, index
        return None

    def _in_name(self, index: int) -> bool:
        """Whether a break would part a short linked name."""
        at = bisect_right(self.begins, index - 1) - 1
        return self.runs[at].target >= 0 and index < self.begins[at + 1] and len(self.runs[at].text) <= _NAME

    def _gap(self, start: int, index: int, stop: int) -> tuple[int, int]:
        """The stretch of blanks around `index`."""
        text, end, following = self.text, index, index
        while end > start and text[end - 1] == " ":
            end -= 1
        while following < stop and text[following] == " ":
            following += 1
        return end, following

    def _between(self, index: int) -> bool:
        before, after = self.text[index - 1], self.text[index]
        if before < _FIRST_IDEOGRAPH and after < _FIRST_IDEOGRAPH:
            return False
        return self._begins_cells(index) and breaks.between(before, after)

    def _begins_cells(self, index: int) -> bool:
        """Whether a character does not join the one before it."""
        return not self.reached or self.reached[index + 1] > self.reached[index]

    def line(self, lead: tuple[Run, ...], begin: int, end: int, joins: bool) -> Line:
        """The row `text[begin:end]` in its styles."""
        runs = self._cut(begin, end)
        start, self.position = bounds(runs, self.position)
        return Line((*lead, *runs), start, self.position, joins)

    def _cut(self, begin: int, end: int) -> list[Run]:
        """The runs of `text[begin:end]`; rows come in order, so the search goes on from the last."""
        parts = []
        while begin < end:
            while self.begins[self.current + 1] <= begin:
                self.current += 1
            run, first = self.runs[self.current], self.begins[self.current]
            last = min(end, self.begins[self.current + 1])
            start = run.start if run.start < 0 else run.start + begin - first
            parts.append(Run(self.shown[begin:last], run.role, run.target, start))
            begin = last
        return parts
