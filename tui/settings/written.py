"""Settings written into the configuration file, all else in it left as it stands.

A value replaces the one on its line, or gets a line above the first table; comments stay. What comes of
it is read again before anything is written: a file that would not say what was meant is left alone.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from cache.paths import make_private, read_whole, write_private
from tui.settings.toml_lines import key_lines

_VALUE = re.compile(r"""^(\s*[^=]+?\s*=\s*)("[^"\\]*"|'[^']*'|true|false)(\s*(?:#.*)?)$""")


def keep(path: Path, values: Mapping[str, str | bool]) -> bool:
    """Write settings into the file, which is made where there is none; whether it said something else
    before. Raises ValueError where that cannot be done without harm, and OSError after which the file is
    as it was."""
    whole = path.resolve()  # a link to a file kept elsewhere stays one
    body = read_whole(whole) if whole.exists() else b""
    head = codecs.BOM_UTF8 if body.startswith(codecs.BOM_UTF8) else b""
    try:
        text = body.removeprefix(head).decode()
    except UnicodeDecodeError:
        raise ValueError("the file is not UTF-8 text") from None
    after = head + with_values(text, values).encode()
    if after == body:
        return False
    make_private(whole.parent)
    write_private(whole, after)
    return True


def with_values(toml: str, values: Mapping[str, str | bool]) -> str:
    """The text of a configuration file with these values. Raises ValueError where that cannot be said
    without harm to the rest."""
    had = _parsed(toml)
    text = toml
    for name, value in values.items():
        if had.get(name) != value:
            text = _with_value(text, name, _written(value))
    if _parsed(text) != {**had, **values}:
        raise ValueError("the file is laid out in a way that cannot be changed safely")
    return text


def _with_value(toml: str, name: str, written: str) -> str:
    lines = re.findall(r"[^\n]*\n|[^\n]+", toml)
    known = key_lines(toml)
    if name not in known:
        first = next((n for n, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
        if first and not lines[first - 1].endswith("\n"):
            lines[first - 1] += "\n"
        return "".join((*lines[:first], f"{name} = {written}\n", *lines[first:]))
    at = known[name] - 1
    stripped = lines[at].rstrip("\r\n")
    found = _VALUE.match(stripped)
    if found is None:
        raise ValueError(f"line {at + 1} is laid out in a way that cannot be changed safely")
    lines[at] = f"{found[1]}{written}{found[3]}{lines[at][len(stripped) :]}"
    return "".join(lines)


def _parsed(toml: str) -> dict[str, object]:
    try:
        return tomllib.loads(toml)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the file is no TOML: {error}") from None


def _written(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'
