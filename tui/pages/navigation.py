"""Where the reader has been, and where a link leads: decisions without a screen."""

from __future__ import annotations

from typing import NamedTuple

from briefings.desk import Desk
from briefings.documents.model import TOPICS, Item, Link
from briefings.documents.names import is_indicator, split_target
from tui.layout.place import Place
from tui.pages.page import Address


class Visit(NamedTuple):
    """A page as it was left: where both panes were, which of them had the focus, and what lay beside."""

    address: Address
    reading: Place = Place()
    side: Place = Place()
    in_side: bool = False
    beside: Address | None = None


class History:
    """The pages visited, and which of them is shown."""

    LONGEST = 500

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.position = -1

    def leave(self, visit: Visit) -> None:
        """Keep the shown page as it is now."""
        if self.position >= 0:
            self.visits[self.position] = visit

    def enter(self, visit: Visit) -> None:
        """Go on to a new page; what lay ahead is forgotten."""
        self.visits = [*self.visits[: self.position + 1], visit][-self.LONGEST :]
        self.position = len(self.visits) - 1

    def beside(self, step: int) -> Visit | None:
        """The page just before (-1) or after (1) the shown one; None at either end."""
        at = self.position + step
        return self.visits[at] if 0 <= at < len(self.visits) else None

    def move(self, step: int) -> Visit | None:
        """The page before (-1) or after (1) the shown one, which it then is; None at either end."""
        visit = self.beside(step)
        if visit:
            self.position += step
        return visit


def address_of(desk: Desk, link: Link, document: str, briefing: str, listed: str) -> Address | None:
    """The page that a link of a document leads to, read beside a briefing, where claims of `listed` are
    listed; None for a link that leads out, or nowhere."""
    match link.kind:
        case "source":
            return Address("sources", briefing, link.target)
        case "ledger":
            return Address("ledger", listed, link.target)
        case "name":
            return Address("search", briefing, f'"{link.target}"')
        case "checks":
            return Address("checks", link.target)
        case "search" | "provenance" | "vintages":
            return Address(link.kind, briefing, link.target)
        case "item" if is_indicator(link.target):
            return Address("indicator", briefing, link.target)
        case "item":
            return destination(desk, link.target, document)
    return None


def destination(desk: Desk, target: str, document: str = "") -> Address | None:
    """The page that a link's target means in a document; None when it dangles.

    A target may end in `#^12`: block 12 of its document, in the page that shows it.
    """
    name, section = split_target(target)
    if section.startswith("^") and section[1:].isdecimal():
        owner = desk.resolve(name, document) if name else desk.resolve(document)
        return place_in_text(desk, owner.document, int(section[1:])) if owner else None
    item = desk.resolve(target, document)
    return page_of(desk, item) if item else None


def page_of(desk: Desk, item: Item) -> Address:
    """The page that shows an item: a tab for briefings and their topic sections, else its card."""
    if item.kind == "briefing":
        return Address("overview", item.id)
    if item.kind in ("table", "footnote"):
        return place_in_text(desk, item.document, item.block)
    if item.kind == "section" and _is_tab(desk, item):
        return Address("topic", item.document, next(topic for topic in TOPICS if topic in item.topics))
    return Address("item", name=item.id)


def place_in_text(desk: Desk, document: str, block: int) -> Address:
    """The page on which a block of a document is read in its place."""
    owner = desk.item(document)
    if owner is None or owner.kind != "briefing":
        return Address("item", name=document, block=block)
    section = desk.section_at(document, block)
    topic = next((topic for topic in TOPICS if section and topic in section.topics), "")
    return Address("topic", document, topic, block) if topic else Address("overview", document, block=block)


def _is_tab(desk: Desk, item: Item) -> bool:
    """Whether a section is the head of a topic of a briefing."""
    owner = desk.document(item.document)
    if owner is None or owner.kind != "briefing" or not item.topics:
        return False
    first = next((s for s in owner.sections if item.topics[0] in s.topics), None)
    return first is not None and first.id == item.short


def without_block(address: Address) -> Address:
    """The page of an address, whatever place in it."""
    return address._replace(block=-1)
