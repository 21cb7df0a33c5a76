"""Keys of a Chinese input method: the signs that they type stand for the keys they are on."""

from __future__ import annotations

from unicodedata import name

from textual.events import Key
from textual.keys import KEY_NAME_REPLACEMENTS

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_TO_ASCII = 0xFEE0
_SAME_KEY = {
    "\u3000": " ", "、": "/", "。": ".", "《": "<", "》": ">", "【": "[", "】": "]", "‘": "'", "’": "'",
    "￥": "$", "…": "^", "·": "`",
}  # fmt: skip
"""What the keys of ASCII signs type while Chinese punctuation is on. The wide blank counts in fields too,
which the framework has drop it."""


def narrow(character: str) -> str:
    """The sign on the same key without an input method; the character itself where there is none."""
    if len(character) == 1 and ord(character) in _FULL_WIDTH:
        return chr(ord(character) - _TO_ASCII)
    return _SAME_KEY.get(character, character)


def narrowed(event: Key) -> Key:
    """The same key without an input method."""
    character = narrow(event.character or "")
    if character == event.character or not character:
        return event
    if character.isalnum():
        return Key(character, character)
    called = name(character).lower().replace("-", "_").replace(" ", "_")
    return Key(KEY_NAME_REPLACEMENTS.get(called, called), character)
