"""From an answer to the store: points are judged, given their vintage, and kept whole or not at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cache.evidence import Evidence
from cache.packed import Packed
from cache.rows import Appended, Batch, Change, ProvenanceRow, Row
from cache.vintages import Vintages
from sources.catalogue.indicator import Indicator
from sources.catalogue.releases import Release, known_by, window_of
from sources.freshness import Clocks
from sources.limits import DAYS_AHEAD, FIRST_YEAR
from sources.model import Frequency, Period, Point, WrongAnswer
from sources.provider import Provider
from sources.refreshing.attempts import Attempt
from sources.refreshing.progress import Changed, Found, Stored

DISAGREEMENTS = 12
"""Of one series; the newest are told."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Page:
    """A body and what it says of one series: who said so, where, and when it came."""

    points: tuple[Point, ...]
    url: str
    fetched: datetime
    digest: str
    body: bytes


def moment(when: datetime) -> int:
    """A moment as the store counts it: microseconds since 1970 in UTC."""
    return (when - _EPOCH) // _MICROSECOND


def judge(entry: Indicator, points: Iterable[Point], name: str, today: date) -> None:
    """Raise `WrongAnswer` for a value or a period that nobody should believe: one such, and the answer is
    in doubt."""
    for point in points:
        first = point.period.first
        if first.year < FIRST_YEAR or (first - today).days > DAYS_AHEAD:
            expected = f"expected one from {FIRST_YEAR} to {DAYS_AHEAD} days from now"
            raise WrongAnswer(f"{name}: {entry.id} would be of {point.period}, {expected}. Not stored.")
        if not math.isfinite(point.value) or not entry.is_plausible(point.value):
            low, high = entry.plausible or (-math.inf, math.inf)
            found = f"{point.value:.6g} in {point.period}"
            raise WrongAnswer(
                f"{name}: {entry.id} would be {found}, expected {low:g} to {high:g}. Not stored."
            )


def keep(
    entry: Indicator,
    provider: Provider,
    pages: Sequence[Page],
    clocks: Clocks,
    now: datetime,
    vintages: Vintages,
    evidence: Evidence | None,
) -> Stored:
    """Keep all that is new in the pages of one series, in one transaction. Raises `cache.store.StoreError`.

    Of a value that stands on two pages the later one counts. A body that brings something is kept first.
    """
    packed = vintages.read_packed(entry.id)
    points = {
        (each.definition, each.period): number for number, page in enumerate(pages) for each in page.points
    }
    batches = []
    for number, page in enumerate(pages):
        own = [each for each in page.points if points[each.definition, each.period] == number]
        if evidence and any(_is_news(each, packed) for each in own):
            evidence.keep(page.body, moment(now))
        rows = [_row(entry.rule, each, page.fetched, clocks, packed) for each in own]
        if rows:
            batches.append(Batch(entry.id, rows, _provenance(entry, provider, page)))
    appended = vintages.append_all(batches, moment(now)) if batches else ()
    periods = {period.first.toordinal(): period for _, period in points}
    gone = _gone(packed, {(name, period.first.toordinal()) for name, period in points})
    vanished = {_period(day, entry.frequency) for _, day in gone}
    return _stored(entry, provider.id, appended, periods, vanished)


def common(points: Iterable[Point], others: Iterable[Point]) -> tuple[str, ...]:
    """The periods that a figure and its check both give, in the same definition."""
    said = {(point.definition, point.period) for point in others}
    periods = {point.period for point in points if (point.definition, point.period) in said}
    return tuple(str(period) for period in sorted(periods))


def disagreements(
    entry: Indicator, provider: str, points: Iterable[Point], check: str, others: Iterable[Point]
) -> list[Found]:
    """Where a figure and its check differ by more than the tolerance: the newest, oldest of them first."""
    said = {(point.definition, point.period): point.value for point in others}
    found = [
        Found(entry.id, point.period, provider, point.value, check, other, entry.tolerance)
        for point in points
        if (other := said.get((point.definition, point.period))) is not None
        and abs(point.value - other) > entry.tolerance + _ROUNDING
    ]
    return sorted(found, key=lambda each: each.period)[-DISAGREEMENTS:]


