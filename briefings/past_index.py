"""The index as it was on a day: a copy in memory in which the documents are those of that day.

Whatever asks it, links, names, lists or search, is answered from what was known then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from briefings.folding import folded, known_from
from briefings.former import Former
from briefings.fulltext import FullText
from briefings.index import FileRow, Index
from briefings.items import items_of
from briefings.library import Folder
from briefings.model import Document
from briefings.names import Name, candidates, split_target
from briefings.passages import passages_of
from briefings.pointing import point, put
from briefings.storing import Writer
from cache.database import transaction
from sources.text import clean_line, fold


class PastIndex(Index):
    """The documents of a day. `later` are the folded names of what was not known yet, with its first day,
    and `seen` the documents whose text was first seen later, with that day."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection, kept=False)
        self.later: dict[str, date] = {}
        self.seen: dict[str, date] = {}
        self._outdated: list[int] = []
        self._is_complete = False
        self.searched_on: date | None = None
        """The day whose figures stand in the full text."""
        self.copied = int(connection.execute("SELECT coalesce(max(number), 0) FROM documents").fetchone()[0])

    def leave(self, document: str) -> None:
        """Take a document out; its full text is taken out when it is needed."""
        found = self.connection.execute("SELECT number FROM documents WHERE id = ?", (document,)).fetchone()
        if found:
            self._outdated += found
            Writer(self.connection, full_text=False).drop_document(document)

    def complete_text(self) -> None:
        """Bring the full text to what the documents are, once."""
        text = FullText(self.connection)
        if self._is_complete or not text.is_there():
            return
        self._is_complete = True
        for number in self._outdated:
            text.drop(number)
        added = self.connection.execute("SELECT id, number FROM documents WHERE number > ?", (self.copied,))
        for name, number in added.fetchall():
            if document := self.document(name):
                text.put(number, passages_of(document))

    def known_from(self, target: str, document: str) -> date | None:
        """The first day on which a link's target was known, where that is later; None for all else."""
        name, section = split_target(target)
        names = set(candidates(target, "")) if name else set()
        if section:
            names.add(fold(f"{name or document}#{section}"))
        return next((self.later[each] for each in names if each in self.later), None)


def index_on(
    index: Index, day: date, former: Iterable[Former] = (), folders: Iterable[Folder] = ()
) -> PastIndex:
    """A copy of the index with the documents as they were known at the end of a day; `former` are the
    texts of that day where they are others.

    What is wrong in files is told of today only, and what was worked out for today is left out.
    """
    memory = sqlite3.connect(":memory:", isolation_level=None)
    index.connection.backup(memory)
    past = PastIndex(memory)
    with transaction(memory):
        memory.execute("DELETE FROM faults")
        memory.execute("DELETE FROM figures")
        change = _Change(past, day, {folder.rank: folder for folder in folders})
        for each in former:
            change.restore(each)
        later = memory.execute("SELECT DISTINCT document FROM sinces WHERE day > ?", (day.isoformat(),))
        for (name,) in later.fetchall():
            change.fold(name)
        change.point()
    return past


class _Change:
    """Puts documents of a day in the place of what they are, then points the links that this concerns."""

    def __init__(self, past: PastIndex, day: date, folders: dict[int, Folder]) -> None:
        self.past = past
        self.day = day
        self.folders = folders
        self.writer = Writer(past.connection, full_text=False)
        self.names: dict[str, set[Name]] = {}
        """The names that documents had before the first change of them."""

    def restore(self, former: Former) -> None:
        """Put a former text in the place of what the index has, or drop what was not there."""
        key = (former.rank, former.relative)
        row = self.past.file(key)
        if row and not row.document:
            return
        if row and former.body is None:
            self.past.seen[row.document] = former.seen
            return
        document = self._parsed(former, row) if former.body else None
        if row:
            self._drop(row.document)
        if document is None:
            return
        if self.past.item(document.id) is None:
            self.names.setdefault(document.id, set())
            put(
                self.writer, row or FileRow(*key, 0, 0, "", "", "", document.id), document, items_of(document)
            )
        if former.seen > self.day:
            self.past.seen[document.id] = former.seen

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
        kept = put(self.writer, row or FileRow(*key, 0, 0, "", "", "", name), known.document, items)
        for each in names - kept:
            if since := known.later.get(each.item.partition("#")[2]):
                self.past.later[each.name] = since

    def point(self) -> None:
        """Point the links of the changed documents, and those that use names which came or went."""
        old = {name for names in self.names.values() for name in names}
        new = {name for document in self.names for name in self.past.names_of(document)}
        point(self.past, old ^ new, old | new, self.names)

    def _drop(self, document: str) -> set[Name]:
        names = self.past.names_of(document)
        self.names.setdefault(document, names)
        self.past.leave(document)
        return names

    def _parsed(self, former: Former, row: FileRow | None) -> Document | None:
        from briefings.parser import parse  # which only former texts need

        folder = self.folders[former.rank]
        path = clean_line(str(folder.path / former.relative))
        return parse(former.body or b"", path=path, identity=row.document if row else "").document
