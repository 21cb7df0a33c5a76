"""Figures as they were known at any moment, for those who judge claims: one store, several days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property, partial
from itertools import takewhile
from typing import TYPE_CHECKING
from zlib import crc32

from briefings.ledger.verdicts import Answers, Known
from sources.expressions import parse
from sources.expressions.tracks import over
from sources.expressions.tree import Negative, Node, Number, Product, Reference, Sum, Test, references
from sources.histories import Histories
from sources.model import DAILY, Series
from sources.observed import Observed, end_of_day

if TYPE_CHECKING:
    from cache.vintages import Vintages
    from sources.catalogue.catalogue import Catalogue

_DAYS_KEPT = 16
"""Past days whose figures are kept in memory: those of the documents that are judged in a row."""


class Moments:
    """What the store knows now, on `today`, and knew at the end of any day before.

    It belongs to one thread, reads each series once per day, and may raise `cache.store.StoreError`.
    Make a new one where the store or the catalogue has changed.
    """

    def __init__(self, catalogue: Catalogue, vintages: Vintages, today: date) -> None:
        self.today = today
        self._answers: Answers = {}
        self._catalogue = catalogue
        self._vintages = vintages
        self._now = Observed(catalogue, vintages)
        self._histories = Histories(vintages)
        self._days: dict[date, Observed] = {}
        self._stamps: dict[str, str] = {}
        self._shared: dict[tuple[date, date, str, str], date] = {}
        self._pointwise: dict[str, Sequence[Reference]] = {}

    def at(self, day: date, against: date | None = None) -> Known:
        """What was known at the end of a day; from today on, all that is known. `against` is the later
        day with which it is compared, today by default."""
        if day >= self.today:
            return Known(self._now.series, self.today)
        return Known(self.observed(day).series, day, partial(self._shared_until, day, against or self.today))

    def answers(self, day: date) -> Answers | None:
        """What tests were found to give on all that is known; None for a day before."""
        return self._answers if day >= self.today else None

    def observed(self, day: date) -> Observed:
        """The series as they were known at the end of a day; from today on, as they are."""
        if day >= self.today:
            return self._now
        observed = self._days.pop(day, None) or Observed(
            self._catalogue, self._vintages, day, self._histories
        )
        if len(self._days) == _DAYS_KEPT:
            del self._days[next(iter(self._days))]
        self._days[day] = observed
        return observed

    def is_known(self, series: str) -> bool:
        """Whether the catalogue has a series."""
        return self._catalogue.get(series) is not None

    def stamp(self, series: str) -> str:
        """A text that changes whenever the figures of a series do, or its entry; empty for an unknown one. Of
        several, with blanks between them, one after the other."""
        if series not in self._stamps:
            self._stamps[series] = " ".join(map(self._stamped, series.split()))
        return self._stamps[series]

    def is_clocked(self, series: str) -> bool:
        """Whether what is known of a series depends on the day: a daily one, or one of steps."""
        names = (series, *self._catalogue.sources_of(series))
        return any(entry.frequency in DAILY for name in names if (entry := self._catalogue.get(name)))

    def parts(self, series: str) -> Sequence[str]:
        """The series that a derived one is computed from; none for others."""
        entry = self._catalogue.get(series)
        return entry.parts if entry else ()

    def _shared_until(self, day: date, other: date, series: str, definition: str) -> date:
        """The last day of the last period up to which all was known on a day just as on a later one."""
        key = (day, other, series, definition)
        if key not in self._shared:
            entry, parts = self._catalogue.get(series), () if definition else self._same_periods(series)
            now = self.observed(other).series(series, definition)
            if entry and not entry.derived:
                until = None if other >= self.today else end_of_day(other)
                later = self._histories.of(entry).first_later(end_of_day(day), until, definition)
                last = date.fromordinal(max(later - 1, 1)) if later else date.max
                self._shared[key] = last_until(now, last)
            elif parts:
                shared = (self._shared_until(day, other, part.id, part.definition) for part in parts)
                self._shared[key] = last_until(now, min(shared))
            else:
                self._shared[key] = alike_until(self.observed(day).series(series, definition), now)
        return self._shared[key]

    def _same_periods(self, series: str) -> Sequence[Reference]:
        """The series of which a derived one takes the same period for each of its own; none for others."""
        if series not in self._pointwise:
            entry = self._catalogue.get(series)
            tree = parse(entry.derived).tree if entry and entry.derived else None
            self._pointwise[series] = tuple(references(tree)) if tree and is_pointwise(tree) else ()
        return self._pointwise[series]

    def _stamped(self, series: str) -> str:
        entry = self._catalogue.get(series)
        if entry is None:
            return ""
        below = "+".join(self.stamp(part) for part in entry.parts)
        return f"{crc32(repr(entry).encode()):x}.{self._held.get(series, 0)}({below})"

    @cached_property
    def _held(self) -> dict[str, int]:
        return {held.series: held.stamp for held in self._vintages.series()}


def alike_until(then: Series | None, now: Series | None) -> date:
    """The last day of the last observation before the first one that differs; the first of all days
    where there is none."""
    pairs = zip(then.observations, now.observations, strict=False) if then and now else ()
    same = tuple(takewhile(lambda pair: pair[0] == pair[1], pairs))
    return same[-1][0].period.last if same else date.min


def last_until(series: Series | None, day: date) -> date:
    """The last day of the last observation whose period is over by a day; the first of all days where
    there is none."""
    observations = series.observations if series else ()
    count = over(observations, day)
    return observations[count - 1].period.last if count else date.min


def is_pointwise(tree: Node | Test) -> bool:
    """Whether a series takes of others only what they are in the same period: sums and products."""
    match tree:
        case Sum(parts) | Product(parts):
            return all(is_pointwise(part) for _, part in parts)
        case Negative(operand):
            return is_pointwise(operand)
    return isinstance(tree, Number | Reference)
