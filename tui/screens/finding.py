"""The field in which words to find are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.asking import Asking

if TYPE_CHECKING:
    from tui.widgets.find_field import FindField


class Finding(Asking, inherit_bindings=False):
    """Finds words as they are typed."""

    def words_changed(self, words: str) -> None:
        """Search as the words are typed."""
        self.searched().find_words(words)

    def on_find_field_closed(self, event: FindField.Closed) -> None:
        """Stay at the hit, or go back to where the search began."""
        view = self.searched()
        if not event.accepted:
            view.find_words("")
            view.restore(self.before_find)
        self.searching = None
        view.focus()
        if view is self.reading:
            self.focus_chart()
        self.tell_place()

    def tell_place(self) -> None:
        """Of words that are typed and stand nowhere here, the field says where else they do."""
        super().tell_place()
        if self.fields.is_open("find"):
            from tui.actions import finding

            missing = self.searched().missing()
            self.fields.find.tell(finding.no_hits(self, missing) if missing else "")
