"""What is charted: indicators by their ids, and what the claims of a library say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from briefings.plots import Line, Plot, Reference, line_of, plot_of
from sources.expressions.grammar import ExpressionError, parse
from sources.expressions.tree import Call, Comparison, Number
from sources.expressions.tree import Reference as Name
from sources.model import Series

if TYPE_CHECKING:
    from sources.catalogue import Catalogue
    from sources.indicator import Indicator
    from sources.observed import Observed

_LEVELS = ("mean", "min", "max", "first", "last", "value")
"""Functions that give a value which can be drawn on the scale of the series itself."""


def line_for(observed: Observed, name: str, today: date) -> Line | None:
    """The line of an indicator, `cn.m1_yoy`, or of one of its definitions, `cn.m1_yoy:old`.

    None for an unknown one; one without figures is an empty line. A rate that holds until it is changed
    holds until the as-of day, else until `today`.
    """
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
        note_of=_note_of(observed.catalogue, entry),
        until=observed.as_of or today,
    )
    return line._replace(id=name)


def plot_for(
    observed: Observed, names: Iterable[str], today: date, tests: Iterable[tuple[str, str]] = ()
) -> Plot:
    """The lines of indicators, with what tests, each beside the name of its claim, state of them."""
    lines = [line for name in names if (line := line_for(observed, name, today))]
    return plot_of(lines, (each for test, label in tests for each in stated(test, label)))


def _note_of(catalogue: Catalogue, entry: Indicator) -> Callable[[str], str]:
    """What a definition counts; those of a computed series are joined of those of its parts: `1+2025`."""
    notes = {each.id: each.note for each in entry.definitions}
    for name in catalogue.sources_of(entry.id) if entry.derived else ():
        part = catalogue.get(name)
        for each in part.definitions if part else ():
            notes.setdefault(each.id, f"{part.title if part else name}: {each.note}")

    def note_of(definition: str) -> str:
        return " ".join(note for part in definition.split("+") if (note := notes.get(part)))

    return note_of


def stated(test: str, label: str = "") -> Iterator[Reference]:
    """What a claim's test states of a series over a closed period: `mean(cn.m2_m1_gap, 2023) ~ 4.8`."""
    try:
        tree = parse(test).tree
    except ExpressionError:
        return
    for comparison in getattr(tree, "comparisons", ()):
        if found := _stated(comparison, label):
            yield found


def _stated(comparison: Comparison, label: str) -> Reference | None:
    match comparison:
        case Comparison(Call(name, (Name() as series,), (window,)), "~", Number() as number):
            if name in _LEVELS and window.start and window.end:
                first, last = window.start.first.toordinal(), window.end.last.toordinal()
                return Reference("", str(series), first, last, number.value, label)
    return None


def breaks_told(lines: Iterable[Line], first: int, last: int) -> list[str]:
    """A sentence for each break in a span, those of several lines that say the same told once."""
    told: dict[str, None] = {}
    for line in lines:
        for each in line.breaks:
            if first <= each.day <= last:
                words = each.note or "Counted differently from here on."
                told[f"From {each.period}: {words}"] = None
    return list(told)
