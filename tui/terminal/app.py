"""The app's manners towards its terminal, whatever it shows: signals, faults, suspension, hostile text.

It rests on private names of Textual 8.2.8: `tests/tui/terminal/test_base_app.py` names them.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from rich.segment import Segment
from textual.app import App
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.worker import Worker, WorkerFailed, WorkerState

from tui.terminal import terminal
from tui.terminal.driver import TerminalDriver

_ACTING = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]"
"""What acts on a terminal: a pattern for text that is not printable, which little is."""


class ControlWall(LineFilter):
    """The last wall before the terminal: no text, wherever it comes from, acts on it.

    What acts takes no cell, so it is left out: the width stays. Hyperlinks of a style go too, since
    their address would be written as it is.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, harmless. Control segments are the framework's own and stay."""
        return [segment if _is_harmless(segment) else _disarmed(segment) for segment in segments]


def _is_harmless(segment: Segment) -> bool:
    text, style, control = segment
    acts = not text.isprintable() and re.search(_ACTING, text)
    return bool(control) or not (acts or (style and style.link))


def _disarmed(segment: Segment) -> Segment:
    style = segment.style
    return Segment(re.sub(_ACTING, "", segment.text), style.update_link(None) if style else None)


class TerminalApp(App[int]):
    """An app that gives its terminal back, whatever ends it.

    Run it with `run_to_status`. `state` is the folder of crash reports. A worker that may fail is
    started by the app itself as `self.run_worker(work, thread=True, exclusive=True, group=...,
    exit_on_error=False)`: its fault then is reported and told, and the app goes on.
    """

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True)
    ]

    def __init__(self, state: Path | None = None) -> None:
        super().__init__(driver_class=TerminalDriver)
        self.animation_level = "none"
        self._report_folder = state
        self._last_words = ""
        self._wall = ControlWall()

    def run_to_status(self) -> int:
        """Run until the user or a signal ends it; the exit status of the process.

        A fault ends it with status 1 and one line on standard error.
        """
        self.run()
        if self._last_words:
            terminal.narrate(f"{self._last_words}\n")
        return 1 if self.return_code is None else self.return_code

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._repaint)
        self.call_after_refresh(_collect_again)

    def _repaint(self, _: App[object]) -> None:
        self.refresh(layout=True)

    def leave(self, number: int) -> None:
        """End because of the signal `number`."""
        self.exit(128 + number, return_code=128 + number)

    def fail(self, error: Exception) -> None:
        """End because of a fault that was caught outside a message handler."""
        self._handle_exception(error)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        error = event.worker.error
        if event.state is WorkerState.ERROR and error is not None and not event.worker.exit_on_error:
            self.endure(error)

    def endure(self, error: BaseException) -> None:
        """Go on after the fault of a worker, and tell of it."""
        self.notify(_report(error, self._report_folder, ended=False), severity="error")

    def last_words(self, error: BaseException) -> str:
        """The line to end with because of a fault, which is reported."""
        return _report(error, self._report_folder, ended=True)

    def action_command_palette(self) -> None:
        """Open the palette, saying what may be typed into it."""
        if not isinstance(self.screen, CommandPalette):
            from tui.widgets.palette import Palette

            self.push_screen(Palette())

    def action_help_quit(self) -> None:
        """Asked for by ctrl+c with nothing selected: many expect it to quit."""
        self.notify("q quits.")

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a message letter for letter: `markup` is never heeded."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def bell(self) -> None:
        """Silent: the app makes no sound."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The framework's filters behind our wall."""
        return [self._wall, *super().get_line_filters()]

    def panic(self, *renderables: RenderableType) -> None:
        """End with one line: what the framework would print shows local variables and outside text."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        """Called by the framework for a fault in a handler: a report, and one line at the end."""
        if not self._last_words:
            self._last_words = self.last_words(_cause(self._exception))
        self._close_messages_no_wait()


def _report(error: BaseException, folder: Path | None, *, ended: bool) -> str:
    from tui import crash  # which nothing needs until something goes wrong

    return crash.record(error, folder, ended=ended)


def _cause(error: BaseException | None) -> BaseException:
    """What went wrong itself, where the framework only says that a worker failed."""
    if isinstance(error, WorkerFailed):
        return error.error
    return error or RuntimeError("the framework gave up without naming a fault")


_THRESHOLDS = (10_000, 5, 50)
"""What is collected between two keys takes 10 ms at most: a chart leaves thousands of objects that hold one
another, and 50,000 of them take 28 ms."""


def _collect_again() -> None:
    """Switch garbage collection on, where the entry point switched it off for a faster start."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
        gc.set_threshold(*_THRESHOLDS)
