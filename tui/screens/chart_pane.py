"""The chart above a page: made when the first one is shown, and left as it was when one comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.screen import Screen

from tui.screens.page import Address, Page

if TYPE_CHECKING:
    from briefings.plots import Plot
    from tui.widgets.chart import ChartView

_CHROME = 5
"""Rows of bar, message and footer."""

_LEAST, _MOST = 6, 30
_SHARE = 0.6

_SHOWN_AT_ONCE = ("indicator",)
"""Pages that open with their chart; others show it when asked."""


class _Left(NamedTuple):
    """What a chart showed when it was left."""

    plot: Plot
    day: int


class ChartPane:
    """Shows the chart of a page above its text, or none. One serves a screen."""

    def __init__(self, screen: Screen[None], ascii: bool = False) -> None:  # noqa: A002  (as the setting is called)
        self.view: ChartView | None = None
        self._screen = screen
        self._ascii = ascii
        self._wanted: dict[str, bool] = dict.fromkeys(_SHOWN_AT_ONCE, True)
        self._address: Address | None = None
        self._left: dict[Address, _Left] = {}

    @property
    def is_shown(self) -> bool:
        """Whether there is a chart on the screen."""
        return self.view is not None and self.view.display

    def switch(self, page: Page) -> bool:
        """Show the chart of a page, or hide it; whether it has one."""
        kind = page.address.kind
        self._wanted[kind] = not self.is_shown
        self.show(page)
        return self.is_shown or not self._wanted[kind]

    def show(self, page: Page) -> None:
        """Show the chart of a page where it is wanted."""
        self._leave()
        plot = page.plot() if page.plot and self._wanted.get(page.address.kind) else None
        if plot is None or not plot.lines or not any(line.days for line in plot.lines):
            if self.view:
                self.view.display = False
            return
        view = self._made()
        before = self._left.get(page.address)
        if before and before.plot.lines == plot.lines:
            view.show(before.plot._replace(references=plot.references), before.day)
        else:
            view.show(plot)
        self._address = page.address
        view.display = True
        self.fit(self._screen.app.size.height)

    def fit(self, rows: int) -> None:
        """Take its share of the rows of the screen."""
        if self.view:
            self.view.styles.height = max(_LEAST, min(_MOST, int((rows - _CHROME) * _SHARE)))

    def _leave(self) -> None:
        if self.view and self._address:
            self._left[self._address] = _Left(self.view.plot, self.view.day)
        self._address = None

    def _made(self) -> ChartView:
        if self.view is None:
            from tui.widgets.chart import ChartView  # what the first frame does without

            self.view = ChartView(style="ascii" if self._ascii else "braille", name="chart")
            self._screen.mount(self.view, before="#panes")
        return self.view
