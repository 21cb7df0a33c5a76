"""The one way to open SQLite: private, patient for a moment, and never in the way of a start.

A damaged file is set aside and a new one begun. Where a file cannot be used (locked, read-only, full
disk, no locking), its rows are copied to a database in memory, if they can be read, and nothing is
kept. Either way the caller gets a working connection, and notes that say in plain words what happened.

Connections are in autocommit mode: write inside a `cache.connections.transaction`. One connection serves
one thread; give each worker a connection of its own (`open_reader` for one that only reads), or pass
`check_same_thread=False` and guard every use with one lock. A copy in memory can only be shared so.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import time
from typing import NamedTuple

from cache.connections import connect
from cache.paths import UnsafeFolder, is_no_file, make_private, out_of_the_way, writable_again
from cache.patience import patience, was_free, was_held
from cache.schemas import DAMAGED, NewerSchema, empty, migrate, probe
from cache.troubles import Unusable, is_damage, reason_of, result_code

BUSY_MILLISECONDS = 200
"""How long one statement waits for another process before it fails with "database is locked"."""

MAKING_SECONDS = 5
"""Age of an empty file from which on it is no longer one that another process is just making."""


class Opened(NamedTuple):
    """A database ready for use. Unless `kept`, it lives in memory and ends with the connection."""

    connection: sqlite3.Connection
    notes: tuple[str, ...] = ()
    kept: bool = True


class _Request(NamedTuple):
    path: Path
    schema: Sequence[str]
    name: str
    busy_milliseconds: int
    check_same_thread: bool
    thorough: bool


def open_database(
    path: Path,
    *,
    schema: Sequence[str],
    name: str,
    busy_milliseconds: int = BUSY_MILLISECONDS,
    check_same_thread: bool = True,
    thorough: bool = False,
) -> Opened:
    """Open or make the database at `path`, with the newest of our schemas.

    `schema` holds one script of SQL per version; those that the file lacks are run, all or none.
    `name` is what the notes call it. `thorough` reads every page to find damage: slow, for use after
    a query met it. A file of a newer version is left alone for an empty database in memory. What goes
    wrong with the file raises nothing.
    """
    real = _in_real_folder(path)
    request = _Request(real, schema, name, busy_milliseconds, check_same_thread, thorough)
    try:
        return _open_or_replace(request)
    except NewerSchema as error:
        return _in_memory(request, str(error), copy=False)
    except (sqlite3.Error, OSError) as error:
        return _in_memory(request, _reason(error, real), copy=not isinstance(error, UnsafeFolder))


def _reason(error: Exception, path: Path) -> str:
    """Why a file cannot be used, with the command that mends it where there is one."""
    refused = isinstance(error, PermissionError) and error.errno
    return f"{reason_of(error)}; run: {writable_again(path)}" if refused else reason_of(error)


def hold_in_memory(
    path: Path, *, schema: Sequence[str], name: str, reason: str, check_same_thread: bool = True
) -> Opened:
    """A copy of the database at `path`, for a disk that takes no more; or an empty one."""
    real = _in_real_folder(path)
    request = _Request(real, schema, name, BUSY_MILLISECONDS, check_same_thread, thorough=False)
    return _in_memory(request, reason, copy=True)


def open_reader(path: Path) -> sqlite3.Connection:
    """One more connection, which can only read, to a database that `open_database` opened and keeps.

    Raises `sqlite3.Error`.
    """
    real = _in_real_folder(path)
    if is_no_file(real):  # opening a pipe would wait for what never comes
        raise sqlite3.OperationalError(f"{real} is not a file")
    return connect(real, "mode=ro", patience(real, BUSY_MILLISECONDS), check_same_thread=True)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of `open_reader` for a few queries. A file that is held is waited for once."""
    real = _in_real_folder(path)
    with closing(open_reader(path)) as connection:
        try:
            yield connection
        except sqlite3.OperationalError as error:
            _note_held(real, error)
            raise
        was_free(real)


def _in_real_folder(path: Path) -> Path:
    """The path below its folder's real one. A file that is a link stays one: what it leads to is not ours."""
    return Path(os.path.realpath(path.parent)) / path.name


