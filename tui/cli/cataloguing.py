"""The catalogue as `briefing check` reads it: from the YAML, with every fault of the user's entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefings.documents.model import Fault
from sources.limits import MESSAGE_CHARACTERS
from sources.text import message

if TYPE_CHECKING:
    from sources.catalogue.catalogue import Catalogue
    from sources.catalogue.indicator import FileFault

FOLDER = "indicators"
"""The folder of a library in which its indicators are."""

_SUFFIXES = (".yaml", ".yml")


class Checked(NamedTuple):
    """The catalogue with all that is looked at, how many files of the user are, and the faults in those."""

    catalogue: Catalogue
    files: int
    faults: tuple[Fault, ...]


def read(library: Path, path: Path | None) -> Checked:
    """The catalogue that ships with the entries of a library, and the faults of the files at a path.

    A path that is no part of the library adds its entries: those of a YAML file, or of the folder
    `indicators` in it. None stands for all there is.
    """
    from sources.catalogue import catalogue
    from sources.catalogue.provided import provider_faults  # all providers

    own = library / FOLDER
    more = None if path is None or path.resolve().is_relative_to(own.resolve()) else _further(path, library)
    found = catalogue.check(own, provider_faults, more)
    faults = tuple(_fault(each) for each in found.faults if _is_in(each.path, path))
    return Checked(found, sum(_is_in(name, path) for name in found.files), faults)


def is_entries(path: Path, library: Path) -> bool:
    """Whether a path holds indicators and no documents: a YAML file, or a folder of the library's."""
    own, here = (library / FOLDER).resolve(), path.resolve()
    return here.is_relative_to(own) or _is_yaml(here)


def _further(path: Path, library: Path) -> Path | None:
    """What a path that is no part of the library adds to the catalogue."""
    if path.is_file():
        return path if _is_yaml(path) else None
    folder = path if path.name == FOLDER else path / FOLDER
    is_own = folder.resolve() == (library / FOLDER).resolve()
    return folder if folder.is_dir() and not is_own else None


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES


def _is_in(name: str, path: Path | None) -> bool:
    return path is None or Path(name).resolve().is_relative_to(path.resolve())


def _fault(fault: FileFault) -> Fault:
    """A fault as those of documents are; one of a folder has no line of its own."""
    words = message(fault.message, MESSAGE_CHARACTERS)
    return Fault(fault.path.rstrip("/"), max(fault.line, 1), words, fault.severity)
