"""Hints on the screen, which take all keys while they show; and what is opened, cited or laid beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from briefings.documents.model import Link
from briefings.documents.names import INDICATOR
from tui.commands.keymap import show
from tui.commands.table import BY_ID
from tui.layout.place import Place, Target
from tui.pages.navigation import without_block
from tui.pages.page import Address, Page
from tui.screens.reader import Reader
from tui.widgets.document import DocumentView
from tui.widgets.labels import HINT, Labelled

if TYPE_CHECKING:
    from tui.screens.hints import Hint, Hints, Verb

_PASSED_ON = ("ctrl+q", "ctrl+z", "ctrl+c")
"""Keys that leave the program or the hints, whatever shows."""


class Hinting(Reader, inherit_bindings=False):
    """Shows hints over the panes and the tabs, and opens, cites or lays beside what is chosen."""

    _hints: Hints | None = None
    _side_before: tuple[Address, Place] | None = None

    # ------------------------------------------------------------------ hints

    def action_hints(self, verb: Verb) -> None:
        """Put letters on all that can be opened here."""
        from tui.screens.hints import hints_over  # which the first frame does without

        hints = hints_over([each for each in self._hinted() if each.display], verb)
        if hints.all and not self.has_class("-small"):
            self._show_hints(hints)

    def takes_key(self, event: events.Key) -> bool:
        """Whether the hints take a key from the rest of the app: all of them, while they show."""
        hints = self._hints
        if hints is None or event.key in _PASSED_ON:
            self.end_hints()
            return super().takes_key(event)
        if event.key in self.keymap.keys(BY_ID["app.close"]):
            self.end_hints()
        elif event.key in self.keymap.keys(BY_ID["hint.turn"]):
            self._show_hints(hints.turned())
        elif event.key == "backspace":
            self._show_hints(hints.shorter())
        else:
            self._type(hints, event.character if event.is_printable else None, show(event.key))
        return True

    def _type(self, hints: Hints, letter: str | None, key: str) -> None:
        more = hints.after(letter or "")
        if chosen := more.chosen:
            self.end_hints()
            self._act(chosen, more.verb)
        elif more is hints:
            self.message.say(
                f"{letter or key} is no letter of these. {self.key('app.close')} takes them away."
            )
        else:
            self._show_hints(more)

    def on_click(self, event: events.Click) -> None:
        """Do what typing the clicked letters would."""
        label, hints = event.style.meta.get(HINT), self._hints
        chosen = next((hint for hint in hints.left if hint.label == label), None) if hints else None
        if hints and chosen:
            self.end_hints()
            self._act(chosen, hints.verb)

    def _show_hints(self, hints: Hints) -> None:
        self._hints = hints
        for widget in self._hinted():
            widget.show_labels(hints.drawn(widget))
        self.message.say(hints.told(self.key("hint.turn")))
        self.tell_place()

    def end_hints(self) -> None:
        """Take all letters away."""
        if self._hints is None:
            return
        self._hints = None
        for widget in self._hinted():
            widget.show_labels(())
        self.message.say("")
        self.tell_place()

    def _hinted(self) -> tuple[Labelled, ...]:
        panels = self.chart.panels_on_screen
        return (panels, self.bar) if panels else (self.reading, self.side, self.bar)

    def lay_out(self, reading: Place, side: Place) -> None:
        """Letters do not outlast the page they stand on."""
        self.end_hints()
        super().lay_out(reading, side)

    def pane_moved(self) -> None:
        """Letters belong to the rows they stand on: what moves ends them."""
        self.end_hints()
        super().pane_moved()

    def tell_place(self) -> None:
        """While letters show, the footer offers what they take."""
        if self._hints is None:
            super().tell_place()
        else:
            offers = (BY_ID["hint.turn"], BY_ID["app.close"])
            self.foot.show(offers, self._hints.counted)

    # ------------------------------------------------------------------ what is chosen

    def _act(self, hint: Hint, verb: Verb) -> None:
        view, target = hint.widget, hint.target
        if isinstance(target, int):
            self._act_on_page(self.tab_address(target), verb)
        elif isinstance(target, str):
            self._act_on_link(Link("item", target), "", verb)
        elif isinstance(view, DocumentView) and isinstance(target, tuple):
            place = Target(*target)
            if verb == "open" or self.is_outline(view):
                view.focused_target = place
                view.focus()
                view.follow()
            else:
                self._act_on_link(view.link_of(place), self.document_of(view), verb)

    def _act_on_page(self, address: Address | None, verb: Verb) -> None:
        if address is None:
            self.message.say("That is no longer in the library.", doubtful=True)
        elif verb == "open":
            self.go(address)
        elif verb == "beside":
            self.go_beside(address)
        elif page := self.built_now(address):
            self.cite(page.reference) if verb == "cite" else self.offer_source(page.source)

    def _act_on_link(self, link: Link, document: str, verb: Verb) -> None:
        if verb == "beside":
            self.open_beside(link, document)
        elif link.kind == "url":
            self.cite(link.target) if verb == "cite" else self.offer_address(link.target)
        elif link.kind == "figure":
            found = self.desk.origins.provenance(link.target)
            self.cite(found.citation if found else "") if verb == "cite" else self.offer_source(
                found.page if found else ""
            )
        elif address := self.leads_to(link, document) or series_of(link):
            self._act_on_page(address, verb)
        else:
            self.follow(link, document)

    # ------------------------------------------------------------------ beside the text

    def action_open_beside(self) -> None:
        """Lay what the focused link leads to beside the text."""
        link = self.pane.focused_link()
        if self.is_outline(self.pane):
            self.pane.follow()
        elif link:
            self.open_beside(link, self.document_of(self.pane))
        else:
            self.message.say(
                f"{self.key('link.next')} chooses a link, {self.key('link.beside')} opens it beside."
            )

    def is_outline(self, view: DocumentView) -> bool:
        """Whether a pane shows the outline: its lines are places of the text, without pages of their own."""
        return self.outlined and view is self.side

    def open_beside(self, link: Link, document: str) -> None:
        """Lay the page of a link beside the text; what has no page is followed."""
        address = self.leads_to(link, document) or series_of(link)
        if address:
            self.go_beside(address)
        else:
            self.follow(link, document)

    def go_beside(self, address: Address) -> None:
        """Lay a page over the side pane, and stay where the reader is."""
        page = self.built_now(address)
        if page is None:
            self.say_gone(address)
            return
        if self.beside == page and not self.outlined:
            self.message.say("This is shown beside already.")
            return
        self.lay_beside(page, Place(page.find_block(address.block) if address.block >= 0 else 0))
        if self.page.panels or not self.reading.display:
            self.side.focus()
        self.tell_place()

    def keep_side(self) -> None:
        """Remember how the side pane stands, before something is laid over it."""
        if not self.is_covered:
            self._side_before = without_block(self.page.address), self.side.place()

    def lay_beside(self, page: Page, place: Place) -> None:
        """Draw a page over the side pane."""
        self.keep_side()
        self.outlined, self.beside = False, page
        self.lay_out(self.reading.place(), place)

    def close_beside(self) -> None:
        """Show again what the page beside lay over, as it stood if this page was shown then."""
        self.beside = None
        of, side = self._side_before or (None, Place())
        self.lay_out(self.reading.place(), side if of == without_block(self.page.address) else Place())
        if not self.focus_chart():
            self.reading.focus()
        self.tell_place()

    def cite(self, text: str) -> None:
        """Copy a text, and say so."""
        if not text:
            self.message.say("Nothing to copy here.")
            return
        self.app.copy_to_clipboard(text)
        self.message.say(f"Copied: {text}")

    def offer_source(self, address: str) -> None:
        """Show the web address of a source; the next key that follows links opens it."""
        if address:
            self.offer_address(address)
        else:
            self.message.say("No web address is known for this.")


def series_of(link: Link) -> Address | None:
    """The page of the first indicator that a figure is made of."""
    series = INDICATOR.search(link.target) if link.kind == "figure" else None
    return Address("indicator", name=series[0]) if series else None
