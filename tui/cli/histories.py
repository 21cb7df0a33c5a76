"""`briefing series --vintages`: what was published of an indicator when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from briefings.figures.provenance import Place
from briefings.figures.vintages import BASES, History, Print, history, told_since
from sources.expressions.tracks import called
from sources.model import Period
from sources.numbers import told_apart
from sources.text import clean_line
from tui.cli.columns import in_columns, number
from tui.cli.holding import Holding, iso
from tui.cli.output import USAGE, RequestError
from tui.cli.records import Record


def histories(held: Holding, names: Sequence[str], period: str) -> list[History]:
    """The vintages of indicators, or of one period of them. Raises `RequestError` for unknown ones."""
    if period:
        try:
            period = str(Period.parse(period))
        except ValueError as error:
            raise RequestError("usage", str(error), USAGE) from None
    return [_history(held, name, period) for name in held.full_names(names)]


def _history(held: Holding, name: str, period: str) -> History:
    id_, _, definition = name.partition(":")
    held.find(id_)
    found = history(held.observed, held.vintages, Place(id_, definition, period), held.now)
    assert found is not None  # noqa: S101  (`find` has looked)
    return found


def record(found: History) -> Record:
    """The history as JSON has it."""
    return {
        "id": found.place.series,
        "title": found.title,
        "title_zh": found.title_zh,
        "unit": found.unit,
        "since": found.since.isoformat() if found.since else None,
        "parts": [part for part, _ in found.parts],
        "prints": [_print(each) for each in found.prints],
        "revised": [
            {
                "period": each.first.period,
                "definition": each.first.definition,
                "first": each.first.value,
                "latest": each.latest.value,
                "by": each.by,
                "first_vintage": iso(each.first.vintage),
                "vintage": iso(each.latest.vintage),
            }
            for each in found.revised
            if each.prints > 1
        ],
        "definitions": [{"id": name, "note": note} for name, note in found.definitions],
        "pairs": [
            {"period": each.period, "before": each.before, "after": each.after, "difference": each.difference}
            for each in found.pairs
        ],
    }


def _print(each: Print) -> Record:
    return {
        "period": each.period,
        "definition": each.definition,
        "value": each.value,
        "vintage": iso(each.vintage),
        "basis": each.basis,
        "change": each.change,
    }


def lines(found: Sequence[History], as_of: date | None) -> Iterator[str]:
    """The histories one after the other."""
    for place, each in enumerate(found):
        if place:
            yield ""
        yield clean_line(f"{each.place.series}  {each.title} {each.title_zh}".rstrip())
        if as_of:
            yield f"as of {as_of}"
        yield ""
        yield from _prints(each)
        yield from _pairs(each)
        yield from _notes(each)


def _prints(found: History) -> Iterator[str]:
    """Every value with its day; of one that revises another, by how much."""
    if not found.prints:
        return
    head = ("period", f"value, {found.unit}", "changed by", "known from", "basis", "definition")
    rows = [
        (
            each.period,
            number(each.value, _fine(each, found)),
            "" if each.change is None else f"{each.change:+.{_fine(each, found)}f}",
            f"{each.vintage.date()}",
            BASES[each.basis],
            "" if each.definition == "1" else called(each.definition),
        )
        for each in found.prints
    ]
    kept = [at for at in range(len(head)) if any(row[at] for row in rows)]
    right = [place for place, at in enumerate(kept) if at in (1, 2)]
    yield from in_columns([[row[at] for at in kept] for row in (head, *rows)], right=right)


def _fine(each: Print, found: History) -> int:
    """The decimals with which a value looks other than the one that it revises."""
    return told_apart(each.value, each.value - (each.change or 0.0), found.decimals)


def _pairs(found: History) -> Iterator[str]:
    if not found.pairs:
        return
    before, after = found.names
    yield ""
    rows = [
        (
            each.period,
            number(each.before, found.decimals),
            number(each.after, found.decimals),
            f"{each.difference:+.{found.decimals}f}",
        )
        for each in found.pairs
    ]
    yield from in_columns([("period", before, after, "difference"), *rows], right=(1, 2, 3))


def _notes(found: History) -> Iterator[str]:
    for name, note in found.definitions:
        yield clean_line(f"definition {name}: {note}")
    if found.parts:
        yield f"Computed from {', '.join(part for part, _ in found.parts)}: its history is theirs."
    if words := told_since(found):
        yield words
