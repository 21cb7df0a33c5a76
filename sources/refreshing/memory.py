"""What a refresh remembers beside figures: how asking went, for each series and provider, who rests, and
what checks came to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from cache.store import StoreError
from sources.freshness import Clocks
from sources.model import Refused, SourceError
from sources.network.failures import HERE, Elsewhere, NoAnswer
from sources.provider import Provider
from sources.refreshing.agreement import Agreement, Disagreement
from sources.refreshing.attempts import Attempt, Attempts
from sources.refreshing.breaker import Breaker
from sources.refreshing.progress import Failed, Found, Kind


class NotKept(SourceError):  # noqa: N818 - named for what is the case
    """The answer was good, but our files did not take it."""


def kind_of(error: SourceError) -> Kind:
    """Which kind of failure an error is."""
    if isinstance(error, NotKept):
        return "store"
    if isinstance(error, Elsewhere) or (isinstance(error, NoAnswer) and error.cause == "private"):
        return "portal"
    if isinstance(error, NoAnswer):
        return "network" if error.cause in HERE else "silent"
    return "refused" if isinstance(error, Refused) else "wrong"


class Memory:
    """Writes to `Attempts`; where that cannot be, it is let go: figures count for more than their story."""

    def __init__(self, attempts: Attempts, clock: Callable[[], datetime]) -> None:
        self._attempts = attempts
        self._clock = clock
        self._before: dict[str, tuple[Attempt, Breaker]] = {}

    def taken(self, series: Iterable[str], states: Mapping[str, Clocks]) -> None:
        """These were answered, with something new or not."""
        now = self._clock()
        self._keep({name: _before(states, name).succeeded(now) for name in series})

    def missed(self, failed: Iterable[Failed], states: Mapping[str, Clocks]) -> None:
        """These were asked for in vain."""
        now = self._clock()
        self._keep(
            {name: _before(states, name).failed(now, each.words) for each in failed for name in each.figures}
        )

    def checked(self, series: str, name: str, periods: Sequence[str], found: Iterable[Found]) -> None:
        """A series was compared in these periods with the figures of the source called `name`."""
        differing = tuple(Disagreement(str(each.period), each.value, each.check_value) for each in found)
        last = Agreement(name, self._clock(), len(periods), differing)
        with suppress(StoreError):
            before = self._attempts.checks().get(series, Agreement())
            self._attempts.keep(checks={series: before.after(last, periods)})

    def provider(
        self, provider: Provider, errors: Sequence[SourceError], answers: int, received: int
    ) -> datetime | None:
        """How a job with a provider ended; returns when it may be asked again, None for at once."""
        now = self._clock()
        attempt, breaker = self._known(provider.id)
        self._before.setdefault(provider.id, (attempt, breaker))
        theirs = [error for error in errors if not isinstance(error, NotKept)]
        breaker = _breaker(breaker, theirs, answers, now)
        if errors:
            attempt = attempt.failed(now, str(errors[0]))
        if answers:
            attempt = attempt.succeeded(now, received)
        with suppress(StoreError):
            self._attempts.keep(providers={provider.id: attempt}, breakers={provider.id: breaker})
        return breaker.next_try(now)

    def excuse(self, words: str) -> None:
        """The network was at fault with all that were asked: nobody rests for it, nor counts as failing."""
        now = self._clock()
        attempts = {
            name: before.failed(now, words, unreached=True) for name, (before, _) in self._before.items()
        }
        with suppress(StoreError):
            self._attempts.keep(
                providers=attempts, breakers={name: rest for name, (_, rest) in self._before.items()}
            )

    def _known(self, provider: str) -> tuple[Attempt, Breaker]:
        try:
            attempts, breakers = self._attempts.providers(), self._attempts.breakers()
        except StoreError:
            return Attempt(), Breaker()
        return attempts.get(provider, Attempt()), breakers.get(provider, Breaker())

    def _keep(self, series: Mapping[str, Attempt]) -> None:
        if series:
            with suppress(StoreError):
                self._attempts.keep(series=series)


def _before(states: Mapping[str, Clocks], name: str) -> Attempt:
    clocks = states.get(name, Clocks())
    return Attempt(clocks.success, clocks.failure, clocks.failing_since)


def _breaker(breaker: Breaker, errors: Sequence[SourceError], answers: int, now: datetime) -> Breaker:
    """What the provider asked for counts first, then any success; the state of the network does not."""
    told = [error for error in errors if error.retry_after is not None]
    if not told and (answers or not errors):
        return Breaker()
    error = (told or errors)[0]
    counts = kind_of(error) not in ("network", "portal")
    return breaker.failed(now, str(error), retry_after=error.retry_after, counts=counts)
