"""What is chosen in a list, shown beside it while there is room."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui.layout.place import Place
from tui.pages.arrangement import WIDE
from tui.pages.navigation import Visit
from tui.pages.page import Address
from tui.screens.hinting import Hinting

if TYPE_CHECKING:
    from textual.worker import Worker


_RESTS = 0.25
"""Seconds without a move after which the cursor of a list rests."""


class Previewing(Hinting, inherit_bindings=False):
    """Lays beside a list what is chosen in it, while that is only looked at."""

    _previewed: Address | None = None
    _moves = 0

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

    def show_beside(self, visit: Visit) -> None:
        """Show again what lay beside at a visit of this page."""
        if (self.beside.address if self.beside else None) != visit.beside:
            self.beside = self.built(visit.beside) if visit.beside else None
            self.lay_out(self.reading.place(), visit.side)
