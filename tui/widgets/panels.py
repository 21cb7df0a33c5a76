"""Small charts over the same time, with one crosshair through all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from briefings.charts import raster
from briefings.charts.axes import draw_days
from briefings.charts.canvas import Canvas
from briefings.charts.frame import Around, framed, label_cells
from briefings.charts.frame import Style as Dots
from briefings.charts.plots import Line, Plot, plot_of
from briefings.charts.raster import Raster
from briefings.charts.readout import Part, amount, when
from briefings.charts.views import look
from sources.text import clean_line
from tui.commands.table import BY_ID
from tui.layout import cells
from tui.widgets.chart import MARGIN, ChartView

_LEAST_ROWS = 5
"""Rows of the smallest chart that says something, its title included."""

_COMFORTABLE_ROWS = 10
"""Rows of a chart that needs no other one beside it."""

_WIDE, _WIDEST = 104, 180
_MARKED = 2
"""Cells before a title: the mark of the chosen chart, and the place of a hint."""

_BELOW = 2
"""The row of days and the readout."""


class PanelsView(ChartView):
    """Charts in a grid: `plots` hold a line each. The arrows move all crosshairs, up and down choose."""

    opens = "panel"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(BY_ID["move.down"].keys, "choose(1)", id="move.down", show=False),
        Binding(BY_ID["move.up"].keys, "choose(-1)", id="move.up", show=False),
        Binding(BY_ID["link.follow"].keys, "open", id="link.follow", show=False),
    ]

    class Opened(Message):
        """The indicator of a chart is to be opened."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Chosen(Message):
        """Another chart is the chosen one."""

    def __init__(self, *, style: Dots = "braille", name: str | None = None) -> None:
        super().__init__(style=style, name=name)
        self.chosen = 0
        self._drawings: list[Raster] = []

    def show_lines(self, plots: Sequence[Plot]) -> None:
        """Show the lines of other plots, one each."""
        lines = [line for plot in plots for line in plot.lines if line.days]
        self.chosen = min(self.chosen, max(0, len(lines) - 1))
        self.show(plot_of(lines))

    def show_anew(self, plots: Sequence[Plot]) -> None:
        """Show the lines as they are now, over the same days and in the same view."""
        how, chosen = self.looked, self.plot.lines[self.chosen].id if self.plot.lines else ""
        self.show_lines(plots)
        self.choose(chosen)
        self.show_as(self.plot, how)

    @property
    def pointed(self) -> tuple[tuple[Line, int], ...]:
        """The figure that the title of the chosen chart tells."""
        line = self.plot.lines[self.chosen] if self.plot.lines else None
        at = _told_at(line, self.day) if line else None
        return ((line, at),) if line and at is not None else ()

    # ------------------------------------------------------------------ where what stands

    @property
    def _columns(self) -> int:
        """One where all charts have comfortable room below each other, else as many as the width allows."""
        widest = 1 if self.drawn.width < _WIDE else 2 if self.drawn.width < _WIDEST else 3
        lines, room = max(1, len(self.plot.lines)), self.drawn.height - _BELOW
        fitting = (each for each in range(1, widest) if -(-lines // each) * _COMFORTABLE_ROWS <= room)
        return min(next(fitting, widest), lines)

    @property
    def _cell(self) -> tuple[int, int]:
        """Columns and rows of each chart, its title and the blank column beside it included."""
        room = max(1, self.drawn.height - _BELOW)
        lines = -(-len(self.plot.lines) // self._columns) or 1
        visible = min(lines, max(1, room // _LEAST_ROWS))
        return (self.drawn.width - 2 * MARGIN) // self._columns, room // visible

    @property
    def _first(self) -> int:
        """The number of the first chart that is visible: the chosen one always is."""
        visible = max(1, (self.drawn.height - _BELOW) // self._cell[1])
        row = self.chosen // self._columns
        return max(0, row - visible + 1) * self._columns

    def _raster(self) -> Raster:
        if self._drawn is None:
            self._drawings = list(self._draw_all())
            self._drawn = self._drawings[0] if self._drawings else super()._raster()
        return self._drawn

    def _draw_all(self) -> list[Raster]:
        width, rows = self._cell
        looks = [look(self._alone(line), max(2, rows // 3)) for line in self.plot.lines]
        labels = max((label_cells(seen, seen.axes[0]) + 1 for seen in looks), default=0)
        around = Around(labels, days=False, marks=False)
        return [
            raster.raster(self._alone(line), max(1, width - MARGIN), max(1, rows - 1), self.dots, around)
            for line in self.plot.lines
        ]

    def _alone(self, line: Line) -> Plot:
        return self.plot._replace(lines=(line._replace(letter=""),), references=(), events=())

    # ------------------------------------------------------------------ keys

    @property
    def charts_in_view(self) -> int:
        """Charts that stand on the screen at once."""
        return self._columns * max(1, (self.drawn.height - _BELOW) // self._cell[1])

    def action_choose(self, step: int) -> None:
        """Choose the chart so many after the chosen one, or before it, at most to either end."""
        chosen = min(len(self.plot.lines) - 1, max(0, self.chosen + step))
        if chosen == self.chosen:
            self.post_message(self.Still(f"This is the {'last' if step > 0 else 'first'} chart."))
        elif self.plot.lines:
            self._choose(chosen)

    def choose(self, name: str) -> None:
        """Choose the chart of an indicator, where there is one."""
        numbers = [number for number, line in enumerate(self.plot.lines) if line.id == name]
        if numbers and numbers[0] != self.chosen:
            self._choose(numbers[0])

    def _choose(self, number: int) -> None:
        self.chosen = number
        self.refresh()
        self.post_message(self.Chosen())

    def action_open(self) -> None:
        """Open the indicator of the chosen chart."""
        if self.plot.lines:
            self.post_message(self.Opened(self.plot.lines[self.chosen].id))

    def _refresh_columns(self, *columns: int) -> None:
        self.refresh()

    # ------------------------------------------------------------------ drawing

    def drawn_line(self, y: int) -> Strip:
        """One row, without letters over it: a title, a row of plots, the days, or the readout."""
        drawn = self._raster()
        if y == self.drawn.height - 1:
            return self._readout(self._drawings[self.chosen] if self._drawings else drawn)
        ink = self._style("ink")
        width, rows = self._cell
        shown = max(1, (self.drawn.height - _BELOW) // rows)
        segments = [Segment(" " * MARGIN, ink)]
        for column in range(self._columns):
            number = self._first + y // rows * self._columns + column
            if y == self.drawn.height - _BELOW or y // rows >= shown:
                segments += self._days(drawn, width) if y == self.drawn.height - _BELOW else []
            elif number < len(self._drawings):
                segments += self._panel(number, y % rows, width)
        return Strip(segments).adjust_cell_length(self.drawn.width, ink)

    def _panel(self, number: int, row: int, width: int) -> list[Segment]:
        drawing = self._drawings[number]
        if not row:
            return self._title(number, width)
        column = drawing.column(self.day)
        runs = (
            drawing.crossed(row - 1, column)
            if self._dragged is None
            else drawing.crossed(row - 1, self._pressed or 0, self._dragged)
        )
        used = sum(len(run.text) for run in runs)
        found = [Segment(run.text, self._run_style(run.role, run.crossed)) for run in runs]
        return [*found, Segment(" " * (width - used), self._style("ink"))]

    def _title(self, number: int, width: int) -> list[Segment]:
        line = self._drawings[number].look.lines[0] if self._drawings[number].look.lines else None
        whole = self.plot.lines[number]
        at = _told_at(line, self.day) if line else None
        value = f"{amount(line.values[at], line)}  {line.period(at)}" if line and at is not None else "none"
        mark = (">" if self.dots == "ascii" else "▸") if number == self.chosen else " "
        name = clean_line(f"{mark} {whole.label} {whole.label_zh}".rstrip())
        room = max(0, width - MARGIN - cells.width(value) - 2)
        named = cells.fit(name, room)
        role = "ink" if number == self.chosen else "quiet"
        words = cells.fit(f"{named}  {value}", width)
        style = self._style(role)
        return [
            Segment(words[:_MARKED], style),
            Segment(words[_MARKED : len(named)], style + Style(meta={self.opens: whole.id})),
            Segment(words[len(named) :], self._style("line1")),
        ]

    def _told(self, drawn: Raster) -> Iterator[Part]:
        """The day of the crosshair, and the figure of the chosen chart."""
        yield Part(when(self.plot.lines, self.day), "ink")
        line = drawn.look.lines[0] if drawn.look.lines else None
        at = _told_at(line, self.day) if line else None
        if line and at is not None:
            yield Part(f"   {line.label} ", "quiet")
            yield Part(amount(line.values[at], line), "line1")
            yield Part("" if line.days[at] == self.day else f" ({line.period(at)})", "quiet")

    def _days(self, drawn: Raster, width: int) -> list[Segment]:
        canvas = Canvas(max(1, width - MARGIN), 1)
        frame = framed(drawn.look, canvas.width, 0, 1, self.dots, drawn.left)
        draw_days(canvas, frame, drawn.look)
        quiet = self._style("quiet")
        return [Segment("".join(canvas.text[0]) + " " * MARGIN, quiet)]

    # ------------------------------------------------------------------ mouse

    def _place(self, event: events.MouseEvent) -> int:
        return (event.x - MARGIN) % max(1, self._cell[0])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Choose the chart under the mouse, and begin to choose a span."""
        super().on_mouse_down(event)
        width, rows = self._cell
        number = self._first + event.y // rows * self._columns + (event.x - MARGIN) // max(1, width)
        if 0 <= number < len(self._drawings) and event.y < self.drawn.height - _BELOW:
            self._choose(number)


def _told_at(line: Line, day: int) -> int | None:
    """The point that a title tells: that of the day, else the last one before it."""
    return bisect_right(line.days, day) - 1 if line.days and line.days[0] <= day else None
