"""Letters over what can be opened: which letters, where they stand, and how they are drawn.

They replace cells of rows that are drawn already, so that showing them lays nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.widgets.base import LineWidget
from tui.widgets.looks import look

LETTERS = "asdfghjkl"
"""The home row."""

HINT = "hint"
"""What letters are called in the meta data of their cells."""

_BLANK = " ▸>"
"""What a label may stand over: blanks, and the mark of the row that is chosen."""


class Spot(NamedTuple):
    """The first cell of something that can be opened: a row and a column of its widget."""

    row: int
    column: int
    target: object


class Label(NamedTuple):
    """Letters in a row, from a column on; the first `typed` of them have been typed."""

    column: int
    text: str
    typed: int = 0


def labels(count: int, letters: str = LETTERS) -> list[str]:
    """So many labels, none the beginning of another, the shortest first; as few letters as that needs."""
    made = list(letters)
    while len(made) < count:
        least = len(made[0])
        last = max(at for at, label in enumerate(made) if len(label) == least)
        first = made.pop(last)
        made += [first + letter for letter in letters]
    return made[:count]


def spots(strip: Strip, row: int, name: str) -> Iterator[Spot]:
    """Where each target of a drawn row begins: its segments have it in their meta data by `name`."""
    column, before = 0, None
    for segment in strip:
        target = segment.style.meta.get(name) if segment.style else None
        if target is not None and target != before:
            yield Spot(row, column, target)
        before = target
        column += segment.cell_length


def placed(text: str, column: int, strip: Strip, free: int) -> Label:
    """A label for what begins at a column: in the blanks and marks before it, else over its first cells.

    Cells before `free` belong to the label before.
    """
    before = strip.crop(free, max(free, column)).text
    blanks = len(before) - len(before.rstrip(_BLANK))
    parted = blanks > len(text)
    start = column - len(text) - parted if blanks >= len(text) else max(free, column)
    return Label(start, text)


def labelled(strip: Strip, row: Sequence[Label], style: Style, typed: Style) -> Strip:
    """A row with labels over its cells, at the same width; a click finds each by `HINT`."""
    parts, at = [], 0
    for label in row:
        end = min(label.column + len(label.text), strip.cell_length)
        shown = label.text[: max(0, end - label.column)]
        meant = Style(meta={HINT: label.text})
        letters = [
            Segment(shown[: label.typed], typed + meant),
            Segment(shown[label.typed :], style + meant),
        ]
        parts += [strip.crop(at, label.column), Strip(letters)]
        at = end
    return Strip.join([*parts, strip.crop(at)])


class Labelled(LineWidget):
    """A widget that can show letters over its rows. `opens` names what a segment's meta data open."""

    opens: ClassVar[str] = "link"
    row_labels: Mapping[int, Sequence[Label]] = {}

    def drawn_line(self, y: int) -> Strip:
        """A row without letters."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """One row of the widget."""
        strip = self.drawn_line(y)
        row = self.row_labels.get(y)
        if not row:
            return strip
        return labelled(strip, row, look(self.app, "label"), look(self.app, "typed-label"))

    def visible_spots(self) -> list[Spot]:
        """What can be opened, by row and column, each once however many rows it takes."""
        found: dict[object, Spot] = {}
        for y in range(self.drawn.height):
            for spot in spots(self.drawn_line(y), y, self.opens):
                found.setdefault(spot.target, spot)
        return list(found.values())

    def places_for(self, labels: Sequence[tuple[Spot, str]]) -> list[Label]:
        """Where labels stand that belong to spots, given by row and column."""
        found: list[Label] = []
        row, free = -1, 0
        for spot, text in labels:
            free = 0 if spot.row != row else free
            label = placed(text, spot.column, self.drawn_line(spot.row), free)
            row, free = spot.row, label.column + len(text)
            found.append(label)
        return found

    def show_labels(self, shown: Sequence[tuple[int, Label]]) -> None:
        """Show labels, given with their rows; none takes all away."""
        rows: dict[int, list[Label]] = {}
        for row, label in shown:
            rows.setdefault(row, []).append(label)
        if rows != self.row_labels:
            self.row_labels = rows
            self.refresh()
