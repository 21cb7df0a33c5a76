"""What is known of indicators at a moment: their observations, how fresh they are, where they come from.

Made when something is to be worked out, never to look up what is kept: it loads the catalogue, opens
the store and knows the release calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from briefings.figures.carriers import carried
from briefings.figures.inputs import inputs_of
from briefings.figures.rows import Catalogued, FigureRow, IndicatorCard, Standing
from briefings.figures.sparklines import sparkline
from briefings.figures.words import (
    BASES,
    NEVER_ASKED,
    SHORT_BASES,
    amount,
    asked_for,
    checked,
    counted,
    day_of,
    row_word,
    value_and_change,
    vintage_of,
)
from cache.store import StoreError
from sources.catalogue.catalogue import load
from sources.freshness import Clocks, freshness, wording
from sources.histories import moment
from sources.observed import Observed, breaks, stalest
from sources.refreshing.agreement import Agreement
from sources.refreshing.attempts import FILE as ATTEMPTS
from sources.refreshing.attempts import Attempt, Attempts
from sources.refreshing.keeping import states
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

LISTED = 24
"""Observations that a card lists."""


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
        for name in ("catalogue", "observed", "_moments", "_remembered", "_clocks", "_rows"):
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
            differs=bool(self._agreement(entry).differing),
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
            return "Shipped figures. Not asked yet. R asks."
        return f"Asked {success.astimezone():%Y-%m-%d}. R asks for all that is due."

    # ------------------------------------------------------------------ cards

    def card(self, name: str) -> IndicatorCard | None:
        """What there is to say of an indicator; None for an unknown one."""
        entry = self.catalogue.get(name)
        if entry is None:
            return None
        observations = self._held(entry)
        told = [
            (str(each.period), *value_and_change(entry, observations, at))
            for at, each in enumerate(observations)
        ]
        agreement = self._agreement(entry)
        return IndicatorCard(
            self.row(entry),
            tuple((label, words) for label, words in self._facts(entry, observations) if words),
            tuple(reversed(told[-LISTED:])),
            self.page(entry),
            tags=self._tags(entry, observations),
            providers=self._providers(entry),
            parts=tuple((part, self.title(part)) for part in entry.parts),
            checked=checked(entry, agreement),
            differing=tuple(
                (each.period, amount(each.value, entry), amount(each.other, entry))
                for each in reversed(agreement.differing)
            ),
            citation=self.citation(entry, observations[-1]) if observations else "",
        )

    def citation(self, entry: Indicator, one: Observation) -> str:
        """`M2 minus M1 growth 3.4 pp, 2026-08, PBOC by Eastmoney, seen 2026-09-14`."""
        figure = f"{entry.title} {amount(one.value, entry)} {entry.unit}".rstrip()
        return ", ".join(filter(None, (figure, str(one.period), self.behind(((entry.id, one),)))))

    def title(self, name: str) -> str:
        """The title of an indicator; its id for an unknown one."""
        entry = self.catalogue.get(name)
        return entry.title if entry else name

    def behind(self, used: Iterable[tuple[str, Observation]]) -> str:
        """Who carries the observations, and the newest vintage among them: `PBOC by Eastmoney, seen ...`."""
        inputs = inputs_of(used, self.observed.series, self.catalogue.get)
        behind = (each for one in inputs for each in one.observations)
        known = [(found, each) for each in behind if (found := self._provenance(each))]
        if not known:
            return ""
        names = carried((found.agency or found.provider, found.carrier) for found, _ in known)
        newest = max((each for _, each in known if each.vintage), key=vintage_of, default=None)
        dated = SHORT_BASES[newest.basis].format(day_of(newest.vintage)) if newest else ""
        return ", ".join(part for part in (*names, dated) if part)

    def _tags(self, entry: Indicator, observations: Sequence[Observation]) -> tuple[str, ...]:
        shipped = bool(observations) and not self._was_asked(entry)
        return tuple(tag for tag, holds in (("snapshot", shipped), ("derived", entry.derived)) if holds)

    def _providers(self, entry: Indicator) -> tuple[str, ...]:
        rests_on = (self.catalogue.get(name) for name in self.catalogue.sources_of(entry.id))
        return tuple(dict.fromkeys(each.source.provider for each in rests_on if each and each.source))

    def _was_asked(self, entry: Indicator) -> bool:
        names = self.catalogue.sources_of(entry.id)
        return any(self._clocks[name].success for name in names if name in self._clocks)

    def _facts(self, entry: Indicator, observations: Sequence[Observation]) -> Iterator[tuple[str, str]]:
        yield "State", self._state(entry)
        yield from self.facts_about(entry, observations[-1] if observations else None)
        yield "Unit", entry.unit
        for each in self._definitions(entry):
            yield "Definition", f"{each.id}: {each.note}" if each.note else ""
        yield "Break", self._breaks(entry)
        yield "Note", entry.note

    def facts_about(self, entry: Indicator, one: Observation | None) -> Iterator[tuple[str, str]]:
        """Where an observation of an indicator comes from, by label; what is not known is left out."""
        origin = self._provenance(one) if one else None
        yield "Agency", (origin.agency if origin else "") or entry.agency
        yield "Computed", entry.derived
        yield "Source", " ".join(filter(None, (origin.provider, origin.code))) if origin else asked_for(entry)
        if origin:
            yield "Carrier", origin.carrier
            yield "Transform", origin.transform
        if one and one.vintage and not entry.derived:
            yield "Vintage", f"{one.period} {BASES[one.basis].format(day_of(one.vintage))}"
        if origin and origin.fetched:
            yield "Retrieved", f"{self._taken(moment(origin.fetched))}{self._body(origin)}"
        yield "Asked", self._asked(entry, one)
        yield "Licence", entry.licence or (origin.licence if origin else "")

    def page(self, entry: Indicator) -> str:
        """The address of an indicator's source for people: of a computed one that of its first part."""
        for name in (entry.id, *self.catalogue.sources_of(entry.id)):
            part = self.catalogue.get(name)
            held = self._held(part) if part else ()
            origin = self._provenance(held[-1]) if held else None
            if address := (part.page if part else "") or (origin.url if origin else ""):
                return address
        return ""

    def state_of(self, entry: Indicator) -> str:
        """How new the newest figure of an indicator is, and what comes next, in sentences."""
        return self._state(entry)

    def checked(self, entry: Indicator) -> str:
        """What a second source said of an indicator; empty where nothing was compared."""
        return checked(entry, self._agreement(entry))

    def origin(self, one: Observation) -> ProvenanceRow | None:
        """Where an observation was taken from; None for a computed one."""
        return self._provenance(one)

    def _taken(self, when: datetime) -> str:
        """The day on which an answer was taken, and how long ago; of a later one no day is told."""
        days = (self.now.date() - when.date()).days
        if days < 0:
            return "later than this day"
        return f"{day_of(when)}{f', {days} days ago' if days > 1 else ''}"

    def _state(self, entry: Indicator) -> str:
        fresh = stalest(self.catalogue, self._clocks, entry.id, self.now)
        if fresh is None:
            return ""
        failed = [self._remembered[0].get(name, Attempt()) for name in self.catalogue.sources_of(entry.id)]
        words = next((each.words for each in failed if each.failing_since), "") if fresh.failing_since else ""
        return " ".join(filter(None, (words, wording(fresh, self.now))))

    def _asked(self, entry: Indicator, newest: Observation | None) -> str:
        if not entry.source:
            return ""
        success = self._clocks[entry.id].success
        if success:
            return f"{success.astimezone():%Y-%m-%d %H:%M}"
        return NEVER_ASKED if newest else "never"

    def _definitions(self, entry: Indicator) -> Sequence[Definition]:
        return entry.definitions

    def _breaks(self, entry: Indicator) -> str:
        series = self.observed.series(entry.id)
        found = breaks(series) if series else ()
        return ", ".join(f"between {before.period} and {after.period}" for before, after in found)

    def _body(self, origin: ProvenanceRow) -> str:
        """Whether the answer that a figure rests on can still be looked at."""
        from cache.evidence import FILE, Evidence

        if not origin.digest or not (self.places.store / FILE).exists():
            return "; the answer is not held"
        with closing(Evidence.open(self.places.store)) as evidence:
            held = evidence.held(origin.digest)
        return f"; the answer is {'held' if held else 'not held'}"

    # ------------------------------------------------------------------ what it rests on

    @cached_property
    def _remembered(self) -> tuple[Mapping[str, Attempt], Mapping[str, Agreement]]:
        """What came of asking, and of checks; nothing where nobody ever asked."""
        if not (self.places.store / ATTEMPTS).exists():
            return {}, {}
        try:
            with closing(Attempts.open(self.places.store)) as attempts:
                return attempts.series(), attempts.checks()
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

    def _agreement(self, entry: Indicator) -> Agreement:
        return self._remembered[1].get(entry.id, Agreement())

    def _newest(self, entry: Indicator) -> Sequence[Observation]:
        """What a sparkline shows."""
        try:
            return self.observed.newest(entry.id, 2 * SPARK_CELLS)
        except StoreError:
            return ()

    def _held(self, entry: Indicator) -> Sequence[Observation]:
        try:
            series = self.observed.series(entry.id)
        except StoreError:
            return ()
        return series.observations if series else ()

    def _provenance(self, observation: Observation) -> ProvenanceRow | None:
        try:
            return self.observed.provenance(observation)
        except StoreError:
            return None
