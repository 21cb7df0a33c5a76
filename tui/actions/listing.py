"""Lists and tables looked at otherwise, in their place on the way: sorted, grouped, filtered, of all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefings.figures.tabled import chosen
from tui.pages import ledger, library
from tui.pages.observations import name_of, next_order, parts_of
from tui.pages.page import Address, PageKind
from tui.pages.search import trouble_of

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tui.screens.shell import Shell

_QUERIES = {
    "library": ("documents with", "huawei   topic:risks   kind:note"),
    "ledger": ("claims with", "yield   verdict:close   topic:risks"),
}
"""What is asked for a query of lists, and an example."""


def sort(shell: Shell) -> None:
    """Put claims, briefings, or the rows of a table in another order."""
    address = shell.page.address
    if address.kind == "table":
        group(shell)
    elif address.kind == "ledger":
        view = ledger.View.named(address.name).ordered_next()
        shell.turn(address._replace(name=view.name))
        shell.message.say(f"In each group {ledger.ORDERS[view.order]}.")
    elif address.kind == "library":
        shelf = library.View.named(address.name).ordered_next()
        shell.turn(address._replace(name=shelf.name))
        shell.message.say(f"Briefings: {library.ORDERS[shelf.order]}.")
    else:
        claims, key = shell.key("go.claims"), shell.key("list.sort")
        shell.message.say(f"{claims} lists claims; {key} sorts them there.")


def group(shell: Shell) -> None:
    """Group the claims otherwise; order the rows of a table."""
    address = shell.page.address
    if address.kind == "table":
        _turn(shell, next_order(address.name))
    elif address.kind == "ledger":
        _turn(shell, ledger.View.named(address.name).grouped_next().name)
    else:
        claims, key = shell.key("go.claims"), shell.key("list.group")
        shell.message.say(f"{claims} lists claims; {key} groups them there.")


def switch_all(shell: Shell) -> None:
    """Switch a topic or a list between this briefing and all documents."""
    address = shell.page.address
    if address.kind in ("ledger", "scoreboard"):
        shell.turn(address._replace(briefing="" if address.briefing else shell.briefing))
        listed = "Claims" if address.kind == "ledger" else "Predictions"
        whose = "this briefing" if shell.page.address.briefing else "all briefings"
        shell.message.say(f"{listed} of {whose}.")
    elif address.kind in ("topic", "gathered"):
        kind: PageKind = "topic" if address.kind == "gathered" else "gathered"
        shell.turn(address._replace(kind=kind))
    else:
        shell.message.say("Topics, and lists of claims and predictions, can show all documents.")


# ---------------------------------------------------------------------- filters


async def ask_filter(shell: Shell) -> None:
    """Ask which rows of a table, claims, or documents of the library are to be shown."""
    if view := _view(shell):
        what, example = _QUERIES[shell.page.address.kind]
        await shell.ask(what, f"{example}   empty shows all", partial(show_only, shell), view.words)
    elif shell.page.address.kind == "table":
        _, _, words = parts_of(shell.page.address.name)
        expected = "> 5   change < 0   2023..   empty shows all"
        await shell.ask("rows where", expected, partial(show_only, shell), words)
    else:
        _say_what_is_filtered(shell)


def show_only(shell: Shell, words: str) -> Awaitable[None] | None:
    """Show the rows of a table, the claims, or the documents of the library that words choose; of words that
    mean nothing, say why and ask again."""
    if view := _view(shell):
        why = trouble_of(words)
        name = view._replace(words=" ".join(words.split())).name
    elif shell.page.address.kind == "table":
        why = _trouble_of_rows(words)
        id_, order, _ = parts_of(shell.page.address.name)
        name = name_of(id_, order, " ".join(words.split()))
    else:
        _say_what_is_filtered(shell)
        return None
    if why:
        return shell.ask_again(why, words, partial(show_only, shell))
    _turn(shell, name)
    return None


def _say_what_is_filtered(shell: Shell) -> None:
    shelf, claims, table = map(shell.key, ("go.library", "go.claims", "chart.switch"))
    filters = shell.key("table.filter")
    shell.message.say(f"{filters} filters the library ({shelf}), claims ({claims}), tables ({table}).")


def _view(shell: Shell) -> ledger.View | library.View | None:
    """How the list that takes a query is looked at; None on other pages."""
    match shell.page.address:
        case Address("library", name=name):
            return library.View.named(name)
        case Address("ledger", name=name):
            return ledger.View.named(name)
    return None


def _trouble_of_rows(words: str) -> str:
    try:
        chosen((), words)
    except ValueError as error:
        return str(error)
    return ""


def _turn(shell: Shell, name: str) -> None:
    shell.turn(shell.page.address._replace(name=name))
