"""From arguments to an exit status: finds the command, runs it, and says in one line what went wrong."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import tui
from cache.troubles import is_damage
from tui.cli import arguments
from tui.cli.output import CANCELLED, FINE, OWN_FAULT, OWN_FILES, USAGE, Output, RequestError
from tui.cli.session import Session
from tui.cli.subcommands import COMMANDS
from tui.settings.settings import Options, load, refusal

_HELP_WIDTH = 80


def run(argv: Sequence[str]) -> int:
    """Run the command that `argv` asks for; the exit status. A fault of our own is raised."""
    output = Output("--json" in argv)
    try:
        status = _run(argv, output)
        output.finish()
        return status
    except RequestError as refused:
        output.refuse(refused)
        return refused.status
    except (Exception, KeyboardInterrupt) as error:
        if told := _told(error):
            output.error_object(told)
        else:
            output.finish()
        raise


def _told(error: BaseException) -> RequestError | None:
    """What a program is told of an end that was not foreseen; nothing where the output itself failed."""
    if isinstance(error, KeyboardInterrupt):
        return RequestError("cancelled", tui.CANCELLED, CANCELLED)
    if not isinstance(error, OSError):
        return RequestError("fault", f"a fault of its own, {type(error).__name__}", OWN_FAULT)
    if error.filename is None:
        return None
    return RequestError("files", f"{error.filename}: {error.strerror}", OWN_FILES)


def _run(argv: Sequence[str], output: Output) -> int:
    typed = arguments.read_globals(argv)
    output.as_json = typed.json
    if typed.version:
        return _version(output)
    if typed.help and not typed.rest:
        output.text(_help())
        return FINE
    command = arguments.find_command(typed.rest)
    parser = arguments.parser_of(command)
    if typed.help:
        output.text(parser.format_help().splitlines())
        return FINE
    options = arguments.parse(parser, typed.rest[1:])
    with _session(typed, output) as session:
        session.as_of = vars(options).get("as_of")
        output.as_of = session.as_of.isoformat() if session.as_of else None
        try:
            status = command.load().run(session, options)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            session.begin_anew()
            raise RequestError("index", "the index was damaged; ask again", OWN_FILES) from error
        return status or session.status


def _session(typed: arguments.Typed, output: Output) -> Session:
    options = Options(libraries=typed.libraries, offline=typed.offline)
    if trouble := refusal(options, os.environ):
        raise RequestError("bad-option", trouble, USAGE)
    try:
        settings = load(os.environ, options)
    except OSError as error:  # the environment names no folder for anything
        raise RequestError("no-home", str(error), OWN_FILES) from error
    output.warn_of(settings.faults)
    return Session(settings, output)


def _version(output: Output) -> int:
    from tui import __version__

    if output.as_json:
        output.data("version", {"version": __version__})
    else:
        output.text([f"briefing {__version__}"])
    return FINE


def _help() -> list[str]:
    lines = ["usage: briefing [--library DIR]            read in the terminal app"]
    lines += ["       briefing COMMAND [options]          one of these, without the app", ""]
    lines += _beside((f"  {command.name} {command.operands}".rstrip(), command.help) for command in COMMANDS)
    lines += ["", *arguments.GLOBAL_HELP.splitlines(), ""]
    lines += ["options of the app:", "  --theme NAME   dark, light, contrast or terminal"]
    lines += ["  --ascii        no sign outside ASCII", ""]
    lines += ["option of the app and of every command that reads:"]
    lines += ["  --as-of DATE   everything as known at the end of this day: 2026-04-20", ""]
    return [*lines, "example:", "  briefing read huawei", "", "briefing COMMAND --help says more."]


def _beside(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Words in one column and what they mean in the next, over as many lines as that takes."""
    from textwrap import wrap

    rows = tuple(pairs)
    column = max(len(words) for words, _ in rows) + 2
    for words, meaning in rows:
        first, *others = wrap(meaning, _HELP_WIDTH - column)
        yield f"{words:<{column}}{first}"
        yield from (" " * column + line for line in others)
