"""What is said of figures in words: values and changes, states, checks, carriers, the basis of vintages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sources.freshness import Freshness, word
from sources.numbers import shown, signed, with_thousands

if TYPE_CHECKING:
    from sources.catalogue.indicator import Indicator
    from sources.model import Observation
    from sources.refreshing.agreement import Agreement

_NAMED = 2
"""Figures of one state that are called by their names."""

BASES = {
    "published": "published {}, by its source's own word",
    "seen": "seen {}, when it was first fetched",
    "calendar": "known by {}, the end of its release window: an upper bound",
}
"""How the day of a vintage is known, in a sentence; then in short."""

SHORT_BASES = {"published": "published {}", "seen": "seen {}", "calendar": "known by {}"}
_PERIODS = {"M": "months", "Q": "quarters", "A": "years"}
NEVER_ASKED = "never from here; the figures came with the program"


def amount(value: float, entry: Indicator) -> str:
    """A value with the decimals of its entry: `4,829`."""
    return with_thousands(shown(value, entry.decimals))


def value_and_change(entry: Indicator, observations: Sequence[Observation], at: int) -> tuple[str, str]:
    """Value and change of an observation as text; there is no change across a break."""
    now, before = observations[at], observations[at - 1] if at else None
    value = amount(now.value, entry)
    if before is None or before.definition != now.definition:
        return value, ""
    return value, signed(amount(now.value - before.value, entry))


def row_word(entry: Indicator, fresh: Freshness | None) -> str:
    """The state in a row; of a derived one that of its stalest part."""
    if fresh is None:
        return ""
    return f"{word(fresh)}, derived" if entry.derived else word(fresh)


def counted(state: str, titles: Sequence[str]) -> str:
    """`13 figures fresh`; of a few that are due or stale the names."""
    if state in ("due", "stale") and len(titles) <= _NAMED:
        return f"{', '.join(titles)} {state}"
    words = "never asked" if state == "never" else state
    return f"{len(titles)} figure{'s' if len(titles) > 1 else ''} {words}"


def checked(entry: Indicator, agreement: Agreement) -> str:
    """`Bank: equal in 22 of 22 months, 2026-11-23`; empty where nothing was compared.

    What differed in periods that were not compared again still counts.
    """
    if agreement.moment is None or not agreement.compared:
        return ""
    count, day = agreement.compared, day_of(agreement.moment)
    periods = _PERIODS.get(entry.frequency, "days")
    if agreement.differing:
        return f"{agreement.name}: differs in {len(agreement.differing)}; {count} {periods} compared, {day}"
    return f"{agreement.name}: equal in {count} of {count} {periods}, {day}"


def asked_for(entry: Indicator) -> str:
    """The provider that an indicator is asked of, and its code there."""
    return f"{entry.source.provider} {entry.source.code}".strip() if entry.source else ""


def vintage_of(observation: Observation) -> datetime:
    """When an observation that has a vintage was first known."""
    assert observation.vintage  # noqa: S101  (the caller has looked)
    return observation.vintage


def day_of(when: datetime | None) -> str:
    """The day of a moment in UTC, as text."""
    return f"{when.date()}" if when else ""
