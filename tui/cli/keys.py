"""`briefing keys`: the keys as they are now, and what is wrong with those of the user."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby

from tui.cli.output import FINE
from tui.cli.session import Session
from tui.commands.keymap import show
from tui.commands.live import Keymap
from tui.commands.presets import SecondWay, Shadowed, second_ways, shadowed
from tui.commands.table import Command
from tui.settings.settings import Settings

_PLACES = {
    "chart": "in a chart",
    "find": "while finding",
    "search": "while searching",
    "hints": "while hints show",
    "going": "in the go bar",
    "asked": "while asked",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a context."""
    parser.add_argument("--changed", action="store_true", help="only those that differ from the default")


def run(session: Session, options: argparse.Namespace) -> int:
    """List the commands with their keys, in the order of the help screen."""
    settings = session.settings
    keymap = Keymap(settings.keys)
    commands = [c for c in keymap.commands() if not options.changed or _is_changed(settings, c)]
    if session.output.as_json:
        data = {
            "keymap": settings.keymap,
            "commands": [_record(settings, keymap, command) for command in commands],
            "second_ways": [_way(each) for each in _second_ways(keymap)],
            "shadowed": [each._asdict() | {"key": show(each.key)} for each in _shadowed(keymap)],
        }
        session.output.data("keys", data)
    else:
        session.output.text(_lines(settings, keymap, commands))
    return FINE


def _is_changed(settings: Settings, command: Command) -> bool:
    return settings.keys.get(command.id, command.keys) != command.keys


def _record(settings: Settings, keymap: Keymap, command: Command) -> dict[str, object]:
    return {
        "id": command.id,
        "keys": [show(key.strip()) for key in keymap.keys(command)],
        "title": command.title,
        "help": command.help,
        "group": command.group,
        "where": list(command.where),
        "changed": _is_changed(settings, command),
    }


def _shadowed(keymap: Keymap) -> list[Shadowed]:
    return list(shadowed(keymap.commands(), keymap.chosen))


def _second_ways(keymap: Keymap) -> list[SecondWay]:
    return list(second_ways(keymap.commands(), keymap.chosen))


def _way(each: SecondWay) -> dict[str, str]:
    return each._asdict() | {"key": show(each.key), "plain": show(each.plain) if each.plain else ""}


def _lines(settings: Settings, keymap: Keymap, commands: list[Command]) -> Iterator[str]:
    """A block of columns for each group, then what keys mean elsewhere."""
    from tui.cli.columns import in_columns

    yield f"keymap: {settings.keymap}"
    for group, found in groupby(commands, key=lambda command: command.group):
        yield ""
        yield group
        yield from in_columns([(f"  {keymap.shown(c)}", c.id, c.help) for c in found])
    told = [
        (f"  {show(each.key)}", f"{each.inner} {_PLACES.get(each.context, each.context)}", each.outer)
        for each in _shadowed(keymap)
    ]
    ways = [
        (f"  {way['key']}", way["plain"] or "by its name after :", way["command"])
        for way in map(_way, _second_ways(keymap))
    ]
    if ways:
        yield ""
        yield "Keys that a terminal or multiplexer may take, and what is pressed instead"
        yield from in_columns(ways)
    if told:
        yield ""
        yield "Keys that mean something else in places, and what they are on a page"
        yield from in_columns(told)
