"""Lists in the user's own folder: YAML that reads well in a diff, changed an entry at a time.

An entry is added at the end and taken out where it stands; whatever else the file holds stays as it is,
and a file that is not laid out as it is written here is left alone.
"""

from __future__ import annotations

import codecs
import errno
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from briefings.documents.fields import Fields, Problem
from briefings.documents.model import Fault
from cache.paths import make_private, read_whole, write_private
from sources.loader import MappingNode, SequenceNode, load
from sources.text import clean_line, decode

WAIT_MILLISECONDS = 1_000
"""How long a change waits for that of another process: it takes some milliseconds."""


class Placed(Protocol):
    """An entry that knows on which line of its file it begins."""

    @property
    def line(self) -> int: ...


Entry = TypeVar("Entry", bound=Placed)


class Unwritable(ValueError):  # noqa: N818  (names what the file is)
    """The file cannot be changed without harm to what it holds. `str()` says why, with file and line; `where`
    is the `file:line` of the first fault, empty where the layout as a whole is in the way."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True, slots=True)
class Held(Generic[Entry]):
    """The entries of a file that can be read, oldest first, and what is wrong in it."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnList(Generic[Entry]):
    """A file of entries. `head` begins a new one; `many` and `one` are what is expected, in words.

    `read_entry` makes an entry of its fields, `write_entry` its YAML, with the line break at its end.
    """

    file: str
    head: str
    many: str
    one: str
    read_entry: Callable[[Fields], Entry | None]
    write_entry: Callable[[Entry], str]

    def read(self, folder: Path) -> Held[Entry]:
        """What the file of a folder holds; nothing where there is none. Never raises."""
        path = folder / self.file
        try:
            body = read_whole(path)
        except FileNotFoundError:
            return Held()
        except OSError as error:
            return Held((), (Fault(str(path), 1, f"cannot be read: {error.strerror}"),))
        decoded = decode(body)
        if decoded.bad_line:
            return Held((), (Fault(str(path), decoded.bad_line, "not UTF-8; save the file as UTF-8"),))
        return self.parse(decoded.text, str(path))

    def parse(self, text: str, path: str) -> Held[Entry]:
        """The entries of such a file's text, and its faults with lines."""
        loaded = load(text)
        problems = [Problem(line, words) for line, words in loaded.faults]
        nodes = loaded.node.items if isinstance(loaded.node, SequenceNode) else ()
        if loaded.node is not None and not isinstance(loaded.node, SequenceNode):
            problems.append(Problem(loaded.node.line, f"expected {self.many}"))
        entries = []
        for node in nodes:
            if isinstance(node, MappingNode):
                entries.append(self.read_entry(Fields(node, problems)))
            else:
                problems.append(Problem(node.line, f"expected {self.one}"))
        faults = (Fault(path, each.line, each.message, each.severity) for each in problems)
        known = tuple(entry for entry in entries if entry is not None)
        return Held(known, tuple(sorted(faults, key=lambda fault: fault.line)))

    def add(self, folder: Path, entry: Entry) -> Entry:
        """Add an entry at the end of the file, which is made where there is none; the entry with its line.

        Raises `Unwritable`, and `OSError` after which the file is as it was.
        """

        def added(text: str, entries: tuple[Entry, ...]) -> tuple[str, tuple[Entry, ...]]:
            start = f"{text.rstrip()}\n" if text.strip() else self.head
            return f"{start}\n{self.write_entry(entry)}", (*entries, entry)

        return self._changed(folder, added)[-1]

    def take(self, folder: Path, is_meant: Callable[[Entry], bool]) -> Entry | None:
        """Take the last of the entries that are meant out of the file; None where there is none.

        Raises `Unwritable`, and `OSError` after which the file is as it was.
        """
        found: list[Entry] = []

        def taken(text: str, entries: tuple[Entry, ...]) -> tuple[str, tuple[Entry, ...]]:
            place = max((at for at, each in enumerate(entries) if is_meant(each)), default=None)
            if place is None:
                return text, entries
            found.append(entries[place])
            return _without(text, entries, place), (*entries[:place], *entries[place + 1 :])

        self._changed(folder, taken)
        return next(iter(found), None)

    def undo(self, folder: Path, entry: Entry) -> Entry | None:
        """Take out the entry that was added, wherever it stands; None where it has gone already. Raises as
        `take`."""
        written = self.write_entry(entry)
        return self.take(folder, lambda each: self.write_entry(each) == written)

    def _changed(
        self,
        folder: Path,
        change: Callable[[str, tuple[Entry, ...]], tuple[str, tuple[Entry, ...]]],
    ) -> tuple[Entry, ...]:
        """Change the file while nobody else does; what it holds then. Written only if it reads as meant.

        `change` gets the text and its entries; it gives the text to write, and the entries it is to hold.
        """
        if not folder.is_dir():
            make_private(folder)
        path = folder / self.file
        with alone(folder):
            before = self.read(folder)
            errors = [fault for fault in before.faults if fault.severity == "error"]
            if errors:
                first = errors[0]
                raise Unwritable(f"{first}; mend it first", f"{first.path}:{first.line}")
            body = read_whole(path) if path.exists() else b""
            text = decode(body).text
            made, meant = change(text, before.entries)
            found = self.parse(made, str(path)).entries
            if list(map(self.write_entry, found)) != list(map(self.write_entry, meant)):
                raise Unwritable(f"{path} is not laid out as briefing writes it; change it by hand")
            if made != text:
                write_private(path, _as_bytes(made, body))
            return found


def _as_bytes(text: str, before: bytes) -> bytes:
    """A text as a file that keeps its byte order mark, and the line breaks of Windows if it has no others."""
    head = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    breaks = before.count(b"\n")
    if breaks and before.count(b"\r\n") == breaks:
        text = text.replace("\n", "\r\n")
    return head + text.encode()


def on_one_line(text: str) -> str:
    """Clean text on one line, without blanks that stand together."""
    return " ".join(clean_line(text).split())


def quoted(text: str) -> str:
    """A text of the user as YAML: in quotes as JSON has it, which YAML reads the same."""
    return json.dumps(text, ensure_ascii=False)


def _without(text: str, entries: Sequence[Placed], place: int) -> str:
    """The text without one entry; blank lines and comments before the next one stay."""
    lines = text.split("\n")
    first = entries[place].line - 1
    after = [entry.line - 1 for entry in entries if entry.line - 1 > first]
    last = min(after, default=len(lines))
    while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
        last -= 1
    if first and not lines[first - 1].strip() and not "".join(lines[last : last + 1]).strip():
        first -= 1  # of two blank lines in a row one stays
    kept = "\n".join(lines[:first] + lines[last:]).rstrip()
    return f"{kept}\n" if kept else ""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time changes files of the folder, where the file system can tell. Raises OSError where
    another one has not ended after a moment."""
    from cache.aside import lock  # which reading does without

    with ExitStack() as held:
        try:
            held.enter_context(lock(folder, WAIT_MILLISECONDS))
        except BlockingIOError as error:
            words = "another program is writing here, and does not end; try again"
            raise OSError(errno.EBUSY, words, str(folder)) from error
        yield
