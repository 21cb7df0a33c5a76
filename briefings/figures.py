"""The figures that documents write as expressions: evaluated over what the store knows.

Texts are kept in the index with a stamp of what they rest on, so that a start evaluates nothing that
has not changed; then neither the grammar nor the catalogue is loaded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefings.charts import sparkline
from briefings.index import Index
from cache.database import open_reader

if TYPE_CHECKING:
    from cache.paths import Places
    from cache.rows import ProvenanceRow
    from cache.vintages import Vintages
    from sources.catalogue import Catalogue
    from sources.expressions import Result
    from sources.indicator import Indicator
    from sources.model import Observation, Series

SPARK_CELLS = 12
"""Width of a sparkline: two observations in a cell."""


class FigureRow(NamedTuple):
    """An indicator as lists show it: its newest value as text, what it changed by since the period
    before, and its last observations as a sparkline. Without figures all but the names is empty."""

    id: str
    title: str
    title_zh: str
    value: str = ""
    unit: str = ""
    period: str = ""
    change: str = ""
    spark: str = ""


class IndicatorCard(NamedTuple):
    """All there is to say of an indicator: its row, labelled facts, and (period, value, change) of its
    last observations, newest first. `page` is its source for people."""

    row: FigureRow
    facts: tuple[tuple[str, str], ...]
    observations: tuple[tuple[str, str, str], ...]
    page: str = ""


_AS_PUBLISHED = ("last", "first", "min", "max", "value")
"""Functions that give an observation itself: shown with the decimals it is published in."""

_LISTED = 24
"""Observations that a card lists."""

_GLYPHS = {"no data": "∅", "data ends": "⊣", "definition changed": "≢"}


class Figures:
    """What expressions give, as text and with the arithmetic behind it. Never raises for any text."""

    def __init__(self, places: Places, index: Index, today: date) -> None:
        self._places = places
        self._today = today
        self._index = index
        self._stamp: str | None = None
        self._texts: dict[str, str] = {}
        self._vintages: Vintages | None = None
        self._catalogue: Catalogue | None = None
        self._series: dict[tuple[str, str], Series | None] = {}

    def text(self, expression: str) -> str | None:
        """`7.78 pp 2023`, or the problem with its glyph; None for what is no expression of known series."""
        if self._stamp is None:
            self._stamp = self._stamped()
            self._texts = self._index.figures(self._stamp) if self._stamp else {}
        if expression not in self._texts:
            result = self._evaluated(expression)
            if result is None:
                return None
            self._texts[expression] = self._shown(result, expression)
            self._stamp = self._stamped()
            if self._stamp:
                self._index.keep_figure(expression, self._stamp, self._texts[expression])
        return self._texts[expression]

    def forget(self) -> None:
        """Drop what was worked out: what it rests on may have changed."""
        self._stamp = None
        self._texts = {}
        self._series = {}
        self._catalogue = None

    def explained(self, expression: str) -> str:
        """The arithmetic of an expression on one line, or why there is no figure."""
        result = self._evaluated(expression)
        if result is None:
            return f"{expression}: no expression of series that the catalogue has"
        return result.detail if result.problem else f"{expression}: {'; '.join(result.steps)}"

    def of_topic(self, topic: str) -> list[FigureRow]:
        """The indicators of a topic, those with figures first."""
        rows = [self._row(entry) for entry in self._entries().of_topic(topic)]
        return sorted(rows, key=lambda row: not row.value)

    def card(self, name: str) -> IndicatorCard | None:
        """What there is to say of an indicator; None for an unknown one."""
        entry = self._entries().get(name)
        if entry is None:
            return None
        observations = self._held(entry)
        shown = [(str(o.period), *self._told(entry, observations, at)) for at, o in enumerate(observations)]
        newest_first = tuple(reversed(shown[-_LISTED:]))
        return IndicatorCard(self._row(entry), self._facts(entry), newest_first, entry.page)

    def close(self) -> None:
        """Let go of the store."""
        if self._vintages:
            self._vintages.close()

    # ------------------------------------------------------------------ evaluating

    def _evaluated(self, expression: str) -> Result | None:
        from cache.store import StoreError
        from sources.expressions import ExpressionError, evaluate, parse

        try:
            parsed = parse(expression)
            known = all(self._entries().get(name) for name in parsed.series)
            return evaluate(parsed, self._look, until=self._today) if known else None
        except (ExpressionError, StoreError):
            return None

    def _look(self, name: str, definition: str) -> Series | None:
        key = (name, definition)
        if key not in self._series:
            entry = self._entries().get(name)
            self._series[key] = self._known(entry, definition) if entry else None
        return self._series[key]

    def _known(self, entry: Indicator, definition: str) -> Series | None:
        from sources.expressions import evaluate, parse
        from sources.model import Series

        if entry.derived:
            return evaluate(parse(entry.derived), self._look, unit=entry.unit).series
        found = {each.period.first: each for each in self._observations(entry, definition)}
        ordered = tuple(found[day] for day in sorted(found))
        return Series(entry.id, entry.unit, entry.frequency, ordered, entry.aggregate) if ordered else None

    def _observations(self, entry: Indicator, definition: str) -> Iterator[Observation]:
        """The newest state, the newest definition of a period last."""
        from sources.model import Observation, Period

        order = [each.id for each in entry.definitions]
        rows = [
            row for row in self._store().read_packed(entry.id).rows() if definition in ("", row.definition)
        ]
        rows.sort(key=lambda row: order.index(row.definition) if row.definition in order else -1)
        for row in rows:
            period = Period(date.fromordinal(row.day), entry.frequency)
            yield Observation(period, row.value, row.definition, provenance=row.provenance)

    # ------------------------------------------------------------------ indicators

    def _held(self, entry: Indicator) -> Sequence[Observation]:
        from cache.store import StoreError

        try:
            series = self._look(entry.id, "")
        except StoreError:
            return ()
        return series.observations if series else ()

    def _row(self, entry: Indicator) -> FigureRow:
        observations = self._held(entry)
        if not observations:
            return FigureRow(entry.id, entry.title, entry.title_zh, unit=entry.unit)
        value, change = self._told(entry, observations, len(observations) - 1)
        spark = sparkline([o.value for o in observations[-2 * SPARK_CELLS :]], SPARK_CELLS)
        period = str(observations[-1].period)
        return FigureRow(entry.id, entry.title, entry.title_zh, value, entry.unit, period, change, spark)

    @staticmethod
    def _told(entry: Indicator, observations: Sequence[Observation], at: int) -> tuple[str, str]:
        """Value and change of an observation as text; there is no change across a break."""
        from sources.expressions import shown

        now, before = observations[at], observations[at - 1] if at else None
        value = _with_thousands(shown(now.value, entry.decimals))
        if before is None or before.definition != now.definition:
            return value, ""
        change = shown(now.value - before.value, entry.decimals)
        return value, change if change.startswith("-") else f"+{change}"

    def _facts(self, entry: Indicator) -> tuple[tuple[str, str], ...]:
        origin = self._origin(entry)
        facts = (
            ("Unit", entry.unit),
            ("Agency", entry.agency),
            ("Computed", entry.derived),
            ("Source", f"{origin.provider} {origin.code}".strip() if origin else ""),
            ("Carrier", origin.carrier if origin else ""),
            ("Licence", entry.licence or (origin.licence if origin else "")),
            *(("Definition", f"{each.id}: {each.note}") for each in entry.definitions if each.note),
            ("Note", entry.note),
        )
        return tuple((label, words) for label, words in facts if words)

    def _origin(self, entry: Indicator) -> ProvenanceRow | None:
        """Where the newest observation comes from."""
        observations = self._held(entry)
        number = observations[-1].provenance if observations else 0
        return self._store().provenance(number) if number else None

    def _shown(self, result: Result, expression: str) -> str:
        from sources.expressions import shown

        if result.problem:
            return f"{result.problem} {_GLYPHS.get(result.problem, '?')}"
        value, period = result.value, result.period
        if result.series is not None and result.series.observations:
            last = result.series.observations[-1]
            value, period = last.value, str(last.period)
        if value is None:
            return f"no data {_GLYPHS['no data']}"
        text = _with_thousands(shown(value, self._decimals(result, expression)))
        return " ".join(part for part in (text, result.unit, period) if part)

    def _decimals(self, result: Result, expression: str) -> int:
        """Those of the entry; one more where it is computed from several values."""
        entries = [entry for name, _ in result.used if (entry := self._entries().get(name))]
        if not entries:
            return 1
        most = max(entry.decimals for entry in entries)
        return most if expression.startswith(_AS_PUBLISHED) or "(" not in expression else max(2, most)

    # ------------------------------------------------------------------ what it rests on

    def _store(self) -> Vintages:
        """The store, with the snapshot that ships laid under it."""
        if self._vintages is None:
            from time import time_ns

            from cache.vintages import Vintages
            from sources import snapshot

            self._vintages = Vintages.open(self._places.store)
            self._vintages.seed(snapshot.SEED, snapshot.digest(), snapshot.batches(), time_ns() // 1000)
        return self._vintages

    def _entries(self) -> Catalogue:
        if self._catalogue is None:
            from sources.catalogue import load

            self._catalogue = load(self._places.library / "indicators", self._places.cache)
        return self._catalogue

    def _stamped(self) -> str:
        """What tells one state of the store, the snapshot and the user's indicators from another; empty
        where that cannot be told."""
        own = self._places.library / "indicators"
        try:
            shipped = (Path(__file__).parents[1] / "cache" / "snapshot" / "digest.txt").read_text("utf-8")
            changed = str(own.stat().st_mtime_ns) if own.is_dir() else ""
            with closing(open_reader(self._places.store / "figures.db")) as reader:
                (appends,) = reader.execute("SELECT max(id) FROM appends").fetchone()
        except (OSError, sqlite3.Error):
            return ""
        return f"{shipped.strip()} {changed} {appends} {self._today}"


def _with_thousands(number: str) -> str:
    """`41,310` for `41310`."""
    whole, point, decimals = number.partition(".")
    return f"{int(whole):,}{point}{decimals}" if len(whole) > 4 else number
