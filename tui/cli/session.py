"""What commands share: the settings, the two streams, and a desk that is opened when it is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from briefings.desk import Desk, Library, open_desk
from briefings.documents.model import Document, Item
from briefings.documents.names import is_indicator
from briefings.ledger.judged import Settled
from cache.troubles import is_damage
from sources.text import fold
from tui.cli.naming import ambiguous, full_name, page_of_app
from tui.cli.output import FINE, OWN_FILES, USAGE, Output, RequestError
from tui.cli.statusline import Counter
from tui.settings.settings import Settings


class Session:
    """One run of a command. `status` is what it ends with where the command itself has no complaint."""

    def __init__(self, settings: Settings, output: Output) -> None:
        self.settings = settings
        self.output = output
        self.status = FINE
        self.as_of: date | None = None
        self.library = Library(settings.places, settings.libraries)
        self._desk: Desk | None = None
        self._noted: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._desk is not None:
            self.warn_of_notes(self._desk.notes())
            self._desk.close()

    def warn_of_notes(self, notes: Iterable[str]) -> None:
        """Say what our own files came upon, each once."""
        for note in notes:
            if note not in self._noted:
                self._noted.append(note)
                self.output.warn(note)

    @property
    def desk(self) -> Desk:
        """The desk as of the day that is asked for, its index brought up to date."""
        if self._desk is None:
            self._desk = self._open()
            self.warn_of_notes(self._desk.notes())
        return self._desk.as_of(self.as_of)

    def settle(self) -> Settled:
        """Work out what figures and claims say, where something has changed since the last time, and say
        on a terminal how far that is. Of a past day it is worked out when it is asked for."""
        if self.desk.day:
            return Settled()
        self.desk.upkeep.prepare_figures()
        with Counter("Judging", "documents") as progress:
            return self.desk.upkeep.settle(progress, thorough=True)

    @staticmethod
    def now() -> datetime:
        """The moment at which the command runs."""
        return datetime.now(UTC)

    def find(self, name: str) -> Item:
        """The item that the user means. Raises `RequestError` with the nearest one."""
        same = [each.id for each in self.desk.sharing(name)]
        if item := self.desk.item(name):
            others = [each for each in same if each != item.id] if item.id in same else []
            if others:
                self.output.warn(f'"{name}" is also a name of {", ".join(others)}; this is {item.id}')
            return item
        if len(same) > 1 and not page_of_app(name):
            raise ambiguous(name, same)
        if first := self.desk.known_from(name):
            words = f'"{name}" was not known on {self.desk.day}; it is known from {first} on'
            raise RequestError("not-yet-known", words, USAGE)
        self.output.warn_of(f for f in self.desk.faults() if fold(Path(f.path).stem) == fold(name))
        raise RequestError("unknown-id", f'no item "{name}"; {self._other(name)}'.rstrip("; "), USAGE)

    def find_prediction(self, name: str) -> Item:
        """The prediction that the user means. Raises `RequestError` also for an item of another kind."""
        item = self.find(name)
        if item.kind != "prediction":
            raise RequestError("usage", f'"{item.id}" is no prediction but of kind {item.kind}', USAGE)
        return item

    def _other(self, name: str) -> str:
        """What the user may have meant by a name that no item has."""
        series = full_name(name, self.series())
        if is_indicator(series) and self.desk.indicator(series):
            return f"it is an indicator: briefing series {series} shows it"
        near = self.desk.nearest(name)
        return page_of_app(name) or (f"nearest: {near.id}" if near else "")

    def series(self) -> Iterable[str]:
        """The ids of all indicators."""
        from sources.catalogue.catalogue import load  # which only a name that no item has needs

        return load(self.settings.places.library / "indicators", self.settings.places.cache).entries

    def say_day(self, document: Document) -> None:
        """Say as of which day a text is shown, and of which day it is where that is later."""
        if self.desk.day:
            written = self.desk.written(document)
            text = f"{written}, figures " if written else ""
            self.output.narrate(f"{text}as of {self.desk.day}")

    def warn_of_file(self, path: str) -> None:
        """Say what is wrong in the file that is read."""
        self.output.warn_of(fault for fault in self.desk.faults() if fault.path == path)

    def begin_anew(self) -> None:
        """Put a new index in the place of one in which damage was met, and say so."""
        if self._desk is not None:
            self._desk.close()
        self._desk = open_desk(self.library, compare=False, anew=True)
        self.warn_of_notes(self._desk.notes())

    def _open(self) -> Desk:
        try:
            return self._compared()
        except sqlite3.Error as error:
            if is_damage(error):
                return self._compared(anew=True)
            self.status = OWN_FILES
            self.output.warn(f"the index could not be brought up to date: {error}")
        try:
            return open_desk(self.library, compare=False)
        except sqlite3.Error as error:
            raise RequestError("index", f"the index cannot be used: {error}", OWN_FILES) from error

    def _compared(self, *, anew: bool = False) -> Desk:
        with Counter("Reading", "documents") as progress:
            return open_desk(self.library, progress=progress, anew=anew)
