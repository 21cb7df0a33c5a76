"""Going by name: the items that some typed letters may mean, the likeliest first.

Letters are found in ids, titles and aliases of both scripts, in the initials of Chinese names, and,
where little has them together, one after the other (`hwi` in `huawei`).
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from briefings.documents.model import Item
from briefings.documents.names import Rank
from briefings.library.index import Index
from briefings.search.initials import initials
from sources.text import fold

_LOOKED_AT = 120
"""Names that are ranked; the most direct and shortest come first."""

_FEW = 6
"""Items below which letters are looked for apart from each other as well."""

_INITIALS_OF = 2_000
"""Chinese names whose initials are known, the bundled ones first."""

_KINDS = ("briefing", "entity", "instrument", "event", "claim", "prediction", "note", "section")


class Named(NamedTuple):
    """A name of an item, and how well it fits: 0 is what was typed."""

    fit: int
    name: str
    item: str


class Lines:
    """Names of items, one a line of a text, and their items, line by line of another: so searching them all
    takes a millisecond, and keeping them little more memory than the texts."""

    def __init__(self, names: str, items: str) -> None:
        self._text = f"\n{names}\n"
        self._starts = _starts(names)
        self._items = f"\n{items}\n"
        self._item_starts = _starts(items)

    def holding(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The names that hold all the words, in their order, and their items."""
        longest = max(words, key=len, default="")
        at = self._text.find(longest)
        while longest and at >= 0:
            line = bisect_right(self._starts, at) - 1
            name, item = self._at(line)
            if all(word in name for word in words):
                yield name, item
            at = self._text.find(longest, self._starts[line + 1] - 1)

    def apart(self, letters: str) -> Iterator[tuple[str, str]]:
        """The names that hold all the letters one after the other, and their items."""
        pattern = re.compile("[^\n]*?".join(map(re.escape, letters)))
        found = pattern.search(self._text)
        while letters and found:
            line = bisect_right(self._starts, found.start()) - 1
            yield self._at(line)
            found = pattern.search(self._text, self._starts[line + 1] - 1)

    def _at(self, line: int) -> tuple[str, str]:
        """The name and the item of a line."""
        name = self._text[self._starts[line] : self._starts[line + 1] - 1]
        return name, self._items[self._item_starts[line] : self._item_starts[line + 1] - 1]


def _starts(text: str) -> array[int]:
    """Where each line of a text begins that is put between line ends, and where the one after would."""
    lengths = map(len, text.split("\n"))
    return array("L", accumulate((length + 1 for length in lengths), initial=1))


class Names:
    """All names of an index as they were when this was made: for 10,000 documents that takes some 100 ms,
    so it is done beside the screen, and as far as can be by SQLite, which lets the screen go on meanwhile."""

    def __init__(self, index: Index) -> None:
        self.revision = index.revision()
        self._parts = Lines(*_joined(index, "instr(item, '#')"))
        names, items = _joined(index, "NOT instr(item, '#')")
        titles = list(_titles(index))
        self._documents = Lines(
            "\n".join((names, *(title for title, _ in titles))),
            "\n".join((items, *(item for _, item in titles))),
        )
        self._sounds = list(_sounds(index))

    def holding(self, wanted: str) -> Iterator[Named]:
        """Names that hold folded words, and those whose initials begin so."""
        words = wanted.split()
        for lines in (self._documents, self._parts):
            for name, item in islice(lines.holding(words), _LOOKED_AT):
                yield Named(_fit(name, wanted), name, item)
        for sound, item in self._sounds:
            if sound.startswith(wanted):
                yield Named(_BY_SOUND + (sound != wanted), sound, item)

    def apart(self, wanted: str) -> Iterator[Named]:
        """Names of documents that hold the letters one after the other."""
        for name, item in islice(self._documents.apart(wanted.replace(" ", "")), _LOOKED_AT):
            yield Named(_APART, name, item)


