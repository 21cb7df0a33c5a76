"""Who says what about an item, and how two items hang together: the keys."""

from __future__ import annotations

from functools import partial

from briefings.model import Item
from briefings.names import is_indicator
from tui.layout.linked import named
from tui.screens.asking import Asking
from tui.screens.page import Address


class Connecting(Asking, inherit_bindings=False):
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
            await self.ask(
                f"Way from {named(item)} to:",
                "an id, a name or an alias: decree-835",
                partial(self._go_way, item),
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

    def _go_way(self, start: Item, answer: str) -> None:
        end = self.desk.resolve(answer.strip(), self.page.document) or self.desk.item(answer.strip())
        if end is None:
            near = self.desk.nearest(answer.strip())
            offer = f" Nearest: {near.id}." if near else ""
            self.message.say(f'No item "{answer.strip()}".{offer}', doubtful=True)
            return
        self.go(Address("path", self.briefing, f"{start.id} {end.id}"))
