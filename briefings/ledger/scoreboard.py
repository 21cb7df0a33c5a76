"""The scoreboard: predictions with their states, what their authors and the reader gave them, the scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from briefings.desk import Desk
from briefings.documents.model import Item, Statement
from briefings.ledger.predictions import STATES, Status
from briefings.ledger.proposals import Proposal, proposed
from briefings.ledger.scores import (
    Chance,
    Forecast,
    Score,
    chance_of,
    counted,
    forecast_on,
    reader_score,
    scores,
)


class Called(NamedTuple):
    """A prediction on a day: its state, the chance its author gave it, and what the reader entered of it
    up to that day, oldest first. `publisher` is that of the document briefed on, on a board."""

    item: Item
    statement: Statement
    status: Status
    chance: Chance | None
    forecasts: tuple[Forecast, ...] = ()
    publisher: str = ""

    @property
    def own(self) -> Forecast | None:
        """The reader's newest forecast."""
        return forecast_on(self.forecasts, date.max)

    @property
    def counted(self) -> Forecast | None:
        """The reader's forecast that is scored; None while nothing came of the prediction."""
        return counted(self.forecasts, self.status)


class Scored(NamedTuple):
    """How everybody did: authors, those publishers whose predictions are not just those of the author of
    the same name, and the reader, who has no score without a forecast."""

    authors: Sequence[Score]
    publishers: Sequence[Score]
    reader: Score | None


def board(desk: Desk, briefing: str = "", day: date | None = None) -> Sequence[Called]:
    """The predictions of a briefing, or of all documents, on a day (today by default): first those that
    are due, then open ones, each in the order in which they close, then what came of the others."""
    names = (briefing,) if briefing else (each.id for each in desk.documents())
    found = [each for name in names for each in _of_document(desk, name, day)]
    return sorted(found, key=_order)


def _order(each: Called) -> tuple[int, date]:
    status = each.status
    is_settled = status.state not in ("due", "open")
    return STATES.index(status.state), date.max if is_settled else status.closes or date.max


def called(desk: Desk, item: Item, day: date | None = None) -> Called | None:
    """How a prediction stands on a day; None for what is none."""
    statement, status = desk.statement(item), desk.status(item, day)
    if statement is None or status is None:
        return None
    known = (each for each in desk.own.forecasts.get(item.id, ()) if each.on <= (day or desk.today))
    own = tuple(sorted(known, key=lambda each: each.on))
    return Called(item, statement, status, chance_of(statement, desk.own.words), own)


def _of_document(desk: Desk, name: str, day: date | None) -> Iterator[Called]:
    items = desk.items_of(name, "prediction")
    document = desk.document(name) if items else None
    publisher = document.briefs.publisher if document and document.briefs else ""
    for item in items:
        if found := called(desk, item, day):
            yield found._replace(publisher=publisher)


def proposal(desk: Desk, each: Called) -> Proposal | None:
    """What the test of a due prediction proposes now; None for what has none, or is not due."""
    if each.status.state != "due" or not each.statement.test:
        return None
    verdict = desk.judge(each.item)
    return proposed(each.status, verdict.now) if verdict else None


def scored_on(board: Sequence[Called]) -> Scored:
    """The scores over the predictions of a board."""
    authors = scores((each.statement.by, each.status, each.chance) for each in board)
    published = scores((each.publisher, each.status, each.chance) for each in board if each.publisher)
    return Scored(
        authors,
        [each for each in published if each not in authors],
        reader_score((each.status, each.forecasts) for each in board),
    )
