"""Who says what about an item, and how two items hang together: the keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from briefings.documents.model import Item
from briefings.documents.names import is_indicator
from tui.layout.linked import named
from tui.pages.page import Address
from tui.screens import names

if TYPE_CHECKING:
    from briefings.charts.overlay import Candidate
    from tui.screens.shell import Shell

_OFFERED = 9
"""Items that are offered as the other end of a way."""


async def neighbours(shell: Shell) -> None:
    """List who says what about the item here; on that list, ask for the other end of a way."""
    address = shell.page.address
    if address.kind in ("neighbours", "path"):
        start = address.name.partition(" ")[0]
        item = shell.desk.item(start)
        if item is None:
            shell.message.say("Ways lead between items of documents.")
            return
        names.gather(shell)
        await shell.choose(
            "way to",
            partial(_ends, shell, item),
            partial(_go_way, shell, item),
            "an id, a name or an alias",
        )
    elif name := asked_about(shell):
        shell.go(Address("neighbours", shell.briefing, name))
    else:
        shell.message.say("Nothing here that could be spoken of: choose a link, or open a card.")


def asked_about(shell: Shell) -> str:
    """The item or indicator of the card; elsewhere that of the focused link, else the briefing."""
    address = shell.page.address
    if address.kind in ("item", "indicator"):
        return address.name
    link = shell.pane.focused_link()
    if link and link.kind == "item":
        if is_indicator(link.target):
            return link.target
        target = link.target.partition("#^")[0]
        found = shell.desk.resolve(target, shell.page.document) if target else None
        if found:
            return found.id
    return address.briefing if address.kind in ("overview", "topic") else ""


def _ends(shell: Shell, start: Item, words: str) -> Sequence[Candidate]:
    """The items that words may mean, the likeliest first; before any, those that were looked at last."""
    from briefings.charts.overlay import Candidate

    found = dict.fromkeys(item for item in _meant(shell, words) if item.id != start.id)
    return [
        Candidate(item.id, item.title, item.title_zh, f"{named(item)}  {item.kind}")
        for item in list(found)[:_OFFERED]
    ]


def _meant(shell: Shell, words: str) -> Iterator[Item]:
    said = words.strip()
    recent = names.recent(shell)
    if not said:
        yield from filter(None, map(shell.desk.item, recent))
        return
    if called := shell.desk.resolve(said, shell.page.document) or shell.desk.item(said):
        yield called
    likely = [item for _, item in shell.desk.named_like(said, _OFFERED + 1, recent)]
    yield from likely
    if not (called or likely) and (near := shell.desk.nearest(said)):
        yield near


def item_meant(shell: Shell, words: str) -> Item | None:
    """The item that is called so, else the likeliest whose name holds the words; None for none."""
    from briefings.library.going import INSIDE

    names.gather(shell)
    near = shell.desk.named_like(words, 1, names.recent(shell))
    called = shell.desk.resolve(words, shell.page.document) or shell.desk.item(words)
    return called or (near[0][1] if near and near[0][0] <= INSIDE else None)


def _go_way(shell: Shell, start: Item, end: Candidate) -> None:
    shell.go(Address("path", shell.briefing, f"{start.id} {end.name}"))