def discard(path: Path, *, name: str) -> str:
    """Set a database aside in which damage was met; the note that says so. Raises `OSError`."""
    from cache.aside import lock, set_aside

    real = _in_real_folder(path)
    with lock(real.parent, BUSY_MILLISECONDS):
        return _set_aside_note(name, DAMAGED, set_aside(real))


def _open_or_replace(request: _Request) -> Opened:
    notes = (f"{request.name}: the file was empty, and is begun anew",) if _is_emptied(request.path) else ()
    try:
        return Opened(_open(request), notes)
    except (sqlite3.DatabaseError, FileNotFoundError) as error:
        if not is_damage(error) and not _may_be_moving(error):
            raise
    return _open_or_begin_anew(request)


def _is_emptied(path: Path) -> bool:
    """Whether there is nothing in the file, and no other process is just making it."""
    with suppress(OSError):
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and not found.st_size and time() - found.st_mtime > MAKING_SECONDS
    return False


def _open_or_begin_anew(request: _Request) -> Opened:
    from cache.aside import lock, set_aside  # which a sound file does without

    with lock(request.path.parent, request.busy_milliseconds):
        try:
            return Opened(_open(request))  # another process may have replaced it meanwhile
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            why = str(error) if isinstance(error, Unusable) else DAMAGED
            note = _set_aside_note(request.name, why, set_aside(request.path))
        return Opened(_open(request), (note,))


def _set_aside_note(name: str, why: str, aside: str) -> str:
    return f"{name}: {why}; it was set aside as {aside}, and a new one begun"


def _open(request: _Request) -> sqlite3.Connection:
    make_private(request.path.parent)
    _make_file(request.path)
    patient = patience(request.path, request.busy_milliseconds)
    connection = connect(request.path, "mode=rw", patient, request.check_same_thread)
    try:
        probe(connection, request.schema, thorough=request.thorough)
        _use_write_ahead_log(connection)
        migrate(connection, request.schema)
        connection.execute(f"PRAGMA busy_timeout = {request.busy_milliseconds}")
    except BaseException as error:
        connection.close()
        _note_held(request.path, error)
        raise
    was_free(request.path)
    return connection


def _note_held(path: Path, error: BaseException) -> None:
    if result_code(error) == sqlite3.SQLITE_BUSY:
        was_held(path)


def _make_file(path: Path) -> None:
    """Make the file before SQLite does, which would take its mode from the umask.

    A file that is there is never opened here: closing it would drop the locks that any other
    connection of this process holds on it.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        _check_file(path)
        return
    try:
        os.fchmod(handle, 0o600)
    finally:
        os.close(handle)


def _check_file(path: Path) -> None:
    if path.is_symlink():
        raise OSError(f"{path} leads elsewhere, where nothing is written; run: {out_of_the_way(path)}")
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise OSError(f"{path} is not a file; run: {out_of_the_way(path)}")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        path.stat()  # raises where it was set aside just now
        raise PermissionError(f"{path} cannot be written; run: {writable_again(path)}")
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        path.chmod(0o600)


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Readers and one writer then do not wait for each other. Where it does not work, all else does."""
    with suppress(sqlite3.OperationalError):  # another process may be switching it on right now
        mode = connection.execute("PRAGMA journal_mode").fetchone()
        if mode != ("wal",):
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode == ("wal",):
            connection.execute("PRAGMA synchronous = NORMAL")


def _in_memory(request: _Request, reason: str, *, copy: bool) -> Opened:
    from cache.in_memory import copied  # which a file that can be used does without

    path, schema, name, _, check_same_thread, thorough = request
    connection = copied(path, schema, check_same_thread, thorough) if copy else None
    note = f"{name}: {reason}; changes to it are not saved"
    return Opened(connection or empty(schema, check_same_thread), (note,), kept=False)


def _may_be_moving(error: Exception) -> bool:
    """Whether the file may have failed because another process was just setting it aside."""
    return isinstance(error, FileNotFoundError) or result_code(error) in (
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
    )
