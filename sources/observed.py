"""What was observed, as it is known now or was known at the end of some day: series by id and definition.

    observed = Observed(catalogue, vintages, as_of=date(2026, 4, 20))
    observed.series("cn.m2_m1_gap")      # a derived one is computed from what was known that day

An as-of day reads, per period, the newest vintage not after its end in UTC, in the newest definition
known by then; a period that has none is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING

from cache.rows import from_moment, to_moment
from sources.freshness import Clocks, Freshness, freshness
from sources.histories import Histories, in_order, observation
from sources.model import Observation, Series

if TYPE_CHECKING:
    from cache.rows import Known, ProvenanceRow
    from cache.vintages import Vintages
    from sources.catalogue.catalogue import Catalogue
    from sources.catalogue.indicator import Indicator

_WORST_FIRST = ("failing", "stale", "never", "due", "fresh")


class Observed:
    """The series of a catalogue over a store. What was read or computed is kept until `forget`.

    It belongs to one thread, and may raise `cache.store.StoreError`. `series` is a `Look` for
    `sources.expressions.evaluate`. Several that share `histories` read each series of them once.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vintages: Vintages,
        as_of: date | None = None,
        histories: Histories | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.as_of = as_of
        self._vintages = vintages
        self._histories = histories or Histories(vintages)
        self._series: dict[tuple[str, str], Series | None] = {}
        self._provenances: dict[int, ProvenanceRow | None] = {}

    def series(self, name: str, definition: str = "") -> Series | None:
        """The series of an id, in one definition or the newest of each period; None where none is known.

        A derived one has the definitions of what it is computed from.
        """
        key = (name, definition)
        if key not in self._series:
            entry = self.catalogue.get(name)
            self._series[key] = self._known(entry, definition) if entry else None
        return self._series[key]

    def newest(self, name: str, most: int) -> Sequence[Observation]:
        """The last observations of a series, so many at `most`: of a long one sooner than all of them."""
        entry = self.catalogue.get(name)
        if entry is None or entry.derived or (name, "") in self._series:
            series = self.series(name)
            return series.observations[-most:] if series else ()
        if self.as_of is not None:
            return self._known_then(entry, self.as_of)[-most:]
        rows = _by_day(entry, self._vintages.read_packed(name).ends(most))
        return tuple(observation(rows[day], entry) for day in sorted(rows)[-most:])

    def begins(self, name: str) -> date | None:
        """The day, in UTC, from which on something of a series is known, whatever day this is for; of a
        computed one that on which all of its parts have begun. None where nothing ever was."""
        found = [self._vintages.first_known(part) for part in self.catalogue.sources_of(name)]
        first = [each for each in found if each is not None]
        return from_moment(max(first)).date() if first and len(first) == len(found) else None

    def provenance(self, observation: Observation) -> ProvenanceRow | None:
        """Where an observation comes from; None for a computed one."""
        number = observation.provenance
        if number not in self._provenances:
            self._provenances[number] = self._vintages.provenance(number) if number else None
        return self._provenances[number]

    def _known(self, entry: Indicator, definition: str) -> Series | None:
        if entry.derived:
            return self._derived(entry, definition)
        if self.as_of is not None:
            found = self._known_then(entry, self.as_of, definition)
        else:
            rows = self._vintages.read_packed(entry.id).rows()
            newest = _by_day(entry, (row for row in rows if definition in ("", row.definition)))
            found = tuple(observation(newest[day], entry) for day in sorted(newest))
        return Series(entry.id, entry.unit, entry.frequency, found, entry.aggregate) if found else None

    def _derived(self, entry: Indicator, definition: str) -> Series | None:
        from sources.expressions import evaluate, parse  # the grammar, for those that are computed

        def part(name: str, own: str) -> Series | None:
            named = name if own else with_definition(self.catalogue, name, definition)
            return self.series(name, own or named.partition(":")[2])

        made = evaluate(parse(entry.derived), part, until=self.as_of, unit=entry.unit).series
        return made and Series(entry.id, made.unit, made.frequency, made.observations, made.aggregate)

    def _known_then(self, entry: Indicator, day: date, definition: str = "") -> tuple[Observation, ...]:
        return self._histories.of(entry).at(end_of_day(day), definition)


def _by_day(entry: Indicator, rows: Iterable[Known]) -> dict[int, Known]:
    """The rows of a series by day: of several definitions that of the newest."""
    return {row.day: row for row in in_order(entry, rows)}


def with_definition(catalogue: Catalogue, name: str, definition: str) -> str:
    """`cn.m1_yoy:old` where the indicator has that definition, itself or in what it is computed from; else
    its id alone."""
    return f"{name}:{definition}" if definition in definitions_of(catalogue, name) else name


def definitions_of(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """The definitions of an indicator, in their order; of a derived one those of what it rests on."""
    entries = (catalogue.get(each) for each in (name, *catalogue.sources_of(name)))
    found = (each.id for entry in entries if entry for each in entry.definitions)
    return tuple(dict.fromkeys(found))


def end_of_day(day: date) -> int:
    """The last moment of a day in UTC, as the store counts moments."""
    return to_moment(datetime.combine(day, time.max, UTC))


def breaks(series: Series) -> Iterator[tuple[Observation, Observation]]:
    """Neighbours of different definition: the last one before each break, and the first one after it."""
    neighbours = pairwise(series.observations)
    return ((one, other) for one, other in neighbours if one.definition != other.definition)


def stalest(catalogue: Catalogue, clocks: Mapping[str, Clocks], name: str, now: datetime) -> Freshness | None:
    """How fresh an indicator is: a derived one as its stalest part, and before all as one of which nothing
    is held, since nothing is computed without it; None where nothing is ever asked."""
    parts = (catalogue.get(part) for part in catalogue.sources_of(name))
    found = [freshness(part.rule, clocks[part.id], now) for part in parts if part and part.id in clocks]
    return min(found, key=_worst_first, default=None)


def _worst_first(fresh: Freshness) -> tuple[bool, int, int]:
    return fresh.held is not None, _WORST_FIRST.index(fresh.state), -fresh.days
