"""Names that are typed in the place of ids: mnemonics, as the app shows them at the end of its first row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefings.documents.model import TOPICS
from sources.text import fold
from tui.cli.output import USAGE, RequestError
from tui.short_names import called, parted

COMMANDS_OF_PAGES = {
    "OVERVIEW": "briefing read",
    "LEDGER": "briefing claims",
    "SCORES": "briefing predictions",
    "SOURCES": "briefing sources",
    "LIBRARY": "briefing list",
    "SEARCH": "briefing search",
    "HELP": "briefing --help",
    **dict(
        zip(
            ("LEGAL", "MONEY", "PLAYERS", "MARKETS", "RISKS"),
            (f"briefing indicators {topic}" for topic in TOPICS),
            strict=True,
        )
    ),
}
"""Pages of the app that are no items, by their mnemonics, and the commands that print what they show."""


def page_of_app(name: str) -> str:
    """Which command prints what the page of a mnemonic shows; empty for what is no page."""
    command = COMMANDS_OF_PAGES.get(fold(name).upper())
    return f"it is a page of the app: {command} prints what it shows" if command else ""


def full_name(name: str, series: Iterable[str]) -> str:
    """An indicator's id for a name of it, with what is said after that: `cn.m1_yoy:old` for `M1:old`. What
    none has stays as it was typed. Raises `RequestError` where several have it."""
    short, rest = parted(name)
    found = called(short, series)
    if len(found) > 1:
        raise ambiguous(short, found)
    return f"{found[0]}{rest}" if found else name


def ambiguous(name: str, ids: Sequence[str]) -> RequestError:
    """`"RD_GDP" may be cn.rd_gdp, us.rd_gdp or eu.rd_gdp; name one of them`."""
    *most, last = ids
    return RequestError(
        "ambiguous-id", f'"{name}" may be {", ".join(most)} or {last}; name one of them', USAGE
    )
