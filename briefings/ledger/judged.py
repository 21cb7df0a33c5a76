"""What the ledger says of claims, for pages: read beside whoever writes it, without what judges.

A page looks a verdict up for each link to a claim that it draws, so nothing here is worked out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from briefings.ledger.words import Method, Word, marked, said
from cache.database import reading
from cache.seals import fits, is_sealed, tolerant
from cache.troubles import is_damage
from sources.numbers import measured_beside, plain, with_thousands

FILE = "verdicts.db"

RULES = "3"
"""Another one whenever the rules give another verdict for the same claim and figures."""

COLUMNS = (
    "id, document, method, word, then_word, why, measured, sign, stated, tolerance, unit, period, newest,"
    " age, is_open, series, judged_on, quantity"
)
"""Those of a `Row`, in its order."""

SEALED = f"row_seal, shelf, {COLUMNS}, text, published, clocked, stamp"
"""The seal of a claim, and what it is over: all that is shown, and all that says when to judge again."""

SHOWN = "row_seal, claim, moment, word, then_word, measured, because"
"""The seal of what was shown, and what it is over."""

_NOT_AS_KEPT = "verdicts: some were not as they were kept, and are left out until all is judged anew"
_HISTORY_LOST = "verdicts: part of what {} was shown as is not as it was kept, and is left out"


class Row(NamedTuple):
    """A claim in a list: what it states and what was measured, without the arithmetic.

    `id` is whole (`china-legal-shield#c10`); `newest` is the newest period used, and `age` its months
    before the document; `is_open` says that newer figures could change the word;
    `quantity` is the expression that was measured, as `compact` writes it.
    """

    id: str
    document: str
    method: Method
    word: Word
    then_word: Word | None
    why: str
    measured: float | None
    sign: str
    stated: float | None
    tolerance: float | None
    unit: str
    period: str
    newest: str
    age: int | None
    is_open: bool
    series: tuple[str, ...]
    judged_on: str
    quantity: str

    @property
    def said(self) -> str:
        """`contradicted`, or `contradicted then, supported now` where the two differ."""
        return said(self.word, self.then_word)

    @property
    def says(self) -> str:
        """What the claim states: `4.8`, or `< 5` where it is not an amount; empty without a number."""
        if self.stated is None:
            return ""
        amount = with_thousands(plain(self.stated))
        return amount if self.sign in ("", "~", "=") else f"{self.sign} {amount}"

    @property
    def found(self) -> str:
        """What was measured, with a decimal more than is stated, at most two: `7.78`."""
        return "" if self.measured is None else with_thousands(measured_beside(self.measured, self.stated))

    def mark(self, is_stale: Callable[[str], bool]) -> str:
        """The glyph with its signs: `~` where newer figures are out that could change it, `j` if judged."""
        return marked(self.word, self.method, self._is_unsure(is_stale))

    def told(self, is_stale: Callable[[str], bool]) -> str:
        """What is said, with the newest period used where newer figures are out that could change it:
        `contradicted, on figures of 2026-07`."""
        rests_on = f", on figures of {self.newest}" if self.newest and self._is_unsure(is_stale) else ""
        return self.said + rests_on

    def _is_unsure(self, is_stale: Callable[[str], bool]) -> bool:
        return self.is_open and any(map(is_stale, self.series))


def compact(expression: str) -> str:
    """An expression without blanks: however it was written, equal ones are then alike."""
    return "".join(expression.split())


class Shown(NamedTuple):
    """What a claim was shown as from a moment on, in UTC, and why it was not what it had been."""

    claim: str
    moment: datetime
    word: Word
    then_word: Word | None
    measured: float | None
    because: str

    @property
    def said(self) -> str:
        """The words of then and now."""
        return said(self.word, self.then_word)


class Settled(NamedTuple):
    """What bringing the ledger up to date came to: claims judged, and those now shown as another word."""

    judged: int = 0
    changed: tuple[Shown, ...] = ()


class Verdicts(Protocol):
    """The claims of documents with their verdicts, for one day. Never raises."""

    def forget(self) -> None:
        """Drop what was read or worked out."""

    def is_readable(self, *, thorough: bool = False) -> bool:
        """Whether there are verdicts in the shape that this program knows; a `thorough` answer says also
        whether each is as it was kept."""

    def notes(self) -> tuple[str, ...]:
        """What was met that is not as it was kept, in words."""

    def rows(self, document: str = "") -> Sequence[Row]:
        """The claims of a document, or all, by document and in the order of their ids."""

    def row(self, claim: str) -> Row | None:
        """The claim of a whole id; None for one that was not judged."""

    def history(self, claim: str) -> Sequence[Shown]:
        """What a claim was shown as, oldest first."""


class Judged:
    """The verdicts of one shelf as they were last kept; none while nobody has judged. Never raises."""

    def __init__(self, folder: Path, shelf: str) -> None:
        self._path = folder / FILE
        self._shelf = shelf
        self._rows: dict[str, dict[str, Row]] = {}
        self._shown: dict[str, dict[str, list[Shown]]] = {}
        self._notes: dict[str, None] = {}

    def notes(self) -> tuple[str, ...]:
        """What was met that is not as it was kept, in words."""
        return tuple(self._notes)

    def forget(self) -> None:
        """Drop what was read: the ledger may have changed."""
        self._rows = {}
        self._shown = {}

    def rows(self, document: str = "") -> Sequence[Row]:
        """The claims of a document, or all, by document and in the order of their ids."""
        return tuple(self._of(document).values())

    def row(self, claim: str) -> Row | None:
        """The claim of a whole id; None for one that was not judged."""
        document, _, _ = claim.partition("#")
        return self._of(document).get(claim)

    def history(self, claim: str) -> Sequence[Shown]:
        """What a claim was shown as, oldest first."""
        document, _, _ = claim.partition("#")
        if document not in self._shown:
            self._shown[document] = self._shown_of(document)
        return tuple(self._shown[document].get(claim, ()))

    def is_readable(self, *, thorough: bool = False) -> bool:
        """Whether verdicts are there in the shape that this program keeps them in; a `thorough` answer says
        also whether each is as it was kept."""
        try:
            with self._reading() as reader:
                reader.execute(f"SELECT {SEALED} FROM claims LIMIT 0")
                return not thorough or is_whole(reader, self._shelf, "", sound_rows(reader, self._shelf, ""))
        except (OSError, sqlite3.Error):
            return False

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with reading(self._path) as reader:
            reader.text_factory = tolerant
            yield reader

    def _of(self, document: str) -> dict[str, Row]:
        if document not in self._rows:
            self._rows[document] = self._kept(document)
        return self._rows[document]

    def _kept(self, document: str) -> dict[str, Row]:
        try:
            with self._reading() as reader:
                found = sound_rows(reader, self._shelf, document)
                whole = is_whole(reader, self._shelf, document, found)
        except (OSError, sqlite3.Error) as error:
            found, whole = [], not is_damage(error)
        if not whole:
            self._notes[_NOT_AS_KEPT] = None
        return {row.id: row for row in map(row_of, found)}

    def _shown_of(self, document: str) -> dict[str, list[Shown]]:
        """What all claims of a document were shown as: the file is opened once, not for each of them."""
        query = f"SELECT {SHOWN} FROM shown WHERE claim >= ? AND claim < ? ORDER BY id"
        found: dict[str, list[Shown]] = {}
        try:
            with self._reading() as reader:
                rows, sealed = reader.execute(query, bounds_of(document)).fetchall(), is_sealed(reader)
        except (OSError, sqlite3.Error):
            return found
        for row in rows:
            if shown := shown_of(row, sealed=sealed):
                found.setdefault(shown.claim, []).append(shown)
            else:
                self._notes[_HISTORY_LOST.format(document)] = None
        return found


def sound_rows(connection: sqlite3.Connection, shelf: str, document: str) -> list[Sequence[Any]]:
    """The claims of a document, or all of a shelf, that are as they were kept, with all that is sealed
    after their shelf, by document and in the order of their ids."""
    condition = " AND document = ?" if document else ""
    query = f"SELECT {SEALED} FROM claims WHERE shelf = ?{condition} ORDER BY document, id"
    found = connection.execute(query, (shelf, document) if document else (shelf,))
    sealed = is_sealed(connection)
    return [values for seal, *values in found if fits(seal, values, sealed=sealed)]


def is_whole(
    connection: sqlite3.Connection, shelf: str, document: str, sound: Sequence[Sequence[Any]]
) -> bool:
    """Whether those are all claims that were kept of a document, or of a shelf. What was kept before claims
    were counted is taken as it stands."""
    condition = " AND id = ?" if document else ""
    query = f"SELECT sum(claims), count(*) - count(claims) FROM documents WHERE shelf = ?{condition}"
    counted, uncounted = connection.execute(query, (shelf, document) if document else (shelf,)).fetchone()
    return bool(uncounted) or counted is None or counted == len(sound)


def bounds_of(document: str) -> tuple[str, str]:
    """Between which texts, the second left out, the ids of all claims of a document lie."""
    return f"{document}#", f"{document}$"  # the character after


def row_of(values: Sequence[Any]) -> Row:
    """A row of what `sound_rows` gives."""
    row = Row._make(values[1 : 1 + len(Row._fields)])
    return row._replace(is_open=bool(row.is_open), series=tuple(str(row.series).split()))


def shown_of(values: Sequence[Any], *, sealed: bool) -> Shown | None:
    """What was shown, of the columns `SHOWN`; None where it is not as it was kept, all rows being `sealed`
    or not."""
    seal, claim, moment, *rest = values
    try:
        is_sound = fits(seal, values[1:], sealed=sealed)
        return Shown(claim, datetime.fromisoformat(moment), *rest) if is_sound else None
    except (TypeError, ValueError):  # kept before there were seals
        return None
