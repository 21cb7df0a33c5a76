"""Where words go: data to standard output, narration to standard error, both harmless to a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from briefings.documents.model import Fault
from sources.text import clean, clean_line
from tui import terminal

FINE, FAILED, USAGE, SOURCE_FAILED, OWN_FILES, OWN_FAULT, CANCELLED = 0, 1, 2, 3, 4, 70, 130
"""Exit statuses: all is well, what was asked for does not hold, wrong use, a source failed and may be tried
again, our own files fail, we fail, ended by ctrl+c."""


class RequestError(Exception):
    """A request that cannot be followed. `code` is a stable word for programs, `where` a file and line."""

    def __init__(self, code: str, message: str, status: int, where: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.where = where


class Output:
    """The two streams of a command. With `as_json` all data is one JSON object, and text is left out."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.as_of: str | None = None
        self.warnings: list[dict[str, str]] = []
        self._answered = False

    def text(self, lines: Iterable[str]) -> None:
        """Print lines of text that holds nothing but what `clean` lets through, and our own colours."""
        if sys.stdout is not None:
            sys.stdout.writelines(f"{line}\n" for line in lines)

    def data(self, name: str, data: object) -> None:
        """Print the one JSON object of a command: `name` is its schema without the version."""
        schema = f"briefing/{name}/1"
        self._object({"schema": schema, "data": data, "as_of": self.as_of, "warnings": self.warnings})

    def warn(self, message: str, where: str = "") -> None:
        """Say what is wrong: a line on standard error, and one of the JSON object's warnings."""
        self.warnings.append({"message": message, "where": where})
        self.narrate(f"{where}: {message}" if where else f"briefing: {message}")

    def warn_of(self, faults: Iterable[Fault]) -> None:
        """Say what is wrong in files."""
        for fault in faults:
            self.warn(fault.message, f"{fault.path}:{fault.line}")

    def narrate(self, line: str) -> None:
        """A line on standard error."""
        if sys.stderr is not None:
            sys.stderr.write(f"{clean_line(line)}\n")

    def refuse(self, refusal: RequestError) -> None:
        """Say why nothing is done: a line, and with JSON an error object."""
        self.narrate(f"briefing: {refusal.message}")
        self.error_object(refusal)

    def error_object(self, refusal: RequestError) -> None:
        """The error object of JSON; nothing where text was asked for, or the answer was given."""
        if self.as_json and not self._answered:
            error = {"code": refusal.code, "message": refusal.message, "where": refusal.where}
            self._object({"schema": "briefing/error/1", "error": error})

    def _object(self, value: dict[str, Any]) -> None:
        self._answered = True
        written = json.dumps(value, ensure_ascii=not terminal.writes_unicode(), allow_nan=False)
        if sys.stdout is not None:
            sys.stdout.write(f"{escaped(written)}\n")


def escaped(written: str) -> str:
    """JSON in which what acts on a terminal stands as an escape: the value it stands for stays the same."""
    if clean(written) == written:
        return written
    return "".join(letter if clean(letter) == letter else f"\\u{ord(letter):04x}" for letter in written)
