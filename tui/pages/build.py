"""Addresses -> pages. Only the first page's module is imported with this one."""

from __future__ import annotations

from collections.abc import Collection

from briefings.desk import Desk
from tui.commands.live import USUAL, Key
from tui.pages.overview import nothing, overview
from tui.pages.page import Address, Page


def build(
    desk: Desk,
    address: Address,
    told: tuple[str, ...] = (),
    on: Collection[str] = (),
    ascii: bool = False,  # noqa: A002  (as the setting is called)
    key: Key = USUAL,
) -> Page | None:
    """The page at an address of the library; None when what it shows has gone. `told` is what the
    start came upon, `on` are the providers that the user turned on by name, `key` gives the keys that texts
    name. Help, sources and history show the program itself: the shell makes them."""
    match address.kind:
        case "overview":
            return _overview(desk, address, ascii, key)
        case "topic" | "gathered" | "indicator" | "table" | "compare":
            return _with_figures(desk, address, on, ascii, key)
        case "item":
            from tui.pages.card import card

            item = desk.item(address.name)
            return card(desk, item, ascii, address.beside) if item else None
        case "library":
            from tui.pages.library import library_page

            return library_page(desk, address.briefing, told, address.name, key)
        case "help" | "sources" | "history":
            return None
        case _:
            return _asked_for(desk, address, ascii, key)


def _overview(desk: Desk, address: Address, ascii: bool, key: Key) -> Page | None:  # noqa: A002
    document = desk.document(address.briefing)
    if document is None:
        return None if address.briefing else nothing(desk, key)
    return overview(desk, document, ascii, key)


def _with_figures(
    desk: Desk,
    address: Address,
    on: Collection[str],
    ascii: bool,  # noqa: A002
    key: Key,
) -> Page | None:
    """Pages with figures that somebody can be asked for."""
    from tui.pages.whom import Whom

    whom = Whom(on, desk.day is None, key("refresh.this"), key("go.sources"))
    match address.kind:
        case "indicator":
            from tui.pages.indicator import indicator_page

            return indicator_page(desk, address.name, address.briefing, whom, ascii, address.beside)
        case "gathered":
            from tui.pages.gathered import gathered_page

            return gathered_page(desk, address.briefing, address.name, whom, ascii)
        case "table":
            from tui.pages.observations import table_page

            return table_page(desk, address.briefing, address.name, whom, key)
        case "compare":
            from tui.pages.compare import compare_page

            return compare_page(desk, address.briefing, address.name, whom)
    from tui.pages.topic import topic_page

    document = desk.document(address.briefing)
    return topic_page(desk, document, address.name, whom, ascii, key) if document else None


def _asked_for(desk: Desk, address: Address, ascii: bool, key: Key) -> Page | None:  # noqa: A002
    """Lists, and what lies behind a text."""
    match address.kind:
        case "ledger":
            from tui.pages.ledger import ledger_page

            return ledger_page(desk, address.briefing, address.name, ascii, key)
        case "scoreboard":
            from tui.pages.scores import scores_page

            return scores_page(desk, address.briefing, ascii)
        case "neighbours":
            from tui.pages.neighbours import neighbours_page

            return neighbours_page(desk, address.briefing, address.name, ascii, key)
        case "path":
            from tui.pages.neighbours import path_page

            return path_page(desk, address.briefing, address.name)
        case "search":
            from tui.pages.search import search_page

            return search_page(desk, address.briefing, address.name, ascii)
        case "checks":
            from tui.pages.checks import checks_page

            document = desk.document(address.briefing)
            return checks_page(desk, document, ascii) if document else None
        case "provenance" | "vintages":
            return _sourced(desk, address, ascii)
    return None


def _sourced(desk: Desk, address: Address, ascii: bool) -> Page | None:  # noqa: A002
    """The page of where a figure comes from, or of what was published of it when."""
    if address.kind == "provenance":
        from tui.pages.provenance import provenance_page

        return provenance_page(desk, address.name, address.briefing, ascii)
    from tui.pages.vintages import vintages_page

    return vintages_page(desk, address.name, address.briefing)
