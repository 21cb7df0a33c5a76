"""A plot as a picture for a report: SVG of our own writing, in light or dark.

It asks for nothing from elsewhere: no script, no style sheet, no font but those of whoever looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefings.charts.drawing import (
    GAP,
    MARGIN,
    Framed,
    breaks,
    days,
    events,
    label_room,
    lines,
    name_in,
    nothing,
    references,
    scales,
)
from briefings.charts.lettering import (
    FONTS,
    LEADING,
    SMALL,
    TEXT,
    TITLE,
    cut,
    headed,
    lettered,
    plain,
    wide,
    wrapped,
)
from briefings.charts.palettes import LIGHT, Palette
from briefings.charts.plots import Plot
from briefings.charts.views import Look, look

_LEAST = (320, 200)
_HEIGHT, _FEW_NOTES = 540, 3
_TICK_ROOM = 44
_BOTTOM = 42.0
_NAMES = 0.28


class Legend(NamedTuple):
    """The words around a picture: above it, and below as notes and the source."""

    title: str
    title_zh: str = ""
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""


def svg(
    plot: Plot, legend: Legend, width: int = 960, height: int | None = None, palette: Palette = LIGHT
) -> str:
    """The whole picture of a plot, at least 320 by 200 pixels; where no height is asked for, one that
    leaves the plot its room above however many notes."""
    width = max(width, _LEAST[0])
    title = headed(legend.title, width - 2 * MARGIN)
    head = list(head_of(title, legend, width, palette))
    foot = wrapped((*legend.notes, legend.source), width - 2 * MARGIN)
    height = max(height or _height_for(len(foot)), _LEAST[1])
    top = MARGIN + TITLE + below(title) + (TEXT * LEADING if legend.subtitle else 0.0) + 4.5 * GAP
    bottom = height - _BOTTOM - (len(foot) * SMALL * LEADING + GAP if foot else 0.0)
    bottom = max(bottom, top + 40)
    seen = look(plot, max(2, int((bottom - top) / _TICK_ROOM)))
    names = _room_for_names(seen, width)
    left = MARGIN + label_room(seen.axes[0])
    right = width - MARGIN - (label_room(seen.axes[1]) if len(seen.axes) > 1 else 0.0)
    right = max(left + 40, right - names)
    frame = Framed(left, top, right, bottom, seen, palette, names - 2 * GAP)
    parts = [
        *head,
        *(nothing(frame) if seen.is_empty else (*scales(frame), *days(frame))),
        *events(frame),
        *breaks(frame),
        *references(frame),
        *lines(frame),
        *foot_of(foot, width, height, palette),
    ]
    return "\n".join([opening(legend, width, height, palette), *parts, "</svg>", ""])


def _height_for(notes: int) -> int:
    """The height of a picture under which so many lines of notes stand."""
    return _HEIGHT + round(max(0, notes - _FEW_NOTES) * SMALL * LEADING)


def _room_for_names(seen: Look, width: int) -> float:
    """Pixels beside the plot in which lines are named; a single one is named by the title."""
    if len(seen.lines) < 2:
        return 0.0
    return (
        min(max(wide(name_in(line, width * _NAMES), TEXT) for line in seen.lines), width * _NAMES) + 2 * GAP
    )


def opening(legend: Legend, width: int, height: int, palette: Palette) -> str:
    """The first lines of a picture: its size, its words for those who do not see it, its ground."""
    title = plain(" ".join(filter(None, (legend.title, legend.title_zh))))
    words = plain(" ".join(filter(None, (legend.subtitle, *legend.notes, legend.source))))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" font-family="{FONTS}">\n'
        f"<title>{title}</title>\n<desc>{words}</desc>\n"
        f'<rect width="{width}" height="{height}" fill="{palette.paper}"/>'
    )


# ---------------------------------------------------------------------- the words around it


def below(title: Sequence[str]) -> float:
    """Pixels that the lines of a title take below its first."""
    return max(0, len(title) - 1) * TITLE * 1.25


def head_of(title: Sequence[str], legend: Legend, width: int, palette: Palette) -> Iterator[str]:
    """The title, in as many lines as it was broken into, and what stands below."""
    y = MARGIN + TITLE * 0.8
    room = width - 2 * MARGIN - wide("".join(title), TITLE) * 1.2 - 2 * GAP
    for number, line in enumerate(title):
        yield lettered(line, MARGIN, y + below(title[: number + 1]), palette.ink, TITLE, bold=True)
    if legend.title_zh and wide(legend.title_zh, TITLE * 0.8) < room:
        # at the other edge, in a text of its own: where a sign is missing, renderers draw the whole text
        # in another font, which need not be bold
        yield lettered(legend.title_zh, width - MARGIN, y, palette.ink, TITLE * 0.8, "end")
    if legend.subtitle:
        subtitle = cut(legend.subtitle, width - 2 * MARGIN, TEXT)
        yield lettered(subtitle, MARGIN, y + below(title) + TEXT * LEADING + 2, palette.quiet)


def foot_of(lines: Sequence[str], width: int, height: int, palette: Palette) -> Iterator[str]:
    """The lines of notes and source."""
    for number, line in enumerate(reversed(lines)):
        y = height - MARGIN / 2 - number * SMALL * LEADING
        yield lettered(line, MARGIN, y, palette.quiet, SMALL)
