"""What became of a prediction, as it is typed: `false 2027-01-20 https://example.org/ 41 % of cards`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefings.desk import Desk
from briefings.model import Item
from sources.text import nearest

if TYPE_CHECKING:
    from briefings.resolutions import Entry

PLACEHOLDER = "true, false or void, since when, source, note"


def question(item: Item) -> str:
    """What is asked, short enough to leave room for the answer."""
    return f"{item.short.upper()}:"


def refusal(desk: Desk, item: Item | None) -> str:
    """Why no outcome can be recorded of an item; empty where one can."""
    if item is None or item.kind != "prediction":
        return "No prediction here: choose one, or open its card."
    status = desk.status(item)
    if status and status.why.startswith("void at birth"):
        return f"{item.short.upper()} is {status.why}. Nothing can come of it."
    return ""


def typed(desk: Desk, item: Item, text: str) -> Entry:
    """The entry that a line means. Raises ValueError with what was expected."""
    from briefings.dates import partial_date
    from briefings.resolutions import WORDS, Entry, unfit

    word, _, rest = text.strip().partition(" ")
    outcome = next((each for each in WORDS if each == word), None)
    if outcome is None:
        near = nearest(word, WORDS)
        raise ValueError(
            (f'"{word}" is no outcome; ' if word else "")
            + (f"nearest: {near}" if near else "expected true, false or void")
        )
    on, _, rest = rest.strip().partition(" ")
    if not on:
        raise ValueError("a date is missing: since when is that known? 2027-01-20")
    source, _, note = rest.strip().partition(" ")
    if not source.startswith(("http://", "https://")):
        source, note = "", rest.strip()
    entry = Entry(item.id, outcome, partial_date(on), source, note.strip())
    statement = desk.statement(item)
    if statement and (why := unfit(entry, statement)):
        raise ValueError(why)
    return entry
