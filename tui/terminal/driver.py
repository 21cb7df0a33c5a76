"""How the app reaches the terminal: Textual's driver for Unix, with what it lacks.

- Frames go to standard output, so that `briefing 2>log` shows the app.
- A signal ends the app in order, a second SIGTERM at once; a terminal that vanished ends it as SIGHUP does.
- Stopping and continuing never starts a second input thread, and always ends in a repaint.
- A paste presses no key, and bytes that are no UTF-8 end nothing.
- On leaving, the terminal gets the attributes that the entry point found.

It rests on private names of Textual 8.2.8: `tests/tui/terminal/test_base_app.py` names them.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal import terminal
from tui.terminal.pasting import PasteParser

if TYPE_CHECKING:
    import asyncio

    from tui.terminal.app import TerminalApp


def patient_decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """What decodes the keys of a terminal, which may send anything: what is no text becomes a U+FFFD."""
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


linux_driver.XTermParser = PasteParser  # type: ignore[attr-defined]  # no other way in
linux_driver.getincrementaldecoder = patient_decoder  # type: ignore[assignment, attr-defined]

WATCH_SECONDS = 1.0
"""Between two looks whether the terminal is still there."""

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""The signals that ask the app to end."""


def is_gone(terminal_file: int) -> bool:
    """Whether a terminal was hung up."""
    poll = select.poll()
    poll.register(terminal_file, 0)
    return any(found & select.POLLHUP for _, found in poll.poll(0))


def is_controlled(terminal_file: int) -> bool:
    """Whether a terminal is the one from which we are stopped and fetched back."""
    try:
        return os.tcgetpgrp(terminal_file) >= 0
    except OSError:
        return False


def is_left_behind(terminal_file: int, parent: int) -> bool:
    """Whether the shell that started us is dead, and nobody or another one has the terminal that we were
    controlled by: nobody can fetch us back."""
    if os.getppid() == parent:
        return False
    try:
        return os.tcgetpgrp(terminal_file) != os.getpgrp()
    except OSError:
        return True


class Output:
    """Standard output as a file for Textual's writer thread. A terminal that is gone is no error here."""

    def __init__(self) -> None:
        self._encoding = getattr(sys.__stdout__, "encoding", None) or "utf-8"
        self._waiting: list[str] = []

    def write(self, text: str) -> None:
        self._waiting.append(text)

    def flush(self) -> None:
        text = "".join(self._waiting)
        self._waiting.clear()
        terminal.write(text.encode(self._encoding, terminal.REPLACE))

    def fileno(self) -> int:
        return terminal.OUTPUT


class TerminalDriver(LinuxDriver):
    """The driver of `TerminalApp`."""

    _app: TerminalApp

    def __init__(
        self,
        app: TerminalApp,
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = Output()  # type: ignore[assignment]  # it has all that the writer thread uses
        self._saved = terminal.saved()
        self._handlers: dict[int, Any] = {}
        self._asked_to_end = False
        self._has_left = False
        self._watching: asyncio.TimerHandle | None = None
        self._parent = os.getppid() if is_controlled(self.fileno) else None

    def start_application_mode(self) -> None:
        """Take the terminal: at the start, and again after a suspension."""
        self._watch_signals()
        self._has_left = False
        terminal.take(True)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._watch_terminal()
        if self._saved is not None:
            self.attrs_before, self._saved = self._saved, None

    def stop_application_mode(self) -> None:
        """Leave the full screen; what that needs is written by the time of `close`."""
        super().stop_application_mode()
        self._has_left = True

    def close(self) -> None:
        """Let go of the terminal, once all is written: at the end, and before a suspension."""
        if self._watching:
            self._watching.cancel()
        super().close()
        terminal.take(not self._has_left)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()

    def run_input_thread(self) -> None:
        """Read keys until the app ends or the terminal is gone."""
        try:
            super().run_input_thread()
        except OSError:
            self._loop.call_soon_threadsafe(self._app.leave, signal.SIGHUP)
        except Exception as error:
            self._loop.call_soon_threadsafe(self._app.fail, error)

    def _watch_terminal(self) -> None:
        """End the app within a second once its terminal is gone: where the shell was killed, no signal says
        so, and reading finds an end without end. One of a shell within a shell would paint on unseen."""
        if is_gone(self.fileno) or (self._parent and is_left_behind(self.fileno, self._parent)):
            self._app.leave(signal.SIGHUP)
        else:
            self._watching = self._loop.call_later(WATCH_SECONDS, self._watch_terminal)

    def _watch_signals(self) -> None:
        """Hear the signals, also those that the shell has the program ignore: nobody could end it."""
        for number in ENDING:
            self._handlers.setdefault(number, signal.signal(number, self._end))

    def _end(self, number: int, _frame: FrameType | None) -> None:
        """Ask the app to end; when asked by SIGTERM again, do not wait for it.

        Not for a second SIGHUP: a closing terminal sends two, its own and its shell's.
        """
        if number == signal.SIGTERM:
            if self._asked_to_end:
                signal.signal(number, signal.SIG_IGN)  # a third one must not cut this short
                terminal.give_back()
                os._exit(128 + number)
            self._asked_to_end = True
        self._loop.call_soon_threadsafe(self._app.leave, number)

    # The handlers below run between any two steps of the loop's thread, which may hold a lock that
    # writing needs: so the loop does the work.

    def _sigtstp_application(self, *_: object) -> None:
        if self._auto_restart and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(super()._sigtstp_application)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._continue)

    def _continue(self) -> None:
        """Go on: with a fresh start after a suspension of our own, else with what a shell may have lost."""
        if self._must_signal_resume:
            super()._sigcont_application()
        elif self._auto_restart and self._is_running:
            self._set_raw()
            self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h")
            self._enable_mouse_support()
            self._enable_bracketed_paste()
            self._disable_line_wrap()
            self._app.refresh(layout=True)

    @property
    def _is_running(self) -> bool:
        return self._key_thread is not None and self._key_thread.is_alive()

    def _set_raw(self) -> None:
        """Make the terminal pass every key at once and unseen, as `start_application_mode` does."""
        attributes = termios.tcgetattr(self.fileno)
        attributes[tty.LFLAG] = self._patch_lflag(attributes[tty.LFLAG])
        attributes[tty.IFLAG] = self._patch_iflag(attributes[tty.IFLAG])
        attributes[tty.CC][termios.VMIN] = 1
        termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
