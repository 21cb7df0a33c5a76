"""The document view: draws the visible rows of a text, and lets its links take the focus."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from briefings.documents.model import Block, Link
from tui.layout.blocks import targets
from tui.layout.context import Context
from tui.layout.place import Place, Target
from tui.widgets.labels import Labelled
from tui.widgets.looks import look
from tui.widgets.painter import PLAIN, Painter, Standing, no_hits
from tui.widgets.selecting import character_at, row_number, selected_text, with_selection
from tui.widgets.viewport import Row, Viewport

if TYPE_CHECKING:
    from tui.widgets.find import Find, Hit
    from tui.widgets.finder import Finder

_COUNTED = 200
"""Blocks of a list up to which its lines are counted."""


class DocumentView(Labelled, can_focus=True):
    """Blocks as lines, with links that take the focus. `rule` draws the bar of a side pane.

    While it is `led`, keys of a field move its focus. `moved` is called when another part of the text is
    visible, or another link has the focus: a message would come after the frame, and what it changes would
    cost a frame of its own.
    """

    class Followed(Message):
        """The reader wants to go where a link leads."""

        def __init__(self, view: DocumentView, link: Link) -> None:
            super().__init__()
            self.view = view
            self.link = link

    def __init__(
        self, moved: Callable[[], None] = lambda: None, *, rule: bool = False, name: str | None = None
    ) -> None:
        super().__init__(name)
        self.tell_moved = moved
        self.rule = rule
        self.port = Viewport()
        self.listing = False
        self._counts: list[int] | None = None
        self._numbered: Callable[[int, int], str] = self._row_of_tables
        self.focused_target: Target | None = None
        self.finder: Finder | None = None
        self.margin_right = 2
        self.led = False
        self._hovered: Target | None = None

    # ------------------------------------------------------------------ content

    def show(
        self,
        blocks: Sequence[Block],
        context: Context,
        place: Place,
        *,
        listing: bool = False,
        numbered: Callable[[int, int], str] | None = None,
    ) -> None:
        """Show other blocks at a place; a link that they lack has not the focus. Works before the first
        layout too. `numbered` says which entry of a list a link of a block is; without it, rows of tables
        are counted."""
        self.port.show(blocks, context, place)
        self.listing = listing
        self._numbered = numbered or self._row_of_tables
        self._counts = None
        self.focused_target = self.port.target(place.focused)
        self._hovered = None
        self.finder = self._made_finder() if place.find else None
        if self.finder:
            self.finder.resume(place.find, place.hit)
        self.redraw()

    def place(self) -> Place:
        """Where the reader is."""
        return self.port.place()._replace(
            focused=self.focused_target,
            shifts=tuple(sorted(self.port.shifts.items())),
            find=self.find.words if self.find else "",
            hit=self.find.at if self.find else None,
        )

    def restore(self, place: Place) -> None:
        """Go back to a place of the same text."""
        self.focused_target = place.focused
        self.port.restore(place)
        self.redraw()

    def progress(self) -> str:
        """Where the visible part is in the whole; in a list, which of its entries is chosen."""
        chosen = self.focused_target
        which = self._numbered(chosen.block, chosen.number) if chosen and self.listing else ""
        return which or self.port.progress()

    def _row_of_tables(self, block: int, link: int) -> str:
        if len(self.port.blocks) > _COUNTED:
            return ""
        if self._counts is None:
            self._counts = [len(targets(b)) if b.kind == "table" else 0 for b in self.port.blocks]
        if not self._counts[block]:
            return ""
        return f"{sum(self._counts[:block]) + link + 1:,} of {sum(self._counts):,}"

    def focused_link(self) -> Link | None:
        """The link that has the focus."""
        return self.link_of(self.focused_target) if self.focused_target else None

    def link_of(self, target: Target) -> Link:
        """Where a link of the text leads."""
        return targets(self.port.blocks[target.block])[target.number]

    @property
    def margin_left(self) -> int:
        """Cells before the text: the place of `▸`, or of the bar."""
        return 3 if self.rule else 2

    def size_changed(self, before: Size) -> None:
        """Lay out again at the same first character. The frame of the new size is still to come."""
        self._resize()
        self.tell_moved()

    def expect(self, size: Size) -> None:
        """Lay out for the size that the next frame will give, rather than for both."""
        if size != self.drawn:
            self.drawn = size
            self._resize()

    def _resize(self) -> None:
        width = self.drawn.width - self.margin_left - self.margin_right
        self.port.resize(max(1, width), self.drawn.height)
        self._select_nothing()

    def focus_changed(self) -> None:
        """Draw the rows of the focused link again: nothing else shows where the keys go."""
        for row in self.port.rows_of(self.focused_target):
            self.refresh(Region(0, row, self.drawn.width, 1))

    def redraw(self) -> None:
        """Draw every row again; what was selected no longer is."""
        self._select_nothing()
        self.refresh()

    def _select_nothing(self) -> None:
        if self.is_mounted:
            self.screen.clear_selection()

    # ------------------------------------------------------------------ moving

    def scroll_lines(self, count: int) -> None:
        """Move by lines, at most to either end."""
        self.port.scroll(count)
        self._moved()

    def scroll_part(self, pages: float) -> None:
        """Move by pages; two lines stay in view."""
        self.scroll_lines(round(max(1, self.drawn.height - 2) * pages))

    def go_top(self) -> None:
        """Move to the first line."""
        self.port.go_top()
        self._moved()

    def go_end(self) -> None:
        """Move to the last line."""
        self.port.go_end()
        self._moved()

    def show_block(self, block: int) -> None:
        """Bring a block to the top."""
        self.port.show_block(block)
        self._moved()

    def _moved(self, rows: Iterable[int] = ()) -> None:
        """Draw some rows again, or all."""
        self.refresh(*(Region(0, row, self.drawn.width, 1) for row in rows))
        self.tell_moved()

    # ------------------------------------------------------------------ links

    def move_focus(self, step: int) -> bool:
        """Focus the next (1) or previous (-1) link; False when there is none in that direction."""
        hit = self.find.at if self.find else None
        target = self.port.next_target(self.focused_target, step, hit and hit[:2])
        if target is not None:
            self.focus_target(target)
        return target is not None

    def focus_target(self, target: Target | None) -> None:
        """Give the focus to a link and bring it into view."""
        before, rows = self.focused_target, self.port.rows()
        self.focused_target = target
        if target is not None:
            self.port.reveal(target)
        has_scrolled = self.port.rows() != rows
        self._moved(() if has_scrolled else self.port.rows_of(before, target))

    def follow(self) -> bool:
        """Ask to go where the focused link leads; False when no link has the focus."""
        if link := self.focused_link():
            self.post_message(self.Followed(self, link))
        return link is not None

    def shift_table(self, step: int) -> str:
        """Scroll the table at the focus, or another visible one, by a column; in words why none moves."""
        words = self.port.shift_table(self.focused_target, step)
        self.redraw()
        return words

    # ------------------------------------------------------------------ find

    @property
    def find(self) -> Find | None:
        """The words that are looked for."""
        return self.finder.find if self.finder else None

    def find_words(self, words: str) -> None:
        """Look for words, and go to their first occurrence from the top row on; for none, look no more."""
        if words and self.finder is None:
            self.finder = self._made_finder()
        if self.finder:
            self.finder.look_for(words)
        self._moved()

    def find_next(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) occurrence, around the ends; False when there is none."""
        if self.find is None or self.finder is None:
            return False
        is_found = self.finder.go_on(step)
        self._moved()
        return is_found

    def found(self) -> str:
        """What came of the search so far, in words."""
        return self.finder.found() if self.finder else ""

    def missing(self) -> str:
        """The words looked for, when they are nowhere."""
        return self.finder.missing() if self.finder else ""

    def at_last_hit(self, step: int) -> bool:
        """Whether no occurrence follows (1), or precedes (-1), the current one; False while counting."""
        return self.finder is not None and self.finder.at_last(step)

    def show_hit(self, hit: Hit | None) -> None:
        """Bring an occurrence into view, with the focus on what it stands in."""
        if hit:
            self.port.go_to(hit.block, hit.start)
            self.focused_target = self._chosen_at(hit)
        self._moved()

    def _made_finder(self) -> Finder:
        from tui.widgets.finder import Finder  # which reading does without

        return Finder(self)

    def _chosen_at(self, hit: Hit) -> Target | None:
        """The row of a list in or below which words were found; in a text the link they stand in."""
        if self.listing:
            return self.port.row_at(*hit[:2]) or self.focused_target
        return self.port.target_on(*hit[:2])

    # ------------------------------------------------------------------ drawing

    def drawn_line(self, y: int) -> Strip:
        """One row of the widget, without letters over it."""
        rows = self.port.rows()
        if y >= len(rows):
            return self._blank_row()
        row = rows[y]
        span = self.text_selection.get_span(row_number(row)) if self.text_selection else None
        if span is not None:
            return with_selection(self._draw(row), span, self.margin_left, self.selection_style)
        key = (row, self._focus_of(row[0]), self._hovered_in(row[0]))
        strips = self.port.sheet.strips(self._appearance())
        if key not in strips:
            strips[key] = self._draw(row)
        return strips[key]

    def character_at(self, x: int, y: int) -> Offset | None:
        """The row of the text, and the character in it, that stand at a cell."""
        rows = self.port.rows()
        if not 0 <= y < len(rows):
            return None
        return Offset(character_at(self._draw(rows[y]).text, x), row_number(rows[y]))

    def _appearance(self) -> Hashable:
        """What makes any row look otherwise than it did."""
        found = (self.find.words, self.find.at) if self.find else None
        shifts = tuple(sorted(self.port.shifts.items()))
        return self.app.theme, self.drawn.width, self.rule, found, shifts

    def _hovered_in(self, block: int) -> int:
        return self._hovered.number if self._hovered and self._hovered.block == block else -1

    def _focus_of(self, block: int) -> int:
        target = self.focused_target
        return target.number if target and target.block == block and (self.has_focus or self.led) else -1

    def _draw(self, row: Row) -> Strip:
        line = self.port.line(row)
        return self._painter().strip(line, self._standing(row)) if line else self._blank_row()

    def _blank_row(self) -> Strip:
        """The one strip of all blank rows."""
        strips = self.port.sheet.strips(self._appearance())
        if None not in strips:
            strips[None] = self._painter().strip(None, PLAIN)
        return strips[None]

    def _painter(self) -> Painter:
        context = self.port.context
        return Painter(self._look, self.drawn.width, self.rule, context.ascii, context.blocks)

    def _standing(self, row: Row) -> Standing:
        number = row[0]
        marks_rows = self.listing or self.port.blocks[number].kind == "table"
        above = self.port.line((number, row[1] - 1)) if marks_rows and row[1] else None
        hits = self.finder.hits_in(number) if self.finder else no_hits
        return Standing(number, self._focus_of(number), self._hovered_in(number), marks_rows, above, hits)

    def _look(self, name: str) -> Style:
        return look(self.app, name)

    # ------------------------------------------------------------------ mouse and selection

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as it was written: wrapped lines are joined again."""
        return selected_text(self.port, selection, self.margin_left), "\n"

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what a click would follow."""
        hovered = self._target_at(event)
        if hovered != self._hovered:
            self._hovered = hovered
            self.styles.pointer = "pointer" if hovered else "default"
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Follow the link under the mouse."""
        event.prevent_default()
        target = self._target_at(event)
        if target and event.chain == 1 and not self.screen.get_selected_text():
            self.focused_target = target
            self.refresh()
            self.follow()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves three lines."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves three lines."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(-3)

    def _target_at(self, event: events.MouseEvent) -> Target | None:
        return self.port.target(event.style.meta.get("link"))
