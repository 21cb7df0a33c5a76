"""`briefing chart`: figures as a picture, in characters or as an SVG or PNG file."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sources.catalogue.indicator import Indicator
from sources.likeness import nearest
from sources.model import Period
from sources.observed import definitions_of
from sources.text import clean_line
from tui.cli.arguments import add_as_of, number_between, one_of
from tui.cli.holding import Holding, holding, unknown
from tui.cli.output import FINE, USAGE, RequestError
from tui.cli.session import Session
from tui.terminal import terminal

if TYPE_CHECKING:
    from briefings.charts.canvas import Row
    from briefings.charts.frame import Style
    from briefings.charts.plots import Line, Plot, Reference

VIEWS = {"plain": "plain", "rebased": "rebased", "yoy": "yearly"}
_MOST_LINES = 8
_CELLS, _PIXELS = ((20, 1000), (6, 300)), ((320, 8000), (200, 8000))
_ROWS = 20
_WIDTH = 960
_SGR = {"line1": "34", "line2": "35", "line3": "36", "quiet": "2", "reference": "2"}
_HANGING = 3


@dataclass(frozen=True, slots=True)
class _Charted:
    """A plot with the entries that its lines come from, and whose figures they are."""

    plot: Plot
    entries: tuple[Indicator, ...]
    sources: tuple[str, ...]
    known: str
    missing: tuple[str, ...] = ()
    """A sentence for each line that has no figures."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Take ids, a span, a size, a view, a day, and a file."""
    parser.add_argument(
        "ids", metavar="ID", nargs="+", help="indicators by id or mnemonic; M1:old asks for one definition"
    )
    parser.add_argument(
        "--from", dest="first", type=_period, metavar="PERIOD", help="where to begin: 2008, 2024Q1, 2025-06"
    )
    parser.add_argument("--to", dest="last", type=_period, metavar="PERIOD", help="where to end, included")
    add_as_of(parser)
    view = one_of("view", tuple(VIEWS))
    parser.add_argument(
        "--view", type=view, default="plain", help="plain, rebased to 100, or yoy: yearly change"
    )
    parser.add_argument("--log", action="store_true", help="a logarithmic scale, where all is above zero")
    parser.add_argument("--claims", metavar="ID", help="also draw what the claims of this briefing state")
    parser.add_argument(
        "--size", type=_size, metavar="WxH", help="in cells (80x20), or in pixels for a file (960x540)"
    )
    parser.add_argument("--plain", action="store_true", help="say in words what the chart shows")
    parser.add_argument("--ascii", action="store_true", help="draw with plain characters alone")
    parser.add_argument(
        "-o", dest="file", type=_picture_file, metavar="FILE", help="write a picture instead: .svg or .png"
    )
    parser.add_argument("--dark", action="store_true", help="a picture on a dark ground")
    parser.add_argument("--force", action="store_true", help="replace FILE where it is there already")


def run(session: Session, options: argparse.Namespace) -> int:
    """Draw the indicators in one chart."""
    with holding(session, options.as_of) as held:
        names = held.full_names(options.ids)
        if len(names) > _MOST_LINES:
            raise RequestError("usage", f"{len(names)} lines are too many; at most {_MOST_LINES}", USAGE)
        charted = _charted(session, held, names, options)
    if options.file:
        from tui.cli.saving import save

        save(options.file, _picture(charted, options), force=options.force)
    if session.output.as_json:
        for words in charted.missing:
            session.output.warn(words)
        session.output.data("chart", _record(charted, options.file))
    elif options.file:
        session.output.narrate(f"Written: {options.file}")
    else:
        session.output.text(_lines(session, charted, options))
    return FINE


# ---------------------------------------------------------------------- options


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        words = f'"{clean_line(text)}" is no period; expected 2023, 2024Q1, 2025-06 or 2025-06-30'
        raise argparse.ArgumentTypeError(words) from None


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    number: Callable[[str], int] = number_between(1, 100_000)
    if not re.fullmatch(r"\d+x\d+", text.lower(), re.ASCII):
        raise argparse.ArgumentTypeError(f'"{clean_line(text)}" is no size; expected WxH, as 100x30')
    return number(width), number(height)


