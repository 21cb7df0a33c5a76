"""All that was ever known of series, each read once: for those who ask what was known on many days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, cast

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

    def at(self, moment: int, definition: str = "") -> tuple[Observation, ...]:
        """What was known at a moment, by period: in one definition, or in the newest of each period."""
        known = [place for place, row in enumerate(self._rows) if row.vintage <= moment]
        if definition:
            known = [place for place in known if self._rows[place].definition == definition]
        newest = {self._rows[place].day: place for place in known}
        return tuple(self._observations[newest[day]] for day in sorted(newest))

    def first_later(self, moment: int, until: int | None = None, definition: str = "") -> int | None:
        """The first day of the periods of which more was known after a moment, `until` another one or
        (None) now; None where nothing was."""
        later = (
            row.day
            for row in self._rows
            if row.vintage > moment
            and (until is None or row.vintage <= until)
            and definition in ("", row.definition)
        )
        return min(later, default=None)


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
