"""The words around a picture of a chart: title, what is shown of what time, legend, breaks and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from briefings.charts.charted import breaks_told
from briefings.charts.pictures import Legend
from briefings.charts.plots import Line, Plot, Reference
from briefings.charts.readout import amount, span_told, told
from briefings.charts.views import look

_VIEWS = {"rebased": "each 100 at its first figure shown", "yearly": "change against a year before"}


def caption(plot: Plot, sources: Sequence[str], known: str) -> Legend:
    """What a picture of a plot says of itself; `sources` are those of its figures, `known` the day on
    which they were known so."""
    labels = list(dict.fromkeys(_without_definition(line) for line in plot.lines))
    alone = len(labels) == 1
    chinese = plot.lines[0].label_zh if alone and plot.lines else ""
    notes = [
        *attributed(plot),
        *left_out(plot),
        *breaks_told(plot.lines, plot.first, plot.last),
        *_events(plot),
    ]
    told = f"{_whose(sources)}As known on {known}."
    return Legend(_listed(labels), chinese, _subtitle(plot), tuple(notes), told)


def caption_apart(title: str, plot: Plot, sources: Sequence[str], known: str) -> Legend:
    """What a picture says of itself in which each line of a plot has a chart of its own."""
    alone = [plot._replace(lines=(line,), references=(), events=()) for line in plot.lines]
    missing = [words for each in alone for words in left_out(each)]
    notes = (*missing, *breaks_told(plot.lines, plot.first, plot.last))
    words = (_VIEWS.get(plot.view, ""), _days(plot))
    return Legend(title, "", ", ".join(filter(None, words)), notes, f"{_whose(sources)}As known on {known}.")


def _whose(sources: Sequence[str]) -> str:
    return f"Source: {', '.join(sources)}. " if sources else ""


def _days(plot: Plot) -> str:
    return f"{date.fromordinal(plot.first):%Y-%m} to {date.fromordinal(plot.last):%Y-%m}"


def _listed(labels: Sequence[str]) -> str:
    """Names in a row; of more than two, in which there may be commas: `M2; M1; VIX, month-end`."""
    return (" and " if len(labels) < 3 else "; ").join(labels)


def _without_definition(line: Line) -> str:
    return line.label.partition(", definition ")[0]


def _subtitle(plot: Plot) -> str:
    units = ", ".join(dict.fromkeys(line.unit for line in plot.lines))
    if plot.is_empty:
        return units
    seen = look(plot)
    words = (_VIEWS.get(seen.view, units), "logarithmic scale" if seen.log else "", _days(plot))
    return ", ".join(filter(None, words))


def stated(plot: Plot) -> Iterator[str]:
    """Each reference that is drawn, in words: `A  C10 says 4.8 pp, 2023`."""
    for each, said in _said(plot):
        yield f"{each.letter}  {each.label.upper()} says {said}"
    if plot.references and look(plot).view != "plain":
        labels = dict.fromkeys(each.label.upper() for each in plot.references)
        yield f"What {', '.join(labels)} say is of the figures as they are, and not drawn in this view."


def attributed(plot: Plot) -> Iterator[str]:
    """What is drawn as stated, in words for those who do not know the claims by their names: each with its
    letter, then who says so. `A  4.8 pp, 2023; B  4.6 pp, 2024: says AINews, "Legal Shield", 2026-04`."""
    said: dict[str, list[str]] = {}
    for each, words in _said(plot):
        said.setdefault(each.by or each.label.upper(), []).append(f"{each.letter}\u00a0\u00a0{words}")
    for by, values in said.items():
        yield f"{'; '.join(values)}: says {by}"


def _said(plot: Plot) -> Iterator[tuple[Reference, str]]:
    lines = {line.id: line for line in plot.lines}
    for each in look(plot).references:
        yield each, f"{amount(each.value, lines[each.line])}, {span_told(each.first, each.last)}"


def left_out(plot: Plot) -> Iterator[str]:
    """Which figures have no place where all begin with 100, and why."""
    seen = look(plot)
    if seen.view != "rebased":
        return
    shown = {line.id: line for line in seen.lines}
    for line in plot.lines:
        drawn = shown.get(line.id)
        low, high = line.within(plot.first, plot.last)
        if low == high:
            continue
        if drawn is None:
            yield f"{line.label} is left out: what begins at zero or below has no 100."
        elif drawn.days[0] > line.days[low]:
            until = drawn.period(0)
            yield f"{line.label} is left out before {until}: what begins at zero or below has no 100."


def _events(plot: Plot) -> Iterator[str]:
    """The events of the span by their numbers, in one line."""
    seen = [each for each in plot.events if plot.first <= each.day <= plot.last]
    if seen:
        yield "; ".join(f"{each.mark}\u00a0{each.label}, {date.fromordinal(each.day)}" for each in seen)


def summary(plot: Plot, lines: Sequence[Line]) -> Iterator[str]:
    """The lines that are drawn in words: their extremes, and the mean of their last year."""
    for line in lines:
        yield f"{f'{line.letter}  ' if line.letter else ''}{line.label}: {told(line, plot.first, plot.last)}"
