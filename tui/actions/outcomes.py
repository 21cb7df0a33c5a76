"""Recording what became of predictions and how likely they are, into the user's folder.

What is typed: `false 2027-01-20 https://example.org/ 41 % of cards` is its outcome,
`30 % the share falls` is how likely the reader calls it, `will 85 %` is what its author's word
stands for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from briefings.desk import Desk
from briefings.documents.model import Item, Statement
from sources.likeness import nearest
from tui.files.words import told
from tui.screens.undoing import Step

if TYPE_CHECKING:
    from tui.screens.shell import Shell

Entry = TypeVar("Entry")

PLACEHOLDER = "true, false or void, since when, source, note; or how likely: 30 %"


class Typed(NamedTuple):
    """What was typed, in words, and what writes it into a folder. That gives what takes it out again, or
    gives None where it has gone already; both raise `ValueError` or `OSError` where that cannot be."""

    words: str
    record: Callable[[Path], Callable[[], object | None]]


async def resolve(shell: Shell) -> None:
    """Ask what became of the focused prediction, or of that of the card, or how likely it is. What its
    test proposes stands in the field."""
    item = _prediction(shell)
    if shell.day:
        shell.message.say(f"Outcomes are recorded today. {shell.key('go.as_of')} and enter lead there.")
    elif why := refusal(shell.desk, item):
        shell.message.say(why)
    elif item:
        await shell.ask(
            question(item), PLACEHOLDER, partial(_record, shell, item), proposal(shell.desk, item)
        )


def _prediction(shell: Shell) -> Item | None:
    link = shell.pane.focused_link()
    found = shell.desk.resolve(link.target, shell.page.document) if link and link.kind == "item" else None
    if found and found.kind == "prediction":
        return found
    return shell.desk.item(shell.page.address.name) if shell.page.address.kind == "item" else None


def _record(shell: Shell, item: Item, answer: str) -> Awaitable[None] | None:
    """Record what was typed; of what cannot be, say what was expected and ask again."""
    try:
        meant = typed(shell.desk, item, answer)
        undo = meant.record(shell.desk.library.places.library)
    except (ValueError, OSError) as error:
        return shell.ask_again(f"Not recorded: {told(error)}", answer, partial(_record, shell, item))
    shell.did(f"Recorded: {meant.words}.", Step(meant.words, undo))
    return None


def question(item: Item) -> str:
    """What is asked, short enough to leave room for the answer."""
    return f"{item.short.upper()}:"


def refusal(desk: Desk, item: Item | None) -> str:
    """Why nothing can be recorded of an item; empty where something can."""
    if item is None or item.kind != "prediction":
        return "No prediction here: choose one, or open its card."
    status = desk.status(item)
    if status and status.why.startswith("void at birth"):
        return f"{item.short.upper()} is {status.why}. Nothing can come of it."
    return ""


def proposal(desk: Desk, item: Item) -> str:
    """The line that confirms what the test of a due prediction proposes; empty without a proposal."""
    from briefings.ledger import scoreboard

    found = scoreboard.called(desk, item)
    proposed = scoreboard.proposal(desk, found) if found else None
    if proposed is None:
        return ""
    because = f": {proposed.because}" if proposed.because else ""
    return f"{proposed.outcome} {proposed.on} by its test{because}"


def typed(desk: Desk, item: Item, text: str) -> Typed:
    """What a line means. Raises ValueError with what was expected."""
    from briefings.own.forecasts import leading

    statement = desk.statement(item)
    number, rest = leading(text)
    if number:
        return _forecast(desk, item, number, rest)
    return (_word(statement, text) if statement else None) or _outcome(item, statement, text)


def _forecast(desk: Desk, item: Item, number: str, note: str) -> Typed:
    from briefings.ledger.likelihood import share
    from briefings.ledger.predictions import unforecast
    from briefings.own import forecasts

    chance, status = forecasts.probability(number), desk.status(item)
    if status and (why := unforecast(status)):
        raise ValueError(why)
    entry = forecasts.Entry(item.id, chance, desk.today.isoformat(), note)
    words = f"{item.short.upper()} {share(chance)}, by you"
    return _kept(words, partial(forecasts.record, entry=entry), forecasts.undo)


def _word(statement: Statement, text: str) -> Typed | None:
    """What the author's own word stands for; None where the line is not that word and a probability."""
    from briefings.ledger.likelihood import band_of, share
    from briefings.own import forecasts

    word, line = (" ".join(words.split()) for words in (statement.wording, text))
    if not word or not line.casefold().startswith(f"{word.casefold()} "):
        return None
    number, rest = forecasts.leading(line[len(word) :])
    if not number or rest:
        return None
    if band := band_of(word):
        raise ValueError(f'"{word}" has a band already: {band}')
    entry = forecasts.Word(word, forecasts.probability(number))
    words = f'"{word}" is read as {share(entry.chance)}'
    return _kept(words, partial(forecasts.record, entry=entry), forecasts.undo)


def _outcome(item: Item, statement: Statement | None, text: str) -> Typed:
    from briefings.documents.dates import partial_date
    from briefings.own import resolutions

    word, _, rest = text.strip().partition(" ")
    outcome = next((each for each in resolutions.WORDS if each == word), None)
    if outcome is None:
        near = nearest(word, resolutions.WORDS)
        raise ValueError(
            (f'"{word}" is no outcome; ' if word else "")
            + (f"nearest: {near}" if near else "expected true, false or void, or a probability")
        )
    on, _, rest = rest.strip().partition(" ")
    if not on:
        raise ValueError("a date is missing: since when is that known? 2027-01-20")
    source, _, note = rest.strip().partition(" ")
    if not source.startswith(("http://", "https://")):
        source, note = "", rest.strip()
    entry = resolutions.Entry(item.id, outcome, partial_date(on), source, note.strip())
    if statement and (why := resolutions.unfit(entry, statement)):
        raise ValueError(why)
    words = f"{item.short.upper()} {outcome} since {on}"
    return _kept(words, partial(resolutions.record, entry=entry), resolutions.undo)


def _kept(words: str, record: Callable[[Path], Entry], undo: Callable[[Path, Entry], Entry | None]) -> Typed:
    return Typed(words, lambda folder: partial(undo, folder, record(folder)))
