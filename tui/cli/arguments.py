"""What is typed: global options wherever they stand, then the command and its own. Refused in one line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple, NoReturn

from briefings.documents.dates import past_day
from sources.likeness import nearest
from sources.text import clean_line
from tui.cli.output import USAGE, RequestError
from tui.cli.subcommands import BY_NAME, Command

GLOBAL_OPTIONS = ("--library", "--json", "--offline", "--help", "--version")
_OF_THE_APP = ("--theme", "--ascii")
_DAY = "--as-of"

_WORDS = tuple(
    (re.compile(theirs), ours)
    for theirs, ours in (
        (r"the following arguments are required: (.+)", r"\1 is missing"),
        (r"argument (\S+): expected one argument", r"\1 needs a value"),
        (r"argument (\S+): expected at least one argument", r"\1 needs a value or more"),
        (r"argument (\S+): ignored explicit argument .*", r"\1 takes no value"),
        (r"argument (\S+): not allowed with argument (\S+)", r"\1 and \2 exclude each other"),
        (r"argument (-\S+): (.+)", r"\1: \2"),
        (r"argument \S+: (.+)", r"\1"),
    )
)

GLOBAL_HELP = """\
options of every command:
  --library DIR  also read the documents of this folder (may be repeated)
  --json         print one JSON object instead of text
  --offline      ask no source, whatever the command
  --help         say what the command does
  --version      print the version
"""


class Typed(NamedTuple):
    """The global options, and what is left. `help` counts for the command, if one is named."""

    libraries: tuple[str, ...]
    json: bool
    offline: bool
    help: bool
    version: bool
    rest: tuple[str, ...]


class Parser(argparse.ArgumentParser):
    """A parser that raises `RequestError`, in our words, instead of printing its usage and ending the
    program. `example` is what may be typed instead."""

    example = "briefing read huawei"

    def format_help(self) -> str:
        return super().format_help().replace("positional arguments:", "arguments:")

    def error(self, message: str) -> NoReturn:
        raise RequestError("usage", f"{in_our_words(clean_line(message))}; example: {self.example}", USAGE)


def read_globals(argv: Sequence[str]) -> Typed:
    """Split the global options from `argv`. Raises `RequestError` for `--library` without a folder."""
    end = list(argv).index("--") if "--" in argv else len(argv)
    parser = Parser(prog="briefing", add_help=False, allow_abbrev=False)
    parser.add_argument("--library", action="append", default=[], type=_folder, metavar="DIR")
    for names in (("--json",), ("--offline",), ("--help", "-h"), ("--version",)):
        parser.add_argument(*names, action="store_true")
    found, rest = parser.parse_known_args(list(argv[:end]))
    flags = (found.json, found.offline, found.help, found.version)
    return Typed(tuple(found.library), *flags, rest=_with_day_behind((*rest, *argv[end:])))


def _with_day_behind(rest: tuple[str, ...]) -> tuple[str, ...]:
    """A day that is typed before a command is that command's, as it is where it is typed behind."""
    if rest[:1] == (_DAY,):
        day, others = rest[:2], rest[2:]
    elif rest and rest[0].startswith(f"{_DAY}="):
        day, others = rest[:1], rest[1:]
    else:
        return rest
    return (*others[:1], *day, *others[1:])


def find_command(rest: Sequence[str]) -> Command:
    """The command that is typed first. Raises `RequestError` when there is none of that name."""
    if rest == (_DAY,):
        raise RequestError("usage", f"{_DAY} needs a value; example: briefing {_DAY} 2026-04-20", USAGE)
    if not rest or rest[0] == "--" or rest[0].partition("=")[0] == _DAY:
        raise RequestError("usage", "no command; see briefing --help", USAGE)
    name = rest[0]
    if name.startswith("-"):
        raise _no_option(name, (*GLOBAL_OPTIONS, *_OF_THE_APP, _DAY))
    if name not in BY_NAME:
        raise RequestError("unknown-command", no_such("command", name, BY_NAME), USAGE)
    return BY_NAME[name]


def in_our_words(message: str) -> str:
    """What argparse says of an argument, without its names for things."""
    for theirs, ours in _WORDS:
        if theirs.match(message):
            return theirs.sub(ours, message)
    return message


def parser_of(command: Command) -> Parser:
    """The parser of a command's own arguments."""
    parser = Parser(
        prog=f"briefing {command.name}",
        description=command.help,
        epilog=f"{GLOBAL_HELP}\nexample:\n  {command.example}\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    parser.example = command.example
    command.load().configure(parser)
    return parser


def parse(parser: Parser, arguments: Sequence[str]) -> argparse.Namespace:
    """The command's own options. Raises `RequestError` for what it does not take."""
    options, extra = parser.parse_known_args(list(arguments))
    if extra:
        if extra[0].startswith("-") and extra[0] != "--":
            own = re.findall(r"--[\w-]+", parser.format_usage())
            raise _no_option(extra[0], (*own, *GLOBAL_OPTIONS))
        parser.error(f'"{clean_line(extra[-1])}" is one argument too many')
    return options


def one_of(what: str, choices: Sequence[str]) -> Callable[[str], str]:
    """The type of an argument that is one of `choices`."""

    def chosen(text: str) -> str:
        if text not in choices:
            raise argparse.ArgumentTypeError(no_such(what, text, choices))
        return text

    return chosen


def number_between(least: int, most: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number from `least` to `most`."""

    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(
                f'"{text}" does not fit; expected a number from {least} to {most}'
            )
        return int(text)

    return number


def known_day(text: str) -> date:
    """The type of an argument that names a day up to today: `2026-04`, `yesterday`, `today`."""
    today = datetime.now(UTC).date()
    try:
        return past_day(text, today) or today
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Take the day as of which things are given."""
    parser.add_argument(
        _DAY,
        type=known_day,
        metavar="DATE",
        help="as known at the end of this day, in UTC: 2026-04-20, yesterday",
    )


def no_such(what: str, name: str, names: Iterable[str]) -> str:
    """`no command "lst"; nearest: list`, or the names there are where none is near."""
    known = tuple(names)
    near = nearest(name, known)
    offer = f"nearest: {near}" if near else f"expected {', '.join(known)}"
    return f'no {what} "{clean_line(name)}"; {offer}'


def _no_option(typed: str, names: Sequence[str]) -> RequestError:
    name = typed.partition("=")[0]
    if name in _OF_THE_APP:
        words = f"{name} is an option of the app, which takes no command; see briefing --help"
        return RequestError("usage", words, USAGE)
    return RequestError("unknown-option", no_such("option", name, names), USAGE)


def _folder(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("expected a folder")
    return text
