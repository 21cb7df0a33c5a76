"""What was published of a figure when: each value of a period, and the first print of each period against
the latest. Two definitions stand side by side: a value in one never revises a value in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from briefings.figures.provenance import Place
from cache.rows import from_moment
from sources.expressions.tracks import called
from sources.model import Observation, Period
from sources.observed import Observed, definitions_of, end_of_day

if TYPE_CHECKING:
    from cache.rows import Known
    from cache.vintages import Vintages
    from sources.catalogue.indicator import Indicator

_EVALUATED = 400
"""Days on which a computed figure is worked out anew, at most."""

BASES = {"published": "published", "seen": "seen", "calendar": "by calendar"}
"""How the day of a vintage is known, in a word or two."""

_BY_CALENDAR = (
    "of the release calendar, an upper bound: the value is the one that stood when it was taken, which may"
    " not be its first print."
)

_WITH_KEY = "With a key its provider tells what it published when; its card among the sources says how."


class Print(NamedTuple):
    """A value of a period as one vintage carried it. `change` is against the value before it in the same
    definition, None for the first; `vintage` is a moment in UTC."""

    period: str
    definition: str
    value: float
    vintage: datetime
    basis: str
    change: float | None = None


class Revised(NamedTuple):
    """A period in one definition: what was first known of it, and what is known now."""

    first: Print
    latest: Print
    prints: int

    @property
    def by(self) -> float:
        """What the latest value differs by from the first."""
        return self.latest.value - self.first.value


class Pair(NamedTuple):
    """A period that is known in two definitions, the older one first."""

    period: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """What the newer definition says more."""
        return self.after - self.before


class History(NamedTuple):
    """The vintages of an indicator, or of one period of it.

    `prints` are all values, by definition, period and vintage. `pairs` are the periods known in two
    definitions, `names` what these two are called. `definitions` are names and notes of all that have
    values. `since` is the day before which nothing tells what was published when; None where that cannot
    be said. `parts` are the ids and titles of what a computed one is made of. `needs_key` says that its
    provider tells what it published when, but only to who has a key.
    """

    place: Place
    title: str
    title_zh: str
    unit: str
    decimals: int
    prints: tuple[Print, ...] = ()
    pairs: tuple[Pair, ...] = ()
    names: tuple[str, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    dated_by_calendar: int = 0
    parts: tuple[tuple[str, str], ...] = ()
    needs_key: bool = False

    @property
    def revised(self) -> tuple[Revised, ...]:
        """Each period in each definition, the newest period first."""
        groups = groupby(self.prints, key=lambda each: (each.definition, each.period))
        found = [list(group) for _, group in groups]
        made = (Revised(group[0], group[-1], len(group)) for group in found)
        return tuple(sorted(made, key=lambda each: each.first.period, reverse=True))


def history(observed: Observed, vintages: Vintages, place: Place, now: datetime) -> History | None:
    """The vintages of an indicator, as of the day of `observed` where it has one; None for an unknown one.

    A computed one has prints for a single period only: for all of them, look at its parts.
    """
    catalogue = observed.catalogue
    entry = catalogue.get(place.series)
    if entry is None:
        return None
    kept = _Kept(observed, vintages)
    prints = tuple(_computed(kept, entry, place) if entry.derived else _published(kept, entry, place))
    newest = _newest_computed(observed, place) if entry.derived and not place.period else _newest(prints)
    pairs, names = _pairs(newest) if not place.definition else ((), ())
    return History(
        place,
        entry.title,
        entry.title_zh,
        entry.unit,
        entry.decimals,
        prints,
        pairs,
        names,
        _definitions(entry, prints),
        _since(kept, entry, now),
        sum(each.basis == "calendar" for each in prints),
        tuple((part, found.title if (found := catalogue.get(part)) else part) for part in entry.parts),
        bool(entry.source and entry.source.get("vintages")) and not _are_any_published(prints),
    )


def _are_any_published(prints: Iterable[Print]) -> bool:
    return any(each.basis == "published" for each in prints)


def told_since(found: History) -> str:
    """From when on there is a history, what is not known of the time before, and what would tell."""
    return " ".join(filter(None, (_since_when(found), _WITH_KEY if found.needs_key else "")))


def _since_when(found: History) -> str:
    if not found.prints:
        return "No history: no figure of it is held." if not found.parts else ""
    since = f"No history before {found.since}." if found.since else "No history yet."
    count = found.dated_by_calendar
    if not count:
        return since
    told = "The day of one value is that" if count == 1 else f"The days of {count:,} values are those"
    return f"{since} {told} {_BY_CALENDAR}"


class _Kept(NamedTuple):
    """What is kept, and the series as they are known."""

    observed: Observed
    vintages: Vintages

    def rows(self, series: str) -> list[Known]:
        """All that was published of a series, and nothing later than the day of `observed`."""
        day = self.observed.as_of
        return self.vintages.histories(series, end_of_day(day) if day else None)


# ---------------------------------------------------------------------- published


def _published(kept: _Kept, entry: Indicator, place: Place) -> Iterator[Print]:
    order = {each.id: number for number, each in enumerate(entry.definitions)}
    rows = [
        row
        for row in kept.rows(entry.id)
        if place.definition in ("", row.definition) and place.period in ("", _period(entry, row.day))
    ]
    rows.sort(key=lambda row: (order.get(row.definition, -1), row.day, row.vintage))
    return _chained(_print(entry, row) for row in rows)


def _print(entry: Indicator, row: Known) -> Print:
    return Print(_period(entry, row.day), row.definition, row.value, from_moment(row.vintage), row.basis)


def _period(entry: Indicator, day: int) -> str:
    return str(Period(date.fromordinal(day), entry.frequency))


def _chained(prints: Iterable[Print]) -> Iterator[Print]:
    """The prints, each with what it differs by from the one before of its definition and period."""
    before: Print | None = None
    for each in prints:
        same = before is not None and (before.definition, before.period) == (each.definition, each.period)
        yield each._replace(change=each.value - before.value if same and before else None)
        before = each


# ---------------------------------------------------------------------- computed


def _computed(kept: _Kept, entry: Indicator, place: Place) -> Iterator[Print]:
    """What the indicator would have said of a period on each day that a part of it changed."""
    if not place.period:
        return iter(())
    catalogue = kept.observed.catalogue
    parts = [part for name in catalogue.sources_of(entry.id) if (part := catalogue.get(name))]
    changed = (row for part in parts for row in kept.rows(part.id) if _period(part, row.day) == place.period)
    days = {from_moment(row.vintage).date(): row for row in sorted(changed, key=lambda row: row.vintage)}
    found: list[Print] = []
    for day, row in list(days.items())[-_EVALUATED:]:
        one = _on(kept, entry, place, day)
        if one and not (found and _same(found[-1], one)):
            found.append(Print(place.period, one.definition, one.value, from_moment(row.vintage), row.basis))
    return _chained(found)


def _on(kept: _Kept, entry: Indicator, place: Place, day: date) -> Observation | None:
    """What a computed indicator said of a period at the end of a day."""
    series = Observed(kept.observed.catalogue, kept.vintages, day).series(entry.id)
    found = (each for each in (series.observations if series else ()) if str(each.period) == place.period)
    return next(found, None)


def _same(before: Print, one: Observation) -> bool:
    return (before.definition, before.value) == (one.definition, one.value)


# ---------------------------------------------------------------------- side by side


Newest = dict[str, dict[str, float]]
"""The newest value of each period, by definition in their order."""


def _newest(prints: Iterable[Print]) -> Newest:
    found: Newest = {}
    for each in prints:
        found.setdefault(each.definition, {})[each.period] = each.value
    return found


def _newest_computed(observed: Observed, place: Place) -> Newest:
    """What a computed indicator says in each of the definitions of its parts."""
    names = definitions_of(observed.catalogue, place.series)
    made = ((name, observed.series(place.series, name)) for name in names)
    return {name: {str(each.period): each.value for each in one.observations} for name, one in made if one}


def _pairs(newest: Newest) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """The periods that the two newest definitions both have."""
    names = list(newest)[-2:]
    if len(names) < 2:
        return (), ()
    before, after = (newest[name] for name in names)
    both = tuple(Pair(period, before[period], after[period]) for period in before if period in after)
    return both, tuple(map(called, names)) if both else ()


def _definitions(entry: Indicator, prints: Sequence[Print]) -> tuple[tuple[str, str], ...]:
    used: Mapping[str, None] = dict.fromkeys(each.definition for each in prints)
    return tuple((called(each.id), each.note) for each in entry.definitions if each.id in used)


# ---------------------------------------------------------------------- how far back


def _since(kept: _Kept, entry: Indicator, now: datetime) -> date | None:
    """The day of the first value that carries its own date, else the one on which values were first taken.

    Values dated by the release calendar stand as they were when they were taken: what was published
    before that day, and revised before it, is not known.
    """
    names = kept.observed.catalogue.sources_of(entry.id) if entry.derived else (entry.id,)
    rows = [row for name in names for row in kept.rows(name)]
    own = [row.vintage for row in rows if row.basis != "calendar"]
    if own:
        return from_moment(min(own)).date()
    numbers = {row.provenance for row in rows if row.provenance}
    origins = (kept.vintages.provenance(number) for number in numbers)
    taken = [from_moment(origin.fetched) for origin in origins if origin and origin.fetched]
    first = min(taken, default=None)
    today = kept.observed.as_of or now.date()
    return first.date() if first and first.date() <= today else None
