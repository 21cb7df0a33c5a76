"""The card of a prediction: what it says, how likely it is called, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefings.desk import Desk
from briefings.documents.model import Block, Item, Mark, Span, Statement
from briefings.ledger.likelihood import band_of, share
from briefings.ledger.predictions import unforecast
from briefings.ledger.scoreboard import Called, called, proposal
from briefings.ledger.scores import Chance
from tui.pages import parts
from tui.pages.verdicts import glyph

if TYPE_CHECKING:
    from briefings.ledger.verdicts import Reading


def prediction_blocks(desk: Desk, item: Item, statement: Statement, ascii: bool = False) -> list[Block]:  # noqa: A002
    """The title with the state, and all there is to say of a prediction, row by row."""
    blocks = [parts.title(f"{item.short.upper()}  {statement.title}".rstrip(), "prediction")]
    found = called(desk, item)
    if found:
        status = found.status
        proposed = proposal(desk, found)
        said = Span(f"   {proposed.said}; x confirms it" if proposed else "")
        blocks.append(parts.paragraph(glyph(status.glyph, ascii), Span(status.said, Mark.STRONG), said))
    verdict = desk.judge(item)
    told = _facts(statement, found, verdict.now if verdict else None)
    facts = [(label, cell) for label, cell in told if any(span.text for span in cell)]
    return [*blocks, parts.rows(facts)]


def _facts(
    statement: Statement, found: Called | None, reading: Reading | None
) -> Iterator[tuple[str, tuple[Span, ...]]]:
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
    if reading:
        for number, step in enumerate(reading.steps):
            yield "" if number else "Steps", (Span(step),)
        yield "Why", (Span(reading.why),)
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
