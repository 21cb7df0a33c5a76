"""The reader's notes: written below the page, or in an editor of the reader's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefings.documents.names import INDICATOR
from tui.layout.linked import named
from tui.screens.drafts import Drafts, moment
from tui.screens.undoing import Step

if TYPE_CHECKING:
    from briefings.own.drafts import Draft
    from briefings.own.notes import Change, Note
    from tui.widgets.note_editor import NoteEditor


class Noting(Drafts, inherit_bindings=False):
    """Opens the note on an item, and keeps what is written."""

    _note: Note | None = None

    def on_mount(self) -> None:
        self.call_after_refresh(self._tell_of_drafts)

    async def action_note(self) -> None:
        """Write a note on the item of the chosen link, else on what the page is about."""
        if self.fields.is_open("note"):
            self.fields.note.focus_text()
            return
        name, title = self._noted()
        if not name:
            self.message.say("Nothing here to write a note on: choose a link, or open a card.")
        elif note := self._read_note(name, title):
            draft = self._draft_on(name)
            if draft is None or self._is_dropped(draft):
                await self._write(name, note, note.text)
            else:
                self._offer_draft(draft)

    async def _write(self, name: str, note: Note, text: str, draft: Draft | None = None) -> None:
        """Let a text be changed to be the note's: its own, or that of a draft."""
        if self.settings.editor:
            self._write_elsewhere(name, note, text, draft)
            return
        self._note, self._drafting = note, self._drafting_of(name, note, draft)
        await self.fields.note.open(note.title, text)
        self.tell_place()

    def _noted(self) -> tuple[str, str]:
        """The id of what a note would be on, and its name."""
        name = self._aimed_at() or self._asked_about() or self.page.document
        item = self.desk.item(name) if name else None
        return (item.id, named(item)) if item else (name, self.desk.title_of(name) if name else "")

    def _aimed_at(self) -> str:
        """The item or indicator that the focused link leads to; empty for none."""
        link = self.pane.focused_link()
        if link is None or link.kind not in ("item", "figure"):
            return ""
        series = INDICATOR.search(link.target)
        if link.kind == "figure" or (series and series[0] == link.target):
            return series[0] if series else ""
        document, _, block = link.target.partition("#^")
        if document and block.isdecimal():
            section = self.desk.section_at(document, int(block))
            return section.id if section else document
        found = self.desk.resolve(link.target, self.document_of(self.pane))
        return found.id if found else ""

    def on_note_editor_closed(self, event: NoteEditor.Closed) -> None:
        """Keep what was written; where that cannot be, it stays in the field."""
        note, self._note = self._note, None
        if note and not self._keep_note(note, event.text):
            self._note = note
            self.fields.note.display = True
            self.fields.note.focus_text()
        else:
            self._end_draft()
            self.focus_again()
        self.tell_place()

    def on_unmount(self) -> None:
        """What is being written when the program ends is kept; where that cannot be, its draft is."""
        if self._note:
            from briefings.own.notes import keep

            text = self.fields.note.text
            try:
                keep(self._note, text)
            except (ValueError, OSError):
                self._keep_draft(text)
            else:
                self._end_draft()

    def _keep_note(self, note: Note, text: str) -> bool:
        """Write a note; whether that went well."""
        from briefings.own.notes import keep

        try:
            change = keep(note, text)
        except (ValueError, OSError) as error:
            self.message.say(f"Not kept: {error}", doubtful=True)
            return False
        if change is None:
            self.message.say("The note is as it was." if note.before is not None else "Nothing written.")
            return True
        done = "Kept" if change.after is not None else "Removed"
        also = " Its file had been changed meanwhile: both texts are in it." if change.merged else ""
        self.did(f"{done}: {note.title}.{also}", Step(note.title, partial(self._unwrite, change)))
        self.look_again()
        return True

    def _unwrite(self, change: Change) -> bool:
        from briefings.own.notes import take_back

        taken = take_back(change)
        self.look_again()
        return taken

    def look_again(self) -> None:
        """Ask for the folders to be compared."""

    def _write_elsewhere(self, name: str, note: Note, text: str, draft: Draft | None) -> None:
        """Hand a text to the reader's own editor, and keep what comes back; a draft of it where that
        cannot be."""
        from tui.own_editor import written

        try:
            text = written(self.app, self.settings.editor, text, self.settings.places.state)
        except OSError as error:
            self.message.say(f"Nothing kept: {error}", doubtful=True)
            return
        drafting = self._drafting_of(name, note, draft)
        if self._keep_note(note, text):
            drafting.end()
        else:
            drafting.keep(text, moment())
