"""The catalogue: all indicators, those that ship and the user's own, compiled so that reading is quick.

The compiled form is one JSON file in the cache folder. Its first line holds the digest of all that it
was made of and that of itself; whatever does not match is read again from the YAML.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cache.paths import make_private, read_whole, write_private
from sources.catalogue.indicator import FileFault, Indicator, pack, unpack
from sources.likeness import nearest
from sources.limits import INDICATOR_BYTES, INDICATOR_FILES
from sources.text import decode

if TYPE_CHECKING:
    from sources.catalogue.entries import ProviderFaults
    from sources.expressions import SeriesInfo

COMPILED = "catalogue.json"
FORMAT = 2
"""Counts up whenever what is compiled, or how it is checked, changes."""

_SUFFIXES = (".yaml", ".yml")


class EntryFile(NamedTuple):
    """A file of indicators: the path that faults name, and its bytes."""

    path: str
    body: bytes


@dataclass(frozen=True)
class Catalogue:
    """All indicators by id, in the order of their files, and what is wrong with the files.

    `files` are the paths of those that do not ship, as `check` found them.
    """

    entries: Mapping[str, Indicator] = field(default_factory=dict)
    faults: tuple[FileFault, ...] = ()
    files: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, id: str) -> Indicator | None:  # noqa: A002  (the word of the field)
        """The entry of an id, or None."""
        return self.entries.get(id)

    def nearest(self, id: str) -> str | None:  # noqa: A002
        """The id most like a mistyped one, or None."""
        return nearest(id, self.entries)

    def info(self, id: str) -> SeriesInfo | None:  # noqa: A002
        """What an expression needs to know of a series: hand this to `sources.expressions.check`."""
        from sources.catalogue.derivation import series_info  # the parser, which most of reading does without

        entry = self.entries.get(id)
        return series_info(entry) if entry else None

    def of_topic(self, topic: str) -> tuple[Indicator, ...]:
        """The indicators of a topic."""
        return tuple(entry for entry in self if topic in entry.topics)

    def sources_of(self, id: str) -> tuple[str, ...]:  # noqa: A002
        """The ids that an indicator rests on in the end: its own, or those of what it is computed from."""
        entry = self.entries.get(id)
        if entry is None:
            return ()
        below = (leaf for part in entry.parts for leaf in self.sources_of(part))
        return tuple(dict.fromkeys(below)) if entry.parts else (id,)


_unkept: dict[str, Catalogue] = {}
"""What was compiled last and could not be kept, by its key: compiling it again takes 40 ms."""


def load(own: Path | None = None, cache: Path | None = None) -> Catalogue:
    """The catalogue that ships with the user's own `*.yaml` in the folder `own`. Never raises.

    Read from the compiled form in `cache` where that is of exactly these files, else compiled there;
    where it cannot be written, the last one is held in memory.
    """
    files, faults = _files(own)
    key = _key(files)
    compiled = (_compiled(cache / COMPILED, key) if cache else None) or _unkept.get(key)
    if compiled is None:
        compiled = build(files)
        if cache and not _keep(cache, key, compiled):
            _unkept.clear()
            _unkept[key] = compiled
    return Catalogue(compiled.entries, (*faults, *compiled.faults)) if faults else compiled


def check(
    own: Path | None = None, providers: ProviderFaults | None = None, more: Path | None = None
) -> Catalogue:
    """The same read from the YAML, with the fields of each provider checked: for `briefing check`.

    `more` is a file or folder of entries that is no part of the library yet.
    """
    shipped, faults = _files(None)
    files = [*_folder(own, faults), *_named(more, faults)]
    built = build([*shipped, *files], providers)
    return Catalogue(built.entries, (*faults, *built.faults), tuple(file.path for file in files))


def build(files: Sequence[EntryFile], providers: ProviderFaults | None = None) -> Catalogue:
    """The catalogue of some files. Of two entries with one id the first counts, and the fault names both."""
    from sources.catalogue.derivation import settle  # these two know YAML and expressions
    from sources.catalogue.entries import read_entries

    entries: dict[str, Indicator] = {}
    faults: list[FileFault] = []
    for file in files:
        text, bad_line = decode(file.body)
        if bad_line is not None:
            faults.append(FileFault(file.path, bad_line, "not UTF-8; save the file as UTF-8"))
        found, wrong = read_entries(text, file.path, providers)
        faults += (FileFault(file.path, *fault) for fault in wrong)
        for entry in found:
            first = entries.setdefault(entry.id, entry)
            if first is not entry:
                words = f"`{entry.id}` stands in {first.path}:{first.line} already; give this one another id"
                faults.append(FileFault(entry.path, entry.line, words))
    settled, unsettled = settle(entries)
    return Catalogue(settled, (*faults, *unsettled))


# ---------------------------------------------------------------------- files


def _files(own: Path | None) -> tuple[list[EntryFile], list[FileFault]]:
    faults: list[FileFault] = []
    bundled = Path(__file__).parents[1] / "indicators"  # as importlib.resources would, 5 ms sooner
    return [*_read(bundled, "indicators/", faults), *_folder(own, faults)], faults


def _named(path: Path | None, faults: list[FileFault]) -> Iterator[EntryFile]:
    """The files of a folder, or a file whatever its name."""
    if path and path.is_file():
        yield from _one(path, str(path), faults)
    else:
        yield from _folder(path, faults)


def _folder(path: Path | None, faults: list[FileFault]) -> Iterator[EntryFile]:
    if path:
        yield from _read(path, f"{path}{os.sep}", faults)


def _read(folder: Path, prefix: str, faults: list[FileFault]) -> Iterator[EntryFile]:
    """The files of a folder by name; what cannot be read becomes a fault. No folder is an empty one."""
    try:
        names = sorted(path.name for path in folder.iterdir() if _is_ours(path.name))
    except FileNotFoundError:
        return
    except OSError as error:
        faults.append(FileFault(prefix, 0, f"cannot be read: {error.strerror}"))
        return
    if len(names) > INDICATOR_FILES:
        faults.append(FileFault(prefix, 0, f"more than {INDICATOR_FILES} files; the rest is left out"))
    for name in names[:INDICATOR_FILES]:
        yield from _one(folder / name, prefix + name, faults)


def _one(path: Path, shown: str, faults: list[FileFault]) -> Iterator[EntryFile]:
    try:
        body = _body(path)
    except OSError as error:
        faults.append(FileFault(shown, 0, f"cannot be read: {error.strerror}"))
    else:
        if body is not None:
            yield EntryFile(shown, body)


def _is_ours(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES) and not name.startswith(".")


def _body(path: Path) -> bytes | None:
    """What a file holds, no more than the limit and a byte; None for what is no file (a pipe blocks)."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(INDICATOR_BYTES + 1)
    finally:
        os.close(handle)


