"""The verdicts of a past day: worked out from the vintages of that day, never read from what was kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date

from briefings.documents.model import Document
from briefings.ledger.judged import Row, Shown, Verdicts
from briefings.ledger.ledger import rows_of
from briefings.ledger.moments import Moments
from briefings.library.index import Index
from cache.store import StoreError


class PastJudged:
    """The claims of an index of the day with the verdicts of the day. Never raises.

    The history of what was shown ends with the day.
    """

    def __init__(self, index: Index, moments: Callable[[], Moments], day: date, home: Verdicts) -> None:
        self._index = index
        self._moments = moments
        self._day = day
        self._home = home
        self._rows: dict[str, dict[str, Row]] = {}

    def forget(self) -> None:
        """Drop what was worked out."""
        self._rows = {}

    def is_readable(self, *, thorough: bool = False) -> bool:
        """Always: they are worked out when they are asked for."""
        return True

    def notes(self) -> tuple[str, ...]:
        """What was met in the history of what was shown."""
        return self._home.notes()

    def rows(self, document: str = "") -> Sequence[Row]:
        """The claims of a document, or all, by document and in the order of their ids."""
        names = (document,) if document else sorted(self._index.documents_with("claim"))
        return tuple(row for name in names for row in self._of(name).values())

    def row(self, claim: str) -> Row | None:
        """The claim of a whole id; None for one that nobody had judged."""
        document, _, _ = claim.partition("#")
        return self._of(document).get(claim)

    def history(self, claim: str) -> Sequence[Shown]:
        """What a claim had been shown as until then, oldest first."""
        shown = self._home.history(claim)
        return tuple(each for each in shown if each.moment.astimezone(UTC).date() <= self._day)

    def _of(self, name: str) -> dict[str, Row]:
        if name not in self._rows:
            document = self._index.document(name)
            try:
                self._rows[name] = {row.id: row for row in self._judged(document)} if document else {}
            except StoreError:
                return {}
        return self._rows[name]

    def _judged(self, document: Document) -> list[Row]:
        return rows_of(document, self._moments(), self._day)
