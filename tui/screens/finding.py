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
        """Stay at the hit; without one, go back to where the search began."""
        view = self.searched()
        if not event.accepted:
            view.find_words("")
        words = view.missing()
        if words or not event.accepted:
            view.restore(self.before_find)
        missed = self._missed(words) if words else ""
        self.searching = None
        view.focus()
        if view is self.reading:
            self.focus_chart()
        self.tell_place()
        if missed:
            self.message.say(missed, doubtful=True)

    def tell_place(self) -> None:
        """Of words that are typed and stand nowhere here, the field says where else they do."""
        super().tell_place()
        if self.fields.is_open("find"):
            missing = self.searched().missing()
            self.fields.find.tell(self._missed(missing) if missing else "")

    def _missed(self, words: str) -> str:
        """That words do not stand here, and where else they do."""
        from tui.actions import finding

        return finding.no_hits(self, words)
