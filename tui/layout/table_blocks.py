"""A table as a block of a text: in its place among what is quoted or listed, and with remarks under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.documents.model import Block
from tui.layout import roles
from tui.layout.context import Context
from tui.layout.lines import Line, Run, blanks, runs_width
from tui.layout.long_tables import LongTable
from tui.layout.roles import glyph_role
from tui.layout.tables import beyond, table
from tui.layout.wrap import wrap

Lead = tuple[Run, ...]


def table_lines(
    block: Block, width: int, context: Context, shift: int, first: Lead, hanging: Lead
) -> Sequence[Line]:
    """The lines of a table and of its remarks; of a very long one without these."""
    if context.long_block is not None and len(block.rows) > context.long_block:
        return LongTable(block, width, context, shift)
    lines = _table(block, width, context, shift, first, hanging)
    return [*lines, *_remarks(block, lines[-1].end, width, context, hanging)]


def columns_left_out(block: Block, width: int, context: Context, shift: int, hanging: Lead) -> int:
    """Columns that `table_lines` leaves out at the right."""
    if context.long_block is not None and len(block.rows) > context.long_block:
        return LongTable(block, width, context, shift).beyond
    taken = _indent(hanging, width)
    return beyond(block, max(1, width - taken), _inner(context, taken), shift)


def _table(block: Block, width: int, context: Context, shift: int, first: Lead, hanging: Lead) -> list[Line]:
    """A table, indented where it is quoted or belongs to an item."""
    taken = _indent(hanging, width)
    if not taken:
        return table(block, width, context, shift) or [Line()]
    lines = table(block, max(1, width - taken), _inner(context, taken), shift)
    leads = [first if runs_width(first) == taken else blanks(taken)] + [blanks(taken)] * len(lines)
    return [
        Line((*lead, *line.runs), line.start, line.end, line.joins)
        for lead, line in zip(leads, lines, strict=False)
    ] or [Line()]


def _indent(hanging: Lead, width: int) -> int:
    """Cells before a table."""
    return max(0, min(runs_width(hanging), width // 2, width - 2))


def _inner(context: Context, taken: int) -> Context:
    """The context of a table behind so many cells."""
    return context._replace(table_width=max(0, (context.table_width or 0) - taken)) if taken else context


def _remarks(block: Block, end: int, width: int, context: Context, lead: Lead) -> Iterator[Line]:
    """What is to be said of a table, under it; no part of its flow, which ends at `end`."""
    for mark, words in context.remarks(block):
        first = (*lead, Run(mark, glyph_role(mark)), *blanks(1))
        hanging = blanks(runs_width(first, context.ambiguous_wide))
        for line in wrap([Run(words, roles.QUIET)], width, first, hanging, context.ambiguous_wide):
            yield Line(line.runs, end, end)
