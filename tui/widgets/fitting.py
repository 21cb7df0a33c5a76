"""What a chart reads out, fitted into a row: names give way to figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefings.charts.readout import Part
from sources.text import clean_line
from tui.layout import cells

_SHORTEST_NAME = 4
"""Cells to which names of lines are cut before a figure is."""


def fitted(parts: Sequence[Part], room: int) -> Iterator[Part]:
    """The parts that fit into some cells, names cut first, then the last part."""
    return _cut(_named(parts, room), room)


def _named(parts: Sequence[Part], room: int) -> Iterator[Part]:
    """The parts, with names of lines so short that the figure of each line has room."""
    places = [number for number, part in enumerate(parts) if part.is_name]
    names = [clean_line(parts[number].text) for number in places]
    needed = parts[: places[-1] + 2] if places else ()
    spare = room - sum(cells.width(part.text) for part in needed if not part.is_name)
    if sum(map(cells.width, names)) > spare:
        names = [_own(name, names) for name in names]
    longest = max(map(cells.width, names), default=0)
    while longest > _SHORTEST_NAME and sum(min(cells.width(name), longest) for name in names) > spare:
        longest -= 1
    short = iter(names)
    return (part._replace(text=cells.cut(next(short), longest)) if part.is_name else part for part in parts)


def _own(name: str, names: Sequence[str]) -> str:
    """What a name says beyond another one: of `M2, definition old` beside `M2` the last two words."""
    known = next((each for each in names if name.startswith(f"{each}, ")), None)
    return name if known is None else name.removeprefix(f"{known}, ")


def _cut(parts: Iterator[Part], room: int) -> Iterator[Part]:
    """The parts that fit into some cells, the last of them cut."""
    for part in parts:
        text = cells.cut(clean_line(part.text), room)
        if text:
            yield Part(text, part.role)
        room -= cells.width(text)
        if room <= 0:
            return
