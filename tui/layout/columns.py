"""Columns of a table: which hold numbers, how many cells each needs, and which fit into a width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from sources.limits import TABLE_COLUMNS
from tui.layout import cells

GAP = 2
"""Blank cells between columns."""
NARROWEST = 3
"""Cells of the narrowest column."""
MEASURED_ROWS = 200
"""Rows that decide the widths."""
HANG = 2
"""Blank cells before the further lines of a name."""

_IDEOGRAPHS = "\u2e80"
_WORD = 12
_LONG_WORD = 24
_EASY = 8
_NAME = 24
_TAIL = 12
_SIGNED = 4

_SIGNS = "~<>≤≥=+-\u2212$€£¥ "
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_AFTER = re.compile(r"(?! ?Q[1-4])(?:$|[\s%)*]|[A-Za-z]{1,3}(?:\s|$))")


class Number(NamedTuple):
    """A cell that starts as a number, in three parts: `-1,234`, `.5` and ` % yoy`."""

    whole: str
    fraction: str
    tail: str


def number(text: str) -> Number | None:
    """The parts of a cell that starts as a number; None for words, dates and ranges."""
    begin = len(text) - len(text.lstrip(_SIGNS))
    found = _DIGITS.match(text, begin) if begin <= _SIGNED else None
    if found is None:
        return None
    end = found.end()
    if len(text) - end > _TAIL or not (_AFTER.match(text, end) or _unit(text[end])):
        return None
    fraction = found[1] or ""
    return Number(text[: end - len(fraction)], fraction, text[end:])


def _unit(letter: str) -> bool:
    """Does `letter` follow a number without a blank?"""
    return letter in "‰°℃" or "\u4e00" <= letter <= "\u9fff"


class Column(NamedTuple):
    """The cells a column wants (`natural`), should have (`easy`) and must have (`least`); with `word`
    cells no word of it is cut.

    A numeric column lines up its numbers in three parts, `whole`, `fraction` and `tail` cells wide. The
    further lines of a wrapped cell begin `hang` cells in. Of a column of labels (`above`) a cell that is
    too long stands on lines of its own above its row.
    """

    natural: int
    easy: int
    least: int
    numeric: bool = False
    right: bool = False
    whole: int = 0
    fraction: int = 0
    tail: int = 0
    word: int = 0
    hang: int = 0
    above: bool = False

    @property
    def number(self) -> int:
        """Cells of a lined-up number."""
        return self.whole + self.fraction + self.tail


def measure(head: str | None, body: Sequence[str], align: str = "", wide: bool = False) -> Column:
    """The column of the texts `head` and `body`. One of names (`align`) has room before further columns,
    one of labels leaves it to them."""
    numbers = [found for text in body if (found := number(text))]
    numeric = len(numbers) * 2 > sum(1 for text in body if text.strip())
    texts = body if head is None else [head, *body]
    natural = max((cells.width(text, wide) for text in texts), default=0)
    if not numeric:
        numbers = []
    whole = max((cells.width(part.whole, wide) for part in numbers), default=0)
    fraction = max((len(part.fraction) for part in numbers), default=0)
    tail = max((cells.width(part.tail, wide) for part in numbers), default=0)
    lined = whole + fraction + tail
    natural = max(natural, lined, NARROWEST)
    words = [text for text in texts if not (numeric and number(text))]
    least = _NAME if align == "name" else _EASY
    longest = 0 if align == "label" else _longest_word(words, wide)
    easy = max(min(longest, _WORD), min(natural, least) if not numeric else 0)
    return Column(
        natural=natural,
        easy=max(easy, lined, NARROWEST),
        least=max(lined, NARROWEST),
        numeric=numeric,
        right=numeric or align == "right",
        whole=whole,
        fraction=fraction,
        tail=tail,
        word=min(longest, _LONG_WORD),
        hang=HANG if align == "name" else 0,
        above=align == "label",
    )


def _longest_word(texts: Sequence[str], wide: bool) -> int:
    """Cells of the longest stretch that should not be cut, fixed blanks in it; Han characters stand alone."""
    longest = 0
    for text in texts:
        if len(text) > longest:
            for word in text.split(" "):
                if word.isascii():
                    longest = max(longest, len(word))
                elif len(word) * 2 > longest:
                    parts = ("".join(part) for _, part in groupby(word, _IDEOGRAPHS.__gt__))
                    longest = max(longest, *(cells.width(p, wide) for p in parts if p < _IDEOGRAPHS), 2)
    return longest


class Plan(NamedTuple):
    """The columns drawn and their cells; how many are scrolled off, and how many go at the right."""

    shown: tuple[int, ...]
    widths: tuple[int, ...]
    before: int = 0
    after: int = 0


def plan(columns: Sequence[Column], width: int, shift: int = 0) -> Plan:
    """Which columns fit into `width` when `shift` of them are scrolled off after the first."""
    count = len(columns)
    shift = max(0, min(shift, count - 2))
    order = [0, *range(1 + shift, count)][:TABLE_COLUMNS] if count else []
    least = [columns[index].easy for index in order]
    kept = _fitting(least, width)
    if kept < 2 <= len(order):
        least = [columns[index].least for index in order]
        kept = min(2, _fitting(least, width))
    shown = order[:kept]
    room = width - GAP * (kept - 1)
    least = _with_words([columns[index].word for index in shown], least[:kept], room)
    widths = _shared([columns[index].natural for index in shown], least, room)
    return Plan(tuple(shown), tuple(widths), shift, count - shift - kept)


def natural(columns: Sequence[Column]) -> int:
    """Cells of the whole table, no cell wrapped."""
    drawn = columns[:TABLE_COLUMNS]
    return sum(column.natural for column in drawn) + GAP * max(0, len(drawn) - 1)


def _with_words(words: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Cells for whole words, in as many columns as there is room for."""
    cells = list(least)
    for index in sorted(range(len(cells)), key=lambda at: words[at] - least[at]):
        if sum(cells) + words[index] - cells[index] <= room:
            cells[index] = max(cells[index], words[index])
    return cells


def _fitting(least: Sequence[int], width: int) -> int:
    """How many columns fit, from the left; always the first."""
    taken = 0
    for count, need in enumerate(least):
        taken += need + (GAP if count else 0)
        if taken > width and count:
            return count
    return len(least)


def _shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Cells of each column: what it wants, or at most a common level, but never below its least."""
    if len(wanted) == 1:
        return [max(1, min(wanted[0], room))]
    if sum(wanted) <= room:
        return list(wanted)
    low, high = 0, max(wanted)
    while low < high:
        level = (low + high + 1) // 2
        if sum(_levelled(wanted, least, level)) <= room:
            low = level
        else:
            high = level - 1
    widths = _levelled(wanted, least, low)
    for index, want in enumerate(wanted):
        if sum(widths) < room and widths[index] == low < want:
            widths[index] += 1
    return widths


def _levelled(wanted: Sequence[int], least: Sequence[int], level: int) -> list[int]:
    return [max(need, min(want, level)) for want, need in zip(wanted, least, strict=True)]
