"""What is known of all documents, on disk: reading a page asks here and opens no document file.

The index can be deleted at any time: `briefings.library.update` makes it again from the folders, by
what `briefings.library.storing` writes. Each connection belongs to one thread; several may read and one may
write at the same time.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from briefings.documents.compiled import unpack_head
from briefings.documents.model import Document, Fault, Item
from briefings.documents.names import Name, Rank
from briefings.library.schema import SCHEMA
from briefings.library.sealed import ITEM, LINK, LISTED, NAME, as_kept, checked, item_of, sealed, unsealed
from cache.connections import without_waiting
from cache.database import discard, open_database
from cache.passing import packed
from sources.text import fold

_LISTED = f"title COLLATE NOCASE AS sorted, {LISTED}"
_IN_LISTS = "date DESC, sorted, id"
_OF_ITEM = ", ".join(f"items.{column.strip()}" for column in ITEM.split(","))
_OF_NAME = ", ".join(f"names.{column.strip()}" for column in NAME.split(","))
_NAMED = 5
"""The columns of a name."""

_FIRST_LINKS = f"""
    WITH RECURSIVE others (item) AS (
        SELECT min(item) FROM links WHERE document = :document AND item > ''
        UNION ALL
        SELECT (SELECT min(item) FROM links WHERE document = :document AND item > others.item) FROM others
        WHERE others.item IS NOT NULL)
    SELECT {LINK} FROM links WHERE number IN (
        SELECT (SELECT min(number) FROM links WHERE document = :document AND item = others.item) FROM others)
    ORDER BY document, block, number"""
"""Steps from item to item by the index `links_between`: what stands between is not read."""


class FileRow(NamedTuple):
    """What the index knows of a file: its state on disk, and the document it gave.

    `hash` is empty where its document is not stored yet. `declared` is the id that the file asks
    for; `document` is empty for a file whose id another file holds.
    """

    folder: int
    relative: str
    size: int
    changed: int
    hash: str
    kind: str
    declared: str
    document: str

    @property
    def key(self) -> tuple[int, str]:
        return (self.folder, self.relative)


class LinkRow(NamedTuple):
    """A link to an item as it stands: `item` is empty when it dangles."""

    document: str
    source: str
    block: int
    target: str
    item: str


class Listed(NamedTuple):
    """A document in a list, without its text."""

    id: str
    kind: str
    title: str
    title_zh: str
    date: str
    folder: int
    relative: str


def index_path(folder: Path, library: Iterable[Path]) -> Path:
    """The index file of a set of library folders: each set has its own."""
    stamp = crc32("\0".join(str(path) for path in library).encode(errors="surrogateescape"))
    return folder / f"index-{stamp:08x}.db"


class Index:
    """One connection to the index. `notes` says in words what opening it came upon."""

    def __init__(
        self, connection: sqlite3.Connection, notes: tuple[str, ...] = (), kept: bool = True
    ) -> None:
        self.connection = connection
        self._before: sqlite3.Connection | None = None
        self.notes = notes
        self.kept = kept

    @classmethod
    def open(cls, path: Path) -> Index:
        """Open or make the index. Where that cannot be, it lives in memory only (`kept` is False)."""
        opened = open_database(path, schema=SCHEMA, name="index")
        return cls(opened.connection, opened.notes, opened.kept)

    @classmethod
    def anew(cls, path: Path) -> Index:
        """A new index in place of one in which damage was met."""
        try:
            note = discard(path, name="index")
        except OSError:  # another program was faster, or the folder cannot be used: opening will tell
            return cls.open(path)
        index = cls.open(path)
        index.notes = (note, *index.notes)
        return index

    def close(self) -> None:
        self._close_before()
        self.connection.close()

    def _close_before(self) -> None:
        if self._before is not None:
            self._before.close()

    def packed(self) -> bytes:
        """All that an index in memory holds, for one of another thread to hold."""
        return packed(self.connection)

    def take(self, connection: sqlite3.Connection) -> None:
        """Answer from now on by another database in memory, which no other thread uses any more. What still
        reads the one of before may go on, until yet another is taken."""
        self._close_before()
        self._before, self.connection = self.connection, connection

    @property
    def searched(self) -> sqlite3.Connection:
        """The connection to the database that holds the full text."""
        return self.connection

    # ------------------------------------------------------------------ reading

    def is_empty(self) -> bool:
        """Whether no document has been indexed yet."""
        return self._one("SELECT 1 FROM documents LIMIT 1") is None

    def revision(self) -> str:
        """A text that changes whenever a document is stored or dropped."""
        query = "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'documents'), sum(documents) FROM kinds"
        return " ".join(map(str, self._one(query) or ()))

    def document(self, name: str) -> Document | None:
        """The document with exactly this id; its blocks and sections are fetched when looked at."""
        row = self._one("SELECT number, head FROM documents WHERE id = ?", name)
        if row is None:
            return None
        number, head = row

        def chunk(at: int) -> str | None:
            found = self._one("SELECT body FROM chunks WHERE document = ? AND number = ?", number, at)
            return unsealed(found[0]) if found else None

        def sections() -> str | None:
            found = self._one("SELECT sections FROM documents WHERE number = ?", number)
            return unsealed(found[0]) if found else None

        return unpack_head(unsealed(head), chunk, sections)

    def numbered(self) -> Iterator[tuple[int, Document]]:
        """All documents with their numbers, one by one."""
        for number, name in self.connection.execute("SELECT number, id FROM documents").fetchall():
            if document := self.document(name):
                yield number, document

    def file_of(self, document: str) -> tuple[int, str] | None:
        """The (folder, relative path) of a document."""
        row = self._one("SELECT folder, relative FROM documents WHERE id = ?", document)
        return (int(row[0]), str(row[1])) if row else None

    def documents(self, *kinds: str) -> list[Listed]:
        """Documents of some kinds (all when none is named), newest first, then by title."""
        wanted = f"WHERE kind IN ({marks(kinds)})" if kinds else ""
        rows = self.connection.execute(
            f"SELECT {_LISTED} FROM documents {wanted} ORDER BY {_IN_LISTS}", kinds
        )
        return [Listed._make(checked(row[1:])) for row in rows]

    def part(self, kind: str, first: int, most: int) -> list[Listed]:
        """Some documents of a kind, from a place in its list on."""
        rows = self.connection.execute(
            f"SELECT {_LISTED} FROM documents WHERE kind = ? ORDER BY {_IN_LISTS} LIMIT ? OFFSET ?",
            (kind, most, first),
        )
        return [Listed._make(checked(row[1:])) for row in rows]

    def documents_with(self, kind: str) -> list[str]:
        """The ids of the documents that hold items of a kind."""
        rows = self.connection.execute("SELECT DISTINCT document FROM items WHERE kind = ?", (kind,))
        return [str(name) for (name,) in rows]

    def sinces_after(self, day: date) -> tuple[str, ...]:
        """The days after a day on which something of a document becomes known."""
        rows = self.connection.execute(
            "SELECT DISTINCT day FROM sinces WHERE day > ? ORDER BY day", (day.isoformat(),)
        )
        return tuple(str(each) for (each,) in rows)

    def known_later(self, day: date) -> list[str]:
        """The documents of which something becomes known after a day."""
        query = "SELECT DISTINCT document FROM sinces WHERE day > ?"
        return [str(name) for (name,) in self.connection.execute(query, (day.isoformat(),))]

    def first(self, kind: str) -> str:
        """The id of the document that a list of this kind begins with; empty where there is none."""
        first = self.part(kind, 0, 1)
        return first[0].id if first else ""

    def counts(self) -> dict[str, int]:
        """How many documents there are of each kind."""
        return dict(self.connection.execute("SELECT kind, documents FROM kinds WHERE documents"))

    def item(self, name: str) -> Item | None:
        """The item with exactly this whole id."""
        row = self._one(f"SELECT {ITEM} FROM items WHERE id = ?", name)
        return item_of(row) if row else None

    def items_of(self, document: str, *kinds: str) -> list[Item]:
        """The items in a document, in reading order."""
        wanted = f"AND kind IN ({marks(kinds)})" if kinds else ""
        rows = self.connection.execute(
            f"SELECT {ITEM} FROM items WHERE document = ? {wanted} ORDER BY block, id", (document, *kinds)
        )
        return [item_of(row) for row in rows]

    def item_at(self, document: str, block: int) -> Item | None:
        """The innermost section of a document around a block."""
        row = self._one(
            f"SELECT {ITEM} FROM items WHERE document = ? AND kind = 'section' AND block <= ?"
            " ORDER BY block DESC LIMIT 1",
            document, block,
        )  # fmt: skip
        return item_of(row) if row else None

    def owners(self, name: str) -> list[tuple[Item, Rank]]:
        """The items that a folded name may stand for, the most direct first."""
        rows = self.connection.execute(
            f"SELECT {_OF_NAME}, {_OF_ITEM} FROM names JOIN items ON items.id = names.item"
            " WHERE names.name = ? ORDER BY names.rank, items.path, items.id",
            (name,),
        )
        return [(item_of(row[_NAMED:]), Rank(checked(row[:_NAMED])[2])) for row in rows]

    def matching(self, words: Sequence[str], most: int) -> list[Item]:
        """Items one of whose names holds all the words; documents first, then shorter names."""
        conditions = " AND ".join("names.name LIKE ? ESCAPE '\\'" for _ in words) or "1"
        likes = ["%" + re.sub(r"([\\%_])", r"\\\1", fold(word)) + "%" for word in words]
        rows = self.connection.execute(
            f"SELECT {_OF_ITEM} FROM names JOIN items ON items.id = names.item WHERE {conditions}"
            " GROUP BY items.id ORDER BY min(names.rank), min(length(names.name)), items.id LIMIT ?",
            (*likes, most),
        )
        return [item_of(row) for row in rows]

    def all_names(self) -> list[str]:
        """Every folded name, for finding the nearest one."""
        return [str(row[0]) for row in self.connection.execute("SELECT DISTINCT name FROM names")]

    def links_to(self, item: str) -> list[LinkRow]:
        """The links that lead to an item, in the order of documents and blocks."""
        return self._links("item = ?", item)

    def links_into(self, item: str) -> list[LinkRow]:
        """The links that lead to an item or to a part of it, in the same order."""
        return self._links("item = ? OR (item > ? AND item < ?)", item, f"{item}#", f"{item}$")

    def links_from(self, document: str) -> list[LinkRow]:
        """The links of a document, in reading order."""
        return self._links("document = ?", document)

    def links_of(self, item: Item) -> list[LinkRow]:
        """The links that stand in an item of a document, in reading order."""
        return self._links("document = ? AND source = ?", item.document, item.id)

    def first_links_from(self, document: str) -> list[LinkRow]:
        """The first link of a document to each item, in reading order; a long text has many to each."""
        rows = self.connection.execute(_FIRST_LINKS, {"document": document})
        return [LinkRow._make(checked(row)) for row in rows]

    def linked_from(self, document: str) -> list[tuple[str, int]]:
        """The items that a document links to, each as often as it does, with the block of the link."""
        query = "SELECT item, block FROM links WHERE document = ? AND item > '' ORDER BY block, number"
        return self.connection.execute(query, (document,)).fetchall()

    def figures(self, stamp: str) -> dict[str, str]:
        """The texts of expressions that were worked out for a stamp, lists left out: their names begin
        with NUL, and they may be long."""
        query = "SELECT expression, text FROM figures WHERE stamp = ? AND expression >= char(1)"
        rows = self.connection.execute(query, (stamp,))
        return {name: text for name, stored in rows if (text := as_kept(stored)) is not None}

    def figure(self, name: str, stamp: str) -> str | None:
        """The text of one expression or list; None too where it is not as it was kept."""
        found = self._one("SELECT text FROM figures WHERE expression = ? AND stamp = ?", name, stamp)
        return as_kept(str(found[0])) if found else None

    def keep_figure(self, expression: str, stamp: str, text: str, *, patient: bool = False) -> bool:
        """Keep the text of an expression; whether that was done. While another process writes it is left
        out, by the `patient` only after some waiting."""
        query = "INSERT OR REPLACE INTO figures VALUES (?, ?, ?)"
        waiting = nullcontext() if patient else without_waiting(self.connection)
        with suppress(sqlite3.OperationalError), waiting:
            self.connection.execute(query, (expression, stamp, sealed(text)))
            return True
        return False

    def fault_count(self) -> int:
        """How many faults were found in files, warnings included."""
        return int(self.connection.execute("SELECT count(*) FROM faults").fetchone()[0])

    def faults(self) -> list[Fault]:
        """All faults found in files, by path and line."""
        rows = self.connection.execute(
            "SELECT path, line, message, severity FROM faults ORDER BY path, line, message"
        )
        return [Fault(*row) for row in rows]

    def file(self, key: tuple[int, str]) -> FileRow | None:
        """What is known of the file with this folder and relative path."""
        row = self._one("SELECT * FROM files WHERE folder = ? AND relative = ?", *key)
        return FileRow._make(row) if row else None

    def names_of(self, document: str) -> set[Name]:
        """The names that a document and its items have."""
        rows = self.connection.execute("SELECT name, item, rank FROM names WHERE document = ?", (document,))
        return {Name(name, item, Rank(rank)) for name, item, rank in rows}

    def links_in(self, document: str) -> list[tuple[int, LinkRow]]:
        """The links of a document, with their numbers."""
        return self._numbered("links WHERE document = ?", document)

    def links_named(self, name: str, *, inside: bool = False) -> list[tuple[int, LinkRow]]:
        """The links, with their numbers, that may mean a folded name; `inside` leaves out those that
        name no section."""
        joined = "link_names JOIN links ON links.number = link_names.link WHERE link_names.name = ?"
        return self._numbered(joined + " AND instr(target, '#')" * inside, name)

    def _numbered(self, tables: str, value: str) -> list[tuple[int, LinkRow]]:
        rows = self.connection.execute(f"SELECT number, {LINK} FROM {tables}", (value,))
        return [(row[0], LinkRow._make(checked(row[1:]))) for row in rows]

    def _links(self, condition: str, *values: str) -> list[LinkRow]:
        rows = self.connection.execute(
            f"SELECT {LINK} FROM links WHERE {condition} ORDER BY document, block, number",
            values,
        )
        return [LinkRow._make(checked(row)) for row in rows]

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self.connection.execute(query, values).fetchone()
        return row


def marks(values: Sequence[object]) -> str:
    """The places of values in a query: `?, ?`."""
    return ", ".join("?" * len(values))
