"""Reading as of a past day: `@` asks for it, every page then carries it, and the banner says so."""

from __future__ import annotations

import sys
from datetime import date
from importlib import import_module

from briefings.documents.dates import past_day
from tui.pages.navigation import Visit, without_block
from tui.pages.page import Address, Page
from tui.screens.asking import Asking

EXPECTED = "2026-04-20, 2026-04, yesterday; today or nothing leaves"


_ANSWERING = ("briefings.past.past", "briefings.past.observing", "sources.snapshot")
"""What answers for a past day, with all that it needs: 100 ms to import."""


class Past(Asking, inherit_bindings=False):
    """Changes the day that pages are shown for."""

    async def action_as_of(self) -> None:
        """Ask for the day."""
        self.make_ready()
        await self.ask("As of:", EXPECTED, self.read_as_of)

    def make_ready(self) -> None:
        """While a day is being typed, import beside the screen what will answer for it."""
        if not sys.modules.keys() >= {*_ANSWERING}:
            self.run_worker(_import, name="past", thread=True, group="past", exit_on_error=False)

    def read_as_of(self, words: str) -> None:
        """Show everything for the day that is typed, or say what was expected."""
        try:
            day = past_day(words, self.home.today)
        except ValueError as error:
            self.message.say(str(error), doubtful=True)
            return
        self.show_as_of(day)

    def show_as_of(self, day: date | None) -> None:
        """Show this page as it was known on a day, as a step of the way; None is today."""
        if day == self.day:
            self.message.say(f"As of {day} already." if day else "This is today.")
            return
        page = self._built(without_block(self.page.address)._replace(day=day))
        words = self._changed(day)
        if page is None:
            words = f"What was shown here was not known on {day}."
            page = self._overview(day)
        self.history.leave(self.visit())
        visit = Visit(page.address, self.reading.place(), self.side.place())
        self.history.enter(visit)
        self.chart.carry(page.address)
        self._show(page, visit)
        self.message.say(words)

    def _overview(self, day: date | None) -> Page:
        """The overview of the open briefing on a day, or of what there was."""
        desk = self.home.as_of(day)
        briefing = self.briefing if desk.item(self.briefing) else desk.newest_briefing()
        return self._built(Address("overview", briefing, day=day)) or self.page

    def _changed(self, day: date | None) -> str:
        if day is None:
            return "Back to today."
        return f"As known at the end of {day}. {self.key('go.as_of')} and enter lead back to today."


def _import() -> None:
    for name in _ANSWERING:
        import_module(name)
