"""Mnemonics: the short name of each page, shown at the end of row 1 and typed after `:`."""

from __future__ import annotations

from briefings.desk import Desk
from briefings.documents.model import TOPICS
from tui.pages.page import Address
from tui.short_names import short_name

PAGES: dict[str, tuple[str, Address]] = {
    "OVERVIEW": ("Overview", Address("overview")),
    **{
        short: (name, Address("topic", "", topic))
        for short, name, topic in zip(
            ("LEGAL", "MONEY", "PLAYERS", "MARKETS", "RISKS"),
            ("Legal shield", "Monetary stability", "Key players", "Market dynamics", "Risks"),
            TOPICS,
            strict=True,
        )
    },
    "LEDGER": ("Ledger of claims", Address("ledger", "", "verdict")),
    "SCORES": ("Scoreboard of predictions", Address("scoreboard")),
    "SOURCES": ("Sources", Address("sources")),
    "LIBRARY": ("Library", Address("library")),
    "SEARCH": ("Search everything", Address("search")),
    "HISTORY": ("History", Address("history")),
    "HELP": ("Help", Address("help")),
}
"""The pages that are no items, with their names."""

MOST = 16
"""Cells of a mnemonic at most: a longer one would push the path out of the first row."""


def mnemonic_of(desk: Desk, address: Address, briefing: str) -> str:
    """The mnemonic that leads to a page from where `briefing` is open; empty where none would."""
    match address.kind:
        case "item":
            return item_mnemonic(desk, address.name, briefing)
        case "indicator":
            return series_mnemonic(desk, address.name)
        case "topic":
            return next(short for short, (_, page) in PAGES.items() if page.name == address.name)
        case kind:
            return next((short for short, (_, page) in PAGES.items() if page.kind == kind), "")


def item_mnemonic(desk: Desk, item: str, briefing: str) -> str:
    """The last part of an item's id, where that means it."""
    short = item.rpartition("#")[2]
    if len(short) > MOST or short.upper() in PAGES:
        return ""
    found = desk.resolve(short, briefing)
    return short.upper() if found and found.id == item else ""


def series_mnemonic(desk: Desk, series: str) -> str:
    """A word for an indicator: its short name, or all of its id where an item has that name."""
    short = short_name(series)
    if short.upper() in PAGES or desk.resolve(short) is not None:
        short = series
    return short.upper() if len(short) <= MOST else ""


def placed(address: Address, briefing: str) -> Address:
    """A page of the open briefing."""
    return address._replace(briefing=briefing)
