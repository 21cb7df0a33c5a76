"""The one way to open SQLite: private, patient for a moment, and never in the way of a start.

A damaged file is set aside and a new one begun. Where a file cannot be used (locked, read-only, full
disk, no locking), its rows are copied to a database in memory, if they can be read, and nothing is
kept. Either way the caller gets a working connection, and notes that say in plain words what happened.

Connections are in autocommit mode: write inside `transaction`. One connection serves one thread;
give each worker a connection of its own (`open_reader` for one that only reads), or pass
`check_same_thread=False` and guard every use with one lock. A copy in memory can only be shared so.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from cache.aside import lock, set_aside, sidecars
from cache.paths import UnsafeFolder, make_private
from cache.patience import patience, was_free, was_held
from cache.troubles import Unusable, is_damage, reason_of, result_code

BUSY_MILLISECONDS = 200
"""How long one statement waits for another process before it fails with "database is locked"."""

COPY_BYTES = 128_000_000
"""Largest file that is copied to memory where it cannot be used in place."""

_DAMAGED = "the file was damaged"


class _NewerSchema(Exception):  # noqa: N818 - named for what is the case
    """The file was written by a newer version of the program, and is left alone."""


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
    except _NewerSchema as error:
        return _in_memory(request, str(error), copy=False)
    except (sqlite3.Error, OSError) as error:
        return _in_memory(request, reason_of(error), copy=not isinstance(error, UnsafeFolder))


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
    return _connect(real, "mode=ro", patience(real, BUSY_MILLISECONDS), check_same_thread=True)


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
    real = _in_real_folder(path)
    with lock(real.parent, BUSY_MILLISECONDS):
        return _set_aside(real, name)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Everything written within is kept together, or nothing of it.

    Raises `sqlite3.OperationalError` where the database stays locked or the disk is full.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends it by itself
            connection.execute("ROLLBACK")
        raise


def without_waiting(connection: sqlite3.Connection) -> AbstractContextManager[sqlite3.Connection]:
    """What is written within fails at once where another connection writes: for what may be left out."""
    return waiting(connection, 0)


@contextmanager
def waiting(connection: sqlite3.Connection, milliseconds: int) -> Iterator[sqlite3.Connection]:
    """What is written within waits so long for another connection that writes."""
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield connection
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(patience)}")


def _open_or_replace(request: _Request) -> Opened:
    try:
        return Opened(_open(request))
    except (sqlite3.DatabaseError, FileNotFoundError) as error:
        if not is_damage(error) and not _may_be_moving(error):
            raise
    with lock(request.path.parent, request.busy_milliseconds):
        try:
            return Opened(_open(request))  # another process may have replaced it meanwhile
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            why = str(error) if isinstance(error, Unusable) else _DAMAGED
            note = _set_aside(request.path, request.name, why)
        return Opened(_open(request), (note,))


def _set_aside(path: Path, name: str, why: str = _DAMAGED) -> str:
    return f"{name}: {why}; it was set aside as {set_aside(path)}, and a new one begun"


def _open(request: _Request) -> sqlite3.Connection:
    make_private(request.path.parent)
    _make_file(request.path)
    patient = patience(request.path, request.busy_milliseconds)
    connection = _connect(request.path, "mode=rw", patient, request.check_same_thread)
    try:
        _probe(connection, request)
        _use_write_ahead_log(connection)
        _migrate(connection, request)
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
        raise OSError(f"{path} leads elsewhere, where nothing is written")
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise OSError(f"{path} is not a file")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        path.stat()  # raises where it was set aside just now
        raise PermissionError(f"{path} cannot be written")
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        path.chmod(0o600)


def _connect(path: Path, mode: str, busy_milliseconds: int, check_same_thread: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file://{quote(os.fsencode(path))}?{mode}",
        uri=True,
        timeout=busy_milliseconds / 1000,
        isolation_level=None,
        check_same_thread=check_same_thread,
    )
    _distrust(connection)
    return connection


def _distrust(connection: sqlite3.Connection) -> None:
    """A file on disk is outside data: nothing in its schema may call functions with side effects."""
    connection.execute("PRAGMA trusted_schema = OFF")


def _probe(connection: sqlite3.Connection, request: _Request) -> None:
    """Raise for a file that is damaged or not ours, before anything in it is changed."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except UnicodeDecodeError:  # of the very message that says so
        raise Unusable(_DAMAGED) from None
    version = _version(connection)
    if version > len(request.schema):
        raise _NewerSchema(f"{request.name}: the file was written by a newer version of briefing")
    if version < 0:
        raise Unusable("the file is none of ours")
    if request.thorough and not (_is_sound(connection) and _has_tables(connection, request, version)):
        raise Unusable(_DAMAGED)


