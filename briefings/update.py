"""Bring the index up to date with the folders: only what differs is read.

A file is looked at again when its size or time of change differs, and read again when its hash
does. Each batch is one transaction, so that a kill at any moment leaves whole documents.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from briefings.identity import Claimant, Key, identities
from briefings.index import FileRow, Index, LinkRow
from briefings.items import Reference, items_of, references_of
from briefings.library import File, Folder, scan
from briefings.links import Resolver
from briefings.model import Fault
from briefings.names import Name, last_part, names_of, split_target
from cache.database import transaction
from sources import limits
from sources.text import clean_line, fold

BATCH = 100
"""Files stored in one transaction."""

DOUBTED, UNREADABLE = "", "unreadable"
"""Hashes of files whose document is not stored yet, or which could not be read."""

_UNREAD = "cannot be read; expected a file that you may read, with a name in UTF-8"

Progress = Callable[[int, int], None]
"""(files done, files in all); what it raises stops the update between two batches."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update changed: the ids of documents stored or gone, and files read."""

    documents: frozenset[str]
    read: int

    def __bool__(self) -> bool:
        return bool(self.documents or self.read)


def update(index: Index, folders: Sequence[Folder], progress: Progress | None = None) -> Changes:
    """Compare the folders with the index and store what differs. Raises sqlite3.OperationalError
    when another process holds the index for longer than a moment: what it does will do."""
    known = index.files()
    by_rank = {folder.rank: folder for folder in folders}
    rows, losers = _decide(_look(folders, known), known)
    gone = [row for key, row in known.items() if key not in rows]
    todo = _to_store(rows, losers, known)
    touched = [row for key, row in rows.items() if row != known.get(key) and key not in todo]
    if not (gone or todo or touched):
        return Changes(frozenset(), 0)
    with transaction(index.connection):
        index.doubt((*todo.values(), *gone))
        for row in touched:
            index.remember(row)
    work = _Work(index, by_rank, known, losers)
    for done, batch in enumerate(_batches(todo.values()), 1):
        work.store(batch)
        if progress:
            progress(min(done * BATCH, len(todo)), len(todo))
    work.drop(gone)
    return Changes(frozenset(work.changed), len(todo) + len(gone))


def _look(folders: Sequence[Folder], known: dict[Key, FileRow]) -> dict[Key, FileRow]:
    """The state of each file on disk; files that look unchanged are not opened."""
    rows: dict[Key, FileRow] = {}
    for folder in folders:
        for file in scan(folder):
            before = known.get(file.key)
            if before and before.hash not in (DOUBTED, UNREADABLE) and before[:4] == file:
                rows[file.key] = before
            else:
                rows[file.key] = _looked_at(file, before, _read(folder, file.relative))
    return rows


def _looked_at(file: File, before: FileRow | None, body: bytes | None) -> FileRow:
    """The row of a file that was opened. It keeps its document where it asks for the same id as before."""
    digest = UNREADABLE if body is None else hashlib.sha256(body).hexdigest()
    if before and before.hash == digest:
        return before._replace(size=file.size, changed=file.changed)
    from briefings.parser import peek  # the parser is needed only where something differs

    kind, declared = ("", "") if body is None else peek(body)
    document = ""
    if before and before.hash != DOUBTED and (before.kind, before.declared) == (kind, declared):
        document = before.document
    return FileRow(*file, digest, kind, declared, document)


def _decide(rows: dict[Key, FileRow], known: dict[Key, FileRow]) -> tuple[dict[Key, FileRow], dict[Key, Key]]:
    """The rows with the ids of their documents, and for those that got none who holds their id."""
    if rows.keys() == known.keys() and all(row.document or row is known[key] for key, row in rows.items()):
        return rows, {}
    decided = identities(Claimant(key, row.declared, plain=not row.kind) for key, row in rows.items())
    documents = {key: decided.ids.get(key, "") for key in rows}
    rows = {
        key: row if row.document == documents[key] else row._replace(document=documents[key])
        for key, row in rows.items()
    }
    return rows, decided.losers


def _to_store(
    rows: dict[Key, FileRow], losers: dict[Key, Key], known: dict[Key, FileRow]
) -> dict[Key, FileRow]:
    """The rows whose text or id differ from what is stored, and those whose fault names such a one."""
    differing = {key: row for key, row in rows.items() if _differs(row, known.get(key))}
    named = {key: rows[key] for key, holder in losers.items() if holder in differing}
    return differing | named


