"""The ledger: the verdict on every claim of a library, kept until something that it rests on changes.

Beside it stands what was shown, and since when. Past days are never read from there: they are judged
anew from the vintages of that day, and `differs` says where the two are not the same.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from briefings.documents.dates import Interval
from briefings.documents.model import Document, Statement
from briefings.ledger.causes import cause, packed
from briefings.ledger.judged import (
    COLUMNS,
    FILE,
    RULES,
    SEALED,
    SHOWN,
    Row,
    Settled,
    Shown,
    compact,
    is_whole,
    row_of,
    shown_of,
    sound_rows,
)
from briefings.ledger.moments import Moments
from briefings.ledger.verdicts import Verdict, day_of, judge
from briefings.ledger.words import Method, Word
from briefings.library.index import Index
from cache.database import transaction
from cache.seals import fits, is_sealed, seal_all, tolerant
from cache.store import Store, Stored

if TYPE_CHECKING:
    from briefings.library.update import Progress

TOLD = 10
"""Documents between two reports of progress."""

SCHEMA = (
    """
    CREATE TABLE documents (shelf TEXT, id TEXT, hash TEXT, PRIMARY KEY (shelf, id)) WITHOUT ROWID;
    CREATE TABLE claims (
        shelf TEXT, id TEXT, document TEXT, method TEXT, word TEXT, then_word TEXT, why TEXT,
        measured REAL, sign TEXT, stated REAL, tolerance REAL, unit TEXT, period TEXT, newest TEXT,
        age INTEGER, is_open INTEGER, series TEXT, judged_on TEXT,
        text TEXT, published TEXT, clocked INTEGER, stamp TEXT, figures TEXT, PRIMARY KEY (shelf, id));
    CREATE INDEX claims_of ON claims (shelf, document);
    CREATE TABLE shown (
        id INTEGER PRIMARY KEY, claim TEXT, moment TEXT, word TEXT, then_word TEXT, measured REAL,
        because TEXT);
    CREATE INDEX shown_of ON shown (claim, id);
    """,
    "ALTER TABLE claims ADD COLUMN quantity TEXT NOT NULL DEFAULT '';",
    """
    ALTER TABLE claims ADD COLUMN seal INTEGER;
    ALTER TABLE shown ADD COLUMN seal INTEGER;
    ALTER TABLE documents ADD COLUMN claims INTEGER;
    """,
    "UPDATE documents SET hash = '';",
)

_SEALED = {"claims": SEALED.removeprefix("seal, "), "shown": SHOWN.removeprefix("seal, ")}
_REST = "text, published, clocked, stamp"
_MARKS = ", ".join("?" * len(f"shelf, {COLUMNS}, {_REST}, figures".split(",")))


class _Kept(NamedTuple):
    """What tells whether a claim has to be judged again."""

    row: Row
    text: str
    published: str
    clocked: bool
    stamp: str


class _Judged(NamedTuple):
    kept: _Kept
    figures: str


class Ledger(Stored):
    """The verdicts of one shelf (a set of library folders). Every method may raise `StoreError`."""

    def __init__(self, store: Store, shelf: str = "") -> None:
        super().__init__(store)
        self._shelf = shelf

    @classmethod
    def open(cls, folder: Path, shelf: str = "") -> Ledger:
        """Open or make the file in the folder of the store; `shelf` names the set of folders."""
        return cls(Store(folder / FILE, schema=SCHEMA, name="verdicts", prepare=_prepare), shelf)

    # ------------------------------------------------------------------ reading

    def rows(self, document: str = "") -> list[Row]:
        """The claims of a document, or all, by document and in the order of their ids."""
        return [kept.row for kept in self._store.read(partial(_kept, shelf=self._shelf, document=document))]

    def counts(self, document: str = "") -> Counter[tuple[Method, Word]]:
        """How many claims there are by method and word: tested and judged ones are never added up."""
        return Counter((row.method, row.word) for row in self.rows(document))

    def history(self, claim: str) -> list[Shown]:
        """What a claim was shown as, oldest first."""
        return self._store.read(partial(_history, claim=claim))

    # ------------------------------------------------------------------ bringing up to date

    def settle(
        self, index: Index, moments: Moments, moment: datetime, progress: Progress | None = None
    ) -> Settled:
        """Judge what has changed since the last time, and keep it; `moment` is now. `progress` hears how
        many of the documents are done that have to be looked at.

        A document is opened only where its file or what one of its claims rests on is another than
        before; in an unchanged library nothing is.
        """
        documents = index.digests()
        self._heal()
        seen = self._store.read(partial(_hashes, shelf=self._shelf))
        held = {kept.row.id: kept for kept in self._store.read(partial(_kept, shelf=self._shelf))}
        outdated = {kept.row.document for kept in held.values() if _stamp_of(kept, moments) != kept.stamp}
        due = [name for name, digest in documents.items() if seen.get(name) != digest or name in outdated]
        claims: dict[str, _Judged | _Kept] = {}
        for done, document in enumerate(_by_day(filter(None, map(index.document, due)))):
            if progress and done and done % TOLD == 0:
                progress(done, len(due))
            claims.update(_judged_document(document, held, moments))
        judged = [each for each in claims.values() if isinstance(each, _Judged)]
        gone = [
            claim
            for claim, kept in held.items()
            if kept.row.document not in documents or (kept.row.document in due and claim not in claims)
        ]
        if not (due or gone or seen.keys() - documents.keys()):
            return Settled()
        return self._store.write(
            partial(
                _keep, shelf=self._shelf, documents=documents, judged=judged, gone=gone, held=held,
                moments=moments, moment=moment,
            )
        )  # fmt: skip

    def _heal(self) -> None:
        """Have all be judged again where what is kept is not as it was kept; what does not fit goes."""
        if not self._store.read(partial(_is_whole, shelf=self._shelf)):
            self._store.write(partial(_let_go, shelf=self._shelf))
            self._store.note("verdicts: some were not as they were kept; all claims are judged anew")


def verdict_of(
    statement: Statement,
    published: Interval | None,
    moments: Moments,
    as_of: date | None = None,
    *,
    explains: bool = True,
) -> Verdict:
    """The verdict as of a day, with all its arithmetic if it `explains`; `published` is the date of the
    judged document."""
    day = min(as_of, moments.today) if as_of else moments.today
    then = moments.at(published.last, day) if published and published.last < day else None
    known = moments.is_known
    return judge(
        statement, moments.at(day), then, published, is_known=known, explains=explains,
        answers=moments.answers(day),
    )  # fmt: skip


def differs(shown: Shown | None, verdict: Verdict) -> str:
    """What to say where a claim was shown as another word than the vintages of that day give; else empty."""
    if shown is None or shown.word == verdict.word:
        return ""
    since = f"shown as {shown.word} since {shown.moment:%Y-%m-%d}"
    return f"{since}; the vintages of {verdict.now.day} give {verdict.word}"


def told(history: Sequence[Shown]) -> str:
    """A history in one sentence: `supported from 2026-05-03, contradicted since 2026-06-14: because`."""
    words = [f"{shown.said} from {shown.moment:%Y-%m-%d}" for shown in history[:-1]]
    words += [f"{shown.said} since {shown.moment:%Y-%m-%d}" for shown in history[-1:]]
    because = f": {history[-1].because}" if len(history) > 1 and history[-1].because else ""
    return ", ".join(words) + because


# ---------------------------------------------------------------------- judging


def claims_of(document: Document) -> Iterator[tuple[str, Statement]]:
    """The claims of a document by their whole ids, in reading order; of equal ids the first."""
    found: dict[str, Statement] = {}
    for block in document.blocks:
        if block.kind == "claim" and block.statement:
            found.setdefault(f"{document.id}#{block.statement.id}", block.statement)
    yield from found.items()


def _judged_document(
    document: Document, held: dict[str, _Kept], moments: Moments
) -> Iterator[tuple[str, _Judged | _Kept]]:
    """The claims of a document: those that rest on what they did stay as they are."""
    published = day_of(document)
    for claim, statement in claims_of(document):
        before = held.get(claim)
        text = _digest(statement, published)
        if before and before.text == text and before.stamp == _stamp_of(before, moments):
            yield claim, before
        else:
            yield claim, _judged(claim, document.id, statement, published, text, moments)


def _judged(
    claim: str, document: str, statement: Statement, published: Interval | None, text: str, moments: Moments
) -> _Judged:
    verdict = verdict_of(statement, published, moments, explains=False)
    clocked = verdict.is_open and any(map(moments.is_clocked, verdict.series))
    last = published.last.isoformat() if published else ""
    kept = _Kept(as_row(claim, document, verdict), text, last, clocked, "")
    return _Judged(kept._replace(stamp=_stamp_of(kept, moments)), packed(verdict.now.used))


def as_row(claim: str, document: str, verdict: Verdict) -> Row:
    """What lists show of a verdict."""
    now, newest = verdict.now, verdict.now.newest
    return Row(
        claim, document, verdict.method, now.word, verdict.then.word if verdict.then else None, now.why,
        now.measured, now.sign, now.stated, now.tolerance, now.unit, now.period, str(newest or ""),
        verdict.age, verdict.is_open, verdict.series, verdict.on, compact(verdict.quantity),
    )  # fmt: skip


def _digest(statement: Statement, published: Interval | None) -> str:
    """What of a claim its verdict rests on."""
    parts = (statement.test, statement.judged, statement.evidence, bool(statement.where), published)
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _stamp_of(kept: _Kept, moments: Moments) -> str:
    """What beside its text a verdict rests on: rules, figures, and the day where that matters."""
    later = not kept.published or kept.published >= moments.today.isoformat()
    day = moments.today.isoformat() if kept.clocked else "later" if later else ""
    return " ".join((RULES, day, *map(moments.stamp, kept.row.series)))


def _by_day(documents: Iterable[Document]) -> list[Document]:
    """Documents of one date next to each other: what was known then is read once."""
    return sorted(documents, key=lambda document: (str(day_of(document)), document.id))


# ---------------------------------------------------------------------- the file


def _prepare(connection: sqlite3.Connection) -> None:
    connection.text_factory = tolerant
    with suppress(sqlite3.Error):  # where nothing can be written, or is damaged, reading will tell
        if not is_sealed(connection):
            with transaction(connection):
                seal_all(connection, _SEALED)


def _is_whole(connection: sqlite3.Connection, shelf: str) -> bool:
    return is_whole(connection, shelf, "", sound_rows(connection, shelf, ""))


def _let_go(connection: sqlite3.Connection, shelf: str) -> None:
    """Drop the claims of a shelf that do not fit, wherever the indexes say they are, and what tells that
    a document was judged."""
    connection.execute("REINDEX claims")
    query = f"SELECT rowid, {SEALED} FROM claims NOT INDEXED"
    rows, sealed = connection.execute(query).fetchall(), is_sealed(connection)
    gone = [(row,) for row, seal, *values in rows if not fits(seal, values, sealed=sealed)]
    connection.executemany("DELETE FROM claims WHERE rowid = ?", gone)
    connection.execute("DELETE FROM documents WHERE shelf = ?", (shelf,))


def _kept(connection: sqlite3.Connection, shelf: str, document: str = "") -> list[_Kept]:
    return list(map(_kept_row, sound_rows(connection, shelf, document)))


def _kept_row(values: Sequence[Any]) -> _Kept:
    text, published, clocked, stamp = values[1 + len(Row._fields) :]
    return _Kept(row_of(values), text, published, bool(clocked), stamp)


def _hashes(connection: sqlite3.Connection, shelf: str) -> dict[str, str]:
    return dict(connection.execute("SELECT id, hash FROM documents WHERE shelf = ?", (shelf,)))


def _history(connection: sqlite3.Connection, claim: str) -> list[Shown]:
    query = f"SELECT {SHOWN} FROM shown WHERE claim = ? ORDER BY id"
    sealed = is_sealed(connection)
    rows = connection.execute(query, (claim,))
    return [shown for row in rows if (shown := shown_of(row, sealed=sealed))]


def _keep(
    connection: sqlite3.Connection,
    shelf: str,
    documents: dict[str, str],
    judged: Sequence[_Judged],
    gone: Sequence[str],
    held: dict[str, _Kept],
    moments: Moments,
    moment: datetime,
) -> Settled:
    shown = []
    for each in judged:
        row = each.kept.row
        if _last_words(connection, row.id) != (row.word, row.then_word):
            because = _because(connection, shelf, each, held.get(row.id), moments)
            shown.append(Shown(row.id, moment, row.word, row.then_word, row.measured, because))
    ids = ((shelf, claim) for claim in gone)
    connection.executemany("DELETE FROM claims WHERE shelf = ? AND id = ?", ids)
    query = f"INSERT OR REPLACE INTO claims (shelf, {COLUMNS}, {_REST}, figures) VALUES ({_MARKS})"
    connection.executemany(query, (_values(shelf, each) for each in judged))
    connection.executemany(
        "INSERT INTO shown (claim, moment, word, then_word, measured, because) VALUES (?, ?, ?, ?, ?, ?)",
        ((each.claim, each.moment.isoformat(), *each[2:]) for each in shown),
    )
    seal_all(connection, _SEALED)
    connection.execute("DELETE FROM documents WHERE shelf = ?", (shelf,))
    counted = "(SELECT count(*) FROM claims WHERE shelf = ? AND document = ?)"
    connection.executemany(
        f"INSERT INTO documents VALUES (?, ?, ?, {counted})",
        ((shelf, name, digest, shelf, name) for name, digest in documents.items()),
    )
    return Settled(len(judged), tuple(each for each in shown if each.claim in held))


def _last_words(connection: sqlite3.Connection, claim: str) -> tuple[str, str | None] | None:
    """What a claim was last shown as; asked within the transaction, since others write here too."""
    query = f"SELECT {SHOWN} FROM shown WHERE claim = ? ORDER BY id DESC LIMIT 1"
    found = connection.execute(query, (claim,)).fetchone()
    shown = shown_of(found, sealed=is_sealed(connection)) if found else None
    return (shown.word, shown.then_word) if shown else None


def _because(
    connection: sqlite3.Connection, shelf: str, judged: _Judged, before: _Kept | None, moments: Moments
) -> str:
    """Why a claim is shown as another word than before; empty for one that was not there."""
    if before is None:
        return ""
    if before.text != judged.kept.text:
        return "the claim or the date of its document was changed"
    query = "SELECT figures FROM claims WHERE shelf = ? AND id = ?"
    found = connection.execute(query, (shelf, judged.kept.row.id)).fetchone()
    now = moments.at(moments.today)
    return cause(found[0] if found else "", judged.figures, judged.kept.row.series, now, moments.parts)


def _values(shelf: str, judged: _Judged) -> tuple[object, ...]:
    kept = judged.kept
    row = kept.row._replace(series=" ".join(kept.row.series))  # type: ignore[arg-type]
    return (shelf, *row, kept.text, kept.published, kept.clocked, kept.stamp, judged.figures)
