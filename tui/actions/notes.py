"""The reader's notes: written below the page, or in an editor of the reader's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefings.documents.names import INDICATOR
from briefings.own import drafts
from briefings.own.notes import keep, note_on, take_back
from sources import limits
from tui.actions.connecting import asked_about
from tui.files.words import told
from tui.layout.linked import named
from tui.screens.drafts import Drafts, moment
from tui.screens.undoing import Step

if TYPE_CHECKING:
    from briefings.own.drafts import Draft
    from briefings.own.notes import Change, Note
    from tui.screens.shell import Shell


async def write(shell: Shell) -> None:
    """Write a note on the item of the chosen link, else on what the page is about."""
    if shell.fields.is_open("note"):
        shell.fields.note.focus_text()
        return
    name, title = _noted(shell)
    if name:
        await shell.notes.open(name, title)
    else:
        shell.message.say("Nothing here to write a note on: choose a link, or open a card.")


def _noted(shell: Shell) -> tuple[str, str]:
    """The id of what a note would be on, and its name."""
    name = _aimed_at(shell) or asked_about(shell) or shell.page.document
    item = shell.desk.item(name) if name else None
    return (item.id, named(item)) if item else (name, shell.desk.title_of(name) if name else "")


def _aimed_at(shell: Shell) -> str:
    """The item or indicator that the focused link leads to; empty for none."""
    link = shell.pane.focused_link()
    if link is None or link.kind not in ("item", "figure"):
        return ""
    series = INDICATOR.search(link.target)
    if link.kind == "figure" or (series and series[0] == link.target):
        return series[0] if series else ""
    document, _, block = link.target.partition("#^")
    if document and block.isdecimal():
        section = shell.desk.section_at(document, int(block))
        return section.id if section else document
    found = shell.desk.resolve(link.target, shell.document_of(shell.pane))
    return found.id if found else ""


class Notes:
    """Opens the note on an item for a screen, and keeps what is written."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._note: Note | None = None
        self._refused: str | None = None
        self.drafts = Drafts(shell, self._go_on)

    async def open(self, name: str, title: str) -> None:
        """Let the note on an item be written, or ask what becomes of a draft of it."""
        if note := self._read(name, title):
            draft = self.drafts.found(name)
            if draft is None or self.drafts.is_dropped(draft):
                await self._write(name, note, note.text)
            else:
                self.drafts.offer(draft)

    async def _go_on(self, draft: Draft) -> None:
        """Go on with a draft, wherever the reader is."""
        item = self._shell.desk.item(draft.name)
        title = named(item) if item else self._shell.desk.title_of(draft.name)
        if note := self._read(draft.name, title):
            await self._write(draft.name, note, drafts.merged(draft, note), draft)

    def _read(self, name: str, title: str) -> Note | None:
        """The note on an item; None, and words, where it cannot be opened."""
        home = self._shell.home
        try:
            return note_on(home, name, title, home.today)
        except (ValueError, OSError) as error:
            self._shell.message.say(f"The note cannot be opened: {told(error)}", doubtful=True)
        return None

    async def _write(self, name: str, note: Note, text: str, draft: Draft | None = None) -> None:
        """Let a text be changed to be the note's: its own, or that of a draft."""
        if self._shell.settings.editor:
            self._write_elsewhere(name, note, text, draft)
            return
        self._note, self._refused = note, None
        self.drafts.begin(self.drafts.drafting_of(note, self.drafts.begun(name, note, draft)))
        await self._shell.fields.note.open(note.title, text)
        self._shell.tell_place()

    def _write_elsewhere(self, name: str, note: Note, text: str, draft: Draft | None) -> None:
        """Lend a text to the reader's own editor, and keep what comes back; else that is a draft."""
        from tui.files.own_editor import change

        begun = self.drafts.begun(name, note, draft)
        try:
            lent = self.drafts.lend(begun, text)
            change(self._shell.app, self._shell.settings.editor, lent)
            text = drafts.returned(lent)
        except OSError as error:
            self._shell.message.say(
                f"Nothing kept: {told(error)}.{self.drafts.left_by(begun)}", doubtful=True
            )
            return
        drafting = self.drafts.drafting_of(note, begun)
        if self._keep(note, text):
            self.drafts.end_loan(begun)
            drafting.end()
        else:
            drafting.keep(text, moment())

    # ------------------------------------------------------------------ once it is written

    def closed(self, text: str) -> None:
        """Keep what was written; where that cannot be, it stays in the field until it is left once more."""
        note, self._note = self._note, None
        if note is None or self._keep(note, text, "; esc again leaves it"):
            self.drafts.end()
            self._shell.focus_again()
        elif text == self._refused:
            self._give_up(text)
            self._shell.focus_again()
        else:
            self._note, self._refused = note, text
            self._shell.fields.note.display = True
            self._shell.fields.note.focus_text()
        self._shell.tell_place()

    def refused(self, size: int) -> None:
        """Say that a paste was not taken, with which the note would be of so many bytes."""
        words = f"Not pasted: the note would be {size:,} bytes long, and may be {limits.NOTE_BYTES:,}."
        self._shell.message.say(words, doubtful=True)

    def _give_up(self, text: str) -> None:
        """Leave a text that cannot be kept, but for a draft of it."""
        if self.drafts.leave(text):
            words = f"Left: {self._shell.key('note.write')} offers the draft of it."
        else:
            words = "Left, and lost: no draft of it can be kept either."
        self._shell.message.say(words, doubtful=True)

    def end(self) -> None:
        """Keep what is being written when the program ends; where that cannot be, its draft."""
        if self._note is None:
            return
        text = self._shell.fields.note.text
        try:
            keep(self._note, text)
        except (ValueError, OSError):
            self.drafts.keep(text)
        else:
            self.drafts.end()

    def _keep(self, note: Note, text: str, way: str = "") -> bool:
        """Write a note; whether that went well. Where not, `way` says what may be done."""
        try:
            change = keep(note, text)
        except (ValueError, OSError) as error:
            self._shell.message.say(f"Not kept{way}: {told(error)}", doubtful=True)
            return False
        if change is None:
            words = "The note is as it was." if note.before is not None else "Nothing written."
            self._shell.message.say(words)
            return True
        done = "Kept" if change.after is not None else "Removed"
        also = " Its file had been changed meanwhile: both texts are in it." if change.merged else ""
        step = Step(note.title, partial(self._take_back, change))
        self._shell.did(f"{done}: {note.title}.{also}", step)
        self._shell.look_again()
        return True

    def _take_back(self, change: Change) -> bool:
        taken = take_back(change)
        self._shell.look_again()
        return taken
