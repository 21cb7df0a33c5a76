"""The chart: its whole frame, and a step of its crosshair, without a terminal between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.bench import Bench, Group, say
from benchmarks.figures import Figure, Result, percentile, spread

if TYPE_CHECKING:
    from briefings.charts.plots import Plot

POINTS = 13_000
SIZE = (120, 34)

FRAME = Figure("chart-frame", "chart 120x34, 3 x 13,000 points: frame", "ms", "measured", 30, 18)
STEP = Figure("chart-step", "chart: a step of the crosshair, p95", "ms", "measured", 16, 8)


def measure(bench: Bench) -> Iterator[Result]:
    """Draw three long lines in a chart that stands alone, then move through it."""
    say(f"a chart of 3 x {POINTS:,} points: {bench.presses} steps")
    frames, steps = asyncio.run(_measured(bench))
    yield FRAME.of(median(frames), **spread(frames))
    yield STEP.of(percentile(steps), **spread(steps))


async def _measured(bench: Bench) -> tuple[list[float], list[float]]:
    from textual.app import App, ComposeResult

    from tui.theme import DARK
    from tui.widgets.chart import ChartView

    class ChartApp(App[None]):
        """A chart alone on the screen."""

        def __init__(self) -> None:
            super().__init__()
            self.register_theme(DARK)
            self.theme = DARK.name
            self.chart = ChartView(plot)

        def compose(self) -> ComposeResult:
            yield self.chart

    plot = _plot()
    app = ChartApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        chart, compositor = app.chart, app.screen._compositor

        def timed(move: Callable[[], None]) -> float:
            began = time.perf_counter()
            move()
            compositor.render_strips()
            return 1000 * (time.perf_counter() - began)

        frames = [timed(lambda: chart.show(plot)) for _ in range(max(3, bench.rounds))]
        steps = [timed(lambda: chart.action_step(-1)) for _ in range(bench.presses)]
    return frames, steps


def _plot() -> Plot:
    from briefings.charts.plots import line_of, plot_of
    from sources.model import Observation, Period, Series

    first = date(1990, 1, 1)
    periods = [Period(first + timedelta(day), "B") for day in range(POINTS)]
    lines = []
    for number in (1, 2, 3):
        values = [100 * number + day * number % 977 / 10 for day in range(POINTS)]
        found = [Observation(period, value) for period, value in zip(periods, values, strict=True)]
        lines.append(line_of(Series(f"a.b{number}", "%", "B", found), f"Line {number}"))
    return plot_of(lines)


GROUP = Group((FRAME, STEP), measure)
