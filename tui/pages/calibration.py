"""How what was called likely stands to what came true, drawn in characters and said in words.

In each line the upper half is how likely, on average, and the lower half how often it came true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefings.documents.model import Block, Mark, Span
from briefings.ledger.likelihood import share
from briefings.ledger.scores import Bin
from tui.pages import parts

_CELLS = 10
"""Cells of a whole line: two dots, of 5 % each, in a cell."""

_UPPER, _LOWER = (0x00, 0x03, 0x1B), (0x00, 0x44, 0xE4)
"""The dots of braille that none, the left half and all of a cell have, above and below."""

_ASCII = {(True, True): "#", (True, False): "'", (False, True): ".", (False, False): ""}

_CLOSE = 0.1
"""How far the two may lie apart and still count as one."""


def drawn(called: float, true: float, ascii: bool = False) -> str:  # noqa: A002  (as the setting is called)
    """Two shares of 0 to 1 as one line, one above the other."""
    if ascii:
        steps = [(step < round(called * _CELLS), step < round(true * _CELLS)) for step in range(_CELLS)]
        return "".join(_ASCII[step] for step in steps)
    halves = [(_dots(called, cell), _dots(true, cell)) for cell in range(_CELLS)]
    return "".join(chr(0x2800 + _UPPER[up] + _LOWER[low]) for up, low in halves if up or low)


def _dots(value: float, cell: int) -> int:
    """How many of the two dots of a cell are set, counted from the left."""
    return min(max(round(value * 2 * _CELLS) - 2 * cell, 0), 2)


def said(called: float, true: float) -> str:
    """The same in a word: how often it came true against what was said."""
    if abs(true - called) <= _CLOSE:
        return "as said"
    return "more" if true > called else "less"


def calibrations(named: Iterable[tuple[str, Sequence[Bin]]], ascii: bool = False) -> list[Block]:  # noqa: A002
    """The bins of scores, one line each, under the names of who is scored; how they are read stands last."""
    drawn = [block for name, bins in named if bins for block in _calibration(name, bins, ascii)]
    legend = "above: called, on average; below: came true"
    legend += "; # both, ' called, . came true" if ascii else ""
    return [*drawn, parts.quiet(legend)] if drawn else []


def _calibration(name: str, bins: Iterable[Bin], ascii: bool) -> list[Block]:  # noqa: A002
    head = tuple(parts.cell(Span(word)) for word in ("called", "of", "", "true", ""))
    lines = tuple(tuple(parts.cell(Span(word)) for word in _line(each, ascii)) for each in bins)
    return [
        parts.paragraph(Span(name, Mark.STRONG), Span(", calibration")),
        Block("table", rows=(head, *lines), align=("", "right", "", "right", "")),
    ]


def _line(each: Bin, ascii: bool) -> tuple[str, ...]:  # noqa: A002
    return (
        f"{100 * each.low:.0f}-{share(each.high)}",
        str(each.predictions),
        drawn(each.mean, each.share, ascii),
        f"{100 * each.share:.0f} %",
        said(each.mean, each.share),
    )
