"""The file behind the document that is read: whether it differs from what is stored, what is wrong in it."""

from __future__ import annotations

import stat
from functools import cached_property
from pathlib import Path

from briefings.desk import Desk
from briefings.library.folders import Folder
from briefings.library.index import FileRow
from sources.text import clean_line
from tui.files.words import short_path

Key = tuple[int, str]


class OpenFile:
    """Watches the file of one document by its path, also while a fault keeps it from the index."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._keys: dict[str, Key] = {}
        self._document = ""
        self._shown: FileRow | None = None
        self._told: tuple[object, object] = (None, None)

    def show(self, document: str) -> None:
        """The document is shown as the index has it now; an empty id watches nothing."""
        self._document = document
        self._shown = self._stored(document)

    def differs(self) -> bool:
        """Whether the disk holds another state of the file than the index."""
        stored, found = self._states()
        return stored != found

    def has_changed(self) -> bool:
        """Whether the file differs; said once of each state, since a comparison may not settle it."""
        states = self._states()
        if states[0] == states[1] or states == self._told:
            return False
        self._told = states
        return True

    def is_stored_anew(self) -> bool:
        """Whether the index holds another text of the file than the one that is shown."""
        stored = self._stored(self._document)
        return _hash(stored) not in (None, "") and _hash(stored) != _hash(self._shown)

    def trouble(self, document: str = "") -> str:
        """The first error in the file of a document (of the shown one by default); empty when it is sound."""
        path = self._path(document or self._document)
        if path is None:
            return ""
        name = clean_line(str(path))
        fault = next((f for f in self._desk.faults() if f.path == name and f.severity == "error"), None)
        return f"{short_path(name)}:{fault.line}  {fault.message}" if fault else ""

    @cached_property
    def _folders(self) -> tuple[Folder, ...]:
        return self._desk.library.folders()

    def _key(self, document: str) -> Key | None:
        """Where a document stands, or stood when it was last seen in this run."""
        key = self._desk.index.file_of(document) or self._keys.get(document)
        if key:
            self._keys[document] = key
        return key

    def _path(self, document: str) -> Path | None:
        key = self._key(document)
        return self._folders[key[0]].path / key[1] if key else None

    def _stored(self, document: str) -> FileRow | None:
        key = self._key(document)
        return self._desk.index.file(key) if key else None

    def _states(self) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        """(size, time of change in nanoseconds) in the index and on disk; None where the file is not."""
        path = self._path(self._document)
        if path is None:
            return None, None
        row = self._stored(self._document)
        return (row.size, row.changed) if row else None, _on_disk(path)


def _hash(row: FileRow | None) -> str | None:
    return row.hash if row else None


def _on_disk(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
