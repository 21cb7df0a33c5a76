"""Reading as of a past day: `@` asks for it, every page then carries it, and the banner says so."""

from __future__ import annotations

import sys
from collections.abc import Awaitable
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from briefings.documents.dates import past_day
from tui.pages.navigation import Visit, without_block
from tui.pages.page import Address, Page

if TYPE_CHECKING:
    from tui.screens.reader import Reader
    from tui.screens.shell import Shell

EXPECTED = "2026-04-20, 2026-04, 2026Q1, yesterday; today or nothing leaves"

_ANSWERING = ("briefings.past.past", "briefings.past.observing", "sources.snapshot")
"""What answers for a past day, with all that it needs: 100 ms to import."""


async def ask(shell: Shell) -> None:
    """Ask for the day that everything is to be shown for."""
    make_ready(shell)
    await shell.ask("As of:", EXPECTED, partial(read, shell))


def make_ready(screen: Reader) -> None:
    """While a day is being typed, import beside the screen what will answer for it."""
    if not sys.modules.keys() >= {*_ANSWERING}:
        screen.run_worker(_import, name="past", thread=True, group="past", exit_on_error=False)


def _import() -> None:
    for name in _ANSWERING:
        import_module(name)


def read(shell: Shell, words: str) -> Awaitable[None] | None:
    """Show everything for the day that is typed; of what is none, say what was expected and ask again."""
    try:
        day = past_day(words, shell.home.today)
    except ValueError as error:
        return shell.ask_again(str(error), words, partial(read, shell))
    show(shell, day)
    return None


def show(shell: Shell, day: date | None) -> None:
    """Show this page as it was known on a day, as a step of the way; None is today."""
    if day == shell.day:
        shell.message.say(f"As of {day} already." if day else "This is today.")
        return
    page = shell.built(without_block(shell.page.address)._replace(day=day))
    words = _changed(shell, day)
    if page is None:
        words = f"What was shown here was not known on {day}."
        page = _overview(shell, day)
    shell.history.leave(shell.visit())
    visit = Visit(page.address, shell.reading.place(), shell.side.place())
    shell.history.enter(visit)
    shell.chart.carry(page.address)
    shell.show_page(page, visit)
    shell.message.say(words)


def _overview(shell: Shell, day: date | None) -> Page:
    """The overview of the open briefing on a day, or of what there was."""
    desk = shell.home.as_of(day)
    briefing = shell.briefing if desk.item(shell.briefing) else desk.newest_briefing()
    return shell.built(Address("overview", briefing, day=day)) or shell.page


def _changed(shell: Shell, day: date | None) -> str:
    if day is None:
        return "Back to today."
    return f"As known at the end of {day}. {shell.key('go.as_of')} and enter lead back to today."
