"""Blocks become lines: headings, paragraphs, items, code, rules, tables and cards.

Code, tables and cards are imported where the first one is met: most first frames do without.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefings.documents.model import Block, Link
from tui.layout import cells, roles
from tui.layout.context import PLAIN, QUOTE, RULE, Context
from tui.layout.inline import compose, flow_text, links
from tui.layout.lines import Line, Run, blanks, runs_width
from tui.layout.wrap import wrap

__all__ = [
    "PLAIN",
    "READING_WIDTH",
    "Context",
    "columns_beyond",
    "flow",
    "gap",
    "layout",
    "targets",
]

READING_WIDTH = 72
"""Cells that words use at most; tables may use more."""


_NOTE_GAP = 2

Lead = tuple[Run, ...]


def layout(block: Block, width: int, context: Context = PLAIN, shift: int = 0) -> Sequence[Line]:
    """The lines of `block`, at least one, each at most `width` cells (from two on).

    `shift` columns of a table are scrolled off after its first.
    """
    first, hanging = _leads(block, context)
    if block.kind in ("claim", "prediction") and block.statement:
        from tui.layout.cards import card

        return card(block.statement, block.kind == "prediction", width, context, first, hanging)
    if block.kind == "table":
        from tui.layout.table_blocks import table_lines

        return table_lines(block, width, context, shift, first, hanging)
    if block.kind == "code":
        from tui.layout.code_blocks import code_block

        return code_block(block, width, context, first, hanging)
    if block.kind == "rule":
        return [Line((context.quiet(context.glyph(RULE) * max(1, width)),))]
    runs = _runs(block, context)
    if block.kind == "line" and block.align == ("right",) and runs:
        return _ended(runs, width, context, first, hanging)
    lines = wrap(runs, width, first, hanging, context.ambiguous_wide)
    return _noted(lines, block.note, width, context)


def columns_beyond(block: Block, width: int, context: Context, shift: int) -> int:
    """Columns of a table that `layout` leaves out at the right: `shift` more would bring them."""
    from tui.layout.table_blocks import columns_left_out

    return columns_left_out(block, width, context, shift, _leads(block, context)[1])


def targets(block: Block) -> tuple[Link, ...]:
    """The links of `block` in reading order; `Run.target` counts them."""
    if block.statement:
        from tui.layout.cards import card_links

        return tuple(card_links(block.statement))
    if block.kind == "table":
        from tui.layout.tables import table_links

        return tuple(table_links(block))
    return tuple(links(block.spans))


def flow(block: Block, context: Context = PLAIN) -> str:
    """The text of `block` as it is drawn with `context`, without decoration; `Run.start` counts in it."""
    if block.kind in ("claim", "prediction") and block.statement:
        from tui.layout.cards import card_flow

        return card_flow(block.statement, block.kind == "prediction", context)
    if block.kind == "table":
        from tui.layout.tables import table_flow

        return table_flow(block, context)
    if block.kind == "code":
        from tui.layout.code_blocks import code_text

        return code_text(block)
    return "" if block.kind == "rule" else flow_text(_runs(block, context))


def gap(previous: Block | None, block: Block) -> int:
    """Blank rows between two blocks: 0 or 1."""
    if previous is None or _empty(previous) or _empty(block):
        return 0
    if previous.kind == "heading" and block.kind != "heading":
        return 0
    if previous.quote != block.quote:
        return 1
    if previous.kind == block.kind == "line":
        return 0
    if previous.kind == block.kind == "item":
        return 0 if previous.marker.strip() and block.marker.strip() else 1
    if previous.kind == block.kind == "table":
        return 1 if previous.headed or block.headed else 0
    return 1


def _empty(block: Block) -> bool:
    return not (block.spans or block.rows or block.statement or block.kind == "rule")


def _runs(block: Block, context: Context) -> list[Run]:
    return compose(block.spans, context, _base(block))


def _base(block: Block) -> str:
    if block.kind == "heading":
        return roles.TITLE if block.level <= 1 else roles.HEADING
    if block.kind == "code":
        return roles.CODE
    return roles.QUOTE if block.quote else roles.INK


def _leads(block: Block, context: Context) -> tuple[Lead, Lead]:
    """What stands before the first line and before the others: marks of quotation, indents, markers."""
    depth = max(0, block.quote)
    quote = context.quiet((context.glyph(QUOTE) + " ") * depth)
    first: Lead = (quote,) if depth else ()
    level = 0 if block.kind == "heading" else max(0, block.level)
    if block.kind == "line":
        return first, blanks(2 * depth + 2)
    if block.kind != "item":
        return (*first, *blanks(2 * level)), blanks(2 * depth + 2 * level)
    outer = 2 * max(0, level - 1)
    taken = max(2, cells.width(block.marker, context.ambiguous_wide) + 1) if block.marker else 2
    marker = cells.fit(block.marker, taken, wide=context.ambiguous_wide)
    return (*first, *blanks(outer), context.quiet(marker)), blanks(2 * depth + outer + taken)


def _noted(lines: list[Line], note: str, width: int, context: Context) -> list[Line]:
    """`note` at the right end of the first line, where there is room for it."""
    head = lines[0]
    wide = context.ambiguous_wide
    between = width - runs_width(head.runs, wide) - cells.width(note, wide)
    if not note or between < _NOTE_GAP:
        return lines
    role = roles.KEY if len(note) == 1 else roles.QUIET
    runs = (*head.runs, *blanks(between), Run(note, role))
    return [Line(runs, head.start, head.end, head.joins), *lines[1:]]


def _ended(runs: Sequence[Run], width: int, context: Context, first: Lead, hanging: Lead) -> list[Line]:
    """Runs of which the last one stands at the right end of the last line, whole."""
    wide = context.ambiguous_wide
    *before, end = runs
    taken = runs_width((end,), wide)
    if 2 * taken > width:
        return wrap(runs, width, first, hanging, wide)
    lines = wrap(before, width, first, hanging, wide)
    if runs_width(lines[-1].runs, wide) + taken > width:
        lines = wrap(before, width - taken, first, hanging, wide)
    last = lines[-1]
    between = blanks(width - taken - runs_width(last.runs, wide))
    return [*lines[:-1], Line((*last.runs, *between, end), last.start, end.start + len(end.text))]
