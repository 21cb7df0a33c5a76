"""How many faults of one file are told."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.documents.model import Fault
from sources.limits import FAULTS_PER_FILE

MORE = "more faults follow; mend those above first"


def first_faults(faults: Iterable[Fault]) -> list[Fault]:
    """The first faults of a file, each once: of more than are told, the last one says that more follow.
    No more are asked for than that takes."""
    told: dict[Fault, None] = {}
    for fault in faults:
        told[fault] = None
        if len(told) > FAULTS_PER_FILE:
            *first, last, _ = told
            return [*first, last._replace(message=MORE)]
    return list(told)
