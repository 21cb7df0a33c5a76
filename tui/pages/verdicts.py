"""How verdicts and predictions are drawn: glyphs after links, the line of a card, counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from briefings.desk import Desk
from briefings.documents.model import Item, Link, Mark, Span, Statement
from briefings.documents.names import INDICATOR
from briefings.ledger.judged import Row, compact
from briefings.ledger.words import ASCII, GLYPHS, WORDS, Method
from tui.layout.context import Judgement
from tui.pages import freshness

_PERIOD = re.compile(r"\b\d{4}(?:Q[1-4])?\b")
"""A year in an expression: what is of a named period waits for no newer figure."""

WORST_FIRST = {word: place for place, word in enumerate(WORDS)}


def drawn(mark: str, ascii: bool = False) -> str:  # noqa: A002  (as the setting is called)
    """A mark with its glyph as the terminal can show it."""
    return "".join(ASCII.get(sign, sign) for sign in mark) if ascii else mark


def glyph(mark: str, ascii: bool = False) -> Span:  # noqa: A002
    """A mark in its role, with a blank after it."""
    return Span(f"{drawn(mark, ascii)} ", Mark.SIGN)


def marker(
    desk: Desk,
    resolve: Callable[[str], Item | None],
    ascii: bool = False,  # noqa: A002
) -> Callable[[Link, Collection[str]], str]:
    """What gives the glyph after a link to a claim or prediction; none for other links, and for claims
    that were told of."""

    def mark(link: Link, told: Collection[str]) -> str:
        item = resolve(link.target) if link.kind == "item" and "#" in link.target else None
        return drawn(mark_of(desk, item), ascii) if item and item.id not in told else ""

    return mark


def judge_of(
    desk: Desk,
    document: str | None,
    ascii: bool = False,  # noqa: A002
) -> Callable[[str], Judgement]:
    """What gives the glyph after an expression: that of the claims of a document, of all for None, which hold
    it against a number, none where their glyphs differ; for others that of freshness, where a newer figure is
    out."""
    claims: dict[str, list[Row]] = {}

    def judged(expression: str) -> Judgement:
        if not claims:
            for row in desk.verdicts(document or "") if document != "" else ():
                claims.setdefault(row.quantity, []).append(row)
            claims[""] = []  # of claims that measure nothing, or more than one thing
        rows = claims.get(compact(expression), ())
        if not rows:
            return Judgement(_late(desk, expression, ascii))
        marks = {drawn(desk.mark(row), ascii) for row in rows}
        return Judgement(marks.pop(), {row.id for row in rows}) if len(marks) == 1 else Judgement()

    return judged


def _late(desk: Desk, expression: str, ascii: bool) -> str:  # noqa: A002
    """The glyph of a figure that follows the newest one, where that is out and not kept."""
    if _PERIOD.search(expression) or not any(map(desk.is_late, INDICATOR.findall(expression))):
        return ""
    return freshness.glyph("stale", ascii).text.rstrip()


def mark_of(desk: Desk, item: Item) -> str:
    """The glyph of a claim that was judged, and of a prediction; empty for everything else."""
    if item.kind == "claim":
        row = desk.verdict(item.id)
        return desk.mark(row) if row else ""
    if item.kind == "prediction":
        status = desk.status(item)
        return status.glyph if status else ""
    return ""


def teller(desk: Desk, document: str, ascii: bool = False) -> Callable[[Statement], str]:  # noqa: A002
    """What gives the line of a card: `✗ contradicted  says 4.8 pp, measured 7.78 pp`; none for what has
    no test."""

    def told(statement: Statement) -> str:
        row = desk.verdict(statement.whole(document))
        if row is None or row.method == "judged":
            return ""
        return f"{drawn(desk.mark(row), ascii)} {desk.told(row)}  {compared(row)}".rstrip()

    return told


def compared(row: Row) -> str:
    """`says 4.8 pp, measured 7.78 pp`, or why nothing could be measured."""
    if row.says and row.found:
        unit = f" {row.unit}" if row.unit else ""
        return f"says {row.says}{unit}, measured {row.found}{unit}"
    return row.why


def counts(rows: Iterable[Row], method: Method, ascii: bool = False) -> Sequence[Span]:  # noqa: A002
    """`✗ 9   ≃ 1   ✓ 12` of the claims of a method, the worst first; tested and judged ones are never
    added up."""
    counted = Counter(GLYPHS[row.word] for row in rows if row.method == method)
    spans: list[Span] = []
    for sign in dict.fromkeys(GLYPHS[word] for word in WORDS):
        if counted[sign]:
            spans += [Span("   ")] if spans else []
            spans += [glyph(sign, ascii), Span(f"{counted[sign]:,}")]
    return spans
