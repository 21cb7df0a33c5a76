"""`briefing note`: add to the reader's note on an item, replace it, take it away, or print it."""

from __future__ import annotations

import argparse
import sys

from briefings.own.notes import Change, Note, keep, note_on
from cache.troubles import reason_of
from sources import limits
from sources.text import clean, clean_line, decode
from tui.cli.output import FINE, OWN_FILES, USAGE, RequestError
from tui.cli.session import Session
from tui.cli.showing import indicator_named
from tui.layout.linked import named


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an item, the text, and whether it takes the place of the old one."""
    parser.add_argument("id", metavar="ID", help="any item, or an indicator: huawei, cn.m2_yoy")
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="?",
        help="added to the note as a paragraph; in a pipe standard input is; without either it is printed",
    )
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--replace", action="store_true", help="TEXT takes the place of the whole note")
    one.add_argument("--remove", action="store_true", help="take the note away")


def run(session: Session, options: argparse.Namespace) -> int:
    """Change the file of the note, bring the index up to date, and say what stands in it now."""
    name, title = _item(session, options.id)
    if options.remove and options.text is not None:
        raise RequestError("usage", "--remove takes no text", USAGE)
    text = "" if options.remove else _text(options.text)
    if options.replace and not text.strip():
        raise RequestError("usage", "--replace needs a text; --remove takes the note away", USAGE)
    try:
        note = note_on(session.desk, name, title, session.now().date())
        change = _changed(note, text, options)
    except (ValueError, OSError) as error:
        raise RequestError("notes", reason_of(error), OWN_FILES) from error
    if options.remove and change is None:
        raise RequestError("usage", f"no note on {name}", USAGE)
    done = _done(note, change, options)
    if change:
        session.desk.upkeep.update()
        note = note_on(session.desk, name, title, session.now().date())
    _say(session, name, note, done, change)
    return FINE


def _item(session: Session, asked: str) -> tuple[str, str]:
    """The id of what the note is on, and its name. Raises `RequestError` for what there is not."""
    if series := indicator_named(session, asked):
        return series, session.desk.title_of(series)
    item = session.find(asked)
    return item.id, named(item)


def _text(typed: str | None) -> str:
    """What is to be written: the argument, else what a pipe holds."""
    if typed is not None or sys.stdin is None or sys.stdin.isatty():
        return typed or ""
    body = sys.stdin.buffer.read(limits.NOTE_BYTES + 1)
    if len(body) > limits.NOTE_BYTES:
        raise RequestError("usage", f"the text is longer than {limits.NOTE_BYTES:,} bytes", USAGE)
    decoded = decode(body)
    if decoded.bad_line:
        raise RequestError("usage", f"standard input is not UTF-8 in line {decoded.bad_line}", USAGE)
    return decoded.text


def _changed(note: Note, text: str, options: argparse.Namespace) -> Change | None:
    if options.remove or options.replace:
        return keep(note, text)
    if not text.strip():
        return None
    return keep(note, "\n\n".join(filter(None, (note.text, text.strip("\n")))))


def _done(note: Note, change: Change | None, options: argparse.Namespace) -> str:
    if change is None:
        return ""
    if change.after is None:
        return "removed"
    return "replaced" if options.replace and note.before is not None else "added"


def _say(session: Session, name: str, note: Note, done: str, change: Change | None) -> None:
    path = str(change.path if change else note.path)
    if session.output.as_json:
        kept = note.before is not None
        data = {"id": name, "done": done or None, "path": path if kept or change else None, "text": note.text}
        session.output.data("note", data)
    elif done:
        session.output.text([clean_line(f"{done}: {note.title}  ({path})")])
    elif note.text:
        session.output.text(clean(note.text).split("\n"))
    else:
        session.output.narrate(f"no note on {name}: briefing note {name} 'text' writes one")
