"""Where a reader is in a view: plain values, kept and restored."""

from typing import NamedTuple


class Target(NamedTuple):
    """A link in a view: its block, and its number among the links of that block."""

    block: int
    number: int


class Place(NamedTuple):
    """Where a reader is in a view: restored exactly, also at another width.

    `offset` is the character of the block's text at the top line; `gap` counts blank rows above it.
    `hit` is the current occurrence of the words of `find`: its block, first character and end.
    """

    block: int = 0
    offset: int = 0
    gap: int = 0
    focused: Target | None = None
    shifts: tuple[tuple[int, int], ...] = ()
    find: str = ""
    hit: tuple[int, int, int] | None = None
