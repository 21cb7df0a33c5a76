"""The lines of a text at one width: laid out where they are looked at, and kept for who comes back."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual.strip import Strip

from briefings.documents.model import Block
from tui.layout.blocks import READING_WIDTH, columns_beyond, gap, layout
from tui.layout.context import Context
from tui.layout.lines import Line

_KEPT_LAYOUTS = 400
_KEPT_STRIPS = 200

_LONG_BLOCK = 2_000
"""Rows above which a table or code is laid out only where it is looked at."""


class Sheet:
    """Blocks as lines of at most `width` cells."""

    def __init__(self, blocks: Sequence[Block], context: Context, width: int) -> None:
        self.blocks = blocks
        self.context = context
        self.width = width
        self._layouts: dict[tuple[int, int], tuple[Sequence[Line], int]] = {}
        self._strips: dict[object, Strip] = {}
        self._appearance: Hashable = None

    def is_of(self, blocks: Sequence[Block], context: Context, width: int) -> bool:
        """Whether these very blocks are laid out here, in this very context."""
        return self.blocks is blocks and self.context is context and self.width == width

    def laid_out(self, number: int, shift: int) -> tuple[Sequence[Line], int]:
        """The lines of a block, shifted sideways by columns if it is a table; the blank rows above them."""
        key = (number, shift)
        if key not in self._layouts:
            if len(self._layouts) >= _KEPT_LAYOUTS:
                self._layouts.clear()
            self._layouts[key] = self._laid_out(number, shift)
        return self._layouts[key]

    def _laid_out(self, number: int, shift: int) -> tuple[Sequence[Line], int]:
        block = self.blocks[number]
        lines = layout(block, *self._drawn_in, shift=shift)
        return lines, gap(self.blocks[number - 1] if number else None, block)

    def columns_beyond(self, number: int, shift: int) -> int:
        """The columns of a table that lie beyond its right end, when it is shifted."""
        return columns_beyond(self.blocks[number], *self._drawn_in, shift)

    @property
    def _drawn_in(self) -> tuple[int, Context]:
        """The cells of a text, and how it and wider tables are drawn."""
        width = max(1, self.width)
        return min(width, READING_WIDTH), self.context._replace(table_width=width, long_block=_LONG_BLOCK)

    def strips(self, appearance: Hashable) -> dict[object, Strip]:
        """Rows as they were drawn, for who draws them to add to; those that looked otherwise are dropped."""
        if appearance != self._appearance or len(self._strips) >= _KEPT_STRIPS:
            self._appearance, self._strips = appearance, {}
        return self._strips
