"""What reading and asking rest on, looked at and left as it is, each with the way out where it fails."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from sqlite3 import Error
from typing import Literal, NamedTuple

import briefings
import cache
import sources
import tui
from briefings.ledger import judged, records
from briefings.library import schema, sealed
from briefings.library.library import Library
from briefings.own import forecasts, kept_searches, resolutions, state
from cache import evidence, observations, texts, vintages
from cache.database import open_reader
from cache.examining import DAMAGED, Examined, examine
from cache.healing import is_sound
from cache.paths import UnsafeFolder, is_there, judge, mending, warn_if_readable, writable_again
from cache.store import StoreError
from cache.troubles import HELD, is_damage
from sources import secrets
from sources.refreshing import attempts
from tui.pages.arrangement import LEAST
from tui.refreshing.network import ways
from tui.refreshing.services import services
from tui.settings.settings import Settings
from tui.terminal import terminal

State = Literal["fine", "look", "wrong"]
"""As it should be; works, but is worth a look; does not work as it should."""

LIBRARIES = ("textual", "rich", "httpx", "diskcache", "pandas")
"""The packages that are named; all others come with them."""

ROOM_BYTES = 100_000_000
"""Free space below which a disk is worth a look."""


class Finding(NamedTuple):
    """What was looked at, how it stands, in words, and what mends it; empty where nothing has to be."""

    name: str
    state: State
    words: str
    mend: str = ""


class Screen(NamedTuple):
    """The terminal: its columns and rows."""

    columns: int
    rows: int


def findings(
    settings: Settings, environment: Mapping[str, str], now: datetime, screen: Screen | None
) -> Iterator[Finding]:
    """All that was looked at, in the order in which one rests on the other; `screen` is None where there is
    no terminal."""
    yield from _program()
    yield _terminal(environment, screen)
    yield from _settings(settings)
    for name, folder in settings.places._asdict().items():
        yield _folder(name, folder)
    stored = tuple(_databases(settings))
    yield from stored
    yield from _library(settings)
    yield from _lists(settings.places.library)
    if all(each.state == "fine" for each in stored):  # else opening them would mend or replace them
        yield from _sources(settings, environment, now)


def _program() -> Iterator[Finding]:
    yield Finding(
        "program",
        "fine",
        f"briefing {tui.__version__}, Python {platform.python_version()}, {platform.system()}",
    )
    yield _packages([Path(str(each.__file__)).parent for each in (tui, briefings, sources, cache)])
    yield _versions(LIBRARIES)


def _packages(folders: Sequence[Path]) -> Finding:
    """Whether our packages lie side by side: their names are plain, and another project may have one too."""
    home = folders[0].parent
    strange = [folder for folder in folders if folder.parent != home]
    if not strange:
        return Finding("packages", "fine", str(home))
    words = f"{strange[0].name} is loaded from {strange[0].parent}, the others from {home}"
    return Finding("packages", "wrong", words, "install briefing in an environment of its own")


def _versions(names: Iterable[str]) -> Finding:
    found, missing = [], []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        words = f"not installed: {', '.join(missing)}"
        return Finding("libraries", "wrong", words, "install briefing again, with all that it needs")
    return Finding("libraries", "fine", ", ".join(found))


def _terminal(environment: Mapping[str, str], screen: Screen | None) -> Finding:
    if screen is None:
        return Finding("terminal", "fine", "none here: commands work, the app needs one")
    name = environment.get("TERM", "")
    words = f"{name or 'of no name'}, {screen.columns} x {screen.rows}"
    if not name or name == "dumb":
        return Finding("terminal", "wrong", f"{words}: it cannot show the app", "export TERM=xterm-256color")
    if screen.columns < LEAST[0] or screen.rows < LEAST[1]:
        return Finding("terminal", "look", f"{words}: too small", f"make it {LEAST[0]} x {LEAST[1]} or more")
    if not terminal.writes_unicode():
        return Finding("terminal", "look", f"{words}, not in UTF-8", "export LC_ALL=C.UTF-8, or --ascii")
    return Finding("terminal", "fine", words)


def _settings(settings: Settings) -> Iterator[Finding]:
    for fault in settings.faults:
        yield Finding("settings", "wrong", f"{fault.path}:{fault.line}: {fault.message}")
    if words := warn_if_readable(settings.places.config / secrets.FILE_NAME):
        yield Finding("secrets", "wrong", *_parted(words))


def _parted(words: str) -> tuple[str, str]:
    told, _, command = words.partition("; run: ")
    return told, command


def _folder(name: str, folder: Path) -> Finding:
    try:
        judge(folder)
        free = shutil.disk_usage(folder).free
    except FileNotFoundError:
        return _not_made(name, folder)
    except UnsafeFolder as error:
        return Finding(name, "wrong", error.message, error.command)
    except OSError as error:
        return Finding(name, "wrong", f"{folder}: {error.strerror}")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(name, "wrong", f"{folder} cannot be written", f"chmod u+wx {shlex.quote(str(folder))}")
    if free < ROOM_BYTES:
        return Finding(name, "look", f"{folder}, only {_size(free)} free on its disk")
    if aside := sorted(path.name for path in folder.glob("*.corrupt-*")):
        words = f"{folder}, set aside as damaged: {', '.join(aside)}"
        return Finding(name, "look", words, "delete them once nothing in them is missed")
    return Finding(name, "fine", str(folder))


def _not_made(name: str, folder: Path) -> Finding:
    above = next(path for path in folder.parents if path.exists())
    if os.access(above, os.W_OK | os.X_OK):
        return Finding(name, "fine", f"{folder}, not made yet")
    words = f"{folder} cannot be made: {above} cannot be written"
    return Finding(name, "wrong", words, f"chmod u+wx {shlex.quote(str(above))}")


def _databases(settings: Settings) -> Iterator[Finding]:
    places = settings.places
    index = Library(places, settings.libraries).index_path()
    for name, path, tables, otherwise in (
        ("index", index, schema.SCHEMA, "it is rebuilt"),
        ("figures", places.store / vintages.FILE, observations.SCHEMA, "the shipped figures serve"),
        ("evidence", places.store / evidence.FILE, evidence.SCHEMA, "answers are kept from then on"),
        ("texts", places.store / texts.FILE, texts.SCHEMA, "texts are kept from then on"),
        ("verdicts", places.store / judged.FILE, records.SCHEMA, "all is judged anew"),
        ("attempts", places.store / attempts.FILE, attempts.SCHEMA, "asking begins anew"),
        ("history", places.state / state.FILE, state.SCHEMA, "marks and history begin anew"),
    ):
        if found := examine(path, tables):
            finding = _database(name, path, found, len(tables), otherwise)
            is_whole = finding.state == "fine" and found.version == len(tables)
            yield _sealed(name, path, finding, settings) if is_whole else finding


def _database(name: str, path: Path, found: Examined, newest: int, otherwise: str) -> Finding:
    words = f"{path.name}, {_size(found.size)}"
    if found.trouble == DAMAGED:
        mend = f"the next start sets it aside, and {otherwise}"
        return Finding(name, "wrong", f"{words}, damaged", mend)
    if found.trouble:
        mend = "it is used again once that program has ended" if found.trouble == HELD else mending(path)
        return Finding(name, "wrong", f"{words}: {found.trouble}", mend)
    if not found.size:
        return Finding(name, "look", f"{path.name}, empty", f"the next start begins it anew: {otherwise}")
    if found.version > newest:
        told = f"{words}, written by a newer version of briefing: it is left alone, and nothing is saved"
        return Finding(name, "wrong", told, "start that version")
    if not os.access(path, os.W_OK):
        return Finding(name, "wrong", f"{words}, cannot be written", writable_again(path))
    return Finding(name, "fine", words)


def _sealed(name: str, path: Path, finding: Finding, settings: Settings) -> Finding:
    """The same, if all of the file is as it was kept, as far as it carries sums."""
    shelf = Library(settings.places, settings.libraries).shelf
    looks: dict[str, tuple[Callable[[], bool], str]] = {
        "index": (partial(sealed.is_sound, path), "reading has it made again"),
        "figures": (
            partial(is_sound, path),
            "reading sets it aside, and says what `briefing refresh` asks for again",
        ),
        "evidence": (partial(evidence.is_sound, path), "answers that are not count as not held"),
        "texts": (partial(texts.is_sound, path), "texts of past days that are not are left out"),
        "verdicts": (
            partial(judged.Judged(path.parent, shelf).is_readable, thorough=True),
            "the next start judges all anew",
        ),
        "attempts": (partial(attempts.is_sound, path), "what is not counts as never asked"),
    }
    if name in looks:
        looks_sound, mend = looks[name]
        try:
            sound = looks_sound()
        except Error as error:
            sound = not is_damage(error)
        if not sound:
            return Finding(name, "wrong", f"{finding.words}, not all of it as it was kept", mend)
    return finding


def _lists(folder: Path) -> Iterator[Finding]:
    """What the reader keeps in lists of the own folder: how much of each is read, and whether all of it."""
    for kept in (resolutions, forecasts, kept_searches):
        if not is_there(folder / kept.FILE):
            continue
        held = kept.read(folder)
        name, words = Path(kept.FILE).stem, f"{kept.FILE}, {len(held.entries):,} read"
        if wrong := sum(fault.severity == "error" for fault in held.faults):
            yield Finding(name, "look", f"{words}, {_faults(wrong)}", "briefing check")
        else:
            yield Finding(name, "fine", words)


def _library(settings: Settings) -> Iterator[Finding]:
    """What the index says of the documents, as it stands."""
    path = Library(settings.places, settings.libraries).index_path()
    if not is_there(path):
        return
    with suppress(Error), closing(open_reader(path)) as connection:
        documents, faults = (
            int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table in ("documents", "faults WHERE severity = 'error'")
        )
        words = f"{documents:,} documents"
        if faults:
            yield Finding("documents", "look", f"{words}, {_faults(faults)} in files", "briefing check")
        else:
            yield Finding("documents", "fine", words)


def _faults(count: int) -> str:
    return f"{count:,} faults" if count > 1 else "1 fault"


def _sources(settings: Settings, environment: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """How asking went, where there is a store; and what stands on the way to the sources."""
    serving: list[str] = []
    if is_there(settings.places.store / vintages.FILE):
        try:
            found = services(settings, now)
        except (StoreError, UnsafeFolder) as error:
            yield Finding("sources", "wrong", str(error))
        else:
            serving = [each.id for each in found if each.figures]
            failing = [each for each in found if each.state in ("failing", "unreached")]
            for each in failing:
                yield Finding("sources", "look", f"{each.name}: {each.words}", f"briefing refresh {each.id}")
            if not failing:
                yield Finding("sources", "fine", f"{len(serving)} serve figures, none is failing")
    for way in ways(settings, environment, serving):
        yield Finding("network", "fine", f"{way.name}: {way.words}")


def _size(count: int) -> str:
    for unit, size in (("GB", 1e9), ("MB", 1e6)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count / 1e3:.1f} kB"
