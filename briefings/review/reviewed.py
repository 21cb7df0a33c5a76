"""What was found when a document was reviewed: read by pages, without what judges."""

import json
from typing import NamedTuple

MEANINGS: dict[str, str] = {
    "deadline": "Deadline before the prediction was made",
    "effect first": "Effect before its cause",
    "definition break": "Definition break inside a claim",
    "stale evidence": "Stale evidence",
    "conflict": "Other numbers in another document",
    "absolute": "Absolute without a comparator",
    "likelihood": "Likelihood and confidence",
    "name": "Name that resolves to nothing",
}
"""The kinds of checks as titles, those that weigh most first."""


class Check(NamedTuple):
    """Something to look at twice: a key of `MEANINGS`, the whole id of where it stands, and why; of a name
    that resolves to nothing, that name."""

    kind: str
    item: str
    words: str
    name: str = ""


class Cell(NamedTuple):
    """A cell of a table, recomputed: what kind of cell, its name, whether it holds, and the arithmetic."""

    kind: str
    item: str
    name: str
    holds: bool
    words: str


class Review(NamedTuple):
    """All checks and all recomputed cells of a document."""

    checks: tuple[Check, ...] = ()
    cells: tuple[Cell, ...] = ()

    def as_text(self) -> str:
        """The review as it is kept."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "Review":
        """What was kept."""
        checks, cells = json.loads(text)
        return cls(tuple(map(Check._make, checks)), tuple(map(Cell._make, cells)))


def kept_as(revision: str, document: str) -> str:
    """The name under which the review of a document in an index of a revision is kept."""
    return f"review 2 {revision} {document}"
