"""The app: settings, a desk, one screen; and the work that goes on beside reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.command import Provider
from textual.filter import LineFilter, NoColor

from briefings.desk import Desk
from cache.troubles import is_damage
from tui.files.comparing import Compared, Comparing, Comparison
from tui.files.words import fault_line, from_home
from tui.refreshing.app import Ask, RefreshingApp
from tui.screens.shell import LookAgain, Shell
from tui.settings.settings import Settings
from tui.theme import begin_in
from tui.typed_ahead import KeyDone, TypedAhead

OPEN_FILE_SECONDS = 1.0
FOLDERS_SECONDS = 30.0


def _palette() -> type[Provider]:
    from tui.screens.palette import PaletteOffers

    return PaletteOffers


class BriefingApp(RefreshingApp):
    """Reads the library of the settings."""

    CSS_PATH = "screens/shell.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    TITLE = "briefing"

    def __init__(self, settings: Settings, desk: Desk) -> None:
        super().__init__(settings)
        self.desk = desk
        self._shell: Shell | None = None
        self.typed: TypedAhead | None = None
        self._comparison = Comparison(desk, self.post_message)
        self.no_color = settings.no_color
        self.damage: sqlite3.DatabaseError | None = None
        begin_in(self, settings.theme)

    def get_default_screen(self) -> Shell:
        """The one screen that everything is read on."""
        told = (*(fault_line(fault) for fault in self.settings.faults), *map(from_home, self.desk.notes()))
        self._shell = Shell(self.desk, self.settings, told)
        self.typed = TypedAhead(self._shell, super().on_event)
        return self._shell

    def shown(self) -> Shell | None:
        """The screen, which is told how a refresh goes."""
        return self._shell

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without colours, none reaches the terminal: what stands out is bold, underlined or reversed."""
        return [self._wall, NoColor()] if self.no_color else super().get_line_filters()

    def on_mount(self) -> None:
        self.set_keymap(dict(self.settings.keys))
        self.set_interval(OPEN_FILE_SECONDS, self.look_at_open_file)
        self.set_interval(FOLDERS_SECONDS, self.compare)
        self.call_after_refresh(self.compare)
        if self.settings.refresh == "on-start":
            self.call_after_refresh(self.post_message, Ask(None))

    # ------------------------------------------------------------------ keys

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and self.typed and not event.is_forwarded:
            await self.typed.add(event)
        else:
            await super().on_event(event)

    def on_key_done(self, event: KeyDone) -> None:
        """Take the key that waits for this one."""
        event.stop()
        if self.typed:
            self.call_later(self.typed.go_on)

    # ------------------------------------------------------------------ the library

    def compare(self) -> None:
        """Compare the folders with the index, beside the screen; once more when that is under way."""
        if self._comparison.ask():
            if self._shell and self._shell.file.differs():
                self._shell.hold()
            work = self._comparison.run
            self.run_worker(work, name="compare", thread=True, group="compare", exit_on_error=False)

    def on_look_again(self, event: LookAgain) -> None:
        """Asked for where files are listed, and once figures have come: they are judged anew."""
        self.compare()

    def on_comparing(self, event: Comparing) -> None:
        """Say how far it is."""
        if self._shell:
            self._shell.tell_state("index", f"{event.doing} {event.done:,} of {event.count:,}")

    def on_compared(self, event: Compared) -> None:
        """Show what changed, where it is shown now."""
        again = self._comparison.end(event.met)
        if not self._shell:
            return
        self._shell.tell_state("index", "")
        if event.index:
            self._shell.hold()
            self.desk.index.take(event.index)
        if event.passed:
            self.desk.take_verdicts(event.passed)
        if event.changed:
            self._shell.rebuild()
        if event.verdicts:
            self._shell.tell_verdicts(event.verdicts)
        if again:
            self.compare()

    def look_at_open_file(self) -> None:
        """Compare at once when the file of the shown document changes, and show what was stored of it."""
        if not self._shell:
            return
        self._shell.tell(tuple(map(from_home, self.desk.notes())))
        if self._shell.file.has_changed():
            self.compare()
        elif not self._comparison.is_underway and self._shell.file.is_stored_anew():
            self._shell.rebuild()

    # ------------------------------------------------------------------ a damaged index

    def endure(self, error: BaseException) -> None:
        """Go on after the fault of a worker; not with a damaged index, of which pages would be missing."""
        if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
            self.fail(error)
        else:
            super().endure(error)

    def last_words(self, error: BaseException) -> str:
        """The line to end with; none where the index is damaged, which the next run mends."""
        if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
            self.damage = error
            return ""
        return super().last_words(error)
