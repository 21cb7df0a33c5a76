"""The card of a claim: what it says, what was measured, and the arithmetic between the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefings.desk import Desk
from briefings.documents.model import Block, Cell, Document, Item, Link, Mark, Span, Statement
from briefings.ledger.judged import Shown
from tui.pages import parts, verdicts

if TYPE_CHECKING:
    from briefings.ledger.verdicts import Reading, Verdict


def claim_blocks(
    desk: Desk,
    document: Document,
    item: Item,
    statement: Statement,
    ascii: bool = False,  # noqa: A002
) -> list[Block]:
    """The title with what was compared, and all there is to say of the claim, row by row."""
    verdict, row = desk.judge(item), desk.verdict(item.id)
    name = f"{item.short.upper()}  {statement.title}".rstrip()
    blocks = [parts.title(name, "claim")]
    told = ""
    if verdict:
        is_kept = row is not None and row.word == verdict.word
        mark, said = (desk.mark(row), desk.told(row)) if row and is_kept else (verdict.mark, verdict.said)
        words = [verdicts.glyph(mark, ascii), Span(said, Mark.STRONG)]
        if row and (told := verdicts.compared(row)):
            words.append(Span(f"   {told}"))
        blocks.append(parts.paragraph(*words))
    facts = [*_said(statement, document), *(_measured(desk, verdict, statement, told) if verdict else ())]
    if verdict and (otherwise := desk.shown_otherwise(verdict, item.id)):
        facts.append(("Shown", (Span(f"{otherwise}", Mark.DOUBT),)))
    history = desk.shown_before(item.id)
    if len(history) > 1:
        facts.append(("Shown", (Span(_told(history)),)))
    blocks.append(
        parts.rows((label, cell) for label, cell in facts if any(span.text or span.link for span in cell))
    )
    return blocks


def _said(statement: Statement, document: Document) -> Iterator[tuple[str, Cell]]:
    yield "Says", (Span(statement.says),)
    yield "", (Span(statement.says_zh),)
    yield "Where", (Span(statement.where),)
    if document.briefs:
        yield (
            "",
            (
                Span(
                    document.briefs.title,
                    link=Link("url", document.briefs.url) if document.briefs.url else None,
                ),
            ),
        )


def _measured(desk: Desk, verdict: Verdict, statement: Statement, told: str) -> Iterator[tuple[str, Cell]]:
    """What came of the claim, how and on what; the reason only where it was not `told` already."""
    now, then = verdict.now, verdict.then
    yield "Test", (Span(statement.test, Mark.CODE),)
    for number, step in enumerate(now.steps):
        yield "" if number else "Steps", (Span(step),)
    if verdict.method == "judged":
        why = "" if now.why == told else now.why
        judged = f"{now.word} on {verdict.on}" if verdict.on else ""
        yield "Judged", (Span(": ".join(filter(None, (judged, why)))),)
        yield "Evidence", verdict.evidence
    elif now.why != told:
        yield "Why", (Span(now.why),)
    yield from _rests_on(desk, verdict)
    if then and (then.word != now.word or then.measured != now.measured):
        yield "Then", (Span(_then(then)),)
    yield "Note", statement.note


def _rests_on(desk: Desk, verdict: Verdict) -> Iterator[tuple[str, Cell]]:
    """Which figures were used, who carries them, and how old the newest one was."""
    used = Counter(name for name, _ in verdict.now.used)
    cells: list[Span] = []
    for name in used or dict.fromkeys(verdict.series):
        cells += [Span("   ")] if cells else []
        cells.append(Span(desk.title_of(name), link=Link("item", name)))
        if used[name]:
            cells.append(Span(f"  {used[name]} figure{'s' if used[name] > 1 else ''}", Mark.QUIET))
    yield "Figures", tuple(cells)
    yield "Seen", (Span(desk.carried(verdict)),)
    yield "Age", (Span(_aged(verdict)),)


def _aged(verdict: Verdict) -> str:
    from briefings.ledger.verdicts import aged

    return aged(verdict)


def _then(then: Reading) -> str:
    measured = f", measured {then.measured:.10g} {then.unit}".rstrip() if then.measured is not None else ""
    return f"{then.word} on what was known on {then.day}{measured}"


def _told(history: Sequence[Shown]) -> str:
    from briefings.ledger.ledger import told

    return told(history)
