"""The one place where widgets touch what Textual keeps private."""

from __future__ import annotations

from textual.geometry import Size
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
