"""How a page stands on a screen of some width: one pane or two, and how wide."""

from collections.abc import Sequence
from typing import NamedTuple

from briefings.documents.model import Block
from tui.layout.blocks import READING_WIDTH
from tui.pages.page import Page
from tui.pages.pieces import Joined

LEAST = (60, 16)
"""Columns and rows below which only a line is shown."""

WIDE = 104
"""Columns from which there are two panes."""

_SIDE = (40, 56)

SIDE_LEAST = _SIDE[0] + 5
"""Outer width of the narrowest side pane: bar and margins included."""

_LOOKED_AT = 400


class Arrangement(NamedTuple):
    """Blocks and outer widths in cells of both panes; a side pane of 0 cells is not shown."""

    reading: Sequence[Block]
    side: Sequence[Block]
    left: int
    reading_cells: int
    side_cells: int


def arrange(page: Page, columns: int) -> Arrangement:
    """Two panes where there is room; else, and where a table needs the room, what stands beside
    the text follows below it."""
    if columns >= WIDE and page.side and (page.abreast or not _needs_room(page.reading)):
        side = min(_SIDE[1], max(_SIDE[0], columns - 2 - READING_WIDTH - 4 - 2)) + 5
        left = max(0, (columns - (READING_WIDTH + 3) - side) // 2)
        return Arrangement(page.reading, page.side, left, READING_WIDTH + 3, side)
    blocks = Joined(page.reading, page.side) if page.side else page.reading
    most = READING_WIDTH + 4 + _SIDE[1] + 4
    cells = min(columns, most)
    return Arrangement(blocks, (), (columns - cells) // 2, cells, 0)


def _needs_room(blocks: Sequence[Block]) -> bool:
    """Whether a table does not fit the reading width; looked up in the first blocks only."""
    first = blocks[: min(len(blocks), _LOOKED_AT)]
    return any(block.kind == "table" and block.headed and _width(block) > READING_WIDTH for block in first)


def _width(table: Block) -> int:
    from tui.layout.tables import natural_width  # which the first frame mostly does without

    return natural_width(table)
