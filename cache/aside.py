"""Files that are damaged are set aside, not deleted: someone may want to save what is left in them."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DAMAGED_KEPT = 2
"""Damaged files that are kept beside a new one, the newest."""

_SIDECARS = ("-wal", "-shm", "-journal")


def set_aside(path: Path) -> str:
    """Rename a damaged file, its sidecars first: a new file must never meet the log of an old one."""
    numbers = _damaged(path)
    aside = path.with_name(f"{path.name}.corrupt-{max(numbers, default=0) + 1}")
    for sidecar, target in zip(sidecars(path), sidecars(aside), strict=True):
        with suppress(FileNotFoundError):
            sidecar.rename(target)
    path.rename(aside)
    for number in sorted(_damaged(path))[:-DAMAGED_KEPT]:
        old = path.with_name(f"{path.name}.corrupt-{number}")
        for each in (old, *sidecars(old)):
            each.unlink(missing_ok=True)
    return aside.name


def sidecars(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database; they may or may not be there."""
    return tuple(path.with_name(path.name + end) for end in _SIDECARS)


@contextmanager
def lock(folder: Path, milliseconds: int) -> Iterator[None]:
    """Keep other processes from setting aside what this one just began. Raises `BlockingIOError`."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        _wait_for_lock(handle, time.monotonic() + milliseconds / 1000)
        yield
    finally:
        os.close(handle)


def _wait_for_lock(handle: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        except OSError:  # a network file system without such locks: go on as if alone
            return None


def _damaged(path: Path) -> list[int]:
    prefix = f"{path.name}.corrupt-"
    ends = (each.name.removeprefix(prefix) for each in path.parent.iterdir() if each.name.startswith(prefix))
    return [int(end) for end in ends if end.isdecimal() and end.isascii()]
