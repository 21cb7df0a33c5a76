"""Which file holds which id: the same answer whatever the order in which files are found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefings.documents.names import slug, split_target
from sources.text import fold

Key = tuple[int, str]
"""(rank of the folder, path below it)."""


class Claimant(NamedTuple):
    """A file and the id it asks for. `declared` is empty where the file name decides;
    `plain` notes give way to each other, other documents do not."""

    key: Key
    declared: str
    plain: bool


class Identities(NamedTuple):
    """The id of each file, and for files that got none the file that holds their id."""

    ids: dict[Key, str]
    losers: dict[Key, Key]


def identities(claimants: Iterable[Claimant]) -> Identities:
    """Give each file its id.

    Among documents that ask for the same id the one of the lower folder rank, then of the smaller
    path, wins. Plain notes of equal file name are told apart by the shortest distinct path.
    """
    ordered = sorted(claimants, key=lambda claimant: claimant.key)
    ids: dict[Key, str] = {}
    losers: dict[Key, Key] = {}
    holders: dict[str, Key] = {}
    for claimant in ordered:
        if not claimant.plain:
            wanted = claimant.declared or slug(_parts(claimant.key)[-1])
            holder = holders.setdefault(fold(wanted), claimant.key)
            if holder == claimant.key:
                ids[claimant.key] = wanted
            else:
                losers[claimant.key] = holder
    _name_plain_notes([c.key for c in ordered if c.plain], set(holders), ids)
    return Identities(ids, losers)


def _name_plain_notes(keys: list[Key], taken: set[str], ids: dict[Key, str]) -> None:
    groups: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        groups[slug(_parts(key)[-1])].append(key)
    for wanted, group in groups.items():
        if len(group) == 1 and wanted not in taken:
            ids[group[0]] = wanted
            taken.add(wanted)
            group.clear()
    numbers: Counter[str] = Counter()
    for group in groups.values():
        tails = {key: list(_tails(key)) for key in group}
        shared = Counter(tail for own in tails.values() for tail in own)
        for key, own in tails.items():
            distinct = (tail for tail in own if shared[tail] == 1 and tail not in taken)
            ids[key] = next(distinct, None) or _numbered(own[-1], taken, numbers)
            taken.add(ids[key])


def _tails(key: Key) -> Iterator[str]:
    """`c`, `b/c` and `a/b/c` for the file a/b/c.md."""
    parts = [slug(part) for part in _parts(key)]
    for length in range(1, len(parts) + 1):
        yield "/".join(parts[-length:])


def _numbered(whole: str, taken: set[str], numbers: Counter[str]) -> str:
    name = whole
    while name in taken:
        numbers[whole] += 1
        name = f"{whole}-{numbers[whole] + 1}"
    return name


def _parts(key: Key) -> list[str]:
    return split_target(key[1].replace("#", " "))[0].split("/")
