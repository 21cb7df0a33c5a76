"""The ledger: the verdict on every claim of a library, kept until something that it rests on changes.

Beside it stands what was shown, and since when. Past days are never read from there: they are judged
anew from the vintages of that day, and `differs` says where the two are not the same.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from briefings.documents.dates import Interval
from briefings.documents.model import Document, Statement
from briefings.ledger.causes import cause
from briefings.ledger.judged import FILE, RULES, Row, Settled, Shown, compact
from briefings.ledger.moments import Moments
from briefings.ledger.records import SCHEMA, Held, JudgedAnew, Records, prepare
from briefings.ledger.verdicts import Verdict, day_of, judge
from briefings.library.files import Files
from briefings.library.index import Index
from cache.store import Action, Store, Stored

if TYPE_CHECKING:
    from briefings.library.update import Progress

TOLD = 10
"""Documents between two reports of progress."""

Result = TypeVar("Result")


class _Change(NamedTuple):
    """What has changed since the last time: claims judged anew, those that are gone, and those that were
    there before, by id."""

    judged: Sequence[JudgedAnew]
    gone: Sequence[str]
    held: Mapping[str, Held]


class Ledger(Stored):
    """The verdicts of one shelf (a set of library folders). Every method may raise `StoreError`."""

    def __init__(self, store: Store, shelf: str = "") -> None:
        super().__init__(store)
        self._shelf = shelf

    @classmethod
    def open(cls, folder: Path, shelf: str = "") -> Ledger:
        """Open or make the file in the folder of the store; `shelf` names the set of folders."""
        return cls(Store(folder / FILE, schema=SCHEMA, name="verdicts", prepare=prepare), shelf)

    def rows(self, document: str = "") -> list[Row]:
        """The claims of a document, or all, by document and in the order of their ids."""
        return self._store.read(self._on(partial(Records.rows, document=document)))

    def settle(
        self, index: Index, moments: Moments, moment: datetime, progress: Progress | None = None
    ) -> Settled:
        """Judge what has changed since the last time, and keep it; `moment` is now. `progress` hears how
        many of the documents are done that have to be looked at.

        A document is opened only where its file or what one of its claims rests on is another than
        before; in an unchanged library nothing is.
        """
        documents = Files(index).digests()
        held = self._held()
        seen = self._store.read(self._on(Records.hashes))
        outdated = {each.document for each in held.values() if _stamp_of(each, moments) != each.stamp}
        due = [name for name, digest in documents.items() if seen.get(name) != digest or name in outdated]
        claims: dict[str, JudgedAnew | None] = {}
        for done, document in enumerate(by_day(filter(None, map(index.document, due)))):
            if progress and done and done % TOLD == 0:
                progress(done, len(due))
            claims.update(_judged_document(document, held, moments))
        gone = list(_gone(held, documents.keys() - due, claims))
        if not (due or gone or seen.keys() - documents.keys()):
            return Settled()
        change = _Change(list(filter(None, claims.values())), gone, held)

        def keep(records: Records) -> Settled:
            settled = _kept(records, change, moments, moment)
            records.remember(documents)
            return settled

        return self._store.write(self._on(keep))

    def _held(self) -> Mapping[str, Held]:
        """The claims that were judged, by id. Where what is kept is not as it was kept, all are judged again,
        and what does not fit goes."""
        held, is_whole = self._store.read(self._on(Records.held))
        if not is_whole:
            self._store.write(self._on(Records.let_go))
            self._store.note("verdicts: some were not as they were kept; all claims are judged anew")
            held, _ = self._store.read(self._on(Records.held))
        return held

    def _on(self, action: Callable[[Records], Result]) -> Action[Result]:
        return lambda connection: action(Records(connection, self._shelf))


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


def rows_of(document: Document, moments: Moments, day: date) -> list[Row]:
    """The claims of a document with their verdicts of a day, in the order of their ids."""
    published = day_of(document)
    return [
        as_row(claim, document.id, verdict_of(statement, published, moments, day, explains=False))
        for claim, statement in sorted(claims_of(document), key=itemgetter(0))
    ]


def _gone(held: Mapping[str, Held], as_before: Container[str], claims: Container[str]) -> Iterator[str]:
    """The claims that are there no more; of the documents that are `as_before` all are."""
    for claim, each in held.items():
        if each.document not in as_before and claim not in claims:
            yield claim


def _judged_document(
    document: Document, held: Mapping[str, Held], moments: Moments
) -> Iterator[tuple[str, JudgedAnew | None]]:
    """The claims of a document; None for those that rest on what they did: they stay as they are."""
    published = day_of(document)
    for claim, statement in claims_of(document):
        before = held.get(claim)
        text = _digest(statement, published)
        if before and before.text == text and before.stamp == _stamp_of(before, moments):
            yield claim, None
        else:
            yield claim, _judged(claim, document.id, statement, published, text, moments)


def _judged(
    claim: str, document: str, statement: Statement, published: Interval | None, text: str, moments: Moments
) -> JudgedAnew:
    verdict = verdict_of(statement, published, moments, explains=False)
    clocked = verdict.is_open and any(map(moments.is_clocked, verdict.series))
    last = published.last.isoformat() if published else ""
    held = Held(document, " ".join(verdict.series), text, last, clocked, "")
    stamped = held._replace(stamp=_stamp_of(held, moments))
    return JudgedAnew(as_row(claim, document, verdict), stamped, verdict.now.used.packed)


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


def _stamp_of(held: Held, moments: Moments) -> str:
    """What beside its text a verdict rests on: rules, figures, and the day where that matters."""
    today = moments.today.isoformat()
    later = not held.published or held.published >= today
    day = today if held.clocked else "later" if later else ""
    return " ".join((RULES, day, moments.stamp(held.series)) if held.series else (RULES, day))


def by_day(documents: Iterable[Document]) -> list[Document]:
    """Documents of one date next to each other: what was known then is read once."""
    return sorted(documents, key=lambda document: (str(day_of(document)), document.id))


# ---------------------------------------------------------------------- what is kept


def _kept(records: Records, change: _Change, moments: Moments, moment: datetime) -> Settled:
    """Keep what has changed, and what is shown as another word from this moment on."""
    shown = []
    for document, judged in groupby(change.judged, key=lambda each: each.row.document):
        last = records.last_shown(document)
        for each in judged:
            row, before = each.row, last.get(each.row.id)
            if before is None or (before.word, before.then_word) != (row.word, row.then_word):
                because = _because(records, each, change.held.get(row.id), moments)
                shown.append(Shown(row.id, moment, row.word, row.then_word, row.measured, because))
    records.drop(change.gone)
    records.keep(change.judged, shown)
    return Settled(len(change.judged), tuple(each for each in shown if each.claim in change.held))


def _because(records: Records, judged: JudgedAnew, before: Held | None, moments: Moments) -> str:
    """Why a claim is shown as another word than before; empty for one that was not there."""
    if before is None:
        return ""
    if before.text != judged.held.text:
        return "the claim or the date of its document was changed"
    row, now = judged.row, moments.at(moments.today)
    return cause(records.figures(row.id), judged.figures, row.series, now, moments.parts)
