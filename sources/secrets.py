"""Keys of providers: from the environment, a file of the user, or the keyring of the system, in this order.

    BRIEFING_FRED=...                    in the environment
    fred = "..."                         in `secrets.toml`, readable by its owner only
    keyring = ["fred"]                   in the same file: `keyring set briefing fred` has put it there

The keyring is an extra, and may ask the user to unlock it: it is asked for what the file names, else
never loaded.

A key is handed to the request that needs it and appears nowhere else: not in a log, a message, a `repr`.
What quotes the words of others, as a report of a crash does, passes them through `hide`.
"""

from __future__ import annotations

import re
import shlex
import stat
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from cache.paths import read_whole
from sources.limits import SECRETS_BYTES
from sources.text import clean_line

FILE_NAME = "secrets.toml"
SERVICE = "briefing"
"""The name under which the keyring holds keys."""

_LEAST = 6
"""Characters of a key that is hidden: a shorter one would be hidden in every other word."""

_found: set[str] = set()
"""The keys that this process has found, whoever asked."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LINE = re.compile(r"at line (\d+)")


class Secrets(Mapping[str, str]):
    """Keys by name, hidden from `repr`. `origins` says where each came from, `warnings` what to mend."""

    def __init__(
        self, values: Mapping[str, str], origins: Mapping[str, str], warnings: tuple[str, ...] = ()
    ) -> None:
        self._hidden = _Hidden(values)
        _found.update(values.values())
        self.origins = dict(origins)
        self.warnings = warnings

    def __getitem__(self, name: str) -> str:
        return self._hidden.values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._hidden.values)

    def __len__(self) -> int:
        return len(self._hidden.values)

    def __repr__(self) -> str:
        return f"<secrets: {', '.join(self.origins) or 'none'}>"


class _Hidden:
    """A holder whose inside no debugger's list of local variables prints by accident."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = dict(values)

    def __repr__(self) -> str:
        return "<hidden>"


class _File(NamedTuple):
    """The keys of the file, the names of those that are in the keyring, and what is wrong with it."""

    values: _Hidden
    in_keyring: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def hide(text: str) -> str:
    """A text without any key that was found, in whatever words it stands."""
    for value in sorted(_found, key=len, reverse=True):
        if len(value) >= _LEAST:
            text = text.replace(value, "***").replace(quote(value, safe=""), "***")
    return text


def variable(name: str) -> str:
    """The environment variable that holds a key: `BRIEFING_FRED` for `fred`."""
    return "BRIEFING_" + re.sub(r"[^A-Z0-9]+", "_", name.upper())


def load(names: Iterable[str], environment: Mapping[str, str], folder: Path) -> Secrets:
    """The keys of these names that can be found; `folder` is where the configuration is.

    Raises nothing: what cannot be read is in `warnings`. The keyring may ask the user to unlock it:
    call this where waiting does no harm.
    """
    file = _read(folder / FILE_NAME)
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    warnings = list(file.warnings)
    for name in names:
        value, origin = _find(name, environment, file)
        if not value and name in file.in_keyring:
            value, trouble = _from_keyring(name)
            origin = "keyring"
            warnings += [f"{folder / FILE_NAME}: {trouble}"] if trouble else []
        if value:
            values[name], origins[name] = value, origin
    return Secrets(values, origins, tuple(clean_line(each) for each in warnings))


def _find(name: str, environment: Mapping[str, str], file: _File) -> tuple[str, str]:
    if given := _fit(environment.get(variable(name), "")):
        return given, variable(name)
    return _fit(file.values.values.get(name, "")), FILE_NAME


def _fit(value: str) -> str:
    """A key as it may stand in a header: one line, without blanks around it; else none."""
    value = value.strip()
    return value if value.isascii() and value.isprintable() else ""


def _read(path: Path) -> _File:
    try:
        body = read_whole(path, SECRETS_BYTES + 1)
        mode = path.stat()
    except FileNotFoundError:
        return _File(_Hidden({}))
    except OSError as error:
        words = f"{path}: not read: {error.strerror}; keys in it are not used"
        return _File(_Hidden({}), warnings=(words,))
    values, in_keyring, fault = _parse(body)
    warnings = [f"{path}: {fault}"] if fault else []
    if mode.st_mode & _OTHERS:
        warnings.append(f"{path} can be read by others; run: chmod 600 {shlex.quote(str(path))}")
    return _File(_Hidden(values), in_keyring, tuple(warnings))


def _parse(body: bytes) -> tuple[dict[str, str], tuple[str, ...], str]:
    """The texts of the file by name, the names in `keyring`, and what is wrong with the file: never with
    a word of what it holds."""
    import tomllib  # only who has a key needs it

    if len(body) > SECRETS_BYTES:
        return {}, (), f"longer than {SECRETS_BYTES} bytes; keys in it are not used"
    try:
        found = tomllib.loads(body.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"line {line[1]}" if line else "the end"
        return {}, (), f'{where} is no TOML; expected as fred = "your key"; keys in it are not used'
    except (UnicodeDecodeError, RecursionError):
        return {}, (), "this is no TOML in UTF-8; keys in it are not used"
    values = {name: value for name, value in found.items() if isinstance(value, str)}
    named = found.get("keyring", [])
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        return values, (), '`keyring` is no list of names; expected as keyring = ["fred"]'
    return values, tuple(named), ""


def _from_keyring(name: str) -> tuple[str, str]:
    """The key of a name in the keyring, or why there is none."""
    try:
        keyring = import_module("keyring")  # takes a second where the system has to be asked
        found = _fit(str(keyring.get_password(SERVICE, name) or ""))
    except ImportError:
        return "", f"no key for {name}: the package `keyring` is not installed"
    except Exception as error:  # its back ends raise whatever they like
        return "", f"no key for {name}: the keyring cannot be asked ({type(error).__name__})"
    return found, "" if found else f"no key for {name} in the keyring; run: keyring set {SERVICE} {name}"
