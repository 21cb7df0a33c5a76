"""What stands under a table of a document: what doing its arithmetic again came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from briefings.documents.model import Block
from tui.layout.context import no_remarks
from tui.pages.page import Page
from tui.pages.verdicts import drawn

if TYPE_CHECKING:
    from briefings.review.audit import Audited

LONGEST = 500
"""Rows of a table up to which it is recomputed when it is laid out; `briefing check --claims` does all."""

_OF_DOCUMENTS = ("overview", "topic", "item", "gathered")
_HOLDS, _FAILS = "✓", "✗"


def remarker(page: Page, ascii: bool = False) -> Callable[[Block], Sequence[tuple[str, str]]]:  # noqa: A002
    """What gives the glyphs and words under the tables of a page: of documents only, not of our own lists."""
    if page.address.kind not in _OF_DOCUMENTS:
        return no_remarks

    def remarks(table: Block) -> Sequence[tuple[str, str]]:
        if not table.headed or not table.line or len(table.rows) > LONGEST:
            return ()
        from briefings.review.audit import recomputed

        return tuple((drawn(mark, ascii), words) for mark, words in told(recomputed(table)))

    return remarks


def told(found: Sequence[Audited]) -> list[tuple[str, str]]:
    """How many cells hold, then each that does not, by its name: `4 of 4 cells hold, growth recomputed`."""
    if not found:
        return []
    failing = [(_FAILS, str(each)) for each in found if not each.holds]
    kinds = ", ".join(dict.fromkeys(each.kind for each in found))
    counted = f"{len(found) - len(failing)} of {len(found)} cells hold, {kinds} recomputed"
    return [(_FAILS if failing else _HOLDS, counted), *failing]