def _is_sound(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def _has_tables(connection: sqlite3.Connection, request: _Request, version: int) -> bool:
    """Whether all is there that our scripts make, to the letter: a bit in the name of a column is damage."""
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master"
    with closing(_empty(request._replace(schema=request.schema[:version]))) as memory:
        return set(memory.execute(query)) <= set(connection.execute(query))


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Readers and one writer then do not wait for each other. Where it does not work, all else does."""
    with suppress(sqlite3.OperationalError):  # another process may be switching it on right now
        mode = connection.execute("PRAGMA journal_mode").fetchone()
        if mode != ("wal",):
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode == ("wal",):
            connection.execute("PRAGMA synchronous = NORMAL")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, request: _Request) -> None:
    newest = len(request.schema)
    if _version(connection) == newest:
        return
    with transaction(connection):
        version = _version(connection)  # only now nobody else can change it
        for script in request.schema[version:]:
            _run(connection, script)
        if version < newest:
            connection.execute(f"PRAGMA user_version = {newest}")


def _run(connection: sqlite3.Connection, script: str) -> None:
    try:
        for statement in _statements(script):
            connection.execute(statement)
    except sqlite3.OperationalError as error:
        if result_code(error) != sqlite3.SQLITE_ERROR:
            raise
        raise Unusable(f"the file holds something else ({error})") from error


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit an open transaction."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip() != ";":
                yield statement
            statement = ""


def _in_memory(request: _Request, reason: str, *, copy: bool) -> Opened:
    connection = _copied(request) if copy else None
    note = f"{request.name}: {reason}; what you do now is not saved"
    return Opened(connection or _empty(request), (note,), kept=False)


def _empty(request: _Request) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=request.check_same_thread)
    try:
        _migrate(memory, request)
    except BaseException:
        memory.close()
        raise
    return memory


def _copied(request: _Request) -> sqlite3.Connection | None:
    """The rows of a file that cannot be used in place, in our newest schema, or None if unreadable."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=request.check_same_thread)
    try:
        found = request.path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= COPY_BYTES:
            _copy(request.path, memory)
            _distrust(memory)
            _probe(memory, request)
            _migrate(memory, request)
            return memory
    except (sqlite3.Error, OSError, _NewerSchema):
        pass
    memory.close()
    return None


def _copy(path: Path, memory: sqlite3.Connection) -> None:
    try:
        _back_up(path, "mode=ro", memory)
    except sqlite3.OperationalError as error:
        if result_code(error) == sqlite3.SQLITE_BUSY or any(sidecar.exists() for sidecar in sidecars(path)):
            raise
        _back_up(path, "mode=ro&immutable=1", memory)  # a read-only folder has no room for locks


def _back_up(path: Path, mode: str, memory: sqlite3.Connection) -> None:
    with closing(_connect(path, mode, 0, True)) as source:
        source.execute("BEGIN")
        _version(source)  # holds the read lock: `backup` would wait for it without end
        source.backup(memory)


def _may_be_moving(error: Exception) -> bool:
    """Whether the file may have failed because another process was just setting it aside."""
    return isinstance(error, FileNotFoundError) or result_code(error) in (
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
    )
