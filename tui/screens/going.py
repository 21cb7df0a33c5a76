"""Going by name: the go bar on the screen, what it offers, and what it remembers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.layout.linked import named
from tui.pages.navigation import Visit
from tui.pages.page import Address
from tui.screens.arrangement import WIDE
from tui.screens.hinting import Hinting
from tui.screens.naming import Naming
from tui.screens.remembering import Remembering
from tui.theme import wear
from tui.widgets.place import Place

if TYPE_CHECKING:
    from textual.worker import Worker

    from briefings.documents.model import Link
    from tui.screens.choices import Choice, Offered
    from tui.widgets.go_bar import GoBar

_NOT_BY_NAME = frozenset({"find", "hints", "going", "chart", "search", "asked"})
"""Contexts whose commands need something that the bar takes away."""

_NOT_ALONE = ("list.open", "settings.theme")
"""Commands that mean nothing without what is chosen, or what they take."""

_RESTS = 0.25
"""Seconds without a move after which the cursor of a list rests."""


class Going(Hinting, Remembering, Naming, inherit_bindings=False):
    """Opens the go bar and goes where it says."""

    _offered_names: Offered | None = None
    _previewed: Address | None = None
    _moves = 0
    _before_bar = Visit(Address("overview"))

    # ------------------------------------------------------------------ the bar

    async def action_go_bar(self, typed: str = "") -> None:
        """Open the bar with what was gone to lately, or with something typed."""
        from tui.screens.choices import MOST, Offered, lately

        self._before_bar = self.visit()
        if not self.is_covered:
            self._side_before = self.side.place()
        briefing = self.briefing
        commands = [
            c for c in self.keymap.commands() if not _NOT_BY_NAME & set(c.where) and c.id not in _NOT_ALONE
        ]
        self._offered_names = Offered(
            self.desk, briefing, self.desk.all_figures(), self.recent_items(), commands, self.settings.ascii
        )
        await self.fields.bar.open("", lately(self._offered_names, self.state().gone(MOST)))
        if typed:
            self.fields.bar.type(typed)
        self.tell_place()
        self.gather_names()

    def names_known(self) -> None:
        """Offer again what is meant by what is typed."""
        super().names_known()
        if self.fields.is_open("bar") and self.fields.bar.typed.strip():
            self.going_changed(self.fields.bar.typed)
        if self.fields.is_open("choice"):
            self.fields.choice.look_again()

    def going_changed(self, typed: str) -> None:
        """Offer what is meant by what is typed now."""
        from tui.commands.spoken import parted, refusal
        from tui.screens.choices import MOST, asks_day, choices, lately

        offered = self._offered_names
        if offered is None:
            return
        if asks_day(typed):
            self._offer_day(typed)
        elif typed.strip():
            otherwise = refusal(typed) or f'Nothing is called "{typed.strip()}".'
            self.fields.bar.list.show(choices(offered, typed), otherwise)
        else:
            self.fields.bar.list.show(lately(offered, self.state().gone(MOST)))
        self._try_on(self.fields.bar.list.here if parted(typed)[1] else None)

    def _offer_day(self, typed: str) -> None:
        """Offer the day that is typed, or say what was expected."""
        from tui.actions import past
        from tui.screens.choices import day_choice

        past.make_ready(self)
        try:
            self.fields.bar.list.show([day_choice(typed, self.home.today)])
        except ValueError as error:
            self.fields.bar.list.show((), str(error))

    def going_moved(self, choice: Choice) -> None:
        """Show beside, where there is room, what is chosen; of a theme, everything in it."""
        self._try_on(choice)
        if choice.address and self.reading.display and self.app.size.width >= WIDE:
            self.preview(choice.address)

    def _try_on(self, choice: Choice | None) -> None:
        """Show everything in the theme that is chosen, else in that of the settings."""
        theme = choice.argument if choice and choice.command == "theme" else ""
        wear(self.app, theme or self.settings.theme)

    def pane_moved(self) -> None:
        """Where there is room, the chosen document of the library is shown beside."""
        super().pane_moved()
        if not self.page.previews or self.app.size.width < WIDE:
            return
        if not self._moves:
            self._resting: Worker[bool] = self.run_worker(self._preview_resting, name="preview")
        self._moves += 1

    async def _preview_resting(self) -> bool:
        """Show what is chosen once the cursor rests: making its page would slow every key down. Whether
        there was room for it."""
        seen = 0
        while seen != self._moves:
            seen = self._moves
            await asyncio.sleep(_RESTS)
        self._preview_chosen()
        self._moves = 0
        return self.is_previewing

    def _preview_chosen(self) -> None:
        listed = self.page.previews and self.focused is self.reading and not self.outlined
        link = self.reading.focused_link() if listed else None
        address = self.leads_to(link, "") if link and link.kind == "item" else None
        if not listed or (address and self._previewed == address and self.beside):
            return
        if address:
            self._previewed = address
            self.preview(address)
        elif self.is_previewing:
            self.beside = None
            self.lay_out(self.reading.place(), Place())

    @property
    def is_previewing(self) -> bool:
        """Whether what lies beside is only looked at, and goes with what is chosen."""
        return self.beside is not None and self._previewed is not None and self.page.previews

    def uncover(self) -> bool:
        """Take away what lies over the page, unless it goes with what is chosen there."""
        covered = self.outlined or (self.beside is not None and not self.is_previewing)
        if self.outlined:
            self.switch_outline()
            self.tell_place()
        elif covered:
            self.close_beside()
        return covered

    def lay_out(self, reading: Place, side: Place) -> None:
        """What is only looked at goes where there is no room for it."""
        if self.is_previewing and self.app.size.width < WIDE:
            self.beside = self._previewed = None
        super().lay_out(reading, side)

    def preview(self, address: Address) -> None:
        """Lay a page beside while it is only looked at."""
        page = self.built_now(address)
        if page and page.address != self.page.address:
            self.beside = page
            block = page.find_block(address.block) if address.block >= 0 else 0
            self.lay_out(self.reading.place(), Place(block))

    async def on_go_bar_closed(self, event: GoBar.Closed) -> None:
        """Go to what was chosen, or show again what lay beside."""
        from tui.screens.choices import packed

        before, choice = self._before_bar, event.choice
        if (self.beside.address if self.beside else None) != before.beside:
            self.beside = self.built(before.beside) if before.beside else None
            self.lay_out(self.reading.place(), before.side)
        self.settle_focus(before)
        self.tell_place()
        if not (choice and choice.command == "theme"):
            self._try_on(None)
        if choice is None:
            return
        self.state().keep_gone(choice.line, packed(choice))
        if choice.address:
            self.go(choice.address)
        elif choice.command:
            await self.run_spoken(choice.command, choice.argument)
        else:
            await self.run_action(choice.run)

    def follow(self, link: Link, document: str) -> None:
        """Go where a link leads; of a name that several items have, ask which is meant."""
        if link.kind == "name":
            self.call_later(self._ask_which, link.target)
        else:
            super().follow(link, document)

    async def _ask_which(self, name: str) -> None:
        from tui.screens.choices import item_choice

        await self.action_go_bar()
        owners = self.mentions.owners(name) if self.mentions else ()
        items = [item for owner in owners if (item := self.desk.item(owner))]
        if self._offered_names:
            self.fields.bar.offer(name, [item_choice(self._offered_names, item) for item in items])

    async def run_spoken(self, word: str, said: str) -> None:
        """Do what a command with an argument says."""

    def on_go_bar_refused(self, event: GoBar.Refused) -> None:
        """Say that nothing is called so, and what is nearest."""
        from tui.commands.spoken import refusal
        from tui.screens.choices import asks_day

        if asks_day(event.typed):
            self._offer_day(event.typed)
            return
        if why := refusal(event.typed):
            self.fields.bar.list.show((), why)
            return
        near = self.desk.nearest(event.typed)
        nearest = f" Nearest: {near.short} ({named(near)})." if near else ""
        self.fields.bar.list.show((), f'Nothing is called "{event.typed.strip()}".{nearest}')
