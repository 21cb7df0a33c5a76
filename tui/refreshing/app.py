"""The part of the app that asks sources: one refresh at a time, beside the screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from tui.terminal.app import TerminalApp

if TYPE_CHECKING:
    from tui.refreshing.beside import Progress, Refresher, Told
    from tui.settings.settings import Settings


class Ask(Message):
    """Ask for indicators, topics or sources by name, or for all that is due (None)."""

    def __init__(self, names: tuple[str, ...] | None) -> None:
        super().__init__()
        self.names = names


class StopAsking(Message):
    """End the refresh under way."""


class Refreshed(Message):
    """What a refresh told from its thread."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told


class Shown(Protocol):
    """What a screen does with a refresh."""

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is."""

    def conclude(self, progress: Progress, trouble: str) -> None:
        """Show what it came to, or the `trouble` of our own that ended it, and the figures as they are."""


class RefreshingApp(TerminalApp):
    """Runs the refresher of the settings in a worker of its own, and tells the screen."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.places.state)
        self.settings = settings
        self._told: Progress | None = None
        self._refresher: Refresher | None = None

    def shown(self) -> Shown | None:
        """The screen that is told, once there is one."""
        raise NotImplementedError

    def on_ask(self, event: Ask) -> None:
        """Ask, or add to what is being asked."""
        from tui.refreshing.beside import Progress, Refresher  # what the first frame does without

        if self._refresher is None:
            self._refresher = Refresher(self.settings, os.environ, self._hear)
        if self._refresher.ask(event.names):
            self._told = Progress()
            work = self._refresher.run
            self.run_worker(work, name="refresh", group="refresh", thread=True, exit_on_error=False)
        self._tell()

    def on_stop_asking(self) -> None:
        """End the refresh; what it kept stays."""
        if self._refresher:
            self._refresher.stop()

    def on_refreshed(self, event: Refreshed) -> None:
        """Fold what was told, and show it."""
        from tui.refreshing.beside import Progress

        progress = self._told or Progress()
        for each in event.told.events:
            progress = (Progress() if progress.done else progress).after(each)
        self._told = progress
        shown = self.shown()
        if shown and (progress.done or event.told.trouble):
            shown.conclude(progress, event.told.trouble)
        else:
            self._tell()

    def on_unmount(self) -> None:
        """Leave no request behind."""
        self.on_stop_asking()

    def _hear(self, told: Told) -> None:
        """Called in the thread of the refresh."""
        self.post_message(Refreshed(told))

    def _tell(self) -> None:
        shown = self.shown()
        if shown and self._told and not self._told.done:
            shown.show_progress(self._told)
