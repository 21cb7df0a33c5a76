"""Words found in the page, from hit to hit, and on in the other tabs of the briefing that have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefings.desk import Desk
from briefings.documents.model import TOPICS
from tui.layout.blocks import flow
from tui.pages import parts
from tui.pages.page import Address
from tui.pages.pieces import Pieces
from tui.pages.sections import ranges_of

if TYPE_CHECKING:
    from tui.screens.finding import Finding
    from tui.widgets.document import DocumentView

SEARCHED = 4_000
"""Blocks of a briefing that are looked through: some 50 ms."""

OVERVIEW = "Overview"


async def ask(screen: Finding) -> None:
    """Ask for words to find in the pane that has the keys."""
    view = screen.searching = screen.searched()
    screen.before_find = view.place()
    await screen.fields.find.open(view.find.words if view.find else "")
    screen.tell_place()


def go_on(screen: Finding, step: int) -> None:
    """Go to the next hit: after the last one, in the next tab that has one, else from the top."""
    view = screen.searched()
    if not view.find:
        screen.message.say(f"{screen.key('doc.find')} finds words first.")
    elif view is screen.reading and _ends_here(view, step) and _go_on_in_other_tab(screen, step):
        return
    elif not view.find_next(step):
        screen.message.say(no_hits(screen, view.find.words), doubtful=True)


def _ends_here(view: DocumentView, step: int) -> bool:
    return bool(view.missing()) or view.at_last_hit(step)


def _go_on_in_other_tab(screen: Finding, step: int) -> bool:
    """Go on in the tab after this one (1) or before it (-1) that has the words; False when none has."""
    words = screen.reading.find.words if screen.reading.find else ""
    others = _tabs_with(screen.desk, screen.page.address, words)
    if not others:
        return False
    tab = others[0 if step > 0 else -1]
    screen.go(tab.address)
    screen.reading.find_words(words)
    if step < 0:
        screen.reading.find_next(step)
    back = screen.key("go.back")
    screen.message.say(f'"{words}" in {tab.name}. {back} goes back to where you were.')
    return True


def no_hits(screen: Finding, words: str) -> str:
    """That words are not on the page, and which other tabs have them."""
    inside = screen.searched() is screen.reading
    others = _described(_tabs_with(screen.desk, screen.page.address, words)) if inside else ""
    here = f'No hits for "{words}"'
    return f"{here} here. In other tabs: {others}." if others else f"{here}."


class Tab(NamedTuple):
    """Another tab of a briefing that has the words, and how often."""

    address: Address
    name: str
    hits: int


def _tabs_with(desk: Desk, shown: Address, words: str) -> tuple[Tab, ...]:
    """The other tabs that have the words: first those after the shown one, then those before it."""
    return tuple(tab for tab in _all_tabs(desk, shown, words.lower()) if tab.hits)


def _described(tabs: Sequence[Tab]) -> str:
    """`Key players 3, Risks 1`."""
    return ", ".join(f"{tab.name} {tab.hits}" for tab in tabs)


def _all_tabs(desk: Desk, shown: Address, wanted: str) -> Iterator[Tab]:
    document = desk.document(shown.briefing) if shown.kind in ("overview", "topic") and wanted else None
    if document is None:
        return
    left = SEARCHED
    topics = ("", *TOPICS)
    here = topics.index(shown.name if shown.kind == "topic" else "")
    for topic in (*topics[here + 1 :], *topics[:here]):
        pieces = Pieces(document.blocks, ranges_of(document, topic))
        hits = sum(flow(block).lower().count(wanted) for block in pieces[:left])
        left = max(0, left - len(pieces))
        address = Address("topic" if topic else "overview", shown.briefing, topic)
        yield Tab(address, parts.TOPIC_NAMES.get(topic, OVERVIEW), hits)
