"""What the command palette offers: the commands of the table, and the items of the library."""

from __future__ import annotations

from functools import partial

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

from briefings.documents.model import Item
from sources.text import clean_line
from tui.commands.table import CHART, Command
from tui.layout.linked import after, named, which
from tui.pages.navigation import page_of
from tui.screens.shell import Shell

MOST_ITEMS = 40

_ORDER = ("Go", "Find", "Links", "Charts", "Refresh", "Tabs", "Program", "Move")
"""The groups of the table."""


class PaletteOffers(Provider):
    """Commands by their names and sentences; items by their ids, names and aliases."""

    async def discover(self) -> Hits:
        """Every command, before anything is typed: those that go far before those that move."""
        shell = self._shell()
        if shell:
            for command in sorted(_commands(shell), key=lambda command: _ORDER.index(command.group)):
                yield DiscoveryHit(
                    _line(command.help, shell.keymap.shown(command)),
                    partial(_run, shell, command),
                )

    async def search(self, query: str) -> Hits:
        """Commands and items that match the query."""
        shell = self._shell()
        if shell is None:
            return
        matcher = self.matcher(query)
        for command in _commands(shell):
            named_so = query.casefold() in f"{command.title} {command.help}".casefold()
            score = 2.5 if named_so else min(1.0, matcher.match(command.title))
            if score > 0:
                line = _line(command.help, shell.keymap.shown(command))
                yield Hit(score, line, partial(_run, shell, command), text=command.help)
        for number, item in enumerate(shell.desk.matching(query, MOST_ITEMS)):
            yield Hit(
                2 - number / MOST_ITEMS,
                _line(named(item), _kind(shell, item)),
                partial(_go, shell, item),
                text=clean_line(item.title),
            )

    def _shell(self) -> Shell | None:
        return self.screen if isinstance(self.screen, Shell) else None


def _commands(shell: Shell) -> list[Command]:
    """The commands that can be chosen from a list: not those of fields and hints, nor enter itself; those
    of charts where one stands."""
    elsewhere = {"find", "search", "hints", "going", "asked"}
    if shell.chart.on_screen is None:
        elsewhere.add("chart")
    return [
        command
        for command in shell.keymap.commands()
        if not elsewhere & set(command.where) and command.id not in ("list.open", "app.palette")
    ]


async def _run(shell: Shell, command: Command) -> None:
    """Do what a command says: in the chart, where it is one of charts."""
    await shell.app.run_action(command.action, shell.chart.on_screen if command.where == CHART else shell)


def _go(shell: Shell, item: Item) -> None:
    shell.go(page_of(shell.desk, item))


def _kind(shell: Shell, item: Item) -> str:
    owner = shell.desk.item(item.document) if item.document != item.id else None
    return f"{item.kind} of {owner.title}" if owner else item.kind + after(which(item))


def _line(text: str, note: str) -> Text:
    return Text.assemble(clean_line(text), "  ", (clean_line(note), "dim"))
