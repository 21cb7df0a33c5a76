"""The field in which a query is typed; it stands above its results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import AwaitMount
from textual.widgets import Input, Static

from tui.widgets.base import lay_out_first
from tui.widgets.find_field import Words

if TYPE_CHECKING:
    from briefings.search.completing import Completion


class SearchField(Horizontal):
    """Its name and a field; `changed` gets the query as it is typed. Both are made at their first use."""

    DEFAULT_CSS = """
    SearchField { height: 1; display: none; background: $background; }
    SearchField > Static { width: auto; height: 1; color: $quiet; }
    SearchField > #told { width: auto; padding: 0 2; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "open", show=False, priority=True),
        Binding("tab", "complete(1)", show=False),
        Binding("shift+tab", "complete(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
    ]

    class Left(Message):
        """The field was left for the results."""

    class Opened(Message):
        """The chosen hit is to be opened."""

    class Moved(Message):
        """Another hit is to be chosen, so many further."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Completing(Message):
        """The query is to be completed."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, changed: Callable[[str], None]) -> None:
        super().__init__()
        self._changed = changed
        self._told = Static(id="told", markup=False)
        self._telling = ""
        self._choices: tuple[str, ...] = ()
        self._chosen = ""

    @property
    def is_typed_in(self) -> bool:
        """Whether keys go into the field."""
        return self.display and self.has_focus_within

    def show(self, words: str) -> None:
        """Stand there with a query."""
        self.display = True
        if not self.children:
            self._make(words)
        for shown in self.query(Input):
            if shown.value != words:
                with self.prevent(Input.Changed):
                    shown.value = words

    async def type_in(self, words: str) -> None:
        """Take the keys, with a query to begin with."""
        if not self.children:
            await self._make(words)
        self.show(words)
        self.screen.set_focus(self.query_one(Input))  # at once, for who asks then where the keys go

    def _make(self, words: str) -> AwaitMount:
        with self.prevent(Input.Changed):
            field = Words(self._changed, "query", words)
        return self.mount_all((Static("  Search  ", markup=False), field, self._told))

    def tell(self, words: str) -> None:
        """Say at the right end what came of the query."""
        if words != self._telling:
            self._telling = words
            self._told.update(Content(words))
            lay_out_first(self.screen, self._told)

    @property
    def before_cursor(self) -> str:
        """The part of the query that is completed."""
        field = self.query_one(Input)
        return field.value[: field.cursor_position]

    def complete(self, found: Completion, step: int) -> Sequence[str]:
        """Put the next choice in its place; the choices there are. Pressed again, the one after it."""
        field = self.query_one(Input)
        before, after = self.before_cursor, field.value[field.cursor_position :]
        if self._chosen and before.endswith(self._chosen) and len(self._choices) > 1:
            start = len(before) - len(self._chosen)
            number = (self._choices.index(self._chosen) + step) % len(self._choices)
        else:
            start, self._choices = found.start, found.choices
            number = 0 if step > 0 else len(self._choices) - 1
        if not self._choices:
            return ()
        self._chosen = self._choices[number]
        field.value = before[:start] + self._chosen + after
        field.cursor_position = start + len(self._chosen)
        return self._choices

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_open(self) -> None:
        self.post_message(self.Opened())

    def action_move(self, step: int) -> None:
        self.post_message(self.Moved(step))

    def action_complete(self, step: int) -> None:
        self.post_message(self.Completing(step))
