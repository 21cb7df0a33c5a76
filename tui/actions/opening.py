"""Pages that have a key of their own: claims, predictions, the library, the sources, help; and the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.pages.page import Address

if TYPE_CHECKING:
    from tui.screens.shell import Shell


def claims(shell: Shell) -> None:
    """List the claims, the worst first."""
    shell.go(Address("ledger", _listed(shell, "claim"), "verdict"))


def predictions(shell: Shell) -> None:
    """List the predictions, and what became of them."""
    shell.go(Address("scoreboard", _listed(shell, "prediction")))


def _listed(shell: Shell, kind: str) -> str:
    """The briefing whose claims or predictions are listed here: on a card of one of another document
    that document's, or all where it is no briefing."""
    if shell.page.address.kind != "item" or not shell.desk.items_of(shell.page.document, kind):
        return shell.briefing
    owner = shell.desk.item(shell.page.document)
    return owner.id if owner and owner.kind == "briefing" else ""


def library(shell: Shell) -> None:
    """List all documents, and say how much is wrong in their files."""
    shell.go(Address("library", shell.briefing))
    shell.look_again()
    count = shell.desk.fault_count()
    if count and not shell.message.text:
        words = f"{count:,} faults in files" if count > 1 else "1 fault in files"
        shell.message.say(f"{words}, at the end: {shell.key('move.bottom')} goes there.", doubtful=True)


def sources(shell: Shell) -> None:
    """List the sources, and how asking them goes."""
    shell.go(Address("sources", shell.briefing))


def show_help(shell: Shell) -> None:
    """Show all keys, those first that do something on the page that is left for it."""
    here = " ".join(each.id for each in shell.offers() if each.id != "app.help")
    if shell.page.address.kind != "help":
        shell.go(Address("help", shell.briefing, here))
    else:
        shell.message.say("This page is shown already.")


def web_address(shell: Shell) -> None:
    """Show the address of the chosen web link, else of the source; the next key that follows links opens
    it."""
    link = shell.pane.focused_link()
    shell.offer_source(link.target if link and link.kind == "url" else shell.source_to_open())
