"""Names of items as they are typed: all of them are gathered beside the screen before one is found by its
middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from briefings.desk import Desk
from tui.screens.reader import Reader

if TYPE_CHECKING:
    from briefings.going import Names

_RECENT = 30


class NamesGathered(Message):
    """All names of the library, gathered beside the screen."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self.names = names


class Naming(Reader, inherit_bindings=False):
    """Has names at hand while one is typed."""

    def recent_items(self) -> list[str]:
        """The ids of items that were visited, the last first."""
        visits = reversed(self.history.visits[-_RECENT:])
        return list(dict.fromkeys(visit.address.name for visit in visits if visit.address.name))

    def gather_names(self) -> None:
        """Gather all names where that was not done yet, those of a library on disk beside the screen."""
        desk = self.desk
        if desk.index.kept and desk.lacks_names():
            self.run_worker(self._gather, name="names", thread=True, group="names", exit_on_error=False)
        elif desk.lacks_names():
            desk.use_names(desk.gather_names())

    def _gather(self) -> None:
        """Gather all names, in a thread: their desk is its own."""
        desk = Desk(self.home.library)
        try:
            self.post_message(NamesGathered(desk.gather_names()))
        finally:
            desk.close()

    def on_names_gathered(self, event: NamesGathered) -> None:
        """Find them from now on."""
        self.home.use_names(event.names)
        self.names_known()

    def names_known(self) -> None:
        """Offer again what is typed, now that all names are known."""
