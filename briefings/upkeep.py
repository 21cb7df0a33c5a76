"""What brings a desk up to date: the index of its documents, lists of figures, verdicts and reviews.

Reading needs none of it. It takes from a tenth of a second to some seconds where much has changed, and
next to nothing where nothing has: do it beside the screen, on a desk of its own. What works things out is
imported only where there is something to work out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from briefings.ledger.judged import RULES, Settled, Verdicts
from briefings.review.reviewed import kept_as
from cache.connections import waiting
from cache.store import StoreError
from cache.troubles import HELD

if TYPE_CHECKING:
    from briefings.desk import Desk
    from briefings.figures.figures import Figures
    from briefings.ledger.unkept import Passed
    from briefings.library.folders import Folder
    from briefings.library.update import Changes, Progress

REVIEWED = 20
"""Briefings, the newest ones, that are reviewed for their overviews."""

EMPTY_MILLISECONDS = 800
"""How long another process that begins the index is waited for: until then there is nothing to read."""

_TEXTS = "\0texts 1"
"""The name under which the index keeps up to which of its revisions texts were kept."""


class Upkeep:
    """Brings a desk of today up to date, as long as that is open. Progress hears how many documents of
    how many are done."""

    def __init__(self, desk: Desk, figures: Figures, judged: Verdicts) -> None:
        self._desk = desk
        self._figures = figures
        self._judged = judged

    def update(self, progress: Progress | None = None) -> Changes:
        """Compare the folders with the index. While another process does so, nothing is done."""
        before = self._desk.index.revision()
        changes = self._update(self._desk.library.folders(), progress)
        self._keep_texts(before, changes)
        return changes

    def update_bundled(self) -> None:
        """Index the bundled documents alone: what the very first start shows. While another process does so,
        nothing is done."""
        self._update(self._desk.library.folders()[:1])

    def _update(self, folders: Sequence[Folder], progress: Progress | None = None) -> Changes:
        from briefings.library.update import Changes, is_locked, update  # and the parser

        index = self._desk.index
        patience = waiting(index.connection, EMPTY_MILLISECONDS) if index.is_empty() else nullcontext()
        try:
            with patience:
                changes = update(index, folders, progress)
        except sqlite3.OperationalError as error:
            if not is_locked(error):
                raise
            changes = Changes()
            if index.is_empty():
                self._desk.tell((f"index: {HELD}; documents show once it lets go",))
        self._desk.forget()
        return changes

    def prepare_figures(self) -> bool:
        """Work out the lists of figures that pages look up; whether any was out of date."""
        from briefings.search.indicators import put_indicators

        prepared = self._figures.prepare()
        put_indicators(self._desk.index, self._desk.catalogued, anew=prepared)
        return prepared

    def settle(self, progress: Progress | None = None, *, thorough: bool = False) -> Settled:
        """Judge the claims whose text or figures have changed; with `thorough` all of them, where a verdict
        is not as it was kept. Where nothing can be kept, nor was, claims are judged from now on when they
        are asked for, as commands do; a screen that waits for nobody takes what `judge_unkept` gives."""
        desk = self._desk
        revision = f"{RULES} {desk.index.revision()}"
        is_done = self._figures.are_settled(revision) and self._judged.is_readable(thorough=thorough)
        if desk.judges_when_asked or is_done:
            return Settled()
        settled = self._judge(progress)
        if settled is None:
            if not self._judged.rows():
                desk.judge_when_asked()
            return Settled()
        self._figures.settled(revision)
        self._judged.forget()
        return settled

    def judge_unkept(self, before: Passed | None, progress: Progress | None = None) -> Passed | None:
        """Judge in memory what is not as it was judged `before`, and show it: for where no verdict can be
        kept. None where figures cannot be read."""
        from briefings.ledger.unkept import judge

        passed = judge(self._desk.index, self._figures, before, progress)
        if passed:
            self._desk.take_verdicts(passed)
        return passed

    def prepare_reviews(self) -> bool:
        """Review the newest briefings; whether any was not reviewed yet."""
        desk, anew = self._desk, False
        for listed in desk.index.part("briefing", 0, REVIEWED):
            name = kept_as(desk.index.revision(), listed.id)
            if self._figures.kept(name) is None and (document := desk.index.document(listed.id)):
                from briefings.review.review import review

                self._figures.keep(name, review(desk, document).as_text())
                anew = True
        return anew

    def _keep_texts(self, before: str, changes: Changes) -> None:
        """Keep the texts of files that were not seen before; where nothing has changed since an earlier
        revision it costs nothing."""
        desk, index = self._desk, self._desk.index
        revision = index.revision()
        if not changes and index.figure(_TEXTS, revision) is not None:
            return
        from briefings.past import former

        store, folders = desk.library.places.store, desk.library.folders()
        try:
            kept = former.keep(store, index, folders, desk.today, (before, changes.files))
        except StoreError as error:
            desk.tell((str(error),))
            return
        desk.tell(kept.notes)
        if kept.lasts:
            index.keep_figure(_TEXTS, revision, "")

    def _judge(self, progress: Progress | None) -> Settled | None:
        """What judging came to; None where it cannot be kept."""
        from briefings.ledger.ledger import Ledger

        desk = self._desk
        try:
            with closing(Ledger.open(desk.library.places.store, desk.library.shelf)) as ledger:
                if ledger.kept:
                    figures = self._figures
                    settled = ledger.settle(desk.index, figures.moments(), figures.now, progress)
                    desk.tell(ledger.notes)
                    return settled
        except StoreError:
            pass
        return None
