"""Drafts of notes: written while a note is, and offered where one was not kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from briefings.own import drafts
from sources.text import clean_line
from tui.files.drafting import Drafting
from tui.screens.undoing import Step

if TYPE_CHECKING:
    from pathlib import Path

    from briefings.own.drafts import Draft
    from briefings.own.notes import Note
    from tui.screens.shell import Shell


class Drafts:
    """Keeps a draft of what is written on a screen, and lets `go_on` go on with one of before."""

    def __init__(self, shell: Shell, go_on: Callable[[Draft], Awaitable[None]]) -> None:
        self._shell = shell
        self._folder = shell.settings.places.state
        self._go_on = go_on
        self._drafting: Drafting | None = None
        self._waits = False
        self._left: Callable[[], object] | None = None

    # ------------------------------------------------------------------ one is written

    def begin(self, drafting: Drafting) -> None:
        """Keep a draft of what is written from now on."""
        self._drafting = drafting

    def changed(self) -> None:
        """Keep a draft of the changed text, once that may be."""
        text = self._shell.fields.note.text
        if self._waits or not (self._drafting and self._drafting.is_news(text)):
            return
        if wait := self._drafting.wait(monotonic()):
            self._waits = True
            self._shell.set_timer(wait, self._write)
        else:
            self._write()

    def _write(self) -> None:
        self._waits = False
        if self._drafting:
            keep = partial(self.keep, self._shell.fields.note.text)
            self._shell.run_worker(keep, name="draft", group="draft", thread=True, exit_on_error=False)

    def keep(self, text: str) -> None:
        """Write a draft of a text, from any thread; where that cannot be, say so."""
        if (drafting := self._drafting) and (trouble := drafting.keep(text, moment())):
            words = f"No draft can be kept: {trouble}"
            self._shell.call_later(self._shell.message.say, words, doubtful=True)

    def leave(self, text: str) -> bool:
        """Keep a draft of a text that is written no longer; whether that went well."""
        drafting, self._drafting = self._drafting, None
        return drafting is not None and not drafting.keep(text, moment())

    def end(self) -> None:
        """There is no draft of what is written any more."""
        if self._drafting:
            self._drafting.end()
        self._drafting = None

    def begun(self, name: str, note: Note, draft: Draft | None) -> Draft:
        """The draft of a note: none of it yet, or the one that is gone on with."""
        base = drafts.base_of(note)
        return draft._replace(base=base) if draft else drafts.Draft(name, note.title, "", base, "")

    def drafting_of(self, note: Note, begun: Draft) -> Drafting:
        """What keeps drafts of a note."""
        return Drafting(self._folder, begun, note.text)

    # ------------------------------------------------------------------ one is lent to an editor

    def lend(self, begun: Draft, text: str) -> Path:
        """The file in which an editor may change a text; what it writes is a draft. Raises OSError."""
        return drafts.lend(self._folder, begun, text)

    def end_loan(self, begun: Draft) -> None:
        """What the editor wrote is kept, or it wrote nothing."""
        drafts.end_loan(self._folder, begun.name)

    def left_by(self, begun: Draft) -> str:
        """Words on what an editor that failed had written, which stays; empty where that is nothing."""
        left = drafts.found(self._folder, begun.name)
        if left and left.text.rstrip() != begun.text.rstrip():
            return f" {self._shell.key('note.write')} offers what it wrote."
        self.end_loan(begun)
        return ""

    # ------------------------------------------------------------------ one was not kept

    def found(self, name: str) -> Draft | None:
        """The draft of a note on an item; None where there is none."""
        return drafts.found(self._folder, name)

    def tell(self) -> None:
        """Offer the draft that an earlier start left behind; of several the last."""
        draft = next(drafts.listed(self._folder), None)
        if draft is None:
            return
        enter = self._shell.key("link.follow")
        words = f"{self._faults()}Draft of {_when(draft)}: {enter} goes on with it. {clean_line(draft.title)}"
        self._shell.offer(words, partial(self._shell.call_next, self._go_on, draft), doubtful=True)

    def _faults(self) -> str:
        """Where to read what was wrong in our own files at the start: the offer stands in its place."""
        count = len(self._shell.told)
        faults = f"{count:,} faults" if count > 1 else "1 fault"
        return f"{self._shell.key('go.library')}: {faults} in files   " if count else ""

    def offer(self, draft: Draft) -> None:
        """Ask what is to become of a draft: the next key says so."""
        self._left = partial(self._shell.call_next, self._go_on, draft)
        enter, again = self._shell.key("link.follow"), self._shell.key("note.write")
        words = f"Draft of {_when(draft)}: {enter} goes on with it, {again} drops it."
        self._shell.offer(words, self._left)

    def is_dropped(self, draft: Draft) -> bool:
        """Drop the draft that was just offered; False where it was not."""
        if self._left is None or self._shell.armed is not self._left:
            return False
        drafts.drop(self._folder, draft)
        back = partial(drafts.put_back, self._folder, draft)
        self._shell.can_take_back(Step(f"{draft.title}, draft dropped", back))
        return True


def moment() -> str:
    """Now, in UTC."""
    return datetime.now(UTC).isoformat()


def _when(draft: Draft) -> str:
    """The moment of a draft in the reader's zone; of a damaged one, what is told of it."""
    try:
        return f"{datetime.fromisoformat(draft.at).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return draft.at[:16]
