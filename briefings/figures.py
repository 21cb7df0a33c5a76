"""The figures that documents write as expressions: evaluated over what the store knows.

Texts are kept in the index with a stamp of what they rest on, so that a start evaluates nothing that
has not changed; then neither the grammar nor the catalogue is loaded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.index import Index
from cache.database import open_reader

if TYPE_CHECKING:
    from cache.paths import Places
    from cache.vintages import Vintages
    from sources.catalogue import Catalogue
    from sources.expressions import Result
    from sources.indicator import Indicator
    from sources.model import Observation, Series

_AS_PUBLISHED = ("last", "first", "min", "max", "value")
"""Functions that give an observation itself: shown with the decimals it is published in."""

_GLYPHS = {"no data": "∅", "data ends": "⊣", "definition changed": "≢"}


class Figures:
    """What expressions give, as text and with the arithmetic behind it. Never raises for any text."""

    def __init__(self, places: Places, index: Index, today: date) -> None:
        self._places = places
        self._today = today
        self._index = index
        self._stamp = ""
        self._texts: dict[str, str] = {}
        self._vintages: Vintages | None = None
        self._catalogue: Catalogue | None = None
        self._series: dict[tuple[str, str], Series | None] = {}

    def text(self, expression: str) -> str | None:
        """`7.78 pp 2023`, or the problem with its glyph; None for what is no expression of known series."""
        if not self._stamp:
            self._stamp = self._stamped()
            self._texts = self._index.figures(self._stamp)
        if expression not in self._texts:
            result = self._evaluated(expression)
            if result is None:
                return None
            self._texts[expression] = self._shown(result, expression)
            self._stamp = self._stamped()
            self._index.keep_figure(expression, self._stamp, self._texts[expression])
        return self._texts[expression]

    def forget(self) -> None:
        """Drop what was worked out: what it rests on may have changed."""
        self._stamp = ""
        self._texts = {}
        self._series = {}
        self._catalogue = None

    def explained(self, expression: str) -> str:
        """The arithmetic of an expression on one line, or why there is no figure."""
        result = self._evaluated(expression)
        if result is None:
            return f"{expression}: no expression of series that the catalogue has"
        return result.detail if result.problem else f"{expression}: {'; '.join(result.steps)}"

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
        """What tells one state of the store, the snapshot and the user's indicators from another."""
        own = self._places.library / "indicators"
        try:
            shipped = (Path(__file__).parents[1] / "cache" / "snapshot" / "digest.txt").read_text("utf-8")
            changed = str(own.stat().st_mtime_ns) if own.is_dir() else ""
            with closing(open_reader(self._places.store / "figures.db")) as reader:
                (appends,) = reader.execute("SELECT max(id) FROM appends").fetchone()
        except (OSError, sqlite3.Error):
            return "unknown"
        return f"{shipped.strip()} {changed} {appends} {self._today}"


def _with_thousands(number: str) -> str:
    """`41,310` for `41310`."""
    whole, point, decimals = number.partition(".")
    return f"{int(whole):,}{point}{decimals}" if len(whole) > 4 else number
