"""A breaker per provider: after failures it rests longer and longer, and what the provider asks holds.

    closed       asked as usual
    open         not asked before `until`
    half open    `until` has passed: one more try decides

Pure values; `to_json` and `from_json` let them outlive the program.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sources.limits import MESSAGE_CHARACTERS, RETRY_AFTER_SECONDS
from sources.refreshing.timestamps import read, written
from sources.text import message

State = Literal["closed", "open", "half open"]

FAILURES = 3
"""So many in a row, and it rests."""

REST_SECONDS = 60.0
"""The first rest; each further failure doubles it, up to the longest one that we take."""

_FAILURES_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Breaker:
    """How asking a provider went of late: failures in a row, since when, until when it rests, and why.

    `told` is True where the provider itself named the time: then nothing makes us ask earlier.
    """

    failures: int = 0
    since: datetime | None = None
    until: datetime | None = None
    told: bool = False
    words: str = ""

    def state(self, now: datetime) -> State:
        """What it is at a moment."""
        if self.next_try(now):
            return "open"
        return "half open" if self.failures >= FAILURES or self.until else "closed"

    def next_try(self, now: datetime) -> datetime | None:
        """When it may be asked again, or None for now.

        A time further off than any rest is the work of a clock that was wrong, and does not count.
        """
        if self.until is None or self.until <= now:
            return None
        return self.until if self.until - now <= timedelta(seconds=RETRY_AFTER_SECONDS) else None

    def allows(self, now: datetime, *, demanded: bool = False) -> bool:
        """Whether to ask. A user who insists ends a rest of ours, never one that the provider asked for."""
        return self.next_try(now) is None or (demanded and not self.told)

    def succeeded(self) -> Breaker:
        """After an answer that was taken."""
        return Breaker()

    def failed(
        self, now: datetime, words: str, *, retry_after: float | None = None, counts: bool = True
    ) -> Breaker:
        """After a failure. `retry_after` are the seconds of rest that the provider asked for.

        One that says nothing about the provider (no network here) does not count towards a rest.
        """
        failures = min(self.failures + counts, _FAILURES_MOST)
        since = self.since or now
        told = retry_after is not None
        rest = _within(retry_after) if retry_after is not None else _rest(failures) if counts else 0.0
        kept = self.until if self.told and not told and self.next_try(now) else None
        until = kept or (now + timedelta(seconds=rest) if rest else None)
        return Breaker(failures, since, until, told or kept is not None, message(words, MESSAGE_CHARACTERS))

    def to_json(self) -> str:
        """As text for storing."""
        moments = {name: written(getattr(self, name)) for name in ("since", "until")}
        return json.dumps({"failures": self.failures, "told": self.told, "words": self.words, **moments})

    @classmethod
    def from_json(cls, text: str) -> Breaker:
        """What `to_json` wrote; of anything else, a closed one."""
        try:
            found = json.loads(text)
            return cls(
                failures=min(max(int(found["failures"]), 0), _FAILURES_MOST),
                since=read(found["since"]),
                until=read(found["until"]),
                told=found["told"] is True,
                words=message(str(found["words"]), MESSAGE_CHARACTERS),
            )
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return cls()


def _rest(failures: int) -> float:
    if failures < FAILURES:
        return 0.0
    return float(min(REST_SECONDS * 2.0 ** min(failures - FAILURES, 30), RETRY_AFTER_SECONDS))


def _within(seconds: float) -> float:
    return min(max(seconds, 0.0), RETRY_AFTER_SECONDS)
