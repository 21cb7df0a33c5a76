"""A table of very many rows: each row is one line, made when it is looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from briefings.documents.model import Block, Cell
from tui.layout import columns
from tui.layout.columns import MEASURED_ROWS
from tui.layout.context import Context
from tui.layout.inline import compose, flow_length, links
from tui.layout.lazy_lines import LazyLines
from tui.layout.lines import Line
from tui.layout.tables import columns_of, made_row, row_lines, rows_of, scroll_hint

_NONE = (-1, 0)


class LongTable(LazyLines):
    """The lines of a table, columns measured over its first rows and longest cells, which are cut where room
    is short.

    Where each row stands in the flow, and which links it has, is counted once; lines are made anew.
    """

    def __init__(self, block: Block, width: int, context: Context, shift: int) -> None:
        super().__init__()
        self._block = block
        self._context = context._replace(wrap_cells=False)
        self._starts, self._targets, longest = _places(block, self._context)
        first = max(1, MEASURED_ROWS - len(longest))
        sample = rows_of(block, self._context, first)
        sample += (made_row(block, number, self._context, 0, 0) for number in longest if number >= first)
        self._measured = columns_of(block, sample, self._context)
        if columns.natural(self._measured) > width:
            width = max(width, context.table_width or 0)
        self._plan = columns.plan(self._measured, width, shift)
        self._hint = scroll_hint(self._plan, width, self._starts[-2], self._context)

    @property
    def beyond(self) -> int:
        """Columns at the right for which there is no room."""
        return self._plan.after

    def __len__(self) -> int:
        return len(self._block.rows) + len(self._hint)

    def made(self, row: int) -> Line:
        if row >= len(self._block.rows):
            return self._hint[row - len(self._block.rows)]
        start, target = self._starts[row], self._targets[row]
        cells = made_row(self._block, row, self._context, start, target)
        made = row_lines(cells, self._measured, self._plan, self._context, start)
        return made[0] if made else Line((), start, start)

    def at_offset(self, offset: int) -> int:
        return max(0, min(bisect_right(self._starts, offset) - 1, len(self._block.rows) - 1))

    def with_target(self, target: int) -> int:
        return max(0, min(bisect_right(self._targets, target) - 1, len(self._block.rows) - 1))


def _places(block: Block, context: Context) -> tuple[array[int], array[int], list[int]]:
    """Where in the flow each row begins, and the number of its first link, at last those after all; and
    for each column the row of its longest cell."""
    starts, targets = array("q", [0]), array("q", [0])
    longest: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(block.rows):
        length, count = 0 if row else 1, 0
        for index, cell in enumerate(row):
            taken = _length(cell, context)
            length += taken + 1
            if taken > longest.get(index, _NONE)[0]:
                longest[index] = (taken, number)
            if any(span.link for span in cell):
                count += len(links(cell))
        starts.append(starts[-1] + length)
        targets.append(targets[-1] + count)
    return starts, targets, [number for _, number in longest.values()]


def _length(cell: Cell, context: Context) -> int:
    """Characters of a cell in the flow; only links may be drawn by other words than their own."""
    if any(span.link for span in cell):
        return flow_length(compose(cell, context))
    return sum(len(span.text) for span in cell)
