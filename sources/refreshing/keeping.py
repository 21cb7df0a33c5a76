"""From an answer to the store: points are judged, given their vintage, and kept whole or not at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cache.evidence import Evidence
from cache.packed import Packed
from cache.rows import Appended, Batch, Change, ProvenanceRow, Row, to_moment
from cache.vintages import Vintages
from sources.catalogue.indicator import Indicator
from sources.catalogue.releases import Release, known_by, window_of
from sources.freshness import Clocks
from sources.limits import DAYS_AHEAD, FIRST_YEAR
from sources.model import Period, Point, WrongAnswer
from sources.provider import Provider
from sources.refreshing.progress import Changed, Found, Stored

DISAGREEMENTS = 12
"""Of one series; the newest are told."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Page:
    """A body and what it says of one series: who said so, where, and when it came."""

    points: tuple[Point, ...]
    url: str
    fetched: datetime
    digest: str
    body: bytes


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


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps what comes in the stores, which are open; without `evidence` no body is kept."""

    vintages: Vintages
    evidence: Evidence | None

    def keep(
        self, entry: Indicator, provider: Provider, pages: Sequence[Page], clocks: Clocks, now: datetime
    ) -> Stored:
        """Keep all that is new in the pages of one series, in one transaction. Raises
        `cache.store.StoreError`.

        Of a value that stands on two pages the later one counts. A body that brings something is kept first.
        """
        packed = self.vintages.read_packed(entry.id)
        numbered = enumerate(pages)
        points = {(each.definition, each.period): at for at, page in numbered for each in page.points}
        batches = []
        for number, page in enumerate(pages):
            own = [each for each in page.points if points[each.definition, each.period] == number]
            if self.evidence and any(_is_news(each, packed) for each in own):
                self.evidence.keep(page.body, to_moment(now))
            rows = [_row(entry.rule, each, page.fetched, clocks, packed) for each in own]
            if rows:
                batches.append(Batch(entry.id, rows, _provenance(entry, provider, page)))
        appended = self.vintages.append_all(batches, to_moment(now)) if batches else ()
        periods = {period.first.toordinal(): period for _, period in points}
        gone = _gone(packed, {(name, period.first.toordinal()) for name, period in points})
        vanished = {Period.holding(date.fromordinal(day), entry.frequency) for _, day in gone}
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
    return Row(day, point.value, to_moment(known), basis, point.definition)


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
        fetched=to_moment(page.fetched),
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
