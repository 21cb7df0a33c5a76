"""Series as small pictures of characters: no terminal in it."""

from __future__ import annotations

from collections.abc import Sequence

_LEFT = (0x40, 0x04, 0x02, 0x01)
_RIGHT = (0x80, 0x20, 0x10, 0x08)
_LEVELS = len(_LEFT)


def sparkline(values: Sequence[float | None], cells: int) -> str:
    """The last `2 * cells` values as columns of braille dots between their least and greatest value.

    A missing value is a gap. Fewer values leave blanks at the left; equal ones stand at half height.
    """
    taken = list(values[-2 * cells :])
    padded = [None] * (2 * cells - len(taken)) + taken
    present = [value for value in padded if value is not None]
    if not present:
        return " " * cells
    low, high = min(present), max(present)
    levels = [_level(value, low, high) for value in padded]
    drawn = (_cell(levels[at], levels[at + 1]) for at in range(0, 2 * cells, 2))
    return "".join(drawn)


def _level(value: float | None, low: float, high: float) -> int:
    if value is None:
        return 0
    if high == low:
        return _LEVELS // 2
    return 1 + round((value - low) / (high - low) * (_LEVELS - 1))


def _cell(left: int, right: int) -> str:
    if not left and not right:
        return " "
    dots = sum(_LEFT[:left]) | sum(_RIGHT[:right])
    return chr(0x2800 + dots)


def in_blocks(text: str) -> str:
    """A text with its sparklines drawn in quarter blocks, for fonts without braille; else as it is."""
    is_drawn = any(letter in _BLOCKS for letter in text) and all(
        letter == " " or letter in _BLOCKS for letter in text
    )
    return "".join(_BLOCKS.get(letter, letter) for letter in text) if is_drawn else text


_QUARTERS = (" ▗▐", "▖▄▟", "▌▙█")
"""Columns of none, one or two quarters: by the left one, then by the right one."""

_BLOCKS = {
    _cell(left, right): _QUARTERS[-(-left // 2)][-(-right // 2)]
    for left in range(_LEVELS + 1)
    for right in range(_LEVELS + 1)
    if left or right
}
