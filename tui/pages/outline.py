"""The outline of a page: its headings, each with what came of the claims under it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from briefings.desk import Desk
from briefings.documents.model import Block, Link, Mark, Span
from briefings.ledger.judged import Row
from tui.pages.page import Page
from tui.pages.verdicts import counts

_LINK = Link("item", "#^0")


def outline_blocks(
    desk: Desk,
    page: Page,
    notes: Mapping[str, str],
    ascii: bool = False,  # noqa: A002  (as the setting is called)
) -> list[Block]:
    """A line for each heading, deeper ones indented, with the note on its section; verdicts are counted at
    the nearest heading above a claim."""
    least = min(heading.level for heading in page.outline)
    under = _claims_under(desk, page)
    blocks = []
    for number, heading in enumerate(page.outline):
        spans = [Span("  " * (heading.level - least)), Span(heading.title, link=_LINK)]
        rows = under.get(number, [])
        if tested := counts(rows, "tested", ascii):
            spans += [Span("   "), *tested]
        if judged := counts(rows, "judged", ascii):
            spans += [Span("   judged ", Mark.QUIET), *judged]
        blocks.append(Block("line", spans=tuple(spans), note=notes.get(heading.section, "")))
    return blocks


def _claims_under(desk: Desk, page: Page) -> dict[int, list[Row]]:
    """The claims of a page that were judged, by the number of the heading that they stand under."""
    starts = [heading.block for heading in page.outline]
    under: dict[int, list[Row]] = {}
    for item in desk.items_of(page.document, "claim") if page.document else ():
        place = page.find_block(item.block)
        row = desk.verdict(item.id) if starts[0] <= place < len(page.reading) else None
        if row and page.reading[place].anchor == item.short:
            under.setdefault(bisect_right(starts, place) - 1, []).append(row)
    return under
