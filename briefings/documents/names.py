"""Ids, names and link targets: what a link may say, and what it is compared with.

A target is `NAME`, `NAME#SECTION` or `#SECTION`. A name is an id, an alias, a file name or a path
of the library; names are compared folded (case, width and runs of blanks do not count).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from posixpath import dirname, join, normpath
from typing import NamedTuple

from briefings.documents.model import Document, Item
from sources import limits
from sources.text import fold

INDICATOR = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
"""The id of an indicator: words of a-z, 0-9 and _ between dots."""

_SERIES = re.compile(r"(?<![\w.])[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")

_PARTS = re.compile(r"#(?! )")

_NO_ID_ASCII = re.compile(r"[^a-z0-9_-]+")
STAMP = re.compile(r"\d{10,}")
"""What tells notes apart that are named by the minute they were begun in."""


class Rank(IntEnum):
    """How directly a name belongs to its owner: the lowest wins."""

    ID = 0
    FORMER = 1
    ALIAS = 2
    FILE = 3
    SHORT = 4


class Name(NamedTuple):
    """A folded name and the item that it may stand for."""

    name: str
    item: str
    rank: Rank


def identifier(text: str) -> str:
    """`text` when it can be an id. Raises ValueError with what was expected."""
    if not is_identifier(text):
        most = f"at most {limits.ID_CHARACTERS} characters"
        raise ValueError(f'id "{text}" is no id; expected letters, digits, - and _, {most}')
    return text


def is_identifier(text: str) -> bool:
    """Whether a text can be an id."""
    return 0 < len(text) <= limits.ID_CHARACTERS and all(map(_may_stand_in_id, text))


def slug(text: str) -> str:
    """The id made of a heading or a file name: letters and digits of any script, `-` between words."""
    folded = fold(text)
    if folded.isascii():
        kept = _NO_ID_ASCII.sub(" ", folded)
    else:
        kept = "".join(c if _may_stand_in_id(c) else " " for c in folded)
    return "-".join(kept.split())[: limits.ID_CHARACTERS].strip("-") or "untitled"


def split_target(target: str) -> tuple[str, str]:
    """(name, section) of a link target; either may be empty. A path loses its `.md`."""
    name, _, section = target.partition("#")
    return without_suffix(name.strip()), section.strip()


def without_suffix(path: str) -> str:
    """A path without its `.md`."""
    return path.rpartition(".")[0] if path.lower().endswith((".md", ".markdown")) else path


def whole_names(target: str) -> Iterator[tuple[str, str]]:
    """(folded name, section) of a target in which the name of a file itself holds a `#`, the longest name
    first."""
    end = len(target)
    while "#" in target[1:end]:
        yield fold(without_suffix(target[:end].strip())), target[end + 1 :].strip()
        end = target.rindex("#", 0, end)


def shown_target(target: str) -> str:
    """A target as the words of its link: `Note › Section`. A blank after `#` tells that it parts nothing."""
    return _PARTS.sub(" › ", target.lstrip("#"))


def is_indicator(target: str) -> bool:
    """Whether a link target is the id of an indicator."""
    return INDICATOR.fullmatch(split_target(target)[0]) is not None


def series_in(expression: str) -> tuple[str, ...]:
    """The ids of the indicators that an expression speaks of, each once; definitions left out."""
    return tuple(dict.fromkeys(_SERIES.findall(expression)))


def candidates(target: str, folder: str) -> Iterator[str]:
    """The folded names to look up for the name in a target, most direct first.

    `folder` is that of the file that the link stands in, below the library: names that are paths
    (`notes/a`, `a.md`) start there, or else at the top.
    """
    name, _ = split_target(target)
    is_path = "/" in name or name != target.partition("#")[0].strip()
    is_path = is_path and name.rpartition("/")[2] not in ("", ".", "..")
    if is_path:
        yield fold(normpath(join(folder, name)))
    yield fold(name)
    if is_path:
        yield fold(name.lstrip("./"))


def section_names(owner: str, section: str) -> tuple[str, ...]:
    """The folded whole names that `section` of the document `owner` may have."""
    last = section.rpartition("#")[2]
    return (fold(f"{owner}#{section}"), fold(f"{owner}#{slug(last)}"))


def names_of(document: Document, items: tuple[Item, ...], relative: str) -> list[Name]:
    """All names of a document and of the items in it. `relative` is its path below the library."""
    own = [Name(fold(document.id), document.id, Rank.ID)]
    own += [Name(fold(former), document.id, Rank.FORMER) for former in document.former_ids]
    own += [Name(fold(alias), document.id, Rank.ALIAS) for alias in _also_called(document)]
    own += [Name(fold(path), document.id, Rank.FILE) for path in _file_names(relative)]
    for item in items:
        if item.id != document.id:
            own.append(Name(fold(item.id), item.id, Rank.ID))
            if document.kind != "note" or item.kind in ("claim", "prediction"):
                own.append(Name(fold(item.short), item.id, Rank.SHORT))
    best: dict[tuple[str, str], Name] = {}
    for name in own:
        key = (name.name, name.item)
        if name.name and (key not in best or name.rank < best[key].rank):
            best[key] = name
    return list(best.values())


def _also_called(document: Document) -> tuple[str, ...]:
    called = (*document.aliases, document.facts.name)
    return called if document.kind in ("note", "briefing") else (*called, document.title, document.title_zh)


def _file_names(relative: str) -> Iterator[str]:
    """`c`, `b/c` and `a/b/c` for the file a/b/c.md; `b/c` for b___c.md, and the digits that a name of
    a note begins with: other programs go by these."""
    parts = without_suffix(relative).split("/")
    for first in range(len(parts)):
        yield "/".join(parts[first:])
    if "___" in parts[-1]:
        yield parts[-1].replace("___", "/")
    if stamped := STAMP.match(parts[-1]):
        yield stamped.group()


def _may_stand_in_id(character: str) -> bool:
    return character.isalnum() or character in "-_" or unicodedata.category(character).startswith("M")


def folder_of(relative: str) -> str:
    """The folder of a file below its library; empty at the top."""
    return dirname(relative)