# ---------------------------------------------------------------------- compiled form


def _key(files: Iterable[EntryFile]) -> str:
    """The digest of all that a compiled form is made of."""
    made = sha256(str(FORMAT).encode())
    for path, body in files:
        made.update(f"\0{path}\0{len(body)}\0".encode("utf-8", "surrogatepass"))
        made.update(body)
    return made.hexdigest()


def _compiled(path: Path, key: str) -> Catalogue | None:
    """The compiled form, or None where it is of other files, damaged or not there."""
    try:
        head, _, body = read_whole(path).partition(b"\n")
        if head.split() != [key.encode(), sha256(body).hexdigest().encode()]:
            return None
        packed: dict[str, Any] = json.loads(body)
        entries = (unpack(each) for each in packed["entries"])
        faults = tuple(FileFault(*each) for each in packed["faults"])
        return Catalogue({entry.id: entry for entry in entries}, faults)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _keep(cache: Path, key: str, catalogue: Catalogue) -> bool:
    """Write the compiled form; whether that went well."""
    packed = {"entries": [pack(entry) for entry in catalogue], "faults": catalogue.faults}
    body = json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    try:
        make_private(cache)
        write_private(cache / COMPILED, f"{key} {sha256(body).hexdigest()}\n".encode() + body)
    except OSError:
        return False
    return True
