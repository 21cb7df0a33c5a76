"""What stands under a chart: its letters, marks and breaks in words, and what its lines come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefings.charts.charted import breaks_in
from briefings.charts.plots import Line, Plot, Reference
from briefings.charts.readout import amount, span_told, told
from briefings.desk import Desk
from briefings.documents.model import Block, Cell, Link, Mark, Span
from tui.pages import parts

_BREAK = ("╎", ":")


def legend(desk: Desk, plot: Plot, briefing: str, ascii: bool = False) -> list[Block]:  # noqa: A002
    """Claims beside the letters under which they are drawn, breaks, claims that are not drawn, and what the
    lines come to."""
    claims = list(_references(desk, plot, briefing))
    drawn, others = [row for row in claims if row[0]], [row for row in claims if not row[0]]
    lines = () if plot.is_empty else _lines(plot)
    rows = [*drawn, *_breaks(plot, ascii), *others, *lines]
    return [parts.rows(rows)] if rows else []


def _references(desk: Desk, plot: Plot, briefing: str) -> Iterator[tuple[str, Cell]]:
    """Each claim once, with all letters under which it is drawn; those that are not drawn without one."""
    letters: dict[str, list[Reference]] = {}
    for each in plot.references:
        letters.setdefault(each.label, []).append(each)
    lines = {line.id: line for line in plot.lines}
    for line in plot.lines:
        for row in desk.claims_on(line.id, briefing):
            if item := desk.item(row.id):
                drawn = letters.pop(item.short, [])
                said = ", ".join(
                    f"{amount(each.value, lines[each.line])} {span_told(each.first, each.last)}"
                    for each in drawn
                )
                stated = said or row.says
                words = f"  says {stated}, measured {row.found}" if stated and row.found else ""
                name = " ".join(each.letter for each in drawn)
                yield name, (parts.link(item), Span(words, Mark.QUIET))


def _breaks(plot: Plot, ascii: bool) -> Iterator[tuple[str, Cell]]:  # noqa: A002
    """Each break with its note; its period leads to its place in the chart."""
    for period, words in breaks_in(plot.lines, plot.first, plot.last):
        yield _BREAK[ascii], (Span("From "), Span(period, link=Link("period", period)), Span(f": {words}"))


def _lines(plot: Plot) -> Iterator[tuple[str, Cell]]:
    """The extremes of each line and its last year, over all of it."""
    for line in plot.lines:
        yield line.letter, (*_named(line), Span(told(line, plot.first, plot.last)))


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
