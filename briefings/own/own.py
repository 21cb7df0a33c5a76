"""What the reader keeps in lists of the own folder, looked up once: outcomes, forecasts, searches.

What reads the files is imported only where there are any: a page that lists predictions does without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cache.paths import is_there
from sources.text import fold

if TYPE_CHECKING:
    from briefings.ledger.predictions import Outcome
    from briefings.ledger.scores import Forecast
    from briefings.own.kept_searches import KeptSearch
    from briefings.own.lists import Entry, Held

RESOLUTIONS, FORECASTS, SEARCHES = "resolutions.yaml", "forecasts.yaml", "searches.yaml"
"""The files of the lists."""


class Own:
    """The files of one library folder; what predictions need as it was when first asked for. With a past
    `day` nothing that was entered for a later one. Never raises."""

    def __init__(self, folder: Path, day: date | None = None) -> None:
        self._folder = folder
        self._day = day
        self._notes: dict[str, str] = {}

    def notes(self) -> tuple[str, ...]:
        """What is wrong in the files that were read so far, in words: the first fault of each."""
        return tuple(self._notes.values())

    def _entries(self, file: str, held: Held[Entry]) -> tuple[Entry, ...]:
        """What a file holds that can be read; what cannot be is noted."""
        errors = [fault for fault in held.faults if fault.severity == "error"]
        if errors:
            more = f" ({len(errors) - 1:,} more: briefing check)" if len(errors) > 1 else ""
            self._notes[file] = f"{errors[0]}{more}"
        return held.entries

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What came of predictions, by their whole ids; of several entries the last."""
        if not is_there(self._folder / RESOLUTIONS):
            return {}
        from briefings.own.resolutions import read

        found = ((entry.id, entry.as_outcome()) for entry in self._entries(RESOLUTIONS, read(self._folder)))
        return {name: outcome for name, outcome in found if self._is_known(outcome.on)}

    @cached_property
    def forecasts(self) -> Mapping[str, Sequence[Forecast]]:
        """The reader's probabilities by the whole ids of predictions, in the order of the file."""
        return self._forecast[0]

    @cached_property
    def words(self) -> Mapping[str, float]:
        """What the reader takes words for, by the word in lower case; of several entries the last."""
        return self._forecast[1]

    @property
    def searches(self) -> tuple[KeptSearch, ...]:
        """The searches that are kept under a name, by name, as the file has them now."""
        if not is_there(self._folder / SEARCHES):
            return ()
        from briefings.own.kept_searches import read

        return tuple(sorted(self._entries(SEARCHES, read(self._folder)), key=lambda kept: fold(kept.name)))

    def _is_known(self, day: date) -> bool:
        return self._day is None or day <= self._day

    @cached_property
    def _forecast(self) -> tuple[Mapping[str, Sequence[Forecast]], Mapping[str, float]]:
        found: dict[str, list[Forecast]] = {}
        words: dict[str, float] = {}
        if is_there(self._folder / FORECASTS):
            from briefings.own.forecasts import Word, read

            for entry in self._entries(FORECASTS, read(self._folder)):
                if isinstance(entry, Word):
                    words[entry.word.casefold()] = entry.chance
                elif self._is_known(entry.as_forecast().on):
                    found.setdefault(entry.id, []).append(entry.as_forecast())
        return found, words
