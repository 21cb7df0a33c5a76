"""What is known of indicators at a moment: their observations, how fresh they are, where they come from.

Made when something is to be worked out, never to look up what is kept: it loads the catalogue, opens
the store and knows the release calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from briefings.figures.rows import Catalogued, FigureRow, Standing
from briefings.figures.sparklines import sparkline
from briefings.figures.words import NEVER_ASKED, counted, row_word, value_and_change
from cache.paths import is_there
from cache.store import StoreError
from sources.catalogue.catalogue import load
from sources.freshness import Clocks, freshness, wording
from sources.observed import Observed, stalest
from sources.refreshing.agreement import Agreement
from sources.refreshing.attempts import FILE as ATTEMPTS
from sources.refreshing.attempts import Attempt, Attempts
from sources.refreshing.clocks import states
from sources.snapshot import open_store

if TYPE_CHECKING:
    from briefings.ledger.moments import Moments
    from cache.paths import Places
    from cache.rows import ProvenanceRow
    from cache.vintages import Vintages
    from sources.catalogue.catalogue import Catalogue
    from sources.catalogue.indicator import Definition, Indicator
    from sources.model import Observation

SPARK_CELLS = 12
"""Width of a sparkline: two observations in a cell."""


class Observing:
    """Answers for one state of the stores and one moment `now`. Belongs to one thread."""

    def __init__(self, places: Places, now: datetime, vintages: Vintages | None = None) -> None:
        self.now = now
        self.places = places
        self.vintages = vintages or open_store(places.store, now)

    def close(self) -> None:
        """Let go of the store."""
        self.vintages.close()

    def forget(self, now: datetime) -> None:
        """Drop what was read: the stores or the indicators may have changed, and it is later."""
        self.now = now
        for name, member in vars(Observing).items():
            if isinstance(member, cached_property):
                self.__dict__.pop(name, None)

    @cached_property
    def catalogue(self) -> Catalogue:
        """All indicators."""
        return load(self.places.library / "indicators", self.places.cache)

    @cached_property
    def observed(self) -> Observed:
        """Their observations, read when looked at."""
        return Observed(self.catalogue, self.vintages)

    def on(self, day: date) -> Observing:
        """What was known at the end of a day, from the same store."""
        from briefings.past.observing import PastObserving

        return PastObserving(self, day)

    # ------------------------------------------------------------------ rows

    def topic(self, topic: str) -> list[FigureRow]:
        """The indicators of a topic, those with figures first."""
        rows = [self.row(entry) for entry in self.catalogue.of_topic(topic)]
        return sorted(rows, key=lambda row: not row.value)

    def catalogued(self) -> list[Catalogued]:
        """All indicators as they are searched."""
        return [self._catalogued(entry) for entry in self.catalogue]

    def _catalogued(self, entry: Indicator) -> Catalogued:
        row = self.row(entry)
        shown = " ".join(filter(None, (row.value, row.unit, row.period, row.word)))
        return Catalogued(
            entry.id, entry.title, entry.title_zh, entry.agency, row.provider, entry.note,
            tuple(entry.topics), shown if row.value else "", row.period, row.state,
        )  # fmt: skip

    def row(self, entry: Indicator) -> FigureRow:
        """An indicator in a list."""
        if entry.id not in self._rows:
            self._rows[entry.id] = self._row(entry)
        return self._rows[entry.id]

    def _row(self, entry: Indicator) -> FigureRow:
        observations = self._newest(entry)
        fresh = stalest(self.catalogue, self._clocks, entry.id, self.now)
        row = FigureRow(
            entry.id,
            entry.title,
            entry.title_zh,
            unit=entry.unit,
            state=fresh.state if fresh else "",
            word=row_word(entry, fresh),
            provider=entry.source.provider if entry.source else "",
            differs=bool(self.agreement(entry).differing),
        )
        if not observations:
            return row
        value, change = value_and_change(entry, observations, len(observations) - 1)
        spark = sparkline([each.value for each in observations], SPARK_CELLS)
        return row._replace(value=value, period=str(observations[-1].period), change=change, spark=spark)

    def standing(self) -> Standing:
        """How all figures stand that are asked for or held."""
        titles: dict[str, list[str]] = {}
        for entry in (entry for entry in self.catalogue if entry.id in self._clocks):
            state = freshness(entry.rule, self._clocks[entry.id], self.now).state
            titles.setdefault(state, []).append(entry.title)
        order = ("failing", "fresh", "due", "stale", "never")
        lines = [(state, counted(state, titles[state])) for state in order if state in titles]
        return Standing(tuple(lines), self._last_asked(), self._behind_time())

    def moments(self) -> Moments:
        """The figures as they were known on any day."""
        return self._moments

    @cached_property
    def _moments(self) -> Moments:
        from briefings.ledger.moments import Moments

        return Moments(self.catalogue, self.vintages, self.now.date())

    def is_late(self, name: str) -> bool:
        """Whether a newer figure of an indicator is out than is kept."""
        fresh = stalest(self.catalogue, self._clocks, name, self.now)
        return fresh is not None and fresh.state in ("stale", "failing")

    def _behind_time(self) -> tuple[str, ...]:
        """The indicators of which a newer figure is out than is kept, computed ones included."""
        return tuple(entry.id for entry in self.catalogue if self.is_late(entry.id))

    def _last_asked(self) -> str:
        attempts = self._remembered[0].values()
        success = max((each.success for each in attempts if each.success), default=None)
        if success is None:
            return ""
        return f"{success.astimezone():%Y-%m-%d}"

    # ------------------------------------------------------------------ one indicator

    def title(self, name: str) -> str:
        """The title of an indicator; its id for an unknown one."""
        entry = self.catalogue.get(name)
        return entry.title if entry else name

    def held(self, entry: Indicator) -> Sequence[Observation]:
        """Its observations; none where they cannot be read."""
        try:
            series = self.observed.series(entry.id)
        except StoreError:
            return ()
        return series.observations if series else ()

    def origin(self, one: Observation) -> ProvenanceRow | None:
        """Where an observation was taken from; None for a computed one."""
        try:
            return self.observed.provenance(one)
        except StoreError:
            return None

    def definitions(self, entry: Indicator) -> Sequence[Definition]:
        """The definitions of an indicator."""
        return entry.definitions

    def agreement(self, entry: Indicator) -> Agreement:
        """What comparing it with a second source came to."""
        return self._remembered[1].get(entry.id, Agreement())

    def was_asked(self, entry: Indicator) -> bool:
        """Whether what it rests on was ever asked for with success: else all of it is shipped."""
        names = self.catalogue.sources_of(entry.id)
        return any(self._clocks[name].success for name in names if name in self._clocks)

    def asked(self, entry: Indicator, newest: Observation | None) -> str:
        """When it was last asked for with success, in words."""
        if not entry.source:
            return ""
        success = self._clocks[entry.id].success
        if success:
            return f"{success.astimezone():%Y-%m-%d %H:%M}"
        return NEVER_ASKED if newest else "never"

    def state(self, entry: Indicator) -> str:
        """How new its newest figure is, and what comes next, in sentences."""
        fresh = stalest(self.catalogue, self._clocks, entry.id, self.now)
        if fresh is None:
            return ""
        failed = [self._remembered[0].get(name, Attempt()) for name in self.catalogue.sources_of(entry.id)]
        words = next((each.words for each in failed if each.failing_since), "") if fresh.failing_since else ""
        return " ".join(filter(None, (words, wording(fresh, self.now))))

    def answer(self, origin: ProvenanceRow) -> str:
        """Whether the answer that a figure rests on is held, just as it came, as the end of a sentence."""
        from cache.evidence import FILE, Evidence

        if not origin.digest or not is_there(self.places.store / FILE):
            return "; the answer is not held"
        try:
            with closing(Evidence.open(self.places.store)) as evidence:
                held = evidence.body(origin.digest) is not None
                is_told = held or evidence.kept
                self._tell(evidence.notes)
        except StoreError as error:
            self._tell((str(error),))
            is_told = held = False
        if not is_told:
            return "; whether the answer is held cannot be read now"
        return f"; the answer is {'held' if held else 'not held'}"

    # ------------------------------------------------------------------ what it rests on

    _told: tuple[str, ...] = ()

    def notes(self) -> tuple[str, ...]:
        """What the files of figures, and of what came of asking, came upon so far, in words."""
        return (*self.vintages.notes, *self._told)

    def _tell(self, notes: Iterable[str]) -> None:
        self._told = tuple(dict.fromkeys((*self._told, *notes)))

    @cached_property
    def _remembered(self) -> tuple[Mapping[str, Attempt], Mapping[str, Agreement]]:
        """What came of asking, and of checks; nothing where nobody ever asked."""
        if not is_there(self.places.store / ATTEMPTS):
            return {}, {}
        try:
            with closing(Attempts.open(self.places.store)) as attempts:
                remembered = attempts.series(), attempts.checks()
                self._tell(attempts.notes)
                return remembered
        except StoreError:
            return {}, {}

    @cached_property
    def _clocks(self) -> Mapping[str, Clocks]:
        """Those of all that is asked for or held: a figure grows old, whether anybody asks or not."""
        try:
            return states(self.catalogue, self.vintages, self._remembered[0])
        except StoreError:
            return {entry.id: Clocks() for entry in self.catalogue if entry.source}

    @cached_property
    def _rows(self) -> dict[str, FigureRow]:
        return {}

    def _newest(self, entry: Indicator) -> Sequence[Observation]:
        """What a sparkline shows."""
        try:
            return self.observed.newest(entry.id, 2 * SPARK_CELLS)
        except StoreError:
            return ()
