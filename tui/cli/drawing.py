"""Blocks as lines of plain text: the lines of the document view, in colour on a terminal only."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping

from briefings.desk import Desk
from briefings.documents.model import Block, Item
from sources.text import clean
from tui.layout import roles
from tui.layout.blocks import flow, gap, layout
from tui.layout.context import Context
from tui.layout.lines import Line, Run
from tui.layout.linked import linked
from tui.layout.tables import natural_width
from tui.pages.verdicts import judge_of, marker, teller
from tui.settings.settings import Settings
from tui.terminal import terminal

NARROWEST, WIDEST = 20, 1000
"""Cells that `--width` may ask for."""

_SGR: Mapping[str, str] = {
    **dict.fromkeys((roles.TITLE, roles.HEADING, roles.STRONG, roles.KEY, roles.HERE), "1"),
    **dict.fromkeys((roles.QUIET, roles.HEAD), "2"),
    **dict.fromkeys((roles.DANGLING, roles.DOUBT), "33"),
    roles.LINK: "4",
    roles.FIGURE: "1;4",
    roles.CODE: "36",
    roles.STRUCK: "9",
    roles.GOOD: "32",
    roles.BAD: "31",
}
"""How a terminal is asked to draw a role; the others are plain."""


def width_of_output(asked: int | None) -> int:
    """Cells of a line: those asked for, else COLUMNS, else the terminal's, else 80."""
    return asked or min(max(NARROWEST, shutil.get_terminal_size((80, 24)).columns), WIDEST)


def in_colour(settings: Settings) -> bool:
    """Whether standard output is a terminal that is to be coloured."""
    plain = settings.no_color or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout is not None and sys.stdout.isatty()


def context_of(settings: Settings, desk: Desk, document: str) -> Context:
    """How blocks of a document are drawn: as in the app, with the verdicts as they were last judged."""
    ascii_only = settings.ascii or not terminal.writes_unicode()

    def resolve(target: str) -> Item | None:
        return desk.resolve(target, document)

    plain = Context(ascii=ascii_only, ambiguous_wide=settings.ambiguous == "wide")
    judged, mark = judge_of(desk, document, ascii_only), marker(desk, resolve, ascii_only)
    return linked(plain, resolve, desk.figure, judged, mark, teller(desk, document, ascii_only))


def draw(blocks: Iterable[Block], width: int, context: Context, colour: bool) -> Iterator[str]:
    """The lines of blocks one below the other, parted as the document view parts them."""
    previous: Block | None = None
    for block in blocks:
        if gap(previous, block):
            yield ""
        lines = _whole_table if block.kind == "table" else layout
        for line in lines(block, width, context):
            yield _painted(line) if colour else clean(line.text).rstrip()
        previous = block


def _whole_table(block: Block, width: int, context: Context) -> Iterator[Line]:
    """A table with all its columns: those that do not fit follow below, after the first column again."""
    columns = _columns_by_offset(block, context)
    last = max(columns.values(), default=0)
    shift, shown = 0, -1
    while True:
        lines = layout(block, width, context, shift)
        reached = max((columns.get(run.start, 0) for line in lines for run in line.runs), default=0)
        if reached <= shown:  # so narrow that no further column fits: better too wide than left out
            yield from layout(block, natural_width(block, context), context)
            return
        shown = reached
        complete = shown >= last and not shift
        yield from lines if complete else lines[:-1]  # the last line tells of keys to scroll with
        if shown >= last:
            return
        yield Line()
        shift = shown


def _columns_by_offset(block: Block, context: Context) -> dict[int, int]:
    """For each place in the flow of a table that holds a character, the column it stands in."""
    columns: dict[int, int] = {}
    column = 0
    for offset, letter in enumerate(flow(block, context)):
        if letter == "\n":
            column = 0
        elif letter == "\t":
            column += 1
        else:
            columns[offset] = column
    return columns


def _painted(line: Line) -> str:
    return "".join(map(_painted_run, line.runs))


def _painted_run(run: Run) -> str:
    text, style = clean(run.text), _SGR.get(run.role, "")
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text
