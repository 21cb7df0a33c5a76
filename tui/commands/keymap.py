"""Keys: their names, how they are shown, and whether the user's choice of them can hold.

The framework takes unknown command ids and impossible keys without a word, and lets a command die whose
key was given away. So all of that is checked here, before it sees the user's keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from string import ascii_lowercase, digits
from typing import NamedTuple

from tui.commands.table import CONTEXTS, Command, Context

PUNCTUATION: dict[str, str] = {
    "!": "exclamation_mark", '"': "quotation_mark", "#": "number_sign", "$": "dollar_sign",
    "%": "percent_sign", "&": "ampersand", "'": "apostrophe", "(": "left_parenthesis",
    ")": "right_parenthesis", "*": "asterisk", "+": "plus", ",": "comma", "-": "minus",
    ".": "full_stop", "/": "slash", ":": "colon", ";": "semicolon", "<": "less_than_sign",
    "=": "equals_sign", ">": "greater_than_sign", "?": "question_mark", "@": "at",
    "[": "left_square_bracket", "\\": "backslash", "]": "right_square_bracket",
    "^": "circumflex_accent", "_": "underscore", "`": "grave_accent", "{": "left_curly_bracket",
    "|": "vertical_line", "}": "right_curly_bracket", "~": "tilde", " ": "space",
}  # fmt: skip
"""The framework's names of the keys that type neither a letter nor a digit."""

NAMED: tuple[str, ...] = (
    "escape", "enter", "tab", "space", "backspace", "insert", "delete", "home", "end", "pageup", "pagedown",
    "up", "down", "left", "right", *(f"f{n}" for n in range(1, 25)), *PUNCTUATION.values(),
)  # fmt: skip

NEVER: dict[str, str] = {
    "ctrl+i": "terminals send it as tab",
    "ctrl+m": "terminals send it as enter",
    "ctrl+h": "terminals send it as backspace",
    "ctrl+left_square_bracket": "terminals send it as escape",
    **{f"ctrl+{letter}": "shells, multiplexers or terminals take it" for letter in "sabwtn"},
}
"""Keys that must not be bound, with the reason."""

FIXED: dict[str, str] = {"ctrl+q": "app.quit", "ctrl+z": "app.suspend", "ctrl+c": "copying"}
"""Keys that keep their meaning whatever the user binds."""

_MODIFIERS = frozenset(
    {"", "alt+", "ctrl+", "shift+", "alt+ctrl+", "alt+shift+", "ctrl+shift+", "alt+ctrl+shift+"}
)
_KNOWN = frozenset(NAMED)
_PLAIN = ascii_lowercase + digits
_LETTERED = tuple(f"{modifier}+{letter}" for modifier in ("ctrl", "alt") for letter in ascii_lowercase)
_SHOWN = {name: character for character, name in PUNCTUATION.items() if character != " "}
_SHORT = {"escape": "esc", "pageup": "page up", "pagedown": "page down"}
_FORMER = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
_TYPED_IN: tuple[Context, ...] = ("find", "search", "going", "asked")
_TYPING = frozenset({"backspace", "delete", "left", "right", "home", "end", "space", *PUNCTUATION.values()})


class Complaint(NamedTuple):
    """What is wrong with the keys that the user gives to a command; `command` is as the user wrote it."""

    command: str
    message: str


def show(key: str) -> str:
    """A key as it is typed: `?` for `question_mark`, `esc`, `ctrl+p`."""
    *modifiers, name = key.split("+")
    return "+".join([*modifiers, _SHOWN.get(name) or _SHORT.get(name, name)])


def canonical(key: str) -> str:
    """The framework's name of a key that may be written as its character: `?`, `ctrl+[`.

    Letters, and characters that have no name here, name themselves.
    """
    modifiers, name = _split(key)
    return modifiers + PUNCTUATION.get(name, name)


def is_typed(key: str) -> bool:
    """Whether a field in which something is typed keeps this (canonical) key to itself."""
    return len(key) == 1 or key in _TYPING


def is_key(key: str) -> bool:
    """Whether a terminal program can receive the key of this (canonical) name."""
    modifiers, name = _split(key)
    if modifiers not in _MODIFIERS:
        return False
    if not modifiers:
        return name in _KNOWN or (len(name) == 1 and name.isprintable())
    if modifiers == "shift+":
        return name in _KNOWN and name not in _SHOWN and name != "space"
    return name in _KNOWN or (len(name) == 1 and name in _PLAIN)


