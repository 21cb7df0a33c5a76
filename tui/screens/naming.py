"""Names of items as they are typed: all of them are gathered beside the screen before one is found by its
middle."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from briefings.desk import Desk
from tui.screens.reader import Reader

if TYPE_CHECKING:
    from briefings.library.going import Names

_RECENT = 30


class NamesGathered(Message):
    """All names of the library as of a day, gathered beside the screen."""

    def __init__(self, names: Names, day: date | None) -> None:
        super().__init__()
        self.names = names
        self.day = day


class Naming(Reader, inherit_bindings=False):
    """Has names at hand while one is typed."""

    def recent_items(self) -> list[str]:
        """The ids of items that were visited, the last first."""
        visits = reversed(self.history.visits[-_RECENT:])
        return list(dict.fromkeys(visit.address.name for visit in visits if visit.address.name))

    def gather_names(self) -> None:
        """Gather all names of the day that is read where that was not done yet, those of a library on disk
        beside the screen."""
        if not self.desk.lacks_names():
            return
        if self.home.index.kept:
            work = partial(self._gather, self.day)
            self.run_worker(work, name="names", thread=True, group="names", exit_on_error=False)
        else:
            self.desk.use_names(self.desk.gather_names())

    def _gather(self, day: date | None) -> None:
        """Gather all names, in a thread: its desk is its own."""
        desk = Desk(self.home.library)
        try:
            self.post_message(NamesGathered(desk.as_of(day).gather_names(), day))
        finally:
            desk.close()

    def on_names_gathered(self, event: NamesGathered) -> None:
        """Find them from now on, where that day is still read."""
        if event.day == self.day:
            self.desk.use_names(event.names)
            self.names_known()

    def names_known(self) -> None:
        """Offer again what is typed, now that all names are known."""
