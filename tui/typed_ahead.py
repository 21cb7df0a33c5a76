"""Keys typed faster than the app does what they ask for: each is taken once the one before is done."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable

from textual.events import Event, Key
from textual.message import Message

from tui.commands.table import BY_ID
from tui.screens.shell import Shell
from tui.terminal.wide_keys import narrowed


class KeyDone(Message):
    """A key has gone all its way through the widgets, and what it asked for is done."""


class TypedAhead:
    """The keys on their way to a shell. `forward` hands one on to the widgets, as the framework does."""

    def __init__(self, shell: Shell, forward: Callable[[Event], Awaitable[None]]) -> None:
        self._shell = shell
        self._forward = forward
        self._waiting: deque[Key] = deque()
        self._is_underway = False

    @property
    def is_any_left(self) -> bool:
        """Whether a key is not done yet, or waits for one that is not."""
        return self._is_underway or bool(self._waiting)

    async def add(self, key: Key) -> None:
        """Take a key, or let it wait: one before it may open a field for it."""
        self._waiting.append(key)
        await self._take_waiting()

    async def go_on(self) -> None:
        """Take the next key, once the focus is where the last one asked for it."""
        self._is_underway = False
        await self._take_waiting()

    async def _take_waiting(self) -> None:
        while self._waiting and not self._is_underway:
            await self._take(self._waiting.popleft())
        if not self._is_underway:
            self._shell.check_idle()

    async def _take(self, key: Key) -> None:
        shell, app = self._shell, self._shell.app
        if app.screen is shell and shell.is_too_small:
            _leave_by(narrowed(key), shell)
            return
        with shell.in_no_hurry():
            shell.before_key()
        if not (app.focused and app.focused.check_consume_key(key.key, key.character)):
            key = narrowed(key)
        if app.screen is not shell:
            await self._forward(key)
        elif not shell.takes_key(key):
            way = app.focused or shell
            self._is_underway = True
            await self._forward(key)
            self._is_underway = way.post_message(KeyDone())


def _leave_by(key: Key, shell: Shell) -> None:
    """Where nothing is to be seen of what a key would do, only leaving can be meant."""
    if key.key in shell.keymap.keys(BY_ID["app.quit"]):
        shell.action_quit()
    elif key.key in shell.keymap.keys(BY_ID["app.suspend"]):
        shell.action_suspend_process()
