"""The providers as both faces list them: how asking went, what is held, and why one is left alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from sources.adapters import MODULES, provider
from sources.catalogue.catalogue import load
from sources.catalogue.indicator import Indicator
from sources.freshness import Clocks, freshness
from sources.model import Period
from sources.provider import Provider
from sources.refreshing.attempts import Attempt, Attempts
from sources.refreshing.breaker import Breaker
from sources.refreshing.clocks import states
from sources.secrets import FILE_NAME, variable
from sources.snapshot import open_store
from tui.settings.settings import Settings

if TYPE_CHECKING:
    from briefings.desk import Desk
    from briefings.figures.rows import Catalogued

ServiceState = Literal["never", "answers", "failing", "unreached", "resting", "off", "unused", "past"]
"""Never asked from here; answered last time; did not; nor did anybody else, for want of a network; left
alone for a while; refuses programs and was not turned on; no indicator is asked of it; as of a past day, of
which only the figures are known."""


class Service(NamedTuple):
    """A provider, and how it stands at a moment. `words` are those of the last failure, or of its being off.

    `newest` is the newest period held of what it serves, `figures` their ids and `counts` how many of them
    are in each state of freshness; `received` the bytes of its last answers; `next_try` is None for at once;
    `key` says which key it takes, and where people get one.
    """

    id: str
    name: str
    home: str
    licence: str
    state: ServiceState
    words: str = ""
    newest: Period | None = None
    figures: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    success: datetime | None = None
    failure: datetime | None = None
    next_try: datetime | None = None
    received: int = 0
    slow: bool = False
    key: str = ""


def services(
    settings: Settings, now: datetime, tell: Callable[[Sequence[str]], object] = lambda notes: None
) -> tuple[Service, ...]:
    """All providers by name, those that serve figures first; `tell` hears what our own files came upon.
    Raises `cache.store.StoreError`."""
    catalogue = load(settings.places.library / "indicators", settings.places.cache)
    entries = tuple(entry for entry in catalogue if entry.source)
    with (
        closing(open_store(settings.places.store, now)) as vintages,
        closing(Attempts.open(settings.places.store)) as attempts,
    ):
        clocks = states(entries, vintages, attempts.series())
        asked, breakers = attempts.providers(), attempts.breakers()
        tell((*vintages.notes, *attempts.notes))
    found = [
        described(
            provider(id_),
            [entry for entry in entries if entry.source and entry.source.provider == id_],
            clocks,
            asked.get(id_, Attempt()),
            breakers.get(id_, Breaker()),
            now,
            settings.providers,
        )
        for id_ in MODULES
    ]
    return _in_order(found)


def services_then(desk: Desk) -> tuple[Service, ...]:
    """All providers, with what was known of their figures on the past day of a desk; how asking went then is
    not kept."""
    serving: dict[str, list[Catalogued]] = {}
    for each in desk.catalogued():
        serving.setdefault(each.provider, []).append(each)
    return _in_order(_then(provider(id_), serving.get(id_, [])) for id_ in MODULES)


def _then(asked: Provider, served: Sequence[Catalogued]) -> Service:
    held = [Period.parse(each.period) for each in served if each.period]
    return Service(
        id=asked.id,
        name=asked.name,
        home=asked.home,
        licence=asked.licence,
        state="past" if served else "unused",
        newest=max(held, default=None, key=lambda period: period.last),
        figures=tuple(each.id for each in served),
        counts=_counted([each.state for each in served]),
        key=_key(asked),
    )


def _in_order(found: Iterable[Service]) -> tuple[Service, ...]:
    """By name, those that serve figures first."""
    return tuple(sorted(found, key=lambda service: (not service.figures, service.name.casefold())))


def described(
    asked: Provider,
    entries: Sequence[Indicator],
    clocks: Mapping[str, Clocks],
    attempt: Attempt,
    breaker: Breaker,
    now: datetime,
    on: Collection[str] = (),
) -> Service:
    """A provider with the indicators that it serves. `on` are those that the user turned on by name."""
    off = asked.is_off(on)
    failing = attempt.failure is not None and (attempt.success is None or attempt.failure > attempt.success)
    held = [clocks[entry.id].held for entry in entries]
    next_try = breaker.next_try(now)
    return Service(
        id=asked.id,
        name=asked.name,
        home=asked.home,
        licence=asked.licence,
        state="off" if off else "resting" if next_try else _state(entries, attempt, failing=failing),
        words=_OFF.format(id=asked.id) if off else attempt.words if failing else "",
        newest=max(filter(None, held), default=None, key=lambda period: period.last),
        figures=tuple(entry.id for entry in entries),
        counts=_counts(entries, clocks, now),
        success=attempt.success,
        failure=attempt.failure,
        next_try=next_try,
        received=attempt.received,
        slow=asked.slow,
        key=_key(asked),
    )


def _key(asked: Provider) -> str:
    if not (asked.needs_key or asked.key_page):
        return ""
    name = asked.needs_key or asked.id
    where = f", from {asked.key_page}" if asked.key_page else ""
    need = "needed" if asked.needs_key else "not needed"
    return f"{need}; {variable(name)} in the environment, or `{name}` in {FILE_NAME}{where}"


_OFF = 'It refuses programs. providers = ["{id}"] in config.toml turns it on, asking as a browser does.'


def _state(entries: Sequence[Indicator], attempt: Attempt, *, failing: bool) -> ServiceState:
    if failing:
        return "unreached" if attempt.unreached else "failing"
    if attempt.success:
        return "answers"
    return "never" if entries else "unused"


def _counts(
    entries: Sequence[Indicator], clocks: Mapping[str, Clocks], now: datetime
) -> tuple[tuple[str, int], ...]:
    return _counted([freshness(entry.rule, clocks[entry.id], now).state for entry in entries])


def _counted(found: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """How many indicators are in each state of freshness, the best state first."""
    order = ("fresh", "due", "stale", "failing", "never")
    return tuple((state, found.count(state)) for state in order if state in found)
