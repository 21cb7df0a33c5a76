"""Drafts of notes: written while a note is, and offered where one was not kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from briefings.own.state import DRAFTS
from sources.text import clean_line
from tui.layout.linked import named
from tui.screens.asking import Asking
from tui.screens.undoing import Step

if TYPE_CHECKING:
    from briefings.own.drafts import Draft
    from briefings.own.notes import Note
    from tui.drafting import Drafting


class Drafts(Asking, inherit_bindings=False):
    """Keeps a draft of what is written, and goes on with one of before."""

    _drafting: Drafting | None = None
    _draft_waits = False
    _left: Callable[[], object] | None = None

    # ------------------------------------------------------------------ one is written

    def on_text_area_changed(self) -> None:
        """Keep a draft of the changed text, once that may be."""
        if self._draft_waits or not (self._drafting and self._drafting.is_news(self.fields.note.text)):
            return
        if wait := self._drafting.wait(monotonic()):
            self._draft_waits = True
            self.set_timer(wait, self._write_draft)
        else:
            self._write_draft()

    def _write_draft(self) -> None:
        self._draft_waits = False
        if self._drafting:
            keep = partial(self._keep_draft, self.fields.note.text)
            self.run_worker(keep, name="draft", group="draft", thread=True, exit_on_error=False)

    def _keep_draft(self, text: str) -> None:
        """Write a draft of a text, from any thread; where that cannot be, say so."""
        if (drafting := self._drafting) and (trouble := drafting.keep(text, moment())):
            self.call_later(self.message.say, f"No draft can be kept: {trouble}", doubtful=True)

    def _end_draft(self) -> None:
        if self._drafting:
            self._drafting.end()
        self._drafting = None

    def _drafting_of(self, name: str, note: Note, draft: Draft | None) -> Drafting:
        """What keeps drafts of a note: from the beginning, or from one of before on."""
        from briefings.own import drafts
        from tui.drafting import Drafting

        base = drafts.base_of(note)
        begun = draft._replace(base=base) if draft else drafts.Draft(name, note.title, "", base, "")
        return Drafting(self.settings.places.state, begun, note.text)

    # ------------------------------------------------------------------ one was not kept

    def _draft_on(self, name: str) -> Draft | None:
        from briefings.own import drafts

        return drafts.found(self.settings.places.state, name)

    def _tell_of_drafts(self) -> None:
        """Offer the draft that an earlier start left behind; of several the last."""
        folder = self.settings.places.state
        if not (folder / DRAFTS).is_dir():
            return
        from briefings.own import drafts  # which the first frame does without

        draft = next(drafts.listed(folder), None)
        if draft is None:
            return
        enter = self.key("link.follow")
        words = f"Draft of {_when(draft)}: {enter} goes on with it. {clean_line(draft.title)}"
        self.offer(words, partial(self.call_next, self._go_on, draft), doubtful=True)

    def _offer_draft(self, draft: Draft) -> None:
        """Ask what is to become of a draft: the next key says so."""
        self._left = partial(self.call_next, self._go_on, draft)
        enter, again = self.key("link.follow"), self.key("note.write")
        words = f"Draft of {_when(draft)}: {enter} goes on with it, {again} drops it."
        self.offer(words, self._left)

    def _is_dropped(self, draft: Draft) -> bool:
        """Drop the draft that was just offered; False where it was not."""
        from briefings.own import drafts

        if self._left is None or self.armed is not self._left:
            return False
        folder = self.settings.places.state
        drafts.drop(folder, draft)
        self._steps.add(Step(f"{draft.title}, draft dropped", partial(drafts.put_back, folder, draft)))
        return True

    async def _go_on(self, draft: Draft) -> None:
        """Go on with a draft, wherever the reader is."""
        from briefings.own import drafts

        item = self.desk.item(draft.name)
        title = named(item) if item else self.desk.title_of(draft.name)
        if note := self._read_note(draft.name, title):
            await self._write(draft.name, note, drafts.merged(draft, note), draft)

    def _read_note(self, name: str, title: str) -> Note | None:
        """The note on an item; None, and words, where it cannot be opened."""
        from briefings.own.notes import note_on  # which reading does without

        try:
            return note_on(self.home, name, title, self.home.today)
        except (ValueError, OSError) as error:
            self.message.say(f"The note cannot be opened: {error}", doubtful=True)
        return None

    async def _write(self, name: str, note: Note, text: str, draft: Draft | None = None) -> None:
        """Let a text be changed to be the note's: its own, or that of a draft."""


def moment() -> str:
    """Now, in UTC."""
    return datetime.now(UTC).isoformat()


def _when(draft: Draft) -> str:
    """The moment of a draft in the reader's zone; of a damaged one, what is told of it."""
    try:
        return f"{datetime.fromisoformat(draft.at).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return draft.at[:16]
