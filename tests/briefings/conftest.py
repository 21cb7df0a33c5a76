"""A shelf: a folder of files and the index of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from briefings.documents.model import Document
from briefings.library.folders import Folder
from briefings.library.index import Index
from briefings.library.links import Resolver
from briefings.library.update import Changes, Progress, update


class Shelf:
    """Files in a folder of the library, and what the index knows of them."""

    def __init__(self, path: Path, index: Path) -> None:
        self.path = path
        self.index_path = index
        self.index = Index.open(index)
        self.folders: tuple[Folder, ...] = (Folder(path, 0),)
        path.mkdir(exist_ok=True)

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files, without looking at them yet."""
        for name, content in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def put(self, files: Mapping[str, str | bytes]) -> Changes:
        """Write files and bring the index up to date."""
        self.write(files)
        return self.update()

    def remove(self, *names: str) -> Changes:
        """Delete files and bring the index up to date."""
        for name in names:
            (self.path / name).unlink()
        return self.update()

    def touch(self, name: str) -> None:
        """Make a file look changed."""
        status = (self.path / name).stat()
        os.utime(self.path / name, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))

    def update(self, progress: Progress | None = None) -> Changes:
        """Bring the index up to date."""
        return update(self.index, self.folders, progress)

    def ids(self) -> set[str]:
        """The ids of all documents."""
        return {listed.id for listed in self.index.documents()}

    def document(self, name: str) -> Document:
        """The document with this id."""
        document = self.index.document(name)
        assert document is not None, f"no {name} among {self.ids()}"
        return document

    def text(self, name: str) -> str:
        """The text of the document with this id."""
        return "\n".join(block.text for block in self.document(name).blocks)

    def lead(self, document: str) -> dict[str, str]:
        """Where the links of a document lead, as stored: their targets and the ids of items, or nothing."""
        return {link.target: link.item for link in self.index.links_from(document)}

    def resolve(self, target: str, document: str = "") -> str:
        """The id that a target means, or nothing."""
        item = Resolver(self.index).resolve(target, document)
        return item.id if item else ""

    def faults(self) -> list[str]:
        """All faults, the folder left out of them."""
        return [str(fault).replace(f"{self.path}/", "") for fault in self.index.faults()]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty shelf."""
    with closing(Shelf(tmp_path / "shelf", tmp_path / "cache" / "index.db")) as shelf:
        yield shelf
