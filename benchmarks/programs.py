"""How the measured programs are started: the same interpreter, compiled files, a clean environment."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.ptybench import TerminalSession

ROOT = Path(__file__).parents[1]

_PACKAGES = ("tui", "briefings", "sources", "cache", "benchmarks")
_HIDDEN = ("PYTHON", "BRIEFING", "XDG_", "TEXTUAL", "COLUMNS", "LINES", "NO_COLOR", "TERM", "TMUX", "STY")
_APP = "import sys; from tui.main import main; sys.exit(main())"


def compile_packages() -> None:
    """Bring the compiled files up to date, as an installer does."""
    for package in _PACKAGES:
        compileall.compile_dir(ROOT / package, quiet=2)


def app(home: Path) -> TerminalSession:
    """The app itself on the library of a home."""
    return TerminalSession([sys.executable, "-c", _APP], env=_environment(home), cwd=ROOT)


def minimal(home: Path) -> TerminalSession:
    """The smallest Textual app."""
    return _called("minimal", home)


def echo(home: Path, size: int) -> TerminalSession:
    """A program that answers each key with `size` bytes."""
    return _called("echo", home, str(size))


def run_command(home: Path, *arguments: str) -> int:
    """Run a command of `briefing` to its end, with nobody looking; its exit status."""
    return _run(home, [sys.executable, "-c", _APP, *arguments]).returncode


def run_nothing(home: Path) -> int:
    """Start and end the interpreter."""
    return _run(home, [sys.executable, "-c", "pass"]).returncode


def run_indexing(home: Path, *arguments: str) -> str:
    """Run `benchmarks.indexing` in a process of its own; what it prints. Raises RuntimeError."""
    done = _run(home, [sys.executable, "-m", "benchmarks.indexing", *arguments])
    if done.returncode:
        raise RuntimeError(f"the index could not be made:\n{done.stderr}")
    return done.stdout


def run_asking(home: Path, port: int, rounds: int) -> str:
    """Refresh from scripted sources in a process of its own; what it prints. Raises RuntimeError."""
    return _printed(home, "asking", str(port), str(rounds))


def run_filling(home: Path, *arguments: str) -> str:
    """Fill or read the store of a home in a process of its own; what it prints. Raises RuntimeError."""
    return _printed(home, "filling", *arguments)


def run_searching(home: Path, rounds: str) -> str:
    """Type queries in the index of a home, without a screen; what it prints. Raises RuntimeError."""
    return _printed(home, "searching", rounds)


def run_judging(home: Path, rounds: str) -> str:
    """Judge the claims in the library of a home, without a screen; what it prints. Raises RuntimeError."""
    return _printed(home, "judging", rounds)


@contextmanager
def answering() -> Iterator[int]:
    """All sources on this machine, in a process of their own: its port."""
    command = [sys.executable, "-m", "benchmarks.answering"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout  # noqa: S101  (it is a pipe)
            yield int(process.stdout.readline())
        finally:
            process.kill()


def _printed(home: Path, module: str, *arguments: str) -> str:
    done = _run(home, [sys.executable, "-m", f"benchmarks.{module}", *arguments])
    if done.returncode:
        raise RuntimeError(f"benchmarks.{module} failed:\n{done.stderr}")
    return done.stdout


def _called(module: str, home: Path, *arguments: str) -> TerminalSession:
    code = f"from benchmarks.{module} import main; main()"
    return TerminalSession([sys.executable, "-c", code, *arguments], env=_environment(home), cwd=ROOT)


def _run(home: Path, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=_environment(home), cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_HIDDEN)}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1"}
    return {**kept, **terminal, "HOME": str(home), "BRIEFING_HOME": str(home)}
