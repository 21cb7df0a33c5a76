"""Several indicators beside each other: those that were collected, or all of a topic."""

from __future__ import annotations

from briefings.desk import Desk
from briefings.documents.model import TOPICS
from briefings.figures.rows import FigureRow
from tui.pages import parts
from tui.pages.indicator import without_figures
from tui.pages.page import Address, Page
from tui.pages.whom import Whom


def compare_page(desk: Desk, briefing: str, name: str, whom: Whom) -> Page:
    """Small charts over the same time. `name` is a topic, or ids of indicators parted by blanks. Where none
    has figures, those that would bring the first are named."""
    if name in TOPICS:
        title, rows = parts.TOPIC_NAMES[name], desk.figures_of(name)
        up = Address("topic", briefing, name)
        names = tuple(row.id for row in rows if row.value) or tuple(row.id for row in rows)
    else:
        title, names, up = "Compared", tuple(name.split()), Address("overview", briefing)
        rows = _rows(desk, names)
    plots = desk.charts.panels(names)
    lines = [line for plot in plots for line in plot.lines]
    listed = parts.entries((parts.indicator_link(line.label, line.id),) for line in lines)
    nothing = without_figures(rows, whom) or [parts.quiet("No figures to compare.")]
    return Page(
        Address("compare", briefing, name),
        path=("Charts", title),
        reading=listed or nothing,
        up=up,
        refreshed=names,
        panels=lambda: plots,
        plotted=tuple(line.id for line in lines),
    )


def _rows(desk: Desk, names: tuple[str, ...]) -> list[FigureRow]:
    return [card.row for name in names if (card := desk.indicator(name))]
