"""A field of one line."""

from __future__ import annotations

from textual.reactive import Reactive, reactive
from textual.widgets import Input


class LineField(Input):
    """A line in which something is typed. Its cursor stands still: nothing moves unless a key asks for it."""

    cursor_blink: Reactive[bool] = reactive(False, init=False)
