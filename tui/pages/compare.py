"""Several indicators beside each other: those that were collected, or all of a topic."""

from __future__ import annotations

from briefings.desk import Desk
from briefings.documents.model import TOPICS
from tui.pages import parts
from tui.pages.page import Address, Page


def compare_page(desk: Desk, briefing: str, name: str) -> Page:
    """Small charts over the same time. `name` is a topic, or ids of indicators parted by blanks."""
    if name in TOPICS:
        title = parts.TOPIC_NAMES[name]
        names = tuple(row.id for row in desk.figures_of(name) if row.value)
        up = Address("topic", briefing, name)
    else:
        title, names, up = "Compared", tuple(name.split()), Address("overview", briefing)
    plots = desk.charts.panels(names)
    lines = [line for plot in plots for line in plot.lines]
    listed = parts.entries((parts.indicator_link(line.label, line.id),) for line in lines)
    return Page(
        Address("compare", briefing, name),
        path=("Charts", title),
        reading=listed or [parts.quiet("No figures to compare yet. r asks.")],
        up=up,
        refreshed=names,
        panels=lambda: plots,
        plotted=tuple(line.id for line in lines),
    )
