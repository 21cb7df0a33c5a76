"""The keymap in force: the table with the user's own keys."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from tui.commands.keymap import is_typed, show
from tui.commands.table import BY_ID, COMMANDS, Command, holding_in

Key = Callable[[str], str]
"""The first key of a command, by its id, as it is typed."""


class Keymap(NamedTuple):
    """Keys by command: `chosen` holds the user's, by command id and parted by commas."""

    chosen: Mapping[str, str] = MappingProxyType({})

    def commands(self) -> tuple[Command, ...]:
        """Every command, in the order of the table."""
        return COMMANDS

    def keys(self, command: Command) -> tuple[str, ...]:
        """The names of the keys of a command."""
        return tuple((self.chosen.get(command.id) or command.keys).split(","))

    def shown(self, command: Command) -> str:
        """All keys of a command as they are typed: `j or down`."""
        return " or ".join(show(key.strip()) for key in self.keys(command))

    def first(self, command: Command) -> str:
        """The first key of a command, as it is typed: what the footer shows."""
        return show(self.keys(command)[0].strip())

    def key(self, command: str) -> str:
        """The first key of the command of an id."""
        return self.first(BY_ID[command])

    def first_while_typing(self, command: Command) -> str:
        """The first of its keys that a field leaves to it; the first of all where it has none."""
        keys = [key.strip() for key in self.keys(command)]
        return show(next((key for key in keys if not is_typed(key)), keys[0]))

    def meaningless(self, key: str, shown: str) -> str:
        """What is said of a key that does nothing on a page; `shown` is how it is typed."""
        if any(key in self.keys(command) for command in holding_in("chart")):
            switch = self.first(BY_ID["chart.switch"])
            return f"{shown} is a key of charts. {switch} shows one where there is one."
        return f"{shown} is no key here. {self.first(BY_ID['app.help'])} shows all keys."


USUAL: Key = Keymap().key
"""The keys of the table, without the user's own."""
