"""Sections that were read, or not yet: the next one, and all of a document called so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.pages.navigation import place_in_text
from tui.pages.unread import next_unread, stamp_of, unread
from tui.screens.remembering import now
from tui.screens.undoing import Step

if TYPE_CHECKING:
    from tui.screens.remembering import Remembering


def turn_read(screen: Remembering) -> None:
    """Call all sections of the document shown here read; where they are, call them unread."""
    document = screen.document_in_sections(screen.page)
    if document is None or not document.sections:
        screen.message.say("No sections here.")
        return
    screen.note_read()
    before = screen.state().read(document.id)
    left = list(unread(document, before))
    after = {section.id: stamp_of(document, section) for section in left}
    screen.overlook()
    if not _put(screen, document.id, {**before, **after} if left else {}):
        screen.message.say(f"Not kept: {screen.state().refusal}. Try again.")
        return
    word = "read" if left else "unread"
    step = Step(f"{document.title} {word}", partial(_put, screen, document.id, before))
    screen.did(f"All sections here are {word} now.", step)


def _put(screen: Remembering, document: str, stamps: dict[str, str]) -> bool:
    return screen.state().put_read(now(), document, stamps.items())


def go_next(screen: Remembering) -> None:
    """Go to the next section of this document that was not read."""
    document = screen.desk.document(screen.page.document or screen.briefing)
    if document is None or not document.sections:
        screen.message.say("No sections here.")
        return
    screen.note_read()
    read = screen.state().read(document.id)
    here = _block_here(screen, {section.id: section.first for section in document.sections})
    section = next_unread(document, read, here)
    if section is None:
        screen.message.say("All sections here are read.")
        return
    left = sum(1 for _ in unread(document, read)) - 1
    screen.go(place_in_text(screen.desk, document.id, section.first))
    more = f"not read yet. {left} more." if left else "the last one."
    screen.message.say(f"{section.title}: {more}")


def _block_here(screen: Remembering, firsts: dict[str, int]) -> int:
    """The block of the document at which the section in view begins; -1 before the first."""
    top = screen.reading.place().block
    above = [h.section for h in screen.page.outline if h.block <= top and h.section in firsts]
    return firsts[above[-1]] if above else -1
