"""Tables: words left, numbers lined up at the right, no rules; too many columns scroll sideways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefings.documents.model import Block, Cell, Link
from tui.layout import cells, columns, roles
from tui.layout.breaks import NO_BREAK
from tui.layout.columns import GAP, MEASURED_ROWS, Column, Plan
from tui.layout.context import CUT, PLAIN, Context
from tui.layout.inline import compose, drawn, flow_text, links
from tui.layout.lines import Line, Run, blanks, bounds, runs_width, sliced
from tui.layout.wrap import wrap


class _Cell(NamedTuple):
    """A cell as runs; its flow begins at `start`."""

    runs: tuple[Run, ...]
    text: str
    start: int = 0


_FLAT = str.maketrans("\n\t" + NO_BREAK, "   ")

_EMPTY = _Cell((), "")
_Row = list[_Cell]
_Placed = tuple[int, tuple[Run, ...]]
"""One row of cells in a column: blanks before, then runs."""


def table_links(block: Block) -> list[Link]:
    """The links of all cells, row after row."""
    return [link for row in block.rows for cell in row for link in links(cell)]


def table_flow(block: Block, context: Context = PLAIN) -> str:
    """Cells parted by tabs, rows by newlines."""
    return "\n".join("\t".join(_cell_flow(cell, context) for cell in row) for row in block.rows)


def _cell_flow(cell: Cell, context: Context) -> str:
    """The flow of a cell; only links may be drawn by other words than their own."""
    if any(span.link for span in cell):
        return flow_text(compose(cell, context)).replace("\n", " ")
    text = "".join(span.text for span in cell)
    return text.translate(_FLAT)


def natural_width(block: Block, context: Context = PLAIN) -> int:
    """Cells that the table needs when no cell is wrapped."""
    return columns.natural(columns_of(block, rows_of(block, context, MEASURED_ROWS + 1), context))


def table(block: Block, width: int, context: Context, shift: int = 0) -> list[Line]:
    """The rows of `block`, with `shift` columns scrolled off after the first.

    The whole table, wide ones up to `context.table_width`; where that is not enough the columns at
    the right go, and the last line says how many.
    """
    rows = rows_of(block, context)
    measured = columns_of(block, rows, context)
    width = _room(measured, width, context)
    plan = columns.plan(measured, width, shift)
    lines: list[Line] = []
    position = 0
    for row in rows:
        position = row[0].start if row else position
        lines += row_lines(row, measured, plan, context, position)
    return lines + scroll_hint(plan, width, position, context)


def beyond(block: Block, width: int, context: Context, shift: int) -> int:
    """Columns of `block` at the right for which `table` has no room."""
    measured = columns_of(block, rows_of(block, context, MEASURED_ROWS + 1), context)
    return columns.plan(measured, _room(measured, width, context), shift).after


def _room(measured: Sequence[Column], width: int, context: Context) -> int:
    """The cells that a table may take: more than the text beside it where it needs them."""
    return max(width, context.table_width or 0) if columns.natural(measured) > width else width


def rows_of(block: Block, context: Context, limit: int | None = None) -> list[_Row]:
    """The cells of each row as runs, numbered and placed in the flow."""
    rows: list[_Row] = []
    start = target = 0
    for number, row in enumerate(block.rows[:limit]):
        made, start, target = _made(block, number, context, start, target)
        start += 0 if row else 1
        rows.append(made)
    return rows


def made_row(block: Block, number: int, context: Context, start: int, target: int) -> _Row:
    """The cells of one row, whose flow begins at `start` and whose links are counted from `target`."""
    return _made(block, number, context, start, target)[0]


def _made(block: Block, number: int, context: Context, start: int, target: int) -> tuple[_Row, int, int]:
    made: _Row = []
    for index, spans in enumerate(block.rows[number]):
        runs = compose(spans, context, _base(block, number, index), start, target)
        made.append(_flat(runs, start))
        start, target = _after(runs, start, target)
    return made, start, target


def _after(runs: Sequence[Run], start: int, target: int) -> tuple[int, int]:
    """Where the flow and the links of the next cell begin."""
    for run in runs:
        if run.start >= 0:
            start += len(run.text)
        if run.target >= target:
            target = run.target + 1
    return start + 1, target


def _base(block: Block, row: int, index: int) -> str:
    """Heads are heads; an unheaded table of two columns is label and value."""
    if block.headed:
        return roles.INK if row else roles.HEAD
    return roles.QUIET if index == 0 and len(block.rows[row]) == 2 else roles.INK


def _flat(runs: Sequence[Run], start: int) -> _Cell:
    """A cell of one line: newlines and tabs are blanks."""
    text = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
    if "\n" in text or "\t" in text:
        flat = str.maketrans("\n\t", "  ")
        runs = [Run(run.text.translate(flat), run.role, run.target, run.start) for run in runs]
        text = text.translate(flat)
    return _Cell(tuple(runs), text, start)


def columns_of(block: Block, rows: Sequence[_Row], context: Context) -> list[Column]:
    """The columns, measured over the first rows, or over those that stand for the rows of several tables."""
    if block.sample:
        block = block._replace(rows=block.sample, sample=())
        rows = rows_of(block, context, MEASURED_ROWS + 1)
    count = max(map(len, rows), default=0)
    head = rows[0] if block.headed and rows else None
    body = rows[1 : MEASURED_ROWS + 1] if block.headed else rows[:MEASURED_ROWS]
    return [
        columns.measure(
            None if head is None else _at(head, index).text,
            [_at(row, index).text for row in body],
            block.align[index] if index < len(block.align) else "",
            context.ambiguous_wide,
        )
        for index in range(count)
    ]


def _at(row: _Row, index: int) -> _Cell:
    return row[index] if index < len(row) else _EMPTY


def row_lines(
    row: _Row, measured: Sequence[Column], plan: Plan, context: Context, position: int
) -> list[Line]:
    """The lines of one row: as many as its highest cell, below a label that is too long for its column."""
    above = _above(row, measured, plan, position, context)
    placed = [
        _placed(_at(row, index), measured[index], width, context)
        for index, width in zip(plan.shown, plan.widths, strict=True)
    ]
    if above:
        placed[0], position = [], above[-1].end
    height = max(map(len, placed), default=1)
    return above + [_line(placed, plan.widths, level, position, context) for level in range(height)]


def _above(row: _Row, measured: Sequence[Column], plan: Plan, position: int, context: Context) -> list[Line]:
    """The label of a row over the whole width of the table, where its column is too narrow for it."""
    wide = context.ambiguous_wide
    if not (row and plan.shown and measured[0].above and runs_width(row[0].runs, wide) > plan.widths[0]):
        return []
    whole = sum(plan.widths) + GAP * (len(plan.widths) - 1)
    lines = wrap(row[0].runs, whole, hanging=blanks(columns.HANG), wide=wide)
    return [Line(line.runs, *bounds(line.runs, position)) for line in lines]


def _line(
    placed: Sequence[list[_Placed]], widths: Sequence[int], level: int, position: int, context: Context
) -> Line:
    """One line over all columns, without blanks at its end."""
    runs: list[Run] = []
    pending = 0
    for column, width in zip(placed, widths, strict=True):
        before, shown = column[level] if level < len(column) else (0, ())
        if shown:
            runs += blanks(pending + before)
            runs += shown
            pending = width - before - runs_width(shown, context.ambiguous_wide) + GAP
        else:
            pending += width + GAP
    start, end = bounds(runs, position)
    return Line(tuple(runs), start, end)


def _placed(cell: _Cell, column: Column, width: int, context: Context) -> list[_Placed]:
    """A cell within the `width` of its column."""
    wide = context.ambiguous_wide
    if not cell.text:
        return []
    if column.numeric and width >= column.number and (parts := columns.number(cell.text)):
        lined = _lined_up(cell, parts, column, width, wide)
        if lined:
            return [lined]
    taken = runs_width(cell.runs, wide)
    if taken <= width:
        after = column.tail if column.numeric and taken <= width - column.tail else 0
        return [(width - taken - after if column.right else 0, drawn(cell.runs))]
    if not context.wrap_cells:
        return [(0, _cut(cell, width, context))]
    lines = wrap(cell.runs, width, hanging=blanks(column.hang), wide=wide)
    return [(width - runs_width(line.runs, wide) if column.right else 0, line.runs) for line in lines]


def _lined_up(cell: _Cell, parts: columns.Number, column: Column, width: int, wide: bool) -> _Placed | None:
    """A number with its point below the others' points and its unit below the others' units.

    None for a number larger than the measured ones.
    """
    whole, tail = cells.width(parts.whole, wide), cells.width(parts.tail, wide)
    if whole > column.whole or len(parts.fraction) > column.fraction or tail > column.tail:
        return None
    before = width - column.number + column.whole - whole
    runs = cell.runs
    if parts.tail and len(parts.fraction) < column.fraction:
        end = len(parts.whole) + len(parts.fraction)
        fill = blanks(column.fraction - len(parts.fraction))
        runs = (*sliced(runs, 0, end), *fill, *sliced(runs, end, len(cell.text)))
    return before, drawn(tuple(runs))


def _cut(cell: _Cell, width: int, context: Context) -> tuple[Run, ...]:
    """As much of a long cell as fits before the mark of cut text."""
    mark = context.quiet(context.glyph(CUT))
    room = width - len(mark.text)
    if room < 2:
        return wrap(cell.runs, width, wide=context.ambiguous_wide, hard=True)[0].runs
    return (*wrap(cell.runs, room, wide=context.ambiguous_wide, hard=True)[0].runs, mark)


def scroll_hint(plan: Plan, width: int, position: int, context: Context) -> list[Line]:
    """A quiet line that says what is not shown, if anything."""
    parts = []
    if plan.after:
        parts.append(f"{_counted(plan.after, 'more column')}: shift+right")
    if plan.before:
        parts.append(f"{_counted(plan.before, 'column')} before: shift+left")
    if not parts:
        return []
    text = cells.cut(", ".join(parts), width, context.glyph(CUT))
    return [Line((context.quiet(text),), position, position)]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
