"""Documents that are no part of the library: read once, in memory, to be checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefings.documents.items import items_of
from briefings.documents.model import Document, Fault, Item
from briefings.documents.names import names_of
from briefings.documents.parser import parse
from briefings.library.folders import Folder
from briefings.library.index import FileRow, Index
from briefings.library.links import Resolver
from briefings.library.schema import SCHEMA
from briefings.library.storing import Writer
from briefings.library.update import update
from sources import limits


@dataclass(frozen=True, slots=True)
class Outside:
    """The documents of a file or folder, the faults in it, and a way to resolve links among them."""

    documents: tuple[Document, ...]
    faults: tuple[Fault, ...]
    resolver: Resolver

    def resolve(self, target: str, document: str) -> Item | None:
        """The item that a target means among these documents."""
        return self.resolver.resolve(target, document)


@contextmanager
def read_outside(path: Path) -> Iterator[Outside]:
    """A Markdown file, whatever its name, or all those of a folder."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for script in SCHEMA:
            connection.executescript(script)
        index = Index(connection, kept=False)
        yield _folder(index, path) if path.is_dir() else _file(index, path)


def _folder(index: Index, path: Path) -> Outside:
    update(index, [Folder(path, 0)])
    found = (index.document(listed.id) for listed in index.documents())
    return Outside(tuple(document for document in found if document), tuple(index.faults()), Resolver(index))


def _file(index: Index, path: Path) -> Outside:
    try:
        with path.open("rb") as file:
            body = file.read(limits.DOCUMENT_BYTES + 1)
    except OSError as error:
        return Outside((), (Fault(str(path), 1, f"cannot be read: {error.strerror}"),), Resolver(index))
    parsed = parse(body, path=str(path))
    document = parsed.document
    if document is None:
        return Outside((), parsed.faults, Resolver(index))
    row = FileRow(0, path.name, len(body), 0, "", document.kind, document.id, document.id)
    items = items_of(document)
    Writer(index.connection).add_document(row, document, items, names_of(document, items, path.name), ())
    return Outside((document,), parsed.faults, Resolver(index))