def _differs(row: FileRow, before: FileRow | None) -> bool:
    return row is not before and (
        before is None or (row.hash, row.document) != (before.hash, before.document)
    )


@dataclass(slots=True)
class _Work:
    """Writes to the index, batch by batch; `changed` are the ids of documents stored or gone."""

    index: Index
    folders: dict[int, Folder]
    known: dict[Key, FileRow]
    losers: dict[Key, Key]
    changed: set[str] = field(default_factory=set)

    def store(self, batch: Sequence[FileRow]) -> None:
        """Store the documents of some files, then point the links that this concerns."""
        old: set[Name] = set()
        new: set[Name] = set()
        other_kind: set[Name] = set()
        with transaction(self.index.connection):
            for row in batch:
                before = self.known.get(row.key)
                dropped = self._drop_document(row.document)
                if before and before.document != row.document and self._gave(before):
                    dropped |= self._drop_document(before.document)
                old |= dropped
                if before and before.kind != row.kind:  # what is missing in a note leads to the note
                    other_kind |= dropped
            for row in batch:
                new |= self._store_file(row)
            _point(self.index, (old ^ new) | other_kind, {row.document for row in batch})

    def drop(self, gone: Sequence[FileRow]) -> None:
        """Drop files that are not there any more, and the documents they gave."""
        with transaction(self.index.connection):
            names: set[Name] = set()
            for row in gone:
                if self._gave(row):
                    names |= self._drop_document(row.document)
                self.index.forget(row)
            _point(self.index, names, ())

    def _gave(self, row: FileRow) -> bool:
        """Whether the document stored under the id of a file is still the one of this file."""
        return self.index.file_of(row.document) == row.key

    def _drop_document(self, document: str) -> set[Name]:
        """Drop a document where there is one; the names it had."""
        names = self.index.names_of(document)
        self.index.drop_document(document)
        self.changed |= {document} - {""}
        return names

    def _store_file(self, row: FileRow) -> set[Name]:
        """Store one file; the names that its document brings."""
        folder = self.folders[row.folder]
        path = clean_line(str(folder.path / row.relative))
        body = _read(folder, row.relative)
        if body is None:
            self.index.remember(row._replace(hash=UNREADABLE))
            self.index.add_faults(row, [Fault(path, 1, _UNREAD)])
            return set()
        from briefings.parser import parse  # as above

        parsed = parse(body, path=path, identity=row.document or row.declared)
        self.index.remember(row)
        self.index.add_faults(row, (*parsed.faults, *self._taken(row, path, parsed.identity_line)))
        document = parsed.document
        if document is None or not row.document:
            return set()
        items = items_of(document)
        names = names_of(document, items, row.relative)
        links = [(reference, _last_part(reference, document.id)) for reference in references_of(document)]
        self.index.add_document(row, document, items, names, links)
        return set(names)

    def _taken(self, row: FileRow, path: str, line: int) -> Iterator[Fault]:
        if row.key in self.losers:
            rank, relative = self.losers[row.key]
            holder = clean_line(str(self.folders[rank].path / relative))
            yield Fault(path, line, f"this id is held by {holder}; expected an id of its own")


def _last_part(reference: Reference, document: str) -> str:
    return last_part(fold(split_target(reference.target)[0] or document))


def _point(index: Index, names: set[Name], documents: Iterable[str]) -> None:
    """Point to where they lead now: the links in some documents, and those that use some names."""
    links: dict[int, LinkRow] = {}
    for document in documents:
        links.update(index.links_in(document))
    whole = {last_part(name.name) for name in names if "#" not in name.name}
    inside = {last_part(name.name) for name in names} - whole
    for last in whole:
        links.update(index.links_named(last))
    for last in inside:
        links.update(index.links_named(last, inside=True))
    resolver = Resolver(index)
    found = {number: resolver.resolve(link.target, link.document) for number, link in links.items()}
    leads = {number: item.id if item else "" for number, item in found.items()}
    index.point((item or None, number) for number, item in leads.items() if item != links[number].item)


def _read(folder: Folder, relative: str) -> bytes | None:
    """The bytes of a file, at most one more than a document may have; None where it cannot be read."""
    try:
        with Path(folder.path, relative).open("rb") as file:
            return file.read(limits.DOCUMENT_BYTES + 1)
    except OSError:
        return None


def _batches(rows: Iterable[FileRow]) -> Iterator[list[FileRow]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def is_locked(error: sqlite3.Error) -> bool:
    """Whether an error says that another process holds the index."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
