"""The newest state of a series as flat arrays: what reading uses, because it needs no work per value."""

from __future__ import annotations

import json
import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from cache.rows import BASES, CALENDAR, LAST_DAY, Known

_TYPES = "idiqbi"


class Run(NamedTuple):
    """The places from `start` up to and without `stop` that hold one definition."""

    definition: str
    start: int
    stop: int


class Packed(NamedTuple):
    """The newest value of each definition and day, by definition (in order of its name), then day.

    `days` (array "i") and `values` (array "d") go side by side. Values that share vintage, basis and
    provenance stand in one stretch: `stops` (array "i") says before which place each stretch ends,
    `vintages` (array "q"), `bases` (array "b", places in `BASES`) and `provenances` (array "i") what it
    shares. `stamp` is that of the series, 0 for none. Treat all of them as read-only.
    """

    stamp: int
    definitions: tuple[Run, ...]
    days: array[int]
    values: array[float]
    stops: array[int]
    vintages: array[int]
    bases: array[int]
    provenances: array[int]

    def find(self, definition: str, day: int) -> int | None:
        """The place of a day in a definition, or None."""
        for run in self.definitions:
            if run.definition == definition:
                place = bisect_left(self.days, day, run.start, run.stop)
                return place if place < run.stop and self.days[place] == day else None
        return None

    def vintage(self, place: int) -> int:
        """The moment from which the value at a place was known."""
        return self.vintages[bisect_right(self.stops, place)]

    def known(self, place: int) -> Known:
        """The value at a place, with all that is kept of it but the text of its provenance."""
        definition = next(run.definition for run in self.definitions if place < run.stop)
        stretch = bisect_right(self.stops, place)
        origin = (self.vintages[stretch], BASES[self.bases[stretch]], self.provenances[stretch])
        return Known(definition, self.days[place], self.values[place], *origin)

    def rows(self) -> Iterator[Known]:
        """All values in order."""
        for definition, block in _split(self):
            for day, value, vintage, basis, provenance in zip(*block, strict=True):
                yield Known(definition, day, value, vintage, BASES[basis], provenance)

    def ends(self, most: int) -> Iterator[Known]:
        """The last values of each definition, so many of each at `most`."""
        for run in self.definitions:
            for place in range(max(run.start, run.stop - most), run.stop):
                yield self.known(place)


def pack(rows: Iterable[Known], stamp: int = 0) -> Packed:
    """Rows as arrays; of several rows of one definition and day the last one counts."""
    return _joined(dict(_blocks(rows)), stamp)


def merged(packed: Packed, rows: Iterable[Known], stamp: int) -> Packed:
    """The arrays with some values replaced or added."""
    blocks = dict(_split(packed))
    for definition, block in _blocks(rows):
        blocks[definition] = blocks[definition].updated(block) if definition in blocks else block
    return _joined(blocks, stamp)


def encode(packed: Packed) -> tuple[Any, ...]:
    """The columns that keep it: the definitions as JSON, then six arrays as bytes."""
    definitions = json.dumps([(run.definition, run.stop) for run in packed.definitions], ensure_ascii=False)
    return (definitions, *(column.tobytes() for column in packed[2:]))


def decode(stamp: int, columns: tuple[Any, ...]) -> Packed:
    """What `encode` was given. Raises ValueError where the columns do not fit together."""
    try:
        definitions, *blobs = columns
        arrays: list[array[Any]] = [array(kind) for kind in _TYPES]
        for column, blob in zip(arrays, blobs, strict=True):
            column.frombytes(blob)
        packed = Packed(stamp, _runs(json.loads(definitions)), *arrays)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"the packed series cannot be read: {error}") from error
    if not _fits(packed):
        raise ValueError("the arrays of the packed series do not fit together")
    return packed


class _Block(NamedTuple):
    """One definition, with an entry of each array for each day."""

    days: array[Any]
    values: array[Any]
    vintages: array[Any]
    bases: array[Any]
    provenances: array[Any]

    @classmethod
    def of(cls, columns: Iterable[Iterable[Any]]) -> _Block:
        return cls(*(array(kind, column) for kind, column in zip("idqbi", columns, strict=True)))

    def updated(self, changes: _Block) -> _Block:
        block = _Block(*(column[:] for column in self))
        for place, day in enumerate(changes.days):
            held = bisect_left(self.days, day)
            if held < len(self.days) and self.days[held] == day:
                for column, change in zip(block, changes, strict=True):
                    column[held] = change[place]
            else:
                for column, change in zip(block, changes, strict=True):
                    column.append(change[place])
        return block.sorted()

    def sorted(self) -> _Block:
        if all(one < other for one, other in pairwise(self.days)):
            return self
        order = sorted(range(len(self.days)), key=self.days.__getitem__)
        return _Block.of(map(column.__getitem__, order) for column in self)


def _blocks(rows: Iterable[Known]) -> Iterator[tuple[str, _Block]]:
    unique = {(row.definition, row.day): row for row in rows}
    for definition, group in groupby(sorted(unique.values()), key=itemgetter(0)):
        points = ((row.day, row.value, row.vintage, BASES.index(row.basis), row.provenance) for row in group)
        yield definition, _Block.of(zip(*points, strict=True))


def _split(packed: Packed) -> Iterator[tuple[str, _Block]]:
    origins: list[array[Any]] = [array(kind) for kind in "qbi"]
    start = 0
    for place, stop in enumerate(packed.stops):
        for column, shared in zip(origins, packed[5:], strict=True):
            column.extend(shared[place : place + 1] * (stop - start))
        start = stop
    columns: tuple[array[Any], ...] = (packed.days, packed.values, *origins)
    for run in packed.definitions:
        yield run.definition, _Block(*(column[run.start : run.stop] for column in columns))


def _joined(blocks: Mapping[str, _Block], stamp: int) -> Packed:
    whole = _Block.of([] for _ in _Block._fields)
    stops = []
    for definition in sorted(blocks):
        for column, part in zip(whole, blocks[definition], strict=True):
            column.extend(part)
        stops.append((definition, len(whole.days)))
    stretches = [(origin, len(list(group))) for origin, group in groupby(zip(*whole[2:], strict=True))]
    ends = array("i", accumulate(length for _, length in stretches))
    origins = zip(*(origin for origin, _ in stretches), strict=True) if stretches else ((), (), ())
    shared: list[array[Any]] = [array(kind, column) for kind, column in zip("qbi", origins, strict=True)]
    return Packed(stamp, _runs(stops), whole.days, whole.values, ends, *shared)


def _runs(stops: Iterable[tuple[str, int]]) -> tuple[Run, ...]:
    start, runs = 0, []
    for definition, stop in stops:
        runs.append(Run(definition, start, stop))
        start = stop
    return tuple(runs)


def _fits(packed: Packed) -> bool:
    count, stretches = len(packed.days), len(packed.stops)
    ends = (packed.definitions[-1].stop, packed.stops[-1]) if packed.definitions and stretches else (0, 0)
    return (
        len(packed.values) == count
        and ends == (count, count)
        and all(len(column) == stretches for column in packed[5:])
        and all(0 <= base < len(BASES) for base in packed.bases)
        and _lie(packed.days, 1, LAST_DAY)
        and _lie(packed.vintages, *CALENDAR)
        and math.isfinite(sum(packed.values))
    )


def _lie(numbers: array[int], low: int, high: int) -> bool:
    return not numbers or (min(numbers) >= low and max(numbers) <= high)


EMPTY = pack(())
"""A series of which nothing is known."""
