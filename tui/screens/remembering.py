"""What the reader leaves behind: pages visited, marks, sections read. It outlives the program."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import dropwhile
from typing import Literal

from textual import events

from briefings.documents.model import Document, Link
from briefings.own.state import FILE, State
from cache.paths import is_there
from tui.commands.table import BY_ID
from tui.files.words import from_home
from tui.pages import parts
from tui.pages.navigation import Visit
from tui.pages.packing import packed, unpacked
from tui.pages.page import Address, Page
from tui.pages.unread import ended, stamp_of, unread
from tui.screens.asking import Asking
from tui.screens.panes import BLANK
from tui.widgets.viewport import Row

WAY_KEPT = 50
"""Pages of earlier starts that lie behind the first one."""

LISTED = 500
"""Pages that the history lists."""

Purpose = Literal["", "mark", "go"]

_PASSED_ON = ("ctrl+q", "ctrl+z", "ctrl+c")


class Remembering(Asking, inherit_bindings=False):
    """Keeps where the reader was, and brings it back."""

    _state: State | None = None
    awaits: Purpose = ""
    """What the letter of a mark is waited for."""
    _last_kept = ""
    _last_briefing = ""
    _top: Row | None = None
    _in_view: tuple[Page, int, int] | None = None

    def state(self) -> State:
        """What is kept of the reader between starts; opened at its first use."""
        if self._state is None:
            self._state = State.open(self.settings.places.state)
        self.tell(tuple(map(from_home, self._state.notes)))
        return self._state

    def on_unmount(self) -> None:
        """Keep where the reader was at the end."""
        if self.page is not BLANK:
            self.note_read()
            self.keep_visit(self.visit(), self.page)
        if self._state:
            self._state.close()
            self._state = None

    # ------------------------------------------------------------------ pages

    def first_briefing(self) -> str:
        """The briefing that was open last; the newest one where that has gone."""
        known = is_there(self.settings.places.state / FILE)
        if known:
            last = self.desk.item(self.state().last("briefing"))
            if last and last.kind == "briefing":
                self._last_briefing = last.id
        first = self._last_briefing or super().first_briefing()
        if known:
            self._lay_way(Visit(Address("overview", first)))
        return first

    def _lay_way(self, first: Visit) -> None:
        """Lay the pages of earlier starts behind the first one, so that back leads to another sight."""
        kept = [visit for row in self.state().visits(WAY_KEPT) if (visit := unpacked(row.page))]
        behind = [*dropwhile(first.__eq__, kept)]
        self.history.visits = behind[::-1]
        self.history.position = len(behind) - 1

    def leave(self) -> None:
        """Remember the page that is left, here and in later starts."""
        super().leave()
        self.note_read()
        self._top, self._in_view = None, None
        self.call_after_refresh(self.keep_visit, self.visit(), self.page)

    def keep_visit(self, visit: Visit, page: Page) -> None:
        """Keep that a page was visited, as it was left."""
        text = packed(visit)
        if text != self._last_kept and page.address.kind != "history":
            self._last_kept = text
            self.state().keep_visit(now(), titled(page), text)

    def show_page(self, page: Page, visit: Visit) -> None:
        super().show_page(page, visit)
        self._look_here()
        if self.briefing != self._last_briefing:
            self._last_briefing = self.briefing
            self.call_after_refresh(lambda: self.state().keep_last("briefing", self.briefing))

    def built(self, address: Address) -> Page | None:
        if address.kind != "history":
            return super().built(address)
        from tui.pages.history import history_page  # which the first frame does without

        state = self.state()
        return history_page(self.briefing, state.visits(LISTED), state.marks(), self.settings.ascii)

    def action_history(self) -> None:
        """List the marks, and the pages that were visited, the one that is left for it first."""
        self.keep_visit(self.visit(), self.page)
        self.go(Address("history", self.briefing))

    def follow(self, link: Link, document: str) -> None:
        """Go where a link leads: to a page that was visited, as it was left."""
        if link.kind != "visit":
            super().follow(link, document)
        elif visit := self._kept_visit(link.target):
            self.go_visit(visit)
        else:
            self.message.say("That is no longer known.", doubtful=True)

    def leads_to(self, link: Link, document: str) -> Address | None:
        """The page of a link, also of one of the history."""
        if link.kind != "visit":
            return super().leads_to(link, document)
        visit = self._kept_visit(link.target)
        return visit.address if visit else None

    def _kept_visit(self, target: str) -> Visit | None:
        """A visit by its number, or a mark by `'` and its letter."""
        letter = target.removeprefix("'")
        row = self.state().mark(letter) if target != letter else self.state().visit(int(target))
        return unpacked(row.page) if row else None

    # ------------------------------------------------------------------ marks

    def takes_key(self, event: events.Key) -> bool:
        """Whether a key is the letter that is waited for, or ends the wait."""
        awaits, self.awaits = self.awaits, ""
        if not awaits or event.key in _PASSED_ON:
            return super().takes_key(event)
        if event.key not in self.keymap.keys(BY_ID["app.close"]):
            from tui.actions import marks

            marks.take(self, awaits, event.character or "")
        self.tell_place()
        return True

    def tell_place(self) -> None:
        """While a letter is waited for, the footer says so."""
        if self.awaits:
            key = self.key("mark.set" if self.awaits == "mark" else "mark.go")
            self.foot.show((BY_ID["app.close"],), f"{key} and a letter")
        else:
            super().tell_place()

    # ------------------------------------------------------------------ what was read

    def pane_moved(self) -> None:
        """What went out of view was read, where its end had been in view."""
        rows = self.reading.port.rows()
        if rows and rows[0] != self._top:
            self.note_read()
            self._look_here()
        super().pane_moved()

    def overlook(self) -> None:
        """Leave what is in view uncounted."""
        self._in_view = None

    def _look_here(self) -> None:
        """Note which blocks are in view."""
        if rows := self.reading.port.rows():
            self._top = rows[0]
            self._in_view = (self.page, rows[0][0], self._last_whole(rows))

    def _last_whole(self, rows: list[Row]) -> int:
        """The last block whose end is in view."""
        block, row = rows[-1]
        return block if row == self.reading.port.height_of(block) - 1 else block - 1

    def note_read(self) -> None:
        """Keep that the sections in view were read, as they are now."""
        names = frozenset(ended(*self._in_view) if self._in_view else ())
        document = self.desk.document(self.page.document) if names else None
        if document is None:
            return
        known = self.state().read(document.id)
        stamps = {s.id: stamp_of(document, s) for s in document.sections if s.id in names}
        new = [(name, stamp) for name, stamp in stamps.items() if known.get(name) != stamp]
        if new:
            self.state().keep_read(now(), document.id, new)

    def document_in_sections(self, page: Page) -> Document | None:
        """The document whose sections a page shows; None for a page of something else."""
        shown = any(heading.section for heading in page.outline)
        return self.desk.document(page.document) if shown else None

    def heading_notes(self, page: Page) -> dict[str, str]:
        """`read` for each section of a page that was."""
        document = self.document_in_sections(page)
        if document is None:
            return {}
        left = {section.id for section in unread(document, self.state().read(document.id))}
        return {heading.section: "read" for heading in page.outline if heading.section not in left}


def now() -> str:
    """This moment in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def titled(page: Page) -> str:
    """A page in a list: its way, and which tab of it."""
    tab = parts.TOPIC_NAMES.get(page.address.name, "") if page.address.kind in ("topic", "gathered") else ""
    return " › ".join(filter(None, (*page.path, tab)))
