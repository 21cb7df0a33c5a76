"""`briefing claims`: which claims of the library hold, or all there is to say of one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from briefings.desk import Desk
from briefings.documents.items import plain
from briefings.documents.model import TOPICS, Document, Item, Span, Statement
from briefings.ledger.judged import Row, Shown
from briefings.ledger.ledger import as_row, differs, told, verdict_of
from briefings.ledger.verdicts import Verdict, aged, day_of
from briefings.ledger.words import ASCII, WORDS
from sources.text import clean_line
from tui.cli.arguments import add_as_of, one_of
from tui.cli.arithmetic import input_lines, input_records, inputs_on, moments_of, reading_record
from tui.cli.columns import in_columns
from tui.cli.holding import Holding, holding, iso
from tui.cli.output import FAILED, FINE, USAGE, RequestError
from tui.cli.records import Record, item_record
from tui.cli.session import Session
from tui.cli.statusline import counted
from tui.terminal import terminal

_LABEL = 9


class Claim(NamedTuple):
    """A claim with its verdict, and the glyph that is shown for it."""

    item: Item
    document: Document
    statement: Statement
    verdict: Verdict
    row: Row
    mark: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an id, what to list, a day, and the verdict that is a failure."""
    word = one_of("verdict", WORDS)
    parser.add_argument("id", metavar="ID", nargs="?", help="one claim: c10, china-legal-shield#c10")
    parser.add_argument("--verdict", type=word, metavar="WORD", help=f"only these: {', '.join(WORDS)}")
    parser.add_argument("--topic", type=one_of("topic", TOPICS), help="only those of a topic")
    parser.add_argument("--document", metavar="ID", help="only those of a document")
    add_as_of(parser)
    parser.add_argument("--fail-on", type=word, metavar="WORD", help="end with status 1 where one is this")


def run(session: Session, options: argparse.Namespace) -> int:
    """List the claims, the worst first, or show one; status 1 where one has the verdict of --fail-on."""
    items = _chosen(session, options)
    with holding(session, options.as_of) as held:
        claims = [claim for claim in _judged(session, held, items, options.as_of) if _fits(claim, options)]
        claims.sort(key=lambda claim: (WORDS.index(claim.verdict.word), claim.verdict.method == "judged"))
        if session.output.as_json:
            session.output.data("claims", [_record(session, held, claim, options.as_of) for claim in claims])
        elif options.id:
            session.output.text(_card(session, held, claims, options.as_of))
        else:
            session.output.text(_table(session, claims))
            session.output.narrate(f"{len(claims)} claim{'' if len(claims) == 1 else 's'}")
    return FAILED if any(claim.verdict.word == options.fail_on for claim in claims) else FINE


def _chosen(session: Session, options: argparse.Namespace) -> list[Item]:
    """The claims that are asked for. Raises `RequestError`."""
    if options.id:
        item = session.find(options.id)
        if item.kind != "claim":
            raise RequestError("usage", f'"{item.id}" is no claim but of kind {item.kind}', USAGE)
        return [item]
    names = [session.find(options.document).document] if options.document else []
    documents = names or [each.id for each in session.desk.documents()]
    return [item for name in documents for item in session.desk.items_of(name, "claim")]


def _fits(claim: Claim, options: argparse.Namespace) -> bool:
    return (not options.verdict or claim.verdict.word == options.verdict) and (
        not options.topic or options.topic in claim.item.topics
    )


def _judged(session: Session, held: Holding, items: Sequence[Item], as_of: date | None) -> Iterator[Claim]:
    moments = moments_of(held)

    def is_late(series: str) -> bool:
        entry = held.catalogue.get(series)
        fresh = held.freshness(entry) if entry else None
        return fresh is not None and fresh.state in ("stale", "failing")

    for item in counted(items, "Judging", "claims"):
        document, statement = session.desk.document(item.document), session.desk.statement(item)
        if document and statement:
            verdict = verdict_of(statement, day_of(document), moments, as_of)
            row = as_row(item.id, document.id, verdict)
            yield Claim(item, document, statement, verdict, row, row.mark(is_late))


# ---------------------------------------------------------------------- JSON


