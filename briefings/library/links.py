"""Where links lead: forward, back, nowhere, and what stands next to an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefings.documents.model import Item
from briefings.documents.names import Rank, candidates, folder_of, section_names, split_target, whole_names
from briefings.library.index import Index, LinkRow
from sources.text import fold


class Neighbour(NamedTuple):
    """An item that another one links to, or that links to it; `source` is where the link stands."""

    item: Item
    source: Item
    block: int


class _Owners(NamedTuple):
    """The items that share a name equally, and which of them is nearest to what; `first` of all, none where
    nothing is called so. `short` is a name that stands for none of several. `at_home` are those of each
    library folder, by its rank, that has some of its own for the name."""

    first: Item | None = None
    only: bool = True
    short: bool = False
    by_document: Mapping[str, Item] = {}
    by_folder: Mapping[tuple[int, str], Item] = {}
    by_rank: Mapping[int, Item] = {}
    at_home: Mapping[int, _Owners] = {}


class Resolver:
    """Finds the item a target means. Answers are kept until `forget`."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._known: dict[tuple[str, str], Item | None] = {}
        self._owners: dict[tuple[str, bool], _Owners] = {}
        self._places: dict[str, tuple[int, str]] = {}

    def forget(self) -> None:
        """Drop what was looked up: the index has changed."""
        self._known.clear()
        self._owners.clear()
        self._places.clear()

    def resolve(self, target: str, document: str = "") -> Item | None:
        """The item that `target` means in the document with that id; None when it dangles.

        A name goes to a document of the same library folder before one of another. One that several items
        share equally goes to the one of the same document, then of the same library and folder; a short id
        that several documents use stands for none of them.
        """
        key = (target, document)
        if key not in self._known:
            self._known[key] = self._find(target, document)
        return self._known[key]

    def _find(self, target: str, document: str) -> Item | None:
        name, section = split_target(target)
        if not name and not section:
            return None
        for called, inside in whole_names(target):
            if owner := self._pick(called, document, whole=True):
                return self._section(owner, inside, document) or owner
        owner = self._owner(target, document) if name else self.index.item(document)
        if owner and not section:
            return owner
        if owner is None:
            return None
        # A plain note is reached even where its heading is not: that is how vaults behave.
        return self._section(owner, section, document) or (owner if owner.kind == "note" else None)

    def _section(self, owner: Item, section: str, document: str) -> Item | None:
        names = section_names(owner.id, section) if section else ()
        return next(filter(None, (self._pick(name, document) for name in names)), None)

    def _owner(self, target: str, document: str) -> Item | None:
        for candidate in candidates(target, self._place(document)[1]):
            if found := self._pick(candidate, document, from_top=target.startswith("/")):
                return found
        return None

    def _pick(self, name: str, document: str, *, from_top: bool = False, whole: bool = False) -> Item | None:
        """The item of a folded name that is nearest to a document; of whole documents alone with `whole`."""
        key = (name, whole)
        if key not in self._owners:
            self._owners[key] = self._all_owners(name, whole)
        owners = self._owners[key]
        if owners.at_home:
            owners = owners.at_home.get(self._place(document)[0], owners)
        if owners.only or owners.first is None:
            return owners.first
        if found := owners.by_document.get(document):
            return found
        if owners.short:
            return None
        rank, folder = self._place(document)
        beside = None if from_top else owners.by_folder.get((rank, folder))
        return beside or owners.by_rank.get(rank) or owners.first

    def _all_owners(self, name: str, whole: bool) -> _Owners:
        """The owners of a name, and, where they stand in several library folders, those of each."""
        found = [
            (item, rank) for item, rank in self.index.owners(name) if not whole or item.id == item.document
        ]
        folders: dict[int, list[tuple[Item, Rank]]] = {}
        for item, rank in found if len(found) > 1 else ():
            if rank < Rank.SHORT:
                folders.setdefault(self._place(item.document)[0], []).append((item, rank))
        homes = folders if len(folders) > 1 else {}
        at_home = {folder: self._equal_owners(inside) for folder, inside in homes.items()}
        return self._equal_owners(found)._replace(at_home=at_home)

    def _equal_owners(self, found: Sequence[tuple[Item, Rank]]) -> _Owners:
        equal = [item for item, rank in found if rank == found[0][1] or _are_notes(found[0], (item, rank))]
        if len(equal) < 2:
            return _Owners(first=equal[0] if equal else None)
        nearest = equal[::-1]  # so that of several with the same place the first one stays
        places = [(self._place(item.document), item) for item in nearest]
        return _Owners(
            equal[0],
            only=False,
            short=found[0][1] is Rank.SHORT,
            by_document={item.document: item for item in nearest},
            by_folder=dict(places),
            by_rank={rank: item for (rank, _), item in places},
        )

    def _place(self, document: str) -> tuple[int, str]:
        """The rank of the library folder that a document is in, and the folder below it."""
        if document not in self._places:
            rank, relative = self.index.file_of(document) or (-1, "")
            self._places[document] = (rank, folder_of(relative))
        return self._places[document]


def _are_notes(first: tuple[Item, Rank], other: tuple[Item, Rank]) -> bool:
    """Whether two items are notes that have a name by their files: the first of them has it as its id too."""
    return first[0].kind == other[0].kind == "note" and first[1] is Rank.ID and other[1] is Rank.FILE


def back_links(index: Index, item: Item) -> list[Neighbour]:
    """What links to an item (or, for a document, to anything in it) from other documents or items."""
    rows = index.links_to(item.id)
    return _neighbours(index, ((row.source, row) for row in rows), besides=item.id)


def back_links_on(index: Index, series: str) -> list[Neighbour]:
    """What speaks of an indicator: texts that link to it or show its figures, statements that test it."""
    rows = (row for _, row in index.links_named(fold(series)) if not row.item)
    ordered = sorted(rows, key=lambda row: (row.document, row.block))
    return _neighbours(index, ((row.source, row) for row in ordered), besides="")


def forward_links(index: Index, item: Item) -> list[Neighbour]:
    """What an item links to: all links of a document, or those that stand in a section, claim, ..."""
    is_whole = item.id == item.document
    rows = index.first_links_from(item.document) if is_whole else index.links_of(item)
    return _neighbours(index, ((row.item, row) for row in rows if row.item), besides=item.id)


def _neighbours(index: Index, found: Iterable[tuple[str, LinkRow]], besides: str) -> list[Neighbour]:
    neighbours: dict[str, Neighbour] = {}
    for name, row in found:
        if name == besides or name in neighbours:
            continue
        item, source = index.item(name), index.item(row.source)
        if item and source:
            neighbours[name] = Neighbour(item, source, row.block)
    return list(neighbours.values())