def found(
    index: Index, names: Names | None, typed: str, most: int, recent: Sequence[str] = ()
) -> list[tuple[int, Item]]:
    """At most so many items with how well they fit (0 is what was typed), the best first; of equal ones
    those of `recent`, by their ids. Without `names` only those that begin with what is typed."""
    wanted = fold(typed)
    if not wanted:
        return []
    named = _beginning(index, wanted)
    if names and (len(wanted) > 1 or not wanted.isascii()):
        named += names.holding(wanted)
        if len(wanted) > 2 and len({each.item for each in named}) < _FEW:
            named += names.apart(wanted)
    return _best(index, named, most, recent)


def _best(index: Index, named: Iterable[Named], most: int, recent: Sequence[str]) -> list[tuple[int, Item]]:
    best: dict[str, Named] = {}
    for each in named:
        if each.item not in best or _closeness(each) < _closeness(best[each.item]):
            best[each.item] = each
    lately = {name: number for number, name in enumerate(recent)}

    def order(named: Named) -> tuple[int, int]:
        return named.fit, lately.get(named.item, len(lately))

    near = sorted(best.values(), key=lambda each: (*order(each), _closeness(each), each.item))
    items = [(each, item) for each in near[: 3 * most] if (item := index.item(each.item))]
    items.sort(key=lambda pair: (*order(pair[0]), _rank(pair[1]), _closeness(pair[0]), pair[0].item))
    return [(each.fit, item) for each, item in items[:most]]


def _beginning(index: Index, wanted: str) -> list[Named]:
    """Names that begin so, the most direct and shortest first."""
    last = wanted[:-1] + chr(min(ord(wanted[-1]) + 1, sys.maxunicode))
    rows = index.connection.execute(
        "SELECT name, item FROM names WHERE name >= ? AND name < ? ORDER BY rank, length(name), item LIMIT ?",
        (wanted, last, _LOOKED_AT),
    )
    return [Named(_fit(name, wanted), name, item) for name, item in rows]


def _joined(index: Index, condition: str) -> tuple[str, str]:
    """Names and their items, one a line, the most direct and shortest first."""
    names, items = index.connection.execute(
        "SELECT group_concat(name, char(10)), group_concat(item, char(10)) FROM"
        f" (SELECT name, item FROM names WHERE {condition} ORDER BY rank, length(name), item)"
    ).fetchone()
    return names or "", items or ""


def _titles(index: Index) -> Iterator[tuple[str, str]]:
    """The titles that are no names: of briefings, notes, claims and predictions."""
    for query in (
        "SELECT title, title_zh, id FROM documents",
        "SELECT title, title_zh, id FROM items WHERE kind IN ('claim', 'prediction')",
    ):
        for title, title_zh, item in index.connection.execute(query):
            yield from ((fold(name), item) for name in (title, title_zh) if name)


def _sounds(index: Index) -> Iterator[tuple[str, str]]:
    """The initials of Chinese names, and the items that have them."""
    rows = index.connection.execute(
        "SELECT names.name, names.item FROM documents JOIN names ON names.document = documents.id"
        " WHERE documents.kind IN ('entity', 'instrument', 'event') AND names.rank = ?"
        " ORDER BY documents.folder LIMIT ?",
        (Rank.ALIAS, _INITIALS_OF),
    )
    yield from ((sound, item) for name, item in rows for sound in initials(name))


_BY_SOUND, INSIDE, _APART = 4, 6, 7


def _fit(name: str, wanted: str) -> int:
    """0 for the very name, 1 for its last part, 2 for its beginning, 3 for the beginning of a word in it,
    else 6. Sounds stand between."""
    if name == wanted:
        return 0
    if name.rpartition("#")[2] == wanted:
        return 1
    if name.startswith(wanted):
        return 2
    begins = not wanted.isascii() or re.search(rf"(?<![^\W_]){re.escape(wanted)}", name)
    return 3 if wanted in name and begins else INSIDE


def _closeness(named: Named) -> tuple[int, int, str]:
    return named.fit, len(named.name), named.name


def _rank(item: Item) -> int:
    return _KINDS.index(item.kind) if item.kind in _KINDS else len(_KINDS)
