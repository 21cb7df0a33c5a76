"""The ledger: every claim with what it says, what was measured, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.desk import Desk
from briefings.judged import Row
from briefings.model import TOPICS, Block, Item, Link, Mark, Span
from briefings.words import GLYPHS, METHODS, WORDS
from tui.screens import parts, verdicts
from tui.screens.page import Address, Heading, Page

GROUPINGS = ("verdict", "topic", "document")
"""What claims can be grouped by, in the order in which `,` goes through them."""

_MARK = 2
"""Cells of a glyph with its signs, in most rows."""

_HEAD = ("claim", "says", "measured", "verdict")
_ALIGN = ("name", "right", "right", "")

_Pair = tuple[Row, Item]
_Group = tuple[str, Sequence[_Pair]]


def ledger_page(desk: Desk, briefing: str, name: str = "", ascii: bool = False) -> Page:  # noqa: A002
    """The claims of a briefing, or of all documents without one, by verdict, topic or document.

    `name` is the grouping, and may name the only word that is shown: `topic contradicted`.
    """
    grouping, _, only = (name or GROUPINGS[0]).partition(" ")
    found = [(row, item) for row in desk.verdicts(briefing) if (item := desk.item(row.id))]
    chosen = [(row, item) for row, item in found if not only or row.word == only]
    blocks: list[Block] = list(_top(found, only, ascii))
    outline: list[Heading] = []
    for title, rows in _groups(desk, chosen, grouping):
        outline.append(Heading(f"{title}  {len(rows)}", 1, len(blocks)))
        blocks += _tables(desk, title, rows, ascii)
    return Page(
        Address("ledger", briefing, f"{grouping} {only}".rstrip()),
        path=("Ledger of claims", only) if only else ("Ledger of claims",),
        reading=blocks,
        side=_filters(found, grouping, only, ascii),
        document=briefing,
        up=Address("overview", briefing),
        listing=bool(found),
        outline=tuple(outline),
    )


def next_grouping(name: str) -> str:
    """The name of the page that groups the same claims by the next thing."""
    grouping, _, only = (name or GROUPINGS[0]).partition(" ")
    following = GROUPINGS[(GROUPINGS.index(grouping) + 1) % len(GROUPINGS)]
    return f"{following} {only}".rstrip()


def _top(found: Sequence[_Pair], only: str, ascii: bool) -> Iterator[Block]:  # noqa: A002
    if not found:
        yield parts.quiet("No claims here, or none that was judged yet: that goes on beside reading.")
        return
    rows = [row for row, _ in found]
    for method, label in METHODS:
        if spans := verdicts.counts(rows, method, ascii):
            yield Block("line", spans=(Span(f"{label:<20}", Mark.QUIET), *spans))
    if only and not any(row.word == only for row in rows):
        yield parts.quiet(f"No claim is {only}.")


def _groups(desk: Desk, found: Sequence[_Pair], grouping: str) -> Iterator[_Group]:
    """The claims in groups, the worst first in each."""
    ordered = sorted(found, key=lambda pair: (verdicts.WORST_FIRST[pair[0].word], pair[0].method == "judged"))
    groups: dict[str, list[_Pair]] = {}
    for row, item in ordered:
        groups.setdefault(_group_of(row, item, grouping), []).append((row, item))
    order = list(groups) if grouping != "topic" else [name for name in (*TOPICS, "") if name in groups]
    for name in order:
        yield _titled(desk, name, grouping), groups[name]


def _group_of(row: Row, item: Item, grouping: str) -> str:
    match grouping:
        case "topic":
            return next(iter(item.topics), "")
        case "document":
            return row.document
    return row.word


def _titled(desk: Desk, name: str, grouping: str) -> str:
    match grouping:
        case "topic":
            return parts.TOPIC_NAMES.get(name, "No topic")
        case "document":
            owner = desk.item(name)
            return owner.title if owner else name
    return name.capitalize()


def _tables(desk: Desk, title: str, rows: Sequence[_Pair], ascii: bool) -> Iterator[Block]:  # noqa: A002
    head = tuple(parts.cell(Span(word)) for word in (f"  {title}", *_HEAD[1:]))
    for first in range(0, len(rows), parts.TOGETHER):
        lines = (_line(desk, row, item, ascii) for row, item in rows[first : first + parts.TOGETHER])
        yield Block("table", rows=(head, *lines), align=_ALIGN)


def _line(desk: Desk, row: Row, item: Item, ascii: bool) -> tuple[tuple[Span, ...], ...]:  # noqa: A002
    named = Span(f"{item.short.upper()}  {item.title}", link=Link("item", item.id))
    said = Span(f"{row.said}{', judged' if row.method == 'judged' else ''}")
    unit = f" {row.unit}" if row.unit else ""
    return (
        (verdicts.glyph(f"{desk.mark(row):<{_MARK}}", ascii), named),
        (Span(f"{row.says}{unit}" if row.says else ""),),
        (Span(f"{row.found}{unit}" if row.found else ""),),
        (said,),
    )


def _filters(
    found: Sequence[_Pair],
    grouping: str,
    only: str,
    ascii: bool,  # noqa: A002
) -> Sequence[Block]:
    """Links that show the claims of one word alone."""
    words = [word for word in WORDS if any(row.word == word for row, _ in found)]
    lines: list[tuple[Span, ...]] = [
        (
            verdicts.glyph(GLYPHS[word], ascii),
            Span(word, link=Link("ledger", f"{grouping} {word}")),
            Span(f"  {sum(row.word == word for row, _ in found)}", Mark.QUIET),
        )
        for word in words
        if word != only
    ]
    if only:
        lines.append((Span("  "), Span("all claims", link=Link("ledger", grouping))))
    return [parts.heading("Show only"), *parts.entries(lines)] if lines else []
