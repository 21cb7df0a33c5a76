"""Texts of notes while they are written: kept in the state folder until they stand in the note's file.

One private text file per item, so that a power cut, a kill or a closed terminal costs a second of
writing. Its head says what it is on; damage to it never costs the text.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from briefings.own.notes import Note, file_name
from briefings.own.state import DRAFTS
from cache.paths import make_private, write_private
from sources import limits
from sources.text import clean, clean_line, decode

KEPT = 50
"""Drafts that are kept; of more, the youngest."""

_HEAD_LINES = 4
_HEAD_BYTES = 4_000
_NO_HEAD = [""] * (_HEAD_LINES + 2)


class Draft(NamedTuple):
    """A text that was not kept yet: the id and name of what the note is on, the moment of writing (UTC),
    and what tells the note's file as it was when the writing began."""

    name: str
    title: str
    at: str
    base: str
    text: str


def base_of(note: Note) -> str:
    """What tells the file of a note from the same file with another text."""
    return "none" if note.before is None else hashlib.sha256(note.before).hexdigest()[:16]


def keep(folder: Path, draft: Draft) -> None:
    """Write a draft in the place of an older one on the same item; of a text too long for any note, what
    may stand in one. `folder` is the one of the state. Raises OSError, after which the older one stands."""
    place = folder / DRAFTS
    make_private(place)
    text = draft.text.encode(errors="replace")[: limits.NOTE_BYTES]
    head = "".join(f"{clean_line(words)}\n" for words in draft[:_HEAD_LINES])
    write_private(_path(folder, draft.name), head.encode(errors="replace") + b"\n" + text)
    _drop_oldest(place)


def found(folder: Path, name: str) -> Draft | None:
    """The draft on an item; None where there is none that can be read."""
    draft = _read(_path(folder, name))
    return draft._replace(name=name) if draft else None


def drop(folder: Path, draft: Draft) -> None:
    """Take a draft away, unless one of another moment took its place. Never raises."""
    with suppress(OSError):
        held = found(folder, draft.name)
        if held and held.at == draft.at:
            _path(folder, draft.name).unlink()


def put_back(folder: Path, draft: Draft) -> bool:
    """Keep a draft again that was dropped; False where there is another one by now. Raises OSError."""
    if found(folder, draft.name):
        return False
    keep(folder, draft)
    return True


def listed(folder: Path) -> Iterator[Draft]:
    """All drafts, the youngest first."""
    for path in _youngest(folder / DRAFTS):
        if draft := _read(path):
            yield draft


def merged(draft: Draft, note: Note) -> str:
    """The text to go on with: the draft's, below the note's own where that was changed meanwhile."""
    if draft.base == base_of(note) or not note.text or note.text in draft.text:
        return draft.text
    return f"{note.text}\n\n{draft.text}"


def _path(folder: Path, name: str) -> Path:
    return folder / DRAFTS / f"{file_name(name)}.txt"


def _read(path: Path) -> Draft | None:
    with suppress(OSError), open(path, "rb", opener=_at_once) as file:
        text = clean(decode(file.read(limits.NOTE_BYTES + _HEAD_BYTES)).text)
        name, title, at, base, gap, body = [*text.split("\n", _HEAD_LINES + 1), *_NO_HEAD][: len(_NO_HEAD)]
        if gap:  # what the head was cannot be told from the text any more
            name, title, at, base, body = "", "a note", "", "", text
        return Draft(name, title, at, base, body) if body.strip() else None
    return None


def _at_once(path: str, flags: int) -> int:
    """Open without waiting for a pipe, nor following a link, that stands in the place of a draft."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW)


def _youngest(place: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(place.glob("*.txt"), key=lambda path: path.lstat().st_mtime_ns, reverse=True)
    return []


def _drop_oldest(place: Path) -> None:
    for path in _youngest(place)[KEPT:]:
        path.unlink(missing_ok=True)
