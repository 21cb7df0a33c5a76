"""The configuration file: values by their names, each wrong one a fault with file and line.

What the names mean is for `settings.py` to say. A table's values are named with dots: `network.hosts`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeGuard, TypeVar

from briefings.documents.model import Fault, Severity
from cache.paths import read_whole
from sources import text
from sources.limits import FAULTS_PER_FILE, MESSAGE_CHARACTERS, SETTINGS_BYTES

T = TypeVar("T")


class SettingsFile:
    """One file; `faults` has what was wrong with it so far. A relative folder stands beside it, and `~` is
    `home`. A file that is not there has no values and no fault."""

    def __init__(self, path: Path, home: Path) -> None:
        self._path = path
        self.faults: list[Fault] = []
        self._home = home
        self._lines: dict[str, int] | None = None
        self._text = self._read()
        self._values = self._parse()

    def flag(self, name: str) -> bool:
        """True or false; false where it is not there."""
        return self.value(name, "true or false", is_flag, False)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of `choices`; the first is the default."""

        def fits(value: object) -> TypeGuard[str]:
            return value in choices

        expected = " or ".join(f'"{choice}"' for choice in choices)
        near = _near(self._values.get(name), choices)
        return self.value(name, f"{expected}{near}", fits, choices[0])

    def names(self, name: str) -> tuple[str, ...]:
        """A list of words."""
        return tuple(self.value(name, "a list of names", is_words, list[str]()))

    def folders(self, name: str) -> tuple[Path, ...]:
        """A list of folders, those left out that are none."""
        names = self.value(name, "a list of folders", is_words, list[str]())
        found = []
        for each in names:
            folder = expanded(each, self._home, self._path.parent)
            if folder.is_dir():
                found.append(folder)
            else:
                self.fault(name, f'"{each}" is not a folder')
        return tuple(found)

    def table(self, name: str, expected: str) -> dict[str, object]:
        """A table; an empty one where there is none."""
        return self.value(name, expected, is_table, {})

    def value(self, name: str, expected: str, fits: Callable[[object], TypeGuard[T]], default: T) -> T:
        """A value that fits; the default where it is not there, and with a fault where it does not fit."""
        table, _, last = name.rpartition(".")
        values = self._values.get(table, {}) if table else self._values
        value = values.get(last, default) if isinstance(values, dict) else default
        if fits(value):
            return value
        self.fault(name, f"{name} is {shown(value)}; expected {expected}")
        return default

    def fault(self, name: str, message: str, severity: Severity = "error") -> None:
        """Note what is wrong with a value, or doubtful; of very many the first ones."""
        if len(self.faults) > FAULTS_PER_FILE:
            return
        from tui.settings.toml_lines import key_lines, line_of  # which a file without a fault does not need

        if self._lines is None:
            self._lines = key_lines(self._text)
        if len(self.faults) == FAULTS_PER_FILE:
            message = "more is wrong from here on; mend what is named first"
        self._note(line_of(name, self._lines), message, severity)

    def doubt_all_but(self, names: tuple[str, ...], table: str = "") -> None:
        """Warn of each name of the file, or of one of its tables, that is none of these."""
        held = self.table(table, f"a table [{table}] with {' and '.join(names)}") if table else self._values
        for name in held:
            if name not in names:
                where = f"{table}.{name}" if table else name
                self.fault(where, f'no setting "{where}"{or_nearest(name, names)}', "warning")

    def _read(self) -> str:
        try:
            body = read_whole(self._path, SETTINGS_BYTES + 1)
            if len(body) > SETTINGS_BYTES:
                self._note(1, f"longer than {SETTINGS_BYTES:,} bytes; the defaults hold")
                return ""
            return body.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self._note(line, "not UTF-8 text; the defaults hold")
        except OSError as error:
            self._note(1, f"cannot be read: {error.strerror}; the defaults hold")
        return ""

    def _parse(self) -> dict[str, Any]:
        if not self._text:
            return {}
        import tomllib

        try:
            return tomllib.loads(self._text)
        except RecursionError:
            self._note(1, "not TOML: nested too deep; the defaults hold")
        except ValueError as error:
            from tui.settings.toml_lines import error_in

            line, what = error_in(str(error), self._text)
            self._note(line, f"not TOML: {what}; the defaults hold")
        return {}

    def _note(self, line: int, message: str, severity: Severity = "error") -> None:
        words = text.message(message, MESSAGE_CHARACTERS)
        self.faults.append(Fault(str(self._path), line, words, severity))


def _near(value: object, choices: tuple[str, ...]) -> str:
    """The end of a message about a mistyped choice; empty for one that fits, or that is like none."""
    if not isinstance(value, str) or value in choices:
        return ""
    from sources.likeness import nearest  # which only a mistake needs

    near = nearest(value, choices)
    return f'; nearest: "{near}"' if near else ""


def or_nearest(word: str, candidates: tuple[str, ...]) -> str:
    """The end of a message about a mistyped word: the nearest of some words, or all of them."""
    from sources.likeness import nearest  # which only a mistake needs

    near = nearest(word, candidates)
    return f'; nearest: "{near}"' if near else f"; expected one of {', '.join(candidates)}"


def expanded(name: str, home: Path, base: Path) -> Path:
    """A folder as the user names it: `~` is the home folder, what is relative stands in `base`."""
    first, _, rest = name.partition("/")
    return home / rest if first == "~" else base / name


def is_flag(value: object) -> TypeGuard[bool]:
    """Whether it is true or false."""
    return isinstance(value, bool)


def is_flag_or_text(value: object) -> TypeGuard[bool | str]:
    """Whether it is true, false or a text."""
    return isinstance(value, bool | str)


def is_table(value: object) -> TypeGuard[dict[str, object]]:
    """Whether it is a table."""
    return isinstance(value, dict)


def is_words(value: object) -> TypeGuard[list[str]]:
    """Whether it is a list of texts, none of them empty."""
    return isinstance(value, list) and all(isinstance(entry, str) and entry for entry in value)


def shown(value: object) -> str:
    """A value in a message: text and truth as written, else its kind."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    kinds: dict[type, str] = {int: "a number", float: "a number", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date")
