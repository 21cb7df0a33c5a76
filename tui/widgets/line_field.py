"""A field of one line."""

from __future__ import annotations

from textual.reactive import Reactive, reactive
from textual.widgets import Input

from tui.widgets.base import NextFrameWidget


class LineField(Input, NextFrameWidget):
    """A line in which something is typed. Its cursor stands still: nothing moves unless a key asks for it."""

    DEFAULT_CSS = """
    LineField { width: 1fr; background: $background; color: $foreground; }
    """

    cursor_blink: Reactive[bool] = reactive(False, init=False)
