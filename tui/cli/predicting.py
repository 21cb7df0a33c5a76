"""`briefing predictions`: what became of predictions, and how their authors did."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from briefings.ledger import verdict_of
from briefings.model import Item, Statement
from briefings.predictions import STATES, Status, proposed
from briefings.scoreboard import LEAST_RESOLVED, Score, chance_of, scores
from briefings.words import ASCII
from sources.text import clean_line
from tui import terminal
from tui.cli.arguments import add_as_of
from tui.cli.arithmetic import moments_of, reading_record
from tui.cli.columns import in_columns
from tui.cli.holding import holding
from tui.cli.output import FINE
from tui.cli.records import Record, item_record
from tui.cli.session import Session


class Prediction(NamedTuple):
    """A prediction with its state, and what its test proposes, if it is due and has one."""

    item: Item
    statement: Statement
    status: Status
    proposal: str
    reading: Record | None


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a day."""
    add_as_of(parser)


def run(session: Session, options: argparse.Namespace) -> int:
    """List the predictions by their state, and the scores of their authors."""
    day = options.as_of or session.now().date()
    with holding(session, options.as_of) as held:
        moments = moments_of(held)
        found = []
        for item, statement, status in _board(session, day):
            reading = verdict_of(statement, None, moments, options.as_of).now if statement.test else None
            proposal = proposed(status, reading) if reading else None
            found.append(Prediction(item, statement, status, proposal or "", reading_record(reading)))
    found.sort(key=lambda each: STATES.index(each.status.state))
    authors = scores((each.statement, each.status) for each in found)
    if session.output.as_json:
        data = {"predictions": list(map(_record, found)), "authors": list(map(_score_record, authors))}
        session.output.data("predictions", data, options.as_of.isoformat() if options.as_of else None)
    else:
        session.output.text(_lines(session, found, authors))
    return FINE


def _board(session: Session, day: date) -> Iterator[tuple[Item, Statement, Status]]:
    for document in session.desk.documents():
        for item in session.desk.items_of(document.id, "prediction"):
            statement, status = session.desk.statement(item), session.desk.status(item, day)
            if statement and status:
                yield item, statement, status


def _record(each: Prediction) -> Record:
    statement, status, chance = each.statement, each.status, chance_of(each.statement)
    outcome = status.outcome
    return {
        **item_record(each.item),
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
        "proposed": each.proposal or None,
        "outcome": {**outcome._asdict(), "on": outcome.on.isoformat()} if outcome else None,
    }


def _score_record(score: Score) -> Record:
    return {**score._asdict(), "bins": [each._asdict() for each in score.bins]}


def _lines(session: Session, found: Sequence[Prediction], authors: Sequence[Score]) -> Iterator[str]:
    if not found:
        return
    head = ("", "prediction", "", "made", "closes", "chance", "state")
    rows = [_row(session, each) for each in found]
    yield from in_columns([head, *rows])
    yield ""
    for score in authors:
        yield clean_line(f"{score.by or 'no author'}  {_counted(score)}")


def _row(session: Session, each: Prediction) -> tuple[str, ...]:
    chance = chance_of(each.statement)
    glyph = each.status.glyph
    if session.settings.ascii or not terminal.writes_unicode():
        glyph = ASCII[glyph]
    said = each.status.said + (f"; its test proposes {each.proposal}" if each.proposal else "")
    return (
        glyph,
        each.item.id,
        each.item.title,
        each.statement.made,
        str(each.status.closes or "no date"),
        f"{chance.value:.0%} {chance.basis}" if chance else "none",
        said,
    )


def _counted(score: Score) -> str:
    resolved = score.states.get("true", 0) + score.states.get("false", 0)
    words = f"resolved {resolved} of {sum(score.states.values())}, void {score.states.get('void', 0)}"
    if score.brier is None or score.log is None:
        return f"{words}; no score under {LEAST_RESOLVED} resolved"
    read = f", {score.read} of them read from words" if score.read else ""
    return f"{words}; Brier {score.brier:.3f}, log {score.log:.3f} over {score.scored} chances{read}"
