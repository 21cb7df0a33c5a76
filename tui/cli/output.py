"""Where words go: data to standard output, narration to standard error, both harmless to a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from briefings.documents.model import Fault
from sources.text import clean, clean_line
from tui.terminal import terminal

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
        self._answer: tuple[str, str] | None = None

    def text(self, lines: Iterable[str]) -> None:
        """Print lines of text that holds nothing but what `clean` lets through, and our own colours."""
        if sys.stdout is not None:
            sys.stdout.writelines(f"{line}\n" for line in lines)

    def data(self, name: str, data: object) -> None:
        """Give the one JSON object of a command: `name` is its schema without the version. It is printed by
        `finish`, with what there was to warn of until then."""
        self._answered = True
        self._answer = name, _written(data)

    def finish(self) -> None:
        """Print the JSON object that was given, if it was not printed yet."""
        if self._answer:
            (name, data), self._answer = self._answer, None
            about = f'"as_of": {_written(self.as_of)}, "warnings": {_written(self.warnings)}'
            self._print(f'{{"schema": "briefing/{name}/1", "data": {data}, {about}}}')

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
        terminal.narrate(f"{clean_line(line)}\n")

    def refuse(self, refusal: RequestError) -> None:
        """Say why nothing is done: a line, and with JSON an error object."""
        self.narrate(f"briefing: {refusal.message}")
        self.error_object(refusal)

    def error_object(self, refusal: RequestError) -> None:
        """The error object of JSON; nothing where text was asked for, or an answer was given, which is
        printed then."""
        if self._answered:
            self.finish()
        elif self.as_json:
            self._answered = True
            error = {"code": refusal.code, "message": refusal.message, "where": refusal.where}
            self._print(_written({"schema": "briefing/error/1", "error": error}))

    @staticmethod
    def _print(written: str) -> None:
        if sys.stdout is not None:
            sys.stdout.write(f"{escaped(written)}\n")


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=not terminal.writes_unicode(), allow_nan=False)


def escaped(written: str) -> str:
    """JSON in which what acts on a terminal stands as an escape: the value it stands for stays the same."""
    if clean(written) == written:
        return written
    return "".join(letter if clean(letter) == letter else f"\\u{ord(letter):04x}" for letter in written)
