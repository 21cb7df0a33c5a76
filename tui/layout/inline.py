"""Spans become runs: roles for marks and links, the text of figures, the look of dangling links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from briefings.documents.model import Link, Mark, Span
from briefings.documents.names import shown_target
from tui.layout import roles
from tui.layout.breaks import GLYPHS, NO_BREAK
from tui.layout.context import Context
from tui.layout.lines import Run

_MARK_ROLES = (
    (Mark.HIT, roles.HIT),
    (Mark.CODE, roles.CODE),
    (Mark.BAD, roles.BAD),
    (Mark.DOUBT, roles.DOUBT),
    (Mark.QUIET, roles.QUIET),
    (Mark.STRUCK, roles.STRUCK),
    (Mark.STRONG, roles.STRONG),
    (Mark.EMPHASIS, roles.EMPHASIS),
)
_MARK = re.compile(rf"~?[{re.escape(GLYPHS)}]j?$")
_PERIOD = re.compile(r"(?<=\S) (?:\d{4}(?:-\d\d){0,2}|\d{4} ?Q[1-4])(?:\.\.[\w-]+)?$")


def links(spans: Iterable[Span]) -> list[Link]:
    """The links of `spans` in reading order; neighbours with the same link are one."""
    found: list[Link] = []
    for span, number in numbered(spans):
        if span.link and number == len(found):
            found.append(span.link)
    return found


def numbered(spans: Iterable[Span], first: int = 0) -> Iterator[tuple[Span, int]]:
    """Each span with the number of its link, counted from `first`; -1 without link."""
    number, previous = first - 1, None
    for span in spans:
        if span.link is not None and span.link != previous:
            number += 1
        previous = span.link
        yield span, number if span.link is not None else -1


def compose(
    spans: Sequence[Span], context: Context, base: str = roles.INK, start: int = 0, first: int = 0
) -> list[Run]:
    """The runs of `spans`; the flow begins at `start`, their links are counted from `first`.

    The glyph of a claim stands once: after a figure that the claim is about, else after links to it.
    """
    if len(spans) == 1 and spans[0].link is None:
        return _plain_run(spans[0], base, start)
    runs: list[Run] = []
    pairs = list(numbered(spans, first))
    told: set[str] = set()
    for index, (span, number) in enumerate(pairs):
        if span.link is None:
            new = _plain_run(span, base, start)
        elif span.marks & Mark.NAMED:
            new = [Run(span.text, roles.NAMED, number, start)]
        elif span.link.kind == "figure":
            new = figure_runs(context.figure(span.link.target) or span.link.target, number, start)
            judgement = context.judged(span.link.target)
            new += _glyph_runs(judgement.mark, context)
            told.update(judgement.claims)
        else:
            opens = index == 0 or pairs[index - 1][1] != number
            closes = index + 1 == len(pairs) or pairs[index + 1][1] != number
            new = _link_runs(span.text, span.link, number, context, start, opens)
            new += after_link(span.link, context, told) if closes else []
        runs += new
        start += flow_length(new)
    return runs


def flow_length(runs: Iterable[Run]) -> int:
    """How many characters `runs` add to the flow."""
    return sum(len(run.text) for run in runs if run.start >= 0)


def flow_text(runs: Iterable[Run]) -> str:
    """The flow of `runs`, as it is drawn: tabs and fixed blanks are blanks."""
    text = "".join(run.text for run in runs if run.start >= 0)
    return text.replace("\t", " ").replace(NO_BREAK, " ")


def drawn(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """`runs` as they are drawn when nothing wraps them: fixed blanks are blanks."""
    if not any(NO_BREAK in run.text for run in runs):
        return runs
    return tuple(Run(run.text.replace(NO_BREAK, " "), run.role, run.target, run.start) for run in runs)


def figure_runs(text: str, target: int, start: int) -> list[Run]:
    """A figure as `7.78 pp 2023 ✗`: value and unit never part, the period is quiet."""
    value, mark = _parted(text, _MARK)
    value, period = _parted(value.rstrip() if mark else value, _PERIOD)
    mark_at = len(text) - len(mark)
    runs = [Run(value.replace(" ", NO_BREAK), roles.FIGURE, target, start)]
    if between := text[len(value) : mark_at]:
        role = roles.QUIET if period else roles.FIGURE
        runs.append(Run(between, role, target, start + len(value)))
    return runs + mark_runs(mark, target, start + mark_at)


def mark_runs(mark: str, target: int = -1, start: int = -1) -> list[Run]:
    """A glyph in its role; the `j` of a judgement is quiet."""
    if not mark:
        return []
    if len(mark) > 1 and mark.endswith("j"):
        after = start if start < 0 else start + len(mark) - 1
        return [
            Run(mark[:-1], roles.glyph_role(mark), target, start),
            Run("j", roles.QUIET, target, after),
        ]
    return [Run(mark, roles.glyph_role(mark), target, start)]


def after_link(link: Link, context: Context, told: Collection[str] = ()) -> list[Run]:
    """The glyph that a link carries, fixed to its last word; decoration. Claims that were `told` of have
    none."""
    return _glyph_runs(context.mark(link, told), context)


def _glyph_runs(mark: str, context: Context) -> list[Run]:
    return [context.quiet(NO_BREAK), *mark_runs(mark)] if mark else []


def link_text(text: str, link: Link, context: Context) -> str:
    """The words of a link: its own, else the name of where it leads, else the target.

    A link to a document that was written as its bare id shows the document's name; one that has no section
    for its words is shown as it was written.
    """
    if "#" in link.target and text == shown_target(link.target) and not context.parts(link):
        return link.target
    bare = not text or (text == link.target and link.kind == "item" and "#" not in text)
    if context.ascii and "#" in link.target:
        text = text.replace(" › ", " > ")  # which the parser puts in the place of `#`
    return (context.name(link) if bare else None) or text or link.target


def _plain_run(span: Span, base: str, start: int) -> list[Run]:
    if span.marks & Mark.SIGN:
        return _sign_runs(span.text, base, start)
    return [Run(span.text, _role(span.marks, base), -1, start)] if span.text else []


def _sign_runs(text: str, base: str, start: int) -> list[Run]:
    """A glyph that is no decoration, and the blanks after it."""
    mark = text.rstrip()
    blanks = [Run(text[len(mark) :], base, -1, start + len(mark))] if len(mark) < len(text) else []
    return mark_runs(mark, start=start) + blanks


def _link_runs(text: str, link: Link, number: int, context: Context, start: int, opens: bool) -> list[Run]:
    known = context.known(link)
    role = roles.LINK if known else roles.DANGLING
    runs = [Run(link_text(text, link, context), role, number, start)]
    if opens and not known:
        runs.insert(0, Run("[?]" + NO_BREAK, role, number))
    return runs


def _parted(text: str, ending: re.Pattern[str]) -> tuple[str, str]:
    """What stands before `ending`, and what matches it."""
    found = ending.search(text)
    return (text[: found.start()], found[0]) if found and found.start() else (text, "")


def _role(marks: int, base: str) -> str:
    """The role of unlinked text; titles, headings and heads stay what they are when stressed."""
    if not marks:
        return base
    kept = (roles.STRONG, roles.EMPHASIS) if base in (roles.TITLE, roles.HEADING, roles.HEAD) else ()
    found = next((role for mark, role in _MARK_ROLES if marks & mark), base)
    return base if found in kept else found
