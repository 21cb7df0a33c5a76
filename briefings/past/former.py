"""The texts that documents had: kept by each look at the folders, and found again for a past day.

Of each file a day has the newest text seen until then, else the oldest that is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from weakref import finalize

from briefings.library.files import Files
from briefings.library.folders import Folder, digest_of, read_file
from briefings.library.index import Index
from briefings.library.update import DOUBTED, UNREADABLE
from cache.paths import is_there
from cache.texts import FILE, Seen, Text, Texts

if TYPE_CHECKING:
    from briefings.documents.identity import Key

_GONE = ""

_TOGETHER = 200
"""Texts that are kept in one go."""


class Former(NamedTuple):
    """What a file held on a day: `body` is empty where there was no such file, and None where the text
    is damaged."""

    rank: int
    relative: str
    body: bytes | None


class Kept(NamedTuple):
    """Whether the texts outlive the program now, and what their file came upon, in plain words."""

    lasts: bool
    notes: tuple[str, ...]


def keep(
    store: Path,
    index: Index,
    folders: Sequence[Folder],
    day: date,
    since: tuple[str, Sequence[Key]],
) -> Kept:
    """Keep the texts that differ from the last ones that were seen; `since` is an earlier revision of the
    index and the files that have changed after it. May raise `StoreError`."""
    by_rank = {folder.rank: folder for folder in folders}
    library = "\n".join(map(_name, folders))
    before, changed = since
    with closing(Texts.open(store)) as texts:
        if not texts.kept:
            return Kept(False, texts.notes)
        is_whole = bool(changed) and texts.completed(library) == before
        wanted = iter(changed if is_whole else _differing(texts, index, folders))
        while part := list(islice(wanted, _TOGETHER)):
            seen = (_seen(index, by_rank[rank], relative) for rank, relative in part)
            texts.keep(list(filter(None, seen)), day.isoformat())
        texts.complete(library, index.revision())
        return Kept(texts.kept, texts.notes)


def _differing(texts: Texts, index: Index, folders: Iterable[Folder]) -> Iterator[Key]:
    """The files whose last text is not the one that the index has."""
    for folder in folders:
        differing = texts.digests(_name(folder)).items() ^ Files(index).hashes(folder.rank).items()
        yield from ((folder.rank, relative) for relative in sorted({relative for relative, _ in differing}))


def _seen(index: Index, folder: Folder, relative: str) -> Seen | None:
    """What a file holds, as the index has it; None where that cannot be read any more, or not yet."""
    row = index.file((folder.rank, relative))
    if row is None:
        return Seen(_name(folder), relative, _GONE, b"")
    if row.hash in (DOUBTED, UNREADABLE):
        return None
    body = read_file(folder, relative)
    if body is None or digest_of(body) != row.hash:
        return None
    return Seen(_name(folder), relative, row.hash, body)


class FormerTexts:
    """What the files of some folders held on past days, beside what the index has of them now: made anew
    when that changes. Every method may raise `StoreError`."""

    def __init__(self, store: Path, index: Index, folders: Sequence[Folder]) -> None:
        self._store = store
        self._index = index
        self._names = {folder.rank: _name(folder) for folder in folders}

    def on(self, day: date) -> Iterator[Former]:
        """The files whose text was another one on a day."""
        if not self._is_there:
            return
        for rank, name in self._names.items():
            for relative, versions in self._in_question(name, day).items():
                text = _chosen(versions, day.isoformat())
                row = self._index.file((rank, relative))
                if text.digest != (row.hash if row else _GONE):
                    yield Former(rank, relative, self._body(text))

    def first_seen(self, rank: int, relative: str, day: date) -> date | None:
        """When the text that a file has for a day was first seen, where that was later; else None."""
        versions = self._texts.of(self._names[rank], relative) if self._is_there else ()
        if not versions:
            return None
        text = _chosen(versions, day.isoformat())
        shown = versions[-1] if self._body(text) is None else text
        return date.fromisoformat(shown.day) if shown.digest and shown.day > day.isoformat() else None

    def notes(self) -> tuple[str, ...]:
        """What the store of texts came upon so far, in plain words."""
        return self._texts.notes if "_texts" in self.__dict__ else ()

    def close(self) -> None:
        """Let go of the store."""
        if "_texts" in self.__dict__:
            self._texts.close()

    @cached_property
    def _is_there(self) -> bool:
        return is_there(self._store / FILE)

    @cached_property
    def _texts(self) -> Texts:
        texts = Texts.open(self._store)
        finalize(self, texts.close)  # a desk that forgets lets go of this, and pages may still read on
        return texts

    @cached_property
    def _differing(self) -> dict[str, list[str]]:
        """The files of each folder whose last text is not the one that the index has."""
        return {name: sorted(self._differing_in(rank, name)) for rank, name in self._names.items()}

    def _differing_in(self, rank: int, name: str) -> Iterator[str]:
        held = self._texts.digests(name).items() - Files(self._index).hashes(rank).items()
        return (relative for relative, _ in held)

    def _in_question(self, name: str, day: date) -> dict[str, list[Text]]:
        """The texts of those files of a folder that may have had another one on a day."""
        found = _by_file(self._texts.another_since(name, day.isoformat()))
        others = (relative for relative in self._differing[name] if relative not in found)
        return found | {relative: self._texts.of(name, relative) for relative in others}

    def _body(self, text: Text) -> bytes | None:
        """The bytes of a text, empty for a file that had gone; None where they are damaged."""
        return self._texts.body(text.number) if text.digest else b""


def _by_file(texts: Iterable[Text]) -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = {}
    for text in texts:
        found.setdefault(text.relative, []).append(text)
    return found


def _chosen(versions: Sequence[Text], day: str) -> Text:
    """The text of a file on a day; the oldest where all that is held of it is younger."""
    seen = [text for text in versions if text.day <= day]
    return seen[-1] if seen else versions[0]


def _name(folder: Folder) -> str:
    """What a folder is called in the store: the bundled one stands elsewhere in each installation."""
    return "" if folder.bundled else str(folder.path)
