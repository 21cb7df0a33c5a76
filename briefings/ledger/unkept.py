"""Verdicts that cannot be kept: judged by one thread beside the screen, and passed on to the screen's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefings.ledger.judged import RULES, Row, Shown, Verdicts
from briefings.library.files import Files
from cache.store import StoreError

if TYPE_CHECKING:
    from briefings.figures.figures import Figures
    from briefings.library.index import Index
    from briefings.library.update import Progress


class Passed(NamedTuple):
    """The claims of all documents with their verdicts, by document and id, each in their order. `figures` is
    the state of those that they rest on, `digests` what each document was then."""

    figures: str
    digests: Mapping[str, str]
    rows: Mapping[str, Mapping[str, Row]]

    def differing(self, before: Passed) -> int:
        """How many of the claims that were there before are said to be something else now."""
        pairs = ((row, before.row(row.id)) for rows in self.rows.values() for row in rows.values())
        return sum(was is not None and was.said != row.said for row, was in pairs)

    def row(self, claim: str) -> Row | None:
        """The claim of a whole id; None for one that was not judged."""
        document, _, _ = claim.partition("#")
        return self.rows.get(document, {}).get(claim)


def judge(
    index: Index, figures: Figures, before: Passed | None, progress: Progress | None = None
) -> Passed | None:
    """All claims as they are judged now: those whose documents and figures are as `before` were judged then.
    `progress` hears how many documents of those to be judged are done. None where figures cannot be read."""
    from briefings.ledger.ledger import TOLD, by_day, rows_of  # what judges, which reading does without

    digests = Files(index).digests()
    names = sorted(index.documents_with("claim"))
    rows = _as_before(before, digests, _state_of(figures)) if before else {}
    due = [name for name in names if name not in rows]
    try:
        for done, document in enumerate(by_day(filter(None, map(index.document, due)))):
            if progress and done and done % TOLD == 0:
                progress(done, len(due))
            judged = rows_of(document, figures.moments(), figures.now.date())
            rows[document.id] = {row.id: row for row in judged}
    except StoreError:
        return None
    return Passed(_state_of(figures), digests, {name: rows[name] for name in names if name in rows})


def _as_before(before: Passed, digests: Mapping[str, str], figures: str) -> dict[str, Mapping[str, Row]]:
    """The claims by document that need not be judged again."""
    if before.figures != figures:
        return {}
    return {name: rows for name, rows in before.rows.items() if before.digests.get(name) == digests.get(name)}


def _state_of(figures: Figures) -> str:
    return f"{RULES} {figures.state()} {figures.now.date()}"


class Unkept:
    """Verdicts as they were passed on; what claims were shown as before is asked of those that were kept.
    Never raises."""

    def __init__(self, passed: Passed, kept: Verdicts) -> None:
        self._passed = passed
        self._kept = kept

    def forget(self) -> None:
        """Nothing of what was passed on: other verdicts come by being passed on."""
        self._kept.forget()

    def is_readable(self, *, thorough: bool = False) -> bool:
        """Always: no file is read."""
        return True

    def notes(self) -> tuple[str, ...]:
        """What was met in the history of what was shown."""
        return self._kept.notes()

    def rows(self, document: str = "") -> Sequence[Row]:
        """The claims of a document, or all, by document and in the order of their ids."""
        every = self._passed.rows
        found = (every.get(document, {}),) if document else every.values()
        return tuple(row for rows in found for row in rows.values())

    def row(self, claim: str) -> Row | None:
        """The claim of a whole id; None for one that was not judged."""
        return self._passed.row(claim)

    def history(self, claim: str) -> Sequence[Shown]:
        """What a claim was shown as, oldest first."""
        return self._kept.history(claim)
