"""Folders of documents, looked at without opening a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_SUFFIXES = (".md", ".markdown")


class Folder(NamedTuple):
    """A folder of the library. `rank` orders folders: of two equal ids the lower rank wins."""

    path: Path
    rank: int
    bundled: bool = False


class File(NamedTuple):
    """A Markdown file as the disk shows it: `relative` to its folder with `/`, size in bytes,
    time of change in nanoseconds."""

    folder: int
    relative: str
    size: int
    changed: int

    @property
    def key(self) -> tuple[int, str]:
        return (self.folder, self.relative)


def bundled_folder() -> Path:
    """Where the documents that ship with the package are."""
    from importlib.resources import files  # about 5 ms, needed only when the disk is compared

    return Path(str(files("briefings").joinpath("bundled")))


def folders(own: Path, others: tuple[Path, ...] = ()) -> tuple[Folder, ...]:
    """The bundled folder, the user's own and further ones, in their order of rank."""
    paths = [bundled_folder(), own, *others]
    return tuple(Folder(path, rank, bundled=rank == 0) for rank, path in enumerate(paths))


def scan(folder: Folder) -> Iterator[File]:
    """The Markdown files of a folder and its sub-folders.

    Hidden names, things that are no files (pipes, devices) and folders that cannot be read are
    passed over; a folder reached twice through links is read once. A folder that is not there is
    empty. In a name that is no UTF-8, U+FFFD stands for what is wrong: no file is found under it.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [(os.fspath(folder.path), "")]
    while waiting:
        path, prefix = waiting.pop()
        inner = []
        for entry, status in _entries(path, seen):
            name = prefix + _as_text(entry.name)
            if stat.S_ISDIR(status.st_mode):
                inner.append((entry.path, f"{name}/"))
            elif stat.S_ISREG(status.st_mode) and name.lower().endswith(_SUFFIXES):
                yield File(folder.rank, name, status.st_size, status.st_mtime_ns)
        waiting += reversed(inner)


def _entries(path: str, seen: set[tuple[int, int]]) -> list[tuple[os.DirEntry[str], os.stat_result]]:
    """What stands in a folder, by name; nothing of one that was seen before."""
    try:
        here = Path(path).stat()
        if (here.st_dev, here.st_ino) in seen:
            return []
        seen.add((here.st_dev, here.st_ino))
        with os.scandir(path) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []
    shown = ((entry, _status(entry)) for entry in entries if not entry.name.startswith("."))
    return [(entry, status) for entry, status in shown if status]


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat()
    except OSError:
        return None


def _as_text(name: str) -> str:
    return name if name.isascii() else name.encode(errors="surrogateescape").decode(errors="replace")
