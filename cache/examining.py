"""Whether a database file is sound: looked at from the first page to the last, and left as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from cache.aside import sidecars
from cache.database import open_reader
from cache.schemas import has_tables
from cache.troubles import is_damage, reason_of

DAMAGED = "damaged"


class Examined(NamedTuple):
    """A database file: its bytes on disk, the version of its tables, and what is wrong with it, in plain
    words. A file that is `DAMAGED` is set aside when it is next used."""

    size: int
    version: int = 0
    trouble: str = ""


def examine(path: Path, schema: Sequence[str]) -> Examined | None:
    """Look at a file that should have the tables of a schema; None where there is none."""
    try:
        size = path.lstat().st_size
    except FileNotFoundError:
        return None
    except OSError as error:
        return Examined(0, trouble=reason_of(error))
    if path.is_symlink():
        return Examined(size, trouble="leads elsewhere, where nothing is written")
    for beside in sidecars(path):
        with suppress(OSError):
            size += beside.stat().st_size
    if not path.is_file():
        return Examined(size, trouble="not a file")
    try:
        with closing(open_reader(path)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            is_sound = not size or (
                connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
                and (version > len(schema) or has_tables(connection, schema[:version]))
            )
    except sqlite3.Error as error:
        return Examined(size, trouble=DAMAGED if is_damage(error) else reason_of(error))
    return Examined(size, version, "" if is_sound else DAMAGED)
