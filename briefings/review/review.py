"""What to look at twice in one document: its checks, and what its tables come to when recomputed.

It is worked out from what a desk answers, so a desk of a past day gives the review of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from briefings.documents.model import Document
from briefings.documents.names import is_indicator
from briefings.ledger.verdicts import Verdict
from briefings.review.audit import audit
from briefings.review.document_checks import DatesOf, check_document, conflicts, first_date
from briefings.review.reviewed import MEANINGS, Cell, Check, Review

if TYPE_CHECKING:
    from briefings.desk import Desk
    from briefings.documents.dates import Interval

COMPARED = 50
"""Briefings, the newest ones, whose stated numbers are compared with those of a document."""


def review(desk: Desk, document: Document) -> Review:
    """The review of a document as a desk sees it. It judges all its claims: some 50 ms for fifty."""
    found = [
        *check_document(document, _verdicts(desk, document), dates_in(desk)),
        *(each for each in conflicts(_others(desk, document)) if _concerns(each.item, document)),
    ]
    checks = [*(Check(each.kind, each.item, each.words) for each in found), *_unresolved(desk, document)]
    order = list(MEANINGS)
    return Review(tuple(sorted(checks, key=lambda each: order.index(each.kind))), tuple(_cells(document)))


def dates_in(desk: Desk) -> DatesOf:
    """What gives the days on which what a document links to came to be, as a desk knows them."""

    def dates_of(target: str, name: str) -> Interval | None:
        item = desk.resolve(target, name)
        owner = desk.document(item.document) if item else None
        return first_date(owner) if owner else None

    return dates_of


def _verdicts(desk: Desk, document: Document) -> dict[str, Verdict]:
    judged = ((item.id, desk.judge(item)) for item in desk.items_of(document.id, "claim"))
    return {name: verdict for name, verdict in judged if verdict}


def _others(desk: Desk, document: Document) -> Iterable[Document]:
    names = [each.id for each in desk.part("briefing", 0, COMPARED)]
    found = (desk.document(name) for name in dict.fromkeys((*names, document.id)))
    return [each for each in found if each]


def _concerns(item: str, document: Document) -> bool:
    return item.partition("#")[0] == document.id


def _unresolved(desk: Desk, document: Document) -> Iterator[Check]:
    for target, block in desk.dangling(document.id):
        if not is_indicator(target):
            yield Check("name", f"{document.id}#^{block}", f'no item "{target}"', target)


def _cells(document: Document) -> Iterator[Cell]:
    at_line = {block.line: number for number, block in enumerate(document.blocks) if block.kind == "table"}
    for found in audit(document):
        block = at_line.get(found.line, 0)
        yield Cell(found.kind, f"{document.id}#^{block}", found.cell, found.holds, found.words)
