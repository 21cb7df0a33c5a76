"""One line on a terminal that says how far long work is, rewritten in place; in a pipe there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Self, TypeVar

from sources.text import clean_line
from tui.terminal import terminal

Item = TypeVar("Item")

TOLD = 100
"""Items between two reports of how many are done."""


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
        terminal.narrate(f"\r{fitted}{rest}" if fitted else f"\r{rest}\r")
        self._shown = width

    def end(self) -> None:
        """Leave no trace."""
        if self._shown:
            self.show("")


class Counter(StatusLine):
    """How many of many are done: `with Counter("Reading", "documents") as tell: tell(20, 300)`."""

    def __init__(self, doing: str, what: str) -> None:
        super().__init__()
        self._doing = doing
        self._what = what

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def __call__(self, done: int, total: int) -> None:
        """Say so while any is left."""
        if done < total:
            self.show(f"{self._doing} {total:,} {self._what}, {done:,} done")


def counted(items: Sequence[Item], doing: str, what: str) -> Iterator[Item]:
    """The items one by one; a terminal says meanwhile how many are done."""
    with Counter(doing, what) as tell:
        for done, item in enumerate(items):
            if done and done % TOLD == 0:
                tell(done, len(items))
            yield item
