"""What a refresh tells while it runs: small frozen events, free of any screen.

Started      a provider is being asked
Fetched      an answer came, or word that what is held is still the newest
Stored       a series was looked at whole; what is new, revised or gone from the source
Found        a figure and its check disagree
Failed       figures were not refreshed; what is kept stands
Finished     a provider is done
Done         all are; always the last event
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from sources.model import Period

Kind = Literal["network", "silent", "portal", "refused", "wrong", "store"]
"""Why figures were not refreshed: no way there; no answer; perhaps a sign-in page; a no; not what was
asked for; our own files."""

Common = Literal["", "offline", "silent", "portal"]
"""What explains all failures of a refresh at once: no network, one that lets nobody answer, or one that
wants a sign-in."""


@dataclass(frozen=True, slots=True)
class Started:
    """A provider is being asked for figures; `slow` where long waits are usual with it."""

    provider: str
    name: str
    figures: tuple[str, ...]
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer: its bytes on the line, the URL without secrets, and whether it only said "as before"."""

    provider: str
    url: str
    received: int
    not_modified: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A newest value that came, or took the place of `old`."""

    period: Period
    new: float
    old: float | None = None
    definition: str = "1"


@dataclass(frozen=True, slots=True)
class Stored:
    """A series whose answer was kept whole. `vanished` periods are gone from the source and stay here.

    `earlier` counts values that fill in history; `notes` say what of the answer was left out, and why.
    """

    provider: str
    series: str
    new: tuple[Changed, ...] = ()
    revised: tuple[Changed, ...] = ()
    vanished: tuple[Period, ...] = ()
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A disagreement above tolerance between a figure and its check, each with who says it."""

    series: str
    period: Period
    provider: str
    value: float
    check_provider: str
    check_value: float
    tolerance: float


@dataclass(frozen=True, slots=True)
class Failed:
    """Figures that were not refreshed: why, in a sentence that names the provider, and when they will be.

    `kept` is the newest period that stands; `next_try` is None where asking at once is as good as later.
    """

    provider: str
    figures: tuple[str, ...]
    words: str
    kind: Kind
    kept: Period | None = None
    next_try: datetime | None = None

    def sentence(self, zone: tzinfo | None = None) -> str:
        """All of it in words: `ChinaMoney refused us (403). Kept 2026-08. Next try 14:05.`"""
        parts = [self.words]
        if self.kept:
            parts.append(f"Kept {self.kept}.")
        if self.next_try:
            parts.append(f"Next try {self.next_try.astimezone(zone):%H:%M}.")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Finished:
    """A provider is done: what it came to. `notes` say what was left out of its answers, and why."""

    provider: str
    new: int = 0
    revised: int = 0
    failed: int = 0
    received: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """The end. Where one thing explains all failures, `common` names it and `failed` is empty: say
    `summary` once, and nothing else."""

    summary: str
    new: int = 0
    revised: int = 0
    stored: tuple[str, ...] = ()
    """The series that changed."""
    failed: tuple[Failed, ...] = ()
    common: Common = ""

    @property
    def reason(self) -> str:
        """The first sentence of its summary: `No network.`"""
        return f"{self.summary.partition('. ')[0].rstrip('.')}."


Event = Started | Fetched | Stored | Found | Failed | Finished | Done


def summed_up(events: Sequence[Event]) -> Done:
    """The last event, from all before it."""
    stored = [event for event in events if isinstance(event, Stored)]
    finished = [event for event in events if isinstance(event, Finished)]
    failed = tuple(event for event in events if isinstance(event, Failed))
    new = sum(len(event.new) for event in stored)
    revised = sum(len(event.revised) for event in stored)
    changed = tuple(
        dict.fromkeys(event.series for event in stored if event.new or event.revised or event.earlier)
    )
    common = _common(stored, failed)
    if common in ("offline", "silent"):
        count = len({event.provider for event in finished})
        what = "No network." if common == "offline" else "No source answered."
        summary = f"{what} 0 of {count} sources reached. Kept figures stand. R tries again."
    elif common == "portal":
        summary = "The network wants a sign-in. Nothing was stored."
    else:
        summary = f"{new} new, {revised} revised{_failures(failed)}."
    return Done(summary, new, revised, changed, () if common else failed, common)


def _common(stored: Sequence[Stored], failed: Sequence[Failed]) -> Common:
    """The one cause behind all failures, where nothing was reached at all.

    One strange page from one provider, or its silence, may be its own affair; the same from several is
    the network's.
    """
    kinds = {event.kind for event in failed}
    if stored or not failed:
        return ""
    if kinds == {"network"}:
        return "offline"
    if kinds <= {"network", "silent"}:
        return "silent" if len({event.provider for event in failed}) > 1 else ""
    portals = {event.provider for event in failed if event.kind == "portal"}
    return "portal" if kinds <= {"portal", "network"} and len(portals) > 1 else ""


def _failures(failed: Sequence[Failed]) -> str:
    count = len({event.provider for event in failed})
    return f", {count} {'source' if count == 1 else 'sources'} failed" if count else ""
