"""How a line of a text becomes a strip of cells: its margin, its roles, and what stands out in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from briefings.figures.sparklines import in_blocks
from sources.text import clean
from tui.layout import roles
from tui.layout.lines import Line, Run

Hits = Callable[[int, int], list[tuple[int, int, bool]]]
"""The occurrences of words between two characters of a block: first, end, and whether it is the current
one."""


def no_hits(first: int, last: int) -> list[tuple[int, int, bool]]:
    """Where no words are looked for."""
    return []


class Standing(NamedTuple):
    """What stands out in a block by the reader's own doing. `focused` and `hovered` are the numbers of
    links, -1 for none; `marks_rows` says that the row where the focus begins is marked in the margin,
    `above` is the line over this one in its block."""

    block: int
    focused: int = -1
    hovered: int = -1
    marks_rows: bool = False
    above: Line | None = None
    hits: Hits = no_hits


PLAIN = Standing(0)


class Painter(NamedTuple):
    """Paints lines in strips of `width` cells; `look` gives the style of a role. `rule` draws the bar of
    a side pane. `blocks` draws sparklines without braille."""

    look: Callable[[str], Style]
    width: int
    rule: bool = False
    ascii: bool = False
    blocks: bool = False

    def strip(self, line: Line | None, standing: Standing) -> Strip:
        """One line, or a blank row."""
        runs = line.runs if line else ()
        segments = self._margin(standing.marks_rows and _begins_on(line, standing))
        for run in runs:
            segments += self._segments(run, standing)
        return Strip(segments).simplify().adjust_cell_length(self.width, self.look(roles.INK))

    def _margin(self, here: bool) -> list[Segment]:
        bar = [Segment(":" if self.ascii else "╎", self.look(roles.QUIET))] if self.rule else []
        if here:
            return [*bar, Segment(" >" if self.ascii else " ▸", self.look(roles.HERE))]
        return [*bar, Segment("  ", self.look(roles.INK))]

    def _segments(self, run: Run, standing: Standing) -> list[Segment]:
        style = self._style(run, standing)
        hits = standing.hits(run.start, run.start + len(run.text)) if run.start >= 0 else []
        text = in_blocks(run.text) if self.blocks and run.role == roles.QUIET else run.text
        pieces, at = [], 0
        for start, end, current in hits:
            first, last = max(at, start - run.start), min(len(run.text), end - run.start)
            if first < last:
                name = "current-hit" if current else "hit"
                pieces.append(Segment(clean(text[at:first]), style))
                pieces.append(Segment(clean(text[first:last]), style + self.look(name)))
                at = last
        pieces.append(Segment(clean(text[at:]), style))
        return [piece for piece in pieces if piece.text]

    def _style(self, run: Run, standing: Standing) -> Style:
        style = self.look(run.role)
        if run.target < 0:
            return style
        if run.target == standing.focused:
            style += self.look("focused")
        elif run.target == standing.hovered:
            style += Style(bold=True)
        return style + Style(meta={"link": (standing.block, run.target)})


def _begins_on(line: Line | None, standing: Standing) -> bool:
    """Whether the focused link begins on a line: one that is wrapped has further lines."""
    return _shows(line, standing.focused) and not _shows(standing.above, standing.focused)


def _shows(line: Line | None, target: int) -> bool:
    return line is not None and any(run.target == target >= 0 for run in line.runs)
