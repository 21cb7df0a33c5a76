"""A terminal for tests: a program in a pseudo-terminal, its screen, and what it leaves behind.

Nothing here sleeps: reading waits for output, and everything else is read for until it holds.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil
import pyte

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0

LEADER = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
"""Makes the pseudo-terminal the controlling one, so that closing it hangs up, then runs the program."""

MODES = (1049, 1000, 1002, 1003, 1004, 1006, 1015, 1016, 2004, 2048)
"""The private modes that a full-screen program switches on and must switch off."""

ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
}

# What pyte would print as text or misread: strings, CSI with a private prefix other than ?, CSI with
# intermediate bytes, and ?-sequences other than set and reset mode.
_FOREIGN = re.compile(
    r"\x1b[PX^_].*?(?:\x1b\\|\x9c)"
    r"|\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"
    r"|\x1b\[\??[0-9;:]*[ -/]+[@-~]"
    r"|\x1b\[\?[0-9;:]*(?![hl0-9;: -/])[@-~]",
    re.DOTALL,
)
_UNFINISHED = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*|[PX^_\]](?:(?!\x1b\\|\x07|\x9c).)*\x1b?|[ -/]*)?\Z", re.DOTALL
)


class Terminal:
    """A Python program in a pseudo-terminal of 80 x 24 cells."""

    def __init__(self, program: Sequence[str], *, env: Mapping[str, str], stderr: Path | None = None) -> None:
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 640, 384))
        self._found = termios.tcgetattr(self._slave)
        self.output = b""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._tail = ""
        error = stderr.open("wb") if stderr else None
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", LEADER, *program],
            stdin=self._slave,
            stdout=self._slave,
            stderr=error or self._slave,
            env={**os.environ, "PYTHONPATH": str(ROOT), **env},
            start_new_session=True,
        )
        if error:
            error.close()

    # what the user does

    def send(self, keys: str) -> None:
        """Press keys, given as the bytes that a terminal sends for them; `\\udcff` is the byte 0xff."""
        os.write(self._master, keys.encode(errors="surrogateescape"))

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        size = struct.pack("HHHH", rows, columns, columns * 8, rows * 16)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, size)
        self.screen.resize(rows, columns)

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def forget_screen(self) -> None:
        """Blank the screen, so that what is seen next was painted again."""
        self.screen.reset()

    # what the user sees

    def text(self) -> str:
        """The screen, rows without trailing blanks."""
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return "\n".join("".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in rows)

    def wait_for(self, pattern: str) -> None:
        """Wait until the regular expression is found on the screen."""
        self._wait(lambda: re.search(pattern, self.text()) is not None, f"{pattern!r} on the screen")

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds that is not to be seen on the screen."""
        self._wait(holds, "what is not to be seen")

    def wait_stopped(self) -> None:
        """Wait until the program is stopped, as by ctrl+z."""
        process = psutil.Process(self._process.pid)
        self._wait(lambda: process.status() == psutil.STATUS_STOPPED, "the program to stop")
        self._drain()

    def started(self) -> list[psutil.Process]:
        """What the program started, as far as it has not ended."""
        return list(psutil.Process(self._process.pid).children(recursive=True))

    def wait_end(self) -> int:
        """Wait until the program has ended; its exit status."""
        self._wait(lambda: self._process.poll() is not None, "the program to end")
        self._drain()
        return self._process.returncode

    def has_ended(self, within: float) -> bool:
        """Whether the program ends within some seconds, read for meanwhile."""
        self._read(within)
        return self._process.poll() is not None

    @property
    def modes(self) -> set[int]:
        """The private modes that are on."""
        return {mode for mode in MODES if mode << 5 in self.screen.mode}

    def left_behind(self) -> list[str]:
        """What differs from the terminal as the program found it; empty when it was given back."""
        left = [f"mode {mode}" for mode in sorted(self.modes)]
        if self.screen.cursor.hidden:
            left.append("hidden cursor")
        if self.output.count(b"\x1b[>25u") > self.output.count(b"\x1b[<u"):
            left.append("kitty keys")
        if termios.tcgetattr(self._slave) != self._found:
            left.append("attributes")
        return left

    def close(self) -> None:
        """End the program, whatever its state, and the terminal."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)

    # how that is done

    def _wait(self, holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {what}; the screen is:\n{self.text()}")
            self._read(0.02)

    def _drain(self) -> None:
        """Read all that was written so far."""
        while self._master >= 0 and self._read(0):
            pass

    def _read(self, timeout: float) -> bool:
        """Read once, for at most `timeout` seconds; whether anything came."""
        if self._master < 0:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout)
            return False
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        data = os.read(self._master, 65536)
        self.output += data
        for question, answer in ANSWERS.items():
            for _ in range(data.count(question)):
                os.write(self._master, answer)
        self._feed(self._tail + self._decoder.decode(data))
        return True

    def _feed(self, text: str) -> None:
        unfinished = _UNFINISHED.search(text)
        cut = unfinished.start() if unfinished else len(text)
        self._tail = text[cut:]
        self._stream.feed(_FOREIGN.sub("", text[:cut]))
