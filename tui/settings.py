"""The configuration file and the environment, read once and handed down as plain values.

    libraries = ["~/vault"]        # further folders of documents, read and never written
    theme = "light"                # one of THEMES
    charts = "blocks"              # for fonts without braille; "braille" is the default
    ascii = true                   # no sign outside ASCII in what the program itself draws
    keymap = "vim"                 # one of KEYMAPS: further keys for what fingers know
    show_mentions = true           # names of known entities in texts are links, also where none was made
    ambiguous = "wide"             # how the terminal draws characters of ambiguous width
    offline = true                 # no source is ever asked
    refresh = "on-start"           # ask for what is due when the app starts; "manual" is the default
    providers = ["yahoo"]          # ask these too, which refuse programs: see docs/indicators.md
    editor = true                  # notes are written in $VISUAL or $EDITOR; or a command: "vim -n"

    [network]
    hosts = ["data.bank.intern"]   # hosts with private addresses that may be asked
    [network.routes]
    "api.example.org" = "https://mirror.bank.intern"   # asked in place of a host

    [keys]
    doc.find = "ctrl+f"            # command = "key, key": see `briefing keys`

What is wrong in the file costs only itself: the default holds, and a fault names file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeGuard, TypeVar, cast

from briefings.documents.dates import past_day
from briefings.documents.model import Fault, Severity
from cache.paths import Places, places
from sources import text
from sources.limits import MESSAGE_CHARACTERS

THEMES = ("dark", "light", "contrast", "terminal")
"""The themes by name, the default first."""

Style = Literal["braille", "blocks", "ascii"]
Ambiguous = Literal["narrow", "wide"]
AMBIGUOUS: tuple[Ambiguous, ...] = ("narrow", "wide")

KEYMAPS = ("default", "vim", "emacs")
"""The presets of keys, the default first."""

CHARTS: tuple[Style, ...] = ("braille", "blocks")
"""What charts are drawn with, the default first."""

REFRESH = ("manual", "on-start")
"""When sources are asked, the default first."""

FILE_NAME = "config.toml"

T = TypeVar("T")


class Options(NamedTuple):
    """What the command line asks for; an empty value asks for nothing."""

    libraries: tuple[str, ...] = ()
    theme: str = ""
    ascii: bool = False
    offline: bool = False
    as_of: str = ""


class Settings(NamedTuple):
    """All that the user chose. `keys` holds what the preset `keymap` and the user bind, as far as
    it can be: command id -> keys, by commas. `as_of` is the past day that reading starts with, None for
    today.

    `providers` are those turned on although they refuse programs; `hosts` have private addresses and may
    be asked all the same; `routes` are the places asked instead of hosts. `editor` is a command in words,
    empty for the app's own editor.
    """

    places: Places
    libraries: tuple[Path, ...] = ()
    theme: str = THEMES[0]
    ascii: bool = False
    charts: Style = CHARTS[0]
    ambiguous: Ambiguous = "narrow"
    show_mentions: bool = False
    keys: Mapping[str, str] = MappingProxyType({})
    keymap: str = KEYMAPS[0]
    no_color: bool = False
    offline: bool = False
    refresh: str = REFRESH[0]
    providers: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    routes: Mapping[str, str] = MappingProxyType({})
    faults: tuple[Fault, ...] = ()
    as_of: date | None = None


def load(environment: Mapping[str, str], options: Options | None = None) -> Settings:
    """The settings of this start: the command line over the file over the defaults.

    Folders named on the command line stand in place of the file's. `NO_COLOR` counts unless empty.
    Raises only `cache.paths.NoHome`, where the environment names no folder for anything.
    """
    asked = options or Options()
    where = places(environment)
    home = Path(environment.get("HOME", "/"))
    file = _File(where.config / FILE_NAME, home)
    named = tuple(_expanded(name, home, Path()) for name in asked.libraries)
    listed = file.libraries()
    theme = file.choice("theme", THEMES)
    keymap = file.choice("keymap", KEYMAPS)
    return Settings(
        places=where,
        libraries=named or listed,
        theme=asked.theme if asked.theme in THEMES else theme,
        ascii=file.flag("ascii") or asked.ascii,
        charts=cast("Style", file.choice("charts", CHARTS)),
        ambiguous=cast(Ambiguous, file.choice("ambiguous", AMBIGUOUS)),
        show_mentions=file.flag("show_mentions"),
        keys=file.keys(keymap),
        keymap=keymap,
        no_color=bool(environment.get("NO_COLOR")),
        offline=file.flag("offline") or asked.offline,
        refresh=file.choice("refresh", REFRESH),
        providers=file.names("providers"),
        editor=file.editor(environment),
        hosts=file.names("network.hosts"),
        routes=file.routes(),
        faults=tuple(sorted((*file.faults, *file.unknown()))),
        as_of=past_day(asked.as_of, _today()),
    )


def refusal(options: Options, environment: Mapping[str, str]) -> str:
    """Why the command line's options cannot be followed, in one line; empty when they can."""
    for name in options.libraries:
        if not _expanded(name, Path(environment.get("HOME", "/")), Path()).is_dir():
            return f'--library: "{text.clean_line(name)}" is not a folder'
    if options.theme and options.theme not in THEMES:
        return f'--theme: no theme "{text.clean_line(options.theme)}"{_or_nearest(options.theme, THEMES)}'
    try:
        past_day(options.as_of, _today())
    except ValueError as error:
        return f"--as-of: {text.clean_line(str(error))}"
    return ""