def _record(session: Session, held: Holding, claim: Claim, as_of: date | None) -> Record:
    verdict, statement = claim.verdict, claim.statement
    return {
        **item_record(claim.item),
        "says": statement.says,
        "where": statement.where,
        "test": statement.test,
        "method": verdict.method,
        "mark": claim.mark,
        "verdict": verdict.word,
        "then_verdict": verdict.then.word if verdict.then else None,
        "now": reading_record(verdict.now),
        "then": reading_record(verdict.then),
        "age": verdict.age,
        "judged_on": verdict.on,
        "evidence": plain(verdict.evidence),
        "citations": [span.link.target for span in verdict.evidence if span.link],
        "note": _note(session.desk, claim),
        "shown": [_shown_record(each) for each in _shown(session, claim, as_of)],
        "inputs": input_records(held, inputs_on(held, verdict.now.used, as_of)),
    }


def _shown_record(shown: Shown) -> Record:
    return {
        "since": iso(shown.moment),
        "verdict": shown.word,
        "then_verdict": shown.then_word,
        "measured": shown.measured,
        "because": shown.because,
    }


def _shown(session: Session, claim: Claim, as_of: date | None) -> Sequence[Shown]:
    """What lists showed a claim as up to the end of a day, or until now; oldest first."""
    history = session.desk.shown_before(claim.item.id)
    return [each for each in history if as_of is None or each.moment.date() <= as_of]


def _note(desk: Desk, claim: Claim) -> str:
    """The note on a claim in words: figures by their values, items by their names."""
    return "".join(_word(desk, span, claim.document.id) for span in claim.statement.note)


def _word(desk: Desk, span: Span, document: str) -> str:
    link = span.link
    if link and link.kind == "figure":
        return desk.figure(link.target) or span.text
    if link and link.kind == "item" and span.text in ("", link.target):
        found = desk.resolve(link.target, document)
        return found.title if found else link.target
    return span.text


# ---------------------------------------------------------------------- text


def _table(session: Session, claims: Sequence[Claim]) -> Iterator[str]:
    rows = [
        (
            _drawn(session, claim.mark),
            claim.item.id,
            claim.item.title,
            _with_unit(claim.row.says, claim.row.unit),
            _with_unit(claim.row.found, claim.row.unit),
            claim.verdict.said + (", judged" if claim.verdict.method == "judged" else ""),
        )
        for claim in claims
    ]
    if rows:
        yield from in_columns([("", "claim", "", "says", "measured", "verdict"), *rows], right=(3, 4))


def _with_unit(number: str, unit: str) -> str:
    return f"{number} {unit}".rstrip() if number else ""


def _drawn(session: Session, mark: str) -> str:
    plain_marks = session.settings.ascii or not terminal.writes_unicode()
    return "".join(ASCII.get(sign, sign) for sign in mark) if plain_marks else mark


def _card(session: Session, held: Holding, claims: Sequence[Claim], as_of: date | None) -> Iterator[str]:
    for claim in claims:
        yield clean_line(
            f"{_drawn(session, claim.mark)} {claim.verdict.said}  {claim.item.id}  {claim.item.title}"
        )
        for label, words in _facts(session, held, claim, as_of):
            if words:
                yield clean_line(f"{label:<{_LABEL}}{words}").rstrip()


def _facts(session: Session, held: Holding, claim: Claim, as_of: date | None) -> Iterator[tuple[str, str]]:
    verdict, statement = claim.verdict, claim.statement
    now, then = verdict.now, verdict.then
    yield "Says", statement.says
    yield "Where", ", ".join(filter(None, (statement.where, f"{claim.item.path}:{claim.item.line}")))
    yield "Test", statement.test
    for place, step in enumerate(now.steps):
        yield "" if place else "Steps", step
    yield "Why", now.why
    if verdict.method == "judged":
        yield "Judged", verdict.on
        yield "Evidence", plain(verdict.evidence)
        for span in verdict.evidence:
            yield "", span.link.target if span.link and span.link.kind == "url" else ""
    if then and (then.word, then.measured) != (now.word, now.measured):
        measured = f", measured {then.measured:.10g} {then.unit}" if then.measured is not None else ""
        yield "Then", f"{then.word} on what was known on {then.day}{measured}".rstrip()
    yield from input_lines(held, inputs_on(held, now.used, as_of))
    yield "Age", aged(verdict)
    yield "Note", _note(session.desk, claim)
    before = _shown(session, claim, as_of)
    if as_of:
        yield "Shown", differs(before[-1] if before else None, verdict)
    elif len(before) > 1:
        yield "Shown", told(before)
