"""Folders of documents, looked at without opening a file."""

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from cache.paths import read_whole
from sources import limits

_SUFFIXES = (".md", ".markdown")


class Folder(NamedTuple):
    """A folder of the library. `rank` orders folders: of two equal ids the lower rank wins."""

    path: Path
    rank: int
    bundled: bool = False


class LeftOut(NamedTuple):
    """What was not looked at in a folder: `relative` to it with `/`, empty for the folder itself, and why."""

    relative: str
    words: str


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
    return Path(__file__).parents[1] / "bundled"


def ranked(own: Path, others: tuple[Path, ...] = ()) -> tuple[Folder, ...]:
    """The bundled folder, the user's own and further ones, in their order of rank."""
    paths = [bundled_folder(), own, *others]
    return tuple(Folder(path, rank, bundled=rank == 0) for rank, path in enumerate(paths))


def read_file(folder: Folder, relative: str) -> bytes | None:
    """The bytes of a file, at most one more than a document may have; None where it cannot be read."""
    try:
        return read_whole(Path(folder.path, relative), limits.DOCUMENT_BYTES + 1)
    except OSError:
        return None


def digest_of(body: bytes) -> str:
    """What tells one text from another: its SHA-256."""
    from hashlib import sha256  # 4 ms, needed only where something differs

    return sha256(body).hexdigest()


def scan(folder: Folder, left_out: list[LeftOut] | None = None) -> Iterator[File]:
    """The Markdown files of a folder and its sub-folders.

    Hidden names and things that are no files (pipes, devices) are passed over; a folder reached twice
    through links is read once. A folder that is not there is empty. In a name that is no UTF-8, U+FFFD
    stands for what is wrong: no file is found under it. `left_out` gets the folders that cannot be read,
    and the words for each limit that was met.
    """
    walk = _Walk([] if left_out is None else left_out)
    walk.waiting.append((os.fspath(folder.path), ""))
    while at := walk.next_folder():
        path, prefix = at
        with walk.entries(path, prefix) as (folder_held, entries):
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                name = prefix + _as_text(entry.name)
                if _is_folder(entry):
                    walk.enter(entry, path, f"{name}/")
                elif name.lower().endswith(_SUFFIXES) and (status := _file_status(entry.name, folder_held)):
                    if walk.is_full():
                        return
                    yield File(folder.rank, name, status.st_size, status.st_mtime_ns)


class _Walk:
    """What is still to be looked at: a folder's own sub-folders come before those behind links."""

    def __init__(self, left_out: list[LeftOut]) -> None:
        self.waiting: list[tuple[str, str]] = []
        self._linked: list[tuple[str, str]] = []
        self._seen: set[tuple[int, int]] = set()
        self._left_out = left_out
        self._looked_at = 0
        self._files = 0
        self._unreadable = 0

    def next_folder(self) -> tuple[str, str] | None:
        """The path and relative name of the next folder."""
        waiting = self.waiting or self._linked
        return waiting.pop() if waiting else None

    @contextmanager
    def entries(self, path: str, prefix: str) -> Iterator[tuple[int, list[os.DirEntry[str]]]]:
        """What stands in a folder, by name; nothing of one that was seen before, or is gone.

        The folder is held open meanwhile, by the number that comes with it: from there a file is looked at
        in two thirds of the time that its whole path takes.
        """
        held, entries = -1, []
        with ExitStack() as at_end:
            try:
                held = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
                at_end.callback(os.close, held)
                entries = self._listed(held)
            except (FileNotFoundError, NotADirectoryError):
                pass
            except OSError as error:
                self._tell_unreadable(prefix.removesuffix("/"), error)
            yield held, entries

    def _listed(self, folder: int) -> list[os.DirEntry[str]]:
        here = os.fstat(folder)
        if (here.st_dev, here.st_ino) in self._seen:
            return []
        self._seen.add((here.st_dev, here.st_ino))
        with os.scandir(folder) as found:
            entries = list(islice(found, limits.LIBRARY_ENTRIES - self._looked_at))
        self._looked_at += len(entries)
        if self._looked_at >= limits.LIBRARY_ENTRIES:
            self._leave_out(f"it and the folders it links to hold {limits.LIBRARY_ENTRIES:,} names or more")
            self.waiting, self._linked = [], []
        return sorted(entries, key=attrgetter("name"))

    def enter(self, entry: os.DirEntry[str], folder: str, name: str) -> None:
        """Look at a sub-folder later, unless it is too deep."""
        if name.count("/") > limits.LIBRARY_LEVELS:
            self._leave_out(f"folders stand more than {limits.LIBRARY_LEVELS} deep in each other")
        else:
            (self._linked if entry.is_symlink() else self.waiting).append((f"{folder}/{entry.name}", name))

    def is_full(self) -> bool:
        """Whether so many files have been found that no more are read."""
        self._files += 1
        if self._files > limits.LIBRARY_FILES:
            self._leave_out(f"it holds more than {limits.LIBRARY_FILES:,} documents")
        return self._files > limits.LIBRARY_FILES

    def _leave_out(self, why: str) -> None:
        bound = LeftOut("", f"{why}; what is beyond that is left out")
        if bound not in self._left_out:
            self._left_out.append(bound)

    def _tell_unreadable(self, relative: str, error: OSError) -> None:
        self._unreadable += 1
        if self._unreadable <= limits.FAULTS_PER_FILE:
            words = f"this folder cannot be read ({error.strerror}); what it holds is left out"
            self._left_out.append(LeftOut(relative, words))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _file_status(name: str, folder: int) -> os.stat_result | None:
    """The state of a regular file in an open folder; None for anything else."""
    try:
        status = os.stat(name, dir_fd=folder)
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _as_text(name: str) -> str:
    return name if name.isascii() else name.encode(errors="surrogateescape").decode(errors="replace")
