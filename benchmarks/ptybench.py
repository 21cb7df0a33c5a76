"""A program in a pseudo-terminal, driven by keys and timed from outside.

A reader thread stamps each piece of output with the time and the program's CPU time at which it was
read. The screen is drawn from it later, so that drawing never enters a measured time.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

from benchmarks.display import Display
from benchmarks.keys import key_bytes

SIZE = (120, 40)
"""Columns and rows of every measured terminal."""

QUIET = 0.1
"""Seconds without output after which a change counts as done. A second frame follows the first after
up to 0.05; what came later would be taken for an answer to the next key."""

PATIENCE = 60.0
"""Seconds after which what is waited for counts as never coming."""

_BURST = 0.02
"""Seconds without output after which it is drawn: drawing meanwhile would keep the reader from the next
piece, and the program from writing it."""

_RELUCTANCE = 1.5
_GRACE = 2.0
_ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
}
_LONGEST_QUERY = max(map(len, _ANSWERS))


class NeverSeenError(Exception):
    """What was waited for did not come to the screen."""


@dataclass(frozen=True, slots=True)
class Output:
    """A piece of output: when it was read (`perf_counter`), the program's CPU seconds then, its bytes."""

    at: float
    cpu: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Moment:
    """Milliseconds of wall and of CPU time since the start, or since a key was pressed."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Press:
    """What a key did: milliseconds to the last change of the screen, and bytes written."""

    wall: float
    size: int


@dataclass(frozen=True, slots=True)
class Held:
    """What a held key did: milliseconds of output after the last press, bytes, frames."""

    lag: float
    size: int
    frames: int


@dataclass(frozen=True, slots=True)
class Idle:
    """What a program does when nothing is pressed: per cent of one core, bytes written."""

    cpu_percent: float
    size: int


class TerminalSession:
    """A program, its screen, and the times at which it wrote. Use it as a context manager."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> None:
        self.display = Display(*SIZE)
        self._unread: deque[Output] = deque()
        self._news = threading.Condition()
        self._written = 0
        self._frames = 0
        self._last_read = 0.0
        self._ended = False
        self._query_tail = b""
        self._started = time.perf_counter()
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            _become(command, env, cwd)
        self._reader = threading.Thread(target=self._read, name="pty-reader", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the program: its own key first, then the signals that it must heed."""
        self.send("q")
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._has_ended(_GRACE):
                break
            os.kill(self._pid, number)
        self._reader.join(_GRACE)
        os.close(self._terminal)

    # ------------------------------------------------------------------ keys

    def send(self, *keys: str) -> None:
        """Press keys without waiting for what they do."""
        with suppress(OSError):
            os.write(self._terminal, b"".join(key_bytes(key) for key in keys))

    def press(self, *keys: str) -> list[Press]:
        """Press keys one after the other, each when the one before has shown what it does.

        A key that changes nothing on the screen gives no entry.
        """
        presses = []
        for key in keys:
            self.drain()
            written = self._written
            pressed = time.perf_counter()
            self.send(key)
            self._wait_quiet(pressed, QUIET)
            changed = self.drain()
            if changed is not None:
                presses.append(Press(1000 * (changed - pressed), self._written - written))
        return presses

    def press_until(self, key: str, regex: str) -> Moment:
        """Press a key and wait for what it brings to the screen. Raises `NeverSeenError`."""
        self.drain()
        cpu, pressed = cpu_seconds(self._pid), time.perf_counter()
        self.send(key)
        seen = self._wait(regex)
        return Moment(1000 * (seen.at - pressed), 1000 * (seen.cpu - cpu))

    def hold(self, key: str, count: int, per_second: float) -> Held:
        """Press without waiting, as a held key repeats."""
        self.drain()
        written, frames = self._written, self._frames
        begun = time.perf_counter()
        for number in range(count):
            time.sleep(max(0.0, begun + number / per_second - time.perf_counter()))
            self.send(key)
        last = time.perf_counter()
        self._wait_quiet(last, 0.25)
        lag = 1000 * max(0.0, self._last_read - last)
        return Held(lag, self._written - written, self._frames - frames)

    # ------------------------------------------------------------------ looking

    def wait_for(self, regex: str) -> Moment:
        """Wait for something on the screen; the time since the start. Raises `NeverSeenError`."""
        seen = self._wait(regex)
        return Moment(1000 * (seen.at - self._started), 1000 * seen.cpu)

    def settle(self, quiet: float = 0.3) -> None:
        """Wait until nothing has been written for some seconds."""
        self._wait_quiet(time.perf_counter(), quiet)
        self.drain()

    def drain(self) -> float | None:
        """Draw all that was read; when the last piece that changed the screen was read."""
        changed = None
        while self._unread:
            output = self._unread.popleft()
            if self.display.feed(output.data):
                changed = output.at
        return changed

    def idle(self, seconds: float) -> Idle:
        """Press nothing for some seconds."""
        self.settle()
        cpu, written, begun = cpu_seconds(self._pid), self._written, time.perf_counter()
        time.sleep(seconds)
        share = (cpu_seconds(self._pid) - cpu) / (time.perf_counter() - begun)
        return Idle(100 * share, self._written - written)

    def first_row(self) -> str:
        """The top row of the screen as last drawn."""
        return self.display.text().partition("\n")[0]

    def rss(self) -> float:
        """Resident memory now, in MB."""
        return float(psutil.Process(self._pid).memory_info().rss) / 2**20

    def _wait(self, regex: str) -> Output:
        pattern = re.compile(regex, re.MULTILINE | re.DOTALL)
        until = time.perf_counter() + PATIENCE
        while self._wait_news(until - time.perf_counter()):
            self._wait_quiet(0.0, _BURST)
            while self._unread:
                output = self._unread.popleft()
                if self.display.feed(output.data) and pattern.search(self.display.text()):
                    return output
        state = "the program ended" if self._ended else f"not within {PATIENCE:g} s"
        raise NeverSeenError(f"{regex!r}: {state}\n{self.display.text()}")

    def _wait_news(self, seconds: float) -> bool:
        with self._news:
            self._news.wait_for(lambda: self._unread or self._ended, max(0.0, seconds))
            return bool(self._unread)

    def _wait_quiet(self, since: float, quiet: float) -> None:
        """Wait for output after `since`, unless none comes, and then until it has ended."""
        with self._news:
            self._news.wait_for(lambda: self._last_read > since or self._ended, _RELUCTANCE)
            while not self._ended:
                rest = max(self._last_read, since) + quiet - time.perf_counter()
                if rest <= 0:
                    break
                self._news.wait(rest)

    # ------------------------------------------------------------------ the other end

    def _read(self) -> None:
        while data := self._read_piece():
            output = Output(time.perf_counter(), cpu_seconds(self._pid), data)
            with self._news:
                self._unread.append(output)
                self._last_read = output.at
                self._written += len(data)
                self._frames += data.count(b"\x1b[?2026l")
                self._news.notify_all()
            self._answer(data)
        with self._news:
            self._ended = True
            self._news.notify_all()

    def _read_piece(self) -> bytes:
        try:
            select.select([self._terminal], [], [])
            return os.read(self._terminal, 1 << 16)
        except OSError:  # the program has ended
            return b""

    def _answer(self, data: bytes) -> None:
        """Answer what the program asks its terminal."""
        heard = self._query_tail + data
        for query, answer in _ANSWERS.items():
            for _ in range(heard.count(query)):
                with suppress(OSError):
                    os.write(self._terminal, answer)
                heard = heard.replace(query, b"", 1)
        self._query_tail = heard[1 - _LONGEST_QUERY :]

    def _has_ended(self, seconds: float) -> bool:
        return _poll(lambda: os.waitpid(self._pid, os.WNOHANG)[0] != 0, seconds)


def cpu_seconds(pid: int) -> float:
    """CPU seconds that a process has used, to the nanosecond where Linux tells."""
    try:
        if sys.platform == "linux":  # the kernel's id of another process's CPU clock
            return time.clock_gettime((~pid << 3) | 2)
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system)
    except (psutil.Error, OSError):
        return 0.0


def _become(command: Sequence[str], env: Mapping[str, str], cwd: Path) -> None:
    """In the child: be the program, in a terminal of the measured size."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], SIZE[0] * 8, SIZE[1] * 16))
        os.chdir(cwd)
        os.execve(command[0], list(command), dict(env))  # noqa: S606
    finally:
        os._exit(127)


def _poll(holds: Callable[[], bool], seconds: float) -> bool:
    until = time.perf_counter() + seconds
    while not holds():
        if time.perf_counter() > until:
            return False
        time.sleep(0.005)
    return True
