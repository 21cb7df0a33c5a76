"""Numbers of events beside each other above a chart: those that would lie over each other are joined.

1  2    3-5  6        events 3, 4 and 5 stand too near to each other for a number each
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from briefings.charts.plots import Event


class Mark(NamedTuple):
    """What stands above a chart, and where it begins."""

    at: float
    text: str


class Crowding(NamedTuple):
    """How near numbers may come: `slack` from its place to where a number begins at most, `gap` between
    two, `limit` where all of them end, `size` how wide a text is."""

    slack: float
    gap: float
    limit: float
    size: Callable[[str], float]


def joined(events: Sequence[Event]) -> str:
    """The numbers of events that follow each other: `3`, `3-5`."""
    return events[0].mark if len(events) == 1 else f"{events[0].mark}-{events[-1].mark}"


def marks(events: Sequence[Event], places: Sequence[float], room: Crowding) -> list[Mark]:
    """Where the numbers of events stand; `places` are where each would best begin, in their order.

    Every event is named by one of the marks, alone or in a row of them.
    """
    groups: list[tuple[float, tuple[Event, ...]]] = []
    for event, place in zip(events, places, strict=True):
        _add(groups, (event,), place, room)
    return [Mark(at, joined(group)) for at, group in groups]


def _add(
    groups: list[tuple[float, tuple[Event, ...]]], events: tuple[Event, ...], place: float, room: Crowding
) -> None:
    """Put a mark behind the last one; where it has no room there, join both."""
    free = 0.0
    if groups:
        at, before = groups[-1]
        free = at + room.size(joined(before)) + room.gap
    size = room.size(joined(events))
    begins = max(free, min(place, room.limit - size))
    if groups and (begins > place + room.slack or begins + size > room.limit):
        groups.pop()
        _add(groups, before + events, at, room)
    else:
        groups.append((begins, events))
