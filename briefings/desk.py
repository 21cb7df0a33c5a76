"""The one facade that both faces read through. Opening and reading never touch the network."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from briefings.documents.model import TOPICS, Document, Item
from briefings.figures.figures import Figures
from briefings.figures.rows import Catalogued, FigureRow, IndicatorCard, Standing
from briefings.ledger.judged import Judged, Row, Shown, Verdicts
from briefings.library.documents import Documents
from briefings.library.index import Index
from briefings.library.library import Library
from briefings.own.own import Own
from cache.store import StoreError

if TYPE_CHECKING:
    from briefings.charts.charts import Charts
    from briefings.figures.origins import Origins
    from briefings.ledger.predictions import Status
    from briefings.ledger.unkept import Passed
    from briefings.ledger.verdicts import Verdict
    from briefings.library.paths import Graph
    from briefings.library.update import Progress
    from briefings.own.kept_searches import KeptSearch
    from briefings.past.past import KnownBefore
    from briefings.review.reviewed import Review
    from briefings.search.search import Search
    from briefings.upkeep import Upkeep


__all__ = ["Desk", "Library", "open_desk"]

_DAYS_KEPT = 8
"""Past days whose desks are kept: those between which a reader goes back and forth."""


class Desk(Documents):
    """What can be read, as the index has it. One desk belongs to one thread.

    `day` is None, or the past day that everything is answered for: see `as_of`.
    """

    day: date | None = None

    def __init__(self, home: Library, today: date | None = None, *, anew: bool = False) -> None:
        index = (Index.anew if anew else Index.open)(home.index_path())
        judged = Judged(home.places.store, home.shelf)
        self._sit(home, index, Figures(home.places, index, today or home.today), judged)

    def _sit(self, home: Library, index: Index, figures: Figures, judged: Verdicts) -> None:
        super().__init__(index)
        self.library = home
        self._figures = figures
        self._judged = judged
        self.judges_when_asked = False
        self._charts: Charts | None = None
        self.own = Own(home.places.library, self.day)
        self._search: Search | None = None
        self._graph: Graph | None = None
        self._past: dict[date, Desk] = {}
        self.known_before: KnownBefore | None = None
        self._forgotten = 0
        self.met: tuple[str, ...] = ()

    def close(self) -> None:
        """Let go of the index and the store."""
        self._leave_past()
        if self.known_before:
            self.known_before.close()
        self._figures.close()
        self.index.close()

    def notes(self) -> tuple[str, ...]:
        """What the files of ours came upon so far, in words."""
        return (
            *super().notes(),
            *self._figures.notes(),
            *self.met,
            *self._judged.notes(),
            *self.own.notes(),
        )

    def tell(self, notes: Sequence[str]) -> None:
        """Add what was met while this desk was brought up to date, or a past day looked up."""
        self.met = tuple(dict.fromkeys((*self.met, *notes)))

    def as_of(self, day: date | None) -> Desk:
        """A desk that answers as everything was known at the end of a day in UTC; this one from today on.

        It shares the store of this one, closes with it, and is kept until something changes. Nothing
        is written there, and nothing is read that was kept for today.
        """
        if day is None or day >= self.today:
            return self
        if day not in self._past:
            from briefings.past.past import PastDesk  # what judges, which reading of today does not need

            while len(self._past) >= _DAYS_KEPT:
                self._past.pop(next(iter(self._past))).close()
            self._past[day] = PastDesk(self, self._figures, self._judged, day)
        return self._past[day]

    def known_from(self, target: str, document: str = "") -> date | None:
        """The first day on which a link's target was known, where that lies after `day`; else None."""
        return None

    def written(self, document: Document) -> str:
        """How much younger than `day` a text is, in words: `text of 2026-11-23`; else empty."""
        return ""

    def _leave_past(self) -> None:
        for desk in self._past.values():
            desk.close()
        self._past = {}

    @property
    def upkeep(self) -> Upkeep:
        """What brings this desk up to date with files and figures."""
        from briefings.upkeep import Upkeep  # which reading does without

        return Upkeep(self, self._figures, self._judged)

    def forget(self) -> None:
        """Drop what was looked up: the index or the figures have changed."""
        self._forgotten += 1
        self.known_before = None
        self._past = {}  # pages that are still shown may read on from their indexes
        super().forget()
        self._figures.forget()
        self._judged.forget()
        self.own = Own(self.library.places.library, self.day)
        self._search = None
        self._graph = None

    def state(self) -> Hashable:
        """What is another one whenever this desk, or that of a past day, may answer otherwise: something
        was forgotten, a document stored or dropped, or a day has ended."""
        return self._forgotten, self.index.revision(), self.today

    # ------------------------------------------------------------------ figures

    def figure(self, expression: str) -> str | None:
        """What a figure of a text says: value, unit and period; None for what is no expression."""
        return self._figures.text(expression)

    def figures_of(self, topic: str) -> list[FigureRow]:
        """The indicators of a topic with their newest values, those with figures first."""
        return self._figures.of_topic(topic)

    def all_figures(self) -> list[FigureRow]:
        """The indicators of all topics, each once."""
        return list({row.id: row for topic in TOPICS for row in self.figures_of(topic)}.values())

    def indicator(self, name: str) -> IndicatorCard | None:
        """What there is to say of an indicator."""
        return self._figures.card(name)

    def standing(self) -> Standing | None:
        """How all figures stand; None until `Upkeep.prepare_figures` has worked it out."""
        return self._figures.standing()

    def history_begins(self, series: str) -> date | None:
        """From when on something of an indicator is known, as far as is known today; None for nothing."""
        return self._figures.begins(series)

    def catalogued(self) -> list[Catalogued]:
        """All indicators as they are searched; none until `Upkeep.prepare_figures` has worked them out."""
        return self._figures.catalogued()

    def title_of(self, series: str) -> str:
        """The title of an indicator; its id where it has none."""
        return self._figures.title_of(series)

    def explained(self, expression: str) -> str:
        """The arithmetic behind a figure."""
        return self._figures.explained(expression)

    # ------------------------------------------------------------------ the ledger

    @property
    def today(self) -> date:
        """The day that everything is shown for, in UTC."""
        return self._figures.now.date()

    def judge_when_asked(self) -> None:
        """Judge claims when they are asked for, and keep no verdict."""
        from briefings.past.verdicts import PastJudged

        self.judges_when_asked = True
        self._judged = PastJudged(self.index, self._figures.moments, self.today, self._judged)

    def take_verdicts(self, passed: Passed) -> None:
        """Show the verdicts that another thread worked out, for none can be kept."""
        from briefings.ledger.unkept import Unkept

        self._judged = Unkept(passed, Judged(self.library.places.store, self.library.shelf))

    def verdicts(self, document: str = "") -> Sequence[Row]:
        """The claims of a document, or all, as they were last judged."""
        return self._judged.rows(document)

    def verdict(self, claim: str) -> Row | None:
        """What came of the claim of a whole id; None for one that was not judged yet."""
        return self._judged.row(claim)

    def mark(self, row: Row) -> str:
        """The glyph of a verdict: `✗`, `~✗` where newer figures are out that could change it."""
        return row.mark(self.is_late)

    def told(self, row: Row) -> str:
        """A verdict in words: `contradicted, on figures of 2026-07` where newer figures could change it."""
        return row.told(self.is_late)

    def is_late(self, series: str) -> bool:
        """Whether a newer figure of an indicator is out than is kept."""
        return self._figures.is_late(series)

    def shown_before(self, claim: str) -> Sequence[Shown]:
        """What a claim was shown as, oldest first."""
        return self._judged.history(claim)

    def shown_otherwise(self, verdict: Verdict, claim: str) -> str:
        """Where a claim was shown as another word on `day` than that day's vintages give, in words; else
        empty."""
        return ""

    def judge(self, item: Item) -> Verdict | None:
        """The verdict on a claim with all its arithmetic, worked out now, or on the test of a prediction;
        None for what is neither."""
        document, statement = self.index.document(item.document), self.statement(item)
        if document is None or statement is None or not (item.kind == "claim" or statement.test):
            return None
        from briefings.ledger.ledger import verdict_of
        from briefings.ledger.verdicts import day_of

        try:
            published = day_of(document) if item.kind == "claim" else None
            return verdict_of(statement, published, self._figures.moments(), self.day)
        except StoreError:
            return None

    @property
    def origins(self) -> Origins:
        """Where figures come from, and what was published of them when."""
        from briefings.figures.origins import Origins  # what the first frame does without

        return Origins(self, self._figures)

    def carried(self, verdict: Verdict) -> str:
        """Who carries the figures of a verdict, and the newest vintage among them."""
        return self._figures.behind(verdict.now.used)

    def reviewed(self, document: str) -> Review | None:
        """What to look at twice in a document; None until `Upkeep.prepare_reviews` has worked it out."""
        from briefings.review.reviewed import Review, kept_as

        text = self._figures.kept(kept_as(self.index.revision(), document))
        return Review.from_text(text) if text is not None else None

    def claims_on(self, series: str, document: str = "") -> Sequence[Row]:
        """The claims of a document, or of all, whose tests rest on an indicator."""
        return [row for row in self.verdicts(document) if series in row.series]

    @property
    def charts(self) -> Charts:
        """What charts and tables of figures show."""
        if self._charts is None:
            from briefings.charts.charts import Charts  # what the first frame does without

            self._charts = Charts(self, self._figures)
        return self._charts

    # ------------------------------------------------------------------ predictions

    def status(self, item: Item, day: date | None = None) -> Status | None:
        """What state a prediction is in on a day, today by default; None for what is none."""
        statement = self.statement(item)
        if statement is None or item.kind != "prediction":
            return None
        from briefings.ledger.predictions import status

        return status(statement, day or self.today, self.own.outcomes.get(item.id))

    # ------------------------------------------------------------------ looking for

    def searching(self) -> Search:
        """What finds words and more in everything; kept until the desk is told to forget."""
        if self._search is None:
            from briefings.search.search import Search  # which the first frame does without

            self._search = Search(self)
        return self._search

    def kept_searches(self) -> tuple[KeptSearch, ...]:
        """The searches that the reader keeps under a name, by name."""
        return self.own.searches

    def graph(self) -> Graph:
        """How items hang together; kept until the desk is told to forget."""
        if self._graph is None:
            from briefings.library.paths import Graph  # which the first frame does without

            self._graph = Graph(self.index, figure=self.figure)
        return self._graph


def open_desk(
    home: Library, *, progress: Progress | None = None, compare: bool = True, anew: bool = False
) -> Desk:
    """A desk ready to read: with `compare` the folders are compared first, as commands do. `anew` is for
    an index in which damage was met. Raises `sqlite3.Error`.
    """
    desk = Desk(home, anew=anew)
    try:
        if compare:
            desk.upkeep.update(progress)
        elif desk.index.is_empty():
            desk.upkeep.update_bundled()
    except BaseException:
        desk.close()
        raise
    return desk
