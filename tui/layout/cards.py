"""Claims and predictions as short cards: what is said, where, how it is tested. Never as YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefings.documents.model import Link, Mark, Span, Statement
from tui.layout import roles
from tui.layout.context import PLAIN, Context
from tui.layout.inline import after_link, compose, drawn, flow_length, flow_text, links, mark_runs
from tui.layout.lines import Line, Run, blanks, runs_width
from tui.layout.wrap import wrap


class _Field(NamedTuple):
    """A line of a card: a quiet label, which is decoration, and spans."""

    spans: tuple[Span, ...]
    role: str = roles.QUIET
    label: str = ""


class _Part(NamedTuple):
    """A field as runs, placed in the flow."""

    runs: tuple[Run, ...]
    label: str = ""


def own_link(statement: Statement) -> Link:
    """The link of a card to itself."""
    return Link("item", statement.whole(""))


def card_links(statement: Statement) -> list[Link]:
    """The card's own link, then those in its evidence and note, then about, cause and effect."""
    return [own_link(statement), *(link for field in _fields(statement) for link in links(field.spans))]


def card_flow(statement: Statement, prediction: bool, context: Context = PLAIN) -> str:
    """The id and the fields, each on a line of its own; labels are left out."""
    parts = _parts(statement, prediction, context)
    return "\n".join([statement.short.upper(), *(flow_text(part.runs) for part in parts)])


def card(
    statement: Statement,
    prediction: bool,
    width: int,
    context: Context,
    first: tuple[Run, ...] = (),
    hanging: tuple[Run, ...] = (),
) -> list[Line]:
    """The card of a claim or prediction; `first` and `hanging` lead its first line and the others."""
    wide = context.ambiguous_wide
    own = _own(statement, context)
    taken = runs_width(own, wide) + 2
    alone = runs_width(first, wide) + taken > max(width // 3, min(8, width // 2))
    indent = blanks(2 if alone else taken)
    lines = wrap(own, width, first, hanging, wide) if alone else []
    for part in _parts(statement, prediction, context):
        lead = (*hanging, *indent) if lines else (*first, *own, *blanks(2))
        label = (context.quiet(part.label + "  "),) if part.label else ()
        below = (*hanging, *indent, *blanks(runs_width(label)))
        lines += wrap(part.runs, width, (*lead, *label), below, wide)
    return lines


def _own(statement: Statement, context: Context) -> tuple[Run, ...]:
    """The id of the card, a link to itself that never dangles, with its verdict glyph."""
    own = Run(statement.short.upper(), roles.LINK, 0, 0)
    return drawn((own, *after_link(own_link(statement), context)))


def _parts(statement: Statement, prediction: bool, context: Context) -> list[_Part]:
    """The fields of the card as runs; the flow begins with the id, its link is number 0."""
    start, target = len(statement.short.upper()) + 1, 1
    parts: list[_Part] = []
    verdict = context.verdict(statement)
    for field in _fields(statement, prediction):
        if verdict and field.role != roles.INK:
            parts.append(_Part(tuple(_verdict_runs(verdict, start))))
            start += len(verdict) + 1
            verdict = ""
        runs = compose(field.spans, context, field.role, start, target)
        parts.append(_Part(tuple(runs), field.label))
        start += flow_length(runs) + 1
        target += len(links(field.spans))
    return [*parts, _Part(tuple(_verdict_runs(verdict, start)))] if verdict else parts


def _verdict_runs(text: str, start: int) -> list[Run]:
    """`✗ contradicted  says 4.8 pp, measured 7.78 pp`: the glyph in its role."""
    mark, blank, words = text.partition(" ")
    return [*mark_runs(mark, -1, start), Run(blank + words, roles.INK, -1, start + len(mark))]


def _fields(statement: Statement, prediction: bool = False) -> Iterator[_Field]:
    """What the card says, line by line; the first field stands beside the id."""
    yield _Field((Span(statement.says or statement.title),), roles.INK)
    if statement.says_zh:
        yield _Field((Span(statement.says_zh),), roles.INK)
    if statement.where:
        yield _Field((Span(statement.where),))
    if prediction:
        yield _Field((Span(_made(statement)),))
    if statement.test:
        yield _Field((Span(statement.test, Mark.CODE),), label="test")
    if statement.judged:
        yield _Field((Span(_judged(statement.judged)),))
    if prediction:
        yield _Field((Span("resolves: " + statement.resolves if statement.resolves else "no resolver"),))
    if statement.outcome:
        yield _Field((Span("outcome: " + ", ".join(value for _, value in statement.outcome if value)),))
    if statement.evidence:
        yield _Field(statement.evidence, label="evidence")
    if statement.note:
        yield _Field(statement.note, label="note")
    yield from _linked(statement)


def _linked(statement: Statement) -> Iterator[_Field]:
    """The items a statement is about, its cause and its effect."""
    if statement.about:
        yield _Field(_listed(statement.about), label="about")
    if statement.cause:
        yield _Field(_listed((statement.cause,)), label="cause")
    if statement.effect:
        yield _Field(_listed((statement.effect,)), label="effect")


def _listed(targets: tuple[str, ...]) -> tuple[Span, ...]:
    """Links parted by commas; they are drawn by the names of their items."""
    spans: list[Span] = []
    for target in targets:
        spans += [Span(", ")] if spans else []
        spans.append(Span("", 0, Link("item", target)))
    return tuple(spans)


def _judged(judged: tuple[tuple[str, str], ...]) -> str:
    """`judged in part on 2026-09-01: ...`."""
    said = dict(judged)
    verdict = f"judged {said.get('verdict', '')}"
    on, because = said.get("on", ""), said.get("because", "")
    return verdict + (f" on {on}" if on else "") + (f": {because}" if because else "")


def _made(statement: Statement) -> str:
    """`by AINews, made 2026-04, closes 2026-12-31, worded "will", chance 0.7`."""
    parts = [
        f"by {statement.by}" if statement.by else "",
        f"made {statement.made}" if statement.made else "",
        window_words(statement.window),
        f'worded "{statement.wording}"' if statement.wording else "",
        f"chance {statement.chance}" if statement.chance else "",
    ]
    return ", ".join(part for part in parts if part)


def window_words(window: str) -> str:
    """When a prediction can be decided, in words: `closes 2026-12-31`, `no deadline`."""
    opens, dots, closes = (part.strip() for part in window.partition(".."))
    if not dots:
        opens, closes = "", opens
    if not closes:
        return f"opens {opens}, no deadline" if opens else "no deadline"
    return f"opens {opens}, closes {closes}" if opens else f"closes {closes}"
