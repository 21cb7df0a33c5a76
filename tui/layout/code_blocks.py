"""Code as it was written; of very many lines those are wrapped that are looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from briefings.documents.model import Block
from tui.layout import cells, roles
from tui.layout.breaks import NO_BREAK
from tui.layout.context import CUT, Context
from tui.layout.lazy_lines import LazyLines
from tui.layout.lines import Line, Run, runs_width
from tui.layout.wrap import wrap

Lead = tuple[Run, ...]

_TAB = 4


def code_text(block: Block) -> str:
    """The text of a block of code, as it is drawn."""
    text = "".join(span.text for span in block.spans).removesuffix("\n")
    return text.replace(NO_BREAK, " ").expandtabs(_TAB)


def code_block(block: Block, width: int, context: Context, first: Lead, hanging: Lead) -> Sequence[Line]:
    """Lines as written; what is longer goes on below a quiet mark."""
    text = code_text(block)
    if context.long_block is not None and text.count("\n") > context.long_block:
        return LongCode(text, width, context, first, hanging)
    lines: list[Line] = []
    start = 0
    for written in text.split("\n"):
        lines += code_lines(written, start, width, context, hanging if lines else first, hanging)
        start += len(written) + 1
    return lines


def code_lines(text: str, start: int, width: int, context: Context, lead: Lead, hanging: Lead) -> list[Line]:
    """One line as written; what is longer goes on below a quiet mark. Its flow begins at `start`."""
    mark = context.quiet(context.glyph(CUT) + " ")
    run = Run(text, roles.CODE, -1, start)
    made = wrap([run], width, lead, (*hanging, mark), context.ambiguous_wide, hard=True)
    return made if text else [Line(made[0].runs, start, start)]


class LongCode(LazyLines):
    """The lines of code, of which only the rows that each takes are counted beforehand."""

    def __init__(self, text: str, width: int, context: Context, first: Lead, hanging: Lead) -> None:
        super().__init__()
        self._texts = text.split("\n")
        self._width = width
        self._context = context
        self._first = first
        self._hanging = hanging
        self._wrapped = lru_cache(512)(self._wrap)
        self._starts, self._rows = array("q", [0]), array("q", [0])
        room = width - max(runs_width(first), runs_width(hanging))
        for number, written in enumerate(self._texts):
            self._starts.append(self._starts[-1] + len(written) + 1)
            fits = cells.width(written, context.ambiguous_wide) <= room
            self._rows.append(self._rows[-1] + (1 if fits else len(self._wrap(number))))

    def __len__(self) -> int:
        return self._rows[-1]

    def made(self, row: int) -> Line:
        number = bisect_right(self._rows, row) - 1
        return self._wrapped(number)[row - self._rows[number]]

    def _wrap(self, number: int) -> list[Line]:
        lead = self._hanging if number else self._first
        start = self._starts[number]
        return code_lines(self._texts[number], start, self._width, self._context, lead, self._hanging)

    def at_offset(self, offset: int) -> int:
        number = max(0, min(bisect_right(self._starts, offset) - 1, len(self._texts) - 1))
        inside = [at for at, line in enumerate(self._wrapped(number)) if line.start <= offset]
        return self._rows[number] + (inside[-1] if inside else 0)
