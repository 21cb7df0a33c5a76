"""Searching everything: the field above the results, and what its keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.layout.place import Place
from tui.pages.navigation import Visit
from tui.pages.page import Address, Page
from tui.screens.asking import Asking
from tui.widgets.base import lay_out_first

if TYPE_CHECKING:
    from tui.widgets.search_field import SearchField

_OFFERED = 60
"""Cells that the choices of a completion may take."""


class Searching(Asking, inherit_bindings=False):
    """Shows the field where a search is shown, and other results with each letter."""

    async def action_search(self) -> None:
        """Search everything; on the page of a search, change its words."""
        if self.page.address.kind != "search":
            self.go(Address("search", self.briefing))
        if self.page.address.kind == "search":
            if self.is_page_hidden:
                self.beside = None
                self.lay_out(self.reading.place(), Place())
            await self.fields.search.type_in(self.page.address.name)
            self.reading.led = True
            self.tell_place()

    def show_page(self, page: Page, visit: Visit) -> None:
        super().show_page(page, visit)
        if page.address.kind == "search":
            self._tell_count(page.address.name)

    def lay_out(self, reading: Place, side: Place) -> None:
        """The field stands above its results wherever these are shown."""
        if self.page.address.kind == "search" and not self.is_page_hidden:
            self.fields.search.show(self.page.address.name)
            lay_out_first(self, self.fields.search)
        elif self.fields.is_open("search"):
            self.fields.search.display = False
            lay_out_first(self, self.fields.search)
        super().lay_out(reading, side)

    def settle_focus(self, visit: Visit) -> None:
        """While a query is typed, the field keeps the keys."""
        if not self.fields.is_query_typed:
            self.reading.led = False
            super().settle_focus(visit)

    def query_changed(self, words: str) -> None:
        """Show what another query finds; one that means nothing yet leaves the results as they are."""
        from tui.pages.search import trouble_of

        if self.page.address.kind != "search":  # the field may have the keys yet while another page has come
            return
        if trouble_of(words):
            self._tell_count(words)
            self.page = self.page._replace(address=self.page.address._replace(name=words))
        else:
            self.turn(self.page.address._replace(name=words))

    def _tell_count(self, words: str) -> None:
        """Say how much a query finds; why one means nothing, below, where it leaves room for the query."""
        from tui.pages.search import count_of, trouble_of

        why = trouble_of(words)
        self.fields.search.tell("" if why else count_of(self.desk, words))
        if why:
            self.message.say(why, doubtful=True)

    # ------------------------------------------------------------------ keys of the field

    def on_search_field_left(self) -> None:
        """Go to the results; back to where the search began, where there is no query."""
        self._leave_field()
        if not self.page.address.name.strip():
            self.travel(-1, "Nothing to go back to.")

    def on_search_field_opened(self) -> None:
        """Open the chosen hit."""
        link = self.reading.focused_link()
        if link is None:
            self.message.say("Nothing to open.")
            return
        self._leave_field()
        self.follow(link, self.page.document)

    def on_search_field_moved(self, event: SearchField.Moved) -> None:
        """Choose another hit; where there is none, move the text that says what can be typed."""
        step = 1 if event.step > 0 else -1
        moved = [self.reading.move_focus(step) for _ in range(abs(event.step))]
        if self.reading.focused_target is None and not any(moved):
            self.reading.scroll_lines(event.step)

    def on_search_field_completing(self, event: SearchField.Completing) -> None:
        """Complete what is typed last, and say what else it may be."""
        from briefings.search.completing import completion
        from tui.pages.search import trouble_of

        field = self.fields.search
        choices = field.complete(completion(field.before_cursor, self._values()), event.step)
        if not choices:
            self.message.say(trouble_of(field.before_cursor) or "Nothing to complete here.")
        elif len(choices) > 1:
            self.message.say("  ".join(each.strip() for each in choices))

    def _values(self) -> dict[str, tuple[str, ...]]:
        """What may stand after the keys that take any value."""
        agencies = dict.fromkeys(each.agency for each in self.desk.catalogued())
        briefings = (listed.id for listed in self.desk.part("briefing", 0, _OFFERED))
        return {"source": tuple(filter(None, agencies)), "in": tuple(briefings)}

    def _leave_field(self) -> None:
        self.reading.led = False
        self.reading.focus()
        self.reading.redraw()
        self.tell_place()
