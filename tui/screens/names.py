"""Names of items as they are typed: all of them are gathered beside the screen before one is found by its
middle."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from briefings.desk import Desk

if TYPE_CHECKING:
    from briefings.library.going import Names
    from tui.screens.shell import Shell

_RECENT = 30


class NamesGathered(Message):
    """All names of the library as of a day, gathered beside the screen."""

    def __init__(self, names: Names, day: date | None) -> None:
        super().__init__()
        self.names = names
        self.day = day


def recent(shell: Shell) -> list[str]:
    """The ids of items that were visited, the last first."""
    visits = reversed(shell.history.visits[-_RECENT:])
    return list(dict.fromkeys(visit.address.name for visit in visits if visit.address.name))


def gather(shell: Shell) -> None:
    """Gather all names of the day that is read where that was not done yet, those of a library on disk
    beside the screen."""
    if not shell.desk.lacks_names():
        return
    if shell.home.index.kept:
        work = partial(_gather, shell, shell.day)
        shell.run_worker(work, name="names", thread=True, group="names", exit_on_error=False)
    else:
        shell.desk.use_names(shell.desk.gather_names())


def _gather(shell: Shell, day: date | None) -> None:
    """Gather all names, in a thread: its desk is its own."""
    desk = Desk(shell.home.library)
    try:
        shell.post_message(NamesGathered(desk.as_of(day).gather_names(), day))
    finally:
        desk.close()
