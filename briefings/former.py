"""The texts that documents had: kept by each look at the folders, and found again for a past day.

Of each file a day has the newest text seen until then, else the oldest that is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from briefings.index import Index
from briefings.library import Folder, digest_of, read_file
from briefings.update import DOUBTED, UNREADABLE
from cache.texts import FILE, Seen, Text, Texts

_GONE = ""


class Former(NamedTuple):
    """What a file held on a day: `body` is None where the text is that of the index, and empty where
    there was no such file. `seen` is the day on which the text was first seen."""

    rank: int
    relative: str
    seen: date
    body: bytes | None = None


def keep(store: Path, index: Index, folders: Sequence[Folder], day: date) -> None:
    """Keep the texts that differ from the last ones that were seen. May raise `StoreError`."""
    names = {folder.rank: _name(folder) for folder in folders}
    paths = {folder.rank: folder for folder in folders}
    files = {key: row for key, row in index.files().items() if row.hash != UNREADABLE}
    with closing(Texts.open(store)) as texts:
        held = {(text.folder, text.relative): text.digest for text in texts.newest()}
        seen = [
            Seen(names[row.folder], row.relative, row.hash, body)
            for row in files.values()
            if row.hash not in (DOUBTED, held.get((names[row.folder], row.relative)))
            and (body := read_file(paths[row.folder], row.relative)) is not None
            and digest_of(body) == row.hash
        ]
        present = {(names[folder], relative) for folder, relative in index.files()}
        seen += [
            Seen(*key, _GONE, b"")
            for key, digest in held.items()
            if digest and key not in present and key[0] in names.values()
        ]
        if seen:
            texts.keep(seen, day.isoformat())


def on(store: Path, index: Index, folders: Sequence[Folder], day: date) -> Iterator[Former]:
    """The files whose text was not seen by a day, or was another one then. May raise `StoreError`."""
    if not (store / FILE).exists():
        return
    ranks = {_name(folder): folder.rank for folder in folders}
    hashes = {key: row.hash for key, row in index.files().items()}
    with closing(Texts.open(store)) as texts:
        for (name, relative), versions in _by_file(texts.all()).items():
            if name in ranks:
                text = _chosen(versions, day.isoformat())
                is_same = text.digest == hashes.get((ranks[name], relative), _GONE)
                if not is_same or (text.digest and text.day > day.isoformat()):
                    body = None if is_same else _body(texts, text)
                    yield Former(ranks[name], relative, date.fromisoformat(text.day), body)


def _by_file(texts: Iterable[Text]) -> dict[tuple[str, str], list[Text]]:
    found: dict[tuple[str, str], list[Text]] = {}
    for text in texts:
        found.setdefault((text.folder, text.relative), []).append(text)
    return found


def _chosen(versions: Sequence[Text], day: str) -> Text:
    """The text of a file on a day; the oldest where all that is held of it is younger."""
    seen = [text for text in versions if text.day <= day]
    return seen[-1] if seen else versions[0]


def _body(texts: Texts, text: Text) -> bytes | None:
    """The bytes of a text, empty for a file that had gone; None where they are damaged."""
    return texts.body(text.number) if text.digest else b""


def _name(folder: Folder) -> str:
    """What a folder is called in the store: the bundled one stands elsewhere in each installation."""
    return "" if folder.bundled else str(folder.path)
