"""A refresh beside the screen: in a thread with its own loop, told in small groups of events.

The screen asks (`Refresher.ask`, `stop`) and is told (`Told`); how far things are is folded from what it
was told (`Progress`), without a clock and without a lock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from threading import Lock
from typing import TYPE_CHECKING, Literal, NamedTuple

from sources.refreshing.progress import Done, Event, Failed, Fetched, Finished, Started, Stored

if TYPE_CHECKING:
    from tui.refreshing.work import Work
    from tui.settings.settings import Settings

TOLD_SECONDS = 0.1
"""Events of this time are told together."""

NAMED = 2
"""Changes that a summary names; more are counted."""

STOPPED = "Stopped. What came is kept."

Step = Literal["asking", "done", "failed"]


class Asked(NamedTuple):
    """One provider in a refresh: how far it is, what came, and the words of a failure."""

    name: str
    step: Step = "asking"
    figures: int = 0
    new: int = 0
    revised: int = 0
    received: int = 0
    words: str = ""
    slow: bool = False


class Progress(NamedTuple):
    """How far a refresh is: its providers in the order of their start, and what changed by series."""

    providers: Mapping[str, Asked] = {}
    changed: tuple[Stored, ...] = ()
    done: Done | None = None

    @property
    def ended(self) -> int:
        """How many providers are through."""
        return sum(asked.step != "asking" for asked in self.providers.values())

    @property
    def line(self) -> str:
        """For the state in the first row: `asking 3 of 9`."""
        return "" if self.done else f"asking {self.ended} of {len(self.providers)}"

    def after(self, event: Event) -> Progress:
        """What an event makes of it."""
        match event:
            case Started(provider, name, figures, slow):
                return self._with(provider, Asked(name, figures=len(figures), slow=slow))
            case Fetched(provider=provider, received=received) if provider in self.providers:
                asked = self.providers[provider]
                return self._with(provider, asked._replace(received=asked.received + received))
            case Failed(provider=provider) if provider in self.providers:
                words = self.providers[provider].words or event.sentence()
                return self._with(provider, self.providers[provider]._replace(words=words))
            case Finished(provider=provider, new=new, revised=revised, failed=failed) if (
                provider in self.providers
            ):
                step: Step = "failed" if failed else "done"
                asked = self.providers[provider]._replace(step=step, new=new, revised=revised)
                return self._with(provider, asked)
            case Stored() if event.new or event.revised or event.earlier:
                return self._replace(changed=(*self.changed, event))
            case Done():
                return self._replace(done=event)
        return self

    def summary(self, title: Callable[[str], str], first: Sequence[str] = (), lists: str = "S") -> str:
        """What a refresh came to, in a line whose end may be cut; `title` names a series, the key `lists`
        the sources.

        Changes of the series in `first` are named first, and else what takes little room.

        `1 source failed: {lists} says why. M2 growth 2026-09 new; M1 growth 2026-08 revised; 3 more.`
        """
        if self.done is None:
            return ""
        if self.done.common or not self.providers or (self.is_stopped and not self.changed):
            return self.done.summary
        ended = "Stopped. " if self.is_stopped else self._failures(lists)
        named = [
            words
            for stored in sorted(self.changed, key=lambda each: _rank(each, title, first))
            for words in _changes(stored, title(stored.series))
        ]
        more = (f"{len(named) - NAMED} more",) if len(named) > NAMED else ()
        return f"{ended}{'; '.join((*named[:NAMED], *more)) or 'Nothing changed'}."

    @property
    def is_stopped(self) -> bool:
        """Whether the user ended it."""
        return self.done is not None and self.done.summary == STOPPED

    def _failures(self, lists: str) -> str:
        count = sum(asked.step == "failed" for asked in self.providers.values())
        return f"{count} {'source' if count == 1 else 'sources'} failed: {lists} says why. " if count else ""

    def _with(self, provider: str, asked: Asked) -> Progress:
        return self._replace(providers={**self.providers, provider: asked})


def _rank(stored: Stored, title: Callable[[str], str], first: Sequence[str]) -> tuple[int, int, str]:
    place = first.index(stored.series) if stored.series in first else len(first)
    return place, len(title(stored.series)), stored.series


def _changes(stored: Stored, title: str) -> list[str]:
    """What changed in a series, in words: its newest new value, and how many were revised."""
    words = []
    if stored.new:
        more = f" and {len(stored.new) - 1} before" if len(stored.new) > 1 else ""
        words.append(f"{title} {stored.new[-1].period} new{more}")
    if stored.revised:
        more = f" and {len(stored.revised) - 1} before" if len(stored.revised) > 1 else ""
        words.append(f"{title} {stored.revised[-1].period} revised{more}")
    if stored.earlier and not words:
        words.append(f"{title}: {stored.earlier} earlier")
    return words


class Told(NamedTuple):
    """A group of events, or the trouble of our own that ended a refresh."""

    events: tuple[Event, ...] = ()
    trouble: str = ""


class Refresher:
    """Runs one refresh at a time. `ask` and `stop` are for any thread, `run` is the body of another one."""

    def __init__(
        self, settings: Settings, environment: Mapping[str, str], tell: Callable[[Told], None]
    ) -> None:
        self._settings = settings
        self._environment = environment
        self._tell = tell
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._work: Work | None = None
        self._wishes: list[tuple[str, ...] | None] = []
        self._running = False
        self._stopped = False

    def ask(self, names: tuple[str, ...] | None) -> bool:
        """Wish for indicators, topics or sources by name, or None for all that is due.

        Where a refresh runs, this is added to it; else True: then call `run` in a thread of its own.
        """
        with self._lock:
            self._wishes.append(names)
            self._stopped = False
            if not self._running:
                self._running = True
                return True
            if self._loop:
                self._loop.call_soon_threadsafe(self._press)
            return False

    def stop(self) -> None:
        """End the refresh under way; what is kept stays kept."""
        with self._lock:
            self._stopped = True
            self._wishes.clear()
            if self._loop and self._task:
                self._loop.call_soon_threadsafe(self._task.cancel)

    def run(self) -> None:
        """Refresh until nothing more is wished for. Raises nothing: trouble is told."""
        while True:
            try:
                asyncio.run(self._main())
            except asyncio.CancelledError:
                self._tell(Told((Done(STOPPED),)))
            except Exception as error:
                self._trouble(error)
            with self._lock:
                self._loop = self._task = self._work = None
                if not self._wishes:
                    self._running = False
                    return

    async def _main(self) -> None:
        from tui.refreshing.work import Work  # with the stores behind it, which reading does not need

        with self._lock:
            self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
            if self._stopped:
                raise asyncio.CancelledError
        with Work(self._settings, self._environment) as self._work:
            while self._wishes:
                await self._refresh(self._work)

    async def _refresh(self, work: Work) -> None:
        group = _Group(self._tell)
        try:
            async with aclosing(work.refresh(work.plan(self._wish(work)))) as events:
                async for event in events:
                    group.add(event)
        finally:
            group.end()
        if work.not_saved:
            self._tell(Told(trouble=f"Not saved. {work.not_saved}."))

    def _press(self) -> None:
        """Add what was wished for meanwhile; where the refresh is over, another one follows."""
        if self._work and self._work.is_asking:
            try:
                self._work.press(self._wish(self._work))
            except Exception as error:  # a callback of the loop: nobody else would hear of it
                self._trouble(error)

    def _trouble(self, error: Exception) -> None:
        with self._lock:
            self._wishes.clear()
        self._tell(
            Told(trouble=f"The refresh ended: {str(error) or type(error).__name__}. Kept figures stand.")
        )

    def _wish(self, work: Work) -> tuple[str, ...] | None:
        """All wishes as one; None where one of them is for all that is due."""
        with self._lock:
            wishes, self._wishes = self._wishes, []
        if None in wishes:
            return None
        return work.wanted(name for wish in wishes if wish for name in wish)


class _Group:
    """Events gathered for a moment, so that many of them are one message."""

    def __init__(self, tell: Callable[[Told], None]) -> None:
        self._tell = tell
        self._held: list[Event] = []
        self._timer: asyncio.TimerHandle | None = None

    def add(self, event: Event) -> None:
        self._held.append(event)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(TOLD_SECONDS, self.end)

    def end(self) -> None:
        """Tell what is held."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._held:
            events, self._held = tuple(self._held), []
            self._tell(Told(events))
