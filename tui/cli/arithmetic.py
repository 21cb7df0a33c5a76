"""Verdicts and numbers with all that they rest on: enough for somebody else to work them out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from briefings.figures.inputs import Input, inputs_of
from briefings.ledger.moments import Moments
from sources.expressions.tracks import Use
from sources.model import Observation
from sources.numbers import plain
from sources.observed import Observed
from tui.cli.holding import Holding, iso
from tui.cli.records import Record

if TYPE_CHECKING:
    from briefings.ledger.verdicts import Reading


def moments_of(held: Holding) -> Moments:
    """The figures as they were known on any day."""
    return Moments(held.catalogue, held.vintages, held.now.date())


def inputs_on(held: Holding, used: Iterable[Use], day: date | None) -> list[Input]:
    """The observations used, and those behind computed ones, as they were known at the end of a day."""
    known = held.observed if day is None else Observed(held.catalogue, held.vintages, day)
    return inputs_of(used, known.series, held.catalogue.get)


def input_records(held: Holding, inputs: Iterable[Input]) -> list[Record]:
    """Each series with its observations: value, definition, vintage, and where it comes from."""
    return [
        {
            "series": each.series,
            "title": each.title,
            "unit": each.unit,
            "frequency": each.frequency,
            "derived": each.derived,
            "observations": [_observation(held, one) for one in each.observations],
        }
        for each in inputs
    ]


def _observation(held: Holding, each: Observation) -> Record:
    origin = held.observed.provenance(each)
    return {
        "period": str(each.period),
        "value": each.value,
        "definition": each.definition,
        "vintage": iso(each.vintage),
        "basis": each.basis,
        "provider": origin.provider if origin else "",
        "code": origin.code if origin else "",
    }


def reading_record(reading: Reading | None) -> Record | None:
    """An outcome of a test with its steps; null for none."""
    if reading is None:
        return None
    return {
        "verdict": reading.word,
        "day": reading.day.isoformat(),
        "why": reading.why,
        "measured": reading.measured,
        "sign": reading.sign,
        "stated": reading.stated,
        "tolerance": reading.tolerance,
        "unit": reading.unit,
        "period": reading.period,
        "newest": str(reading.newest or ""),
        "steps": list(reading.steps),
    }


def input_lines(held: Holding, inputs: Iterable[Input]) -> Iterator[tuple[str, str]]:
    """(label, words) of each series: its id and title, then its observations with their vintages."""
    for each in inputs:
        computed = f", computed: {each.derived}" if each.derived else ""
        yield "Figures", f"{each.series}  {each.title}, {each.unit}{computed}"
        for one in each.observations:
            origin = held.observed.provenance(one)
            carrier = f"   {origin.provider}" if origin else ""
            seen = f"   {one.basis} {iso(one.vintage)[:10]}" if one.vintage and not each.derived else ""  # type: ignore[index]
            yield "", f"  {one.period}  {plain(one.value)}{seen}{carrier}"
