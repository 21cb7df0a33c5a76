"""The one screen: does what the commands ask for."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from briefings.documents.model import Link
from briefings.own.state import DRAFTS
from cache.paths import is_there
from tui.commands.keymap import show
from tui.commands.table import BY_ID, COMMANDS
from tui.files.words import from_home
from tui.pages.page import Address
from tui.refreshing.app import StopAsking
from tui.screens.charter import Charter
from tui.screens.finding import Finding
from tui.screens.offers import CLOSED_BY_ESCAPE
from tui.screens.panes import BLANK
from tui.screens.previewing import Previewing
from tui.screens.remembering import Remembering
from tui.screens.searching import Searching
from tui.screens.tracer import Tracer
from tui.widgets.bar import Bar
from tui.widgets.document import DocumentView

if TYPE_CHECKING:
    from tui.actions.going import Going
    from tui.actions.notes import Notes
    from tui.pages.choices import Choice
    from tui.refreshing.beside import Progress
    from tui.screens.names import NamesGathered
    from tui.widgets.go_bar import GoBar
    from tui.widgets.note_editor import NoteEditor
    from tui.widgets.note_field import NoteField


def bindings() -> list[BindingType]:
    """The keys of all panes, from the table of commands."""
    return [
        Binding(c.keys, c.action, c.title, id=c.id, show=False)
        for c in COMMANDS
        if set(c.where) & {"everywhere", "document", "list"} and c.id != "list.open"
    ]


class LookAgain(Message):
    """The folders, or the figures, may have changed: compare them now."""


class Shell(Previewing, Remembering, Tracer, Searching, Finding, Charter, inherit_bindings=False):
    """Shows pages of a desk, and does what the keys of all panes ask for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(),
        Binding("ctrl+c,super+c", "copy_selected", show=False),
    ]

    async def action_do(self, what: str, *given: object) -> None:
        """Do what a module of `tui.actions` says: `outcomes.resolve`."""
        matter, _, name = what.partition(".")
        done = getattr(import_module(f"tui.actions.{matter}"), name)(self, *given)
        if isawaitable(done):
            await done

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
        self.rebuild_with_news()
        failed = any(asked.step == "failed" for asked in progress.providers.values())
        words = trouble or progress.summary(self.desk.title_of, self.page.series, self.key("go.sources"))
        self.message.say(words, doubtful=bool(trouble) or (failed and not offline))
        self.look_again()

    def tell_verdicts(self, count: int) -> None:
        """Say, before what is said already, that claims are judged otherwise than before."""
        words = f"{count:,} verdict{'s' if count > 1 else ''} changed: {self.key('go.claims')} shows them."
        self.message.say(" ".join(filter(None, (words, self.message.text))))

    def tell_state(self, subject: str, words: str) -> None:
        """What goes on beside reading, at the end of the first row; empty words end it."""
        self.bar.tell_state(subject, words)

    # ------------------------------------------------------------------ what widgets tell

    def pane_moved(self) -> None:
        """Say where the reader is."""
        super().pane_moved()
        self.tell_place()

    def on_document_view_followed(self, event: DocumentView.Followed) -> None:
        """Follow a link of a pane."""
        if self.outlined and event.view is self.side:
            block = self.heading_chosen()
            self.switch_outline()
            self.reading.show_block(block)
        else:
            self.follow(event.link, self.document_of(event.view))

    def on_bar_chosen(self, event: Bar.Chosen) -> None:
        """Go to a tab."""
        self.action_tab(event.number)

    def on_key(self, event: events.Key) -> None:
        """Say of a key that nothing takes that it means nothing here."""
        if event.key not in self.active_bindings:
            typed = event.character if event.is_printable and "+" not in event.key else None
            self.message.say(self.keymap.meaningless(event.key, typed or show(event.key)))

    # ------------------------------------------------------------------ actions: moving

    def action_sideways(self, step: int) -> None:
        self.message.say(self.pane.shift_table(step))

    def action_pane(self, step: int) -> None:
        view = self.side if step > 0 else self.reading
        if not (self.side.display and self.reading.display):
            self.message.say("No other pane here.")
        elif self.pane is view:
            self.message.say(f"This is the {'right' if step > 0 else 'left'} pane.")
        else:
            if step > 0 or not self.focus_chart():
                view.focus()
            if step > 0 and not view.focused_target:
                view.move_focus(1)  # which shows where the keys go
            self.tell_place()

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
        address = self.tab_address(number)
        if address:
            self.go(address)
        else:
            self.say_gone(Address("overview", self.briefing))

    def action_follow(self) -> None:
        if self.armed:
            self.armed()
        elif not self.pane.follow():
            self.message.say(f"{self.key('link.next')} chooses a link, {self.key('link.follow')} opens it.")

    def action_go_back(self) -> None:
        if not self.step_back():
            self.travel(-1, "Nothing to go back to.")

    def action_go_forward(self) -> None:
        self.travel(1, "Nothing to go forward to.")

    def action_go_up(self) -> None:
        up = self.page.up
        if up is None:
            self.message.say("This is the top.")
        elif up.kind == "item":
            self.follow(Link("item", up.name), "")
        else:
            self.go(up._replace(briefing=up.briefing or self.briefing))

    def look_again(self) -> None:
        """Ask for the folders to be compared, and for what rests on other figures now to be judged."""
        self.app.post_message(LookAgain())

    # ------------------------------------------------------------------ actions: looking

    def action_outline(self) -> None:
        if self.page.outline:
            self.switch_outline()
            self.tell_place()
        else:
            self.message.say("No sections here.")

    async def action_copy(self) -> None:
        link = self.pane.focused_link()
        shown = link.target if link and link.kind == "url" else ""
        if words := self.get_selected_text() or shown:
            self.cite(words)
        else:
            await self.cite_figure()

    def action_copy_selected(self) -> None:
        """Copy what is selected; of the key that elsewhere ends programs, say what it does here."""
        if words := self.get_selected_text():
            self.cite(words)
        else:
            copy, leave = self.key("link.copy"), self.key("app.quit")
            self.message.say(f"Nothing is selected. {copy} copies a line to cite, {leave} quits.")

    def action_close_layer(self) -> None:
        """Close what lies on top: a selection, the outline, what was opened beside, the hits, the
        focus, a list."""
        if self.get_selected_text():
            self.clear_selection()
        elif self.outlined:
            self.action_outline()
        elif self.beside and not self.is_previewing:
            self.close_beside()
        elif self.pane.find:
            self.pane.find_words("")
        elif self.page.address.kind == "sources" and self.progress:
            self.app.post_message(StopAsking())
        elif self.page.address.kind in CLOSED_BY_ESCAPE:
            self.action_go_back()
        elif self.pane.focused_target:
            self.pane.focus_target(None)
        else:
            self.message.say(f"Nothing to close. {self.key('app.quit')} quits.")

    # ------------------------------------------------------------------ going by name

    @cached_property
    def going(self) -> Going:
        """The go bar, which reading does without."""
        from tui.actions.going import Going

        return Going(self)

    def going_changed(self, typed: str) -> None:
        """Offer what is meant by what is typed now."""
        self.going.changed(typed)

    def going_moved(self, choice: Choice) -> None:
        """Try on what is chosen."""
        self.going.moved(choice)

    async def on_go_bar_closed(self, event: GoBar.Closed) -> None:
        """Go where the bar says."""
        await self.going.closed(event.choice)

    def on_go_bar_refused(self, event: GoBar.Refused) -> None:
        """Say that nothing is called so."""
        self.going.refused(event.typed)

    def on_names_gathered(self, event: NamesGathered) -> None:
        """Find names from now on by their middles, where that day is still read."""
        if event.day != self.day:
            return
        self.desk.use_names(event.names)
        if self.fields.is_open("bar"):
            self.going.look_again()
        if self.fields.is_open("choice"):
            self.fields.choice.look_again()

    def follow(self, link: Link, document: str) -> None:
        """Go where a link leads; of a name that several items have, ask which is meant."""
        if link.kind == "name":
            self.call_later(self.going.ask_which, link.target)
        else:
            super().follow(link, document)

    # ------------------------------------------------------------------ notes

    @cached_property
    def notes(self) -> Notes:
        """The notes written here, which reading does without."""
        from tui.actions.notes import Notes

        return Notes(self)

    def _tell_of_drafts(self) -> None:
        if is_there(self.settings.places.state / DRAFTS):
            self.tell(tuple(map(from_home, self.desk.notes())))  # before the offer, which would be hidden
            self.notes.drafts.tell()

    def on_text_area_changed(self) -> None:
        """Keep a draft of what is written."""
        self.notes.drafts.changed()

    def on_note_editor_closed(self, event: NoteEditor.Closed) -> None:
        """Keep what was written."""
        self.notes.closed(event.text)

    def on_note_field_refused(self, event: NoteField.Refused) -> None:
        """Say that a paste was not taken, and why."""
        self.notes.refused(event.size)

    def on_unmount(self) -> None:
        """Keep what is being written."""
        if "notes" in vars(self):
            self.notes.end()

    # ------------------------------------------------------------------ settings

    def on_mount(self) -> None:
        self.call_after_refresh(self._tell_of_drafts)
        if self.settings.show_mentions:
            self.call_after_refresh(self._look_for_names)

    def rebuild(self) -> None:
        """Show the same page again; names in it are those of the library now."""
        super().rebuild()
        if self.settings.show_mentions:
            self._look_for_names()

    def _look_for_names(self) -> None:
        from tui.actions import preferences

        preferences.look_for_names(self)

    # ------------------------------------------------------------------ actions: the program

    def action_quit(self) -> None:
        self.app.exit(0)

    def action_suspend_process(self) -> None:
        self.app.action_suspend_process()

    def action_command_palette(self) -> None:
        self.app.action_command_palette()

    def on_screen_suspend(self) -> None:
        """While the palette lies on top, the footer offers what that takes."""
        self.foot.show(tuple(BY_ID[name] for name in ("bar.go", "bar.move", "app.close")), "")

    def on_screen_resume(self) -> None:
        """Offer again what the page takes."""
        if self.page is not BLANK:
            self.tell_place()
