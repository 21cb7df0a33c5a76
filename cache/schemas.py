"""The tables of a database by versions: whether a file has those of ours, and how it gets the newest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from cache.connections import transaction
from cache.troubles import Unusable, result_code

DAMAGED = "the file was damaged"


class NewerSchema(Exception):  # noqa: N818 - named for what is the case
    """The file was written by a newer version of the program, and is left alone."""


def probe(connection: sqlite3.Connection, schema: Sequence[str], *, thorough: bool = False) -> None:
    """Raise for a file that is damaged or not ours, before anything in it is changed: `NewerSchema`,
    `Unusable` or what SQLite raises. `thorough` reads every page."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except UnicodeDecodeError:  # of the very message that says so
        raise Unusable(DAMAGED) from None
    version = version_of(connection)
    if version > len(schema):
        raise NewerSchema("the file was written by a newer version of briefing")
    if version < 0:
        raise Unusable("the file is none of ours")
    if thorough and not (_is_sound(connection) and has_tables(connection, schema[:version])):
        raise Unusable(DAMAGED)


def _is_sound(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def has_tables(connection: sqlite3.Connection, schema: Sequence[str]) -> bool:
    """Whether all is there that our scripts make, to the letter: a bit in the name of a column is damage."""
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master"
    with closing(empty(schema)) as memory:
        return set(memory.execute(query)) <= set(connection.execute(query))


def version_of(connection: sqlite3.Connection) -> int:
    """How many scripts of its schema a database has run."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, schema: Sequence[str]) -> None:
    """Run the scripts of a schema that a database lacks, all or none."""
    newest = len(schema)
    if version_of(connection) == newest:
        return
    with transaction(connection):
        version = version_of(connection)  # only now nobody else can change it
        for script in schema[version:]:
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


def empty(schema: Sequence[str], check_same_thread: bool = True) -> sqlite3.Connection:
    """A database in memory with the tables of a schema."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=check_same_thread)
    try:
        migrate(memory, schema)
    except BaseException:
        memory.close()
        raise
    return memory
