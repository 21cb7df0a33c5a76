"""The chart above a page: made when the first one is shown, and left as it was when one comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.pages.page import Address, Page

if TYPE_CHECKING:
    from briefings.charts.frame import Style
    from briefings.charts.moving import Looked
    from briefings.charts.plots import Plot
    from tui.widgets.chart import ChartView
    from tui.widgets.panels import PanelsView

_CHROME = 5
"""Rows of bar, message and footer."""

_LEAST, _MOST = 6, 30
_SHARE = 0.6
_READABLE, _TEXT = 13, 6
"""Rows that a chart takes where so many are left for the text below it."""

_SHOWN_AT_ONCE = ("indicator",)
"""Pages that open with their chart; others show it when asked."""


class ChartPane:
    """Shows the chart of a page above its text, or none. One serves a screen."""

    def __init__(self, screen: Screen[None]) -> None:
        self.view: ChartView | None = None
        self.panels: PanelsView | None = None
        self._screen = screen
        self.style: Style = "braille"
        self._wanted: dict[str, bool] = dict.fromkeys(_SHOWN_AT_ONCE, True)
        self._address: Address | None = None
        self._left: dict[Address, Looked] = {}
        self._aim: int | None = None
        self._compared: Address | None = None
        self._on: ChartView | None = None
        self._is_compared = False
        self._small = False
        self._rows = 0

    @property
    def is_shown(self) -> bool:
        """Whether there is a chart of one page on the screen."""
        return self._on is not None and self._on is self.view

    @property
    def rows(self) -> int:
        """The rows that the chart of one page takes."""
        return self._rows if self.is_shown and not self._small else 0

    @property
    def on_screen(self) -> ChartView | None:
        """The chart, or the small ones, that stand on the screen."""
        return self._on

    @property
    def panels_on_screen(self) -> PanelsView | None:
        """The small charts, where they stand for a text."""
        return self.panels if self._on is not None and self._on is self.panels else None

    @property
    def place(self) -> str:
        """Which one of small charts is chosen: `2 of 22`; empty where there are none."""
        panels = self.panels_on_screen
        return f"{panels.chosen + 1} of {len(panels.plot.lines)}" if panels and panels.plot.lines else ""

    @property
    def views(self) -> tuple[ChartView, ...]:
        """What there is to be put on the screen."""
        return tuple(each for each in (self.view, self.panels) if each is not None)

    @property
    def shown(self) -> Plot | None:
        """The plot on the screen, with its span and view."""
        return self.view.plot if self.view and self.is_shown else None

    @property
    def plot_shown(self) -> Plot | None:
        """The plot of whatever charts stand on the screen, with its span and view."""
        return self._on.plot if self._on else None

    def draw_in(self, style: Style) -> None:
        """Draw all charts in a style from now on."""
        self.style = style
        for each in self.views:
            each.draw_in(style)

    def switch(self, page: Page) -> bool:
        """Show the chart of a page, or hide it; whether it has one."""
        kind = page.address.kind
        self._wanted[kind] = not self.is_shown
        self.show(page)
        return self.is_shown or not self._wanted[kind]

    def aim(self, day: int) -> None:
        """Put the crosshair of the chart that is shown next on a day."""
        self._aim = day

    def point(self, day: int) -> None:
        """Put the crosshair of the chart on a day, moving what is shown where it lies beyond."""
        from briefings.charts.moving import nearest_day, panned

        if self.view and self.is_shown:
            self.view.put_crosshair(nearest_day(panned(self.view.plot, day), day))

    def show(self, page: Page) -> None:
        """Show the chart of a page where it is wanted, or its small ones in the place of its text."""
        self._leave()
        self._show_panels(page)
        plot = page.plot() if page.plot and self._wanted.get(page.address.kind) else None
        if plot is None or plot.is_empty:
            self._display(self.panels if self._is_compared else None)
            return
        view, address = self._made(), page.address._replace(beside=())
        before = self._left.get(address)
        if before:
            view.show_as(plot, before)
        else:
            view.show(plot)
        self._address = address
        self._display(view)
        if self._aim is not None:
            self.point(self._aim)
            self._aim = None
        self.fit(self._screen.app.size.height, self._small)

    def _show_panels(self, page: Page) -> None:
        plots = page.panels() if page.panels else ()
        if self.panels is None and plots:
            from tui.widgets.panels import PanelsView

            self.panels = PanelsView(style=self.style, name="panels")
            self._screen.mount(self.panels, before="#panes")
        if self.panels is not None:
            compared = page.address._replace(day=None)
            if plots and self._compared != compared:
                self.panels.chosen = 0
                self.panels.show_lines(plots)
            elif plots:
                self.panels.show_anew(plots)
            self._compared = compared if plots else self._compared
        self._is_compared = bool(plots)

    def _display(self, shown: ChartView | None) -> None:
        self._on = shown
        for each in self.views:
            each.display = each is shown and not self._small
        self._screen.query_one("#panes").display = not (self._is_compared or self._small)

    def fit(self, rows: int, small: bool = False) -> None:
        """Take its share of the rows of the screen; none where that is too small for anything."""
        self._small = small
        self._display(self._on)
        if self.view:
            room = rows - _CHROME
            wanted = max(int(room * _SHARE), min(_READABLE, room - _TEXT))
            self._rows = max(_LEAST, min(_MOST, wanted))
            self.view.styles.height = self._rows

    def carry(self, address: Address) -> None:
        """Have the chart of another address, when it comes, looked at as the one on the screen is."""
        if self.view and self.is_shown:
            self._left[address._replace(beside=())] = self.view.looked

    def _leave(self) -> None:
        if self.view and self._address:
            self._left[self._address] = self.view.looked
        self._address = None

    def _made(self) -> ChartView:
        if self.view is None:
            from tui.widgets.chart import ChartView  # what the first frame does without

            self.view = ChartView(style=self.style, name="chart")
            self._screen.mount(self.view, before="#panes")
        return self.view
