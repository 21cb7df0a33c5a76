"""The scoreboard: what became of predictions, and how their authors did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefings.board import Called, Scored, board, called, scored_on
from briefings.desk import Desk
from briefings.likelihood import band_of, share
from briefings.model import Block, Item, Mark, Span, Statement
from briefings.predictions import unforecast
from briefings.scoreboard import LEAST_RESOLVED, Chance, Score, said_of
from tui.screens import parts
from tui.screens.page import Address, Page
from tui.screens.verdicts import glyph

_HEAD = ("made", "closes", "chance", "yours", "state")
_ALIGN = ("name", "", "", "", "right", "")


def scores_page(desk: Desk, briefing: str, ascii: bool = False) -> Page:  # noqa: A002  (as the setting is called)
    """The predictions of a briefing, or of all documents without one, and the scores of their authors."""
    found = board(desk, briefing)
    blocks: list[Block] = []
    if found:
        head = tuple(parts.cell(Span(word)) for word in ("  Prediction", *_HEAD))
        lines = (_line(each, ascii) for each in found)
        blocks.append(Block("table", rows=(head, *lines), align=_ALIGN))
    else:
        blocks.append(parts.quiet("No predictions here."))
    return Page(
        Address("scoreboard", briefing),
        path=("Scoreboard of predictions",),
        reading=blocks,
        side=_scored(scored_on(found)),
        document=briefing,
        up=Address("overview", briefing),
        listing=bool(found),
    )


def _line(each: Called, ascii: bool) -> tuple[tuple[Span, ...], ...]:  # noqa: A002
    statement, status = each.statement, each.status
    return (
        (glyph(status.glyph, ascii), parts.link(each.item)),
        (Span(statement.made),),
        (Span(str(status.closes) if status.closes else "no date"),),
        (Span(_chance(each.chance)),),
        (Span(share(each.own.chance) if each.own else "none"),),
        (Span(status.said),),
    )


def _chance(chance: Chance | None) -> str:
    if chance is None:
        return "none"
    return share(chance.value) + ("" if chance.basis == "stated" else f" {said_of(chance)}")


def _scored(scored: Scored) -> list[Block]:
    if not scored.authors:
        return []
    named = [(each.by or "no author", each) for each in scored.authors]
    named += [(f"{each.by}, publisher", each) for each in scored.publishers]
    named += [("yours", scored.reader)] if scored.reader else []
    lines = [parts.rows((name, (Span(_counted(each)),)) for name, each in named)]
    for name, each in named:
        if each.brier is not None and each.log is not None:
            words = f"{name}: Brier {each.brier:.2f}, log {each.log:.2f}; a coin has 0.25 and 0.69"
            lines += [parts.paragraph(Span(words)), *_calibration(each)]
    return [parts.heading("Scores"), *lines]


def _counted(score: Score) -> str:
    """`resolved 0 of 5, void 4; no score under five resolved`."""
    words = f"resolved {score.resolved} of {score.predictions}, void {score.states.get('void', 0)}"
    return words if score.brier is not None else f"{words}; no score under {_FEW} resolved"


_FEW = {5: "five"}.get(LEAST_RESOLVED, str(LEAST_RESOLVED))


def _calibration(score: Score) -> Iterable[Block]:
    """What was called how likely, and how much of it came true."""
    head = tuple(parts.cell(Span(word)) for word in ("called", "predictions", "on average", "came true"))
    lines = (
        tuple(
            parts.cell(Span(word))
            for word in (
                f"{100 * each.low:.0f}-{share(each.high)}",
                str(each.predictions),
                share(each.mean),
                share(each.share),
            )
        )
        for each in score.bins
        if each.predictions
    )
    return [Block("table", rows=(head, *lines), align=("", "right", "right", "right"))]


def prediction_blocks(desk: Desk, item: Item, statement: Statement, ascii: bool = False) -> list[Block]:  # noqa: A002
    """The title with the state, and all there is to say of a prediction, row by row."""
    blocks = [parts.title(f"{item.short.upper()}  {statement.title}".rstrip(), "prediction")]
    found = called(desk, item)
    if found:
        status = found.status
        blocks.append(parts.paragraph(glyph(status.glyph, ascii), Span(status.said, Mark.STRONG)))
    facts = [(label, cell) for label, cell in _facts(statement, found) if any(span.text for span in cell)]
    return [*blocks, parts.rows(facts)]


def _facts(statement: Statement, found: Called | None) -> Iterator[tuple[str, tuple[Span, ...]]]:
    from tui.layout.cards import window_words

    yield "Says", (Span(statement.says),)
    yield "", (Span(statement.says_zh),)
    yield "Where", (Span(statement.where),)
    yield (
        "By",
        (Span(", ".join(filter(None, (statement.by, f"made {statement.made}" * bool(statement.made))))),),
    )
    yield "Window", (Span(window_words(statement.window)),)
    if found:
        yield "Chance", (Span(_read_from(found.chance, statement.wording)),)
        yield from (("Yours" if not place else "", cell) for place, cell in enumerate(_yours(found)))
    yield "Resolves", (Span(statement.resolves or "no resolver is named"),)
    yield "Test", (Span(statement.test, Mark.CODE),)
    outcome = found.status.outcome if found else None
    if outcome:
        words = (outcome.outcome, f"on {outcome.on}", outcome.source, outcome.reason)
        yield "Outcome", (Span(", ".join(filter(None, words))),)
    yield "Note", statement.note
    yield "Evidence", statement.evidence


def _yours(found: Called) -> Iterator[tuple[Span, ...]]:
    """What the reader entered, the newest first, and which of it is scored."""
    if not found.forecasts and not unforecast(found.status):
        yield (Span("none yet, enter it with x"),)
    for each in reversed(found.forecasts):
        scored = "scored" * (each is found.counted)
        yield (Span(", ".join(filter(None, (f"{share(each.chance)}", f"on {each.on}", scored, each.note)))),)


def _read_from(chance: Chance | None, wording: str) -> str:
    """`90 %, read from "almost certain" (95-99 %)`, `85 %, as stated`."""
    if chance is None:
        if not wording:
            return "none stated"
        return f'none stated; "{wording}" stands for no band: x and "{wording} 80 %" says what you read it as'
    if chance.basis == "stated":
        return f"{share(chance.value)}, as stated"
    if chance.basis == "mapped":
        return f'{share(chance.value)}, read by you from "{wording}"'
    band = band_of(wording)
    return f'{share(chance.value)}, read from "{wording}"' + (f": {band}" if band else "")
