"""What charts and tables of figures show, from what a desk knows of series, claims and documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from briefings.charts.charted import days_of, plot_for, sources_of, stated
from briefings.charts.moving import in_context
from briefings.charts.overlay import Candidate, choices
from briefings.charts.plots import Event, Plot, Reference
from briefings.documents.dates import closing_day, interval
from briefings.figures.tabled import Table, entries_of
from cache.store import StoreError

if TYPE_CHECKING:
    from briefings.desk import Desk
    from briefings.documents.model import Document, Item
    from briefings.figures.figures import Figures

_DATED = ("published", "in_force", "signed")
"""The dates of an instrument or event that a chart marks: the first of them that it has."""


class Charts:
    """Answers for a desk, and as long as that does."""

    def __init__(self, desk: Desk, figures: Figures) -> None:
        self._desk = desk
        self._figures = figures

    def plot(self, names: Sequence[str], document: str = "") -> Plot | None:
        """Indicators, or definitions of them, as lines: with what the claims of a document state of them,
        and what happened that it speaks of. None where the store cannot be read."""
        rows = {row.id: row for name in names for row in self._desk.claims_on(name, document)}
        said = [each for row in rows.values() for each in self.stated(self._desk.item(row.id))]
        try:
            observed = self._figures.observing().observed
            return plot_for(observed, names, self._desk.today, said, self.events(document))
        except StoreError:
            return None

    def around(self, claim: Item, names: Sequence[str]) -> Plot | None:
        """The plot of indicators for a reader of a claim: the period that its test speaks of, with what lies
        around it. It aims at the last figure of that period."""
        plot = self.plot(names, claim.document)
        statement = self._desk.statement(claim)
        if plot is None or plot.is_empty or statement is None:
            return plot
        days = days_of(statement.test, (plot.first, plot.last))
        return in_context(plot, *days) if days else plot

    def stated(self, claim: Item | None) -> Iterator[Reference]:
        """What the test of a claim states of series."""
        statement = self._desk.statement(claim) if claim else None
        if claim and statement:
            yield from stated(statement.test, claim.short, self._desk.document(claim.document))

    def panels(self, names: Sequence[str]) -> tuple[Plot, ...]:
        """A plot of each of some indicators that have figures."""
        found: list[Plot] = []
        try:
            observed = self._figures.observing().observed
            for name in names:
                plot = plot_for(observed, (name,), self._desk.today)
                if not plot.is_empty:
                    found.append(plot)
        except StoreError:
            return ()
        return tuple(found)

    def table(self, name: str) -> Table | None:
        """The observations of an indicator, or of one of its definitions; None for an unknown one."""
        id_, _, definition = name.partition(":")
        try:
            observing = self._figures.observing()
            entry = observing.catalogue.get(id_)
            if entry is None:
                return None
            series = observing.observed.series(id_, definition)
        except StoreError:
            return None
        unit = series.unit if series else entry.unit
        found = tuple(entries_of(series)) if series else ()
        return Table(name, entry.title, entry.title_zh, unit, entry.decimals, found)

    def sources(self, names: Sequence[str]) -> tuple[str, ...]:
        """Whose figures series are, and who passed them on: `PBOC by Eastmoney`."""
        try:
            observing = self._figures.observing()
            return sources_of(observing.observed, (name.partition(":")[0] for name in names))
        except StoreError:
            return ()

    def choices(self, shown: Sequence[str]) -> list[Candidate]:
        """What may be drawn beside what is shown, the nearest kin first."""
        try:
            return choices(self._figures.observing().catalogue, shown)
        except StoreError:
            return []

    # ------------------------------------------------------------------ events

    def events(self, document: str) -> tuple[Event, ...]:
        """What a document speaks of that has a day: instruments, events, and the ends of predictions.

        Nothing later than the day that everything is shown for, except those ends.
        """
        linked = {item.id: item for item, _ in self._desk.linked_from(document)}
        dated = (each for item in linked.values() if (each := self._dated(item)))
        return (*dated, *self._deadlines(document))

    def _dated(self, item: Item) -> Event | None:
        if item.kind not in ("instrument", "event"):
            return None
        document = self._desk.document(item.document)
        day = _day_of(document) if document else None
        return Event(day.toordinal(), item.title, item=item.id) if day and day <= self._desk.today else None

    def _deadlines(self, document: str) -> Iterator[Event]:
        for item in self._desk.items_of(document, "prediction"):
            statement = self._desk.statement(item)
            closing = closing_day(statement.window) if statement and statement.window else ""
            if closing:
                day = date.fromisoformat(closing).toordinal()
                told = f"{item.short.upper()} closes"
                yield Event(day, f"{told}: {item.title}" if item.title else told, item=item.id)


def _day_of(document: Document) -> date | None:
    """The first day of the date that a chart marks; None where there is none."""
    dates = dict(document.facts.dates)
    named = next((dates[name] for name in _DATED if name in dates), "")
    return interval(named).first if named else None
