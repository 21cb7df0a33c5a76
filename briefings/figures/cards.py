"""What there is to say of an indicator, and of one of its observations: facts, tables and citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from briefings.figures.carriers import carried
from briefings.figures.inputs import inputs_of
from briefings.figures.rows import IndicatorCard
from briefings.figures.words import (
    BASES,
    SHORT_BASES,
    amount,
    asked_for,
    checked,
    day_of,
    value_and_change,
    vintage_of,
)
from cache.rows import from_moment
from sources.observed import breaks

if TYPE_CHECKING:
    from briefings.figures.observing import Observing
    from sources.catalogue.indicator import Indicator
    from sources.model import Observation

LISTED = 24
"""Observations that a card lists."""


def card_of(known: Observing, name: str) -> IndicatorCard | None:
    """What there is to say of an indicator; None for an unknown one."""
    entry = known.catalogue.get(name)
    if entry is None:
        return None
    observations = known.held(entry)
    told = [
        (str(each.period), *value_and_change(entry, observations, at)) for at, each in enumerate(observations)
    ]
    agreement = known.agreement(entry)
    return IndicatorCard(
        known.row(entry),
        tuple((label, words) for label, words in _facts(known, entry, observations) if words),
        tuple(reversed(told[-LISTED:])),
        page_of(known, entry),
        tags=_tags(known, entry, observations),
        providers=_providers(known, entry),
        parts=tuple((part, known.title(part)) for part in entry.parts),
        checked=checked(entry, agreement),
        differing=tuple(
            (each.period, amount(each.value, entry), amount(each.other, entry))
            for each in reversed(agreement.differing)
        ),
        citation=citation(known, entry, observations[-1]) if observations else "",
    )


def citation(known: Observing, entry: Indicator, one: Observation) -> str:
    """`M2 minus M1 growth 3.4 pp, 2026-08, PBOC by Eastmoney, seen 2026-09-14`."""
    figure = f"{entry.title} {amount(one.value, entry)} {entry.unit}".rstrip()
    return ", ".join(filter(None, (figure, str(one.period), carriers_of(known, ((entry.id, one),)))))


def carriers_of(known: Observing, used: Iterable[tuple[str, Observation]]) -> str:
    """Who carries the observations, and the newest vintage among them: `PBOC by Eastmoney, seen ...`."""
    inputs = inputs_of(used, known.observed.series, known.catalogue.get)
    below = (each for one in inputs for each in one.observations)
    found = [(origin, each) for each in below if (origin := known.origin(each))]
    if not found:
        return ""
    names = carried((origin.agency or origin.provider, origin.carrier) for origin, _ in found)
    newest = max((each for _, each in found if each.vintage), key=vintage_of, default=None)
    dated = SHORT_BASES[newest.basis].format(day_of(newest.vintage)) if newest else ""
    return ", ".join(part for part in (*names, dated) if part)


def facts_about(known: Observing, entry: Indicator, one: Observation | None) -> Iterator[tuple[str, str]]:
    """Where an observation of an indicator comes from, by label; what is not known is left out."""
    origin = known.origin(one) if one else None
    yield "Agency", (origin.agency if origin else "") or entry.agency
    yield "Computed", entry.derived
    yield "Source", " ".join(filter(None, (origin.provider, origin.code))) if origin else asked_for(entry)
    if origin:
        yield "Carrier", origin.carrier
        yield "Transform", origin.transform
    if one and one.vintage and not entry.derived:
        yield "Vintage", f"{one.period} {BASES[one.basis].format(day_of(one.vintage))}"
    if origin and origin.fetched:
        yield "Retrieved", f"{_taken(from_moment(origin.fetched), known.now)}{known.answer(origin)}"
    yield "Asked", known.asked(entry, one)
    yield "Licence", entry.licence or (origin.licence if origin else "")


def page_of(known: Observing, entry: Indicator) -> str:
    """The address of an indicator's source for people: of a computed one that of its first part."""
    for name in (entry.id, *known.catalogue.sources_of(entry.id)):
        part = known.catalogue.get(name)
        held = known.held(part) if part else ()
        origin = known.origin(held[-1]) if held else None
        if address := (part.page if part else "") or (origin.url if origin else ""):
            return address
    return ""


def _facts(
    known: Observing, entry: Indicator, observations: Sequence[Observation]
) -> Iterator[tuple[str, str]]:
    yield "State", known.state(entry)
    yield from facts_about(known, entry, observations[-1] if observations else None)
    yield "Unit", entry.unit
    for each in known.definitions(entry):
        yield "Definition", f"{each.id}: {each.note}" if each.note else ""
    yield "Break", _breaks(known, entry)
    yield "Note", entry.note


def _tags(known: Observing, entry: Indicator, observations: Sequence[Observation]) -> tuple[str, ...]:
    shipped = bool(observations) and not known.was_asked(entry)
    return tuple(tag for tag, holds in (("snapshot", shipped), ("derived", entry.derived)) if holds)


def _providers(known: Observing, entry: Indicator) -> tuple[str, ...]:
    rests_on = (known.catalogue.get(name) for name in known.catalogue.sources_of(entry.id))
    return tuple(dict.fromkeys(each.source.provider for each in rests_on if each and each.source))


def _breaks(known: Observing, entry: Indicator) -> str:
    series = known.observed.series(entry.id)
    found = breaks(series) if series else ()
    return ", ".join(f"between {before.period} and {after.period}" for before, after in found)


def _taken(when: datetime, now: datetime) -> str:
    """The day on which an answer was taken, and how long ago; of a later one no day is told."""
    days = (now.date() - when.date()).days
    if days < 0:
        return "later than this day"
    return f"{day_of(when)}{f', {days} days ago' if days > 1 else ''}"
