"""A period laid on a series: which observations it takes, and whether all that it needs are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from sources.expressions.tracks import (
    ADJECTIVES,
    NOUNS,
    Run,
    Track,
    Unanswered,
    called,
    find,
    held,
    is_regular,
    period_number,
)
from sources.expressions.tree import Window
from sources.model import Frequency, Observation, Period

Needs = Literal["all", "ends", "reach", "first", "last"]
"""What a function needs of a window: every period; the first and last one; a series that reaches over
it; only its first or its last period."""

_MONTH: Frequency = "M"

_WHOLE: dict[Frequency, tuple[Frequency, ...]] = {"M": ("M", "Q", "A"), "Q": ("Q", "A"), "A": ("A",)}
"""Of each regular frequency those whose periods hold whole ones of it."""


class Cut(NamedTuple):
    """The observations of a track from index `low` up to, not including, `high`.

    `start` and `end` are its first and last day. A step series has the value held at `start` at `low`.
    """

    track: Track
    low: int
    high: int
    start: date
    end: date
    text: str

    @property
    def observations(self) -> Sequence[Observation]:
        """The observations in it."""
        return self.track.observations[self.low : self.high]


def grain_fault(frequency: Frequency, window: Window) -> str:
    """What is wrong where a window begins or ends inside a period of the series; else empty."""
    if not is_regular(frequency):
        return ""
    start, end, whole = window.start, window.end, _WHOLE[frequency]
    if start and start.frequency not in whole and Period.holding(start.first, frequency).first != start.first:
        return f"{start} is {_finer(frequency)}"
    if end and end.frequency not in whole and Period.holding(end.last, frequency).last != end.last:
        return f"{end} is {_finer(frequency)}"
    return ""


def _finer(frequency: Frequency) -> str:
    return f"finer than a {ADJECTIVES[frequency]} series; expected whole {NOUNS[frequency]}s"


def cut(track: Track, window: Window | None, needs: Needs, run: Run) -> Cut:
    """The part of a track that a window takes. Raises Unanswered: no data, data ends, another grain."""
    if not track.observations:
        raise Unanswered("no data", f"{track.name} has no observations yet")
    if window and (fault := grain_fault(track.frequency, window)):
        raise Unanswered("frequency mismatch", f"{track.name}: {fault}")
    if window is None or window.count:
        taken = _counted(track, window.count if window else 0, run)
        strict = window is not None and is_regular(track.frequency)
    else:
        taken = _dated(track, window, run)
        strict = True
    run.spend(5 * (taken.high - taken.low))
    if strict:
        _require(taken, needs, run)
    return taken


def require_one_definition(taken: Cut, run: Run) -> None:
    """Raises Unanswered where two neighbours in the cut differ in definition."""
    observations = taken.observations
    before = observations[0]
    for after in observations:
        if after.definition != before.definition:
            words = (
                f"{taken.track.name} changes definition between {before.period} "
                f"({called(before.definition)}) and {after.period} ({called(after.definition)}); "
                f"the {run.subject} crosses it"
            )
            raise Unanswered("definition changed", words)
        before = after


def _counted(track: Track, count: int, run: Run) -> Cut:
    """The newest `count` observations; all of them where it is 0."""
    observations = track.observations
    if count > len(observations):
        words = f"data starts {observations[0].period}; the {run.subject} needs {count} observations"
        raise Unanswered("data ends", words)
    low = len(observations) - count if count else 0
    start, end = observations[low].period.first, observations[-1].period.last
    if track.frequency == "step" and run.until:
        end = run.until
    return Cut(track, low, len(observations), start, end, _text(observations, low, len(observations)))


def _dated(track: Track, window: Window, run: Run) -> Cut:
    """The observations between two dates; where one is open, from the oldest or to the newest."""
    observations = track.observations
    start = window.start.first if window.start else observations[0].period.first
    end = window.end.last if window.end else _known_until(track, run)
    _require_reach(track, window, start, end, run)
    low, high = find(observations, start), held(observations, end) + 1
    if track.frequency == "step":
        low = max(held(observations, start), 0)
    text = str(window)
    if not (window.start and window.end):
        if start > end or low >= high:
            words = f"data ends {observations[-1].period}; the {run.subject} starts {window.start}"
            if window.end:
                words = f"data starts {observations[0].period}; the {run.subject} ends {window.end}"
            raise Unanswered("data ends", words)
        text = _text(observations, low, high)
    return Cut(track, low, high, start, end, text)


def _known_until(track: Track, run: Run) -> date:
    newest = track.observations[-1].period.last
    return max(run.until, newest) if track.frequency == "step" and run.until else newest


def _require_reach(track: Track, window: Window, start: date, end: date, run: Run) -> None:
    """Raises Unanswered where the series starts after the window does, or ends before."""
    oldest, newest = track.observations[0].period, track.observations[-1].period
    if oldest.first > _latest_start(track, start, end):
        words = f"data starts {oldest}; the {run.subject} starts {window.start or oldest}"
        raise Unanswered("data ends", words)
    if is_regular(track.frequency) or track.frequency == "step":
        known = _known_until(track, run)
    else:  # a value in the last month is enough, once that month is over
        known = end if newest.first >= _earliest_end(start, end) else newest.first
        known = min(known, run.until) if run.until else known
    if known < end:
        words = f"data ends {_named(track, known)}; the {run.subject} runs to {_last_point(track, window)}"
        raise Unanswered("data ends", words)


def _named(track: Track, known: date) -> Period:
    if track.frequency == "step":
        return Period(known, "D")
    return track.observations[-1].period


def _last_point(track: Track, window: Window) -> Period | None:
    """The last period of a window as the series counts them: 2023-12 of 2023 for months."""
    if window.end is None or not is_regular(track.frequency):
        return window.end
    return Period.holding(window.end.last, track.frequency)


def _latest_start(track: Track, start: date, end: date) -> date:
    """The last day on which the series may start: for daily ones within the first month of the window."""
    if is_regular(track.frequency) or track.frequency == "step":
        return start
    return min(Period.holding(start, _MONTH).last, end)


def _earliest_end(start: date, end: date) -> date:
    return max(Period.holding(end, _MONTH).first, start)


def _require(taken: Cut, needs: Needs, run: Run) -> None:
    """Raises Unanswered where an observation is missing that the window needs."""
    if needs == "reach" or taken.track.frequency == "step":
        return
    wanted = _wanted(taken)
    if is_regular(taken.track.frequency) and taken.high - taken.low == wanted[1] - wanted[0] + 1:
        return
    present = _present(taken)
    if needs == "all" and len(present) == wanted[1] - wanted[0] + 1:
        return
    needed = range(wanted[0], wanted[1] + 1)
    if needs != "all":
        needed_ends = {"first": needed[:1], "last": needed[-1:], "ends": (needed[0], needed[-1])}
        missing = [number for number in needed_ends[needs] if number not in present]
    else:
        missing = [number for number in needed if number not in present]
    if missing:
        words = f"no value for {_slot(taken, missing[0])}; the {run.subject} needs it"
        raise Unanswered("data ends", words)


def _wanted(taken: Cut) -> tuple[int, int]:
    """The numbers of the first and last period that a cut spans; a daily series counts by months."""
    frequency = taken.track.frequency if is_regular(taken.track.frequency) else _MONTH
    first, last = (Period.holding(day, frequency) for day in (taken.start, taken.end))
    return period_number(first), period_number(last)


def _present(taken: Cut) -> set[int]:
    """The numbers of those periods that have a value."""
    if is_regular(taken.track.frequency):
        return {period_number(observation.period) for observation in taken.observations}
    days = {(day.year, day.month) for day in (each.period.first for each in taken.observations)}
    return {year * 12 + month - 1 for year, month in days}


def _slot(taken: Cut, number: int) -> Period:
    if is_regular(taken.track.frequency):
        span = Period.holding(taken.start, taken.track.frequency)
        return span.shifted(number - period_number(span))
    month = Period(date(number // 12, number % 12 + 1, 1), _MONTH)
    whole = month.first >= taken.start and month.last <= taken.end
    return month if whole else Period(max(month.first, taken.start), "D")


def _text(observations: Sequence[Observation], low: int, high: int) -> str:
    if low >= high:
        return ""
    first, last = observations[low].period, observations[high - 1].period
    return str(first) if first == last else f"{first}..{last}"
