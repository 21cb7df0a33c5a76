"""Going by name: the items that some typed letters may mean, the likeliest first.

Letters are found in ids, titles and aliases of both scripts, in the initials of Chinese names, and,
where little has them together, one after the other (`hwi` in `huawei`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import NamedTuple

from briefings.index import Index
from briefings.initials import initials
from briefings.model import Item
from briefings.names import Rank
from sources.text import fold

_LOOKED_AT = 120
"""Names that are ranked; the shortest come first."""

_FEW = 6
"""Names below which letters are looked for apart from each other as well."""

_INITIALS_OF = 2_000
"""Chinese names whose initials are known, the bundled ones first."""

_KINDS = ("briefing", "entity", "instrument", "event", "claim", "prediction", "note", "section")


class _Named(NamedTuple):
    """A name of an item, and how well it fits: 0 is what was typed."""

    fit: int
    name: str
    item: str


class Names:
    """Finds items by what is typed. One serves one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._initials: list[tuple[str, str]] | None = None

    def matching(self, typed: str, most: int, recent: Sequence[str] = ()) -> list[tuple[int, Item]]:
        """At most so many items with how well they fit (0 is what was typed), the best first; of equal
        ones those of `recent`, by their ids."""
        wanted = fold(typed)
        if not wanted:
            return []
        best: dict[str, _Named] = {}
        for each in self._named(wanted):
            if each.item not in best or _closeness(each) < _closeness(best[each.item]):
                best[each.item] = each
        lately = {name: number for number, name in enumerate(recent)}

        def order(named: _Named) -> tuple[object, ...]:
            return named.fit, lately.get(named.item, len(lately)), len(named.name), named

        near = sorted(best.values(), key=order)[: 3 * most]
        items = [(each, item) for each in near if (item := self._index.item(each.item))]
        items.sort(key=lambda pair: (*order(pair[0])[:2], _rank(pair[1]), len(pair[0].name), pair[0]))
        return [(each.fit, item) for each, item in items[:most]]

    def prepare(self) -> None:
        """Look up the initials of names, which takes some 30 ms the first time."""
        self._initialled()

    def _named(self, wanted: str) -> list[_Named]:
        found = [_Named(_fit(name, wanted), name, item) for name, item in self._beginning(wanted)]
        if len(wanted) > 1 or not wanted.isascii():
            rows = self._holding(wanted.split())
            found += (_Named(_fit(name, wanted), name, item) for name, item in rows)
            sounds = (pair for pair in self._initialled() if pair[0].startswith(wanted))
            found += (_Named(_BY_SOUND + (sound != wanted), sound, item) for sound, item in sounds)
        if len(wanted) > 2 and len({each.item for each in found}) < _FEW:
            found += (_Named(_APART, name, item) for name, item in self._apart(wanted))
        return found

    def _beginning(self, wanted: str) -> list[tuple[str, str]]:
        """Names that begin so, the most direct and shortest first."""
        query = "SELECT name, item FROM names WHERE name >= ? AND name < ? ORDER BY rank, length(name), item"
        last = wanted[:-1] + chr(min(ord(wanted[-1]) + 1, sys.maxunicode))
        return self._rows(query, wanted, last)

    def _holding(self, words: Sequence[str]) -> list[tuple[str, str]]:
        """Names that hold all the words, and titles that are no names."""
        likes = [f"%{_escaped(word)}%" for word in words]
        named = " AND ".join([r"name LIKE ? ESCAPE '\'"] * len(likes))
        titled = " AND ".join([r"(title || ' ' || title_zh) LIKE ? ESCAPE '\'"] * len(likes))
        found = self._rows(f"SELECT name, item FROM names WHERE {named}", *likes)
        found += self._rows(f"SELECT lower(title), id FROM documents WHERE {titled}", *likes)
        stated = f"SELECT lower(title), id FROM items WHERE kind IN ('claim', 'prediction') AND {titled}"
        return found + self._rows(stated, *likes)

    def _apart(self, wanted: str) -> list[tuple[str, str]]:
        """Names that hold all the letters in their order."""
        like = "%".join(["", *map(_escaped, wanted.replace(" ", "")), ""])
        return self._rows(r"SELECT name, item FROM names WHERE rank < ? AND name LIKE ? ESCAPE '\'",
                          Rank.SHORT, like)  # fmt: skip

    def _rows(self, query: str, *values: object) -> list[tuple[str, str]]:
        return self._index.connection.execute(f"{query} LIMIT {_LOOKED_AT}", values).fetchall()

    def _initialled(self) -> list[tuple[str, str]]:
        """The initials of Chinese names, and the items that have them."""
        if self._initials is None:
            rows = self._index.connection.execute(
                "SELECT names.name, names.item FROM documents JOIN names ON names.document = documents.id"
                " WHERE documents.kind IN ('entity', 'instrument', 'event') AND names.rank = ?"
                " ORDER BY documents.folder LIMIT ?",
                (Rank.ALIAS, _INITIALS_OF),
            )
            self._initials = [(sound, item) for name, item in rows for sound in initials(name)]
        return self._initials


def _fit(name: str, wanted: str) -> int:
    """0 for the very name, 1 for its last part, 2 for its beginning, 3 for the beginning of a word in it,
    else 6. Sounds stand between."""
    last = name.rpartition("#")[2]
    if name == wanted:
        return 0
    if last == wanted:
        return 1
    if name.startswith(wanted):
        return 2
    begins = re.search(rf"(?<![^\W_]){re.escape(wanted)}", name) or not wanted.isascii()
    return 3 if begins and wanted in name else 6


_BY_SOUND, _APART = 4, 7


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _closeness(named: _Named) -> tuple[int, int, str]:
    return named.fit, len(named.name), named.name


def _rank(item: Item) -> int:
    return _KINDS.index(item.kind) if item.kind in _KINDS else len(_KINDS)
