"""Widths in terminal cells: measuring, cutting and padding text. `len()` counts none of them."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Literal
from unicodedata import east_asian_width

from rich.cells import cell_len, get_character_cell_size

Align = Literal["left", "right", "center"]

JOINER = "\u200d"
SELECTOR = "\ufe0f"


def width(text: str, wide: bool = False) -> int:
    """Cells that `text` takes; with `wide`, characters of ambiguous width take two."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(sizes(text, True)) if wide else cell_len(text)


def sizes(text: str, wide: bool = False) -> list[int]:
    """Cells of each character; what joins the character before it (an accent, a ZWJ emoji) takes 0.

    The sum is the width of `text`, and so it is of any part that starts where a size is not 0.
    """
    if JOINER in text or SELECTOR in text:
        counts = _sequence_sizes(text)
    else:
        counts = list(map(get_character_cell_size, text))
    if wide and not text.isascii():
        counts = [
            2 if count == 1 and _ambiguous(letter) else count
            for letter, count in zip(text, counts, strict=True)
        ]
    return counts


def cut(text: str, cells: int, mark: str = "⋯", wide: bool = False) -> str:
    """`text`, or as much of its beginning as fits into `cells` with `mark` at the end."""
    if width(text, wide) <= cells:
        return text
    room = cells - width(mark, wide)
    if room < 0:
        return _head(text, cells, wide)
    return _head(text, room, wide) + mark


def fit(text: str, cells: int, align: Align = "left", mark: str = "⋯", wide: bool = False) -> str:
    """`text` cut or padded with blanks to exactly `cells` cells."""
    shown = cut(text, cells, mark, wide)
    missing = cells - width(shown, wide)
    before = {"left": 0, "right": missing, "center": missing // 2}[align]
    padded = " " * before + shown + " " * (missing - before)
    return padded + " " * (cells - width(padded, wide))  # a joiner at the end swallows one blank


def _head(text: str, cells: int, wide: bool) -> str:
    """The longest beginning of at most `cells` cells."""
    if cells <= 0:
        return ""
    return text[: bisect_right(list(accumulate(sizes(text, wide))), cells)]


def _sequence_sizes(text: str) -> list[int]:
    """Sizes in text with joiners and selectors, counted as `rich.cells.cell_len` counts them."""
    counts = [0] * len(text)
    base, joined = -1, False
    for index, letter in enumerate(text):
        if joined:
            joined = False
        elif letter == JOINER:
            joined = True
        elif letter == SELECTOR:
            if base >= 0:
                counts[base] = cell_len(text[base] + SELECTOR)
            base = -1
        elif count := get_character_cell_size(letter):
            counts[index] = count
            base = index
    return counts


@lru_cache(4096)
def _ambiguous(letter: str) -> bool:
    return east_asian_width(letter) == "A"
