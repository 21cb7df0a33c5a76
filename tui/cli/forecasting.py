"""`briefing forecast`: enter the reader's own probability of a prediction, list them, or take one back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from briefings.documents.model import Item
from briefings.ledger.likelihood import band_of, share
from briefings.ledger.predictions import unforecast
from briefings.ledger.scoreboard import called
from briefings.ledger.scores import Forecast
from briefings.own import forecasts
from briefings.own.forecasts import Entry, Unwritable, Word, probability
from cache.troubles import reason_of
from sources.text import clean_line
from tui.cli.output import FINE, OWN_FILES, USAGE, RequestError
from tui.cli.records import Record
from tui.cli.session import Session


class _Done(NamedTuple):
    """What was done, in words, and with which entry; the empty word where nothing was."""

    words: str = ""
    entry: Entry | Word | None = None


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a prediction and a probability, or that the last one is taken back."""
    parser.add_argument("id", metavar="ID", help="a prediction: p1, china-legal-shield#p1")
    parser.add_argument(
        "chance",
        metavar="CHANCE",
        nargs="?",
        help="how likely it is: 0.3, '30 %%'; without it all are listed",
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="why, in a sentence")
    parser.add_argument(
        "--word", action="store_true", help="CHANCE is what the author's word stands for, here and elsewhere"
    )
    parser.add_argument("--undo", action="store_true", help="take the last forecast of ID back")


def run(session: Session, options: argparse.Namespace) -> int:
    """Change the file in the user's folder, or leave it, and say what it holds of the prediction."""
    item = session.find_prediction(options.id)
    try:
        done = _undone(session, item, options) if options.undo else _entered(session, item, options)
    except (Unwritable, OSError) as error:
        where = getattr(error, "where", "")
        raise RequestError("forecasts", reason_of(error), OWN_FILES, where) from error
    session.desk.forget()
    standing = tuple(session.desk.own.forecasts.get(item.id, ()))
    if session.output.as_json:
        session.output.data("forecast", _record(session, item, done, standing))
    else:
        session.output.text(map(clean_line, _lines(session, item, done, standing)))
    return FINE


def _entered(session: Session, item: Item, options: argparse.Namespace) -> _Done:
    if options.chance is None:
        return _Done()
    try:
        chance = probability(options.chance)
    except ValueError as error:
        raise RequestError("usage", str(error), USAGE) from error
    own = session.settings.places.library
    if options.word:
        return _Done("recorded", forecasts.record(own, Word(_wording(session, item), chance)))
    found = called(session.desk, item, session.now().date())
    if found and (why := unforecast(found.status)):
        raise RequestError("usage", f"{item.id} cannot be forecast: {why}", USAGE)
    on = session.now().date().isoformat()
    return _Done("recorded", forecasts.record(own, Entry(item.id, chance, on, options.note)))


def _undone(session: Session, item: Item, options: argparse.Namespace) -> _Done:
    wording = _wording(session, item) if options.word else ""
    own = session.settings.places.library
    taken = forecasts.take_back(own, word=wording) if wording else forecasts.take_back(own, item.id)
    if taken is None:
        of = f'reading of "{wording}"' if wording else f"forecast of {item.id}"
        raise RequestError("usage", f"no {of} is recorded", USAGE)
    return _Done("taken back", taken)


def _wording(session: Session, item: Item) -> str:
    """The word of a prediction that the reader may take for a probability."""
    statement = session.desk.statement(item)
    wording = statement.wording if statement else ""
    if not wording:
        raise RequestError("usage", f"{item.id} names no word of its author", USAGE)
    if band := band_of(wording):
        raise RequestError("usage", f'"{wording}" has a band already: {band}', USAGE)
    return wording


def _record(session: Session, item: Item, done: _Done, standing: tuple[Forecast, ...]) -> Record:
    return {
        "id": item.id,
        "done": done.words or None,
        "forecast": _entry_record(done.entry) if isinstance(done.entry, Entry) else None,
        "word": _word_record(done.entry) if isinstance(done.entry, Word) else None,
        "forecasts": [forecast_record(each) for each in standing],
        "path": str(session.settings.places.library / forecasts.FILE),
    }


def _entry_record(entry: Entry) -> Record:
    return forecast_record(entry.as_forecast())


def _word_record(word: Word) -> Record:
    return {"word": word.word, "chance": word.chance}


def forecast_record(forecast: Forecast) -> Record:
    """A probability that the reader entered."""
    return {"chance": forecast.chance, "on": forecast.on.isoformat(), "note": forecast.note}


def _lines(session: Session, item: Item, done: _Done, standing: tuple[Forecast, ...]) -> Iterator[str]:
    where = f"({session.settings.places.library / forecasts.FILE})"
    if isinstance(done.entry, Word):
        yield f'{done.words}: "{done.entry.word}" read as {share(done.entry.chance)}  {where}'
    elif done.entry:
        yield f"{done.words}: {item.id} {share(done.entry.chance)} on {done.entry.on}  {where}"
    else:
        for each in standing:
            yield f"{each.on}  {share(each.chance)}  {each.note}".rstrip()
        if not standing:
            session.output.narrate(f"no forecast of {item.id}: briefing forecast {item.short} 0.3 enters one")
