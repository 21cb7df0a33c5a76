"""The fields in which keys let something be typed: each is made and mounted at its first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.screens.offers import Layer
    from tui.screens.panes import Panes
    from tui.widgets.answer_field import AnswerField
    from tui.widgets.choice_field import ChoiceField
    from tui.widgets.find_field import FindField
    from tui.widgets.go_bar import GoBar
    from tui.widgets.note_editor import NoteEditor
    from tui.widgets.search_field import SearchField

    Made = TypeVar("Made", bound=Widget)

Name = Literal["find", "answer", "choice", "note", "bar", "search"]

_OVER_PAGE: dict[Name, Layer] = {
    "bar": "going", "note": "noting", "answer": "asked", "choice": "choosing", "find": "find",
}  # fmt: skip
"""The fields that lie over the page, and what the footer offers in each."""


class Fields:
    """The fields of a screen. What is typed is told to its hooks, and what comes of it by messages."""

    def __init__(self, panes: Panes, *, ascii_only: bool) -> None:
        self._panes = panes
        self._ascii = ascii_only

    def is_open(self, name: Name) -> bool:
        """Whether a field is shown; asking makes none."""
        field: Widget | None = vars(self).get(name)
        return field is not None and field.display

    @property
    def is_any_open(self) -> bool:
        """Whether a field lies over the page."""
        return any(map(self.is_open, _OVER_PAGE))

    @property
    def layer(self) -> Layer | None:
        """What the footer offers while keys go into a field; None where they go into none."""
        over = next((layer for name, layer in _OVER_PAGE.items() if self.is_open(name)), None)
        return over or ("search" if self.is_query_typed else None)

    @property
    def is_query_typed(self) -> bool:
        """Whether keys go into the field of a search."""
        return self.is_open("search") and self.search.is_typed_in

    @cached_property
    def find(self) -> FindField:
        """Words to find on the page."""
        from tui.widgets.find_field import FindField

        return self._mounted(FindField(self._panes.words_changed))

    @cached_property
    def answer(self) -> AnswerField:
        """The answer to a question."""
        from tui.widgets.answer_field import AnswerField

        return self._mounted(AnswerField())

    @cached_property
    def choice(self) -> ChoiceField:
        """One of many, by a few letters."""
        from tui.widgets.choice_field import ChoiceField

        field = ChoiceField()
        field.mark = self._panes.message.mark
        return self._mounted(field)

    @cached_property
    def note(self) -> NoteEditor:
        """A note."""
        from tui.widgets.note_editor import NoteEditor

        editor = NoteEditor()
        editor.title.mark = self._panes.message.mark
        return self._mounted(editor)

    @cached_property
    def bar(self) -> GoBar:
        """The name of what to go to."""
        from tui.widgets.go_bar import GoBar

        bar = GoBar(self._panes.going_changed, self._panes.going_moved)
        bar.list.ascii, bar.list.mark = self._ascii, self._panes.message.mark
        return self._mounted(bar)

    @cached_property
    def search(self) -> SearchField:
        """A query, above its results."""
        from tui.widgets.search_field import SearchField

        field = SearchField(self._panes.query_changed)
        self._panes.mount(field, after=self._panes.bar)
        return field

    def _mounted(self, field: Made) -> Made:
        self._panes.mount(field, before=self._panes.message)
        return field
