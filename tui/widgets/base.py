"""The one place where widgets touch what Textual keeps private."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from textual import events
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.containers import Horizontal
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Offset, Region, Size, Spacing, clamp
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.color import Color
    from textual.css.styles import StylesBase


class RowCompositor(Compositor):
    """Cuts rows only at borders that can be seen, and asks texts which of their characters stands where.

    Textual cuts rows at borders of covered widgets too, and a wide character that such a border goes through
    comes out as two blanks. It has each piece of each row bear its place, which costs a tenth of drawing it.
    """

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """The widget at a cell, and the character of its text there."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        if offset is None and isinstance(widget, LineWidget):
            region = widget.content_region
            if y >= region.bottom:
                x, y = region.bottom_right_inclusive
            offset = widget.character_at(x - region.x, y - region.y)
        return widget, offset

    @property
    def cuts(self) -> list[list[int]]:
        """The columns of each row where something that can be seen begins or ends."""
        if self._cuts is None:
            self._cuts = self._seen_cuts()
        return self._cuts

    def _seen_cuts(self) -> list[list[int]]:
        width, height = self.size
        cuts = [{0, width} for _ in range(height)]
        open_rows = set(range(height))
        for region, clip in self.visible_widgets.values():  # from the front
            seen = region.intersection(clip)
            if not seen:
                continue
            for row in open_rows.intersection(seen.line_range):
                cuts[row].update(seen.column_span)
            if seen.width == width:
                open_rows.difference_update(seen.line_range)
        return [sorted(row) for row in cuts]


def ground(widget: Widget, crop: Region) -> list[Strip]:
    """The rows of a widget that shows its background only: one throughout, drawn once."""
    strip = Strip.blank(crop.width, widget.visual_style.rich_style)
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    return [strip] * crop.height


