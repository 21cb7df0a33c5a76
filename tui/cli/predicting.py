"""`briefing predictions`: what became of predictions, and how their authors did."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefings.ledger.ledger import verdict_of
from briefings.ledger.likelihood import share
from briefings.ledger.predictions import Outcome
from briefings.ledger.proposals import Proposal, proposed
from briefings.ledger.scoreboard import Called, Scored, board, scored_on
from briefings.ledger.scores import LEAST_RESOLVED, Score, said_of
from briefings.ledger.words import ASCII
from sources.text import clean_line
from tui.cli.arguments import add_as_of
from tui.cli.arithmetic import moments_of, reading_record
from tui.cli.columns import in_columns
from tui.cli.forecasting import forecast_record
from tui.cli.holding import holding
from tui.cli.output import FINE
from tui.cli.records import Record, item_record
from tui.cli.session import Session
from tui.terminal import terminal


class Prediction(NamedTuple):
    """A prediction on the board, and what its test proposes, if it is due and has one."""

    called: Called
    proposal: Proposal | None
    reading: Record | None


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a document and a day."""
    parser.add_argument("--document", metavar="ID", help="only those of a document, and the scores they give")
    add_as_of(parser)


def run(session: Session, options: argparse.Namespace) -> int:
    """List the predictions by their state, and the scores of their authors."""
    day = options.as_of or session.now().date()
    document = session.find(options.document).document if options.document else ""
    found = []
    with holding(session, options.as_of) as held:
        moments = moments_of(held)
        for each in board(session.desk, document, day):
            test = (
                verdict_of(each.statement, None, moments, options.as_of).now if each.statement.test else None
            )
            proposal = proposed(each.status, test) if test else None
            found.append(Prediction(each, proposal, reading_record(test)))
    scored = scored_on([each.called for each in found])
    if session.output.as_json:
        data = {
            "predictions": list(map(_record, found)),
            "authors": list(map(_score_record, scored.authors)),
            "publishers": list(map(_score_record, scored.publishers)),
            "reader": _score_record(scored.reader) if scored.reader else None,
            "words": dict(session.desk.own.words),
        }
        session.output.data("predictions", data)
    else:
        session.output.text(_lines(session, found, scored))
    return FINE


def _record(each: Prediction) -> Record:
    (item, statement, status, chance, own, _), counted = each.called, each.called.counted
    outcome = status.outcome
    return {
        **item_record(item),
        "says": statement.says,
        "by": statement.by,
        "made": statement.made,
        "window": statement.window,
        "state": status.state,
        "why": status.why,
        "closes": status.closes.isoformat() if status.closes else None,
        "days": status.days,
        "chance": {"value": chance.value, "basis": chance.basis} if chance else None,
        "wording": statement.wording,
        "resolves": statement.resolves,
        "test": statement.test,
        "reading": each.reading,
        "proposed": each.proposal.outcome if each.proposal else None,
        "because": each.proposal.because if each.proposal else None,
        "outcome": _outcome_record(outcome) if outcome else None,
        "forecasts": [forecast_record(forecast) for forecast in own],
        "counted": forecast_record(counted) if counted else None,
    }


def _outcome_record(outcome: Outcome) -> Record:
    return {
        "outcome": outcome.outcome,
        "on": outcome.on.isoformat(),
        "source": outcome.source,
        "reason": outcome.reason,
    }


def _score_record(score: Score) -> Record:
    return {**score._asdict(), "bins": [each._asdict() for each in score.bins]}


def _lines(session: Session, found: Sequence[Prediction], scored: Scored) -> Iterator[str]:
    if not found:
        return
    head = ("", "prediction", "", "made", "closes", "chance", "yours", "state")
    rows = [_row(session, each) for each in found]
    yield from in_columns([head, *rows])
    yield ""
    for score in scored.authors:
        yield clean_line(f"{score.by or 'no author'}  {_counted(score)}")
    for score in scored.publishers:
        yield clean_line(f"{score.by}, publisher  {_counted(score)}")
    if scored.reader:
        yield f"yours  {_counted(scored.reader)}"


def _row(session: Session, each: Prediction) -> tuple[str, ...]:
    item, statement, status, chance = each.called[:4]
    own, glyph = each.called.own, status.glyph
    if session.settings.ascii or not terminal.writes_unicode():
        glyph = ASCII[glyph]
    said = status.said + (f"; {each.proposal.said}" if each.proposal else "")
    return (
        glyph,
        item.id,
        item.title,
        statement.made,
        str(status.closes or "no date"),
        f"{share(chance.value)} {said_of(chance)}" if chance else "none",
        share(own.chance) if own else "",
        said,
    )


def _counted(score: Score) -> str:
    words = f"resolved {score.resolved} of {score.predictions}, void {score.states.get('void', 0)}"
    if score.brier is None or score.log is None:
        return f"{words}; no score under {LEAST_RESOLVED} resolved"
    read = f", {score.read} of them read from words" if score.read else ""
    return f"{words}; Brier {score.brier:.3f}, log {score.log:.3f} over {score.scored} chances{read}"
