"""The scoreboard: what became of predictions, and how their authors did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from briefings.desk import Desk
from briefings.likelihood import band_of
from briefings.model import Block, Item, Mark, Span, Statement
from briefings.predictions import STATES, Status
from briefings.scoreboard import LEAST_RESOLVED, Chance, Score, chance_of, scores
from tui.screens import parts
from tui.screens.page import Address, Page
from tui.screens.verdicts import glyph

_HEAD = ("made", "closes", "chance", "state")
_ALIGN = ("name", "", "", "", "")


class _Board(NamedTuple):
    """A prediction and its state today."""

    item: Item
    statement: Statement
    status: Status


def scores_page(desk: Desk, briefing: str, ascii: bool = False) -> Page:  # noqa: A002  (as the setting is called)
    """The predictions of a briefing, or of all documents without one, and the scores of their authors."""
    board = sorted(_board(desk, briefing), key=lambda each: STATES.index(each.status.state))
    blocks: list[Block] = []
    if board:
        head = tuple(parts.cell(Span(word)) for word in ("  Prediction", *_HEAD))
        lines = (_line(each, ascii) for each in board)
        blocks.append(Block("table", rows=(head, *lines), align=_ALIGN))
    else:
        blocks.append(parts.quiet("No predictions here."))
    authors = scores((each.statement, each.status) for each in board)
    return Page(
        Address("scoreboard", briefing),
        path=("Scoreboard of predictions",),
        reading=blocks,
        side=_authors(authors),
        document=briefing,
        up=Address("overview", briefing),
        listing=bool(board),
    )


def _board(desk: Desk, briefing: str) -> Iterator[_Board]:
    names = (briefing,) if briefing else (each.id for each in desk.documents())
    for name in names:
        for item in desk.items_of(name, "prediction"):
            statement, status = desk.statement(item), desk.status(item)
            if statement and status:
                yield _Board(item, statement, status)


def _line(each: _Board, ascii: bool) -> tuple[tuple[Span, ...], ...]:  # noqa: A002
    statement, status = each.statement, each.status
    return (
        (glyph(status.glyph, ascii), parts.link(each.item)),
        (Span(statement.made),),
        (Span(str(status.closes) if status.closes else "no date"),),
        (Span(_chance(statement)),),
        (Span(status.said),),
    )


def _chance(statement: Statement) -> str:
    chance = chance_of(statement)
    return f"{chance.value:.0%} {'read' if chance.basis == 'read' else ''}".rstrip() if chance else "none"


def _authors(authors: Sequence[Score]) -> list[Block]:
    if not authors:
        return []
    lines = [parts.rows((each.by or "no author", (Span(_counted(each)),)) for each in authors)]
    for each in authors:
        if each.brier is not None and each.log is not None:
            words = f"{each.by}: Brier {each.brier:.2f}, log {each.log:.2f}; a coin has 0.25 and 0.69"
            lines += [parts.paragraph(Span(words)), *_calibration(each)]
    return [parts.heading("Authors"), *lines]


def _counted(score: Score) -> str:
    """`resolved 0 of 5, void 4; no score under five resolved`."""
    resolved = score.states.get("true", 0) + score.states.get("false", 0)
    words = f"resolved {resolved} of {sum(score.states.values())}, void {score.states.get('void', 0)}"
    return words if score.brier is not None else f"{words}; no score under {_FEW} resolved"


_FEW = {5: "five"}.get(LEAST_RESOLVED, str(LEAST_RESOLVED))


def _calibration(score: Score) -> Iterable[Block]:
    """What was called how likely, and how much of it came true."""
    head = tuple(parts.cell(Span(word)) for word in ("called", "predictions", "on average", "came true"))
    lines = (
        tuple(
            parts.cell(Span(word))
            for word in (
                f"{each.low:.0%}-{each.high:.0%}",
                str(each.predictions),
                f"{each.mean:.0%}",
                f"{each.share:.0%}",
            )
        )
        for each in score.bins
        if each.predictions
    )
    return [Block("table", rows=(head, *lines), align=("", "right", "right", "right"))]


def prediction_blocks(desk: Desk, item: Item, statement: Statement, ascii: bool = False) -> list[Block]:  # noqa: A002
    """The title with the state, and all there is to say of a prediction, row by row."""
    blocks = [parts.title(f"{item.short.upper()}  {statement.title}".rstrip(), "prediction")]
    status = desk.status(item)
    if status:
        blocks.append(parts.paragraph(glyph(status.glyph, ascii), Span(status.said, Mark.STRONG)))
    facts = [(label, cell) for label, cell in _facts(statement, status) if any(span.text for span in cell)]
    return [*blocks, parts.rows(facts)]


def _facts(statement: Statement, status: Status | None) -> Iterator[tuple[str, tuple[Span, ...]]]:
    from tui.layout.cards import window_words

    yield "Says", (Span(statement.says),)
    yield "", (Span(statement.says_zh),)
    yield "Where", (Span(statement.where),)
    yield (
        "By",
        (Span(", ".join(filter(None, (statement.by, f"made {statement.made}" * bool(statement.made))))),),
    )
    yield "Window", (Span(window_words(statement.window)),)
    yield "Chance", (Span(_read_from(chance_of(statement), statement.wording)),)
    yield "Resolves", (Span(statement.resolves or "no resolver is named"),)
    yield "Test", (Span(statement.test, Mark.CODE),)
    if status and status.outcome:
        words = (
            status.outcome.outcome,
            f"on {status.outcome.on}",
            status.outcome.source,
            status.outcome.reason,
        )
        yield "Outcome", (Span(", ".join(filter(None, words))),)
    yield "Note", statement.note
    yield "Evidence", statement.evidence


def _read_from(chance: Chance | None, wording: str) -> str:
    """`90 %, read from "almost certain" (95-99 %)`, `85 %, as stated`."""
    if chance is None:
        return f'none stated; "{wording}" stands for no band' if wording else "none stated"
    if chance.basis == "stated":
        return f"{chance.value:.0%}, as stated"
    band = band_of(wording)
    return f'{chance.value:.0%}, read from "{wording}"' + (f": {band}" if band else "")
