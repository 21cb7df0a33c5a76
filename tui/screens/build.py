"""Addresses -> pages."""

from __future__ import annotations

from briefings.desk import Desk
from tui.commands.live import Keymap
from tui.screens.card import card
from tui.screens.help import help_page
from tui.screens.indicator import indicator_page
from tui.screens.library import library_page
from tui.screens.overview import nothing, overview
from tui.screens.page import Address, Page
from tui.screens.topic import topic_page


def build(desk: Desk, keymap: Keymap, address: Address, told: tuple[str, ...] = ()) -> Page | None:
    """The page at an address; None when what it shows has gone. `told` is what the start came upon."""
    match address.kind:
        case "library":
            return library_page(desk, address.briefing, told)
        case "help":
            return help_page(keymap, address.briefing)
        case "indicator":
            return indicator_page(desk, address.name, address.briefing)
        case "item":
            item = desk.item(address.name)
            return card(desk, item) if item else None
        case "overview" | "topic":
            document = desk.document(address.briefing)
            if document is None:
                return nothing(desk) if address.kind == "overview" and not address.briefing else None
            return (
                overview(desk, document)
                if address.kind == "overview"
                else topic_page(desk, document, address.name)
            )
