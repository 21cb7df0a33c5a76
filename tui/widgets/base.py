"""The one place where widgets touch what Textual keeps private."""

from __future__ import annotations

from textual import events
from textual.containers import Horizontal
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget


class LineWidget(Widget):
    """A widget drawn line by line, told of a new size before the next frame is drawn.

    `on_resize` comes after the first paint and would show a blank frame first. Nothing stands in
    such a widget, so that a size asks for no further layout, nor for the frame that comes with it.
    """

    drawn = Size(0, 0)
    """The size in cells that the next frame is drawn in; `size` follows only later."""

    def size_changed(self, before: Size) -> None:
        """Called when `drawn` differs from `before`, before drawing."""

    def style_changed(self) -> None:
        """Called when colours may differ, before drawing."""

    def focus_changed(self) -> None:
        """Called when the focus has come or gone: draws everything again."""
        self.refresh()

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


def lay_out_first(screen: Screen[None], *widgets: Widget) -> None:
    """Lay out what changed of some widgets before the next frame of a screen.

    Else Textual draws a frame in the old layout, waits for the widgets to ask, and draws another.
    """
    for widget in widgets:
        if widget._layout_required:
            widget._layout_required = False
            for ancestor in widget.ancestors:
                if isinstance(ancestor, Widget):
                    ancestor._clear_arrangement_cache()
            screen.refresh(repaint=False, layout=True)
