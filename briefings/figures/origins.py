"""What a desk says of the sources and the history of its figures. Imported only where that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.figures.provenance import Provenance, place_of
from briefings.figures.tracing import Tracing
from briefings.figures.vintages import History, history
from cache.store import StoreError

if TYPE_CHECKING:
    from briefings.desk import Desk
    from briefings.figures.figures import Figures


class Origins:
    """Answers for a desk, as its figures are known to it."""

    def __init__(self, desk: Desk, figures: Figures) -> None:
        self._desk = desk
        self._figures = figures

    def provenance(self, name: str) -> Provenance | None:
        """Where a figure comes from: an observation or expression by its name, or a claim by its id; None
        where there is no such figure, or nothing can be read."""
        try:
            tracing = Tracing(self._figures.observing())
            return self._of_claim(tracing, name) if "#" in name else tracing.figure(name)
        except StoreError:
            return None

    def vintages(self, name: str) -> History | None:
        """What was ever published of an indicator, or of one of its periods: `cn.m1_yoy@2024-01`; None for
        an unknown one."""
        place = place_of(name)
        try:
            known = self._figures.observing()
            return history(known.observed, known.vintages, place, known.now) if place else None
        except StoreError:
            return None

    def _of_claim(self, tracing: Tracing, name: str) -> Provenance | None:
        desk = self._desk
        item = desk.item(name)
        statement = desk.statement(item) if item else None
        verdict = desk.judge(item) if item else None
        document = desk.document(item.document) if item else None
        if item is None or statement is None or verdict is None or document is None:
            return None
        return tracing.claim(item.id, statement, document.briefs, verdict)
