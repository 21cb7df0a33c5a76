"""The desk of a past day: the same questions, answered from what was known at its end."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from briefings.desk import Desk
from briefings.documents.dates import interval
from briefings.documents.model import Document, Fault, Item
from briefings.figures.figures import Figures
from briefings.ledger.judged import Verdicts
from briefings.ledger.ledger import differs
from briefings.ledger.predictions import Status, status
from briefings.ledger.verdicts import Verdict
from briefings.past.figures import PastFigures
from briefings.past.former import Former, FormerTexts
from briefings.past.index import PastIndex, index_on
from briefings.past.verdicts import PastJudged
from briefings.search.indicators import put_indicators
from briefings.search.search import Search
from briefings.upkeep import Upkeep
from cache.store import StoreError


class PastDesk(Desk):
    """What could be read on `day`, over the `figures` and the `judged` claims of today. It is asked, never
    brought up to date: see `Desk.as_of`.

    Faults are those of the files on disk: of a past day none is told.
    """

    day: date

    def __init__(self, home: Desk, figures: Figures, judged: Verdicts, day: date) -> None:
        self.day = day
        self._home = home
        home.known_before = home.known_before or KnownBefore(home)
        self._known = home.known_before
        self._past_index = self._known.index_on(day)
        then = PastFigures(figures, home.library.places, self._past_index, day)
        judged_then = PastJudged(self._past_index, then.moments, day, judged)
        self._sit(home.library, self._past_index, then, judged_then)

    def as_of(self, day: date | None) -> Desk:
        """The desk of another day; of today for None."""
        return self._home.as_of(day)

    @property
    def upkeep(self) -> Upkeep:
        """What is past does not change, and is worked out when it is asked for. Raises RuntimeError."""
        raise RuntimeError(f"nothing is kept up on a past day: {self.day}")

    def searching(self) -> Search:
        """What finds words and more in everything as it was known."""
        if self._past_index.searched_on != self.day:
            put_indicators(self.index, self.catalogued, anew=True)
            self._past_index.searched_on = self.day
            self._search = None
        return super().searching()

    def close(self) -> None:
        """Leave the index to other days that share it."""

    def notes(self) -> tuple[str, ...]:
        """What our own files came upon, for this day and for today, in words."""
        return tuple(dict.fromkeys((*self._home.notes(), *self._figures.notes())))

    def known_from(self, target: str, document: str = "") -> date | None:
        """The first day on which a link's target was known, where that is later; else None."""
        return self._past_index.known_from(target, document)

    def written(self, document: Document) -> str:
        """How much younger than the desk a text is: `text of 2026-11-23`; where only the store tells,
        `text held since 2026-11-29`; else empty."""
        text = document.updated or document.date
        if text and interval(text).last > self.day:
            return f"text of {text}"
        file = self._past_index.file_of(document.id)
        seen = self._known.first_seen(file, self.day) if file else None
        return f"text held since {seen}" if seen else ""

    def shown_otherwise(self, verdict: Verdict, claim: str) -> str:
        """Where a claim was shown as another word on that day than its vintages give, in words."""
        history = self.shown_before(claim)
        return differs(history[-1] if history else None, verdict)

    def status(self, item: Item, day: date | None = None) -> Status | None:
        """What state a prediction was in; None for what is none, and for one that was not made yet."""
        statement = self.statement(item)
        if statement is None or item.kind != "prediction":
            return None
        on = min(day or self.day, self.day)
        if statement.made and interval(statement.made).first > on:
            return None
        return status(statement, on, self.own.outcomes.get(item.id))

    def fault_count(self) -> int:
        """None: faults are those of today."""
        return 0

    def faults(self) -> list[Fault]:
        """None: faults are those of today."""
        return []


class KnownBefore:
    """What the desks of past days share until something changes: the texts that documents had, and the
    indexes of days on which the same was known."""

    def __init__(self, home: Desk) -> None:
        self._home = home
        self._folders = home.library.folders()
        self._texts = FormerTexts(home.library.places.store, home.index, self._folders)
        self._indexes: dict[Hashable, PastIndex] = {}

    def index_on(self, day: date) -> PastIndex:
        """The index of a day, with the texts of that day as far as the store has them."""
        found: tuple[Former, ...] = ()
        try:
            found = tuple(self._texts.on(day))
        except StoreError as error:
            self._home.tell((str(error),))
        self._home.tell(self._texts.notes())
        alike = (self._home.index.sinces_after(day), found)
        if alike not in self._indexes:
            self._indexes[alike] = index_on(self._home.index, day, found, self._folders)
        return self._indexes[alike]

    def first_seen(self, file: tuple[int, str], day: date) -> date | None:
        """When the text that a file has for a day was first seen, where that was later; else None."""
        try:
            return self._texts.first_seen(*file, day)
        except StoreError:
            return None

    def close(self) -> None:
        """Let go of the store and of the index."""
        self._texts.close()
        for index in self._indexes.values():
            index.close()
