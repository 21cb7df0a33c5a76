"""What is charted: indicators by their ids, and what the claims of a library say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from briefings.charts.plots import Event, Line, Plot, Reference, line_of, plot_of
from briefings.documents.model import Briefed
from briefings.figures.carriers import carried
from sources.expressions import ExpressionError, parse
from sources.expressions.tree import Call, Comparison, Number
from sources.expressions.tree import Reference as Name
from sources.model import Series
from sources.observed import with_definition

if TYPE_CHECKING:
    from briefings.documents.model import Document
    from sources.catalogue.catalogue import Catalogue
    from sources.catalogue.indicator import Indicator
    from sources.observed import Observed

_MOST_PARTS = 3
"""Parts of a computed figure that a readout has room for."""

_LEVELS = ("mean", "min", "max", "first", "last", "value")
"""Functions that give a value which can be drawn on the scale of the series itself."""


def line_for(observed: Observed, name: str, today: date) -> Line | None:
    """The line of an indicator, `cn.m1_yoy`, or of one of its definitions, `cn.m1_yoy:old`, with the lines
    that it is computed from.

    None for an unknown one; one without figures is an empty line. A rate that holds until it is changed
    holds until the as-of day, else until `today`.
    """
    line = _line_for(observed, name, today)
    if line is None:
        return None
    id_, _, definition = name.partition(":")
    entry = observed.catalogue.entries[id_]
    if not 0 < len(entry.parts) <= _MOST_PARTS:
        return line
    named = (with_definition(observed.catalogue, part, definition) for part in entry.parts)
    return line._replace(parts=tuple(part for each in named if (part := _line_for(observed, each, today))))


def _line_for(observed: Observed, name: str, today: date) -> Line | None:
    id_, _, definition = name.partition(":")
    entry = observed.catalogue.get(id_)
    if entry is None:
        return None
    series = observed.series(id_, definition) or Series(id_, entry.unit, entry.frequency)
    line = line_of(
        series,
        f"{entry.title}, definition {definition}" if definition else entry.title,
        label_zh=entry.title_zh,
        decimals=entry.decimals,
        told_of=_told_of(observed.catalogue, entry),
        until=observed.as_of or today,
    )
    return line._replace(id=name)


def plot_for(
    observed: Observed,
    names: Iterable[str],
    today: date,
    references: Iterable[Reference] = (),
    events: Iterable[Event] = (),
) -> Plot:
    """The lines of indicators, with what is stated of them, and what happened meanwhile."""
    lines = [line for name in names if (line := line_for(observed, name, today))]
    return plot_of(lines, references, events)


def _told_of(catalogue: Catalogue, entry: Indicator) -> Callable[[str], tuple[str, str]]:
    """What a definition is of, and what it counts; those of a computed series are joined of those of its
    parts: `1+2025`."""
    owners = [entry]
    if entry.derived:
        owners += [part for name in catalogue.sources_of(entry.id) if (part := catalogue.get(name))]
    told: dict[str, tuple[str, str]] = {}
    for owner in owners:
        for each in owner.definitions:
            note = f"{owner.title}: {each.note}" if owner is not entry and each.note else each.note
            told.setdefault(each.id, (owner.title, note))

    def told_of(definition: str) -> tuple[str, str]:
        found = [told[part] for part in definition.split("+") if part in told]
        return (found[0][0], " ".join(filter(None, (note for _, note in found)))) if found else ("", "")

    return told_of


def stated(test: str, label: str = "", document: Document | None = None) -> Iterator[Reference]:
    """What a claim's test states of a series over a closed period: `mean(cn.m2_m1_gap, 2023) ~ 4.8`. `label`
    names the claim, `document` holds it."""
    try:
        tree = parse(test).tree
    except ExpressionError:
        return
    for comparison in getattr(tree, "comparisons", ()):
        if found := _stated(comparison, label):
            yield found._replace(by=said_in(document) if document else "")


def _stated(comparison: Comparison, label: str) -> Reference | None:
    match comparison:
        case Comparison(Call(name, (Name() as series,), (window,)), "~", Number() as number):
            if name in _LEVELS and window.start and window.end:
                first, last = window.start.first.toordinal(), window.end.last.toordinal()
                return Reference("", str(series), first, last, number.value, label)
    return None


def days_of(test: str, otherwise: tuple[int, int]) -> tuple[int, int] | None:
    """The first and the last day of which a test speaks, an open end being that of `otherwise`; None where it
    names no period."""
    try:
        windows = [window for window in parse(test).windows if window and not window.count]
    except ExpressionError:
        return None
    first = min(
        (each.start.first.toordinal() if each.start else otherwise[0] for each in windows), default=None
    )
    last = max((each.end.last.toordinal() if each.end else otherwise[1] for each in windows), default=None)
    return None if first is None or last is None else (first, last)


def said_in(document: Document) -> str:
    """What says the claims of a document: that which it briefs on, else the document, by publisher, title and
    day."""
    briefed = document.briefs or Briefed(document.title, published=document.date)
    title = f'"{briefed.title}"' if briefed.title else ""
    return ", ".join(filter(None, (briefed.publisher, title, briefed.published)))


def breaks_in(lines: Iterable[Line], first: int, last: int) -> list[tuple[str, str]]:
    """The breaks in a span, each by its period and in a sentence; those of several lines that say the same
    once."""
    found: dict[tuple[str, str], None] = {}
    for line in lines:
        for each in line.breaks:
            if first <= each.day <= last:
                found[each.period, each.note or "Counted differently from here on."] = None
    return list(found)


def breaks_told(lines: Iterable[Line], first: int, last: int) -> list[str]:
    """A sentence for each break in a span, those of several lines that say the same told once."""
    return [f"From {period}: {words}" for period, words in breaks_in(lines, first, last)]


def sources_of(observed: Observed, ids: Iterable[str]) -> tuple[str, ...]:
    """Whose figures those of indicators are, and who passed them on: `PBOC by Eastmoney`."""
    return carried(pair for id_ in ids for pair in _sources(observed, id_))


def _sources(observed: Observed, id_: str) -> Iterator[tuple[str, str]]:
    """Agency and carrier of the newest figure of each series behind an indicator."""
    for name in observed.catalogue.sources_of(id_):
        series = observed.series(name)
        origin = observed.provenance(series.observations[-1]) if series and series.observations else None
        if origin:
            yield origin.agency or origin.provider, origin.carrier
