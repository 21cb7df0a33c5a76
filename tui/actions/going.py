"""Going by name: what the go bar offers, what of it is tried on, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions import past
from tui.commands.spoken import parted, refusal
from tui.pages.arrangement import WIDE
from tui.pages.choices import (
    MOST,
    Choice,
    Offered,
    asks_day,
    choices,
    day_choice,
    item_choice,
    lately,
    packed,
)
from tui.pages.navigation import Visit
from tui.pages.page import Address
from tui.screens import names
from tui.theme import wear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.commands.table import Command
    from tui.screens.shell import Shell
    from tui.widgets.go_bar import ChoiceList

_NOT_BY_NAME = frozenset({"find", "hints", "going", "chart", "search", "asked"})
"""Contexts whose commands need something that the bar takes away."""

_NOT_ALONE = ("list.open", "settings.theme")
"""Commands that mean nothing without what is chosen, or what they take."""


async def ask(shell: Shell, typed: str = "") -> None:
    """Ask where to go, with what was gone to lately, or with something typed."""
    await shell.going.open(typed)


class Going:
    """Offers in the go bar of a screen what is meant by what is typed, and goes there."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._offered: Offered | None = None
        self._before = Visit(Address("overview"))

    @property
    def _list(self) -> ChoiceList:
        return self._shell.fields.bar.list

    async def open(self, typed: str = "") -> None:
        """Open the bar with what was gone to lately, or with something typed."""
        shell = self._shell
        self._before = shell.visit()
        shell.keep_side()
        self._offered = Offered(
            shell.desk,
            shell.briefing,
            shell.desk.all_figures(),
            names.recent(shell),
            self._commands(),
            shell.settings.ascii,
        )
        await shell.fields.bar.open("", self._lately(self._offered))
        if typed:
            shell.fields.bar.type(typed)
        shell.tell_place()
        names.gather(shell)

    async def ask_which(self, name: str) -> None:
        """Offer the items that have a name."""
        await self.open()
        shell = self._shell
        owners = shell.mentions.owners(name) if shell.mentions else ()
        items = [item for owner in owners if (item := shell.desk.item(owner))]
        if self._offered:
            shell.fields.bar.offer(name, [item_choice(self._offered, item) for item in items])

    def _commands(self) -> Sequence[Command]:
        known = self._shell.keymap.commands()
        return [c for c in known if not _NOT_BY_NAME & set(c.where) and c.id not in _NOT_ALONE]

    def _lately(self, offered: Offered) -> Sequence[Choice]:
        return lately(offered, self._shell.state().gone(MOST))

    # ------------------------------------------------------------------ while something is typed

    def look_again(self) -> None:
        """Offer again what is meant by what is typed, now that more is known."""
        if typed := self._shell.fields.bar.typed.strip():
            self.changed(typed)

    def changed(self, typed: str) -> None:
        """Offer what is meant by what is typed now."""
        if self._offered is None:
            return
        if asks_day(typed):
            self._offer_day(typed)
        elif typed.strip():
            otherwise = refusal(typed) or f'Nothing is called "{typed.strip()}".'
            self._list.show(choices(self._offered, typed), otherwise)
        else:
            self._list.show(self._lately(self._offered))
        self._try_on(self._list.here if parted(typed)[1] else None)

    def _offer_day(self, typed: str) -> None:
        """Offer the day that is typed, or say what was expected."""
        past.make_ready(self._shell)
        try:
            self._list.show([day_choice(typed, self._shell.home.today)])
        except ValueError as error:
            self._list.show((), str(error))

    def moved(self, choice: Choice) -> None:
        """Show beside, where there is room, what is chosen; of a theme, everything in it."""
        self._try_on(choice)
        if choice.address and self._shell.reading.display and self._shell.app.size.width >= WIDE:
            self._shell.preview(choice.address)

    def _try_on(self, choice: Choice | None) -> None:
        """Show everything in the theme that is chosen, else in that of the settings."""
        theme = choice.argument if choice and choice.command == "theme" else ""
        wear(self._shell.app, theme or self._shell.settings.theme)

    # ------------------------------------------------------------------ once it is left

    async def closed(self, choice: Choice | None) -> None:
        """Go to what was chosen, or show again what lay beside."""
        shell, before = self._shell, self._before
        shell.show_beside(before)
        shell.settle_focus(before)
        shell.tell_place()
        if not (choice and choice.command == "theme"):
            self._try_on(None)
        if choice is None:
            return
        shell.state().keep_gone(choice.line, packed(choice))
        if choice.address:
            shell.go(choice.address)
        elif choice.command:
            from tui.actions import spoken

            await spoken.run(shell, choice.command, choice.argument)
        else:
            await shell.run_action(choice.run)

    def refused(self, typed: str) -> None:
        """Say that nothing is called so, and what is nearest."""
        if asks_day(typed):
            self._offer_day(typed)
            return
        if why := refusal(typed):
            self._list.show((), why)
            return
        near = self._shell.desk.nearest(typed)
        offered = [item_choice(self._offered, near)] if near and self._offered else []
        words = f'Nothing is called "{typed.strip()}".'
        self._list.show(offered, before=f"{words} Nearest:" if offered else words)
