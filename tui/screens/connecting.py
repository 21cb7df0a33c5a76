"""Who says what about an item, and how two items hang together: the keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from briefings.documents.model import Item
from briefings.documents.names import is_indicator
from tui.layout.linked import named
from tui.pages.page import Address
from tui.screens.choosing import Choosing
from tui.screens.naming import Naming

if TYPE_CHECKING:
    from briefings.charts.overlay import Choice

_OFFERED = 9
"""Items that are offered as the other end of a way."""


class Connecting(Choosing, Naming, inherit_bindings=False):
    """Lists what links to an item; asked again, the way from it to another one."""

    async def action_neighbours(self) -> None:
        """List who says what about the item here; on that list, ask for the other end of a way."""
        address = self.page.address
        if address.kind in ("neighbours", "path"):
            start = address.name.partition(" ")[0]
            item = self.desk.item(start)
            if item is None:
                self.message.say("Ways lead between items of documents.")
                return
            self.gather_names()
            await self.choose(
                "way to",
                partial(self._ends, item),
                partial(self._go_way, item),
                "an id, a name or an alias",
            )
        elif name := self._asked_about():
            self.go(Address("neighbours", self.briefing, name))
        else:
            self.message.say("Nothing here that could be spoken of: choose a link, or open a card.")

    def _asked_about(self) -> str:
        """The item or indicator of the card; elsewhere that of the focused link, else the briefing."""
        address = self.page.address
        if address.kind in ("item", "indicator"):
            return address.name
        link = self.pane.focused_link()
        if link and link.kind == "item":
            if is_indicator(link.target):
                return link.target
            target = link.target.partition("#^")[0]
            found = self.desk.resolve(target, self.page.document) if target else None
            if found:
                return found.id
        return address.briefing if address.kind in ("overview", "topic") else ""

    def _ends(self, start: Item, words: str) -> Sequence[Choice]:
        """The items that words may mean, the likeliest first; before any, those that were looked at last."""
        from briefings.charts.overlay import Choice

        found = dict.fromkeys(item for item in self._meant(words) if item.id != start.id)
        return [
            Choice(item.id, item.title, item.title_zh, f"{named(item)}  {item.kind}")
            for item in list(found)[:_OFFERED]
        ]

    def names_known(self) -> None:
        """Offer again what the letters may mean."""
        super().names_known()
        if self.fields.is_open("choice"):
            self.fields.choice.look_again()

    def _meant(self, words: str) -> Iterator[Item]:
        said = words.strip()
        recent = self.recent_items()
        if not said:
            yield from filter(None, map(self.desk.item, recent))
            return
        if called := self.desk.resolve(said, self.page.document) or self.desk.item(said):
            yield called
        likely = [item for _, item in self.desk.named_like(said, _OFFERED + 1, recent)]
        yield from likely
        if not (called or likely) and (near := self.desk.nearest(said)):
            yield near

    def item_meant(self, words: str) -> Item | None:
        """The item that is called so, else the likeliest whose name holds the words; None for none."""
        from briefings.library.going import INSIDE

        self.gather_names()
        near = self.desk.named_like(words, 1, self.recent_items())
        called = self.desk.resolve(words, self.page.document) or self.desk.item(words)
        return called or (near[0][1] if near and near[0][0] <= INSIDE else None)

    def _go_way(self, start: Item, end: Choice) -> None:
        self.go(Address("path", self.briefing, f"{start.id} {end.name}"))
