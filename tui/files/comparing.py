"""The folders of documents compared with the index, beside the screen: one comparison at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from briefings.desk import Desk
from cache.passing import unpacked

if TYPE_CHECKING:
    from briefings.ledger.unkept import Passed


class Comparing(Message):
    """How far a comparison is: `done` files of `count` are stored, or judged, as `doing` says."""

    def __init__(self, doing: str, done: int, count: int) -> None:
        super().__init__()
        self.doing = doing
        self.done = done
        self.count = count


class Compared(Message):
    """A comparison is over: `changed` says whether anything differs now, `verdicts` how many of them are
    other ones than before. `passed` are all of them where they cannot be kept, and `index` is the database of
    the index where that cannot be kept either and differs now: it is the reader's from now on. `met` is what
    our own files came upon, in words."""

    def __init__(
        self,
        changed: bool,
        verdicts: int,
        passed: Passed | None,
        index: sqlite3.Connection | None = None,
        met: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.changed = changed
        self.verdicts = verdicts
        self.passed = passed
        self.index = index
        self.met = met


class Comparison:
    """Compares when it is asked, and judges what has changed. `run` is the body of a thread, which is told
    of by messages; all else belongs to the thread of the desk."""

    def __init__(self, desk: Desk, tell: Callable[[Message], object]) -> None:
        self._desk = desk
        self._tell = tell
        self._is_wanted_again = False
        self._is_first = True
        self._packed = b""
        self._passed: Passed | None = None
        self.is_underway = False

    def ask(self) -> bool:
        """True: then call `run` in a thread of its own. While that is under way, once more after it."""
        self._is_wanted_again, self.is_underway = self.is_underway, True
        return not self._is_wanted_again

    def end(self, met: tuple[str, ...]) -> bool:
        """Call it when `Compared` came, with what was met; whether to ask once more."""
        self._desk.tell(met)
        self.is_underway = False
        return self._is_wanted_again

    def run(self) -> None:
        """Bring the index, the lists of figures, verdicts and reviews up to date, and tell of it."""
        desk = Desk(self._desk.library)
        changed, verdicts, index = False, 0, None
        in_memory = not (self._desk.index.kept or desk.index.kept)
        try:
            if in_memory and self._packed:
                desk.index.take(unpacked(self._packed))
            upkeep = desk.upkeep
            changed = bool(upkeep.update(partial(self._progress, "indexing")))
            changed = upkeep.prepare_figures() or changed
            judged, verdicts = self._judge(desk)
            changed = upkeep.prepare_reviews() or judged or changed
            if in_memory and changed:
                self._packed = desk.index.packed()
                index = unpacked(self._packed)
        finally:
            desk.close()
            told = self._tell(Compared(changed, verdicts, self._passed, index, desk.met))
            if index is not None and not told:  # the app has ended, and nobody takes it
                index.close()

    def _judge(self, desk: Desk) -> tuple[bool, int]:
        """Whether any claim was judged, and how many are judged otherwise than before."""
        progress = partial(self._progress, "judging")
        if self._passed is None:
            settled = desk.upkeep.settle(progress, thorough=self._is_first)
            self._is_first = False
            if not desk.judges_when_asked:
                return settled.judged > 0, len(settled.changed)
        before, self._passed = self._passed, desk.upkeep.judge_unkept(self._passed, progress)
        if before is None or self._passed is None:
            return self._passed is not before, 0
        return self._passed.rows != before.rows, self._passed.differing(before)

    def _progress(self, doing: str, done: int, count: int) -> None:
        if done < count:
            self._tell(Comparing(doing, done, count))