def check(user_keys: Mapping[str, str], table: Sequence[Command]) -> tuple[dict[str, str], list[Complaint]]:
    """The user's keys that can hold, by command id, and what is wrong with the others.

    Keys are parted by commas, each a name or a character. Where two commands would have the same key
    in a context, the choice that was written later falls back to its default.
    """
    commands = {command.id: command for command in table}
    chosen: dict[str, tuple[str, ...]] = {}
    complaints: list[Complaint] = []
    for identifier, written in user_keys.items():
        if identifier not in commands:
            complaints.append(Complaint(identifier, _unknown("command", identifier, commands)))
            continue
        keys, wrong = _read_keys(identifier, written)
        complaints += (Complaint(identifier, message) for message in wrong)
        if keys:
            chosen[identifier] = keys
    complaints += _settle(chosen, table)
    return {identifier: ",".join(keys) for identifier, keys in chosen.items()}, complaints


def clashes(table: Sequence[Command], chosen: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str]]:
    """Every (key, id, id) of two commands that have the same key where both hold."""
    for context in CONTEXTS:
        held = [command for command in table if _holds(command, context)]
        for one, other in combinations(held, 2):
            shared = set(chosen.get(one.id, one.key_names)) & set(chosen.get(other.id, other.key_names))
            for key in sorted(shared):
                if not _is_typed(key, context, (one, other)):
                    yield key, one.id, other.id


def _holds(command: Command, context: Context) -> bool:
    return context in command.where or "everywhere" in command.where


def _is_typed(key: str, context: Context, pair: Iterable[Command]) -> bool:
    """Whether a text field keeps this key from the app, so that only the field's own command has it."""
    return context in _TYPED_IN and is_typed(key) and any(context not in command.where for command in pair)


def _settle(chosen: dict[str, tuple[str, ...]], table: Sequence[Command]) -> list[Complaint]:
    """Take from `chosen` what clashes, the latest first, until nothing does. The table itself is sound."""
    complaints = []
    order = {identifier: number for number, identifier in enumerate(chosen)}
    while found := next(clashes(table, chosen), None):
        key, *pair = found
        loser = max((identifier for identifier in pair if identifier in chosen), key=order.__getitem__)
        winner = pair[0] if pair[1] == loser else pair[1]
        del chosen[loser]
        message = f'key "{show(key)}" is that of {winner}; give that one another key first'
        complaints.append(Complaint(loser, message))
    return complaints


def _read_keys(identifier: str, written: str) -> tuple[tuple[str, ...], list[str]]:
    """The keys of one command that can be bound, and what is wrong with the others."""
    keys: dict[str, None] = {}
    wrong = []
    for part in _parts(written):
        key = canonical(part)
        if message := _objection(identifier, part, key):
            wrong.append(message)
        else:
            keys[key] = None
    return tuple(keys), wrong


def _parts(written: str) -> list[str]:
    """The keys of a list parted by commas, in which a comma alone is the comma key."""
    if written.strip() == ",":
        return [","]
    return [part.strip() for part in written.split(",")]


def _objection(identifier: str, written: str, key: str) -> str:
    """Why `identifier` cannot have this key; empty when it can."""
    if not is_key(key):
        return _unknown("key", written, (*_KNOWN, *_FORMER, *_LETTERED))
    if key in NEVER:
        return f'key "{show(key)}" cannot be used: {NEVER[key]}'
    if FIXED.get(key, identifier) != identifier:
        return f'key "{show(key)}" always stays with {FIXED[key]}'
    return ""


def _unknown(kind: str, word: str, candidates: Iterable[str]) -> str:
    from sources.likeness import nearest
    from sources.text import clean_line

    shown = clean_line(word)
    if kind == "key" and len(word) == 7 and word.startswith("shift+") and word[-1].isalpha():
        near: str | None = word[-1].upper()
    else:
        near = nearest(word, candidates)
    if near:
        return f'no {kind} "{shown}"; nearest: "{_FORMER.get(near, near)}"'
    other = "`briefing keys` lists them" if kind == "command" else 'expected text such as "ctrl+f"'
    return f'no {kind} "{shown}"; {other}'


def _split(key: str) -> tuple[str, str]:
    """A key's modifiers, each with its plus, and its name: `ctrl++` is `ctrl+` and `+`."""
    cut = key.rfind("+", 0, -1) + 1
    return key[:cut], key[cut:]
