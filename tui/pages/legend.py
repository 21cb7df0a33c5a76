"""What stands under a chart: its letters, marks and breaks in words, and what its lines come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from briefings.charts.captions import left_out
from briefings.charts.charted import breaks_in
from briefings.charts.plots import Line, Plot, Reference
from briefings.charts.readout import amount, span_told, told
from briefings.charts.views import Look, look
from briefings.desk import Desk
from briefings.documents.model import Block, Cell, Item, Link, Mark, Span
from tui.layout.breaks import NO_BREAK
from tui.pages import parts

_BREAK = ("╎", ":")
_BETWEEN = "   "


class _Claim(NamedTuple):
    """A claim on a line, with what it states that could be drawn, and what it says and was found in words."""

    item: Item
    stated: tuple[Reference, ...]
    said: str


class Legend:
    """What there is to tell of a plot, however it is looked at."""

    def __init__(self, desk: Desk, plot: Plot, briefing: str, ascii: bool = False) -> None:  # noqa: A002
        self._claims = tuple(_claims(desk, plot, briefing))
        self._plot = plot
        self._mark = _BREAK[ascii]

    def blocks(self, looked: Plot) -> list[Block]:
        """Claims beside the letters under which they are drawn, what is left out, breaks, claims that are not
        drawn, and what the lines come to; `looked` is the plot in its span and view."""
        seen = look(looked)
        rows = [_row(claim, seen) for claim in self._claims]
        drawn, others = [row for row in rows if row[0]], [row for row in rows if not row[0]]
        lines = () if self._plot.is_empty else _lines(self._plot, seen)
        missing = (("", (Span(words),)) for words in left_out(looked))
        rows = [*drawn, *missing, *self._breaks(seen), *others, *lines]
        return [parts.rows(rows)] if rows else []

    def _breaks(self, seen: Look) -> Iterator[tuple[str, Cell]]:
        """Each break with its note, and its mark where it is drawn; its period leads to its place in the
        chart."""
        plot = seen.plot
        drawn = {period for period, _ in breaks_in(seen.lines, plot.first, plot.last)}
        for period, words in breaks_in(self._plot.lines, self._plot.first, self._plot.last):
            said = (Span("From "), Span(period, link=Link("period", period)), Span(f": {words}"))
            yield self._mark if period in drawn else "", said


def _claims(desk: Desk, plot: Plot, briefing: str) -> Iterator[_Claim]:
    """Each claim once, with all that is drawn of it."""
    stated: dict[str, list[Reference]] = {}
    for each in plot.references:
        stated.setdefault(each.label, []).append(each)
    lines = {line.id: line for line in plot.lines}
    for line in plot.lines:
        for row in desk.claims_on(line.id, briefing):
            if item := desk.item(row.id):
                mine = stated.pop(item.short, [])
                said = ", ".join(
                    f"{amount(each.value, lines[each.line])} {span_told(each.first, each.last)}"
                    for each in mine
                )
                words = said or row.says
                told = f"  says {words}, measured {row.found}" if words and row.found else ""
                yield _Claim(item, tuple(mine), told)


def _row(claim: _Claim, seen: Look) -> tuple[str, Cell]:
    """A claim beside its letters; without one, where it is not drawn, which is said of what could be."""
    shown = {each.letter for each in seen.references}
    letters = " ".join(each.letter for each in claim.stated if each.letter in shown)
    absent = f", not in this {'span' if seen.view == 'plain' else 'view'}"
    told = f"{claim.said}{absent if claim.stated and not letters else ''}"
    return letters, (parts.link(claim.item), Span(told, Mark.QUIET))


def _lines(plot: Plot, seen: Look) -> Iterator[tuple[str, Cell]]:
    """The extremes of each line and its last year, over all of it; beside its letter, where it is drawn."""
    drawn = {line.id for line in seen.lines}
    for line in plot.lines:
        letter = line.letter if line.id in drawn else ""
        told_apart = told(line, plot.first, plot.last).split(_BETWEEN)
        whole = _BETWEEN.join(words.replace(" ", NO_BREAK) for words in told_apart)
        yield letter if line.letter else "All", (*_named(line), Span(whole))


def _named(line: Line) -> Iterator[Span]:
    if line.letter:
        name = f"{line.label} {line.label_zh}".rstrip()
        yield Span(name, link=Link("item", line.id.partition(":")[0]))
        yield Span("  ")


def meanwhile(plot: Plot) -> list[Block]:
    """What happened while the lines run, by the numbers above the chart."""
    rows = [
        (
            f"{each.mark:>2}",
            (
                Span(f"{date.fromordinal(each.day)}  ", Mark.QUIET),
                Span(each.label, link=Link("item", each.item) if each.item else None),
            ),
        )
        for each in plot.events
    ]
    return [parts.heading("What happened meanwhile"), parts.rows(rows)] if rows else []
