"""Following a link: to a page, to the browser once that was offered, or a word on why it leads nowhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefings.documents.model import Link
from tui import browser
from tui.layout.linked import named

if TYPE_CHECKING:
    from tui.screens.reader import Reader


def follow(reader: Reader, link: Link, document: str) -> None:
    """Go where a link of a document leads, or say why it leads nowhere."""
    if link.kind == "url":
        reader.offer_address(link.target)
    elif link.kind == "figure":
        reader.message.say(reader.desk.explained(link.target))
    elif address := reader.leads_to(link, document):
        reader.go(address)
    else:
        _say_missing(reader, link.target, document)


def offer_address(reader: Reader, address: str) -> None:
    """Show a web address in full; the next key that follows links opens it."""
    shown, doubtful = browser.described(address)
    if not shown:
        reader.message.say("This link is no web address, and is not opened.", doubtful=True)
        return
    reader.offer(f"{reader.key('link.follow')} opens {shown}", partial(_open, reader, address), doubtful)


def _open(reader: Reader, address: str) -> None:
    def hand_over() -> None:
        if not browser.open_address(address):
            say = partial(reader.message.say, "No browser was found to open it.", doubtful=True)
            reader.app.call_from_thread(say)

    reader.run_worker(hand_over, thread=True, exit_on_error=False)
    reader.message.say("Handed to the browser.")


def _say_missing(reader: Reader, target: str, document: str) -> None:
    """Say why a link leads nowhere: what it names was not known yet, or there is no such thing."""
    if first := reader.desk.known_from(target, document):
        reader.message.say(f"Not known on {reader.day}: known from {first} on.")
    else:
        _offer_nearest(reader, target)


def _offer_nearest(reader: Reader, target: str) -> None:
    near = reader.desk.nearest(target)
    if near is None:
        reader.message.say(f'No item "{target}".', doubtful=True)
        return
    name = f"{near.id.rpartition('/')[2]} ({named(near)})"
    words = f'{reader.key("link.follow")} opens the nearest, {name}. No item "{target}".'
    reader.offer(words, partial(reader.follow, Link("item", near.id), ""), doubtful=True)
