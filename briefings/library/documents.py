"""What can be asked of documents: texts, items, links, names and faults, as an index has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefings.documents.model import Document, Fault, Item, Statement
from briefings.library import links
from briefings.library.index import Index, Listed
from briefings.library.links import Neighbour, Resolver
from sources.text import fold

if TYPE_CHECKING:
    from briefings.library.going import Names
    from sources import likeness


class Documents:
    """The documents of an index, of today or of a past day."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._resolver = Resolver(index)
        self._statements: dict[str, Statement | None] = {}
        self._names: Names | None = None
        self._likely: likeness.Names | None = None

    def forget(self) -> None:
        """Drop what was looked up: the index has changed."""
        self._resolver.forget()
        self._statements = {}
        self._likely = None

    def notes(self) -> tuple[str, ...]:
        """What opening the index came upon, in words."""
        return self.index.notes

    def newest_briefing(self) -> str:
        """The id of the newest briefing; empty where there is none."""
        return self.index.first("briefing")

    def documents(self, *kinds: str) -> list[Listed]:
        """Documents of some kinds, or all."""
        return self.index.documents(*kinds)

    def part(self, kind: str, first: int, most: int) -> list[Listed]:
        """Some documents of a kind, from a place in its list on: the lists of a screen may be long."""
        return self.index.part(kind, first, most)

    def counts(self) -> dict[str, int]:
        """How many documents there are of each kind."""
        return self.index.counts()

    def document(self, name: str) -> Document | None:
        """The document with this id."""
        return self.index.document(name)

    def item(self, name: str) -> Item | None:
        """The item that a user means by a name: an id, an alias, a file name or a path."""
        return self._resolver.resolve(name)

    def sharing(self, name: str) -> list[Item]:
        """The items that have a name equally: more than one where it is not clear which is meant."""
        found = self.index.owners(fold(name))
        return [item for item, rank in found if rank == found[0][1]]

    def resolve(self, target: str, document: str = "") -> Item | None:
        """The item that a link of a document means; None when it dangles."""
        return self._resolver.resolve(target, document)

    def items_of(self, document: str, *kinds: str) -> list[Item]:
        """The items in a document, in reading order."""
        return self.index.items_of(document, *kinds)

    def section_at(self, document: str, block: int) -> Item | None:
        """The innermost section of a document around a block."""
        return self.index.item_at(document, block)

    def statement(self, item: Item) -> Statement | None:
        """What a claim or prediction says."""
        if item.id not in self._statements:
            document = self.index.document(item.document)
            holds = document is not None and len(document.blocks) > item.block
            self._statements[item.id] = document.blocks[item.block].statement if document and holds else None
        return self._statements[item.id]

    def back_links(self, item: Item) -> list[Neighbour]:
        """Where an item is spoken of."""
        return links.back_links(self.index, item)

    def back_links_on(self, series: str) -> list[Neighbour]:
        """Where an indicator is spoken of."""
        return links.back_links_on(self.index, series)

    def forward_links(self, item: Item) -> list[Neighbour]:
        """What an item speaks of."""
        return links.forward_links(self.index, item)

    def linked_from(self, document: str) -> list[tuple[Item, int]]:
        """The items that a document links to, with the block of each link, in reading order."""
        rows = self.index.linked_from(document)
        found = {name: self.index.item(name) for name in {name for name, _ in rows}}
        return [(item, block) for name, block in rows if (item := found[name])]

    # ------------------------------------------------------------------ looking for

    def dangling(self, document: str) -> list[tuple[str, int]]:
        """The targets of a document that lead nowhere, and the blocks they stand in."""
        return [(link.target, link.block) for link in self.index.links_from(document) if not link.item]

    def nearest(self, target: str) -> Item | None:
        """The item whose name is most like a target that leads nowhere."""
        wanted = fold(target)
        names = self._likely_names()
        near = names.nearest(wanted)
        if near is None and "#" in wanted:
            near = names.nearest(wanted.rpartition("#")[2])
        owners = self.index.owners(near) if near else []
        return owners[0][0] if owners else None

    def _likely_names(self) -> likeness.Names:
        from sources import likeness

        if self._likely is None:
            self._likely = likeness.Names(self.index.all_names())
        return self._likely

    def fault_count(self) -> int:
        """How many faults there are in files, warnings included."""
        return self.index.fault_count()

    def faults(self) -> list[Fault]:
        """What is wrong in files, by path and line."""
        return self.index.faults()

    def matching(self, words: str, most: int = 50) -> list[Item]:
        """Items whose names hold all the words, the shortest names first."""
        return self.index.matching(words.split(), most)

    def named_like(self, typed: str, most: int, recent: Sequence[str] = ()) -> list[tuple[int, Item]]:
        """Items that typed letters may mean, with how well they fit (0 is their very name), the best
        first: by ids, titles, aliases, Chinese initials."""
        from briefings.library.going import found  # which the first frame does without

        return found(self.index, self._names, typed, most, recent)

    def lacks_names(self) -> bool:
        """Whether `named_like` knows only how names begin, or names that are out of date."""
        return self._names is None or self._names.revision != self.index.revision()

    def gather_names(self) -> Names:
        """All names, for `use_names` of another desk: do it beside the screen."""
        from briefings.library.going import Names

        return Names(self.index)

    def use_names(self, names: Names) -> None:
        """Find all that was gathered."""
        self._names = names
