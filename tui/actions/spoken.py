"""What the commands of the go bar that take an argument do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import PurePath
from typing import TYPE_CHECKING

from sources.likeness import nearest
from sources.text import clean_line, fold
from tui.actions import connecting, listing, marks, past, preferences, refreshing
from tui.commands.spoken import BY_WORD
from tui.pages.page import Address
from tui.short_names import called, last_part, short_name

if TYPE_CHECKING:
    from tui.screens.shell import Shell


async def run(shell: Shell, word: str, said: str) -> None:
    """Do what a command says."""
    done = _ACTIONS[word](shell, said)
    if done is not None:
        await done


def _find(shell: Shell, words: str) -> None:
    shell.searched().find_words(words)
    shell.tell_place()


def _search(shell: Shell, query: str) -> None:
    shell.go(Address("search", shell.briefing, query))


def _claims(shell: Shell, verdict: str) -> None:
    shell.go(Address("ledger", shell.briefing, f"verdict {verdict}"))


def _path(shell: Shell, name: str) -> None:
    """The way from the item of this page, or its document, to another one."""
    address = shell.page.address
    here = shell.desk.item(address.name if address.kind == "item" else address.briefing)
    there = connecting.item_meant(shell, name)
    if here is None:
        shell.message.say("No item is shown here; a card is where a path begins.")
    elif there is None:
        near = shell.desk.nearest(name)
        told = f" Nearest: {near.short}." if near else ""
        shell.message.say(f'No item "{clean_line(name)}".{told}', doubtful=True)
    else:
        shell.go(Address("path", shell.briefing, f"{here.id} {there.id}"))


def _refresh(shell: Shell, name: str) -> None:
    known = _refreshable(shell)
    if found := known.get(fold(name)):
        refreshing.ask_for(shell, found, clean_line(name))
        return
    near = nearest(fold(name), known)
    told = f'; nearest: "{near}"' if near else ""
    shell.message.say(f'Nothing called "{clean_line(name)}" can be asked for{told}', doubtful=True)


def _refreshable(shell: Shell) -> dict[str, tuple[str, ...]]:
    """What a refresh may be asked for, by what it may be called: ids, the last parts of them, mnemonics."""
    from briefings.documents.model import TOPICS

    series = [row.id for row in shell.desk.all_figures()]
    names = {name for each in series for name in (each, last_part(each), short_name(each))}
    return {**{name: called(name, series) for name in names}, **{topic: (topic,) for topic in TOPICS}}


def _filter(shell: Shell, words: str) -> Awaitable[None] | None:
    return listing.show_only(shell, words)


def _as_of(shell: Shell, day: str) -> Awaitable[None] | None:
    return past.read(shell, day)


def _mark(shell: Shell, letter: str) -> None:
    if len(letter) == 1 and letter.isalnum():
        marks.put(shell, letter)
    else:
        shell.message.say(f'A mark is one letter, not "{clean_line(letter)}".', doubtful=True)


def _keep(shell: Shell, name: str) -> Awaitable[None] | None:
    from tui.actions import kept_searches

    return kept_searches.keep(shell, name)


def _export(shell: Shell, said: str) -> None:
    """A kind stands for the file that would be offered, with that ending."""
    from tui.actions import exporting

    if said not in BY_WORD["export"].values and not PurePath(said).suffix:
        words = f'"{clean_line(said)}" is no kind of file; expected csv, png or svg, or the name of a file'
        shell.message.say(words, doubtful=True)
    elif file := exporting.offered(shell):
        named = said not in BY_WORD["export"].values
        exporting.write(shell, said if named else f"{file.rpartition('.')[0]}.{said}")


def _mentions(shell: Shell, said: str) -> None:
    preferences.show_mentions(shell, said == "on")


_ACTIONS: dict[str, Callable[[Shell, str], Awaitable[None] | None]] = {
    "find": _find,
    "search": _search,
    "claims": _claims,
    "path": _path,
    "refresh": _refresh,
    "filter": _filter,
    "as-of": _as_of,
    "mark": _mark,
    "keep": _keep,
    "export": _export,
    "theme": preferences.choose_theme,
    "charts": preferences.choose_charts,
    "mentions": _mentions,
}
