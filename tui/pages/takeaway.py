"""Charts and tables as files: which kind a name asks for, and what is in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from briefings.charts.plots import Plot
from briefings.desk import Desk
from briefings.documents.model import TOPICS
from briefings.figures.tabled import Entry, Table
from sources.text import clean_line
from tui.pages.page import Page

_NAMED = 2
"""Series whose names make the name of a file; of more it would be too long to be read."""

_COLUMNS = ("id", "period", "value", "change", "unit", "definition", "vintage", "basis")
_NOISE = 1e-13
"""What a few steps of arithmetic add to a number, beside one or the number itself."""


class UnwritableError(Exception):
    """A file that is not written, with the reason in words."""


def default_file(page: Page) -> str:
    """The file that is offered: a picture of a chart, else rows; of a past day with the day in its name."""
    from briefings.charts.png import is_available

    day = f"-as-of-{page.address.day}" if page.address.day else ""
    if page.plot is None and page.panels is None:
        return f"{_plain_name(page.plotted[0])}{day}.csv"
    return f"{_plain_name(_name_of(page))}{day}.{'png' if is_available() else 'svg'}"


def _name_of(page: Page) -> str:
    """What a chart is called by: its series, or the topic that it compares the figures of."""
    count = len(page.plotted)
    if count <= _NAMED:
        return "-".join(page.plotted)
    if page.panels is None:
        return f"{page.plotted[0]}-and-{count - 1}-more"
    name = page.address.name
    return name if name in TOPICS else f"comparison-of-{count}"


def _plain_name(name: str) -> str:
    """A name that leads to no other folder, hides no file, and is no option of a command."""
    return re.sub(r"[^\w.-]+", "-", name).lstrip(".-") or "figures"


def path_of(answer: str) -> Path:
    """The file that an answer names, in the current folder or the home folder where it says so."""
    path = Path(answer.strip())
    with suppress(RuntimeError):  # nobody has this name: then it is a folder's
        return path.expanduser()
    return path


def why_not(error: Exception, path: Path) -> str:
    """Why a file was not written, in words."""
    if isinstance(error, FileNotFoundError):
        return f"there is no folder {clean_line(str(path.parent))}"
    return getattr(error, "strerror", None) or str(error)


def body_for(desk: Desk, page: Page, shown: Plot | None, path: Path, dark: bool) -> bytes:
    """What is written into a file, by its ending: of the chart as it is `shown`, else as it would open.
    Raises `UnwritableError`."""
    kind = path.suffix.lower()
    if kind == ".csv":
        return _csv(desk, page).encode()
    if kind not in (".svg", ".png"):
        raise UnwritableError(f'"{clean_line(path.name)}": expected a name that ends in .png, .svg or .csv')
    plot = shown or _plot_of(page)
    if plot is None:
        raise UnwritableError("figures are written as .csv here; their chart is a picture (d)")
    from briefings.charts.png import NoPictureError, png

    drawn = _picture(desk, page, plot, dark)
    try:
        return png(drawn) if kind == ".png" else drawn.encode()
    except NoPictureError as error:
        raise UnwritableError(str(error)) from None


def _plot_of(page: Page) -> Plot | None:
    """What the charts of a page show when it opens."""
    if page.panels:
        from briefings.charts.plots import plot_of

        return plot_of(line for plot in page.panels() for line in plot.lines)
    return page.plot() if page.plot else None


def _picture(desk: Desk, page: Page, plot: Plot, dark: bool) -> str:
    """One chart, or, where a page shows small ones, all of these under its name."""
    from briefings.charts.captions import caption, caption_apart
    from briefings.charts.palettes import DARK, LIGHT

    palette = DARK if dark else LIGHT
    told = (desk.charts.sources(page.plotted), desk.today.isoformat())
    if page.panels:
        from briefings.charts.multiples import multiples

        return multiples(plot, caption_apart(page.path[-1], plot, *told), palette=palette)
    from briefings.charts.pictures import svg

    return svg(plot, caption(plot, *told), palette=palette)


def _csv(desk: Desk, page: Page) -> str:
    """The rows that a table shows, or all those of the lines of a chart."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for table, entries in _tables(desk, page):
        writer.writerows(_row(table, each) for each in entries)
    return written.getvalue()


def _tables(desk: Desk, page: Page) -> Iterator[tuple[Table, Iterable[Entry]]]:
    from tui.pages.observations import parts_of, rows_of

    shows = page.address.kind == "table"
    for name in page.plotted:
        table = desk.charts.table(name)
        if table:
            _, order, words = parts_of(page.address.name)
            yield table, rows_of(table, order, words) if shows else table.entries


def _row(table: Table, each: Entry) -> list[object]:
    from sources.frames import inert

    change = "" if each.change is None else _plain(each.change)
    told = map(clean_line, (table.unit, each.definition, each.vintage, each.basis))
    numbers = (_plain(each.value), change)
    return [inert(table.id), inert(str(each.period)), *numbers, *map(inert, told)]


def _plain(value: float) -> str:
    """A number as it is meant: 8.4, not the 8.399999999999999 that a difference comes to. One that has so
    many digits itself keeps them all."""
    short = f"{value:.12g}"
    return short if abs(float(short) - value) <= _NOISE * max(1.0, abs(value)) else repr(value)