def _picture_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in (".svg", ".png"):
        words = f'"{clean_line(text)}" is no picture we write; expected FILE.svg or FILE.png'
        raise argparse.ArgumentTypeError(words)
    return path


def _sized(asked: tuple[int, int], bounds: tuple[tuple[int, int], tuple[int, int]]) -> tuple[int, int]:
    """The size that was asked for. Raises `RequestError` outside of what can be drawn."""
    for number, (least, most) in zip(asked, bounds, strict=True):
        if not least <= number <= most:
            words = "x".join(map(str, asked))
            ends = f"{bounds[0][0]}x{bounds[1][0]} to {bounds[0][1]}x{bounds[1][1]}"
            raise RequestError("usage", f"the size {words} does not fit; expected {ends}", USAGE)
    return asked


# ---------------------------------------------------------------------- what is drawn


def _charted(session: Session, held: Holding, names: list[str], options: argparse.Namespace) -> _Charted:
    from briefings.charts.charted import line_for, sources_of
    from briefings.charts.moving import spanning
    from briefings.charts.plots import plot_of

    today = session.now().date()
    lines: list[Line] = []
    entries = []
    for name in names:
        entries.append(_entry(held, name))
        line = line_for(held.observed, name, today)
        assert line is not None  # noqa: S101  (the entry was found)
        lines.append(line)
    references = _claimed(session, options.claims) if options.claims else ()
    plot = plot_of(lines, references, view=VIEWS[options.view], log=options.log)  # type: ignore[arg-type]
    first = options.first.first.toordinal() if options.first else plot.first
    last = options.last.last.toordinal() if options.last else plot.last
    if first >= last:
        raise RequestError("usage", "--from lies after --to, or after the figures end", USAGE)
    sources = sources_of(held.observed, (entry.id for entry in entries))
    known = options.as_of or today
    missing = tuple(_missing(line, held, options.as_of) for line in lines if not line.days)
    return _Charted(spanning(plot, first, last), tuple(entries), sources, known.isoformat(), missing)


def _missing(line: Line, held: Holding, as_of: date | None) -> str:
    """Why a line has no figures, and what would bring them."""
    id_ = line.id.partition(":")[0]
    if as_of is None:
        entry = held.find(id_)
        way = f"; briefing refresh {id_} asks" if entry.source or entry.derived else ""
        return f"{line.label}: no figures yet{way}"
    begins = held.observed.begins(id_)
    history = f" No history before {begins}." if begins else ""
    return f"{line.label}: nothing was known of it on {as_of}.{history}"


def _entry(held: Holding, name: str) -> Indicator:
    id_, _, definition = name.partition(":")
    entry = held.find(id_)
    known = definitions_of(held.catalogue, entry.id)
    if definition and definition not in known:
        near = nearest(definition, known) or ", ".join(known)
        raise unknown(f"definition of {entry.id}", definition, near or None)
    return entry


def _claimed(session: Session, name: str) -> Iterator[Reference]:
    """What the claims of a briefing state of series, named by the claim."""
    claims = session.desk.items_of(session.find(name).document, "claim")
    if not claims:
        raise RequestError("usage", f"--claims {name}: no claims are made there; name a briefing", USAGE)
    for item in claims:
        yield from session.desk.charts.stated(item)


# ---------------------------------------------------------------------- text


def _lines(session: Session, charted: _Charted, options: argparse.Namespace) -> Iterator[str]:
    from briefings.charts.moving import nearest_day
    from briefings.charts.raster import raster
    from briefings.charts.readout import readout
    from tui.cli.drawing import in_colour, width_of_output

    wanted = _sized(options.size, _CELLS) if options.size else (width_of_output(None), _ROWS)
    drawn = raster(charted.plot, *wanted, _style(session, options))
    colour = in_colour(session.settings) and not options.ascii
    yield clean_line(
        " and ".join(f"{each.id}  {each.title} {each.title_zh}".rstrip() for each in charted.entries)
    )
    if not charted.plot.is_empty:
        for row in () if options.plain else drawn.rows:
            yield _painted(row) if colour else "".join(run.text for run in row).rstrip()
        newest = nearest_day(charted.plot, charted.plot.last)
        yield clean_line("".join(part.text for part in readout(drawn.look, newest)))
    yield ""
    for words in _words(charted, drawn.look.lines):
        yield from _wrapped(clean_line(words), wanted[0])


