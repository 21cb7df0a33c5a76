"""What was known of indicators at the end of a day: nothing later, and nothing of how asking went since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING

from briefings.figures.observing import SPARK_CELLS, Observing
from cache.store import StoreError
from sources.freshness import Clocks, wording
from sources.model import Period
from sources.observed import end_of_day, stalest
from sources.refreshing.agreement import Agreement
from sources.refreshing.attempts import Attempt

if TYPE_CHECKING:
    from briefings.figures.rows import Standing
    from briefings.ledger.moments import Moments
    from cache.rows import ProvenanceRow
    from sources.catalogue.catalogue import Catalogue
    from sources.catalogue.indicator import Definition, Indicator
    from sources.model import Observation
    from sources.observed import Observed


class PastObserving(Observing):
    """Answers for the end of `day`, over the store and catalogue of an `Observing` of today."""

    def __init__(self, home: Observing, day: date) -> None:
        super().__init__(home.places, datetime.combine(day, time.max, UTC), home.vintages)
        self._home = home
        self._day = day

    def close(self) -> None:
        """Leave the store to the one it belongs to."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """All indicators, as they are described today."""
        return self._home.catalogue

    @cached_property
    def observed(self) -> Observed:
        """Their observations of that day."""
        return self._home.moments().observed(self._day)

    def moments(self) -> Moments:
        """The figures as they were known on any day."""
        return self._home.moments()

    def standing(self) -> Standing:
        """How all figures that are asked for stood."""
        found = super().standing()
        lines = ((state, words.replace("never asked", "not known yet")) for state, words in found.lines)
        return found._replace(lines=tuple(lines))

    def _last_asked(self) -> str:
        return ""

    def was_asked(self, entry: Indicator) -> bool:
        return True

    def state(self, entry: Indicator) -> str:
        fresh = stalest(self.catalogue, self._clocks, entry.id, self.now)
        if fresh is None or fresh.held is None:
            return "Nothing was known of it on this day." if fresh else ""
        return wording(fresh, self.now)

    def asked(self, entry: Indicator, observations: object) -> str:
        return ""

    def answer(self, origin: ProvenanceRow) -> str:
        return ""

    def definitions(self, entry: Indicator) -> Sequence[Definition]:
        """Those in which something was known."""
        return [each for each in entry.definitions if self._is_known(entry, each)]

    def _is_known(self, entry: Indicator, definition: Definition) -> bool:
        try:
            return self.observed.series(entry.id, definition.id) is not None
        except StoreError:
            return False

    @cached_property
    def _remembered(self) -> tuple[Mapping[str, Attempt], Mapping[str, Agreement]]:
        return {}, {}

    @cached_property
    def _clocks(self) -> Mapping[str, Clocks]:
        """The newest period of each as of that day, as if everybody had been asked at its end."""
        try:
            newest = self.vintages.newest_days(end_of_day(self._day))
        except StoreError:
            newest = {}
        found = {entry.id: Clocks() for entry in self.catalogue if entry.source}
        for entry in self.catalogue:
            if entry.id in newest and not entry.derived:
                period = Period(date.fromordinal(newest[entry.id]), entry.frequency)
                found[entry.id] = Clocks(period, success=self.now)
        return found

    def _newest(self, entry: Indicator) -> Sequence[Observation]:
        return self.held(entry)[-2 * SPARK_CELLS :]
