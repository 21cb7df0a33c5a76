"""Keymaps to choose from: what differs from the table, for those whose fingers know another program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.commands.table import CONTEXTS, Command, Context

PRESETS: Mapping[str, Mapping[str, str]] = {
    "default": {},
    "vim": {
        "move.down": "j,down,ctrl+e",
        "move.up": "k,up,ctrl+y",
        "move.page_down": "pagedown,space,ctrl+f",
        "go.back": "backspace,H,ctrl+o",
    },
    "emacs": {
        "move.down": "j,down,alt+n",
        "move.up": "k,up,alt+p",
        "move.page_down": "pagedown,space,ctrl+v",
        "move.page_up": "pageup,alt+v",
        "move.top": "g,home,alt+less_than_sign",
        "move.bottom": "G,end,alt+greater_than_sign",
        "link.next": "tab,right,ctrl+f",
        "link.copy": "y,alt+w",
        "go.back": "backspace,H,alt+comma",
        "app.palette": "ctrl+p,P,alt+x",
        "app.close": "escape,ctrl+g",
    },
}
"""Keys by command id, under the name of the setting `keymap`. Each key of the table stays."""


class Shadowed(NamedTuple):
    """A key that means something else where `context` has the keys: there `inner`, elsewhere `outer`."""

    key: str
    context: Context
    inner: str
    outer: str


class SecondWay(NamedTuple):
    """A key that terminals, multiplexers or desktops may take for themselves, and what is pressed instead:
    a plain key, empty where there is none."""

    key: str
    command: str
    plain: str


def with_preset(table: Sequence[Command], preset: str) -> tuple[Command, ...]:
    """The table with the keys of a preset."""
    keys = PRESETS[preset]
    return tuple(command._replace(keys=keys.get(command.id, command.keys)) for command in table)


def shadowed(table: Sequence[Command], chosen: Mapping[str, str]) -> Iterator[Shadowed]:
    """The keys that a chart, a field or hints take from what they mean on a page."""
    keys = {command.id: (chosen.get(command.id) or command.keys).split(",") for command in table}
    on_pages = [command for command in table if {"everywhere", "document", "list"} & set(command.where)]
    for context in CONTEXTS[3:]:
        for inner in (command for command in table if context in command.where):
            for outer in on_pages:
                for key in sorted({*keys[inner.id]} & {*keys[outer.id]}):
                    yield Shadowed(key, context, inner.id, outer.id)


def is_plain(key: str) -> bool:
    """Whether every terminal hands a key on: no modifier, no key of the first row."""
    return "+" not in key[:-1] and not (key[0] == "f" and key[1:].isdecimal())


def second_ways(table: Sequence[Command], chosen: Mapping[str, str]) -> Iterator[SecondWay]:
    """The keys that may never come, each with the plain key of its command."""
    for command in table:
        keys = (chosen.get(command.id) or command.keys).split(",")
        plain = next((key for key in keys if is_plain(key)), "")
        yield from (SecondWay(key, command.id, plain) for key in keys if not is_plain(key))
