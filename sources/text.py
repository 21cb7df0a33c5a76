"""Outside text made harmless and comparable: the door that every document, feed and answer passes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

_NO_PICTURE = (
    *range(0x80, 0xA0),  # C1: some terminals take them for escape sequences
    *range(0x2028, 0x202F),  # line and paragraph separators, bidirectional embeddings and overrides
    *range(0x2066, 0x206A),  # bidirectional isolates
    *range(0xD800, 0xE000),  # lone surrogates: no encoder takes them
    *range(0xFDD0, 0xFDF0),  # noncharacters
    0xFEFF,  # a byte order mark inside text hides what stands before it
    0xFFFE,
    0xFFFF,
)
_PICTURES = dict.fromkeys(_NO_PICTURE, 0xFFFD) | {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: 0x2421,
}
_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
"""A pattern for text that is not printable: little is, and a start mostly does without."""

_TURNING = dict.fromkeys((0x061C, 0x200F), 0xFFFD)
_TURNS = "[\u061c\u200f]"
_LEFTWARD = "[\u0590-\u08ff\ufb1d-\ufdfc\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
"""A pattern for letters that are written from right to left."""

_BREAKS = re.compile(r"[\t\r\n][\t\r\n ]*")


_JOINING = frozenset(("Mn", "Mc", "Me", "Cf"))
_FILLING = re.compile("[\u1160-\u11ff\u3164\ud7b0-\ud7fb\uffa0\U0001f3fb-\U0001f3ff]")


class Decoded(NamedTuple):
    """Text of a file, with `\\n` as its only line break, and the line (from 1) of its first bad byte."""

    text: str
    bad_line: int | None


def clean(text: str) -> str:
    """The text with nothing in it that acts on a terminal: control characters become visible pictures.

    Newlines and tabs stay, as do joiners, variation selectors and letters of any script. The length
    stays the same, and clean text comes back as it is.
    """
    if text.isprintable() or not re.search(_UNSAFE, text):
        return text
    return text.translate(_PICTURES)


def unturned(text: str) -> str:
    """The text in which marks of direction are seen (U+FFFD) where they have nothing to do: on a line without
    letters that are written from right to left they would turn figures round unseen.

    U+200E does nothing there, and stays. To be used on whole paragraphs, since a piece of one may well be
    such a mark alone; the length stays the same.
    """
    if text.isprintable() or not re.search(_TURNS, text):
        return text
    lines = text.split("\n")
    return "\n".join(line if _is_leftward(line) else line.translate(_TURNING) for line in lines)


def _is_leftward(line: str) -> bool:
    return any(letter.isalpha() for letter in re.findall(_LEFTWARD, line))


def clean_line(text: str) -> str:
    """Clean and `unturned` text on one line: breaks and tabs, with blanks after them, become one blank."""
    return unturned(clean(_BREAKS.sub(" ", text)))


def is_blank(text: str) -> bool:
    """Whether nothing of a text is seen: it has only blanks and what joins characters."""
    return all(letter.isspace() or _joins(letter) for letter in text)


def thin(text: str, most: int) -> tuple[str, int | None]:
    """The text without what joins a character beyond `most` accents, joiners and the like, and where the
    first of that stood; None where nothing is left out, as of any text that somebody may read."""
    if text.isascii():
        return text, None
    parts: list[str] = []
    end, first = 0, None
    for stretch in re.finditer(f"[^\x00-\u02ff\u2e80-\u3163\u3165-\ud7af]{{{most + 1},}}", text):
        kept = _thinned(stretch[0], most)
        if len(kept) < len(stretch[0]):
            parts += (text[end : stretch.start()], kept)
            end, first = stretch.end(), stretch.start() if first is None else first
    return "".join((*parts, text[end:])) if parts else text, first


def _thinned(stretch: str, most: int) -> str:
    kept, joining = [], 0
    for letter in stretch:
        joining = joining + 1 if _joins(letter) else 0
        if joining <= most:
            kept.append(letter)
    return "".join(kept)


def _joins(letter: str) -> bool:
    """Whether a character takes no cell of its own."""
    return unicodedata.category(letter) in _JOINING or _FILLING.match(letter) is not None


def shorten(text: str, characters: int) -> str:
    """The text, cut with an ellipsis where it is longer than `characters`."""
    if len(text) <= characters:
        return text
    return text[: characters - 1].rstrip() + "…" if characters > 0 else ""


def message(text: str, characters: int) -> str:
    """Text fit for a message: on one clean line of at most `characters`."""
    return shorten(clean_line(shorten(text, 4 * characters)), characters)


def unify_breaks(text: str) -> str:
    """The text with `\\n` as its only line break, whatever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def decode(body: bytes) -> Decoded:
    """The text of UTF-8 with or without a byte order mark; bad bytes become U+FFFD and are reported."""
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(unify_breaks(body.decode("utf-8")), None)
    except UnicodeDecodeError as error:
        before = unify_breaks(body[: error.start].decode("utf-8"))
        return Decoded(unify_breaks(body.decode("utf-8", "replace")), before.count("\n") + 1)


def fold(name: str) -> str:
    """The form in which names of items are compared: case, width and white space make no difference."""
    if not name.isascii():
        name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(name.casefold().split())
