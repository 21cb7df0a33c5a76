"""When a draft of what is being written is kept: soon after a change, at most once a second."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefings.own.drafts import Draft

SECONDS = 1.0
"""From one writing of a draft to the next."""


class Drafting:
    """The draft of one note while it is written. `draft` is the one that is gone on with, or one without
    text; `own` is the text of the note, which needs none."""

    def __init__(self, folder: Path, draft: Draft, own: str) -> None:
        self._folder = folder
        self._draft = draft
        self._own = own.rstrip()
        self._next = 0.0
        self._ended = False
        self._turn = Lock()

    def wait(self, now: float) -> float:
        """Seconds from `now`, of a clock that only goes on, until a change may be written; it is taken as
        written then."""
        wait = max(0.0, self._next - now)
        self._next = now + wait + SECONDS
        return wait

    def is_news(self, text: str) -> bool:
        """Whether a text is another one than was written last."""
        return text != (self._draft.text or self._own)

    def keep(self, text: str, at: str) -> str:
        """Write a text of the moment `at` (UTC), if it is another one than before; why that cannot be, in
        words. Any thread may do so: after the end nothing is written."""
        from briefings.own import drafts

        with self._turn:
            if self._ended or not self.is_news(text):
                return ""
            if text.rstrip() == self._own:
                drafts.drop(self._folder, self._draft)
                self._draft = self._draft._replace(text="")
                return ""
            draft = self._draft._replace(at=at, text=text)
            try:
                drafts.keep(self._folder, draft)
            except OSError as error:
                return error.strerror or str(error)
            self._draft = draft
        return ""

    def end(self) -> None:
        """The text is kept, or not wanted: there is no draft of it any more."""
        from briefings.own import drafts

        with self._turn:
            self._ended = True
            drafts.drop(self._folder, self._draft)
