"""The reader's own probabilities, and what the reader takes an author's words for.

    - id: china-legal-shield#p1
      chance: 0.3
      on: 2026-09-20
      note: "41 % of cards in 2025, and the share falls"

    - word: "will"
      chance: 0.85

Every forecast of a prediction stands, each with the day on which it was entered; of several of one day
the last one counts. A word counts wherever it has no band of its own; of several entries the last one.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from briefings.documents.dates import partial_date
from briefings.documents.fields import Fields, Problem
from briefings.ledger.likelihood import band_of
from briefings.ledger.scores import Forecast
from briefings.own.lists import Held, OwnList, Unwritable, on_one_line, quoted
from briefings.own.own import FORECASTS
from sources.numbers import plain

__all__ = [
    "FILE", "Entry", "Unwritable", "Word", "leading", "parse", "probability", "read", "record", "take_back",
    "undo",
]  # fmt: skip

FILE = FORECASTS

EXPECTED = "expected a number from 0 to 1, or a share as 30 %"

_TYPED = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<share> ?%)?")
_LEADING = re.compile(r"(?P<number>[-+.]?[0-9]\S*(?: %(?!\S))?)(?P<rest>.*)")
_DIGITS = 6


class Entry(NamedTuple):
    """A forecast of the prediction `id`, entered `on` an ISO day."""

    id: str
    chance: float
    on: str
    note: str = ""
    line: int = 0

    def as_forecast(self) -> Forecast:
        """The forecast as the scoreboard takes it."""
        return Forecast(self.chance, date.fromisoformat(self.on), self.note)


class Word(NamedTuple):
    """The probability that the reader takes a word of an author for."""

    word: str
    chance: float
    line: int = 0

    def is_as(self, word: str) -> bool:
        """Whether another one is the same word: case makes no difference."""
        return self.word.casefold() == on_one_line(word).casefold()


_Either = Entry | Word


def read(folder: Path) -> Held[_Either]:
    """What a library folder holds; nothing where there is no file. Never raises."""
    return _LIST.read(folder)


def parse(text: str, path: str = FILE) -> Held[_Either]:
    """The entries of such a file's text, and its faults with lines."""
    return _LIST.parse(text, path)


def record(folder: Path, entry: _Either) -> _Either:
    """Add an entry at the end of the file, which is made where there is none; the entry with its line.

    Raises `Unwritable`, and `OSError` after which the file is as it was.
    """
    if isinstance(entry, Word):
        return _LIST.add(folder, entry._replace(word=on_one_line(entry.word)))
    return _LIST.add(folder, entry._replace(note=on_one_line(entry.note)))


def take_back(folder: Path, id_: str = "", word: str = "") -> _Either | None:
    """Take the last forecast of a prediction, or the last entry of a word, out of the file; None where
    there is none. Raises as `record`."""

    def is_meant(each: _Either) -> bool:
        return bool(word) and each.is_as(word) if isinstance(each, Word) else each.id == id_

    return _LIST.take(folder, is_meant)


def undo(folder: Path, entry: _Either) -> _Either | None:
    """Take out the entry that was recorded; None where it has gone already. Raises as `record`."""
    return _LIST.undo(folder, entry)


def probability(text: str) -> float:
    """A probability as it is typed: `0.3`, `30 %`. Raises ValueError with what was expected."""
    match = _TYPED.fullmatch(text.strip())
    value = float(match["number"]) / (100 if match["share"] else 1) if match else 2.0
    if value > 1:
        raise ValueError(f'"{text.strip()}" is no probability; {EXPECTED}')
    return round(value, _DIGITS)


def leading(text: str) -> tuple[str, str]:
    """What a line begins with that can only be meant as a number, empty for none; and the rest of it."""
    match = _LEADING.fullmatch(text.strip())
    return (match["number"], match["rest"].strip()) if match else ("", text.strip())


# ---------------------------------------------------------------------- the file


def _entry(fields: Fields) -> _Either | None:
    if fields.node.get("word") is not None:
        return _word(fields)
    fields.require("id", "chance", "on")
    name, on, note = fields.text("id"), fields.text("on", _day), fields.paragraph("note")
    chance = fields.text("chance", _chance)
    fields.unread()
    return Entry(name, float(chance), on, note, fields.node.line) if name and chance and on else None


def _word(fields: Fields) -> Word | None:
    fields.require("chance")
    word, chance = fields.paragraph("word"), fields.text("chance", _chance)
    fields.unread()
    if band := band_of(word):
        words = f'"{word}" has a band already, {band}: this entry is not used'
        fields.problems.append(Problem(fields.line("word"), words, "warning"))
    return Word(word, float(chance), fields.node.line) if word and chance else None


def _written(each: _Either) -> str:
    """An entry as YAML."""
    if isinstance(each, Word):
        return f"- word: {quoted(each.word)}\n  chance: {plain(each.chance)}\n"
    lines = f"- id: {each.id}\n  chance: {plain(each.chance)}\n  on: {each.on}\n"
    return lines + (f"  note: {quoted(each.note)}\n" if each.note else "")


def _chance(text: str) -> str:
    try:
        return plain(probability(text))
    except ValueError as error:
        raise ValueError(f"chance {error}") from None


def _day(text: str) -> str:
    if len(partial_date(text)) < len("2026-09-20"):
        raise ValueError(f'on "{text}" is no day; expected YYYY-MM-DD')
    return text


_LIST: OwnList[_Either] = OwnList(
    file=FILE,
    head="""\
# What I think of predictions: `briefing forecast` adds to it, and takes back with --undo.
# Each forecast stands with its day. A `word` is what I take an author's word for, such as "will".
""",
    many="a list of forecasts, each as `- id: ...`",
    one="a forecast, as `- id: ...`",
    read_entry=_entry,
    write_entry=_written,
)
