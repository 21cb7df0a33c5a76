"""The go bar: a field, and under it what may be meant by what is typed there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, Static

from tui.layout import roles
from tui.layout.cells import cut, fit, width
from tui.layout.inline import mark_runs
from tui.layout.lines import Run
from tui.layout.wrap import wrap
from tui.widgets.bar import Chrome
from tui.widgets.base import show_first
from tui.widgets.find_field import Words

if TYPE_CHECKING:
    from tui.pages.choices import Choice

_SHORT, _KIND, _SIGN = 18, 11, 3
"""Cells of the columns of mnemonics, kinds and glyphs."""
_DOCUMENT = 8
"""Cells of the document that a section is in, at least."""


class ChoiceList(Chrome):
    """Choices, one a row, of which one is chosen."""

    DEFAULT_CSS = """
    ChoiceList { height: 1fr; }
    """

    ascii = False

    def __init__(self) -> None:
        super().__init__()
        self.choices: Sequence[Choice] = ()
        self.chosen = 0
        self.said = ""

    def show(self, choices: Sequence[Choice], otherwise: str = "", before: str = "") -> None:
        """Show other choices, and choose the first; where there is none, say `otherwise`. What stands
        `before` them is said in any case."""
        self.choices, self.chosen = choices, 0
        self.said = before or ("" if choices else otherwise)
        self.refresh()

    @property
    def here(self) -> Choice | None:
        """The chosen one."""
        return self.choices[self.chosen] if self.choices else None

    def move(self, step: int) -> None:
        """Choose the next or previous one, around the ends."""
        if self.choices:
            self.chosen = (self.chosen + step) % len(self.choices)
            self.refresh()

    def _shortened(self, name: str, room: int) -> str:
        """A name; of a section in a document the document gives way."""
        document, between, section = name.rpartition(" > " if self.ascii else " › ")
        left = room - width(between + section)
        return f"{cut(document, max(_DOCUMENT, left), self.mark)}{between}{section}"

    def _lines(self) -> list[str]:
        """What is said in place of choices, in lines that fit."""
        return [line.text for line in wrap([Run(self.said, roles.INK)], max(8, self.drawn.width - 6))]

    def render_line(self, y: int) -> Strip:
        """What is said, then the choices, below a blank row."""
        lines = self._lines() if self.said else []
        if 0 < y <= len(lines):
            return self.row([self.part("    "), self.part(lines[y - 1], "doubt")], [])
        number = y - 1 - len(lines)
        if not 0 <= number < len(self.choices):
            return self.row([], [])
        choice, here = self.choices[number], number == self.chosen
        look = "focused" if here else "ink"
        room = max(8, self.drawn.width - _SHORT - _KIND - _SIGN - 8)
        left = [
            self.part(f"  {'>' if self.ascii else '▸'} " if here else "    ", "here", choice=number),
            self.part(fit(choice.short, _SHORT - 1, mark=self.mark), look, choice=number),
            self.part(
                " " + fit(self._shortened(choice.name, room), room, mark=self.mark), look, choice=number
            ),
        ]
        kind = self.part(f" {choice.kind:<{_KIND}}", "quiet", choice=number)
        sign = [self.part(run.text, run.role) for run in mark_runs(choice.mark)]
        return self.row(left, [kind, *sign, self.part(" " * (_SIGN + 2 - width(choice.mark)))])


class GoBar(Vertical):
    """`:` and a field on the row above its choices. `changed` gets what is typed.

    What is in it is made at its first use.
    """

    DEFAULT_CSS = """
    GoBar { height: 10; display: none; dock: bottom; offset: 0 -1; layer: top; background: $background; }
    GoBar > Horizontal { height: 1; }
    GoBar Static { width: 3; height: 1; color: $quiet; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "go", id="bar.go", show=False, priority=True),
        Binding("tab", "complete", id="bar.complete", show=False, priority=True),
        Binding("down", "move(1)", id="bar.move", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", show=False, priority=True),
    ]

    class Closed(Message):
        """The bar was left: for a choice, or for none. `typed` is what stood in it."""

        def __init__(self, typed: str, choice: Choice | None) -> None:
            super().__init__()
            self.typed = typed
            self.choice = choice

    class Refused(Message):
        """Something was typed that means nothing."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    def __init__(self, changed: Callable[[str], None], moved: Callable[[Choice], None]) -> None:
        super().__init__()
        self._changed = changed
        self._moved = moved
        self.list = ChoiceList()

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.query_one(Input).value

    async def open(self, typed: str, choices: Sequence[Choice]) -> None:
        """Show the bar with something typed, and choices for it."""
        if not self.children:
            field = Horizontal(Static("  :", markup=False), Words(self._changed, "going"))
            await self.mount_all((field, self.list))
        field_of = self.query_one(Input)
        with self.prevent(Input.Changed):
            field_of.value = typed
        self.list.show(choices)
        show_first(self)
        field_of.select_on_focus = False  # what stands there is the beginning of what is typed
        field_of.focus()

    def close(self) -> None:
        """Take the bar away."""
        self.display = False

    def action_close(self) -> None:
        self.close()
        self.post_message(self.Closed(self.typed, None))

    def action_go(self) -> None:
        """Go to the chosen one."""
        if not self.list.choices:
            self.post_message(self.Refused(self.typed))
            return
        choice = self.list.choices[self.list.chosen]
        if choice.is_begun:
            self.type(choice.line)
            return
        self.close()
        self.post_message(self.Closed(self.typed, choice))

    def action_move(self, step: int) -> None:
        """Choose another one, which is then shown beside where there is room."""
        self.list.move(step)
        if self.list.choices:
            self._moved(self.list.choices[self.list.chosen])

    def action_complete(self) -> None:
        """Type what the chosen one is called; pressed again, the next."""
        shown = self.list
        if not shown.choices:
            return
        field, line = self.query_one(Input), shown.choices[shown.chosen].line
        if shown.choices[shown.chosen].is_begun:
            self.type(line)
            return
        if field.value == line:
            self.action_move(1)
            line = shown.choices[shown.chosen].line
        with self.prevent(Input.Changed):
            field.value = line
        field.cursor_position = len(line)

    def offer(self, typed: str, choices: Sequence[Choice]) -> None:
        """Show choices for what is typed, whatever else it may mean."""
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = typed
        field.cursor_position = len(typed)
        self.list.show(choices)

    def type(self, line: str) -> None:
        """Have a line in the field, and what may go on from it below."""
        field = self.query_one(Input)
        field.value = line
        field.cursor_position = len(line)

    def on_click(self, event: events.Click) -> None:
        """Go to what is under the mouse."""
        number = event.style.meta.get("choice")
        if isinstance(number, int) and number < len(self.list.choices):
            event.prevent_default()
            self.list.chosen = number
            self.action_go()
