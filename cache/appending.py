"""What a batch of rows changes: only what differs from what was known at its vintage is kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

from cache.packed import Packed
from cache.rows import Appended, Change, Row, check

Key = tuple[str, int]
"""Definition and day."""

History = list[tuple[int, float]]
"""The vintages and values of a day, oldest first."""

Histories = Mapping[Key, History]

_VINTAGE = itemgetter(0)


@dataclass(slots=True)
class Plan:
    """The rows to keep; `newest` are those of them that become the newest of their day."""

    stored: list[Row] = field(default_factory=list)
    newest: list[Row] = field(default_factory=list)
    new: list[Change] = field(default_factory=list)
    revised: list[Change] = field(default_factory=list)
    unchanged: int = 0

    def outcome(self, series: str, vanished: Iterable[Key]) -> Appended:
        """What the plan came to, for whoever asked."""
        fresh = (tuple(self.new), tuple(self.revised))
        return Appended(
            series, *fresh, len(self.stored) - len(self.newest), self.unchanged, tuple(sorted(vanished))
        )


def plan(
    groups: Mapping[Key, list[Row]], packed: Packed, histories: Callable[[], Histories], exact: bool
) -> Plan:
    """Decide on the rows of a batch, by the newest state and, where that is not enough, by history.

    With `exact` a row that is kept already, in the same vintage, is not kept again even where a later
    one overruled it: a snapshot that is laid under the rows twice must not win over what came between.
    """
    made = Plan()
    for key, rows in groups.items():
        place = packed.find(*key)
        if place is None:
            told: History = []
        elif exact or packed.vintage(place) > rows[0].vintage:
            told = histories()[key]
        else:
            told = [(packed.vintage(place), packed.values[place])]
        _settle(made, rows, told, exact, None if place is None else packed.values[place])
    return made


def grouped(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    """The rows of each definition and day, oldest vintage first.

    Raises ValueError for a row that must not be kept, and for two values in one vintage.
    """
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        check(row)
        kept = row if row.value else row._replace(value=0.0)  # SQLite drops the sign that the seal is over
        groups.setdefault((row.definition, row.day), []).append(kept)
    for group in groups.values():
        group.sort(key=lambda row: row.vintage)
        for one, other in pairwise(group):
            if one.vintage == other.vintage and one.value != other.value:
                raise ValueError(f"day {one.day}: {one.value} and {other.value} in one vintage")
    return groups


def vanished(groups: Iterable[Key], packed: Packed) -> set[Key]:
    """Days that are held and that a batch passes over, between its first and last of a definition."""
    days: dict[str, set[int]] = {}
    for definition, day in groups:
        days.setdefault(definition, set()).add(day)
    gone: set[Key] = set()
    for run in packed.definitions:
        if given := days.get(run.definition):
            first, last = min(given), max(given)
            held = packed.days[run.start : run.stop]
            gone.update((run.definition, day) for day in held if first < day < last and day not in given)
    return gone


def _settle(made: Plan, rows: list[Row], told: History, exact: bool, old: float | None) -> None:
    newest: Row | None = None
    for row in rows:
        place = bisect_right(told, row.vintage, key=_VINTAGE)
        if (place and told[place - 1][1] == row.value) or (exact and (row.vintage, row.value) in told):
            made.unchanged += 1
            continue
        told.insert(place, (row.vintage, row.value))
        made.stored.append(row)
        newest = row if place == len(told) - 1 else newest
    if newest:
        made.newest.append(newest)
        change = Change(newest.definition, newest.day, old, newest.value)
        (made.new if old is None else made.revised).append(change)
