"""What numbers rest on, down to what was published: the observations used, and those behind computed ones.

    cn.m2_m1_gap  computed  ─┬─ cn.m2_yoy   observed
                             └─ cn.m1_yoy   observed

Whoever has these, and the expressions, can work out every number again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sources.expressions import Expression, Look, Use, evaluate, parse
from sources.expressions.tree import Call, Test, Window
from sources.model import Observation

if TYPE_CHECKING:
    from sources.catalogue.indicator import Indicator
    from sources.model import Period

EntryOf = Callable[[str], "Indicator | None"]
"""What the catalogue says of a series."""


class Input(NamedTuple):
    """Observations of one series that numbers rest on, oldest first; `derived` is what computes them."""

    series: str
    title: str
    unit: str
    frequency: str
    derived: str
    observations: tuple[Observation, ...]


def inputs_of(used: Iterable[Use], look: Look, entry_of: EntryOf) -> list[Input]:
    """The observations used by series, each computed series before those that it is computed from.

    `look` gives the series as they were known when the numbers were worked out.
    """
    found: dict[str, set[Observation]] = {}
    waiting = [*used]
    while waiting:
        new: dict[str, list[Observation]] = {}
        for name, each in waiting:
            if each not in found.setdefault(name, set()):
                found[name].add(each)
                new.setdefault(name, []).append(each)
        waiting = [use for name, these in new.items() for use in behind(entry_of(name), these, look)]
    return [_input(name, these, entry_of(name)) for name, these in found.items()]


def behind(entry: Indicator | None, observations: Sequence[Observation], look: Look) -> Sequence[Use]:
    """The observations of its parts that some of a computed series come from."""
    if entry is None or not entry.derived:
        return ()
    derived = parse(entry.derived)
    if isinstance(derived.tree, Test):  # no entry is one
        return ()
    periods = sorted(each.period for each in observations)
    window = Window(periods[0], periods[-1])
    counted = Expression(Call("count", (derived.tree,), (window,)), series=derived.series)
    return evaluate(counted, look, unit=entry.unit).used


def _input(name: str, observations: Iterable[Observation], entry: Indicator | None) -> Input:
    def place(each: Observation) -> tuple[Period, str]:
        return each.period, each.definition

    made = tuple(sorted(observations, key=place))
    if entry is None:
        return Input(name, name, "", made[0].period.frequency, "", made)
    return Input(name, entry.title, entry.unit, entry.frequency, entry.derived, made)
