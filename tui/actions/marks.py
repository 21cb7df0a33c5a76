"""Marks: a letter that is put on a place, and leads back to it, also after a restart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from briefings.own.state import Marked
from tui.pages.packing import packed, unpacked
from tui.screens.remembering import now, titled
from tui.screens.undoing import Step

if TYPE_CHECKING:
    from tui.screens.remembering import Purpose, Remembering


def await_letter(screen: Remembering, purpose: Purpose) -> None:
    """Wait for the letter of a mark: to put it here, or to go there."""
    screen.awaits = purpose
    used = " ".join(mark.letter for mark in screen.state().marks())
    told = f"   Marks: {used}" if used else "   No marks yet."
    words = {"mark": "A letter marks this place.", "go": "A letter goes to its mark, ' goes back."}
    screen.message.say(words.get(purpose, "") + told)
    screen.tell_place()


def take(screen: Remembering, purpose: Purpose, letter: str) -> None:
    """Do what was waited for, now that a letter is typed."""
    if purpose == "go" and letter == "'":
        screen.travel(-1, "Nothing to go back to.")
    elif len(letter) != 1 or not letter.isalnum():
        screen.message.say("That is no letter. Nothing was done.")
    elif purpose == "mark":
        put(screen, letter)
    else:
        _go(screen, letter)


def put(screen: Remembering, letter: str) -> None:
    """Mark this place by a letter."""
    state = screen.state()
    before = state.mark(letter)
    mark = Marked(letter, now(), titled(screen.page), packed(screen.visit()))
    if state.keep_mark(mark):
        words = f"Marked. {screen.key('mark.go')}{letter} comes back to this place."
        screen.did(words, Step(f"mark {letter}", partial(_take_away, screen, mark, before)))
    else:
        screen.message.say(f"Not marked: {state.refusal}. Try again.")


def _take_away(screen: Remembering, mark: Marked, before: Marked | None) -> bool:
    """Take a mark away, or bring back the one before; False where the letter marks something else now."""
    state = screen.state()
    if state.mark(mark.letter) != mark:
        return False
    if not (state.keep_mark(before) if before else state.drop_mark(mark.letter)):
        raise ValueError(f"{state.refusal}; try again")
    return True


def _go(screen: Remembering, letter: str) -> None:
    mark = screen.state().mark(letter)
    visit = unpacked(mark.page) if mark else None
    if visit:
        screen.go_visit(visit)
    else:
        screen.message.say(f'No mark "{letter}". {screen.key("mark.set")}{letter} sets it.')
