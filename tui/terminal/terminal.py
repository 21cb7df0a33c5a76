"""The terminal as it was found, and how it is given back. Standard library only, and light.

One process has one terminal, so what is known of it is kept in this module.
"""

from __future__ import annotations

import codecs
import io
import os
import select
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

RESET = (
    "\x1b[?2026l"  # end a frame that was begun
    "\x1b[<u"  # classic keys; before leaving the alternate screen, which has its own stack of them
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # reports of focus, paste and size
    "\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"  # wrap, the normal screen, cursor, plain style
)
"""Undoes all that the app may have switched on, in an order that every terminal takes."""

REPLACE = "briefing.replace"
"""The error handler for characters that an encoding lacks: a question mark for each cell."""

OUTPUT = 1
_LONGEST_WAIT = 0.2


class _Terminal:
    """What is known of this process's terminal."""

    attributes: list[Any] | None = None
    taken: bool = False


_terminal = _Terminal()


def is_terminal(environment: Mapping[str, str]) -> bool:
    """Whether standard input and output are a terminal that can show a full screen."""
    return os.isatty(0) and os.isatty(OUTPUT) and environment.get("TERM") != "dumb"


def save() -> None:
    """Remember the terminal's attributes: what `give_back` restores."""
    import termios

    try:
        _terminal.attributes = termios.tcgetattr(0)
    except termios.error:
        _terminal.attributes = None


def saved() -> list[Any] | None:
    """The attributes that `save` found, as `termios.tcgetattr` gives them."""
    return _terminal.attributes


def take(taken: bool) -> None:
    """Say whether the full screen is in use from now on: only then there is something to give back."""
    _terminal.taken = taken


def give_back() -> None:
    """Leave the full screen and restore the attributes, where the app did not.

    May be called at any time, from a signal's handler too.
    """
    if not _terminal.taken:
        return
    _terminal.taken = False
    if select.select([], [OUTPUT], [], _LONGEST_WAIT)[1]:
        write(RESET.encode())
    if _terminal.attributes is not None:
        import termios

        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, _terminal.attributes)


def write(data: bytes) -> bool:
    """Write all of `data` to the terminal. False when it is gone: nobody is left to be told."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(OUTPUT, rest) :]
        except BlockingIOError:
            select.select([], [OUTPUT], [])
        except OSError:
            return False
    return True


def narrate(text: str) -> None:
    """Write to standard error. Where nobody listens, or it cannot be written, there is nobody to tell."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def writes_unicode() -> bool:
    """Whether standard output can carry every character."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return codecs.lookup(encoding).name.startswith("utf-")


def tolerate_encoding() -> None:
    """Make standard output and error replace what they cannot encode, so that no text is an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=REPLACE)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "?" * sum(map(_cells, error.object[error.start : error.end])), error.end


def _cells(character: str) -> int:
    import unicodedata

    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


codecs.register_error(REPLACE, _replace)
