"""The bytes that a terminal sends for keys, in the classic encoding."""

from __future__ import annotations

_NAMED = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "escape": "\x1b",
    "backspace": "\x7f",
}


def key_bytes(name: str) -> bytes:
    """The bytes of a key: one character, or one of the names above. Raises KeyError for another."""
    return (name if len(name) == 1 else _NAMED[name]).encode()
