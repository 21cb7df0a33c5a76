"""The rank of a function over one window among all windows of the same length in a history."""

from __future__ import annotations

from sources.expressions.functions import Outcome, compute
from sources.expressions.results import NOISE
from sources.expressions.tracks import Run, Track, Unanswered, called, times
from sources.expressions.transforms import windows
from sources.expressions.tree import Window
from sources.expressions.windows import Cut, cut, require_one_definition
from sources.expressions.wording import plain, rounded


def percentile(over: str, track: Track, window: Window, history: Window, run: Run) -> Outcome:
    """The share of windows in the history with a lower result, in %; equal ones count half.

    Windows that a change of definition or a gap runs through are left out. Raises Unanswered.
    """
    taken = cut(track, window, "all", run)
    require_one_definition(taken, run)
    length = taken.high - taken.low
    past = cut(track, history, "all", run)
    moments = times(taken.observations, track.frequency)
    result = compute(over, [each.value for each in taken.observations], moments, run)
    others = [other for _, other in windows(over, track, past.low, past.high, length, run)]
    if not others:
        words = f"{past.text} holds no whole window of {length}; expected a longer history"
        raise Unanswered("undefined", words)
    margin = NOISE * max(abs(result), max(map(abs, others)))
    lower = sum(other < result - margin for other in others)
    equal = sum(abs(other - result) <= margin for other in others)
    rank = 100 * (lower + equal / 2) / len(others)
    steps = [
        f"{over} over {taken.text} = {plain(result)}",
        f"lower in {lower} and equal in {equal} of {len(others)} windows of {length} in {past.text}",
        f"({lower} + {equal} / 2) / {len(others)}, in % {rounded(rank)}",
        *_notes(taken, past, length, len(others)),
    ]
    drawn = sorted({*range(taken.low, taken.high), *range(past.low, past.high)})
    return Outcome(rank, taken.text, tuple(steps), drawn)


def _notes(taken: Cut, past: Cut, length: int, count: int) -> list[str]:
    """What a reader must know of the windows compared: left out ones, other definitions."""
    notes = []
    whole = past.high - past.low - length + 1
    if whole > count:
        words = f"left out: {whole - count} of {whole} windows, with a change of definition or a gap in them"
        notes.append(words)
    own = taken.observations[0].definition
    others = dict.fromkeys(each.definition for each in past.observations)
    if set(others) != {own}:
        names = ", ".join(called(name) for name in others)
        notes.append(f"definitions differ: {called(own)} in {taken.text}, {names} in {past.text}")
    return notes
