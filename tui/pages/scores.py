"""The scoreboard: what became of predictions, what closes next, and how everybody did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.desk import Desk
from briefings.documents.model import Block, Mark, Span
from briefings.ledger.likelihood import share
from briefings.ledger.scoreboard import Called, Scored, board, proposal, scored_on
from briefings.ledger.scores import LEAST_RESOLVED, Chance, Score, said_of
from tui.pages import parts
from tui.pages.calibration import calibrations
from tui.pages.page import Address, Page
from tui.pages.verdicts import glyph

_HEAD = ("closes", "chance", "yours", "state")
_ALIGN = ("name", "", "", "right", "")

_SCORES = ("resolved", "void", "Brier", "log")

_NEXT = 3
"""Predictions that the calendar names: of those that are overdue, and of those that close next."""

_FEW = {5: "five"}.get(LEAST_RESOLVED, str(LEAST_RESOLVED))


def scores_page(desk: Desk, briefing: str, ascii: bool = False) -> Page:  # noqa: A002  (as the setting is called)
    """The predictions of a briefing, or of all documents without one, and the scores of their authors."""
    found = board(desk, briefing)
    return Page(
        Address("scoreboard", briefing),
        path=("Scoreboard of predictions",),
        reading=parts.alike([*_tables(found, ascii)]) or [parts.quiet("No predictions here.")],
        side=[*_calendar(desk, found, ascii), *_scores(scored_on(found), ascii)],
        document=briefing,
        up=Address("overview", briefing),
        listing=bool(found),
        abreast=True,
    )


def _tables(found: Sequence[Called], ascii: bool) -> Iterator[Block]:  # noqa: A002
    head = tuple(parts.cell(Span(word)) for word in ("  Prediction", *_HEAD))
    for first in range(0, len(found), parts.TOGETHER):
        lines = (_line(each, ascii) for each in found[first : first + parts.TOGETHER])
        yield Block("table", rows=(head, *lines), align=_ALIGN)


def _line(each: Called, ascii: bool) -> tuple[tuple[Span, ...], ...]:  # noqa: A002
    status = each.status
    return (
        (glyph(status.glyph, ascii), parts.link(each.item)),
        (Span(str(status.closes) if status.closes else "no date"),),
        (Span(_chance(each.chance)),),
        (Span(share(each.own.chance) if each.own else "none"),),
        (Span(status.brief),),
    )


def _chance(chance: Chance | None) -> str:
    if chance is None:
        return "none"
    return share(chance.value) + ("" if chance.basis == "stated" else f" {said_of(chance)}")


# ---------------------------------------------------------------------- the calendar


def _calendar(desk: Desk, found: Sequence[Called], ascii: bool) -> list[Block]:  # noqa: A002
    """Those that wait for an outcome, with what their tests propose, then those that close next."""
    due = [each for each in found if each.status.state == "due"]
    closing = [each for each in found if each.status.state == "open" and each.status.closes]
    lines: list[tuple[Span, ...]] = []
    for each in due[:_NEXT]:
        lines.append(_entry(each, each.status.brief, ascii))
        if proposed := proposal(desk, each):
            lines.append((Span(f"  {proposed.said}; x confirms it", Mark.QUIET),))
    if len(due) > _NEXT:
        lines.append((Span(f"  {len(due) - _NEXT:,} more are overdue", Mark.DOUBT),))
    lines += [
        _entry(each, f"{each.status.closes}, in {each.status.days}d", ascii) for each in closing[:_NEXT]
    ]
    return [parts.heading("Due next"), *parts.entries(lines)] if lines else []


def _entry(each: Called, when: str, ascii: bool) -> tuple[Span, ...]:  # noqa: A002
    is_due = each.status.state == "due"
    name = f"{each.item.short.upper()}  {each.statement.title}".rstrip()
    said = Span(f"  {when}", Mark.DOUBT if is_due else Mark.QUIET)
    return (glyph(each.status.glyph, ascii), parts.link(each.item, name), said)


# ---------------------------------------------------------------------- the scores


def _scores(scored: Scored, ascii: bool) -> list[Block]:  # noqa: A002
    """A table with a row for each author, for publishers that are none, and for the reader; then how
    well each is calibrated."""
    named = [(each.by or "no author", each) for each in scored.authors]
    named += [(f"{each.by}, publisher", each) for each in scored.publishers]
    named += [("you", scored.reader)] if scored.reader else []
    if not named:
        return []
    head = tuple(parts.cell(Span(word)) for word in ("", *_SCORES))
    lines = tuple(tuple(parts.cell(Span(word)) for word in _row(name, each)) for name, each in named)
    table = Block("table", rows=(head, *lines), align=("label", *["right"] * len(_SCORES)))
    notes = [parts.quiet(note) for note in _notes(named, has_own=scored.reader is not None)]
    drawn = calibrations(((name, each.bins) for name, each in named), ascii)
    return [parts.heading("Scores"), table, *notes, *drawn]


def _row(name: str, score: Score) -> tuple[str, ...]:
    return (
        name,
        f"{score.resolved} of {score.predictions}",
        str(score.states.get("void", 0)),
        "none" if score.brier is None else f"{score.brier:.2f}",
        "none" if score.log is None else f"{score.log:.2f}",
    )


def _notes(named: Sequence[tuple[str, Score]], has_own: bool) -> Iterator[str]:
    if any(each.brier is None for _, each in named):
        yield f"No score under {_FEW} resolved that have a chance."
    if any(each.brier is not None for _, each in named):
        yield "0 is perfect; a coin has Brier 0.25, log 0.69."
    for name, each in named:
        if each.brier is not None and each.read:
            yield f"{name}: {each.read} of {each.scored} chances read from words."
    if not has_own:
        yield "Yours: none yet, enter them with x."
