"""What became of predictions, as the reader records it: a file in the user's folder, fit for a diff.

    - id: china-legal-shield#p1
      outcome: false
      on: 2027-02-10
      source: "https://example.org/shares-2026"
      note: "41 % of cards, and nobody counts software"

An entry is added at the end and taken back from there; what else the file holds stays as it is. Of
several entries of one prediction the last one counts.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, NamedTuple, cast

from briefings.dates import interval, partial_date
from briefings.fields import Fields, Problem, one_of
from briefings.model import Fault, Statement
from briefings.predictions import Outcome, void_at_birth
from cache.paths import make_private, write_private
from sources.loader import MappingNode, SequenceNode, load
from sources.text import clean_line, decode

Word = Literal["true", "false", "void"]

FILE = "resolutions.yaml"
WORDS: tuple[Word, ...] = ("true", "false", "void")

_HEAD = """\
# What became of predictions: `briefing resolve` adds to it, and takes back with --undo.
# Of several entries of one prediction the last one counts.
"""


class Entry(NamedTuple):
    """What was recorded of the prediction `id`, from line `line` of the file on; `on` is as written."""

    id: str
    outcome: Word
    on: str
    source: str = ""
    note: str = ""
    line: int = 0

    def as_outcome(self) -> Outcome:
        """The outcome as the scoreboard takes it: it counts from the last day of `on`."""
        return Outcome(self.outcome, interval(self.on).last, self.source, self.note)


def unfit(entry: Entry, prediction: Statement) -> str:
    """Why an outcome cannot be recorded of a prediction, in words; empty where it can."""
    if why := void_at_birth(prediction):
        return f"{why}; nothing can come of it"
    if prediction.made and interval(entry.on).last < interval(prediction.made).first:
        return f"it was made {prediction.made}, after {entry.on}"
    if entry.source and not entry.source.startswith(("http://", "https://")):
        return "the source is no web address; expected https://..."
    return ""


class Recorded(NamedTuple):
    """The entries of the file that can be read, oldest first, and what is wrong in it."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()


class Unwritable(ValueError):  # noqa: N818  (names what the file is)
    """The file cannot be changed without harm to what it holds. `str()` says why, with file and line."""


def read(folder: Path) -> Recorded:
    """What is recorded in a library folder; nothing where there is no file. Never raises."""
    path = folder / FILE
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        return Recorded()
    except OSError as error:
        return Recorded((), (Fault(str(path), 1, f"cannot be read: {error.strerror}"),))
    decoded = decode(body)
    if decoded.bad_line:
        return Recorded((), (Fault(str(path), decoded.bad_line, "not UTF-8; save the file as UTF-8"),))
    return parse(decoded.text, str(path))


def parse(text: str, path: str = FILE) -> Recorded:
    """The entries of such a file's text, and its faults with lines."""
    loaded = load(text)
    problems = [Problem(line, words) for line, words in loaded.faults]
    nodes = loaded.node.items if isinstance(loaded.node, SequenceNode) else ()
    if loaded.node is not None and not isinstance(loaded.node, SequenceNode):
        problems.append(Problem(loaded.node.line, "expected a list of outcomes, each as `- id: ...`"))
    entries = []
    for node in nodes:
        if isinstance(node, MappingNode):
            entries.append(_entry(Fields(node, problems)))
        else:
            problems.append(Problem(node.line, "expected an outcome, as `- id: ...`"))
    faults = (Fault(path, each.line, each.message, each.severity) for each in problems)
    return Recorded(tuple(filter(None, entries)), tuple(sorted(faults, key=lambda fault: fault.line)))


def record(folder: Path, entry: Entry) -> Entry:
    """Add an entry at the end of the file, which is made where there is none; the entry with its line.

    Raises `Unwritable`, and `OSError` after which the file is as it was.
    """

    tidy = entry._replace(source=clean_line(entry.source).strip(), note=_on_one_line(entry.note))

    def added(text: str, entries: tuple[Entry, ...]) -> tuple[str, tuple[Entry, ...]]:
        start = f"{text.rstrip()}\n" if text.strip() else _HEAD
        return f"{start}\n{_written(tidy)}", (*entries, tidy)

    return _changed(folder, added)[-1]


def take_back(folder: Path, id_: str) -> Entry | None:
    """Take the last entry of a prediction out of the file; that entry, or None where there is none.

    Raises `Unwritable`, and `OSError` after which the file is as it was.
    """
    found: list[Entry] = []

    def taken(text: str, entries: tuple[Entry, ...]) -> tuple[str, tuple[Entry, ...]]:
        place = max((at for at, each in enumerate(entries) if each.id == id_), default=None)
        if place is None:
            return text, entries
        found.append(entries[place])
        return _without(text, entries, place), (*entries[:place], *entries[place + 1 :])

    _changed(folder, taken)
    return next(iter(found), None)


# ---------------------------------------------------------------------- reading


def _entry(fields: Fields) -> Entry | None:
    fields.require("id", "outcome", "on")
    name, on = fields.text("id"), fields.text("on", partial_date)
    outcome = fields.text("outcome", one_of("outcome", WORDS))
    source, note = fields.text("source"), fields.paragraph("note")
    fields.unread()
    if not (name and outcome and on):
        return None
    return Entry(name, cast(Word, outcome), on, source, note, fields.node.line)


# ---------------------------------------------------------------------- writing


def _written(entry: Entry) -> str:
    """An entry as YAML. Text of the user stands in quotes, as JSON has it, which YAML reads the same."""
    lines = [f"- id: {entry.id}", f"  outcome: {entry.outcome}", f"  on: {entry.on}"]
    for name, value in (("source", entry.source), ("note", entry.note)):
        if value:
            lines.append(f"  {name}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _without(text: str, entries: Sequence[Entry], place: int) -> str:
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


_Change = Callable[[str, tuple[Entry, ...]], tuple[str, tuple[Entry, ...]]]
"""(text, its entries) -> the text to write, and the entries that it is to hold."""


def _changed(folder: Path, change: _Change) -> tuple[Entry, ...]:
    """Change the file while nobody else does; what it holds then. Written only if it reads as meant."""
    if not folder.is_dir():
        make_private(folder)
    path = folder / FILE
    with _alone(folder):
        before = read(folder)
        errors = [fault for fault in before.faults if fault.severity == "error"]
        if errors:
            raise Unwritable(f"{errors[0]}; mend it first")
        text = decode(path.read_bytes()).text if path.exists() else ""
        made, meant = change(text, before.entries)
        found = parse(made, str(path)).entries
        if _unplaced(found) != _unplaced(meant):
            raise Unwritable(f"{path} is not laid out as briefing writes it; change it by hand")
        if made != text:
            write_private(path, made.encode())
        return found


def _unplaced(entries: Sequence[Entry]) -> list[Entry]:
    return [entry._replace(line=0) for entry in entries]


def _on_one_line(text: str) -> str:
    return " ".join(clean_line(text).split())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time changes files of the folder, where the file system can tell."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
