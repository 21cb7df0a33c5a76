"""One line on a terminal that says how far long work is, rewritten in place; in a pipe there is none."""

from __future__ import annotations

import sys

from sources.text import clean_line


class StatusLine:
    """The line on standard error. Whoever shows something calls `end` when the work is over."""

    def __init__(self) -> None:
        self._shown = 0
        self.on_terminal = sys.stderr is not None and sys.stderr.isatty()

    def show(self, line: str) -> None:
        """Put this in place of what stands there, cut to the width of the terminal; no text, no trace."""
        if not self.on_terminal:
            return
        import shutil

        from tui.layout import cells

        fitted = cells.cut(clean_line(line), shutil.get_terminal_size((80, 24)).columns - 1)
        width = cells.width(fitted)
        rest = " " * (self._shown - width)
        sys.stderr.write(f"\r{fitted}{rest}" if fitted else f"\r{rest}\r")
        sys.stderr.flush()
        self._shown = width

    def end(self) -> None:
        """Leave no trace."""
        if self._shown:
            self.show("")
