"""The index as it was on a day: it lies over the index on disk, and holds the documents that were others.

Whatever asks it, links, names, lists or search, is answered from what was known then. An index that
nothing can lie over is copied instead.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from weakref import finalize

from briefings.documents.folding import folded, known_from
from briefings.documents.items import items_of
from briefings.documents.model import Document
from briefings.documents.names import Name, candidates, split_target, whole_names
from briefings.library.folders import Folder
from briefings.library.index import FileRow, Index, LinkRow
from briefings.library.pointing import point, put
from briefings.library.storing import Writer
from briefings.past.former import Former
from briefings.past.writer import PastWriter, over
from briefings.search.fulltext import FullText
from briefings.search.passages import passages_of
from cache.connections import transaction
from cache.overlay import copy_in_memory
from sources.text import clean_line, fold

_FIRST = "number IN (SELECT min(number) FROM links WHERE document = ? AND item > '' GROUP BY item)"


class PastIndex(Index):
    """The documents of a day. `later` are the folded names of what was not known yet, with its first day."""

    def __init__(self, today: Index) -> None:
        connection = over(today.connection)
        self._is_over = connection is not None
        super().__init__(connection or _copy_of(today), kept=False)
        finalize(self, self.connection.close)  # or the index on disk would be held until memory is tidied
        self.later: dict[str, date] = {}
        self._outdated: list[int] = []
        self.searched_on: date | None = None
        """The day whose figures stand in the full text."""
        self._last = self._last_number()

    @cached_property
    def writer(self) -> Writer:
        """What changes the documents; their full text is brought up to that when it is needed."""
        return PastWriter(self.connection) if self._is_over else Writer(self.connection, full_text=False)

    def leave(self, document: str) -> None:
        """Take a document out."""
        if found := self._one("SELECT number FROM documents WHERE id = ?", document):
            self._outdated += found
            self.writer.drop_document(document)

    @cached_property
    def searched(self) -> sqlite3.Connection:
        """A copy of the index with the full text of the documents of the day."""
        connection = self.connection
        if self._is_over:
            connection = copy_in_memory(self.connection, "base")
            finalize(self, connection.close)
        text = FullText(connection)
        if text.is_there():
            with transaction(connection):
                self._complete(text)
        return connection

    def _complete(self, text: FullText) -> None:
        for number in self._outdated:
            text.drop(number)
        added = self.connection.execute("SELECT id, number FROM documents WHERE number > ?", (self._last,))
        for name, number in added.fetchall():
            if document := self.document(name):
                text.put(number, passages_of(document))

    def _last_number(self) -> int:
        query = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'documents'"
        return int(self.connection.execute(query).fetchone()[0])

    def first_links_from(self, document: str) -> list[LinkRow]:
        """The first link of a document to each item, in reading order."""
        return self._links(_FIRST, document)

    def close(self) -> None:
        """Let go of the index on disk."""
        if "searched" in self.__dict__:
            self.searched.close()
        super().close()

    def known_from(self, target: str, document: str) -> date | None:
        """The first day on which a link's target was known, where that is later; None for all else."""
        name, section = split_target(target)
        names = set(candidates(target, "")) if name else set()
        if section:
            names |= {fold(f"{name or document}#{section}"), *(whole for whole, _ in whole_names(target))}
        return next((self.later[each] for each in names if each in self.later), None)


def _copy_of(index: Index) -> sqlite3.Connection:
    """A copy without what is of today only."""
    memory = copy_in_memory(index.connection)
    for table in ("faults", "figures"):
        memory.execute(f"DELETE FROM {table}")
    return memory


def index_on(
    index: Index, day: date, former: Iterable[Former] = (), folders: Iterable[Folder] = ()
) -> PastIndex:
    """The index with the documents as they were known at the end of a day; `former` are the texts of that
    day where they are others.

    What is wrong in files is told of today only, and what was worked out for today is left out.
    """
    past = PastIndex(index)
    change = _Change(past, day, {folder.rank: folder for folder in folders})
    for each in former:
        change.restore(each)
    for name in past.known_later(day):
        change.fold(name)
    change.point()
    return past


class _Change:
    """Puts documents of a day in the place of what they are, then points the links that this concerns."""

    def __init__(self, past: PastIndex, day: date, folders: dict[int, Folder]) -> None:
        self.past = past
        self.day = day
        self.folders = folders
        self.names: dict[str, set[Name]] = {}
        """The names that documents had before the first change of them."""

    def restore(self, former: Former) -> None:
        """Put a former text in the place of what the index has, or drop what was not there."""
        key = (former.rank, former.relative)
        row = self.past.file(key)
        if row and (not row.document or former.body is None):
            return
        document = self._parsed(former, row) if former.body else None
        if row:
            self._drop(row.document)
        if document is None:
            return
        if self.past.item(document.id) is None:
            self.names.setdefault(document.id, set())
            row = row or FileRow(*key, 0, 0, "", "", "", document.id)
            put(self.past.writer, row, document, items_of(document))

    def fold(self, name: str) -> None:
        """Fold what of a document was known later only, or drop it where all was."""
        document = self.past.document(name)
        key = self.past.file_of(name)
        row = self.past.file(key) if key else None
        if document is None or key is None:
            return
        first = known_from(document)
        blocks, sections = tuple(document.blocks), tuple(document.sections)  # fetched before it is dropped
        document = document._replace(blocks=blocks, sections=sections)
        names = self._drop(name)
        if first and first > self.day:
            self.past.later |= {each.name: first for each in names}
            return
        known = folded(document, self.day)
        items = tuple(item for item in items_of(known.document) if item.short not in known.later)
        row = row or FileRow(*key, 0, 0, "", "", "", name)
        kept = put(self.past.writer, row, known.document, items)
        for each in names - kept:
            if since := known.later.get(each.item.partition("#")[2]):
                self.past.later[each.name] = since

    def point(self) -> None:
        """Point the links of the changed documents, and those that use names which came or went."""
        old = {name for names in self.names.values() for name in names}
        new = {name for document in self.names for name in self.past.names_of(document)}
        point(self.past, self.past.writer, old ^ new, old | new, self.names)

    def _drop(self, document: str) -> set[Name]:
        names = self.past.names_of(document)
        self.names.setdefault(document, names)
        self.past.leave(document)
        return names

    def _parsed(self, former: Former, row: FileRow | None) -> Document | None:
        from briefings.documents.parser import parse  # which only former texts need

        folder = self.folders[former.rank]
        path = clean_line(str(folder.path / former.relative))
        return parse(former.body or b"", path=path, identity=row.document if row else "").document
