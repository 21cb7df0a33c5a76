"""Searches that the reader keeps under a name: a file in the user's folder, fit for a diff.

- name: wrong on Huawei
  query: "huawei verdict:contradicted"
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from briefings.documents.fields import Fields
from briefings.own.lists import Held, OwnList, on_one_line, quoted
from briefings.own.own import SEARCHES
from briefings.search.query import LONGEST
from sources.text import fold, shorten

FILE = SEARCHES

NAME_CHARACTERS = 80

_HEAD = "# Searches that are kept under a name: the library (l) lists them.\n"


class KeptSearch(NamedTuple):
    """A query under its name, from line `line` of the file on."""

    name: str
    query: str
    line: int = 0


def read(folder: Path) -> Held[KeptSearch]:
    """The searches kept in a library folder; nothing where there is no file. Never raises."""
    return _LIST.read(folder)


def keep(folder: Path, name: str, query: str) -> KeptSearch:
    """Keep a query under a name. Raises ValueError where that cannot be, and `OSError` after which the
    file is as it was."""
    name, query = shorten(on_one_line(name), NAME_CHARACTERS), on_one_line(query)
    if not name or not query:
        raise ValueError("a name and a query are needed")
    if any(fold(kept.name) == fold(name) for kept in read(folder).entries):
        raise ValueError(f'a search is kept as "{name}" already; expected another name')
    return _LIST.add(folder, KeptSearch(name, query[:LONGEST]))


def drop(folder: Path, name: str) -> KeptSearch | None:
    """Take the search of a name out of the file; that search, or None where there is none. Raises as
    `keep` does."""
    return _LIST.take(folder, lambda kept: fold(kept.name) == fold(name))


def _entry(fields: Fields) -> KeptSearch | None:
    fields.require("name", "query")
    name, query = fields.text("name"), fields.text("query")
    fields.unread()
    return KeptSearch(name, query, fields.node.line) if name and query else None


def _written(kept: KeptSearch) -> str:
    """An entry as YAML."""
    return f"- name: {quoted(kept.name)}\n  query: {quoted(kept.query)}\n"


_LIST: OwnList[KeptSearch] = OwnList(
    FILE, _HEAD, "a list of searches, each as `- name: ...`", "a search, as `- name: ...`", _entry, _written
)
