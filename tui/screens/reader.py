"""Pages of a desk, shown one after another, and the way through them.

address ── built from the desk ── shown in the panes ── remembered with its place
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events

from briefings.desk import Desk
from briefings.documents.model import TOPICS, Link
from tui.commands.live import Keymap
from tui.commands.table import Command
from tui.files.open_file import OpenFile
from tui.layout.context import context_of
from tui.layout.place import Place
from tui.pages.build import build
from tui.pages.chosen import now_at
from tui.pages.navigation import History, Visit, address_of, without_block
from tui.pages.page import Address, Page
from tui.screens.offers import Layer, has_links, offered
from tui.screens.panes import BLANK, Panes
from tui.screens.revisited import Revisited
from tui.widgets.document import DocumentView

if TYPE_CHECKING:
    from tui.refreshing.beside import Progress
    from tui.settings.settings import Settings


HELD_BLOCKS = 2_000
"""Blocks of the shown text that are kept while its file is replaced: fetching them takes some 50 ms."""


class Reader(Panes, inherit_bindings=False):
    """Shows pages of a desk, says what is to be said of them, and remembers the way through them."""

    def __init__(self, desk: Desk, settings: Settings, told: Sequence[str] = ()) -> None:
        super().__init__(context_of(settings), desk)
        self.settings = settings
        self.keymap = keymap = Keymap(settings.keys)
        self.history = History()
        self._revisited = Revisited(desk)
        self.chart.style = "ascii" if settings.ascii else settings.charts
        self.briefing = ""
        self.told = tuple(told)
        self.file = OpenFile(desk)
        self.day = settings.as_of
        self.foot.keymap = self.message.keymap = keymap
        self.bar.mark = self.message.mark = ".." if settings.ascii else "⋯"
        self._offered: Callable[[], None] | None = None
        self.armed: Callable[[], None] | None = None
        self.before_find = Place()
        self.searching: DocumentView | None = None
        self.bar.tell_state("refresh", "offline" if settings.offline else "")
        self.progress: Progress | None = None
        self._trouble = ""
        self._before: Page | None = None
        self._plain: Page | None = None
        self._links = False

    def on_mount(self) -> None:
        self.reading.focus()
        self.fit(self.app.size.width, self.app.size.height)
        self.go(Address("overview", self.first_briefing()))
        if self.told:
            more = f"{self.key('go.library')}: {len(self.told) - 1} more   " if len(self.told) > 1 else ""
            self.message.say(more + self.told[0], doubtful=True)

    def tell(self, notes: tuple[str, ...]) -> None:
        """Say what our own files came upon, each once."""
        if new := [note for note in notes if note not in self.told]:
            self.told = (*self.told, *new)
            self.message.say(new[-1], doubtful=True)

    # ------------------------------------------------------------------ pages

    def first_briefing(self) -> str:
        """The briefing that is shown first."""
        return self.desk.newest_briefing()

    def takes_key(self, event: events.Key) -> bool:
        """Whether a key is taken before all else sees it."""
        return False

    def leave(self) -> None:
        """Remember the shown page as it is left."""
        self.history.leave(self.visit())

    def go_visit(self, visit: Visit) -> None:
        """Go to a page as it was left."""
        page = self.built(visit.address)
        if page is None:
            self.say_gone(visit.address)
            return
        self.leave()
        self.history.enter(visit)
        self.show_page(page, visit)

    def go(self, address: Address) -> None:
        """Go to a page as of the day, remembering where the reader was."""
        address = address._replace(day=self.day)
        page = self.built(address)
        if page is None:
            self.say_gone(address)
            return
        if self.page is not BLANK:
            self.leave()
            if self.page.address == page.address and address.block < 0:
                if not self.uncover():
                    self.message.say("This page is shown already.")
                return
        block = page.find_block(address.block) if address.block >= 0 else 0
        visit = Visit(page.address, Place(block))
        self.history.enter(visit)
        self.show_page(page, visit)
        if page.listing:
            self.reading.move_focus(1)

    def uncover(self) -> bool:
        """Take away what lies over the page, which is asked for again; False where nothing does."""
        return False

    def turn(self, address: Address) -> None:
        """Show a page in the place of the shown one on the way."""
        address = address._replace(day=self.day)
        page = self.built(address)
        if page is None:
            self.say_gone(address)
            return
        self.show_page(page, Visit(page.address))
        if page.listing:
            self.reading.move_focus(1)

    def follow(self, link: Link, document: str) -> None:
        """Go where a link leads, or say why it leads nowhere."""
        from tui.screens import following  # which reading a page does without

        following.follow(self, link, document)

    def offer_address(self, address: str) -> None:
        """Show a web address in full; the next key that follows links opens it."""
        from tui.screens import following

        following.offer_address(self, address)

    def leads_to(self, link: Link, document: str) -> Address | None:
        """The page that a link of a document leads to; None for one that leads out, or nowhere."""
        return address_of(self.desk, link, document, self.briefing, self.page.address.briefing)

    def tab_address(self, number: int) -> Address | None:
        """The page of a tab of the open briefing; None where that has gone."""
        if not self.briefing or self.desk.item(self.briefing) is None:
            if self.briefing and self.file.trouble(self.briefing):
                return None
            self.briefing = self.desk.newest_briefing()
        if number and self.briefing:
            return Address("topic", self.briefing, TOPICS[number - 1])
        return Address("overview", self.briefing)

    def rebuild(self) -> None:
        """Show the same page again from what the desk knows now, at the same place."""
        self.home.forget()
        anew = self.file.is_stored_anew()
        visit = self.visit()
        page = self.built(visit.address)
        if page is not None:
            was, before = visit.reading.focused, self.page.reading
            self._show_again(page, visit)
            if page.listing and was != (chosen := now_at(was, before, page.reading)):
                self.reading.focus_target(chosen)
        else:
            self.file.show(self.page.document or self.briefing)
        if page is None or anew:
            self._tell_trouble("" if page else "What was shown here has gone from the library.")

    def rebuild_with_news(self) -> None:
        """Show the same page again; numbers that are other ones now are bold until the next key."""
        self._before = self.page
        self.rebuild()

    def hold(self) -> None:
        """Fetch the shown text whole, or much of it, before what is stored of it is replaced."""
        tuple(self.page.reading[:HELD_BLOCKS])
        tuple(self.page.outline[:1])

    def built(self, address: Address) -> Page | None:
        """The page at an address; that of before, while it would be built the same."""
        return self._revisited.page(address, self._built_anew)

    def _built_anew(self, address: Address) -> Page | None:
        """The page at an address, which keeps the day that it is shown for."""
        page = self._made(address)
        if page is None or address.day is None:
            return page
        cited = f"{page.reference}, as of {address.day}" if page.reference else ""
        return page._replace(address=page.address._replace(day=address.day), reference=cited)

    def built_now(self, address: Address) -> Page | None:
        """The page at an address as of the day that is read."""
        return self.built(address._replace(day=self.day))

    def _made(self, address: Address) -> Page | None:
        if address.kind == "sources":
            return self._sources(address)
        if address.kind == "help":
            from tui.pages.help import help_page

            return help_page(self.keymap, address.briefing, address.name, self.message.cut_last())
        desk, settings = self.home.as_of(address.day), self.settings
        return build(desk, address, self.told, settings.providers, settings.ascii, self.key)

    def _sources(self, address: Address) -> Page:
        """The screen of sources, which the first frame does without."""
        from tui.pages.sources import sources_now

        desk = self.home.as_of(address.day)
        return sources_now(desk, self.settings, os.environ, self.progress, address)

    def visit(self) -> Visit:
        """Where the reader is."""
        side = Place() if self.outlined else self.side.place()
        here = without_block(self.page.address)
        beside = self.beside.address if self.beside else None
        return Visit(here, self.reading.place(), side, self.focused is self.side, beside)

    def show_page(self, page: Page, visit: Visit) -> None:
        self.page = self._with_news(page)
        self.day = page.address.day
        self.outlined = False
        self.beside = self.built(visit.beside) if visit.beside else None
        self.briefing = page.address.briefing or self.briefing
        self.file.show(page.document or self.briefing)
        self._links = has_links(page)
        self.bar.show_day(*self._days_of(page))
        self.lay_out(visit.reading, visit.side)
        if not self.fields.is_any_open:
            self.settle_focus(visit)  # else what is typed in keeps the keys
        self.tell_place()

    def _show_again(self, page: Page, visit: Visit) -> None:
        """Show the shown page as it is now; an outline that lies over it stays."""
        outline = self.side.place() if self.outlined and page.outline else None
        self.show_page(page, visit)
        if outline:
            self.lay_outline(outline, visit.in_side)
            self.tell_place()

    def settle_focus(self, visit: Visit) -> None:
        """Give the focus to the pane that had it, or to the chart."""
        if visit.in_side and self.side.display:
            self.side.focus()
        elif not self.focus_chart():
            self.reading.focus()

    def _with_news(self, page: Page) -> Page:
        """What came by a refresh stands out, as long as no key was pressed."""
        shown = page
        if self._before and self._before.address == page.address:
            from tui.pages.changed import emphasized  # which reading does without

            shown = emphasized(page, self._before)
        self._plain = page if shown is not page else None
        return shown

    def focus_chart(self) -> bool:
        """Give the keys that move a crosshair to the chart; False where there is none."""
        if shown := self.chart.on_screen:
            shown.focus()
        return shown is not None

    def travel(self, step: int, otherwise: str) -> None:
        """Go back or forward on the way, past what has gone; say `otherwise` at its ends."""
        self.leave()
        here = self.history.position
        gone: Visit | None = None
        while visit := self.history.move(step):
            if page := self.built(visit.address):
                self.show_page(page, visit)
                return
            gone = gone or visit
        self.history.position = here
        if gone:
            self.say_gone(gone.address)
        else:
            self.message.say(otherwise)

    # ------------------------------------------------------------------ messages

    def before_key(self) -> None:
        """A message stands until the next key; what it offered holds for that key only."""
        self.message.say("")
        self._before = None
        if self._plain:
            self._show_again(self._plain, self.visit())
        self.armed, self._offered = self._offered, None

    def _tell_trouble(self, otherwise: str) -> None:
        """Say what is wrong in the file that is shown; what was said before ends once it is mended."""
        words = self.file.trouble() or otherwise
        if words or self.message.text == self._trouble:
            self.message.say(words, doubtful=True)
        self._trouble = words

    def offer(self, words: str, then: Callable[[], None], doubtful: bool = False) -> None:
        """Say what the next key that follows links would do."""
        self.message.say(words, doubtful=doubtful)
        self._offered = then

    def _days_of(self, page: Page) -> tuple[str, str]:
        """The day that a page is shown for, and how much younger its text is; else nothing."""
        if page.address.day is None:
            return "", ""
        document = self.desk.document(page.document) if page.document else None
        return page.address.day.isoformat(), self.desk.written(document) if document else ""

    def key(self, command: str) -> str:
        """The first key of a command, as it is typed."""
        return self.keymap.key(command)

    def say_gone(self, address: Address) -> None:
        """Say that an address leads nowhere, and what is wrong with its file."""
        document = address.briefing or address.name.partition("#")[0]
        words = self.file.trouble(document) if document else ""
        self.message.say(words or "That is no longer in the library.", doubtful=True)

    def _focus_again(self) -> None:
        super()._focus_again()
        self.tell_place()

    def tell_place(self) -> None:
        """Say where the reader is, and offer what the keys do there."""
        view = self.searched() if self.fields.is_open("find") else self.pane
        found = view.found()
        place = (f"{found}   " if found else "") + (self.chart.place or view.progress())
        self.foot.show(self.offers(bool(found)), place, typing=self.fields.layer is not None)

    def _layer(self) -> Layer:
        """What lies on top and takes the keys."""
        if layer := self.fields.layer:
            return layer
        in_side = self.focused is self.side
        if in_side and self.outlined:
            return "outline"
        if in_side and self.beside:
            return "source" if self.beside.address.kind == "provenance" else "beside"
        return "page"

    def offers(self, found: bool = False) -> tuple[Command, ...]:
        """The keys of the footer: those that would do something now."""
        layer = self._layer()
        way_back = self.history.position > 0
        focused = self.pane.focused_target is not None
        links = self._links or self.shows_names()
        asking = self.progress is not None
        drawn = self.chart.is_shown
        return offered(
            self.page,
            layer,
            links=links,
            focused=focused,
            way_back=way_back,
            found=found,
            asking=asking,
            drawn=drawn,
        )

    def searched(self) -> DocumentView:
        """The pane in which words are found: the one that has the focus, or had it before the field."""
        return self.searching or (self.side if self.outlined else self.pane)
