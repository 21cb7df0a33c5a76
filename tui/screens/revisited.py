"""The pages that were shown last: who comes back to one need not wait until it is built again."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from briefings.desk import Desk
from tui.pages.navigation import without_block
from tui.pages.page import Address, Page

MOST = 12
"""Pages that are kept: the tabs of a briefing, and as many that a reader goes back and forth between."""

_OF_THE_DESK = ("overview", "topic", "gathered", "item", "indicator", "ledger", "scoreboard")
"""Pages that show only what a desk knows. Others tell of the program, of files, or of the moment."""


class Revisited:
    """Pages by their addresses, kept until the desk is in another state. What was built of the same
    state is the very same page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._state: Hashable = None
        self._pages: dict[Address, Page] = {}

    def page(self, address: Address, build: Callable[[Address], Page | None]) -> Page | None:
        """The page at an address, as it was built before or is built now; None where there is none."""
        if address.kind not in _OF_THE_DESK:
            return build(address)
        if (state := self._desk.state()) != self._state:
            self._pages.clear()
            self._state = state
        key = without_block(address)
        page = self._pages.pop(key, None) or build(address)
        if page:
            self._pages[key] = page
            if len(self._pages) > MOST:
                del self._pages[next(iter(self._pages))]
        return page
