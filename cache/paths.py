"""Where files live, and how folders and files are made so that only their owner reads them."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_TEMPORARY = ".briefing-"
_ABANDONED_SECONDS = 3600
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS_ANY = stat.S_IRWXG | stat.S_IRWXO


class NoHome(OSError):  # noqa: N818 - named for what is the case
    """The environment names no folder to keep files in."""


class UnsafeFolder(OSError):  # noqa: N818 - named for what is the case
    """A folder that must not be used as it is. `command` is what mends it."""

    def __init__(self, message: str, command: str) -> None:
        super().__init__(f"{message}; run: {command}")
        self.message = message
        self.command = command


class Places(NamedTuple):
    """The folders of one user. Only the cache may be deleted without losing anything."""

    library: Path
    store: Path
    state: Path
    cache: Path
    config: Path


def places(environment: Mapping[str, str]) -> Places:
    """The folders that an environment names: `BRIEFING_HOME`, else those of the XDG specification.

    Nothing is made and nothing is looked up on disk. Raises `NoHome` where a folder cannot be named.
    """
    if own := environment.get("BRIEFING_HOME"):
        base = Path(_expanded(own, environment)).absolute()
        return Places(*(base / name for name in ("library", "store", "state", "cache", "config")))
    data = _base("XDG_DATA_HOME", ".local/share", environment)
    return Places(
        library=data / "library",
        store=data / "store",
        state=_base("XDG_STATE_HOME", ".local/state", environment),
        cache=_base("XDG_CACHE_HOME", ".cache", environment),
        config=_base("XDG_CONFIG_HOME", ".config", environment),
    )


def make_private(folder: Path) -> None:
    """Make a folder, and the parents it lacks, with mode 0700 whatever the umask.

    A link is followed, then what it leads to is judged. Raises `UnsafeFolder` for what is no folder,
    belongs to another user or can be written by others, and `OSError` where it cannot be made.
    """
    try:
        found = folder.stat()
    except FileNotFoundError:
        if folder.is_symlink():
            target = os.path.realpath(folder)
            raise UnsafeFolder(
                f"{folder} leads to {target}, which is not there", _command("mkdir", target)
            ) from None
        _make(folder)
        found = folder.stat()
    _judge(folder, found)


def judge(folder: Path) -> None:
    """Raise `UnsafeFolder` for a folder that must not be used as it is. Nothing is made: raises
    `FileNotFoundError` where there is none."""
    _judge(folder, folder.stat())


def write_private(path: Path, data: bytes) -> None:
    """Replace a file whole or not at all, with mode 0600; a link is replaced, not followed.

    The folder must be there. Raises `OSError`, after which the old file is as it was.
    """
    import tempfile  # 4 ms, which reading does not need

    handle, name = tempfile.mkstemp(prefix=_TEMPORARY, suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, 0o600)
            file.write(data)
            file.flush()
            os.fsync(handle)
            _sweep(path.parent, os.fstat(handle).st_mtime - _ABANDONED_SECONDS)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def read_whole(path: str | Path, most: int = -1) -> bytes:
    """What a file holds, or the first `most` bytes of it. Raises OSError, also for what is no file: a pipe
    would keep its reader waiting, and a device would have no end."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "this is no file", str(path))
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(most)
    finally:
        os.close(handle)


def warn_if_readable(path: Path) -> str | None:
    """A warning with the command that mends it, where others can read a file that holds secrets."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    if not mode & _OTHERS_ANY:
        return None
    return f"{path} can be read by others; run: {_command('chmod 600', path)}"


def _expanded(folder: str, environment: Mapping[str, str]) -> str:
    if folder == "~" or folder.startswith("~/"):
        return str(_home(environment)) + folder[1:]
    return folder


def _base(variable: str, fallback: str, environment: Mapping[str, str]) -> Path:
    """An XDG folder of ours; the specification has relative values ignored."""
    named = environment.get(variable, "")
    base = Path(named) if Path(named).is_absolute() else _home(environment) / fallback
    return base / "briefing"


def _home(environment: Mapping[str, str]) -> Path:
    home = Path(environment.get("HOME", ""))
    if not home.is_absolute():
        raise NoHome("no home folder is known; set HOME, or BRIEFING_HOME to the folder to use")
    return home


def _make(folder: Path) -> None:
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for each in reversed(missing):
        with suppress(FileExistsError):  # another process was faster; it is judged like any other
            each.mkdir(mode=0o700)
            each.chmod(0o700)


def _judge(folder: Path, found: os.stat_result) -> None:
    real = os.path.realpath(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise UnsafeFolder(
            f"{real} is a file where a folder was expected", f"{_command('mv', real, real + '.old')}"
        )
    if found.st_uid != os.geteuid():
        owner = _command('sudo chown -R "$(id -u)"', real)
        raise UnsafeFolder(f"{real} belongs to another user (number {found.st_uid})", owner)
    if found.st_mode & _OTHERS_WRITE:
        raise UnsafeFolder(f"{real} can be written by others", _command("chmod go-w", real))


def _command(words: str, *paths: str | Path) -> str:
    """A command for the shell, these paths at its end."""
    import shlex  # which only trouble needs

    return " ".join((words, *(shlex.quote(str(path)) for path in paths)))


def out_of_the_way(path: Path) -> str:
    """The command that moves what stands in the place of a file of ours."""
    return _command("mv", path, f"{path}.old")


def writable_again(path: Path) -> str:
    """The command that lets a file of ours be read and written, or its folder."""
    try:
        path.stat()
    except OSError:  # its folder is what keeps us out
        return _command("chmod u+rwx", path.parent)
    if os.access(path, os.R_OK | os.W_OK):
        return _command("chmod u+rwx", path.parent)
    return _command("chmod u+rw", path)


def mending(path: Path) -> str:
    """The command that lets what stands at the path of a file of ours be used, or moves it away."""
    with suppress(OSError):
        if not stat.S_ISREG(path.lstat().st_mode):
            return out_of_the_way(path)
    return writable_again(path)


def is_there(path: Path) -> bool:
    """Whether anything has a path, or may have it: who opens it in a folder that keeps us out hears why."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def is_no_file(path: Path) -> bool:
    """Whether something that is no file has a path, as far as can be told."""
    with suppress(OSError):
        return not stat.S_ISREG(path.stat().st_mode)
    return False


def _sweep(folder: Path, before: float) -> None:
    """Remove what a killed process left behind; `before` is a time of the same file system."""
    for left in folder.glob(f"{_TEMPORARY}*.tmp"):
        with suppress(OSError):
            if left.lstat().st_mtime < before:
                left.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name outlive a power cut, where the file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
