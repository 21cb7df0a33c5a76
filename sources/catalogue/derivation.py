"""Derived entries settled: their parts known, no cycles, and unit and frequency from the parts.

An entry with a fault is left out, with those that rest on it; each fault stands once, where it begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sources.catalogue.indicator import FileFault, Indicator
from sources.expressions import Expression, ExpressionError, SeriesInfo, check, parse, shape
from sources.text import message

Entries = Mapping[str, Indicator]


def settle(entries: Entries) -> tuple[dict[str, Indicator], list[FileFault]]:
    """The entries with what follows from their parts, in the same order, and what is wrong with them."""
    settling = _Settling(entries)
    for entry in entries.values():
        settling.settle(entry)
    return {id_: settling.done[id_] for id_ in entries if id_ in settling.done}, settling.faults


def series_info(entry: Indicator) -> SeriesInfo:
    """What an expression needs to know of an entry."""
    names = tuple(definition.id for definition in entry.definitions)
    return SeriesInfo(entry.id, entry.unit, entry.frequency, entry.aggregate, names)


class _Settling:
    def __init__(self, entries: Entries) -> None:
        self.done: dict[str, Indicator] = {}
        self.faults: list[FileFault] = []
        self._entries = entries
        self._broken: set[str] = set()

    def settle(self, entry: Indicator, path: tuple[str, ...] = ()) -> bool:
        """Settle an entry, after its parts; `path` leads to it from where this began."""
        if entry.id in self.done or entry.id in self._broken:
            return entry.id in self.done
        if entry.id in path:
            circle = path[path.index(entry.id) :]
            return self._refuse(entry, f"computed from itself: {' -> '.join((*circle, entry.id))}", *circle)
        settled = self._derive(entry, (*path, entry.id)) if entry.derived else entry
        if settled:
            self.done[entry.id] = settled
        return settled is not None

    def _derive(self, entry: Indicator, path: tuple[str, ...]) -> Indicator | None:
        try:
            expression = parse(entry.derived)
        except ExpressionError as error:
            self._refuse(entry, f"`derived`, column {error.column}: {error}")
            return None
        if not self._parts_are_settled(expression, path) or entry.id in self._broken:
            self._broken.add(entry.id)
            return None
        for words in self._faults(entry, expression):
            self._refuse(entry, f"`derived`: {words}")
        return None if entry.id in self._broken else self._resolved(entry, expression)

    def _parts_are_settled(self, expression: Expression, path: tuple[str, ...]) -> bool:
        """Whether all known parts are; an unknown one is found by the check, with its nearest."""
        known = [self._entries[id_] for id_ in expression.series if id_ in self._entries]
        settled = [self.settle(part, path) for part in known]  # all of them, for the faults of each
        return all(settled)

    def _faults(self, entry: Indicator, expression: Expression) -> tuple[str, ...]:
        if expression.kind != "series" or not expression.series:
            return (f"{entry.derived} is no series; expected as cn.m2_yoy - cn.m1_yoy",)
        names = [id_ for id_ in self._entries if id_ != entry.id]
        return check(expression, self._known, names=names, unit=entry.unit)

    def _known(self, id_: str) -> SeriesInfo | None:
        return series_info(self.done[id_]) if id_ in self.done else None

    def _resolved(self, entry: Indicator, expression: Expression) -> Indicator:
        found = shape(expression, self._known, unit=entry.unit)
        return replace(
            entry,
            unit=found.unit or "",
            frequency=found.frequency or "M",
            aggregate=found.aggregate or entry.aggregate,
            parts=expression.series,
        )

    def _refuse(self, entry: Indicator, words: str, *ids: str) -> bool:
        self.faults.append(FileFault(entry.path, entry.line, f"{entry.id}: {message(words, 280)}"))
        self._broken.update(ids or (entry.id,))
        return False
