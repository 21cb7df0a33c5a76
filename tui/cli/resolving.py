"""`briefing resolve`: record what became of a prediction, or take that back."""

from __future__ import annotations

import argparse

from briefings.documents.dates import partial_date
from briefings.documents.model import Item
from briefings.own import resolutions
from cache.troubles import reason_of
from sources.text import clean_line
from tui.cli.arguments import no_such
from tui.cli.output import FINE, OWN_FILES, USAGE, RequestError
from tui.cli.session import Session


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a prediction, its outcome with day, source and note, or that the last one is taken back."""
    parser.add_argument("id", metavar="ID", help="a prediction: p1, china-legal-shield#p1")
    parser.add_argument("outcome", metavar="OUTCOME", nargs="?", help="true, false or void")
    parser.add_argument("--on", type=_date, metavar="DATE", help="since when that is known: 2027-01-20")
    parser.add_argument("--source", default="", metavar="URL", help="where it can be read")
    parser.add_argument("--note", default="", metavar="TEXT", help="why, in a sentence")
    parser.add_argument("--undo", action="store_true", help="take the last outcome of ID back")


def run(session: Session, options: argparse.Namespace) -> int:
    """Change the file in the user's folder, and say what it holds now."""
    item = session.find_prediction(options.id)
    try:
        entry = _taken_back(session, item) if options.undo else _recorded(session, item, options)
    except (resolutions.Unwritable, OSError) as error:
        where = getattr(error, "where", "")
        raise RequestError("resolutions", reason_of(error), OWN_FILES, where) from error
    path = session.settings.places.library / resolutions.FILE
    words = "taken back" if options.undo else "recorded"
    if not options.undo and entry.as_outcome().on > session.now().date():
        session.output.narrate(f"briefing: it counts from {entry.as_outcome().on} on")
    if session.output.as_json:
        data = {**entry._asdict(), "done": words, "path": str(path)}
        session.output.data("resolve", data)
    else:
        session.output.text([clean_line(f"{words}: {entry.id} {entry.outcome} on {entry.on}  ({path})")])
    return FINE


def _recorded(session: Session, item: Item, options: argparse.Namespace) -> resolutions.Entry:
    if options.outcome not in resolutions.WORDS:
        missing = "an outcome is missing; expected true, false or void"
        named = no_such("outcome", options.outcome, resolutions.WORDS) if options.outcome else missing
        raise RequestError("usage", named, USAGE)
    if not options.on:
        raise RequestError("usage", "--on is missing: since when is that known?", USAGE)
    statement = session.desk.statement(item)
    entry = resolutions.Entry(item.id, options.outcome, options.on, options.source, options.note)
    if statement and (why := resolutions.unfit(entry, statement)):
        raise RequestError("usage", f"{item.id} cannot be resolved so: {why}", USAGE)
    return resolutions.record(session.settings.places.library, entry)


def _taken_back(session: Session, item: Item) -> resolutions.Entry:
    if entry := resolutions.take_back(session.settings.places.library, item.id):
        return entry
    raise RequestError("usage", f"no outcome of {item.id} is recorded", USAGE)


def _date(text: str) -> str:
    try:
        return partial_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
