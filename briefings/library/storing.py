"""What is written to the index: files with their documents, items, names, links, faults and full text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from briefings.documents.compiled import pack_blocks, pack_head, pack_sections
from briefings.documents.folding import sinces_of
from briefings.documents.items import Reference
from briefings.documents.model import Document, Fault, Item
from briefings.documents.names import Name
from briefings.library.index import FileRow, LinkRow
from briefings.library.sealed import item_row, sealed
from briefings.search.fulltext import FullText
from briefings.search.passages import Passage, passages_of
from cache.seals import seal_values

_MOST_WAITING = 2_000
"""Passages that wait in memory for the full text."""


class Writer:
    """Writes through a connection to the index; the caller opens and ends the transactions. Without
    `full_text` the full text is left as it is. Links are numbered from the one after `links_after` on."""

    def __init__(
        self, connection: sqlite3.Connection, *, full_text: bool = True, links_after: int = 0
    ) -> None:
        self.connection = connection
        self._links_after = links_after
        text = FullText(connection)
        self._text = text if full_text and text.is_there() else None
        self._waiting: list[tuple[int, list[Passage]]] = []

    def remember(self, row: FileRow) -> None:
        """Keep what is known of a file."""
        self.connection.execute(
            "INSERT OR REPLACE INTO main.files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (row.folder, row.relative, row.size, row.changed, row.hash, row.kind, row.declared, row.document),
        )

    def doubt(self, rows: Iterable[FileRow]) -> None:
        """Note that what is stored of these files is out of date, until they are remembered or forgotten."""
        keys = (row.key for row in rows)
        update = "UPDATE main.files SET hash = '' WHERE folder = ? AND relative = ?"
        self.connection.executemany(update, keys)

    def forget(self, row: FileRow) -> None:
        """Drop a file and its faults."""
        self.connection.execute("DELETE FROM main.faults WHERE folder = ? AND relative = ?", row.key)
        self.connection.execute("DELETE FROM main.files WHERE folder = ? AND relative = ?", row.key)

    def drop_document(self, document: str) -> None:
        """Drop a document with its items, names and links. Links to it still have to be pointed."""
        query = "SELECT number FROM main.documents WHERE id = ?"
        number = self.connection.execute(query, (document,)).fetchone()
        if number is None:
            return
        self.connection.execute("DELETE FROM main.chunks WHERE document = ?", number)
        if self._text:
            self._text.drop(*number)
        for statement in (
            "DELETE FROM main.link_names WHERE link IN (SELECT number FROM main.links WHERE document = ?)",
            "DELETE FROM main.items WHERE document = ?",
            "DELETE FROM main.names WHERE document = ?",
            "DELETE FROM main.links WHERE document = ?",
            "DELETE FROM main.sinces WHERE document = ?",
            "DELETE FROM main.documents WHERE id = ?",
        ):
            self.connection.execute(statement, (document,))

    def add_document(
        self,
        row: FileRow,
        document: Document,
        items: Sequence[Item],
        names: Sequence[Name],
        links: Sequence[tuple[Reference, Iterable[str]]],
    ) -> None:
        """Store a document. `links` are its references with the folded names that each may mean."""
        head, sections = sealed(pack_head(document)), sealed(pack_sections(document.sections))
        listed = (
            document.id, document.kind, document.title, document.title_zh, document.date,
            row.folder, row.relative,
        )  # fmt: skip
        columns = "id, kind, title, title_zh, date, folder, relative, head, sections, seal"
        inserted = self.connection.execute(
            f"INSERT INTO main.documents ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*listed, head, sections, seal_values(listed)),
        )
        number = inserted.lastrowid
        bodies = enumerate(map(sealed, pack_blocks(document.blocks)))
        self._many("chunks", 3, ((number, at, body) for at, body in bodies))
        self._many("items", 11, map(item_row, items))
        named = ((name.name, name.item, int(name.rank), document.id) for name in names)
        self._many("names", 5, ((*row, seal_values(row)) for row in named))
        self._many("sinces", 2, ((document.id, day.isoformat()) for day in sinces_of(document)))
        self._add_links(document.id, links)
        if self._text and number:
            self._waiting.append((number, list(passages_of(document))))
            if sum(len(passages) for _, passages in self._waiting) > _MOST_WAITING:
                self.add_texts()

    def add_texts(self) -> None:
        """Put the documents that were added since the last time into the full text: the last thing to do in a
        transaction, since what it holds in memory goes to disk whenever other tables are written to."""
        if self._text:
            for number, passages in self._waiting:
                self._text.put(number, passages)
        self._waiting.clear()

    def _add_links(self, document: str, links: Sequence[tuple[Reference, Iterable[str]]]) -> None:
        (last,) = self.connection.execute("SELECT coalesce(max(number), 0) FROM main.links").fetchone()
        numbered = list(enumerate(links, max(int(last), self._links_after) + 1))
        rows = ((document, link.source, link.block, link.target) for _, (link, _) in numbered)
        sealed_rows = (
            (at, *row, None, seal_values((*row, ""))) for (at, _), row in zip(numbered, rows, strict=True)
        )
        self._many("links", 7, sealed_rows)
        self._many("link_names", 2, ((name, at) for at, (_, names) in numbered for name in names))

    def add_faults(self, key: tuple[int, str], faults: Iterable[Fault]) -> None:
        """Keep the faults of a file, or of a folder itself, instead of those it had."""
        self.connection.execute("DELETE FROM main.faults WHERE folder = ? AND relative = ?", key)
        self._many("faults", 6, ((*key, f.path, f.line, f.severity, f.message) for f in faults))

    def point(self, links: Iterable[tuple[int, LinkRow]]) -> None:
        """Set the items that links (by number) lead to."""
        rows = ((link.item or None, seal_values(link), number) for number, link in links)
        self.connection.executemany("UPDATE main.links SET item = ?, seal = ? WHERE number = ?", rows)

    def _many(self, table: str, columns: int, rows: Iterable[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * columns)
        self.connection.executemany(f"INSERT OR IGNORE INTO main.{table} VALUES ({marks})", rows)
