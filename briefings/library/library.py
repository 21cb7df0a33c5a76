"""A library: where the documents of one reader come from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from briefings.library.folders import Folder, ranked
from briefings.library.index import index_path
from cache.paths import Places


class Library(NamedTuple):
    """Where documents come from: the bundled ones, the user's own folder, and further folders. Everything
    is worked out for `today`; for now where there is none."""

    places: Places
    others: tuple[Path, ...] = ()
    today: date | None = None

    def index_path(self) -> Path:
        """The index of this set of folders."""
        return index_path(self.places.cache, (self.places.library, *self.others))

    @property
    def shelf(self) -> str:
        """The name of this set of folders, under which verdicts on its claims are kept; empty for the
        usual ones."""
        return self.index_path().stem if self.others else ""

    def folders(self) -> tuple[Folder, ...]:
        """The folders in their order of rank."""
        return ranked(self.places.library, self.others)
