"""Notes of the reader: one Markdown file each in `notes/` of the own folder, linked to what it is on.

The head of a file (its title, its link) is written once, and only the text below it is changed. A file
that the reader laid out otherwise is text as a whole.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefings.documents.names import slug
from briefings.own.lists import alone, quoted
from cache.paths import make_private, read_whole, write_private
from sources import limits
from sources.text import clean, clean_line, decode

if TYPE_CHECKING:
    from briefings.desk import Desk

FOLDER = "notes"
"""Where notes are in the user's own folder."""

_OWN_RANK = 1
_NAME_BYTES = 120
_HEAD = re.compile(r"---\n(?:.*\n)*?---\n\n?\[\[[^\[\]\n]+\]\]\n(?:\n|\Z)")


class Note(NamedTuple):
    """A note as it was read: `head` is what stands before its `text`, `before` the whole file, None where
    there is none yet. `title` says what it is on."""

    path: Path
    title: str
    head: str
    text: str = ""
    before: bytes | None = None


class Change(NamedTuple):
    """What became of a file: its bytes before and after, None for no file. `merged` says that somebody
    else had changed it too, and that both texts are kept."""

    path: Path
    before: bytes | None
    after: bytes | None
    merged: bool = False


def note_on(desk: Desk, name: str, title: str, day: date) -> Note:
    """The reader's note on an item or indicator, the newest of several; an empty one where there is none.

    A note is its own note. Raises ValueError for a file that cannot be edited as text, and OSError.
    """
    own = desk.library.places.library
    place = desk.index.file_of(name)
    if place and place[0] == _OWN_RANK and place[1].startswith(f"{FOLDER}/"):
        return _read(own / place[1], title)
    safe = file_name(name)
    found = sorted((own / FOLDER).glob(f"????-??-??-{safe}.md"))
    if found:
        return _read(found[-1], f"Note on {title}")
    words = clean_line(f"Note on {title}").strip()
    head = f"---\ntitle: {quoted(words)}\n---\n\n[[{name}]]\n\n"
    return Note(own / FOLDER / f"{day.isoformat()}-{safe}.md", words, head)


def keep(note: Note, text: str) -> Change | None:
    """Write the text of a note; without text there is no file. None where nothing changes.

    What somebody else wrote meanwhile stays, above the text. Raises ValueError for a text that is too
    long, and OSError after which the file is as it was.
    """
    text = clean(text).rstrip()
    if len(text.encode(errors="replace")) > limits.NOTE_BYTES:
        raise ValueError(f"the text is longer than {limits.NOTE_BYTES:,} bytes")
    if text == note.text.rstrip():
        return None
    folder = note.path.parent
    if text and not folder.is_dir():
        make_private(folder)
    elif not folder.is_dir():
        return None
    with alone(folder):
        held = _bytes(note.path)
        if held == note.before:
            return _put(note.path, held, _whole(note.head, text))
        if not text:
            raise ValueError(f"{note.path.name} was changed meanwhile")
        others = decode(held).text if held is not None else note.head
        return _put(note.path, held, _whole(f"{others.rstrip()}\n\n", text))._replace(merged=True)


def take_back(change: Change) -> bool:
    """Bring back what a change replaced; False where the file is another one by now. Raises OSError."""
    folder = change.path.parent
    if not folder.is_dir():
        return False
    with alone(folder):
        held = _bytes(change.path)
        if held != change.after:
            return False
        _put(change.path, held, change.before)
    return True


def _read(path: Path, title: str) -> Note:
    body = read_whole(path)
    if len(body) > limits.NOTE_BYTES:
        raise ValueError(f"{path.name} is longer than {limits.NOTE_BYTES:,} bytes; edit it elsewhere")
    decoded = decode(body)
    if decoded.bad_line:
        raise ValueError(f"{path.name}:{decoded.bad_line} is not UTF-8; save it as UTF-8")
    head = _HEAD.match(decoded.text)
    end = head.end() if head else 0
    return Note(path, clean_line(title), decoded.text[:end], decoded.text[end:].rstrip(), body)


def _whole(head: str, text: str) -> bytes | None:
    return f"{head}{text}\n".encode(errors="replace") if text else None


def _put(path: Path, before: bytes | None, after: bytes | None) -> Change:
    if after is not None:
        write_private(path, after)
    elif before is not None:
        path.unlink()
    return Change(path, before, after)


def _bytes(path: Path) -> bytes | None:
    try:
        return read_whole(path)
    except FileNotFoundError:
        return None


def file_name(name: str) -> str:
    """The part of a file's name that stands for an item: no two items have the same one."""
    plain = slug(name)
    cut = plain.encode()[:_NAME_BYTES].decode(errors="ignore")
    if cut == name:
        return cut
    return f"{cut}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
