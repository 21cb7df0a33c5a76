"""Texts of notes while they are written: kept in the state folder until they stand in the note's file.

One private text file per item, so that a power cut, a kill or a closed terminal costs a second of
writing. Its head says what it is on; damage to it never costs the text. A text that is lent to an editor of
the reader's own stands beside it, without a head: once that editor has written it, it is the draft.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
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
    path = _path(folder, draft.name)
    write_private(path, head.encode(errors="replace") + b"\n" + text)
    _lent(path).unlink(missing_ok=True)
    _drop_oldest(place)


def lend(folder: Path, draft: Draft, text: str) -> Path:
    """The private file in which an editor may change a text; until it has, the draft is as it was. Raises
    OSError."""
    keep(folder, draft)
    lent = _lent(_path(folder, draft.name))
    write_private(lent, f"{text}\n".encode(errors="replace") if text else b"")
    os.utime(lent, (0, 0))  # what an editor writes has another moment
    return lent


def returned(lent: Path) -> str:
    """The text that an editor left in a file that was lent. Raises OSError."""
    with open(lent, "rb", opener=_at_once) as file:
        return decode(file.read(limits.NOTE_BYTES * 2)).text


def end_loan(folder: Path, name: str) -> None:
    """What was lent is not needed any more. Never raises."""
    path = _path(folder, name)
    with suppress(OSError):
        _lent(path).unlink(missing_ok=True)
        if _read(path) is None:  # there was no draft before
            path.unlink(missing_ok=True)


def found(folder: Path, name: str) -> Draft | None:
    """The draft on an item; None where there is none that can be read."""
    draft = _read(_path(folder, name))
    return draft._replace(name=name) if draft else None


def drop(folder: Path, draft: Draft) -> None:
    """Take a draft away, unless one of another moment took its place. Never raises."""
    with suppress(OSError):
        held = found(folder, draft.name)
        if held and held.at == draft.at:
            _unlink(_path(folder, draft.name))


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


def _lent(path: Path) -> Path:
    """Where a draft's text is while an editor of the reader's own has it."""
    return path.with_suffix(".md")


def _read(path: Path) -> Draft | None:
    with suppress(OSError), open(path, "rb", opener=_at_once) as file:
        text = clean(decode(file.read(limits.NOTE_BYTES + _HEAD_BYTES)).text)
        name, title, at, base, gap, body = [*text.split("\n", _HEAD_LINES + 1), *_NO_HEAD][: len(_NO_HEAD)]
        if gap:  # what the head was cannot be told from the text any more
            name, title, at, base, body = "", "a note", "", "", text
        at, body = _written(_lent(path)) or (at, body)
        return Draft(name, title, at, base, body) if body.strip() else None
    return None


def _written(lent: Path) -> tuple[str, str] | None:
    """The moment and the text that an editor wrote; None where it wrote none yet."""
    with suppress(OSError, ValueError, OverflowError), open(lent, "rb", opener=_at_once) as file:
        changed = os.fstat(file.fileno()).st_mtime
        text = clean(decode(file.read(limits.NOTE_BYTES)).text)
        if changed and text.strip():
            return datetime.fromtimestamp(changed, UTC).isoformat(), text
    return None


def _at_once(path: str, flags: int) -> int:
    """Open without waiting for a pipe, nor following a link, that stands in the place of a draft."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW)


def _youngest(place: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(place.glob("*.txt"), key=_changed, reverse=True)
    return []


def _changed(path: Path) -> int:
    with suppress(FileNotFoundError):
        return max(path.lstat().st_mtime_ns, _lent(path).lstat().st_mtime_ns)
    return path.lstat().st_mtime_ns


def _drop_oldest(place: Path) -> None:
    for path in _youngest(place)[KEPT:]:
        _unlink(path)


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)
    _lent(path).unlink(missing_ok=True)
