"""All files that an index knows, for who compares them with the disk or with the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefings.documents.model import Fault
from briefings.library.index import FileRow, Index, marks

if TYPE_CHECKING:
    from briefings.documents.identity import Key


class Files:
    """The files of an index, as they were when it was brought up to date."""

    def __init__(self, index: Index) -> None:
        self._connection = index.connection

    def all(self) -> dict[Key, FileRow]:
        """All files known, by folder and relative path."""
        rows = self._connection.execute("SELECT * FROM files")
        return {row[:2]: FileRow._make(row) for row in rows}

    def states(self, besides: Sequence[str]) -> set[tuple[int, str, int, int]]:
        """Folder, relative path, size and time of change of all files but those with some hashes."""
        query = f"SELECT folder, relative, size, changed FROM files WHERE hash NOT IN ({marks(besides)})"
        return set(self._connection.execute(query, besides))

    def hashed(self, hashes: Sequence[str]) -> list[Key]:
        """Folder and relative path of the files with some hashes."""
        query = f"SELECT folder, relative FROM files WHERE hash IN ({marks(hashes)})"
        return self._connection.execute(query, hashes).fetchall()

    def hashes(self, folder: int) -> dict[str, str]:
        """The hashes of the files of a folder, by relative path."""
        query = "SELECT relative, hash FROM files WHERE folder = ?"
        return dict(self._connection.execute(query, (folder,)))

    def digests(self) -> dict[str, str]:
        """The hashes of the files that gave a document, plain notes left out, by the document's id."""
        query = "SELECT document, hash FROM files WHERE kind > '' AND document > ''"
        return dict(self._connection.execute(query))

    def faults(self, key: Key) -> list[Fault]:
        """The faults of a file; with an empty relative path those of a folder itself."""
        query = "SELECT path, line, message, severity FROM faults WHERE folder = ? AND relative = ?"
        return [Fault(*row) for row in self._connection.execute(query, key)]
