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

from pathlib import Path
from typing import Literal, NamedTuple, cast

from briefings.documents.dates import interval, partial_date
from briefings.documents.fields import Fields, one_of
from briefings.documents.model import Statement
from briefings.ledger.predictions import Outcome, void_at_birth
from briefings.own.lists import Held, OwnList, Unwritable, on_one_line, quoted
from briefings.own.own import RESOLUTIONS
from sources.text import clean_line

__all__ = ["FILE", "WORDS", "Entry", "Unwritable", "parse", "read", "record", "take_back", "unfit"]

Word = Literal["true", "false", "void"]

FILE = RESOLUTIONS
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
        days = interval(self.on)
        return Outcome(self.outcome, days.last, self.source, self.note, days.first)


def unfit(entry: Entry, prediction: Statement) -> str:
    """Why an outcome cannot be recorded of a prediction, in words; empty where it can."""
    if why := void_at_birth(prediction):
        return f"{why}; nothing can come of it"
    if prediction.made and interval(entry.on).last < interval(prediction.made).first:
        return f"it was made {prediction.made}, after {entry.on}"
    if entry.source and not entry.source.startswith(("http://", "https://")):
        return "the source is no web address; expected https://..."
    return ""


def read(folder: Path) -> Held[Entry]:
    """What is recorded in a library folder; nothing where there is no file. Never raises."""
    return _LIST.read(folder)


def parse(text: str, path: str = FILE) -> Held[Entry]:
    """The entries of such a file's text, and its faults with lines."""
    return _LIST.parse(text, path)


def record(folder: Path, entry: Entry) -> Entry:
    """Add an entry at the end of the file, which is made where there is none; the entry with its line.

    Raises `Unwritable`, and `OSError` after which the file is as it was.
    """
    return _LIST.add(
        folder, entry._replace(source=clean_line(entry.source).strip(), note=on_one_line(entry.note))
    )


def take_back(folder: Path, id_: str) -> Entry | None:
    """Take the last entry of a prediction out of the file; that entry, or None where there is none.

    Raises `Unwritable`, and `OSError` after which the file is as it was.
    """
    return _LIST.take(folder, lambda entry: entry.id == id_)


def undo(folder: Path, entry: Entry) -> Entry | None:
    """Take out the entry that was recorded; None where it has gone already. Raises as `take_back`."""
    return _LIST.undo(folder, entry)


def _entry(fields: Fields) -> Entry | None:
    fields.require("id", "outcome", "on")
    name, on = fields.text("id"), fields.text("on", partial_date)
    outcome = fields.text("outcome", one_of("outcome", WORDS))
    source, note = fields.text("source"), fields.paragraph("note")
    fields.unread()
    if not (name and outcome and on):
        return None
    return Entry(name, cast(Word, outcome), on, source, note, fields.node.line)


def _written(entry: Entry) -> str:
    """An entry as YAML."""
    lines = [f"- id: {entry.id}", f"  outcome: {entry.outcome}", f"  on: {entry.on}"]
    for name, value in (("source", entry.source), ("note", entry.note)):
        if value:
            lines.append(f"  {name}: {quoted(value)}")
    return "\n".join(lines) + "\n"


_LIST: OwnList[Entry] = OwnList(
    FILE,
    _HEAD,
    "a list of outcomes, each as `- id: ...`",
    "an outcome, as `- id: ...`",
    _entry,
    _written,
)
