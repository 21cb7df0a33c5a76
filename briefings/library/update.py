"""Bring the index up to date with the folders: only what differs is read.

A file is looked at again when its size or time of change differs, and read again when its hash
does. Each batch is one transaction, so that a kill at any moment leaves whole documents.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from briefings.documents.items import items_of
from briefings.documents.model import Fault
from briefings.documents.names import Name
from briefings.library.files import Files
from briefings.library.folders import File, Folder, LeftOut, digest_of, read_file, scan
from briefings.library.index import FileRow, Index
from briefings.library.pointing import point, put
from briefings.library.storing import Writer
from briefings.search.fulltext import FullText
from cache.connections import transaction
from sources.text import clean_line

if TYPE_CHECKING:
    from briefings.documents.identity import Key

BATCH = 100
"""Files stored in one transaction."""

TOLD = 10
"""Files between two reports of progress."""

DOUBTED, UNREADABLE = "", "unreadable"
"""Hashes of files whose document is not stored yet, or which could not be read."""

_UNREAD = "cannot be read; expected a file that you may read, with a name in UTF-8"

Progress = Callable[[int, int], None]
"""(files done, files in all); what it raises stops the update, and a batch under way is not stored."""


class Changes(NamedTuple):
    """What an update changed: the ids of documents stored or gone, the files that were read or have gone,
    and whether other things are said of whole folders."""

    documents: frozenset[str] = frozenset()
    files: tuple[Key, ...] = ()
    bounds: bool = False

    @property
    def read(self) -> int:
        """How many files were read, those that have gone among them."""
        return len(self.files)

    def __bool__(self) -> bool:
        return bool(self.documents or self.files or self.bounds)


def update(index: Index, folders: Sequence[Folder], progress: Progress | None = None) -> Changes:
    """Compare the folders with the index and store what differs. Raises sqlite3.OperationalError
    when another process holds the index for longer than a moment: what it does will do."""
    _make_searchable(index)
    seen = _look(index, folders)
    retold = _tell_bounds(index, seen.bounds)
    if not (seen.differing or seen.gone):
        return Changes(bounds=retold)
    by_rank = {folder.rank: folder for folder in folders}
    known, rows, losers = _decide(index, by_rank, seen)
    gone = [known[key] for key in seen.gone if key in known]  # another process may have been there first
    todo = _to_store(rows, losers, known)
    touched = [row for key, row in rows.items() if row != known.get(key) and key not in todo]
    if not (gone or todo or touched):
        return Changes(bounds=retold)
    writer = Writer(index.connection)
    with transaction(index.connection):
        writer.doubt((*todo.values(), *gone))
        for row in touched:
            writer.remember(row)
    work = _Work(index, by_rank, known, losers)
    for number, batch in enumerate(_batches(todo.values())):
        work.store(batch, _teller(progress, number * BATCH, len(todo)))
    work.drop(gone)
    return Changes(frozenset(work.changed), (*todo, *seen.gone), retold)


def _make_searchable(index: Index) -> None:
    """Make the full text where it is missing, from the documents that are stored."""
    text = FullText(index.connection)
    if text.is_there():
        return
    from briefings.search.passages import passages_of

    with transaction(index.connection):
        if text.make():
            for number, document in index.numbered():
                text.put(number, passages_of(document))


def _teller(progress: Progress | None, before: int, total: int) -> Callable[[int], None]:
    """What is told of a batch, that so many of its files are done, when `before` were done before it."""

    def tell(done: int) -> None:
        if progress:
            progress(before + done, total)

    return tell


class _Looked(NamedTuple):
    """What a look at the folders found: files that are new or look otherwise than before, keys of those
    that have gone, and what was left out of each folder."""

    differing: list[File]
    gone: list[Key]
    bounds: dict[Key, list[Fault]]


def _look(index: Index, folders: Sequence[Folder]) -> _Looked:
    """Look at each file on disk, without opening it."""
    files = Files(index)
    unseen = files.states((DOUBTED, UNREADABLE))
    differing: list[File] = []
    bounds: dict[Key, list[Fault]] = {}
    for folder in folders:
        left_out: list[LeftOut] = []
        for file in scan(folder, left_out):
            if file in unseen:
                unseen.remove(file)
            else:
                differing.append(file)
        bounds[folder.rank, ""] = [_bound(folder, each) for each in left_out]
    missed = {*(state[:2] for state in unseen), *files.hashed((DOUBTED, UNREADABLE))}
    return _Looked(differing, sorted(missed - {file.key for file in differing}), bounds)


def _bound(folder: Folder, left_out: LeftOut) -> Fault:
    return Fault(clean_line(str(folder.path / left_out.relative)), 1, left_out.words, "warning")


def _tell_bounds(index: Index, bounds: dict[Key, list[Fault]]) -> bool:
    """Keep what is said of whole folders; whether it differs from what was said before."""
    files = Files(index)
    differing = {key: faults for key, faults in bounds.items() if files.faults(key) != faults}
    if differing:
        writer = Writer(index.connection)
        with transaction(index.connection):
            for key, faults in differing.items():
                writer.add_faults(key, faults)
    return bool(differing)


def _looked_at(file: File, before: FileRow | None, body: bytes | None) -> FileRow:
    """The row of a file that was opened. It keeps its document where it asks for the same id as before."""
    digest = UNREADABLE if body is None else digest_of(body)
    if before and before.hash == digest:
        return before._replace(size=file.size, changed=file.changed)
    from briefings.documents.parser import peek  # the parser is needed only where something differs

    kind, declared = ("", "") if body is None else peek(body)
    document = ""
    if before and before.hash != DOUBTED and (before.kind, before.declared) == (kind, declared):
        document = before.document
    return FileRow(*file, digest, kind, declared, document)


class _Decided(NamedTuple):
    """What was known of files, what is now, and for files that got no id who holds it. Where no id is in
    question only the files that look otherwise are among them, else all."""

    known: dict[Key, FileRow]
    rows: dict[Key, FileRow]
    losers: dict[Key, Key]


def _decide(index: Index, folders: dict[int, Folder], seen: _Looked) -> _Decided:
    """Open the files that look otherwise, and give each its id."""
    known = {file.key: row for file in seen.differing if (row := index.file(file.key))}
    rows = {
        file.key: _looked_at(file, known.get(file.key), read_file(folders[file.folder], file.relative))
        for file in seen.differing
    }
    if not seen.gone and all(key in known and row.document for key, row in rows.items()):
        return _Decided(known, rows, {})
    known = Files(index).all()
    gone = set(seen.gone)
    rows = {key: row for key, row in known.items() if key not in gone} | rows
    return _Decided(known, *_identified(rows))


def _identified(rows: dict[Key, FileRow]) -> tuple[dict[Key, FileRow], dict[Key, Key]]:
    """The rows with the ids of their documents, and for those that got none who holds their id."""
    from briefings.documents.identity import Claimant, identities  # 3 ms, needed only where something differs

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


class _Work:
    """Writes to the index, batch by batch; `changed` are the ids of documents stored or gone."""

    def __init__(
        self,
        index: Index,
        folders: dict[int, Folder],
        known: dict[Key, FileRow],
        losers: dict[Key, Key],
    ) -> None:
        self.index = index
        self.writer = Writer(index.connection)
        self.folders = folders
        self.known = known
        self.losers = losers
        self.changed: set[str] = set()

    def store(self, batch: Sequence[FileRow], tell: Callable[[int], None]) -> None:
        """Store the documents of some files, then point the links that this concerns.

        `tell` hears now and then how many are done; the whole number once they are stored."""
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
            for done, row in enumerate(batch):
                if done and done % TOLD == 0:
                    tell(done)
                new |= self._store_file(row)
            documents = {row.document for row in batch}
            point(self.index, self.writer, (old ^ new) | other_kind, old | new, documents)
            self.writer.add_texts()
        tell(len(batch))

    def drop(self, gone: Sequence[FileRow]) -> None:
        """Drop files that are not there any more, and the documents they gave."""
        with transaction(self.index.connection):
            names: set[Name] = set()
            for row in gone:
                if self._gave(row):
                    names |= self._drop_document(row.document)
                self.writer.forget(row)
            point(self.index, self.writer, names, names, ())

    def _gave(self, row: FileRow) -> bool:
        """Whether the document stored under the id of a file is still the one of this file."""
        return self.index.file_of(row.document) == row.key

    def _drop_document(self, document: str) -> set[Name]:
        """Drop a document where there is one; the names it had."""
        names = self.index.names_of(document)
        self.writer.drop_document(document)
        self.changed |= {document} - {""}
        return names

    def _store_file(self, row: FileRow) -> set[Name]:
        """Store one file; the names that its document brings."""
        folder = self.folders[row.folder]
        path = clean_line(str(folder.path / row.relative))
        body = read_file(folder, row.relative)
        if body is None:
            self.writer.remember(row._replace(hash=UNREADABLE))
            self.writer.add_faults(row.key, [Fault(path, 1, _UNREAD)])
            return set()
        from briefings.documents.parser import parse  # as above

        parsed = parse(body, path=path, identity=row.document or row.declared)
        self.writer.remember(row)
        self.writer.add_faults(row.key, (*parsed.faults, *self._taken(row, path, parsed.identity_line)))
        document = parsed.document
        if document is None or not row.document:
            return set()
        return put(self.writer, row, document, items_of(document))

    def _taken(self, row: FileRow, path: str, line: int) -> Iterator[Fault]:
        if row.key in self.losers:
            rank, relative = self.losers[row.key]
            holder = clean_line(str(self.folders[rank].path / relative))
            yield Fault(path, line, f"this id is held by {holder}; expected an id of its own")


def _batches(rows: Iterable[FileRow]) -> Iterator[list[FileRow]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def is_locked(error: sqlite3.Error) -> bool:
    """Whether an error says that another process holds the index."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
