"""The clocks of series: what the store holds of each, beside what came of asking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from cache.rows import from_moment
from cache.vintages import Vintages
from sources.catalogue.indicator import Indicator
from sources.freshness import Clocks
from sources.model import Period
from sources.refreshing.attempts import Attempt


def states(
    entries: Iterable[Indicator], vintages: Vintages, attempts: Mapping[str, Attempt]
) -> dict[str, Clocks]:
    """The clocks of series by id: what the store holds, beside what came of asking. What is neither held
    nor asked for has none."""
    newest = {held.series: held.newest_day for held in vintages.series() if held.periods}
    found: dict[str, Clocks] = {}
    for entry in entries:
        if not entry.source and entry.id not in newest:
            continue
        asked = attempts.get(entry.id, Attempt())
        day = newest.get(entry.id)
        held = Period.holding(date.fromordinal(day), entry.frequency) if day is not None else None
        retrieved = _retrieved(entry, vintages) if held and not asked.success else None
        found[entry.id] = Clocks(held, asked.success, asked.failure, asked.failing_since, retrieved)
    return found


def _retrieved(entry: Indicator, vintages: Vintages) -> datetime | None:
    """When others took the newest value that was shipped."""
    packed = vintages.read_packed(entry.id)
    numbers = set(packed.provenances)
    fetched = [row.fetched for number in numbers if (row := vintages.provenance(number)) and row.fetched]
    return from_moment(max(fetched)) if fetched else None
