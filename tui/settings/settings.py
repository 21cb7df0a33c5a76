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
    doc.find = "f3"                # command = "key, key": see `briefing keys`

What is wrong in the file costs only itself: the default holds, and a fault names file and line.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

from briefings.documents.dates import past_day
from briefings.documents.model import Fault
from cache.paths import Places, places
from sources import text
from tui.settings import network as settings_network
from tui.settings.file import SettingsFile, expanded, is_flag_or_text, is_words, or_nearest, shown

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

NAMES = (
    "libraries", "theme", "keymap", "ascii", "charts", "ambiguous", "show_mentions", "offline", "refresh",
    "providers", "editor", "network", "keys",
)  # fmt: skip
"""What the file may say."""


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
    file = SettingsFile(where.config / FILE_NAME, home)
    named = tuple(expanded(name, home, Path()) for name in asked.libraries)
    listed = file.folders("libraries")
    theme = file.choice("theme", THEMES)
    file.doubt_all_but(NAMES)
    file.doubt_all_but(settings_network.NAMES, "network")
    keymap = file.choice("keymap", KEYMAPS)
    return Settings(
        places=where,
        libraries=named or listed,
        theme=asked.theme if asked.theme in THEMES else theme,
        ascii=file.flag("ascii") or asked.ascii,
        charts=cast("Style", file.choice("charts", CHARTS)),
        ambiguous=cast(Ambiguous, file.choice("ambiguous", AMBIGUOUS)),
        show_mentions=file.flag("show_mentions"),
        keys=_keys(file, keymap),
        keymap=keymap,
        no_color=bool(environment.get("NO_COLOR")),
        offline=file.flag("offline") or asked.offline,
        refresh=file.choice("refresh", REFRESH),
        providers=settings_network.providers(file),
        editor=_editor(file, environment),
        hosts=settings_network.hosts(file),
        routes=settings_network.routes(file),
        faults=tuple(sorted(file.faults)),
        as_of=past_day(asked.as_of, _today()),
    )


def refusal(options: Options, environment: Mapping[str, str]) -> str:
    """Why the command line's options cannot be followed, in one line; empty when they can."""
    for name in options.libraries:
        if not expanded(name, Path(environment.get("HOME", "/")), Path()).is_dir():
            return f'--library: "{text.clean_line(name)}" is not a folder'
    if options.theme and options.theme not in THEMES:
        return f'--theme: no theme "{text.clean_line(options.theme)}"{or_nearest(options.theme, THEMES)}'
    try:
        past_day(options.as_of, _today())
    except ValueError as error:
        return f"--as-of: {text.clean_line(str(error))}"
    return ""


def _today() -> date:
    return datetime.now(UTC).date()


def _keys(file: SettingsFile, preset: str) -> dict[str, str]:
    """The keys that the preset and the user bind, as far as it can be: command id -> keys, by commas."""
    table = file.table("keys", 'a table such as [keys] with doc.find = "ctrl+f"')
    if not table and preset == KEYMAPS[0]:
        return {}
    from tui.commands.keymap import check, show
    from tui.commands.presets import PRESETS, shadowed, with_preset
    from tui.commands.table import COMMANDS

    offered = with_preset(COMMANDS, preset)
    keymap, complaints = check(_written(file, table), offered)
    for complaint in complaints:
        file.fault(f"keys.{complaint.command}", complaint.message)
    usual = {(each.key, each.inner, each.outer) for each in shadowed(offered, {})}
    for each in shadowed(offered, keymap):
        if (each.key, each.inner, each.outer) in usual:
            continue
        mine = next((name for name in (each.outer, each.inner) if name in keymap), "")
        if mine:
            message = f'key "{show(each.key)}" is that of {each.inner} where {each.context} has the keys'
            file.fault(f"keys.{mine}", message, "warning")
    return {**PRESETS[preset], **keymap}


def _written(file: SettingsFile, table: Mapping[str, object]) -> dict[str, str]:
    """The keys of each command as they are written, by commas."""
    written = {}
    for command, keys in _flat(table):
        if isinstance(keys, str):
            written[command] = keys
        elif is_words(keys):
            written[command] = ",".join("comma" if key == "," else key for key in keys)
        else:
            file.fault(f"keys.{command}", f'{shown(keys)} is no key; expected text such as "ctrl+f"')
    return written


def _editor(file: SettingsFile, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The words of the command that edits a file; none for the app's own editor."""
    value = file.value("editor", 'true, false or a command such as "vim"', is_flag_or_text, False)
    named = environment.get("VISUAL") or environment.get("EDITOR") or "" if value is True else value or ""
    try:
        words = _words(named) if named else ()
    except ValueError:
        words = ()
    what = ""
    if value and not words:
        what = "no command in $VISUAL or $EDITOR" if value is True else f"{shown(value)} is no command"
    elif words and not _is_program(words[0], environment):
        what, words = f'no program "{words[0]}" is found', ()
    if what:
        file.fault("editor", f"editor: {what}; notes are written in the app")
    return words


def _is_program(name: str, environment: Mapping[str, str]) -> bool:
    from shutil import which  # which only a command needs

    return which(name, path=environment.get("PATH")) is not None


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
