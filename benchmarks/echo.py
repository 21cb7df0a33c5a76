"""The floor of every key: a program that does nothing but answer each key with some bytes."""

from __future__ import annotations

import os
import sys
import tty

READY = "ready"


def main() -> None:
    """Answer keys with about as many bytes as the argument says; q leaves it."""
    size = int(sys.argv[1])
    tty.setraw(0)
    os.write(1, b"\x1b[2J\x1b[H" + READY.encode())
    number = 0
    while (key := os.read(0, 64)) != b"q":
        number += len(key)
        os.write(1, frame(number, size))


def frame(number: int, size: int) -> bytes:
    """A frame of coloured rows that differs from the one before in its first cells."""
    row = b"\x1b[38;2;10;200;30m" + b"abcdefghij" * 11
    rows = b"\r\n".join([row] * min(39, size // len(row)))
    return b"\x1b[?2026h\x1b[2;1H" + rows + b"\x1b[H%d\x1b[?2026l" % number
