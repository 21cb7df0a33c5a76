"""The one screen: shows pages of a desk, and does what the commands ask for."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from briefings.desk import Desk
from briefings.model import TOPICS, Link
from briefings.names import is_indicator
from tui import browser
from tui.asking_app import Ask, StopAsking
from tui.commands.live import Keymap
from tui.commands.table import BY_ID, COMMANDS, Command
from tui.layout.context import Context
from tui.layout.linked import named
from tui.open_file import OpenFile
from tui.screens.build import build
from tui.screens.help import help_page
from tui.screens.navigation import History, Visit, destination, without_block
from tui.screens.offers import Layer, has_links, offered
from tui.screens.page import Address, Page
from tui.screens.panes import BLANK, Panes
from tui.widgets.bar import Bar
from tui.widgets.document import DocumentView
from tui.widgets.find_field import FindField
from tui.widgets.place import Place

if TYPE_CHECKING:
    from tui.refreshing import Progress
    from tui.settings import Settings


def bindings() -> list[BindingType]:
    """The keys of all panes, from the table of commands."""
    return [
        Binding(c.keys, c.action, c.title, id=c.id, show=False)
        for c in COMMANDS
        if set(c.where) & {"everywhere", "document", "list"} and c.id != "list.open"
    ]


HELD_BLOCKS = 2_000
"""Blocks of the shown text that are kept while its file is replaced: fetching them takes some 50 ms."""


class LookAgain(Message):
    """The folders may have changed: compare them now."""


class Shell(Panes, inherit_bindings=False):
    """Shows pages of a desk, and remembers the way through them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(), Binding("ctrl+c,super+c", "copy", show=False)]

    def __init__(self, desk: Desk, settings: Settings, context: Context, told: Sequence[str] = ()) -> None:
        super().__init__(context, desk.resolve, desk.figure)
        self.desk = desk
        self.settings = settings
        self.keymap = keymap = Keymap(settings.keys)
        self.history = History()
        self.briefing = ""
        self.told = tuple(told)
        self.file = OpenFile(desk)
        self.foot.keymap = self.message.keymap = keymap
        self.bar.mark = self.message.mark = ".." if context.ascii else "⋯"
        self._offered: Callable[[], None] | None = None
        self._armed: Callable[[], None] | None = None
        self._before_find = Place()
        self._states = {"index": "", "refresh": "offline" if settings.offline else ""}
        self.progress: Progress | None = None
        self._trouble = ""
        self._links = False

    def on_mount(self) -> None:
        self.reading.focus()
        self.fit(self.app.size.width, self.app.size.height)
        self.go(Address("overview", self.desk.newest_briefing()))
        if self.told:
            more = f"{self._key('go.library')}: {len(self.told) - 1} more   " if len(self.told) > 1 else ""
            self.message.say(more + self.told[0], doubtful=True)

    # ------------------------------------------------------------------ pages

    def go(self, address: Address) -> None:
        """Go to a page, remembering where the reader was."""
        page = self._built(address)
        if page is None:
            self._say_gone(address)
            return
        if self.page is not BLANK:
            self.history.leave(self._visit())
            if self.page.address == page.address and address.block < 0:
                return
        block = page.find_block(address.block) if address.block >= 0 else 0
        visit = Visit(page.address, Place(block))
        self.history.enter(visit)
        self._show(page, visit)
        if page.listing:
            self.reading.move_focus(1)

    def follow(self, link: Link, document: str) -> None:
        """Go where a link leads, or say why it leads nowhere."""
        if link.kind == "url":
            self._offer_address(link.target)
        elif link.kind == "item" and is_indicator(link.target):
            self.go(Address("indicator", self.briefing, link.target))
        elif link.kind == "figure":
            self.message.say(self.desk.explained(link.target))
        elif link.kind == "source":
            self.go(Address("sources", self.briefing, link.target))
        elif address := destination(self.desk, link.target, document):
            self.go(address)
        else:
            self._offer_nearest(link.target)

    def rebuild(self) -> None:
        """Show the same page again from what the desk knows now, at the same place."""
        self.desk.forget()
        anew = self.file.is_stored_anew()
        visit = self._visit()
        page = self._built(visit.address)
        if page is not None:
            self._show(page, visit)
        else:
            self.file.show(self.page.document or self.briefing)
        if page is None or anew:
            self._tell_trouble("" if page else "What was shown here has gone from the library.")

    def hold(self) -> None:
        """Fetch the shown text whole, or much of it, before what is stored of it is replaced."""
        tuple(self.page.reading[:HELD_BLOCKS])

    def _built(self, address: Address) -> Page | None:
        if address.kind == "sources":
            return self._sources(address)
        if address.kind == "help":
            return help_page(self.keymap, address.briefing, self.message.cut_last())
        return build(self.desk, address, self.told, self.settings.ascii)

    def _sources(self, address: Address) -> Page:
        """The screen of sources, which the first frame does without."""
        from tui.screens.sources import sources_now

        return sources_now(self.settings, os.environ, self.progress, address, self.desk.title_of)

    def _visit(self) -> Visit:
        side = Place() if self.outlined else self.side.place()
        return Visit(without_block(self.page.address), self.reading.place(), side, self.focused is self.side)

    def _show(self, page: Page, visit: Visit) -> None:
        self.page = page
        self.outlined = False
        self.briefing = page.address.briefing or self.briefing
        self.file.show(page.document or self.briefing)
        self._links = has_links(page)
        self.bar.show(page.path, _tab_of(page))
        self.lay_out(visit.reading, visit.side)
        (self.side if visit.in_side and self.side.display else self.reading).focus()
        self._tell_place()

    # ------------------------------------------------------------------ messages

    def before_key(self) -> None:
        """A message stands until the next key; what it offered holds for that key only."""
        self.message.say("")
        self._armed, self._offered = self._offered, None

    def _tell_trouble(self, otherwise: str) -> None:
        """Say what is wrong in the file that is shown; what was said before ends once it is mended."""
        words = self.file.trouble() or otherwise
        if words or self.message.text == self._trouble:
            self.message.say(words, doubtful=True)
        self._trouble = words

    def _offer_address(self, address: str) -> None:
        shown, doubtful = browser.described(address)
        if not shown:
            self.message.say("This link is no web address, and is not opened.", doubtful=True)
            return
        self.message.say(f"{self._key('link.follow')} opens {shown}", doubtful=doubtful)
        self._offered = lambda: self._open(address)

    def _open(self, address: str) -> None:
        self.run_worker(lambda: browser.open_address(address), thread=True, exit_on_error=False)
        self.message.say("Handed to the browser.")

    def _offer_nearest(self, target: str) -> None:
        near = self.desk.nearest(target)
        if near is None:
            self.message.say(f'No item "{target}".', doubtful=True)
            return
        name = f"{near.id.rpartition('/')[2]} ({named(near)})"
        words = f'{self._key("link.follow")} opens the nearest, {name}. No item "{target}".'
        self.message.say(words, doubtful=True)
        self._offered = lambda: self.follow(Link("item", near.id), "")

    def _key(self, command: str) -> str:
        """The first key of a command, as it is typed."""
        return self.keymap.first(BY_ID[command])

    def _say_gone(self, address: Address) -> None:
        document = address.briefing or address.name.partition("#")[0]
        words = self.file.trouble(document) if document else ""
        self.message.say(words or "That is no longer in the library.", doubtful=True)

    def _tell_place(self) -> None:
        view = self._searched() if self.field.display else self.pane
        found, missing = view.found(), view.missing()
        if self.field.display:
            self.field.tell(f'No hits for "{missing}".' if missing else "")
        self.foot.show(self._offers(), (f"{found}   " if found else "") + view.progress())

    def _offers(self) -> tuple[Command, ...]:
        """The keys of the footer: those that would do something now."""
        layer: Layer = "find" if self.field.display else "outline" if self.outlined else "page"
        way_back = self.history.position > 0
        focused = self.pane.focused_target is not None
        return offered(self.page, layer, links=self._links, focused=focused, way_back=way_back)

    # ------------------------------------------------------------------ refreshing

    def show_progress(self, progress: Progress) -> None:
        """Show how far a refresh is, in the first row and on the screen of sources."""
        self.progress = progress
        self.tell_state("refresh", progress.line)
        if self.page.address.kind == "sources":
            self.rebuild()

    def conclude(self, progress: Progress, trouble: str) -> None:
        """Say what a refresh came to, and show the figures as they are now."""
        self.progress = None
        offline = bool(progress.done and progress.done.common == "offline")
        self.tell_state("refresh", "offline" if offline else "")
        self.rebuild()
        failed = any(asked.step == "failed" for asked in progress.providers.values())
        words = trouble or progress.summary(self.desk.title_of, self.page.series)
        self.message.say(words, doubtful=bool(trouble) or (failed and not offline))

    def tell_state(self, subject: str, words: str) -> None:
        """What goes on beside reading, at the end of the first row; empty words end it."""
        self._states[subject] = words
        self.bar.tell("   ".join(filter(None, self._states.values())))

    def action_refresh(self) -> None:
        link = self.pane.focused_link()
        names = (link.target,) if link and link.kind == "source" else self.page.asks
        if names:
            self._ask(names, "Asking for the figures of this page. S shows how far it is.")
        else:
            self.message.say("No figures here. R asks for all that is due.")

    def action_refresh_all(self) -> None:
        if self.progress:
            self.action_sources()
        else:
            self._ask(None, "Asking for all that is due. S shows how far it is, esc there stops it.")

    def action_sources(self) -> None:
        self.go(Address("sources", self.briefing))

    def _ask(self, names: tuple[str, ...] | None, words: str) -> None:
        if self.settings.offline:
            self.message.say("Started with --offline. Refresh is off.")
        else:
            self.message.say(words)
            self.app.post_message(Ask(names))

    # ------------------------------------------------------------------ what widgets tell

    def pane_moved(self) -> None:
        """Say where the reader is."""
        self._tell_place()

    def on_document_view_followed(self, event: DocumentView.Followed) -> None:
        """Follow a link of a pane."""
        if self.outlined and event.view is self.side:
            block = self.heading_chosen()
            self.switch_outline()
            self.reading.show_block(block)
        else:
            self.follow(event.link, self.page.document)

    def on_bar_chosen(self, event: Bar.Chosen) -> None:
        """Go to a tab."""
        self.action_tab(event.number)

    def words_changed(self, words: str) -> None:
        """Search as the words are typed."""
        self._searched().find_words(words)

    def on_find_field_closed(self, event: FindField.Closed) -> None:
        """Stay at the hit, or go back to where the search began."""
        view = self._searched()
        if not event.accepted:
            view.find_words("")
            view.restore(self._before_find)
        view.focus()
        self._tell_place()

    def _searched(self) -> DocumentView:
        """The pane in which words are found: side panes are searched only as outlines."""
        return self.side if self.outlined else self.reading

    # ------------------------------------------------------------------ actions: moving

    def action_line(self, step: int) -> None:
        if self.pane.listing:
            self.pane.move_focus(step)
        else:
            self.pane.scroll_lines(step)

    def action_page(self, step: int) -> None:
        self.pane.scroll_part(step)

    def action_half_page(self, step: int) -> None:
        self.pane.scroll_part(step / 2)

    def action_top(self) -> None:
        self.pane.go_top()

    def action_bottom(self) -> None:
        self.pane.go_end()

    def action_sideways(self, step: int) -> None:
        if not self.pane.shift_table(step):
            self.message.say("No table here.")

    def action_pane(self, step: int) -> None:
        if self.side.display and self.reading.display:
            (self.side if step > 0 else self.reading).focus()
            self._tell_place()

    def action_link(self, step: int) -> None:
        here = self.pane
        other = self.reading if here is self.side else self.side
        if here.move_focus(step):
            return
        if other.display and not self.outlined:
            other.focused_target = None
            (other.go_top if step > 0 else other.go_end)()
            if other.move_focus(step):
                other.focus()
                return
        self.message.say("No further link.")

    # ------------------------------------------------------------------ actions: going

    def action_tab(self, number: int) -> None:
        if not self.briefing or self.desk.item(self.briefing) is None:
            if self.briefing and self.file.trouble(self.briefing):
                self._say_gone(Address("overview", self.briefing))
                return
            self.briefing = self.desk.newest_briefing()
        if number and self.briefing:
            self.go(Address("topic", self.briefing, TOPICS[number - 1]))
        else:
            self.go(Address("overview", self.briefing))

    def action_follow(self) -> None:
        if self._armed:
            self._armed()
        elif not self.pane.follow():
            self.message.say(f"{self._key('link.next')} chooses a link, {self._key('link.follow')} opens it.")

    def action_go_back(self) -> None:
        self._travel(-1, "Nothing to go back to.")

    def action_go_forward(self) -> None:
        self._travel(1, "Nothing to go forward to.")

    def _travel(self, step: int, otherwise: str) -> None:
        self.history.leave(self._visit())
        visit = self.history.move(step)
        if visit is None:
            self.message.say(otherwise)
            return
        page = self._built(visit.address)
        if page is None:
            self.history.move(-step)
            self._say_gone(visit.address)
            return
        self._show(page, visit)

    def action_go_up(self) -> None:
        up = self.page.up
        if up is None:
            self.message.say("This is the top.")
        elif up.kind == "item":
            self.follow(Link("item", up.name), "")
        else:
            self.go(up._replace(briefing=up.briefing or self.briefing))

    def action_library(self) -> None:
        self.go(Address("library", self.briefing))
        self.app.post_message(LookAgain())

    def action_show_help(self) -> None:
        self.go(Address("help", self.briefing))

    def action_open_source(self) -> None:
        link = self.pane.focused_link()
        address = link.target if link and link.kind == "url" else self.page.source
        if address:
            self._offer_address(address)
        else:
            self.message.say("No web address is known for this.")

    # ------------------------------------------------------------------ actions: looking

    def action_outline(self) -> None:
        if self.page.outline:
            self.switch_outline()
            self._tell_place()
        else:
            self.message.say("No sections here.")

    async def action_find(self) -> None:
        view = self._searched()
        self._before_find = view.place()
        await self.field.open(view.find.words if view.find else "")
        self._tell_place()

    def action_find_next(self, step: int) -> None:
        found = self._searched().find
        if not found:
            self.message.say(f"{self._key('doc.find')} finds words first.")
        elif not self._searched().find_next(step):
            self.message.say(f'No hits for "{found.words}".', doubtful=True)

    def action_copy(self) -> None:
        link = self.pane.focused_link()
        shown = link.target if link and link.kind == "url" else self.page.reference
        text = self.get_selected_text() or shown
        if not text:
            self.message.say("Nothing to copy here.")
            return
        self.app.copy_to_clipboard(text)
        self.message.say(f"Copied: {text}")

    def action_close_layer(self) -> None:
        """Close what lies on top: a selection, the outline, the hits, the focus, a list."""
        if self.get_selected_text():
            self.clear_selection()
        elif self.outlined:
            self.action_outline()
        elif self.pane.find:
            self.pane.find_words("")
        elif self.page.address.kind == "sources" and self.progress:
            self.app.post_message(StopAsking())
        elif self.page.address.kind in ("help", "library", "sources"):
            self.action_go_back()
        elif self.pane.focused_target:
            self.pane.focus_target(None)

    # ------------------------------------------------------------------ actions: the program

    def action_quit(self) -> None:
        self.app.exit(0)

    def action_suspend_process(self) -> None:
        self.app.action_suspend_process()

    def action_command_palette(self) -> None:
        self.app.action_command_palette()


def _tab_of(page: Page) -> int:
    """The number of the tab that a page is, or -1."""
    if page.address.kind == "topic":
        return 1 + TOPICS.index(page.address.name)
    return 0 if page.address.kind == "overview" else -1
