"""Blocks become lines: headings, paragraphs, items, code, rules, tables and cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.model import Block, Link
from tui.layout import cells, roles
from tui.layout.breaks import NO_BREAK
from tui.layout.cards import card, card_flow, card_links
from tui.layout.context import PLAIN, QUOTE, RULE, Context
from tui.layout.inline import compose, flow_text, links
from tui.layout.lines import Line, Run, blanks, runs_width
from tui.layout.long_code import LongCode, code_lines
from tui.layout.long_tables import LongTable
from tui.layout.roles import glyph_role
from tui.layout.tables import beyond, natural_width, table, table_flow, table_links
from tui.layout.wrap import wrap

__all__ = ["PLAIN", "Context", "columns_beyond", "flow", "gap", "layout", "natural_width", "targets"]

_TAB = 4
_NOTE_GAP = 2

Lead = tuple[Run, ...]


def layout(block: Block, width: int, context: Context = PLAIN, shift: int = 0) -> Sequence[Line]:
    """The lines of `block`, at least one, each at most `width` cells (from two on).

    `shift` columns of a table are scrolled off after its first.
    """
    first, hanging = _leads(block, context)
    if block.kind in ("claim", "prediction") and block.statement:
        return card(block.statement, block.kind == "prediction", width, context, first, hanging)
    if block.kind == "table":
        if context.long_block is not None and len(block.rows) > context.long_block:
            return LongTable(block, width, context, shift)
        lines = _table(block, width, context, shift, first, hanging)
        return [*lines, *_remarks(block, lines[-1].end, width, context, hanging)]
    if block.kind == "code":
        return _code(block, width, context, first, hanging)
    if block.kind == "rule":
        return [Line((context.quiet(context.glyph(RULE) * max(1, width)),))]
    lines = wrap(_runs(block, context), width, first, hanging, context.ambiguous_wide)
    return _noted(lines, block.note, width, context)


def columns_beyond(block: Block, width: int, context: Context, shift: int) -> int:
    """Columns of a table that `layout` leaves out at the right: `shift` more would bring them."""
    if context.long_block is not None and len(block.rows) > context.long_block:
        return LongTable(block, width, context, shift).beyond
    taken = _indent(_leads(block, context)[1], width)
    return beyond(block, max(1, width - taken), _inner(context, taken), shift)


def targets(block: Block) -> tuple[Link, ...]:
    """The links of `block` in reading order; `Run.target` counts them."""
    if block.statement:
        return tuple(card_links(block.statement))
    if block.kind == "table":
        return tuple(table_links(block))
    return tuple(links(block.spans))


def flow(block: Block, context: Context = PLAIN) -> str:
    """The text of `block` as it is drawn with `context`, without decoration; `Run.start` counts in it."""
    if block.kind in ("claim", "prediction") and block.statement:
        return card_flow(block.statement, block.kind == "prediction", context)
    if block.kind == "table":
        return table_flow(block, context)
    if block.kind == "code":
        return _code_text(block)
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


def _code_text(block: Block) -> str:
    text = "".join(span.text for span in block.spans).removesuffix("\n")
    return text.replace(NO_BREAK, " ").expandtabs(_TAB)


def _code(block: Block, width: int, context: Context, first: Lead, hanging: Lead) -> Sequence[Line]:
    """Lines as written; what is longer goes on below a quiet mark."""
    text = _code_text(block)
    if context.long_block is not None and text.count("\n") > context.long_block:
        return LongCode(text, width, context, first, hanging)
    lines: list[Line] = []
    start = 0
    for written in text.split("\n"):
        lines += code_lines(written, start, width, context, hanging if lines else first, hanging)
        start += len(written) + 1
    return lines


def _remarks(block: Block, end: int, width: int, context: Context, lead: Lead) -> Iterator[Line]:
    """What is to be said of a table, under it; no part of its flow, which ends at `end`."""
    for mark, words in context.remarks(block):
        first = (*lead, Run(mark, glyph_role(mark)), *blanks(1))
        hanging = blanks(runs_width(first, context.ambiguous_wide))
        for line in wrap([Run(words, roles.QUIET)], width, first, hanging, context.ambiguous_wide):
            yield Line(line.runs, end, end)


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
