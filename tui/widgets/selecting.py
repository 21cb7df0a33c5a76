"""What is selected of a text by the mouse: how that is drawn, and the words as they were written.

Textual counts the rows of a selection by one number: that of a block, and of a row in it.
"""

from __future__ import annotations

from itertools import takewhile

from rich.style import Style
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from tui.layout.cells import width as cell_width
from tui.layout.lines import Line
from tui.widgets.viewport import Row, Viewport

_ROWS_PER_BLOCK = 1 << 16


def row_number(row: Row) -> int:
    """The number of a row; those of later rows are higher."""
    return row[0] * _ROWS_PER_BLOCK + row[1]


def character_at(text: str, cell: int) -> int:
    """The first character of a row that begins at a cell or after it; past the end the length."""
    cells = 0
    for number, character in enumerate(text):
        if cells >= cell:
            return number
        cells += cell_width(character)
    return len(text)


def with_selection(strip: Strip, span: tuple[int, int], margin: int, style: Style) -> Strip:
    """A strip with some of its characters drawn as selected; -1 stands for the end. Never the margin."""
    text = strip.text
    last = len(text.rstrip()) if span[1] == -1 else span[1]
    first_cell, last_cell = (cell_width(text[:n]) for n in (max(span[0], margin), last))
    if first_cell >= last_cell:
        return strip
    chosen = strip.crop(first_cell, last_cell).apply_style(style)
    return Strip.join([strip.crop(0, first_cell), chosen, strip.crop(last_cell)])


def selected_text(port: Viewport, selection: Selection, margin: int) -> str:
    """The selected text as it was written: wrapped lines are joined again."""
    first = _row_at(selection.start, (0, 0))
    last = _row_at(selection.end, (len(port.blocks) - 1, _ROWS_PER_BLOCK - 1))
    text = ""
    before = Line()
    for number in range(first[0], min(last[0], len(port.blocks) - 1) + 1):
        for row in range(port.height_of(number)):
            if first <= (number, row) <= last:
                line = port.line((number, row)) or Line()
                text += _joint(before, line) if text else ""
                indent = margin + (_decorated(line) if before.joins else 0)
                text += _selected_in(selection, (number, row), " " * margin + line.text, indent)
                before = line
    return text


def _decorated(line: Line) -> int:
    """Characters before the text of a line that goes on with a paragraph: the indent of a list."""
    return sum(len(run.text) for run in takewhile(lambda run: run.start < 0, line.runs))


def _joint(before: Line, line: Line) -> str:
    if not before.joins:
        return "\n"
    return " " if line.start > before.end else ""


def _selected_in(selection: Selection, row: Row, text: str, margin: int) -> str:
    first, last = selection.get_span(row_number(row)) or (0, -1)
    return text[max(first, margin) : None if last == -1 else last].rstrip()


def _row_at(offset: Offset | None, otherwise: Row) -> Row:
    return divmod(offset.y, _ROWS_PER_BLOCK) if offset is not None else otherwise