def _style(session: Session, options: argparse.Namespace) -> Style:
    plain = options.ascii or session.settings.ascii or not terminal.writes_unicode()
    return "ascii" if plain else session.settings.charts


def _painted(row: Row) -> str:
    return "".join(
        f"\x1b[{_SGR[run.role]}m{run.text}\x1b[0m" if run.role in _SGR else run.text for run in row
    )


def _words(charted: _Charted, drawn: tuple[Line, ...]) -> Iterator[str]:
    """The summary: lines in the view that is drawn, what is stated, where definitions change, sources."""
    from briefings.charts.captions import left_out, stated, summary
    from briefings.charts.charted import breaks_told

    plot = charted.plot
    yield from summary(plot, drawn)
    shown = {line.id for line in drawn}
    yield from charted.missing
    for line in plot.lines:
        if line.days and line.id not in shown:
            yield f"{line.label}: nothing can be shown of it in this view"
    yield from left_out(plot)
    yield from stated(plot)
    yield from breaks_told(plot.lines, plot.first, plot.last)
    if charted.sources:
        yield f"Source: {', '.join(charted.sources)}. As known on {charted.known}."


def _wrapped(text: str, width: int) -> Iterator[str]:
    from tui.layout.cells import width as cells

    line, indent = "", ""
    for word in text.split(" "):
        if line and cells(f"{line} {word}") > width:
            yield line.rstrip()
            line, indent = "", " " * _HANGING
        line = f"{line} {word}" if line else f"{indent}{word}" if word else ""
    yield line.rstrip()


# ---------------------------------------------------------------------- file and JSON


def _picture(charted: _Charted, options: argparse.Namespace) -> str | bytes:
    from briefings.charts.captions import caption
    from briefings.charts.palettes import DARK, LIGHT
    from briefings.charts.pictures import svg
    from briefings.charts.png import NoPictureError, png

    width, height = _sized(options.size, _PIXELS) if options.size else (_WIDTH, None)
    words = caption(charted.plot, charted.sources, charted.known)
    drawn = svg(charted.plot, words, width, height, DARK if options.dark else LIGHT)
    if options.file.suffix.lower() == ".svg":
        return drawn
    try:
        return png(drawn)
    except NoPictureError as error:
        raise RequestError("output", str(error), USAGE) from None


def _record(charted: _Charted, file: Path | None) -> dict[str, object]:
    from briefings.charts.views import look

    plot = charted.plot
    seen = look(plot)
    return {
        "first": None if plot.is_empty else date.fromordinal(plot.first).isoformat(),
        "last": None if plot.is_empty else date.fromordinal(plot.last).isoformat(),
        "view": next(name for name, view in VIEWS.items() if view == seen.view),
        "log": seen.log,
        "lines": [_line_record(line, plot) for line in seen.lines],
        "references": [
            {
                "letter": each.letter,
                "series": each.line,
                "claim": each.label,
                "value": each.value,
                "first": date.fromordinal(each.first).isoformat(),
                "last": date.fromordinal(each.last).isoformat(),
            }
            for each in seen.references
        ],
        "sources": list(charted.sources),
        "file": str(file) if file else None,
    }


def _line_record(line: Line, plot: Plot) -> dict[str, object]:
    from briefings.charts.readout import summary

    found = summary(line, plot.first, plot.last)
    named = ("low", "high", "newest")
    ends = {name: getattr(found, name)._asdict() if found else None for name in named}
    return {
        "id": line.id,
        "title": line.label,
        "unit": line.unit,
        **ends,
        "mean_12_months": found.mean if found else None,
        "deviation_12_months": found.deviation if found else None,
        "breaks": [
            {"period": each.period, "note": each.note}
            for each in line.breaks
            if plot.first <= each.day <= plot.last
        ],
    }