class LineScreen(Screen[None]):
    """A screen whose next frame has all that its line widgets asked for until then.

    They ask at once: the messages by which Textual's widgets ask come after the frame at times, and cost
    another one.
    """

    _is_painting = False
    _painted: Mapping[Widget, Region] = MappingProxyType({})
    """Where each widget stands on the terminal."""
    _is_in_no_hurry = False

    def __init__(self) -> None:
        super().__init__()
        self._compositor = RowCompositor()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come to the front: for the first time with the styles that all widgets have just been given, and
        with one frame, where Textual draws all of it once more."""
        if not self._painted and self._size != self.app.size:
            event.prevent_default()
            self.stack_updates += 1
            self.app._refresh_notifications()
            self._refresh_layout(self.app.size)
            self._repaint_required = False

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is under the mouse; while text is selected, the nearest place in the widget where that began:
        nothing is taken from beside it."""
        state = self._select_state if self._selecting else None
        begun = state.start.content_widget if state else None
        if begun is not None:
            region = begun.region
            x, y = clamp(x, region.x, region.right - 1), clamp(y, region.y, region.bottom - 1)
        return super().get_widget_and_offset_at(x, y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is seen of the screen between its widgets."""
        return ground(self, crop)

    def draw_next(self, widget: Widget) -> bool:
        """Draw a widget in the next frame; False while one is being painted."""
        if not self._is_painting:
            self._dirty_widgets.add(widget)
            if not self._is_in_no_hurry:
                self.check_idle()
        return not self._is_painting

    @contextmanager
    def in_no_hurry(self) -> Iterator[None]:
        """What changes meanwhile is drawn with what comes next; `check_idle` draws it where nothing comes."""
        self._is_in_no_hurry = True
        try:
            yield
        finally:
            self._is_in_no_hurry = False

    def _compositor_refresh(self) -> None:
        self._compositor.update_widgets(self._dirty_widgets)  # with those that the layout made ask
        self._draw_what_moved()
        self._is_painting = True
        try:
            super()._compositor_refresh()
        finally:
            self._is_painting = False

    def _draw_what_moved(self) -> None:
        """Have drawn what stands elsewhere than in the last frame, or has gone.

        Textual compares with the layout before, which it at times computes anew on its way here.
        """
        compositor = self._compositor
        shown = {
            widget: clip.intersection(region) for widget, (region, clip) in compositor.visible_widgets.items()
        }
        moved = shown.items() ^ self._painted.items()
        compositor._dirty_regions.update(region for _, region in moved if region)
        self._painted = shown


class NextFrameWidget(Widget):
    """A widget whose changes are in the next frame of its screen."""

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Be drawn again in the next frame."""
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if self._repaint_required and self._is_on_screen and isinstance(self.screen, LineScreen):
            self._repaint_required = not self.screen.draw_next(self)
        return self

    @property
    def _is_on_screen(self) -> bool:
        """False before it is shown for the first time, and while the app ends and takes it away."""
        return self.is_mounted and self.is_attached


class RowCache(StylesCache):
    """Keeps the rows of a widget as they are drawn: it has no border, no padding, and fills its width."""

    def render_line(
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        *_: object,
    ) -> Strip:
        """A row of the widget."""
        return render_content_line(y)


class LineWidget(NextFrameWidget):
    """A widget drawn line by line, told of a new size before the next frame is drawn.

    `on_resize` comes after the first paint and would show a blank frame first. Nothing stands in
    such a widget, so that a size asks for no further layout, nor for the frame that comes with it.
    """

    drawn = Size(0, 0)
    """The size in cells that the next frame is drawn in; `size` follows only later."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__(id=name)
        self._styles_cache = RowCache()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What makes rows fit for the terminal: their colours are written as they are, and need no map."""
        return [each for each in super().get_line_filters() if type(each) is not ANSIToTruecolor]

    def size_changed(self, before: Size) -> None:
        """Called when `drawn` differs from `before`, before drawing."""

    def style_changed(self) -> None:
        """Called when colours may differ, before drawing."""

    def character_at(self, x: int, y: int) -> Offset | None:
        """The number of the row that stands at a cell, as a selection counts rows, and of the character in
        it; None where nothing can be selected."""
        return None

    def focus_changed(self) -> None:
        """Called when the focus has come or gone: draws everything again."""
        self.refresh()

    def focus(self, scroll_visible: bool = False) -> Self:
        """Take the focus at once: later would be after the frame."""
        self.screen.set_focus(self, scroll_visible=scroll_visible)
        return self

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout=False)
        if size != self.drawn:
            before, self.drawn = self.drawn, size
            self.size_changed(before)
        return changed

    def notify_style_update(self) -> None:
        """Textual says that styles were computed again."""
        super().notify_style_update()
        self.style_changed()

    def _on_focus(self, event: events.Focus) -> None:
        """Take the focus, and draw again only what shows that."""
        event.prevent_default()
        self.has_focus = True
        self.focus_changed()

    def _on_blur(self, event: events.Blur) -> None:
        """Give the focus up, and draw again only what shows that."""
        event.prevent_default()
        self.has_focus = False
        self.focus_changed()


class Row(Horizontal):
    """Widgets side by side, laid out with the screen: its own new size asks for no layout after that."""

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is seen of the row between its widgets."""
        return ground(self, crop)


def show_first(field: Widget) -> None:
    """Show a field that may be hidden, with all that is in it, in the next frame of its screen."""
    field.display = True
    lay_out_first(field.screen, field, *field.walk_children(Widget))


def lay_out_first(screen: Screen[Any], *widgets: Widget) -> None:
    """Lay out and draw what changed of some widgets in the next frame of a screen.

    Else Textual draws a frame in the old layout, waits for the widgets to ask, and draws another.
    """
    for widget in widgets:
        if widget._layout_required:
            widget._layout_required = False
            for ancestor in widget.ancestors:
                if isinstance(ancestor, Widget):
                    ancestor._clear_arrangement_cache()
            screen.refresh(repaint=False, layout=True)
        if widget._repaint_required and isinstance(screen, LineScreen):
            widget._repaint_required = not screen.draw_next(widget)
