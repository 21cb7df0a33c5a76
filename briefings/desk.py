"""The one facade that both faces read through. Opening and reading never touch the network."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from briefings import links
from briefings.figures import Figures
from briefings.home import Library
from briefings.index import Index, Listed
from briefings.judged import Judged, Row, Settled, Shown
from briefings.links import Neighbour, Resolver
from briefings.model import TOPICS, Document, Fault, Item, Statement
from briefings.own import Own
from briefings.rows import Catalogued, FigureRow, IndicatorCard, Standing
from cache.store import StoreError
from sources.text import fold, nearest

if TYPE_CHECKING:
    from briefings.chart_desk import Charts
    from briefings.going import Names
    from briefings.kept_searches import KeptSearch
    from briefings.paths import Graph
    from briefings.predictions import Status
    from briefings.reviewed import Review
    from briefings.search import Search
    from briefings.update import Changes, Progress
    from briefings.verdicts import Verdict


REVIEWED = 20
"""Briefings, the newest ones, that are reviewed beside the screen, for their overviews."""

__all__ = ["Desk", "Library", "open_desk"]


class Desk:
    """What can be read, as the index has it. One desk belongs to one thread."""

    def __init__(self, home: Library, today: date | None = None) -> None:
        self.library = home
        self.index = Index.open(home.index_path())
        self._resolver = Resolver(self.index)
        self._figures = Figures(home.places, self.index, today)
        self._judged = Judged(home.places.store, home.shelf)
        self._charts: Charts | None = None
        self._late: frozenset[str] | None = None
        self.own = Own(home.places.library)
        self._statements: dict[str, Statement | None] = {}
        self._names: Names | None = None
        self._search: Search | None = None
        self._graph: Graph | None = None

    def close(self) -> None:
        """Let go of the index and the store."""
        self._figures.close()
        self.index.close()

    # ------------------------------------------------------------------ bringing up to date

    def update(self, progress: Progress | None = None) -> Changes:
        """Compare the folders with the index. While another process does so, nothing is done."""
        from briefings.update import Changes, is_locked, update  # the parser, which reading does not need

        try:
            changes = update(self.index, self.library.folders(), progress)
        except sqlite3.OperationalError as error:
            if not is_locked(error):
                raise
            changes = Changes(frozenset(), 0)
        self.forget()
        return changes

    def update_bundled(self) -> None:
        """Index the bundled documents alone: what the very first start shows."""
        from briefings.update import update

        update(self.index, self.library.folders()[:1])
        self.forget()

    def forget(self) -> None:
        """Drop what was looked up: the index has changed."""
        self._resolver.forget()
        self._figures.forget()
        self._judged.forget()
        self._late = None
        self.own = Own(self.library.places.library)
        self._statements = {}
        self._search = None
        self._graph = None

    # ------------------------------------------------------------------ reading

    def notes(self) -> tuple[str, ...]:
        """What opening the index came upon, in words."""
        return self.index.notes

    def newest_briefing(self) -> str:
        """The id of the newest briefing; empty where there is none."""
        return self.index.first("briefing")

    def documents(self, *kinds: str) -> list[Listed]:
        """Documents of some kinds, or all."""
        return self.index.documents(*kinds)

    def part(self, kind: str, first: int, most: int) -> list[Listed]:
        """Some documents of a kind, from a place in its list on: the lists of a screen may be long."""
        return self.index.part(kind, first, most)

    def counts(self) -> dict[str, int]:
        """How many documents there are of each kind."""
        return self.index.counts()

    def document(self, name: str) -> Document | None:
        """The document with this id."""
        return self.index.document(name)

    def item(self, name: str) -> Item | None:
        """The item that a user means by a name: an id, an alias, a file name or a path."""
        return self._resolver.resolve(name)

    def resolve(self, target: str, document: str = "") -> Item | None:
        """The item that a link of a document means; None when it dangles."""
        return self._resolver.resolve(target, document)

    def items_of(self, document: str, *kinds: str) -> list[Item]:
        """The items in a document, in reading order."""
        return self.index.items_of(document, *kinds)

    def section_at(self, document: str, block: int) -> Item | None:
        """The innermost section of a document around a block."""
        return self.index.item_at(document, block)

    def statement(self, item: Item) -> Statement | None:
        """What a claim or prediction says."""
        if item.id not in self._statements:
            document = self.index.document(item.document)
            holds = document is not None and len(document.blocks) > item.block
            self._statements[item.id] = document.blocks[item.block].statement if document and holds else None
        return self._statements[item.id]

    def back_links(self, item: Item) -> list[Neighbour]:
        """Where an item is spoken of."""
        return links.back_links(self.index, item)

    def forward_links(self, item: Item) -> list[Neighbour]:
        """What an item speaks of."""
        return links.forward_links(self.index, item)

    def linked_from(self, document: str) -> list[tuple[Item, int]]:
        """The items that a document links to, with the block of each link, in reading order."""
        links = self.index.linked_from(document)
        found = {name: self.index.item(name) for name in {name for name, _ in links}}
        return [(item, block) for name, block in links if (item := found[name])]

    def figure(self, expression: str) -> str | None:
        """What a figure of a text says: value, unit and period; None for what is no expression."""
        return self._figures.text(expression)

    def figures_of(self, topic: str) -> list[FigureRow]:
        """The indicators of a topic with their newest values, those with figures first."""
        return self._figures.of_topic(topic)

    def indicator(self, name: str) -> IndicatorCard | None:
        """What there is to say of an indicator."""
        return self._figures.card(name)

    def standing(self) -> Standing | None:
        """How all figures stand; None until `prepare_figures` has worked it out."""
        return self._figures.standing()

    def prepare_figures(self) -> bool:
        """Work out the lists of figures that pages look up; whether any was out of date. It takes 100 ms
        then: do it beside the screen."""
        prepared = self._figures.prepare()
        from briefings.search import put_indicators

        put_indicators(self.index, self.catalogued, anew=prepared)
        return prepared

    def catalogued(self) -> list[Catalogued]:
        """All indicators as they are searched; none until `prepare_figures` has worked them out."""
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

    def settle(self) -> Settled:
        """Judge the claims whose text or figures have changed. It takes seconds where many have: do it
        beside the screen. Where nothing has changed it costs nothing."""
        revision = self.index.revision()
        if self._figures.are_settled(revision):
            return Settled()
        from briefings.ledger import Ledger  # what judges, which reading does not need

        try:
            with closing(Ledger.open(self.library.places.store, self.library.shelf)) as ledger:
                settled = ledger.settle(self.index, self._figures.moments(), self._figures.now)
        except StoreError:
            return Settled()
        self._figures.settled(revision)
        self._judged.forget()
        return settled

    def verdicts(self, document: str = "") -> Sequence[Row]:
        """The claims of a document, or all, as they were last judged."""
        return self._judged.rows(document)

    def verdict(self, claim: str) -> Row | None:
        """What came of the claim of a whole id; None for one that was not judged yet."""
        return self._judged.row(claim)

    def mark(self, row: Row) -> str:
        """The glyph of a verdict: `✗`, `~✗` where newer figures are out that could change it."""
        return row.mark(self.is_late)

    def is_late(self, series: str) -> bool:
        """Whether a newer figure of an indicator is out than is kept."""
        if self._late is None:
            standing = self.standing()
            self._late = frozenset(standing.late if standing else ())
        return series in self._late

    def shown_before(self, claim: str) -> Sequence[Shown]:
        """What a claim was shown as, oldest first."""
        return self._judged.history(claim)

    def judge(self, item: Item) -> Verdict | None:
        """The verdict on a claim with all its arithmetic, worked out now, or on the test of a prediction;
        None for what is neither."""
        document, statement = self.index.document(item.document), self.statement(item)
        if document is None or statement is None or not (item.kind == "claim" or statement.test):
            return None
        from briefings.ledger import verdict_of
        from briefings.verdicts import day_of

        try:
            published = day_of(document) if item.kind == "claim" else None
            return verdict_of(statement, published, self._figures.moments())
        except StoreError:
            return None

    def carried(self, verdict: Verdict) -> str:
        """Who carries the figures of a verdict, and the newest vintage among them."""
        return self._figures.behind(verdict.now.used)

    def reviewed(self, document: str) -> Review | None:
        """What to look at twice in a document; None until `prepare_reviews` has worked it out."""
        text = self._figures.kept(self._review_name(document))
        if text is None:
            return None
        from briefings.reviewed import Review

        return Review.from_text(text)

    def prepare_reviews(self) -> bool:
        """Review the newest briefings; whether any was not reviewed yet. Do it beside the screen."""
        anew = False
        for listed in self.index.part("briefing", 0, REVIEWED):
            if self._figures.kept(self._review_name(listed.id)) is None and (
                document := self.index.document(listed.id)
            ):
                from briefings.review import review

                self._figures.keep(self._review_name(listed.id), review(self, document).as_text())
                anew = True
        return anew

    def _review_name(self, document: str) -> str:
        return f"review 1 {self.index.revision()} {document}"

    def claims_on(self, series: str, document: str = "") -> Sequence[Row]:
        """The claims of a document, or of all, whose tests rest on an indicator."""
        return [row for row in self.verdicts(document) if series in row.series]

    @property
    def charts(self) -> Charts:
        """What charts and tables of figures show."""
        if self._charts is None:
            from briefings.chart_desk import Charts  # what the first frame does without

            self._charts = Charts(self, self._figures)
        return self._charts

    # ------------------------------------------------------------------ predictions

    def status(self, item: Item, day: date | None = None) -> Status | None:
        """What state a prediction is in on a day, today by default; None for what is none."""
        statement = self.statement(item)
        if statement is None or item.kind != "prediction":
            return None
        from briefings.predictions import status

        return status(statement, day or self.today, self.own.outcomes.get(item.id))

    # ------------------------------------------------------------------ looking for

    def dangling(self, document: str) -> list[tuple[str, int]]:
        """The targets of a document that lead nowhere, and the blocks they stand in."""
        return [(link.target, link.block) for link in self.index.links_from(document) if not link.item]

    def nearest(self, target: str) -> Item | None:
        """The item whose name is most like a target that leads nowhere."""
        wanted = fold(target)
        near = nearest(wanted, self.index.all_names())
        if near is None and "#" in wanted:
            near = nearest(wanted.rpartition("#")[2], self.index.all_names())
        owners = self.index.owners(near) if near else []
        return owners[0][0] if owners else None

    def fault_count(self) -> int:
        """How many faults there are in files, warnings included."""
        return self.index.fault_count()

    def faults(self) -> list[Fault]:
        """What is wrong in files, by path and line."""
        return self.index.faults()

    def searching(self) -> Search:
        """What finds words and more in everything; kept until the desk is told to forget."""
        if self._search is None:
            from briefings.search import Search  # which the first frame does without

            self._search = Search(self)
        return self._search

    def kept_searches(self) -> tuple[KeptSearch, ...]:
        """The searches that the reader keeps under a name, by name."""
        return self.own.searches

    def graph(self) -> Graph:
        """How items hang together; kept until the desk is told to forget."""
        if self._graph is None:
            from briefings.paths import Graph  # which the first frame does without

            self._graph = Graph(self.index)
        return self._graph

    def matching(self, words: str, most: int = 50) -> list[Item]:
        """Items whose names hold all the words, the shortest names first."""
        return self.index.matching(words.split(), most)

    def named_like(self, typed: str, most: int, recent: Sequence[str] = ()) -> list[tuple[int, Item]]:
        """Items that typed letters may mean, with how well they fit (0 is their very name), the best
        first: by ids, titles, aliases, Chinese initials."""
        from briefings.going import found  # which the first frame does without

        return found(self.index, self._names, typed, most, recent)

    def lacks_names(self) -> bool:
        """Whether `named_like` knows only how names begin, or names that are out of date."""
        return self._names is None or self._names.revision != self.index.revision()

    def gather_names(self) -> Names:
        """All names, for `use_names` of another desk: do it beside the screen."""
        from briefings.going import Names

        return Names(self.index)

    def use_names(self, names: Names) -> None:
        """Find all that was gathered."""
        self._names = names

    def all_figures(self) -> list[FigureRow]:
        """The indicators of all topics, each once."""
        return list({row.id: row for topic in TOPICS for row in self.figures_of(topic)}.values())


def open_desk(home: Library, *, progress: Progress | None = None, compare: bool = True) -> Desk:
    """A desk ready to read: with `compare` the folders are compared first, as commands do."""
    desk = Desk(home)
    if compare:
        desk.update(progress)
    elif desk.index.is_empty():
        desk.update_bundled()
    return desk
