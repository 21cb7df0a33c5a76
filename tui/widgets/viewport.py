"""What is visible of a text: which rows of which blocks, and how that moves. Nothing is drawn here.

What is at the top is a block and a row of it, not a row of the whole: nothing above needs a height,
so opening and scrolling cost the same at any length. A resize keeps the first visible character.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefings.documents.model import Block
from tui.layout.blocks import targets
from tui.layout.context import PLAIN, Context
from tui.layout.lazy_lines import LazyLines
from tui.layout.lines import Line
from tui.layout.place import Place, Target
from tui.widgets.recent import Recent
from tui.widgets.sheet import Sheet

_SHEETS_KEPT = 12

NO_TABLE = "No table goes on sideways here."
"""Why nothing is scrolled sideways where no table is wider than its room."""

Row = tuple[int, int]
"""(block, row in the block, blank rows above it included)."""


class Viewport:
    """A window of some cells on blocks of any number, laid out only where it looks."""

    def __init__(self) -> None:
        self.blocks: Sequence[Block] = ()
        self.context: Context = PLAIN
        self.width = 0
        self.height = 0
        self.shifts: dict[int, int] = {}
        self._top: Row = (0, 0)
        self._wanted: Place | None = None
        self._anchor: Place | None = None
        self._end: Row | None = None
        self._rows: list[Row] = []
        self._sheets: Recent[Sheet] = Recent(_SHEETS_KEPT)
        self._sheet: Sheet | None = None

    # ------------------------------------------------------------------ content and size

    def show(self, blocks: Sequence[Block], context: Context, place: Place) -> None:
        """Look at other blocks, from a place on."""
        self.blocks, self.context = blocks, context
        self.shifts = dict(place.shifts)
        self.restore(place)
        self._look_anew()

    def restore(self, place: Place) -> None:
        """Go to a place of the same blocks."""
        self._wanted = place
        self._rows = []

    def resize(self, width: int, height: int) -> None:
        """Look through another number of cells, at the same first character."""
        self._wanted = self.place()
        self.width, self.height = width, height
        self._look_anew()

    def shift_table(self, focused: Target | None, step: int) -> str:
        """Scroll a visible table sideways by a column: the one at the focus, if it is wider than its room,
        else the first that has a column left there. In words why none does."""
        tables = self._tables_in_view()
        wide = [table for table in tables if self._columns_left(table, 1) or self._columns_left(table, -1)]
        chosen = [focused.block] if focused and focused.block in wide else wide
        if movable := [table for table in chosen if self._columns_left(table, step)]:
            self.shifts[movable[0]] = self.shifts.get(movable[0], 0) + step
            self._wanted = self.place()
            self._look_anew()
            return ""
        if wide:
            return f"No more columns at the {'right' if step > 0 else 'left'}."
        return "The whole table is shown." if any(self.blocks[table].headed for table in tables) else NO_TABLE

    def _columns_left(self, table: int, step: int) -> int:
        """The columns of a table that are out of sight to its right, or to its left."""
        shift = self.shifts.get(table, 0)
        return self.sheet.columns_beyond(table, shift) if step > 0 else shift

    def place(self) -> Place:
        """Where the window is. Until it is moved, that is where it was put, whatever its width."""
        if kept := self._wanted or self._anchor:
            return kept
        if not self.blocks:
            return Place()
        block, row = self._top
        lines, blank = self.laid_out(block)
        if row < blank or not lines:
            return Place(block, 0, blank - row)
        return Place(block, lines[row - blank].start)

    def _look_anew(self) -> None:
        self._sheet = None
        self._end = None
        self._rows = []

    # ------------------------------------------------------------------ rows

    def rows(self) -> list[Row]:
        """The visible rows, from the top."""
        if not self._rows and self.blocks and self.height:
            if self._wanted is not None:
                self._top = self._row_of(self._wanted)
                self._anchor, self._wanted = self._wanted, None
            self._stand_at(self._top)
        return self._rows

    def line(self, row: Row) -> Line | None:
        """The line of a row; None for a blank one."""
        lines, blank = self.laid_out(row[0])
        return lines[row[1] - blank] if row[1] >= blank else None

    @property
    def sheet(self) -> Sheet:
        """What is looked at, laid out as far as it was when it was looked at before."""
        if self._sheet is None:
            looked_at = (self.blocks, self.context, self.width)
            self._sheet = self._sheets.get(lambda sheet: sheet.is_of(*looked_at), lambda: Sheet(*looked_at))
        return self._sheet

    def laid_out(self, number: int) -> tuple[Sequence[Line], int]:
        """The lines of a block, and the blank rows above them."""
        return self.sheet.laid_out(number, self.shifts.get(number, 0))

    def height_of(self, number: int) -> int:
        """Rows of a block, blank ones above it included."""
        lines, blank = self.laid_out(number)
        return len(lines) + blank

    def progress(self) -> str:
        """Where the window is in the whole: `all`, `top`, `end` or a percentage."""
        if not self.height:
            return ""
        if not self.rows() or self._rows[-1] == self._last_row():
            return "all" if self._top == (0, 0) else "end"
        return "top" if self._top == (0, 0) else f"{100 * self._top[0] // len(self.blocks)} %"

    def _row_of(self, place: Place) -> Row:
        number = max(0, min(place.block, len(self.blocks) - 1))
        lines, blank = self.laid_out(number)
        if place.gap:
            return number, max(0, blank - place.gap)
        return number, blank + (_line_at(lines, place.offset) if place.offset else 0)

    def _rows_from(self, top: Row) -> list[Row]:
        rows: list[Row] = []
        number, row = top
        while number < len(self.blocks) and len(rows) < self.height:
            last = min(self.height_of(number), row + self.height - len(rows))
            rows += [(number, at) for at in range(row, last)]
            number, row = number + 1, 0
        return rows

    def _stand_at(self, top: Row) -> None:
        """Begin at a row, or earlier: so that the last line stands at the bottom at the highest."""
        self._top = max((0, 0), top)
        self._rows = self._rows_from(self._top)
        if len(self._rows) < self.height:
            self._top = min(self._top, self._last_top())
            self._rows = self._rows_from(self._top)

    def _last_row(self) -> Row:
        last = len(self.blocks) - 1
        return last, self.height_of(last) - 1

    def _last_top(self) -> Row:
        """The top row at which the last line stands at the bottom."""
        if self._end is None:
            missing = self.height
            number = len(self.blocks)
            while number and missing > 0:
                number -= 1
                missing -= self.height_of(number)
            self._end = (number, max(0, -missing))
        return self._end

    # ------------------------------------------------------------------ moving

    def scroll(self, count: int) -> None:
        """Move by rows, at most to either end."""
        if not self.rows():
            return
        number, row = self._top
        row += count
        while row < 0 and number > 0:
            number -= 1
            row += self.height_of(number)
        while number < len(self.blocks) - 1 and row >= self.height_of(number):
            row -= self.height_of(number)
            number += 1
        self._move_to((number, max(0, row)))

    def go_top(self) -> None:
        """Move to the first row."""
        self._move_to((0, 0))

    def go_end(self) -> None:
        """Move to the last row."""
        self._move_to((len(self.blocks), 0))

    def show_block(self, block: int) -> None:
        """Bring a block to the top."""
        if self.blocks:
            self._move_to(self._row_of(Place(block)))

    def go_to(self, block: int, offset: int = 0) -> None:
        """Bring a character into view, a third down when it is not visible yet."""
        if not self.blocks:
            return
        if not self.height:
            self._wanted = Place(block, offset)
            return
        row = self._row_of(Place(block, offset))
        if row not in self.rows():
            self._move_to(row)
            if self._top == row:
                self.scroll(-(self.height // 3))

    def _move_to(self, top: Row) -> None:
        if not self.blocks or not self.height:
            return
        self._wanted = self._anchor = None
        self._stand_at(top)

    # ------------------------------------------------------------------ links

    def rows_of(self, *targets: Target | None) -> list[int]:
        """Which of the visible rows, from the top, show any of some links."""
        blocks = {target.block for target in targets if target}
        shown = ((at, row, self.line(row)) for at, row in enumerate(self.rows()) if row[0] in blocks)
        return [
            at
            for at, row, line in shown
            if any(Target(row[0], run.target) in targets for run in (line.runs if line else ()))
        ]

    def visible_targets(self) -> list[Target]:
        """The links in view, in reading order."""
        found: dict[Target, None] = {}
        for number, row in self.rows():
            line = self.line((number, row))
            for run in line.runs if line else ():
                if run.target >= 0:
                    found[Target(number, run.target)] = None
        return list(found)

    def next_target(
        self, focused: Target | None, step: int, hit: tuple[int, int] | None = None
    ) -> Target | None:
        """The link after (1) or before (-1) the focused one, from what is in view when that is not. Where
        none is focused, it is counted from a character that was found, while that is in view."""
        if focused is None and hit and self._row_of(Place(*hit)) in self.rows():
            return self.target_beside(*hit, step)
        visible = self.visible_targets()
        if focused is None or focused not in visible:
            if visible:
                return visible[0] if step > 0 else visible[-1]
            rows = self.rows()
            focused = Target(rows[0 if step > 0 else -1][0] if rows else 0, -1 if step > 0 else 0)
        return self._link_from(focused.block, focused.number + step, step)

    def row_in_view(self, chosen: Target | None, step: int, is_last: bool) -> Target | None:
        """What of a list is chosen after moving down (1) or up (-1) by rows or pages: what was, while it is
        in view; else the row that came first. At the end of the list, where `is_last`, its last row. None
        where no row is in view: what follows a list is read on."""
        seen = self.visible_targets()
        if chosen in seen and not is_last:
            return chosen
        return seen[0 if (step > 0) is not is_last else -1] if seen else None

    def _link_from(self, block: int, number: int, step: int) -> Target | None:
        while 0 <= block < len(self.blocks):
            count = len(targets(self.blocks[block]))
            if step < 0 and number == _LAST:
                number = count - 1
            if 0 <= number < count:
                return Target(block, number)
            block += step
            number = 0 if step > 0 else _LAST
        return None

    def reveal(self, target: Target) -> None:
        """Bring a link into view; before the first one of a text, all that stands before it."""
        lines, _ = self.laid_out(target.block)
        at = _line_with(lines, target.number)
        self.go_to(target.block, at.start if at else 0)
        if target.number == 0 and self._link_from(target.block - 1, _LAST, -1) is None:
            above = sum(self.height_of(number) for number in range(target.block + 1))
            if above <= self.height:
                self.go_top()

    def row_at(self, block: int, offset: int) -> Target | None:
        """The first link in the row of a character; in a row without one the last link before it."""
        lines, _ = self.laid_out(block)
        runs = lines[_line_at(lines, offset)].runs
        here = next((Target(block, run.target) for run in runs if run.target >= 0), None)
        return here or self.target_beside(block, offset, -1)

    def target_on(self, block: int, offset: int) -> Target | None:
        """The link that a character stands in."""
        lines, _ = self.laid_out(block)
        runs = lines[_line_at(lines, offset)].runs
        inside = (run.target for run in runs if 0 <= run.start <= offset < run.start + len(run.text))
        number = next(inside, -1)
        return Target(block, number) if number >= 0 else None

    def target_beside(self, block: int, offset: int, step: int) -> Target | None:
        """The first link that begins after a character (1), or the last before it (-1)."""
        lines, _ = self.laid_out(block)
        at = _line_at(lines, offset)
        for number in range(at, len(lines)) if step > 0 else range(at, -1, -1):
            for run in lines[number].runs[::step]:
                if run.target >= 0 and (run.start - offset) * step > 0:
                    return Target(block, run.target)
        return self._link_from(block, _LAST - 1 if step > 0 else -1, step)

    def target(self, link: tuple[int, int] | None) -> Target | None:
        """The link of these blocks that is drawn with these numbers; none for one of a text shown before."""
        if link is None or not link[0] < len(self.blocks):
            return None
        return Target(*link) if link[1] < len(targets(self.blocks[link[0]])) else None

    def _tables_in_view(self) -> list[int]:
        """The visible tables, those with a head before those of labels only."""
        found = dict.fromkeys(number for number, _ in self.rows() if self.blocks[number].kind == "table")
        return sorted(found, key=lambda number: not self.blocks[number].headed)


_LAST = 1 << 30


def _line_at(lines: Sequence[Line], offset: int) -> int:
    """The last line that begins at a character of the flow or before."""
    if isinstance(lines, LazyLines):
        return lines.at_offset(offset)
    return max((at for at, line in enumerate(lines) if line.start <= offset), default=0)


def _line_with(lines: Sequence[Line], target: int) -> Line | None:
    """The first line that shows a link."""
    if isinstance(lines, LazyLines):
        return lines[lines.with_target(target)]
    return next((line for line in lines if any(run.target == target for run in line.runs)), None)
