"""Keeping a search under a name, and dropping it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from briefings.own import kept_searches
from briefings.own.lists import on_one_line
from tui.files.words import told
from tui.screens.undoing import Step

if TYPE_CHECKING:
    from tui.screens.shell import Shell


async def keep(shell: Shell, name: str = "") -> None:
    """Keep the shown search under a name, which is asked for unless it is given; drop one that is kept."""
    query = shell.page.address.name.strip() if shell.page.address.kind == "search" else ""
    kept = next((each for each in shell.desk.kept_searches() if each.query == query), None)
    if not query:
        shell.message.say(f"{shell.key('go.search')} searches first; what is found can be kept.")
    elif kept:
        drop, back = partial(_drop, shell, kept.name), partial(_keep, shell, kept.name, query)
        _change(shell, "Dropped", kept.name, drop, back)
    elif name:
        _keep_as(shell, query, name)
    else:
        await shell.ask("Keep as:", query, partial(_keep_as, shell, query))


def _keep_as(shell: Shell, query: str, name: str) -> None:
    """Keep a search under a name, or, where none was typed, under its own words."""
    name = on_one_line(name.strip() or query)
    _change(shell, "Kept", name, partial(_keep, shell, name, query), partial(_drop, shell, name))


def _change(shell: Shell, done: str, name: str, change: Callable[[], bool], back: Callable[[], bool]) -> None:
    try:
        changed = change()
    except (ValueError, OSError) as error:
        shell.message.say(f"Not kept: {told(error)}", doubtful=True)
        return
    if changed:
        shell.did(f'{done}: "{name}".', Step(f'{done.lower()} search "{name}"', back))
    else:
        shell.message.say("It was dropped already.")


def _keep(shell: Shell, name: str, query: str) -> bool:
    return bool(kept_searches.keep(shell.desk.library.places.library, name, query))


def _drop(shell: Shell, name: str) -> bool:
    return kept_searches.drop(shell.desk.library.places.library, name) is not None