def _today() -> date:
    return datetime.now(UTC).date()


class _File:
    """The configuration file: its values by name, each wrong one a fault in `faults`."""

    NAMES = (
        "libraries", "theme", "keymap", "ascii", "charts", "ambiguous", "show_mentions", "offline", "refresh",
        "providers", "editor", "network", "keys",
    )  # fmt: skip

    def __init__(self, path: Path, home: Path) -> None:
        self.path = path
        self.home = home
        self.faults: list[Fault] = []
        self.text = self._read()
        self.values = self._parse()

    def libraries(self) -> tuple[Path, ...]:
        names = self._value("libraries", "a list of folders", _is_list_of_text, list[str]())
        found = []
        for name in names:
            folder = _expanded(name, self.home, self.path.parent)
            if folder.is_dir():
                found.append(folder)
            else:
                self._fault("libraries", f'"{name}" is not a folder')
        return tuple(found)

    def flag(self, name: str) -> bool:
        return self._value(name, "true or false", _is_flag, False)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of `choices`; the first is the default."""

        def fits(value: object) -> TypeGuard[str]:
            return value in choices

        return self._value(name, " or ".join(f'"{choice}"' for choice in choices), fits, choices[0])

    def keys(self, preset: str) -> dict[str, str]:
        table = self._value("keys", 'a table such as [keys] with doc.find = "ctrl+f"', _is_table, {})
        if not table and preset == KEYMAPS[0]:
            return {}
        from tui.commands.keymap import check, show
        from tui.commands.presets import PRESETS, shadowed, with_preset
        from tui.commands.table import COMMANDS

        written = {}
        for command, keys in _flat(table):
            if isinstance(keys, str):
                written[command] = keys
            elif _is_list_of_text(keys):
                written[command] = ",".join("comma" if key == "," else key for key in keys)
            else:
                self._fault(f"keys.{command}", f'{_shown(keys)} is no key; expected text such as "ctrl+f"')
        keymap, complaints = check(written, with_preset(COMMANDS, preset))
        for complaint in complaints:
            self._fault(f"keys.{complaint.command}", complaint.message)
        offered = with_preset(COMMANDS, preset)
        usual = {(each.key, each.inner, each.outer) for each in shadowed(offered, {})}
        for each in shadowed(offered, keymap):
            if (each.key, each.inner, each.outer) in usual:
                continue
            mine = next((name for name in (each.outer, each.inner) if name in keymap), "")
            if mine:
                message = f'key "{show(each.key)}" is that of {each.inner} where {each.context} has the keys'
                self.faults.append(self._made(f"keys.{mine}", message, "warning"))
        return {**PRESETS[preset], **keymap}

    def names(self, name: str) -> tuple[str, ...]:
        """A list of words."""
        return tuple(self._value(name, "a list of names", _is_list_of_text, list[str]()))

    def editor(self, environment: Mapping[str, str]) -> tuple[str, ...]:
        """The words of the command that edits a file; none for the app's own editor."""
        value = self._value("editor", 'true, false or a command such as "vim"', _is_flag_or_text, False)
        named = environment.get("VISUAL") or environment.get("EDITOR") or "" if value is True else value or ""
        try:
            words = _words(named) if named else ()
        except ValueError:
            words = ()
        if value and not words:
            what = "no command in $VISUAL or $EDITOR" if value is True else f"{_shown(value)} is no command"
            self._fault("editor", f"editor: {what}; notes are written in the app")
        return words

    def routes(self) -> dict[str, str]:
        """Places asked in place of hosts."""
        table = self._value("network.routes", 'a table of "host" = "https://..."', _is_table, {})
        routes = {}
        for host, place in table.items():
            if isinstance(place, str) and place.startswith(("https://", "http://")):
                routes[host] = place
            else:
                name = f"network.routes.{host}"
                self._fault(name, f"{host} is {_shown(place)}; expected an address with https://")
        return routes

    def unknown(self) -> Iterator[Fault]:
        """A warning for each name that means nothing here."""
        for name in self.values:
            if name not in self.NAMES:
                yield self._made(name, f'no setting "{name}"{_or_nearest(name, self.NAMES)}', "warning")

    def _value(self, name: str, expected: str, fits: Callable[[object], TypeGuard[T]], default: T) -> T:
        table, _, last = name.rpartition(".")
        values = self.values.get(table, {}) if table else self.values
        value = values.get(last, default) if isinstance(values, dict) else values
        if fits(value):
            return value
        self._fault(name, f"{name} is {_shown(value)}; expected {expected}")
        return default

    def _read(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self._add(line, "not UTF-8 text; the defaults hold")
        except OSError as error:
            self._add(1, f"cannot be read: {error.strerror}; the defaults hold")
        return ""

    def _parse(self) -> dict[str, Any]:
        if not self.text:
            return {}
        import tomllib

        try:
            return tomllib.loads(self.text)
        except RecursionError:
            self._add(1, "not TOML: nested too deep; the defaults hold")
        except ValueError as error:
            from tui.toml_lines import error_in

            line, what = error_in(str(error), self.text)
            self._add(line, f"not TOML: {what}; the defaults hold")
        return {}

    def _fault(self, name: str, message: str) -> None:
        self.faults.append(self._made(name, message, "error"))

    def _made(self, name: str, message: str, severity: Severity) -> Fault:
        from tui.toml_lines import key_lines, line_of  # which a file without a fault does not need

        return self._at(line_of(name, key_lines(self.text)), message, severity)

    def _add(self, line: int, message: str) -> None:
        self.faults.append(self._at(line, message, "error"))

    def _at(self, line: int, message: str, severity: Severity) -> Fault:
        return Fault(str(self.path), line, text.message(message, MESSAGE_CHARACTERS), severity)


def _words(command: str) -> tuple[str, ...]:
    import shlex  # which only a command needs

    return tuple(shlex.split(command))


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """The entries of nested tables by dotted name, so that `go.back` needs no quotes."""
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _or_nearest(word: str, candidates: tuple[str, ...]) -> str:
    from sources.likeness import nearest  # which only a mistake needs

    near = nearest(word, candidates)
    return f'; nearest: "{near}"' if near else f"; expected one of {', '.join(candidates)}"


def _expanded(name: str, home: Path, base: Path) -> Path:
    """A folder as the user names it: `~` is the home folder, what is relative stands in `base`."""
    first, _, rest = name.partition("/")
    return home / rest if first == "~" else base / name


def _is_flag(value: object) -> TypeGuard[bool]:
    return isinstance(value, bool)


def _is_flag_or_text(value: object) -> TypeGuard[bool | str]:
    return isinstance(value, bool | str)


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_list_of_text(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(entry, str) and entry for entry in value)


def _shown(value: object) -> str:
    """A value in a message: text and truth as written, else its kind."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    kinds: dict[type, str] = {int: "a number", float: "a number", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date")
