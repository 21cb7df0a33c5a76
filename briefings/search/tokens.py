"""What a text is made of when it is searched: words, and single characters of scripts without blanks.

The full text splits texts the same way; this is its meaning in plain Python.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

JOINT = "\x1f"
"""Stands between characters that are searched one by one; no clean text holds it."""

PREFIX = 2
"""Letters from which a word also finds longer ones that begin with it."""

_SINGLE = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
"""Han characters and kana: words of theirs have no blanks between them."""

_ALONE = re.compile(f"([{_SINGLE}])")
_IS_ALONE = re.compile(f"[{_SINGLE}]")
_RUNS = re.compile(f"[{_SINGLE}]|[^{_SINGLE}]+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Wanted(NamedTuple):
    """The tokens that must stand one after the other; with `open` the last may be longer."""

    tokens: tuple[str, ...]
    open: bool = False


def jointed(text: str) -> str:
    """A text as the full text takes it: blanks that can be taken out again around single characters, and
    nothing of the characters that stand for what a passage is."""
    if text.isascii():
        return text
    return JOINT.join(_ALONE.split(_PRIVATE.sub("\ufffd", text)))


def unjointed(text: str) -> str:
    """The text as it was."""
    return text.replace(JOINT, "")


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in their folded form, in order; Han characters and kana one by one."""
    return tuple(_tokens(text)) if text.isascii() else tuple(_tokens(_folded(text)))


def wanted(word: str, exact: bool = False) -> tuple[Wanted, ...]:
    """What a word of a query finds, any of these: itself, longer words that begin with it, and the
    singular of an English plural. An `exact` one finds itself alone."""
    own = tokens(word)
    if not own:
        return ()
    grows = not exact and len(own[-1]) >= PREFIX and not _IS_ALONE.match(own[-1])
    first = Wanted(own, grows)
    if exact or len(own) > 1:
        return (first,)
    return (first, *(Wanted((singular,)) for singular in _singulars(own[0])))


def stands_in(word: Wanted, found: tuple[str, ...]) -> bool:
    """Whether the tokens of a word stand in those of a text."""
    size = len(word.tokens)
    for at in range(len(found) - size + 1):
        if found[at : at + size - 1] != word.tokens[:-1]:
            continue
        last = found[at + size - 1]
        if last == word.tokens[-1] or (word.open and last.startswith(word.tokens[-1])):
            return True
    return False


def pattern(words: Iterable[Wanted]) -> re.Pattern[str] | None:
    """What finds words in a jointed text as they are written; None for no words. Accents and wide forms
    count here."""
    found = sorted({_as_written(word) for word in words}, key=len, reverse=True)
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _as_written(word: Wanted) -> str:
    first, last = word.tokens[0], word.tokens[-1]
    between = r"[\W_]*" if any(map(_IS_ALONE.match, word.tokens)) else r"[\W_]+"
    begin = "" if _IS_ALONE.match(first) else r"(?<![^\W_])"
    end = "" if _IS_ALONE.match(last) else r"[^\W_]*" if word.open else r"(?![^\W_])"
    return begin + between.join(map(re.escape, word.tokens)) + end


def unusual(text: str) -> str:
    """The words of a text that are written in wide or other forms of their letters, in the plain form."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return ""
    written = (word for word in text.split() if not word.isascii())
    return " ".join(plain for word in written if (plain := unicodedata.normalize("NFKC", word)) != word)


def _tokens(text: str) -> list[str]:
    found = []
    for run in _RUNS.findall("".join(c if _is_letter(c) else " " for c in text)):
        found += run.split()
    return [word.lower() for word in found] if text.isascii() else found


def _is_letter(character: str) -> bool:
    return character.isalnum() if character.isascii() else unicodedata.category(character)[0] in "LN"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _singulars(word: str) -> tuple[str, ...]:
    """`policy` and `policie` for `policies`: what stands in no text does no harm."""
    if len(word) < 4 or not word.isascii() or not word.endswith("s") or word.endswith("ss"):
        return ()
    if word.endswith("ies"):
        return (f"{word[:-3]}y", word[:-1])
    return (word[:-2], word[:-1]) if word.endswith("es") else (word[:-1],)
