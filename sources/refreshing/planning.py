"""What a refresh would ask: which figures are due, of which provider, in which requests. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sources.catalogue.indicator import Indicator, Source
from sources.freshness import Clocks, freshness
from sources.model import Frequency, Period, Request
from sources.provider import Asked, Provider, Query
from sources.refreshing.breaker import Breaker

Providers = Callable[[str], Provider]
"""The provider of an id. Raises KeyError where there is none."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that is asked of one provider: for the figures themselves, and to check those of others."""

    provider: Provider
    entries: tuple[Indicator, ...]
    requests: tuple[Asked, ...]
    checks: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Figures that are due or were asked for and are left out, and why, in a sentence."""

    provider: str
    figures: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs of one refresh, by provider; `states` are the clocks that it was made from."""

    jobs: tuple[Job, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    states: Mapping[str, Clocks] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Means:
    """What planning needs beside entries and clocks.

    `on` are the providers that the user turned on by name: those that want a browser are off otherwise.
    """

    providers: Providers
    breakers: Mapping[str, Breaker] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    on: frozenset[str] = frozenset()


def plan(
    entries: Sequence[Indicator],
    states: Mapping[str, Clocks],
    now: datetime,
    means: Means,
    asked: Iterable[str] | None = None,
) -> Plan:
    """What to ask now: all that is due, or exactly the figures asked for by id (of derived ones, the parts).

    What the user asks for by name goes to a provider that rests by our own rule, never to one that
    asked to be left alone.
    """
    wanted = _due(entries, states, now) if asked is None else _named(entries, asked)
    jobs: list[Job] = []
    skipped: list[Skipped] = []
    by_provider = _by_provider(wanted)
    for id_, group in by_provider.items():
        provider, words = _usable(id_, now, means, demanded=asked is not None)
        rested = [entry for entry in group if not provider or not _rests(provider, states, entry, now)]
        if provider is None or not rested:
            words = words or f"{provider.name if provider else id_} was asked a short while ago."
            skipped.append(Skipped(id_, tuple(entry.id for entry in group), words))
        else:
            jobs.append(Job(provider, tuple(rested), ()))
    jobs = _with_checks(jobs, now, means)
    made = (replace(job, requests=_requests(job, states, now, means)) for job in jobs)
    return Plan(tuple(job for job in made if job.requests), tuple(skipped), states)


def _due(entries: Sequence[Indicator], states: Mapping[str, Clocks], now: datetime) -> list[Indicator]:
    """Those of which something newer may be there, or the last asking failed."""

    def is_due(entry: Indicator) -> bool:
        return freshness(entry.rule, states.get(entry.id, Clocks()), now).state != "fresh"

    return [entry for entry in entries if entry.source and is_due(entry)]


def _named(entries: Sequence[Indicator], asked: Iterable[str]) -> list[Indicator]:
    """Those of these ids, and all that derived ones among them rest on."""
    known = {entry.id: entry for entry in entries}
    waiting = list(asked)
    found: dict[str, Indicator] = {}
    while waiting:
        entry = known.get(waiting.pop(0))
        if entry and entry.id not in found:
            found[entry.id] = entry
            waiting += entry.parts
    return [entry for entry in found.values() if entry.source]


def _by_provider(entries: Iterable[Indicator]) -> dict[str, list[Indicator]]:
    groups: dict[str, list[Indicator]] = {}
    for entry in entries:
        if entry.source:
            groups.setdefault(entry.source.provider, []).append(entry)
    return groups


def _usable(id_: str, now: datetime, means: Means, *, demanded: bool) -> tuple[Provider | None, str]:
    """The provider where it can be asked now, else why not."""
    try:
        provider = means.providers(id_)
    except KeyError:
        return None, f"No provider `{id_}` is known."
    if provider.is_off(means.on):
        return None, f"{provider.name} is off: it refuses programs. The configuration turns it on."
    if provider.needs_key and not means.secrets.get(provider.needs_key):
        where = f" from {provider.key_page}" if provider.key_page else ""
        return None, f"{provider.name} needs a key{where}."
    breaker = means.breakers.get(id_, Breaker())
    if not breaker.allows(now, demanded=demanded):
        return None, f"{provider.name} is left alone for a while. {breaker.words}".rstrip()
    return provider, ""


def _rests(provider: Provider, states: Mapping[str, Clocks], entry: Indicator, now: datetime) -> bool:
    """Whether the provider wants more time between two fetches of the same thing."""
    clocks = states.get(entry.id, Clocks())
    if clocks.success is None or (clocks.failure and clocks.failure > clocks.success):
        return False
    return timedelta() <= now - clocks.success < timedelta(hours=provider.rest_hours)


def _with_checks(jobs: Sequence[Job], now: datetime, means: Means) -> list[Job]:
    """The jobs, and in them what the check providers of their entries are asked."""
    made = {job.provider.id: job for job in jobs}
    for entry in [entry for job in jobs for entry in job.entries if entry.check]:
        id_ = entry.check.provider if entry.check else ""
        if id_ not in made:
            provider, _ = _usable(id_, now, means, demanded=False)
            if provider is None:
                continue
            made[id_] = Job(provider, (), ())
        made[id_] = replace(made[id_], checks=(*made[id_].checks, entry))
    return list(made.values())


def _requests(job: Job, states: Mapping[str, Clocks], now: datetime, means: Means) -> tuple[Asked, ...]:
    """The requests of a job, no URL twice."""
    groups: dict[tuple[Frequency, bool], list[tuple[Query, Period | None]]] = {}
    for query in (*_queries(job.entries, job.provider.id), *_check_queries(job.checks)):
        held = states.get(query.series.removesuffix(CHECK), Clocks()).held
        groups.setdefault((query.frequency, held is None), []).append((query, held))
    today = now.astimezone(UTC).date()
    asked: list[Asked] = []
    for group in groups.values():
        since = min((held for _, held in group if held), default=None)
        queries = [query for query, _ in group]
        asked += job.provider.requests(queries, since, today, means.secrets)
    return _merged(asked)


CHECK = "#check"
"""What marks the series of a query that only checks another one."""


def _queries(entries: Iterable[Indicator], provider: str) -> list[Query]:
    return [_query(entry.id, entry.frequency, entry.source) for entry in entries if entry.source]


def _check_queries(entries: Iterable[Indicator]) -> list[Query]:
    return [_query(entry.id + CHECK, entry.frequency, entry.check) for entry in entries if entry.check]


def _query(series: str, frequency: Frequency, source: Source) -> Query:
    return Query(series, frequency, source.fields)


def _merged(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """One of each request, with the queries of all that make it; asked for everything if one of them is."""
    made: dict[Request, Asked] = {}
    for each in asked:
        other = made.get(each.request)
        if other is None:
            made[each.request] = each
            continue
        since = min(other.since, each.since) if other.since and each.since else None
        queries = tuple(dict.fromkeys((*other.queries, *each.queries)))
        made[each.request] = replace(other, queries=queries, since=since)
    return tuple(made.values())
