"""The smallest app with our manners, started by the real entry point. Its argument chooses a misfortune."""

from __future__ import annotations

import os
import signal
import sys
import types
from typing import ClassVar

MISFORTUNE = sys.argv[1] if sys.argv[1:] else ""


def run(settings: object) -> int:
    """What `tui.running` offers."""
    if MISFORTUNE == "broken":
        raise ImportError("planted")
    from textual.app import ComposeResult
    from textual.binding import Binding, BindingType
    from textual.widgets import Static

    from tui.settings.settings import Settings
    from tui.terminal.app import TerminalApp

    assert isinstance(settings, Settings)

    class SmallApp(TerminalApp):
        BINDINGS: ClassVar[list[BindingType]] = [
            Binding("q", "quit"),
            Binding("c", "count"),
            Binding("x", "misfortune"),
        ]
        pressed = 0

        def compose(self) -> ComposeResult:
            yield Static("ready 央行")

        def action_count(self) -> None:
            self.pressed += 1
            self.query_one(Static).update(f"pressed {self.pressed} 央行")

        def action_misfortune(self) -> None:
            password = "hunter" + "2"
            if MISFORTUNE == "unable to stop":
                vars(self._driver)["stop_application_mode"] = lambda: 1 / 0
                raise KeyboardInterrupt
            if MISFORTUNE == "blocked":
                os.write(1, b"blocked")
                while True:
                    pass
            raise ValueError(f"planted \x1b[2J, {len(password)} letters")

    return SmallApp(settings.places.state).run_to_status()


if __name__ == "__main__":
    if MISFORTUNE == "deaf":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    running = types.ModuleType("tui.running")
    vars(running)["run"] = run
    sys.modules["tui.running"] = running
    from tui.main import main

    sys.exit(main([]))
