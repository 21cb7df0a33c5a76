"""The figures that documents write as expressions, and those that lists show: over what the store knows.

What was worked out is kept in the index with a stamp of what it rests on, so that a start works out
nothing that has not changed; then neither the grammar nor the catalogue is loaded.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings.documents.model import TOPICS
from briefings.figures.rows import Catalogued, FigureRow, IndicatorCard, Standing
from briefings.library.index import Index
from cache.database import reading
from cache.store import StoreError

if TYPE_CHECKING:
    from briefings.figures.observing import Observing
    from briefings.ledger.moments import Moments
    from cache.paths import Places
    from sources.expressions import Result, Use

_AS_PUBLISHED = ("last", "first", "min", "max", "value")
"""Functions that give an observation itself: shown with the decimals it is published in."""

_GLYPHS = {"no data": "∅", "data ends": "⊣", "definition changed": "≢"}

_SETTLED = "\0settled 1"
_STANDING = "\0standing 3"
_CATALOGUED = "\0catalogued 1"
_TOPIC = "\0topic 1 {}"
"""Names under which lists are kept beside expressions, which hold no NUL; the number counts their shapes."""


class Figures:
    """What expressions give, as text and with the arithmetic behind it. Never raises for any text.

    With `today` it is always noon of that day in UTC; else it is now.
    """

    def __init__(self, places: Places, index: Index, today: date | None = None) -> None:
        self._places = places
        self._day = today
        self._index = index
        self._stamp: str | None = None
        self._texts: dict[str, str] = {}
        self._observing: Observing | None = None
        self._patient = False

    @property
    def now(self) -> datetime:
        """The moment that figures are worked out for, in UTC."""
        return datetime.combine(self._day, time(12), UTC) if self._day else datetime.now(UTC)

    def text(self, expression: str) -> str | None:
        """`7.78 pp 2023`, or the problem with its glyph; None for what is no expression of known series."""
        text = self._kept().get(expression) if "\0" not in expression else None
        if text is None:
            result = self._evaluated(expression)
            if result is None:
                return None
            text = self._shown(result, expression)
            self._keep(expression, text)
        return text

    def forget(self) -> None:
        """Drop what was worked out: what it rests on may have changed."""
        self._stamp = None
        self._texts = {}
        if self._observing:
            self._observing.forget(self.now)

    def explained(self, expression: str) -> str:
        """The arithmetic of an expression on one line and whose figures it uses, or why there is none."""
        result = self._evaluated(expression)
        if result is None:
            return f"{expression}: no expression of series that the catalogue has"
        if result.problem:
            return result.detail
        behind = self.behind(result.used)
        return f"{expression}: {'; '.join(result.steps)}{f'   {behind}' if behind else ''}"

    def title_of(self, name: str) -> str:
        """The title of an indicator; its id for an unknown one."""
        try:
            return self._working().title(name)
        except StoreError:
            return name

    def of_topic(self, topic: str) -> list[FigureRow]:
        """The indicators of a topic, those with figures first."""
        try:
            made = self._listed(_TOPIC.format(topic), lambda working: working.topic(topic))
        except StoreError:
            return []
        return [FigureRow._make(row) for row in made]

    def standing(self) -> Standing | None:
        """How all figures stand, where that was worked out; None until `prepare` has."""
        text = self._list(_STANDING)
        if text is None:
            return None
        lines, asked, late = json.loads(text)
        return Standing(tuple((state, words) for state, words in lines), asked, tuple(late))

    def prepare(self) -> bool:
        """Work out the lists that reading looks up; whether there was something to do, and to keep."""
        if self._list(_STANDING) is not None:
            return False
        self._patient = True  # who prepares has time, and nobody waits for it
        try:
            self._listed(_STANDING, lambda working: working.standing())
        except StoreError:
            return False
        for topic in TOPICS:
            self.of_topic(topic)
        self._listed(_CATALOGUED, lambda working: working.catalogued())
        return bool(self._stamp)

    def catalogued(self) -> list[Catalogued]:
        """All indicators as they are searched; none until `prepare` has worked them out."""
        text = self._list(_CATALOGUED)
        return [] if text is None else [_catalogued(row) for row in json.loads(text)]

    def are_settled(self, revision: str) -> bool:
        """Whether all that these figures decide was settled for a revision of the documents, or nothing
        can be kept."""
        settled = self._list(_SETTLED)
        return not self._stamp or settled == revision

    def settled(self, revision: str) -> None:
        """Keep that it was."""
        self._keep(_SETTLED, revision)

    def state(self) -> str:
        """What changes whenever what these figures decide may; empty where that cannot be told."""
        self._kept()
        return self._stamp or ""

    def kept(self, name: str) -> str | None:
        """A text that was kept beside the figures for the state that they are in."""
        return self._list(f"\0{name}")

    def keep(self, name: str, text: str) -> None:
        """Keep a text as long as the figures stay as they are."""
        self._keep(f"\0{name}", text)

    def moments(self) -> Moments:
        """The figures as they were known on any day. May raise `StoreError`."""
        return self._working().moments()

    def observing(self) -> Observing:
        """All that is known of indicators. May raise `StoreError`."""
        return self._working()

    def begins(self, name: str) -> date | None:
        """From when on something of an indicator is known; None where nothing ever was."""
        try:
            return self._working().observed.begins(name)
        except StoreError:
            return None

    def observing_on(self, day: date) -> Observing:
        """What was known at the end of a day. May raise `StoreError`."""
        return self._working().on(day)

    def notes(self) -> tuple[str, ...]:
        """What the files of figures came upon so far, in words."""
        return self._observing.notes() if self._observing else ()

    def is_late(self, series: str) -> bool:
        """Whether a newer figure of an indicator is out than is kept, as far as that was worked out."""
        standing = self.standing()
        return series in standing.late if standing else False

    def behind(self, used: Iterable[Use]) -> str:
        """Who carries observations, and the newest vintage among them."""
        from briefings.figures.cards import carriers_of

        return carriers_of(self._working(), used)

    def card(self, name: str) -> IndicatorCard | None:
        """What there is to say of an indicator; None for an unknown one."""
        from briefings.figures.cards import card_of

        try:
            return card_of(self._working(), name)
        except StoreError:
            return None

    def close(self) -> None:
        """Let go of the store."""
        if self._observing:
            self._observing.close()

    # ------------------------------------------------------------------ evaluating

    def _evaluated(self, expression: str) -> Result | None:
        from sources.expressions import ExpressionError, evaluate, parse

        try:
            parsed = parse(expression)
            working = self._working()
            known = all(working.catalogue.get(name) for name in parsed.series)
            return evaluate(parsed, working.observed.series, until=self.now.date()) if known else None
        except (ExpressionError, StoreError):
            return None

    def _shown(self, result: Result, expression: str) -> str:
        from sources.numbers import shown, with_thousands

        if result.problem:
            return f"{result.problem} {_GLYPHS.get(result.problem, '?')}"
        value, period = result.value, result.period
        if result.series is not None and result.series.observations:
            last = result.series.observations[-1]
            value, period = last.value, str(last.period)
        if value is None:
            return f"no data {_GLYPHS['no data']}"
        text = with_thousands(shown(value, self._decimals(result, expression)))
        return " ".join(part for part in (text, result.unit, period) if part)

    def _decimals(self, result: Result, expression: str) -> int:
        """Those of the entry; one more where it is computed from several values."""
        catalogue = self._working().catalogue
        entries = [entry for name, _ in result.used if (entry := catalogue.get(name))]
        if not entries:
            return 1
        most = max(entry.decimals for entry in entries)
        return most if expression.startswith(_AS_PUBLISHED) or "(" not in expression else max(2, most)

    def _working(self) -> Observing:
        """The stores, opened; the snapshot that ships lies under them then, which is a change of its own."""
        if self._observing is None:
            from briefings.figures.observing import Observing

            self._observing = Observing(self._places, self.now)
            self._stamp = None
        return self._observing

    # ------------------------------------------------------------------ what is kept

    def _kept(self) -> dict[str, str]:
        """What was worked out for the state that everything is in."""
        if self._stamp is None:
            self._stamp = self._stamped()
            self._texts = self._index.figures(self._stamp) if self._stamp else {}
        return self._texts

    def _list(self, name: str) -> str | None:
        """What is kept under a name that is no expression; read when it is looked at."""
        text = self._kept().get(name)
        return self._index.figure(name, self._stamp) if text is None and self._stamp else text

    def _keep(self, name: str, text: str) -> None:
        self._kept()[name] = text
        if self._stamp:  # who waited in vain once does not wait for each further one
            kept = self._index.keep_figure(name, self._stamp, text, patient=self._patient)
            self._patient = self._patient and kept

    def _listed(self, name: str, make: Callable[[Observing], object]) -> list[Any]:
        """A list by its name, worked out where it is not kept."""
        text = self._list(name)
        if text is None:
            working = self._working()
            self._kept()
            text = json.dumps(make(working), ensure_ascii=False, separators=(",", ":"))
            self._keep(name, text)
        found: list[Any] = json.loads(text)
        return found

    def _stamped(self) -> str:
        """What tells one state of stores, snapshot, indicators and calendar from another; empty where that
        cannot be told."""
        own = self._places.library / "indicators"
        try:
            shipped = (Path(__file__).parents[2] / "cache" / "snapshot" / "digest.txt").read_text("utf-8")
            changed = str(own.stat().st_mtime_ns) if own.is_dir() else ""
            asked = _state_of(self._places.store / "attempts.db")
            appends = _appends(self._places.store / "figures.db")
        except OSError:
            return ""
        return f"{shipped.strip()} {changed} {appends} {asked} {self.now.date()}"


def _catalogued(row: list[Any]) -> Catalogued:
    each = Catalogued._make(row)
    return each._replace(topics=tuple(each.topics))


def _appends(path: Path) -> str:
    """What changes when figures are added; where that cannot be read, or is not there, the state of the
    file."""
    try:
        with reading(path) as reader:
            return str(*reader.execute("SELECT max(id) FROM appends").fetchone())
    except sqlite3.Error:
        return f"in {_state_of(path)}"


def _state_of(path: Path) -> str:
    """What changes when a database is written; empty for one that is not there or holds nothing."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return " ".join(map(_state_of_file, files))


def _state_of_file(path: Path) -> str:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return f"{found.st_size}.{found.st_mtime_ns}" if found.st_size else ""
