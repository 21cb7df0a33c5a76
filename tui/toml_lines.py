"""Where in a TOML text things stand: the parser that comes with Python tells no lines."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def key_lines(toml: str) -> dict[str, int]:
    """The line, from 1, on which each key of a TOML text stands, by its full dotted name.

    A table's name has the line of its head. A scan, not a parser: it serves to point at a key that
    `tomllib`, which tells no lines, found wrong.
    """
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(toml.splitlines(), 1):
        if head := _HEADER.match(line):
            table = _dotted(head[1])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            name = _dotted(key[1])
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines


def _dotted(name: str) -> str:
    """A key or the name of a table without quotes and blanks: `"go.back"` and `go . back` are `go.back`."""
    return re.sub(r"\s*\.\s*", ".", re.sub(r"""["']""", "", name))


def error_in(message: str, toml: str) -> tuple[int, str]:
    """The line of a syntax error and what it says, as `tomllib` puts both in one sentence."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", message)
    if place is None:
        return 1, message
    last = toml.rstrip("\n").count("\n") + 1
    return int(place[1] or last), message[: place.start()]
