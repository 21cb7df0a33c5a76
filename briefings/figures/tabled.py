"""The observations of an indicator as a table: in some order, and only those that some words ask for."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sources.model import Basis, Observation, Period, Series
from sources.text import fold

ORDERS = ("newest", "oldest", "largest", "smallest", "rise", "fall")
"""Ways to order a table: by period, by value, by change."""

EXPECTED = "expected > 5, < 0, change > 1, 2023, 2023.., 2020..2023Q2 or words of a row"

_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
}  # fmt: skip
_TOKEN = re.compile(r"(change\s*)?(<=|>=|<|>|=)\s*(\S+)|(\S+)")


class Entry(NamedTuple):
    """An observation. `change` is since the one before, None across a break; `vintage` is the day from
    which it was known, as text, empty for a computed one."""

    period: Period
    value: float
    change: float | None
    definition: str
    vintage: str
    basis: Basis


class Table(NamedTuple):
    """The observations of an indicator, oldest first."""

    id: str
    title: str
    title_zh: str
    unit: str
    decimals: int
    entries: tuple[Entry, ...]


Holds = Callable[[Entry], bool]


def entries_of(series: Series) -> Iterator[Entry]:
    """The entries of a series, oldest first."""
    before: Observation | None = None
    for each in series.observations:
        same = before if before and before.definition == each.definition else None
        change = each.value - same.value if same else None
        vintage = f"{each.vintage.date()}" if each.vintage else ""
        yield Entry(each.period, each.value, change, each.definition, vintage, each.basis)
        before = each


def ordered(entries: Sequence[Entry], order: str) -> list[Entry]:
    """The entries in one of `ORDERS`; of equal ones the newest first, what has no change last."""
    newest = list(reversed(entries))
    if order in ("largest", "smallest"):
        return sorted(newest, key=lambda each: each.value, reverse=order == "largest")
    if order in ("rise", "fall"):
        sign = -1 if order == "rise" else 1
        return sorted(newest, key=lambda each: (each.change is None, sign * (each.change or 0.0)))
    return list(entries) if order == "oldest" else newest


def told_apart(definitions: Iterable[str]) -> dict[str, str]:
    """Definitions by the parts in which they differ: of `1+old` and `1+2025`, `old` and `2025`."""
    names = list(dict.fromkeys(definitions))
    split = [name.split("+") for name in names]
    if any("(" in name for name in names) or len(set(map(len, split))) != 1:
        return dict(zip(names, names, strict=True))
    differing = [at for at, found in enumerate(zip(*split, strict=True)) if len(set(found)) > 1]
    return {name: "+".join(each[at] for at in differing) for name, each in zip(names, split, strict=True)}


def chosen(entries: Iterable[Entry], words: str) -> list[Entry]:
    """The entries for which all that the words say holds: a comparison of the value or the change, a
    period or range of them, or text of the row. Raises ValueError with what was expected."""
    holding = [_read(match) for match in _TOKEN.finditer(words)]
    return [each for each in entries if all(holds(each) for holds in holding)]


def _read(match: re.Match[str]) -> Holds:
    of_change, sign, number, word = match.groups()
    if sign:
        return _compared(bool(of_change), sign, number)
    return _within(word) or _holding(word)


def _compared(of_change: bool, sign: str, number: str) -> Holds:
    try:
        limit = float(number.replace(",", ""))
    except ValueError:
        raise ValueError(f'"{number}" is no number; {EXPECTED}') from None
    compare = _COMPARED[sign]
    if of_change:
        return lambda each: each.change is not None and compare(each.change, limit)
    return lambda each: compare(each.value, limit)


def _within(word: str) -> Holds | None:
    """Whether a period lies in that of a word, `2023` or `2020..2023`; None for what is none."""
    first, dots, last = word.partition("..")
    try:
        begins = Period.parse(first).first if first else None
        ends = Period.parse(last or first).last if last or not dots else None
    except ValueError:
        if dots:
            raise ValueError(f'"{word}" is no range of periods; {EXPECTED}') from None
        return None
    return lambda each: (
        (begins is None or each.period.first >= begins) and (ends is None or each.period.last <= ends)
    )


def _holding(word: str) -> Holds:
    wanted = fold(word)
    return lambda each: wanted in fold(f"{each.period} {each.definition} {each.vintage} {each.basis}")
