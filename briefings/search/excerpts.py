"""The sentence in which something stands: what is shown of a passage, and of a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import east_asian_width

FULL = 132
"""Cells of an excerpt, about: two rows of a narrow screen."""

BRIEF = 68
"""The same, where nothing is marked."""

CUT = "⋯"

_ENDS = re.compile(r"[.!?;:](?=\s)|[。！？；]|\n")
_BLANKS = re.compile(r"\s+")

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is marked."""


class Line(NamedTuple):
    """A line of a text by its number, in pieces."""

    number: int
    pieces: Pieces


def split(text: str, marks: re.Pattern[str] | None) -> Pieces:
    """A text in pieces, those marked that a pattern finds."""
    pieces, at = [], 0
    for found in marks.finditer(text) if marks else ():
        pieces += [(text[at : found.start()], False), (found[0], True)]
        at = found.end()
    return tuple(piece for piece in (*pieces, (text[at:], False)) if piece[0])


def best_line(pieces: Pieces) -> Line:
    """The line with most different marked words, the first of equals; without any the first with words."""
    lines = list(_lines(pieces))
    best = max(lines, key=lambda line: len({text.lower() for text, marked in line.pieces if marked}))
    if any(marked for _, marked in best.pieces):
        return best
    return next((line for line in lines if any(text.strip() for text, _ in line.pieces)), lines[0])


def sentence(pieces: Pieces, most: int = FULL) -> Pieces:
    """The part of a line from the sentence with its first mark on, in at most about so many cells;
    what is left out at either end is shown as such."""
    text = "".join(piece for piece, _ in pieces)
    most = most * len(text) // max(1, len(text) + sum(map(_is_wide, text)))
    at = _first_mark(pieces)
    first, last = _bounds(text, at, most)
    kept = _sliced(pieces, first, last)
    before = ((f"{CUT} ", False),) if text[:first].strip() else ()
    after = ((f" {CUT}", False),) if text[last:].strip() else ()
    return (*before, *kept, *after)


def _bounds(text: str, at: int, most: int) -> tuple[int, int]:
    """Where the excerpt around a character begins and ends: whole sentences where they fit, else words."""
    if len(text) <= most:
        return 0, len(text)
    ends = [found.end() for found in _ENDS.finditer(text, max(0, at - most // 2), at)]
    first = ends[-1] if ends else _word_start(text, max(0, at - most // 2))
    last = min(len(text), first + most)
    later = [found.end() for found in _ENDS.finditer(text, max(at, first + most // 2), last)]
    last = later[-1] if later and last < len(text) else _word_end(text, last)
    first += len(text[first:last]) - len(text[first:last].lstrip())
    return first, first + len(text[first:last].rstrip())


def _is_wide(character: str) -> bool:
    return character >= "\u1100" and east_asian_width(character) in "WF"


def _word_start(text: str, at: int) -> int:
    if at == 0:
        return 0
    found = _BLANKS.search(text, at, at + 20)
    return found.end() if found else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    found = text.rfind(" ", max(0, at - 20), at)
    return found if found > 0 else at


def _first_mark(pieces: Pieces) -> int:
    at = 0
    for text, marked in pieces:
        if marked:
            return at
        at += len(text)
    return 0


def _sliced(pieces: Pieces, first: int, last: int) -> Pieces:
    kept, at = [], 0
    for text, marked in pieces:
        part = text[max(0, first - at) : max(0, last - at)]
        if part:
            kept.append((part, marked))
        at += len(text)
    return tuple(kept)


def _lines(pieces: Pieces) -> Iterator[Line]:
    number = 0
    line: list[tuple[str, bool]] = []
    for text, marked in pieces:
        head, *rest = text.split("\n")
        line.append((head, marked))
        for part in rest:
            yield Line(number, tuple(piece for piece in line if piece[0]))
            number += 1
            line = [(part, marked)]
    yield Line(number, tuple(piece for piece in line if piece[0]))
