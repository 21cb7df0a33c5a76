"""What a figure and its check say of each other, remembered: when they were compared, and what differs."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sources.refreshing.timestamps import read, written
from sources.text import message

KEPT = 24
"""Disagreements of one series that are remembered: the newest."""

_WORDS = 80


class Disagreement(NamedTuple):
    """A period of which two sources give different values; the first is the one that is shown."""

    period: str
    value: float
    other: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """A series beside another source: `name` of that one, when they were last compared, in how many
    periods then, and all periods where they differ, oldest first."""

    name: str = ""
    moment: datetime | None = None
    compared: int = 0
    differing: tuple[Disagreement, ...] = ()

    def after(self, last: Agreement, periods: Container[str]) -> Agreement:
        """What is known once `last` compared these periods: of others, what differed before stands."""
        if last.name != self.name:
            return last
        before = [each for each in self.differing if each.period not in periods]
        differing = sorted((*before, *last.differing))[-KEPT:]
        return Agreement(last.name, last.moment, last.compared, tuple(differing))

    def to_json(self) -> str:
        """As text for storing."""
        return json.dumps([self.name, written(self.moment), self.compared, self.differing])

    @classmethod
    def from_json(cls, text: str) -> Agreement:
        """What `to_json` wrote; of anything else, an empty one."""
        try:
            name, moment, compared, differing = json.loads(text)
            found = (Disagreement(str(day), float(one), float(other)) for day, one, other in differing)
            return cls(message(str(name), _WORDS), read(moment), int(compared), tuple(found))
        except (ValueError, TypeError, OverflowError, RecursionError):
            return cls()
