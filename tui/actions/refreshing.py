"""Asking the sources: for the figures of a page, for what is named, or for all that is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions import opening
from tui.refreshing.app import Ask

if TYPE_CHECKING:
    from tui.screens.shell import Shell


def ask_page(shell: Shell) -> None:
    """Ask for the figures of this page, or the source that is chosen on it."""
    link = shell.pane.focused_link()
    names = (link.target,) if link and link.kind == "source" else shell.page.asks
    if names:
        ask_for(shell, names, "the figures of this page")
    else:
        shell.message.say(f"No figures here. {shell.key('refresh.all')} asks for all that is due.")


def ask_all(shell: Shell) -> None:
    """Ask for all that is due; while that goes on, show how it goes."""
    if shell.progress:
        opening.sources(shell)
    else:
        ask_for(shell, None, "all that is due")


def ask_for(shell: Shell, names: tuple[str, ...] | None, called: str) -> None:
    """Ask for indicators, topics or sources, or for all that is due (None), and say what is asked for."""
    if shell.day:
        key = shell.key("go.as_of")
        shell.message.say(f"The past is not asked for. {key} and enter lead back to today.")
    elif shell.settings.offline:
        shell.message.say("Started with --offline. Refresh is off.")
    else:
        sources, stop = shell.key("go.sources"), shell.key("app.close")
        ends = f", {stop} there stops it" if names is None else ""
        shell.message.say(f"Asking for {called}. {sources} shows how far it is{ends}.")
        shell.app.post_message(Ask(names))
