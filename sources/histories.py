"""All that was ever known of series, each read once: for those who ask what was known on many days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from cache.rows import from_moment
from sources.model import Basis, Observation, Period

if TYPE_CHECKING:
    from cache.rows import Known
    from cache.vintages import Vintages
    from sources.catalogue.indicator import Indicator


class History:
    """Every value of one series in every vintage; moments are counted as the store does."""

    def __init__(self, entry: Indicator, rows: Iterable[Known]) -> None:
        self._rows = tuple(in_order(entry, rows))
        self._observations = tuple(observation(row, entry) for row in self._rows)
        self._growths: dict[str, _Growth] = {}
        self._last: dict[str, _State] = {}

    def at(self, moment: int, definition: str = "") -> tuple[Observation, ...]:
        """What was known at a moment, by period: in one definition, or in the newest of each period.

        Moments between which nothing became known, asked for one after the other, share the answer.
        """
        count = self._growth(definition).count(moment)
        if definition not in self._last or self._last[definition].rows != count:
            self._last[definition] = _State(count, self._known(moment, definition))
        return self._last[definition].observations

    def first_later(self, moment: int, until: int | None = None, definition: str = "") -> int | None:
        """The first day of the periods of which more was known after a moment, `until` another one or
        (None) now; None where nothing was."""
        growth = self._growth(definition)
        end = None if until is None else growth.count(until)
        return min(growth.days[growth.count(moment) : end], default=None)

    def _known(self, moment: int, definition: str) -> tuple[Observation, ...]:
        newest = {
            row.day: each
            for row, each in zip(self._rows, self._observations, strict=True)
            if row.vintage <= moment and definition in ("", row.definition)
        }
        return tuple([newest[day] for day in sorted(newest)])

    def _growth(self, definition: str) -> _Growth:
        if definition not in self._growths:
            found = sorted((row.vintage, row.day) for row in self._rows if definition in ("", row.definition))
            self._growths[definition] = _Growth([vintage for vintage, _ in found], [day for _, day in found])
        return self._growths[definition]


class _Growth(NamedTuple):
    """How rows became known: their vintages in order, and the days of their periods."""

    vintages: Sequence[int]
    days: Sequence[int]

    def count(self, moment: int) -> int:
        """How many rows were known at a moment."""
        return bisect_right(self.vintages, moment)


class _State(NamedTuple):
    """What was known of a series when so many rows were."""

    rows: int
    observations: tuple[Observation, ...]


class Histories:
    """The histories of a store, kept until `forget`. May raise `cache.store.StoreError`."""

    def __init__(self, vintages: Vintages) -> None:
        self._vintages = vintages
        self._kept: dict[str, History] = {}

    def of(self, entry: Indicator) -> History:
        """All that was ever known of a series."""
        if entry.id not in self._kept:
            self._kept[entry.id] = History(entry, self._vintages.read_all(entry.id))
        return self._kept[entry.id]


def in_order(entry: Indicator, rows: Iterable[Known]) -> list[Known]:
    """Rows by definition, the oldest first; rows of one definition stay as they are."""
    order = {each.id: number for number, each in enumerate(entry.definitions)}
    return sorted(rows, key=lambda row: order.get(row.definition, -1))


def observation(row: Known, entry: Indicator) -> Observation:
    """A row of the store as an observation of a series."""
    period = Period(date.fromordinal(row.day), entry.frequency)
    basis = cast(Basis, row.basis)  # the store takes no other
    return Observation(period, row.value, row.definition, from_moment(row.vintage), basis, row.provenance)
