"""A database in memory, passed from one thread to another as bytes."""

from __future__ import annotations

import sqlite3

_MODES = slice(18, 20)
"""Where the head of a file says whether it has a log beside it, which none in memory can have."""

_WITH_LOG, _WITHOUT_LOG = b"\2\2", b"\1\1"


def packed(connection: sqlite3.Connection) -> bytes:
    """All that a database holds, also where it was copied from a file with a log beside it."""
    whole = connection.serialize()
    if whole[_MODES] != _WITH_LOG:
        return whole
    return whole[: _MODES.start] + _WITHOUT_LOG + whole[_MODES.stop :]


def unpacked(whole: bytes) -> sqlite3.Connection:
    """A database in memory that holds what `packed` gave, for whichever thread uses it from now on."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    memory.deserialize(whole)
    return memory
