"""Where in a TOML text things stand: the parser that comes with Python tells no lines."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping

_PART = r"""(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*\[\s*({_NAME})\s*\]\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_NAME})\s*=")

_LONG_NUMBER = re.compile(rf"[0-9_]{{{sys.int_info.default_max_str_digits}}}")
"""A number that Python refuses to read, and `tomllib` does not say where it is."""

_EXPECTED = {
    "Invalid value": "expected text in quotes, true, false or a list",
    "Invalid statement": 'expected name = "value" or [table]',
    "Cannot overwrite a value": "expected each name once",
    "Cannot declare": "expected each table once",
    "Illegal character": "expected text that ends with its quote on the same line",
    "Unterminated string": "expected a quote at its end",
    "Unescaped '\\'": r"expected \\ for each \, or text in single quotes",
    "Unclosed array": "expected ] at its end",
    "Unclosed inline table": "expected } at its end",
}
"""What would be right, by the beginning of what `tomllib` says."""


def key_lines(toml: str) -> dict[str, int]:
    """The line, from 1, on which each key of a TOML text stands, by its full dotted name.

    A table's name has the line of its head. A scan, not a parser: it serves to point at a key that
    `tomllib`, which tells no lines, found wrong.
    """
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(toml.split("\n"), 1):
        if head := _HEADER.match(line):
            table = _dotted(head[1])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            name = _dotted(key[1])
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines


def line_of(name: str, lines: Mapping[str, int]) -> int:
    """The line of a key by its full dotted name; of the table that holds it where that is written otherwise,
    as on one line with others."""
    while name not in lines and "." in name:
        name = name.rpartition(".")[0]
    return lines.get(name, 1)


def _dotted(name: str) -> str:
    """A key or the name of a table as it is meant: `"go.back"`, `go . back` and `"go\\u002eback"` are
    `go.back`."""
    if '"' not in name and "'" not in name:
        return ".".join(part.strip() for part in name.split("."))
    try:
        found: object = tomllib.loads(f"{name} = 0")
    except ValueError:
        return name
    parts = []
    while isinstance(found, dict):
        ((part, found),) = found.items()
        parts.append(part)
    return ".".join(parts)


def error_in(message: str, toml: str) -> tuple[int, str]:
    """The line of a syntax error and what it says, as `tomllib` puts both in one sentence."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", message)
    if place is None:
        numbers = [line for line, text in enumerate(toml.split("\n"), 1) if _LONG_NUMBER.search(text)]
        return (numbers[0], "a number of too many digits") if numbers else (1, message)
    last = toml.rstrip("\n").count("\n") + 1
    said = message[: place.start()]
    expected = next((words for start, words in _EXPECTED.items() if said.startswith(start)), "")
    return int(place[1] or last), f"{said}; {expected}" if expected else said
