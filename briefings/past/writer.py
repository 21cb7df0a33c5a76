"""What is written of a past day over the index on disk: what lies below is hidden, never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from briefings.library.index import LinkRow
from briefings.library.schema import SCHEMA
from briefings.library.storing import Writer
from cache.overlay import overlay

_OF_DOCUMENTS = "document NOT IN (SELECT id FROM main.hidden)"

_HIDING = """
    CREATE TABLE hidden (number INTEGER PRIMARY KEY, id TEXT UNIQUE);
    CREATE TABLE hidden_links (number INTEGER PRIMARY KEY);
"""

_SHINING = {
    "files": "1",
    "documents": "number NOT IN (SELECT number FROM main.hidden)",
    "chunks": "document NOT IN (SELECT number FROM main.hidden)",
    "items": _OF_DOCUMENTS,
    "names": _OF_DOCUMENTS,
    "sinces": _OF_DOCUMENTS,
    "links": "number NOT IN (SELECT number FROM main.hidden_links)",
    "link_names": "link NOT IN (SELECT number FROM main.hidden_links)",
}
"""Faults and figures are those of today."""


def over(connection: sqlite3.Connection) -> sqlite3.Connection | None:
    """A connection that sees the index as it is on disk, until something is written over it; None where
    that cannot be. New documents are numbered after those below."""
    made = overlay(connection, schema=(*SCHEMA, _HIDING), shining=_SHINING)
    if made:
        made.execute("INSERT INTO main.sqlite_sequence SELECT * FROM base.sqlite_sequence")
        made.execute("INSERT INTO main.kinds SELECT * FROM base.kinds")
    return made


class PastWriter(Writer):
    """Writes over the index on disk; the full text is left as it is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM base.links").fetchone()
        super().__init__(connection, full_text=False, links_after=int(last))

    def drop_document(self, document: str) -> None:
        """Drop a document, above and below."""
        super().drop_document(document)
        execute, key = self.connection.execute, (document,)
        hidden = execute(
            "INSERT OR IGNORE INTO main.hidden SELECT number, id FROM base.documents WHERE id = ?", key
        )
        if hidden.rowcount:
            kind = "SELECT kind FROM base.documents WHERE id = ?"
            execute(f"UPDATE main.kinds SET documents = documents - 1 WHERE kind = ({kind})", key)
            links = "SELECT number FROM base.links WHERE document = ?"
            execute(f"INSERT OR IGNORE INTO main.hidden_links {links}", key)

    def point(self, links: Iterable[tuple[int, LinkRow]]) -> None:
        """Set the items that links lead to; those from below are taken up first."""
        moved = list(links)
        numbers = [(number,) for number, _ in moved]
        for table, column in (("links", "number"), ("link_names", "link")):
            taken = f"SELECT * FROM base.{table} WHERE {column} = ? AND {column} NOT IN"
            self.connection.executemany(
                f"INSERT INTO main.{table} {taken} (SELECT number FROM main.hidden_links)", numbers
            )
        self.connection.executemany("INSERT OR IGNORE INTO main.hidden_links VALUES (?)", numbers)
        super().point(moved)