def vintage(
    rule: Release, point: Point, fetched: datetime, clocks: Clocks, held: bool
) -> tuple[datetime, str]:
    """From when on a value was known, and how that is known.

    The source's own word comes first. A period that is new to us long after its release, and that we
    cannot have missed in an answer since, is history: known by the release calendar. All else is seen.
    """
    if point.published:
        return point.published, "published"
    if not held:
        window = window_of(rule, point.period)
        looked = max(filter(None, (clocks.success, clocks.retrieved)), default=None)
        missed = clocks.held and looked and looked >= window.closes
        if window.late < fetched and not missed:
            return known_by(window), "calendar"
    return fetched, "seen"


def _row(rule: Release, point: Point, fetched: datetime, clocks: Clocks, packed: Packed) -> Row:
    day = point.period.first.toordinal()
    held = packed.find(point.definition, day) is not None
    known, basis = vintage(rule, point, fetched, clocks, held)
    return Row(day, point.value, moment(known), basis, point.definition)


def _is_news(point: Point, packed: Packed) -> bool:
    place = packed.find(point.definition, point.period.first.toordinal())
    return place is None or packed.values[place] != point.value


def _provenance(entry: Indicator, provider: Provider, page: Page) -> ProvenanceRow:
    source = entry.source
    scale = source.get("scale") if source else ""
    return ProvenanceRow(
        provider=provider.id,
        code=source.code if source else "",
        url=page.url,
        agency=entry.agency,
        licence=entry.licence or provider.licence,
        fetched=moment(page.fetched),
        digest=page.digest,
        carrier=provider.name if entry.agency and entry.agency != provider.name else "",
        transform=f"times {scale}" if scale and float(scale) != 1 else "",
    )


def _gone(packed: Packed, given: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Held days between the first and the newest of all that an answer gives, and after: not in it."""
    firsts: dict[str, int] = {}
    for name, day in given:
        firsts[name] = min(day, firsts.get(name, day))
    return {
        (run.definition, day)
        for run in packed.definitions
        for day in packed.days[run.start : run.stop]
        if day > firsts.get(run.definition, day) and (run.definition, day) not in given
    }


def _stored(
    entry: Indicator,
    provider: str,
    appended: Sequence[Appended],
    periods: Mapping[int, Period],
    vanished: Iterable[Period],
) -> Stored:
    def changes(found: Iterable[Change]) -> tuple[Changed, ...]:
        made = (Changed(periods[each.day], each.new, each.old, each.definition) for each in found)
        return tuple(sorted(made, key=lambda each: each.period))

    return Stored(
        provider,
        entry.id,
        new=changes(each for batch in appended for each in batch.new),
        revised=changes(each for batch in appended for each in batch.revised),
        vanished=tuple(sorted(vanished)),
        earlier=sum(batch.earlier for batch in appended),
    )


def _period(day: int, frequency: Frequency) -> Period:
    return Period.holding(date.fromordinal(day), frequency)


def states(
    entries: Iterable[Indicator], vintages: Vintages, attempts: Mapping[str, Attempt]
) -> dict[str, Clocks]:
    """The clocks of series by id: what the store holds, beside what came of asking. What is neither held
    nor asked for has none."""
    newest = {held.series: held.newest_day for held in vintages.series() if held.periods}
    found: dict[str, Clocks] = {}
    for entry in entries:
        if not entry.source and entry.id not in newest:
            continue
        asked = attempts.get(entry.id, Attempt())
        held = _period(newest[entry.id], entry.frequency) if entry.id in newest else None
        retrieved = _retrieved(entry, vintages) if held and not asked.success else None
        found[entry.id] = Clocks(held, asked.success, asked.failure, asked.failing_since, retrieved)
    return found


def _retrieved(entry: Indicator, vintages: Vintages) -> datetime | None:
    """When others took the newest value that was shipped."""
    packed = vintages.read_packed(entry.id)
    numbers = set(packed.provenances)
    fetched = [row.fetched for number in numbers if (row := vintages.provenance(number)) and row.fetched]
    return _EPOCH + max(fetched) * _MICROSECOND if fetched else None
