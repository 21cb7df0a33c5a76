"""A chart with a crosshair: drawn once for a size and a span, then only where something moves.

    chart = ChartView(plot_of([...]))
    chart.show(other_plot)

The last row reads out the figures at the crosshair, and what is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from briefings.charts import raster
from briefings.charts.canvas import Row
from briefings.charts.frame import Style as Dots
from briefings.charts.moving import (
    PRESETS,
    Looked,
    looked,
    looked_at,
    nearest_day,
    next_day,
    panned,
    preset,
    preset_of,
    spanning,
    zoomed,
)
from briefings.charts.plots import VIEWS, Line, Plot, plot_of
from briefings.charts.raster import Raster
from briefings.charts.readout import Part, readout
from briefings.charts.views import HUNDRED, Look
from tui.commands.table import holding_in
from tui.layout import cells
from tui.widgets.fitting import fitted
from tui.widgets.labels import Labelled

_IN, _OUT = 0.5, 2.0
_WHEEL_IN, _WHEEL_OUT = 0.8, 1.25
_PAGE = 0.1
_CROWDED = 4
"""Figures in a column from which the crosshair steps by columns, and not by figures."""

_DRAGGED = 2
MARGIN = 2
_VIEW_WORDS = {"rebased": HUNDRED, "yearly": "against a year before"}


class ChartView(Labelled, can_focus=True):
    """A plot in lines of cells."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"chart--{role}" for role in (*raster.ROLES, "band")}

    DEFAULT_CSS = """
    ChartView { color: $foreground; background: $background; height: 1fr; }
    ChartView > .chart--ink { color: $foreground; }
    ChartView > .chart--quiet, ChartView > .chart--reference { color: $quiet; }
    ChartView > .chart--line1 { color: $primary; }
    ChartView > .chart--line2 { color: $accent; }
    ChartView > .chart--line3 { color: $secondary; }
    ChartView > .chart--band { background: $band; }
    ChartView:nocolor > .chart--band { text-style: reverse; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(c.keys, c.action, c.title, id=c.id, show=False) for c in holding_in("chart")
    ]

    class Turned(Message):
        """Another plot is shown, or another span, view or scale of it."""

    class Still(Message):
        """A key could move nothing; why, in words."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(
        self,
        plot: Plot | None = None,
        *,
        style: Dots = "braille",
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.plot = plot or plot_of(())
        self.dots: Dots = style
        self.day = nearest_day(self.plot, self.plot.last)
        self._drawn: Raster | None = None
        self._strips: dict[int, Strip] = {}
        self._looks: dict[str, Style] = {}
        self._crossed: dict[str, Style] = {}
        self._pressed: int | None = None
        self._dragged: int | None = None
        self._meant: tuple[Looked, Looked] | None = None

    # ------------------------------------------------------------------ content and size

    def show(self, plot: Plot, day: int | None = None) -> None:
        """Show another plot, with the crosshair on a day, else where it aims, or on its newest figure."""
        self.plot, self._meant = plot, None
        begin = plot.last if plot.aim is None else plot.aim
        self.day = nearest_day(plot, begin if day is None else day)
        self._redraw()

    def show_as(self, plot: Plot, how: Looked) -> None:
        """Show another plot, looked at as one was before, so far as its figures reach."""
        self.show(looked_at(plot, how), how.day)
        self._meant = how, looked(self.plot, self.day)

    def draw_in(self, style: Dots) -> None:
        """Draw in another style."""
        self.dots = style
        self._redraw()

    @property
    def looked(self) -> Looked:
        """How the plot is looked at: as was meant, where its figures did not reach so far and nothing moved
        since."""
        now = looked(self.plot, self.day)
        meant, came = self._meant or (now, now)
        return meant if now == came else now

    @property
    def pointed(self) -> tuple[tuple[Line, int], ...]:
        """The lines that have a figure at the crosshair, with the number of its point."""
        points = ((line, line.at(self.day)) for line in self.plot.lines)
        return tuple((line, at) for line, at in points if at is not None)

    def size_changed(self, before: Size) -> None:
        """Draw again, for the size that the next frame has."""
        self._forget()

    def style_changed(self) -> None:
        """Draw in other colours where they differ."""
        if any(self._computed(name) != style for name, style in self._looks.items()):
            self._looks.clear()
            self._crossed.clear()
            self._strips.clear()

    def _redraw(self) -> None:
        self._forget()
        self.refresh()
        self.post_message(self.Turned())

    def _forget(self) -> None:
        self._drawn = None
        self._strips.clear()

    def _raster(self) -> Raster:
        if self._drawn is None:
            width = max(1, self.drawn.width - MARGIN * 2)
            self._drawn = raster.raster(self.plot, width, max(1, self.drawn.height - 1), self.dots)
        return self._drawn

    # ------------------------------------------------------------------ keys

    def action_step(self, step: int) -> None:
        """Move the crosshair by a figure, or by a column where many stand in one."""
        drawn = self._raster()
        column = (self.plot.last - self.plot.first) / max(1, drawn.width)
        day = next_day(self.plot, self.day, step)
        if abs(day - self.day) * _CROWDED < column:
            day = self._figure_near(self.day + step * column, step)
        self._go_on_to(day, step)

    def action_page(self, step: int) -> None:
        """Move the crosshair by a tenth of what is shown."""
        beyond = self.day + step * _PAGE * (self.plot.last - self.plot.first)
        self._go_on_to(self._figure_near(beyond, step), step)

    def _figure_near(self, beyond: float, step: int) -> int:
        """The figure nearest to a day beyond the crosshair, at least the next one."""
        day = nearest_day(panned(self.plot, beyond), beyond)
        return day if (day - self.day) * step > 0 else next_day(self.plot, self.day, step)

    def _go_on_to(self, day: int, step: int) -> None:
        if day == self.day:
            self.post_message(self.Still(f"This is the {'newest' if step > 0 else 'first'} figure."))
        self.put_crosshair(day)

    def action_edge(self, step: int) -> None:
        """Move the crosshair to the first or the newest figure that is shown."""
        day = nearest_day(self.plot, self.plot.first if step < 0 else self.plot.last)
        if day == self.day:
            self.post_message(self.Still(f"This is the {'newest' if step > 0 else 'first'} figure shown."))
        self.put_crosshair(day)

    def action_zoom(self, step: int) -> None:
        """Show half as many days around the crosshair, or twice as many."""
        before = self.plot
        self._span(zoomed(before, _IN if step > 0 else _OUT, self.day))
        if self.plot == before:
            self.post_message(self.Still("Closer it does not go." if step > 0 else "All is shown."))

    def action_preset(self, step: int) -> None:
        """Show the next shorter or longer of the set spans."""
        days = self.plot.last - self.plot.first
        spans = [preset(self.plot, name) for name, _ in PRESETS]
        wanted = [span for span in spans if (span.last - span.first - days) * step > 0]
        if wanted:
            self._span(wanted[0] if step > 0 else wanted[-1])
        elif not preset_of(self.plot):
            self._span(spans[-1] if step > 0 else spans[0])
        else:
            self.post_message(self.Still("All is shown." if step > 0 else "No shorter span is set."))

    def action_view(self) -> None:
        """Show figures as they are, from 100, or against a year before."""
        following = VIEWS[(VIEWS.index(self.plot.view) + 1) % len(VIEWS)]
        self.plot = self.plot._replace(view=following)
        self._redraw()

    def action_log(self) -> None:
        """Show figures on a logarithmic scale, where all are positive, or on a plain one."""
        self.plot = self.plot._replace(log=not self.plot.log)
        self._redraw()

    def _span(self, plot: Plot) -> None:
        self.plot = plot
        self.day = nearest_day(plot, min(plot.last, max(plot.first, self.day)))
        self._redraw()

    # ------------------------------------------------------------------ crosshair

    def put_crosshair(self, day: int) -> None:
        """Put the crosshair on a day, moving what is shown where it lies beyond."""
        if day == self.day:
            return
        moved = panned(self.plot, day)
        before, self.day = self._column(), day
        if moved != self.plot:
            self.plot = moved
            self._redraw()
            return
        self._refresh_columns(before, self._column())

    def _column(self) -> int:
        return self._raster().column(self.day)

    def _refresh_columns(self, *columns: int) -> None:
        """Draw again only these columns and the readout."""
        height, width = self.drawn.height, self.drawn.width
        at = {MARGIN + column for column in columns}
        self.refresh(*(Region(x, 0, 1, height - 1) for x in sorted(at)), Region(0, height - 1, width, 1))

    # ------------------------------------------------------------------ drawing

    def drawn_line(self, y: int) -> Strip:
        """One row, without letters over it: of the plot, or the readout."""
        drawn = self._raster()
        if y >= self.drawn.height - 1 or y >= len(drawn.rows):
            return self._readout(drawn)
        column = drawn.column(self.day)
        if self._dragged is not None:
            return self._strip(drawn.crossed(y, self._pressed or 0, self._dragged))
        crossed = drawn.crossed(y, column)
        if crossed is not drawn.rows[y]:
            return self._strip(crossed)
        if y not in self._strips:
            self._strips[y] = self._strip(crossed)
        return self._strips[y]

    def _strip(self, row: Row) -> Strip:
        """A row between its margins; each character of it takes a cell, so nothing is measured."""
        width = self.drawn.width
        ink = self._style("ink")
        segments = [Segment(" " * MARGIN, ink)]
        segments += [Segment(run.text, self._run_style(run.role, run.crossed)) for run in row]
        used = MARGIN + sum(len(run.text) for run in row)
        if used > width:
            return Strip(segments, used).crop(0, width)
        return Strip([*segments, Segment(" " * (width - used), ink)], width)

    def _readout(self, drawn: Raster) -> Strip:
        room = max(0, self.drawn.width - 2 * MARGIN)
        state = self._state(drawn.look)
        aside = cells.width(state) + 2 if room > 2 * cells.width(state) + 2 else 0
        segments = [Segment(" " * MARGIN, self._style("ink"))]
        left = room - aside
        for part in fitted(tuple(self._told(drawn)), left):
            segments.append(Segment(part.text, self._style(part.role)))
            left -= cells.width(part.text)
        if aside:
            segments.append(Segment(" " * (left + 2) + state, self._style("quiet")))
        return Strip(segments).adjust_cell_length(self.drawn.width, self._style("ink"))

    def _told(self, drawn: Raster) -> Iterator[Part]:
        """What is said of the day of the crosshair."""
        return readout(drawn.look, self.day)

    def _state(self, seen: Look) -> str:
        """What is looked at, in words: the span by its name, the view, the scale."""
        view = _VIEW_WORDS.get(seen.view, "")
        log = "log" if seen.log else "log needs all above zero" if self.plot.log else ""
        return "  ".join(part for part in (preset_of(self.plot), view, log) if part)

    def _run_style(self, role: str, is_crossed: bool) -> Style:
        if not is_crossed:
            return self._style(role)
        if role not in self._crossed:
            self._crossed[role] = self._style(role) + self._style("band")
        return self._crossed[role]

    def _style(self, name: str) -> Style:
        if name not in self._looks:
            self._looks[name] = self._computed(name)
        return self._looks[name]

    def _computed(self, name: str) -> Style:
        if name == "band":  # over any role: what it does not say stays as it is
            return self.get_component_rich_style("chart--band", partial=True)
        return self.get_component_rich_style(f"chart--{name}")

    # ------------------------------------------------------------------ mouse

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Read out the figure under the mouse; while a button is held, choose a span."""
        column = self._place(event)
        if self._pressed is None:
            self._hover(column)
        elif column != self._dragged and (
            self._dragged is not None or abs(column - self._pressed) >= _DRAGGED
        ):
            self._dragged = column
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to choose a span."""
        event.stop()
        self._pressed = self._place(event)
        self.capture_mouse()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Show the span that was chosen, or put the crosshair where there was only a click."""
        pressed, dragged = self._pressed, self._dragged
        self._pressed = self._dragged = None
        self.release_mouse()
        if pressed is None:
            return
        drawn = self._raster()
        if dragged is None:
            self._hover(pressed)
            return
        first, last = sorted((pressed, dragged))
        self._span(spanning(self.plot, drawn.day(first - 0.5), drawn.day(last + 0.5)))

    def on_key(self, event: events.Key) -> None:
        """Let go of a span that is being chosen."""
        if event.key == "escape" and self._pressed is not None:
            event.stop()
            event.prevent_default()
            self._pressed = self._dragged = None
            self.release_mouse()
            self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look closer at what is under the mouse."""
        self._zoom_at(event, _WHEEL_IN)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look from further away."""
        self._zoom_at(event, _WHEEL_OUT)

    def _zoom_at(self, event: events.MouseEvent, factor: float) -> None:
        event.stop()
        event.prevent_default()
        self._span(zoomed(self.plot, factor, self._raster().day(self._place(event))))

    def _place(self, event: events.MouseEvent) -> int:
        """The column of the drawing that an event happened on."""
        return event.x - MARGIN

    def _hover(self, column: int) -> None:
        drawn = self._raster()
        if drawn.left <= column < drawn.left + drawn.width and column != self._column():
            self.put_crosshair(nearest_day(self.plot, drawn.day(column)))
