"""The floor of every start: the smallest Textual app, one Static."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    """Shows a word; q leaves it."""

    def compose(self) -> ComposeResult:
        yield Static("ready")

    def key_q(self) -> None:
        self.exit()


def main() -> None:
    Minimal().run()
