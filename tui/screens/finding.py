"""Words found in the page, from hit to hit, and on in the other tabs that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.asking import Asking
from tui.widgets.document import DocumentView

if TYPE_CHECKING:
    from tui.screens.elsewhere import Tab
    from tui.widgets.find_field import FindField


class Finding(Asking, inherit_bindings=False):
    """Asks for words, and goes through where they stand."""

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
            missing = self.searched().missing()
            self.fields.find.tell(self.no_hits(missing) if missing else "")

    async def action_find(self) -> None:
        view = self.searching = self.searched()
        self.before_find = view.place()
        await self.fields.find.open(view.find.words if view.find else "")
        self.tell_place()

    def action_find_next(self, step: int) -> None:
        """Go to the next hit: after the last one, in the next tab that has one, else from the top."""
        view = self.searched()
        if not view.find:
            self.message.say(f"{self.key('doc.find')} finds words first.")
        elif view is self.reading and self._ends_here(view, step) and self.find_in_other_tab(step):
            return
        elif not view.find_next(step):
            self.message.say(self.no_hits(view.find.words), doubtful=True)

    @staticmethod
    def _ends_here(view: DocumentView, step: int) -> bool:
        return bool(view.missing()) or view.at_last_hit(step)

    def find_in_other_tab(self, step: int) -> bool:
        """Go on with the words looked for in the tab after this one (1) or before it (-1) that has them;
        False when none has."""
        words = self.reading.find.words if self.reading.find else ""
        others = self._tabs_with(words)
        if not others:
            return False
        tab = others[0 if step > 0 else -1]
        self.go(tab.address)
        self.reading.find_words(words)
        if step < 0:
            self.reading.find_next(step)
        self.message.say(f'"{words}" in {tab.name}. {self.key("go.back")} goes back to where you were.')
        return True

    def no_hits(self, words: str) -> str:
        """That words are not on the page, and which other tabs have them."""
        from tui.screens.elsewhere import described

        others = described(self._tabs_with(words))
        return (
            f'No hits for "{words}" here. In other tabs: {others}.' if others else f'No hits for "{words}".'
        )

    def _tabs_with(self, words: str) -> tuple[Tab, ...]:
        from tui.screens.elsewhere import tabs_with

        inside = self.searched() is self.reading
        return tabs_with(self.desk, self.page.address, words) if inside else ()
