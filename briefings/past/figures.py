"""The figures of a past day: worked out when asked for, kept while the program runs, never written down."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cached_property

from briefings.figures.figures import Figures
from briefings.figures.observing import Observing
from briefings.figures.rows import Catalogued, Standing
from briefings.library.index import Index
from cache.paths import Places
from cache.store import StoreError


class PastFigures(Figures):
    """What expressions gave at the end of `day`, over the store of the figures of today."""

    def __init__(self, home: Figures, places: Places, index: Index, day: date) -> None:
        super().__init__(places, index, day)
        self._home = home
        self._past_day = day
        self._held: dict[str, str] = {}

    @property
    def now(self) -> datetime:
        """The last moment of the day, in UTC."""
        return datetime.combine(self._past_day, time.max, UTC)

    def forget(self) -> None:
        """Drop what was worked out."""
        self._held = {}
        self.__dict__.pop("_observing_then", None)

    def standing(self) -> Standing | None:
        """How all figures stood; None where the store cannot be read."""
        try:
            return self._working().standing()
        except StoreError:
            return None

    def prepare(self) -> bool:
        """Nothing is worked out ahead for a past day."""
        return False

    def catalogued(self) -> list[Catalogued]:
        """All indicators as they are searched, with what was known of them."""
        try:
            return self._working().catalogued()
        except StoreError:
            return []

    def is_late(self, series: str) -> bool:
        """Whether a newer figure of an indicator was out on the day than was known."""
        try:
            return self._working().is_late(series)
        except StoreError:
            return False

    def close(self) -> None:
        """Leave the store to the figures of today."""

    @cached_property
    def _observing_then(self) -> Observing:
        return self._home.observing_on(self._past_day)

    def _working(self) -> Observing:
        return self._observing_then

    def _kept(self) -> dict[str, str]:
        return self._held

    def _keep(self, name: str, text: str) -> None:
        self._held[name] = text
