"""The framework's command palette with our looks and manners."""

from __future__ import annotations

from typing import ClassVar

from textual.await_complete import AwaitComplete
from textual.command import CommandInput, CommandList, CommandPalette
from textual.events import Click

WORDS = "A command, or the name of anything in the library"


class Palette(CommandPalette):
    """The palette, its cursor at rest. It is closed once, by however many clicks beside it: the framework
    would take the screen below it away as well. Without colours the chosen line is bold and underlined, for
    the framework reverses no line of a list."""

    CSS: ClassVar[str] = """
    Palette {
        background: transparent;
        & > Vertical { margin: 3 0 0 0; width: 100%; max-width: 100%; }
        #--input { border: none; background: $background; padding: 0 2; height: 1; }
        #--results { background: $background; }
        SearchIcon { display: none; }
        CommandInput { border: none; height: 1; padding: 0; }
        CommandInput > .input--placeholder { color: $quiet; }
        CommandInput:nocolor > .input--cursor { text-style: reverse; }
        CommandList > .option-list--option { text-style: none; }
        CommandList { border: none; background: $background; max-height: 60%; scrollbar-size: 0 0; }
        CommandList > .option-list--option-highlighted { color: $focus-ink; background: $focus-paper; }
        CommandList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
        LoadingIndicator.--visible { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__(placeholder=WORDS, id="--command-palette")

    def on_mount(self) -> None:
        self.query_one(CommandInput).cursor_blink = False

    def on_click(self, event: Click) -> None:
        """Leave a click that was made in a larger window than there is now: nothing lies there any more,
        and the framework would fail on it."""
        if not self.region.contains(event.screen_x, event.screen_y):
            event.prevent_default()

    def _action_command_list(self, action: str) -> None:
        """Leave a key that moves in a list which has no room: the framework would fail on it."""
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it, unless it is closed."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
