"""The chart widget, driven by keys and mouse in a small app."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from itertools import pairwise

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from briefings.charts.plots import Plot, line_of, plot_of
from sources.model import Observation, Period, Series
from tui.theme import THEMES
from tui.widgets.chart import ChartView

SIZES = [(80, 24), (120, 40)]


def months(count: int, first: int = 2008) -> list[Period]:
    return [Period(date(first + at // 12, at % 12 + 1, 1), "M") for at in range(count)]


def monthly(values: Sequence[float], name: str = "cn.m2_yoy", unit: str = "%") -> Series:
    pairs = zip(months(len(values)), values, strict=True)
    return Series(name, unit, "M", [Observation(period, value) for period, value in pairs])


def rising(count: int = 120) -> Plot:
    return plot_of([line_of(monthly([float(n) for n in range(1, count + 1)]), "M2 growth", decimals=1)])


class ChartApp(App[None]):
    """A chart alone on the screen."""

    def __init__(self, plot: Plot, theme: str = "dark") -> None:
        super().__init__()
        for each in THEMES.values():
            self.register_theme(each)
        self.theme = THEMES[theme].name
        self.chart = ChartView(plot)

    def compose(self) -> ComposeResult:
        yield self.chart


class Desk:
    """Presses keys and reads the screen."""

    def __init__(self, app: ChartApp, pilot: Pilot[None]) -> None:
        self.chart = app.chart
        self.app = app
        self.pilot = pilot

    async def rows(self) -> list[str]:
        await self.pilot.pause()
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    async def press(self, *keys: str) -> str:
        """The readout after some keys."""
        await self.pilot.press(*keys)
        return (await self.rows())[-1].strip()


@asynccontextmanager
async def charted(plot: Plot, size: tuple[int, int] = (80, 24), theme: str = "dark") -> AsyncIterator[Desk]:
    app = ChartApp(plot, theme)
    async with app.run_test(size=size) as pilot:
        app.chart.focus()
        await pilot.pause()
        yield Desk(app, pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_crosshair_reads_out_each_figure(size: tuple[int, int]) -> None:
    async with charted(rising(), size) as desk:
        assert (await desk.rows())[-1].split() == ["2017-12", "M2", "growth", "120.0", "%", "all"]
        assert (await desk.press("left")).startswith("2017-11   M2 growth 119.0 %")
        assert (await desk.press("left", "left", "right")).startswith("2017-10")
        assert (await desk.press("home")).startswith("2008-01   M2 growth 1.0 %")
        assert (await desk.press("left")).startswith("2008-01")
        assert (await desk.press("pagedown")).startswith("2009-01")
        assert (await desk.press("end")).startswith("2017-12")


async def test_the_mark_of_the_crosshair_stands_above_its_column() -> None:
    async with charted(rising()) as desk:
        await desk.press("home")
        rows = await desk.rows()
        assert rows[0].strip() == "▾"
        column = rows[0].index("▾")
        await desk.press("end")
        assert (await desk.rows())[0].index("▾") > column + 60


async def test_zoom_and_presets_change_the_span() -> None:
    async with charted(rising(240)) as desk:
        assert (await desk.press("left_square_bracket")).endswith("10y")
        assert (await desk.press("left_square_bracket", "left_square_bracket")).endswith("1y")
        row = (await desk.rows())[-2]
        assert "2027-04" in row
        assert "2010" not in row
        assert (await desk.press("right_square_bracket")).endswith("5y")
        await desk.press("equals_sign")
        assert desk.chart.plot.last - desk.chart.plot.first < 366 * 3
        assert (await desk.press(*["minus"] * 6)).endswith("all")


async def test_moving_beyond_the_edge_moves_the_span() -> None:
    async with charted(rising(240)) as desk:
        await desk.press("left_square_bracket", "left_square_bracket", "left_square_bracket", "home")
        first = desk.chart.plot.first
        await desk.press("left")
        assert desk.chart.plot.first < first <= desk.chart.plot.last
        assert desk.chart.plot.first <= desk.chart.day <= desk.chart.plot.last


async def test_views_and_the_logarithmic_scale_say_what_they_are() -> None:
    async with charted(rising()) as desk:
        assert "100 at the left" in await desk.press("percent_sign", "home")
        assert "M2 growth 100.0 " in await desk.press("home")
        changed = await desk.press("percent_sign", "end")
        assert "12.0 pp" in changed
        assert changed.endswith("against a year before")
        assert (await desk.press("percent_sign", "backslash")).endswith("all  log")
    negative = plot_of([line_of(monthly([-3.0, -2.0, -4.0]), "Losses")])
    async with charted(negative) as desk:
        assert (await desk.press("backslash")).endswith("log needs all above zero")


async def test_the_mouse_reads_out_and_a_drag_chooses_a_span() -> None:
    async with charted(rising()) as desk:
        await desk.pilot.hover(ChartView, offset=(12, 8))
        hovered = (await desk.rows())[-1].strip()
        assert hovered.startswith("2008-")
        await desk.pilot.mouse_down(ChartView, offset=(30, 8))
        await desk.pilot.hover(ChartView, offset=(50, 8))
        await desk.pilot.mouse_up(ChartView, offset=(50, 8))
        chosen = desk.chart.plot
        assert 365 * 2 < chosen.last - chosen.first < 365 * 4
        await desk.pilot.click(ChartView, offset=(40, 8))
        assert desk.chart.plot == chosen


async def test_escape_lets_go_of_a_drag() -> None:
    async with charted(rising()) as desk:
        before = desk.chart.plot
        await desk.press("left")
        await desk.pilot.mouse_down(ChartView, offset=(30, 8))
        await desk.pilot.hover(ChartView, offset=(50, 8))
        await desk.press("escape")
        await desk.pilot.mouse_up(ChartView, offset=(50, 8))
        assert desk.chart.plot == before


async def test_the_wheel_looks_closer_at_what_is_under_the_mouse() -> None:
    async with charted(rising()) as desk:
        before = desk.chart.plot
        await desk.pilot._post_mouse_events(
            [_wheel()], ChartView, offset=(40, 8), button=0, shift=False, meta=False, control=False
        )
        await desk.pilot.pause()
        after = desk.chart.plot
        assert before.first < after.first < after.last < before.last


async def test_it_fits_any_size_and_lives_through_resizing() -> None:
    async with charted(rising(), (120, 40)) as desk:
        for size in [(60, 16), (8, 3), (1, 1), (200, 60), (80, 24)]:
            await desk.pilot.resize_terminal(*size)
            assert len(await desk.rows()) == size[1]
        assert (await desk.rows())[-1].strip().startswith("2017-12")


async def test_only_the_columns_of_the_crosshair_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with charted(rising(), (120, 40)) as desk:
        drawn: list[tuple[int, int]] = []
        refresh = desk.chart.refresh

        def watched(*regions: object, **options: object) -> ChartView:
            drawn.extend((region.width, region.height) for region in regions)  # type: ignore[attr-defined]
            return refresh(*regions, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(desk.chart, "refresh", watched)
        await desk.press("left")
        assert sorted(set(drawn)) == [(1, 39), (120, 1)]


@pytest.mark.parametrize("theme", THEMES)
async def test_every_theme_tells_lines_apart(theme: str) -> None:
    lines = [line_of(monthly([n * k for n in range(40)], f"a.b{k}"), f"Line {k}") for k in (1.0, 2.0, 3.0)]
    async with charted(plot_of(lines), theme=theme) as desk:
        await desk.rows()
        colours = {desk.chart.get_component_rich_style(f"chart--line{n}").color for n in (1, 2, 3)}
        assert len(colours) == 3
        readout = (await desk.rows())[-1]
        assert "a Line 1.0" in readout
        assert "b Line 2.0" in readout


@pytest.mark.parametrize(
    "values", [[], [5.0], [float("nan")], [float("inf"), 1.0], [2.0, 2.0, 2.0], [-1.0, -9.0], [1e308, -1e308]]
)
async def test_odd_figures_are_drawn(values: list[float]) -> None:
    async with charted(plot_of([line_of(monthly(values), "Odd")])) as desk:
        await desk.press("left", "right", "pageup", "home", "end", "equals_sign", "minus")
        await desk.press("left_square_bracket", "percent_sign", "percent_sign", "percent_sign", "backslash")
        assert len(await desk.rows()) == 24


async def test_a_page_moves_a_figure_at_least_until_there_is_none() -> None:
    async with charted(rising(60)) as desk:
        await desk.press("left_square_bracket", *["equals_sign"] * 6)
        days = [desk.chart.day]
        for _ in range(60):
            await desk.press("pageup")
            days.append(desk.chart.day)
        assert min(days) == desk.chart.plot.lines[0].days[0]
        moved = [before - after for before, after in pairwise(days) if after > min(days)]
        assert all(step > 0 for step in moved)


def _wheel() -> type:
    from textual.events import MouseScrollUp

    return MouseScrollUp


@pytest.mark.parametrize(
    "names", [("A name of many words and no end", "M2"), ("Both", "广义货币与狭义货币增速差" * 3)]
)
async def test_the_readout_shortens_names_and_keeps_every_figure(names: tuple[str, str]) -> None:
    lines = [
        line_of(monthly([value] * 30, f"cn.{number}"), name, decimals=1)
        for number, (name, value) in enumerate(
            zip((*names, "Third of them"), (10.5, -20.5, 30.5), strict=True)
        )
    ]
    async with charted(plot_of(lines), (80, 24)) as desk:
        readout = (await desk.rows())[-1]
        for figure in ("10.5 %", "-20.5 %", "30.5 %", "all"):
            assert figure in readout
    async with charted(plot_of(lines[:1]), (120, 40)) as desk:
        assert f"{names[0]} 10.5 %" in (await desk.rows())[-1]
