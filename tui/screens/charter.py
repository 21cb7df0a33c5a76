"""What the reader does with charts and tables: turn and compare them, add to them, take them away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefings.desk import Desk
from briefings.documents.model import Link
from briefings.documents.names import is_indicator
from tui.layout.place import Place, Target
from tui.pages.navigation import Visit
from tui.pages.page import Address
from tui.screens.asking import Asking
from tui.screens.hinting import series_of

if TYPE_CHECKING:
    from briefings.charts.overlay import Candidate
    from tui.settings.settings import Settings
    from tui.widgets.chart import ChartView
    from tui.widgets.panels import PanelsView


class Charter(Asking, inherit_bindings=False):
    """Does what the keys of charts and tables ask for."""

    def __init__(self, desk: Desk, settings: Settings, told: Sequence[str] = ()) -> None:
        super().__init__(desk, settings, told)
        self._collected: tuple[str, ...] = ()
        self._added: dict[str, tuple[str, ...]] = {}

    def on_chart_view_still(self, event: ChartView.Still) -> None:
        """Say why a key of a chart moved nothing."""
        self.message.say(event.words)

    def on_chart_view_turned(self, event: ChartView.Turned) -> None:
        """Tell below a chart what is drawn in it now."""
        shown, page = self.chart.shown, self.page
        if page.reading_for and shown and shown.lines and not self.outlined:
            reading = page.reading_for(shown)
            if reading != page.reading:
                self.page = page._replace(reading=reading)
                self.lay_out(self.reading.place(), self.side.place())

    # ------------------------------------------------------------------ chart, table, comparison

    def action_chart(self) -> None:
        """Turn a chart into its table and back; compare what was collected, or all of a topic; else go to
        the chart of what is chosen."""
        address = self.page.address
        if address.kind in ("indicator", "table"):
            self._turn_over(address)
        elif address.kind == "compare":
            self.travel(-1, "Nothing to go back to.")
        elif self._collected:
            self.go(Address("compare", self.briefing, " ".join(self._collected)))
        elif address.kind in ("topic", "gathered"):
            self.go(Address("compare", self.briefing, address.name))
        elif self.page.plot:
            self._switch_chart()
        elif not self._go_to_chart():
            self.message.say("No chart here: indicators, tested claims and topics have one.")

    def _go_to_chart(self) -> bool:
        """Go to the chart of the chosen claim or indicator, of the first indicator of a chosen figure, or of
        what is opened beside; False where there is none."""
        link = self.pane.focused_link()
        address = (self.leads_to(link, self.document_of(self.pane)) or series_of(link)) if link else None
        if address is None and self.beside:
            address = self.beside.address
        page = self.built_now(address) if address else None
        if address is None or page is None or page.plot is None:
            return False
        self.go(address)
        if not self.chart.is_shown:
            self._switch_chart()
        return True

    def _turn_over(self, address: Address) -> None:
        """Go from chart to table or back: to the one that was just left, as it was, else on to a new one."""
        other = self._other_face(address)
        for step in (-1, 1):
            near = self.history.beside(step)
            if near and _is_face(near.address, other):
                self.travel(step, "")
                return
        self.go(other)

    def _other_face(self, address: Address) -> Address:
        name = address.name.partition(" ")[0]
        if address.kind == "indicator":
            self._added[name] = address.beside
            return Address("table", address.briefing, name, day=self.day)
        added = self._added.get(name, ())
        return Address("indicator", address.briefing, name, beside=added, day=self.day)

    def _switch_chart(self) -> None:
        place, side = self.reading.place(), self.side.place()
        if self.chart.switch(self.page):
            self.lay_out(place, side)
            self.reading.focus()
            self.focus_chart()
            self.tell_place()
        else:
            self.message.say("No figures to draw here.")

    def follow(self, link: Link, document: str) -> None:
        """Go where a link leads: a period leads to its place in the chart."""
        if link.kind != "period":
            super().follow(link, document)
            return
        from sources.model import Period

        day = Period.parse(link.target).first.toordinal()
        address = self.here.address
        if self.here is self.page and address.kind != "table":
            self._point(day)
            return
        self.chart.aim(day)
        self.go(self._other_face(address) if address.kind == "table" else address)

    def _point(self, day: int) -> None:
        """Put the crosshair of this page's chart on a day; the arrows move it on from there."""
        if not self.chart.is_shown:
            self._switch_chart()
        self.chart.point(day)
        self.reading.focus_target(None)  # from here on the keys are about the crosshair
        self.focus_chart()

    def on_panels_view_opened(self, event: PanelsView.Opened) -> None:
        """Open the indicator of a small chart."""
        self.go(Address("indicator", self.briefing, event.name.partition(":")[0]))

    def lay_out(self, reading: Place, side: Place) -> None:
        """Of small charts the one that the reader left chosen is chosen again."""
        super().lay_out(reading, side)
        if reading.focused:
            self._choose_panel(reading.focused)
        self.on_panels_view_chosen()

    def pane_moved(self) -> None:
        """Where small charts stand for the text, the one whose line has the focus is chosen."""
        super().pane_moved()
        if self.reading.focused_target:
            self._choose_panel(self.reading.focused_target)

    def _choose_panel(self, line: Target) -> None:
        if (panels := self.chart.panels_on_screen) and line.block < len(self.page.plotted):
            panels.choose(self.page.plotted[line.block])

    def on_panels_view_chosen(self) -> None:
        """Keys of links are about the chosen chart: its line in the text that it stands for has the focus."""
        if (panels := self.chart.panels_on_screen) and panels.plot.lines:
            chosen = panels.plot.lines[panels.chosen].id
            self.reading.focused_target = Target(self.page.plotted.index(chosen), 0)
            self.tell_place()

    # ------------------------------------------------------------------ adding

    async def action_add(self) -> None:
        """Add a series to the chart; where there is none, collect the focused indicator to be compared."""
        link = self.pane.focused_link()
        if self.chart.is_shown and self.page.plotted:
            await self._add_line()
        elif link and link.kind == "item" and is_indicator(link.target):
            self._collect(link.target)
        else:
            choose, add = self.key("link.next"), self.key("chart.add")
            self.message.say(f"{choose} chooses a figure; {add} there takes it to be compared.")

    async def _add_line(self) -> None:
        from briefings.charts.overlay import MOST_LINES, liked

        shown = self.page.plotted
        if len(shown) >= MOST_LINES:
            self.message.say(
                f"{MOST_LINES} lines at most. {self.key('prediction.undo')} takes the last one off."
            )
            return
        offered = self.desk.charts.choices(shown)
        await self.choose("add", lambda words: liked(words, offered), self._add)

    def _add(self, choice: Candidate) -> None:
        beside = (*self.page.address.beside, choice.name)
        self._show_beside(beside)
        undo = self.key("prediction.undo")
        lines = self.chart.shown.lines if self.chart.shown else ()
        empty = any(line.id == choice.name and not line.days for line in lines)
        nothing = "; it has no figures yet" if empty else ""
        self.message.say(f"Added: {choice.title}{nothing}. {undo} takes it off.")

    def _show_beside(self, beside: tuple[str, ...]) -> None:
        """Show the same page with other series added to its chart, where it was."""
        address = self.page.address._replace(beside=beside)
        visit = self.visit()
        page = self.built(address)
        if page is not None:
            self.show_page(page, Visit(address, visit.reading, visit.side, visit.in_side))

    def action_undo(self) -> None:
        """Take the line off that was added last; without one, take back what was recorded last."""
        beside = self.page.address.beside
        if not beside or not self.chart.is_shown:
            super().action_undo()
            return
        self._show_beside(beside[:-1])
        self.message.say(f"Taken off: {beside[-1]}.")

    def _collect(self, name: str) -> None:
        had = name in self._collected
        self._collected = tuple(each for each in self._collected if each != name)
        if not had:
            self._collected = (*self._collected, name)
        if not self._collected:
            self.message.say("Nothing is taken to be compared.")
            return
        titles = ", ".join(self.desk.title_of(each) for each in self._collected)
        compares = self.page.address.kind != "compare"  # where that key leads back
        does = f"{self.key('chart.switch')} compares" if compares else "To be compared are"
        self.message.say(f"{does} {len(self._collected)}: {titles}")


def _is_face(address: Address, wanted: Address) -> bool:
    """Whether a page is the wanted chart or table, whatever was added to it or filtered in it."""
    name = address.name.partition(" ")[0]
    same_kind = (address.kind, address.briefing, address.day) == (wanted.kind, wanted.briefing, wanted.day)
    return same_kind and name == wanted.name
