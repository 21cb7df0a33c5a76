"""From a figure, wherever it stands, to its source and its history; and a line to cite it with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.widget import Widget

from briefings.documents.model import TOPICS, Item, Link
from briefings.documents.names import INDICATOR, is_indicator
from tui.layout.blocks import targets
from tui.layout.place import Place
from tui.pages.mnemonics import mnemonic_of
from tui.pages.page import Address, Page
from tui.screens.asking import Asking
from tui.screens.hinting import Hinting

if TYPE_CHECKING:
    from briefings.charts.overlay import Candidate
    from briefings.charts.plots import Line


class Tracer(Hinting, Asking, inherit_bindings=False):
    """Lays the provenance of figures over the side pane, and goes back through it step by step."""

    _traced: tuple[tuple[Address, Place], ...] = ()
    """The provenance pages that were gone through on the way to the one that is shown."""
    _came_from: Widget | None = None

    def lay_out(self, reading: Place, side: Place) -> None:
        """Show the page in the panes, and in the first row the way to what covers the screen."""
        super().lay_out(reading, side)
        covers = self.beside if self.beside and not self.outlined and not self.reading.display else None
        page = covers or self.page
        self.bar.show(page.path, tab_of(page), mnemonic_of(self.desk, page.address, self.briefing))

    # ------------------------------------------------------------------ sources

    async def action_provenance(self) -> None:
        """Show where the chosen figure comes from, else that of the crosshair, else that of the page."""
        await self._pointed("source of", self._trace_pointed)

    def _trace_pointed(self, name: str) -> None:
        if name := name or self._about():
            self.trace(name)
        else:
            self.message.say(
                f"{self.key('link.next')} chooses a figure, {self.key('go.provenance')} shows its source."
            )

    def trace(self, name: str) -> None:
        """Lay the provenance of a figure beside the text, or over it where there is no room."""
        page = self.built_now(Address("provenance", self.briefing, name))
        if page is None:
            self.message.say(f"No figure is known by {name}.", doubtful=True)
            return
        shown = self.beside
        if shown == page and self.focused is self.side:
            self.message.say("The source is shown already.")
            return
        if shown is None or shown.address.kind != "provenance":
            self._traced, self._came_from = (), self.focused
        elif shown.address != page.address:
            self._traced = (*self._traced, (shown.address, self.side.place()))
        self._lay_traced(page, Place())

    def _lay_traced(self, page: Page, place: Place) -> None:
        self.lay_beside(page, place)
        self.side.focus()
        self.tell_place()

    def follow(self, link: Link, document: str) -> None:
        """Follow a link; one to a provenance lays it beside."""
        if link.kind == "provenance":
            self.trace(link.target)
        else:
            super().follow(link, document)

    def step_back(self) -> bool:
        """Go back by one provenance page; False where none is laid beside."""
        if self.beside is None or self.beside.address.kind != "provenance":
            return False
        page, place = None, Place()
        while self._traced and page is None:
            *before, (address, place) = self._traced
            self._traced = tuple(before)
            page = self.built(address)
        if page:
            self._lay_traced(page, place)
        else:
            self.close_beside()
        return True

    def close_beside(self) -> None:
        """Show again what lay under the page beside, and let what had the focus have it."""
        super().close_beside()
        if self._came_from and self._came_from.display:
            self._came_from.focus()
        self._traced, self._came_from = (), None
        self.tell_place()

    # ------------------------------------------------------------------ history

    async def action_vintages(self) -> None:
        """Show what was published when of the chosen indicator or period, of a line, or of the page's."""
        link = self.pane.focused_link()
        if link and self._history_of(self._named(link)):
            self._show_history(self._named(link))
        else:
            await self._pointed("vintages of", lambda name: self._show_history(name.partition("@")[0]))

    def _show_history(self, name: str) -> None:
        if name := self._history_of(name) or self._history_of(self._about()):
            self.go(Address("vintages", self.briefing, name))
        else:
            self.message.say(
                f"{self.key('link.next')} chooses an indicator, {self.key('go.vintages')} shows its vintages."
            )

    def _history_of(self, name: str) -> str:
        """The indicator, with its period where there is one, that a figure is of."""
        if "#" in name:
            row = self.desk.verdict(name)
            return row.series[0] if row and row.series else ""
        found = None if "@" in name or is_indicator(name) else self.desk.origins.provenance(name)
        name = found.name if found and "@" in found.name else name
        if "@" in name:
            return name
        series = INDICATOR.search(name)
        return series[0] if series else ""

    # ------------------------------------------------------------------ what is meant

    def _named(self, link: Link) -> str:
        if link.kind == "period" and self.here.plotted:
            return f"{self.here.plotted[0]}@{link.target}"
        document = self.document_of(self.pane)
        return figure_named(link, lambda target: self.desk.resolve(target, document))

    def _about(self) -> str:
        """The name of the figure or claim that the page is about; empty where it is about none."""
        kind, name = self.here.address.kind, self.here.address.name
        if kind in ("indicator", "provenance", "vintages"):
            return name
        item = self.desk.item(name) if kind == "item" else None
        return name if item and item.kind == "claim" else ""

    async def _pointed(self, question: str, then: Callable[[str], None]) -> None:
        """Tell `then` the figure of the focused link, or under the crosshair: of several lines the one that
        is chosen; an empty name where there is none."""
        link, chart = self.pane.focused_link(), self.chart.on_screen
        has_keys = chart is not None and self.focused is chart
        name = self._named(link) if link and not has_keys else ""
        figures = [] if name or (self.beside and not has_keys) else self._at_crosshair()
        if len(figures) > 1:
            from briefings.charts.overlay import liked

            await self.choose(question, lambda words: liked(words, figures), lambda choice: then(choice.name))
        else:
            then(name or (figures[0].name if figures else ""))

    def _at_crosshair(self) -> list[Candidate]:
        """The figures that the crosshair stands on, by their names and in words."""
        chart = self.chart.on_screen
        return [_figure_at(line, at) for line, at in (chart.pointed if chart and chart.display else ())]

    async def cite_figure(self) -> None:
        """Copy what quotes the figure that is pointed at, else the page."""
        await self._pointed("cite", lambda name: self.cite(self._citation(name)))

    def _citation(self, name: str) -> str:
        found = self.desk.origins.provenance(name) if name else None
        if found is None or not found.citation:
            return self.here.reference or self._reference_of_chosen()
        return f"{found.citation}, as of {self.day}" if self.day else found.citation

    def _reference_of_chosen(self) -> str:
        """What cites the page that the chosen line of a list leads to."""
        page = self._page_of_chosen()
        return page.reference if page else ""

    def _source_of_chosen(self) -> str:
        """The address of the source of the page that the chosen link leads to."""
        page = self._page_of_chosen()
        return page.source if page else ""

    def _page_of_chosen(self) -> Page | None:
        address = self._chosen_address()
        return self.built_now(address) if address else None

    def _chosen_address(self) -> Address | None:
        link = self.pane.focused_link()
        return self.leads_to(link, self.document_of(self.pane)) if link else None

    def _address_noted(self) -> str:
        """The first web address in the block that the chosen link leads to, as that of a footnote does."""
        address = self._chosen_address()
        page = self.built_now(address) if address and address.block >= 0 else None
        block = page.reading[page.find_block(address.block)] if page and address else None
        return next((link.target for link in targets(block) if link.kind == "url"), "") if block else ""

    def source_to_open(self) -> str:
        """The address of the source of the figure that is pointed at, else of the page; where that has
        none, of what the chosen link leads to."""
        link = self.pane.focused_link()
        name = self._named(link) if link else ""
        if not name and self.page.panels and not self.beside:
            name = next((each.name for each in self._at_crosshair()), "")
        found = self.desk.origins.provenance(name) if name else None
        return (
            (found.page if found else "")
            or self._address_noted()
            or self.here.source
            or self._source_of_chosen()
        )


def _figure_at(line: Line, at: int) -> Candidate:
    """The figure at a point of a line: `a M2 growth 7.5 %  2026-08`."""
    from briefings.charts.overlay import Candidate
    from briefings.charts.readout import amount

    words = f"{line.letter} {line.label} {amount(line.values[at], line)}".lstrip()
    return Candidate(f"{line.id}@{line.period(at)}", words, told=f"{words}  {line.period(at)}")


def figure_named(link: Link, resolve: Callable[[str], Item | None]) -> str:
    """The name of the figure that a link shows or leads to; empty for a link to anything else."""
    match link.kind:
        case "figure" | "provenance" | "vintages":
            return link.target
        case "item" if is_indicator(link.target):
            return link.target
        case "item":
            item = resolve(link.target)
            return item.id if item and item.kind == "claim" else ""
    return ""


def tab_of(page: Page) -> int:
    """The number of the tab that a page is, or -1."""
    if page.address.kind in ("topic", "gathered"):
        return 1 + TOPICS.index(page.address.name)
    return 0 if page.address.kind == "overview" else -1
