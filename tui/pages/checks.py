"""What to look at twice in a briefing: checks of dates, evidence and words, and its tables recomputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from briefings.desk import Desk
from briefings.documents.model import Block, Document, Link, Mark, Span
from briefings.review.reviewed import MEANINGS, Cell, Check, Review
from tui.layout.linked import named
from tui.pages import parts, verdicts
from tui.pages.page import Address, Page
from tui.pages.pieces import Joined, Listing

_AT_ONCE = 8
"""Checks whose lines are made together: what a name is nearest to takes time to find."""

_ARITHMETIC = ("growth", "difference", "total", "share")


def checks_page(desk: Desk, document: Document, ascii: bool = False) -> Page:  # noqa: A002  (as the setting is called)
    """Every check of a document with its reason, each a link to where it stands."""
    from briefings.review.review import review  # what judges, which other pages do without

    found = review(desk, document)
    blocks = Joined(*_checks(desk, found.checks), [*_cells(found.cells, ascii)])
    return Page(
        Address("checks", document.id),
        path=(document.title, "Look twice"),
        reading=blocks or [parts.quiet("Nothing to look at twice here.")],
        document=document.id,
        up=Address("overview", document.id),
        listing=bool(blocks),
    )


def check_blocks(found: Review | None, document: str, ascii: bool = False) -> list[Block]:  # noqa: A002
    """The overview's counts: what kinds of checks there are, and how many cells hold when recomputed."""
    if found is None or not (found.checks or found.cells):
        return []
    counted = Counter(each.kind for each in found.checks)
    lines = [
        (Span(kind, link=Link("checks", document)), Span(f"  {count}", Mark.QUIET))
        for kind, count in counted.items()
    ]
    return [parts.heading("Look twice"), *parts.entries([*lines, *_recomputed(found.cells, document, ascii)])]


def _recomputed(cells: Sequence[Cell], document: str, ascii: bool) -> Iterator[tuple[Span, ...]]:  # noqa: A002
    """`✓ growth cells recomputed  4 of 4`."""
    for kind in _ARITHMETIC:
        if own := [cell for cell in cells if cell.kind == kind]:
            holding = sum(cell.holds for cell in own)
            mark = verdicts.glyph("✓" if holding == len(own) else "✗", ascii)
            name = Span(f"{kind} cells recomputed", link=Link("checks", document))
            yield mark, name, Span(f"  {holding} of {len(own)}", Mark.QUIET)


def _checks(desk: Desk, checks: Iterable[Check]) -> Iterator[Sequence[Block]]:
    groups: dict[str, list[Check]] = {}
    for each in checks:
        groups.setdefault(each.kind, []).append(each)
    for kind, group in groups.items():
        yield (parts.heading(MEANINGS[kind], str(len(group))),)
        yield Listing(len(group), partial(_lines, desk, group), _AT_ONCE)


def _lines(desk: Desk, group: Sequence[Check], first: int, most: int) -> list[Block]:
    return parts.entries(
        (_where(desk, each.item), Span(f"  {each.words}"), *_nearest(desk, each.name))
        for each in group[first : first + most]
    )


def _nearest(desk: Desk, name: str) -> tuple[Span, ...]:
    """Where a name that resolves to nothing may be meant to lead."""
    near = desk.nearest(name) if name else None
    if near is None:
        return ()
    return Span(f"; nearest: {near.id} ("), parts.link(near), Span(")")


def _where(desk: Desk, name: str) -> Span:
    item = desk.item(name)
    if item:
        return parts.link(item)
    document, _, block = name.partition("#^")
    section = desk.section_at(document, int(block)) if block.isdecimal() else None
    return Span(named(section) if section else "in the text", link=Link("item", name))


def _cells(cells: Sequence[Cell], ascii: bool) -> Iterator[Block]:  # noqa: A002
    if not cells:
        return
    yield parts.heading("Tables, recomputed", f"{sum(cell.holds for cell in cells)} of {len(cells)}")
    for cell in cells:
        mark = verdicts.glyph("✓" if cell.holds else "✗", ascii)
        yield Block(
            "line", spans=(mark, Span(cell.name, link=Link("item", cell.item)), Span(f"  {cell.words}"))
        )
