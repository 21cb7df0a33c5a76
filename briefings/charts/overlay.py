"""What may be added to a chart: kin of what it shows first, and whatever a few letters mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sources.likeness import nearest
from sources.observed import definitions_of
from sources.text import fold

if TYPE_CHECKING:
    from sources.catalogue.catalogue import Catalogue
    from sources.catalogue.indicator import Indicator

MOST_LINES = 3
"""Lines that a chart on the screen has colours for."""

_MOST = 9
"""Choices that some letters may mean."""

_UNLIKE = 9
"""The rank of a choice that they do not mean."""


class Candidate(NamedTuple):
    """What a few letters may mean: a line, `cn.m1_yoy`, or one of its definitions, `cn.m1_yoy:old`; a figure
    or an item. `told` stands for it on the screen where its title says enough."""

    name: str
    title: str
    title_zh: str = ""
    told: str = ""

    @property
    def shown(self) -> str:
        """The titles, and the name that tells it from others."""
        return self.told or " ".join(filter(None, (self.title, self.title_zh, self.name)))


def choices(catalogue: Catalogue, shown: Sequence[str]) -> list[Candidate]:
    """All that may be drawn beside what is `shown`: former definitions of it, what it is computed from,
    what is computed from it, its topics, then the rest."""
    ids = [name.partition(":")[0] for name in shown]
    entries = [entry for id_ in ids if (entry := catalogue.get(id_))]
    ordered = dict.fromkeys(each for entry in entries for each in _kin(catalogue, entry))
    topics = {topic for entry in entries for topic in entry.topics}
    near = (entry.id for entry in catalogue if topics & set(entry.topics))
    ordered |= dict.fromkeys((*near, *(entry.id for entry in catalogue)))
    return [_candidate(catalogue, name) for name in ordered if name not in shown]


def _kin(catalogue: Catalogue, entry: Indicator) -> Iterator[str]:
    for definition in definitions_of(catalogue, entry.id)[:-1]:
        yield f"{entry.id}:{definition}"
    yield from entry.parts
    yield from (other.id for other in catalogue if entry.id in other.parts)


def _candidate(catalogue: Catalogue, name: str) -> Candidate:
    id_, _, definition = name.partition(":")
    entry = catalogue.entries[id_]
    title = f"{entry.title}, definition {definition}" if definition else entry.title
    return Candidate(name, title, entry.title_zh)


def liked(words: str, offered: Iterable[Candidate]) -> list[Candidate]:
    """The choices that some letters may mean, best first: by beginnings of a name, by words in it, by
    letters in their order; of a mistyped name the nearest. No letters mean the first ones."""
    wanted = fold(words).split()
    ranked = ((_rank(wanted, each), number, each) for number, each in enumerate(offered))
    found = sorted(each for each in ranked if each[0] != _UNLIKE)
    if not found and wanted:
        return _nearest(fold(words), offered)
    return [each for _, _, each in found[:_MOST]]


def _rank(wanted: Sequence[str], choice: Candidate) -> int:
    """How far a choice is from what is wanted; `_UNLIKE` where it is something else."""
    names = [fold(name) for name in choice[:3] if name]
    if not wanted:
        return 0
    whole = " ".join(wanted)
    if whole == names[0]:
        return 0
    if any(name.startswith(whole) for name in names):  # the whole title too: M1 is its growth, and its level
        return 1
    together = " ".join(names)
    starts = f" {together.replace('.', ' ').replace('_', ' ')}"
    if all(f" {word}" in starts for word in wanted):
        return 2
    if all(word in together for word in wanted):
        return 3
    letters = whole.replace(" ", "")
    return 4 if len(letters) > 1 and any(_holds(name, letters) for name in names) else _UNLIKE


def _holds(name: str, letters: str) -> bool:
    """Whether the letters stand in a name in their order."""
    rest = iter(name)
    return all(letter in rest for letter in letters)


def _nearest(wanted: str, offered: Iterable[Candidate]) -> list[Candidate]:
    by_name = {fold(name): each for each in offered for name in each[:3] if name}
    near = nearest(wanted, by_name)
    return [by_name[near]] if near else []
