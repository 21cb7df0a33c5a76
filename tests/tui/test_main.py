"""The entry point: app or command line, and how each failure ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui import main
from tui.cli.entry import _told as entry_told
from tui.terminal import terminal

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], []),
        (["--library", "a", "--library=b"], [("--library", "a"), ("--library", "b")]),
        (["--theme", "light", "--ascii"], [("--theme", "light"), ("--ascii", "")]),
        (["list"], None),
        (["--library", "a", "list"], None),
        (["--help"], None),
        (["--libary", "a"], None),
        (["--library"], None),
        (["--library="], None),
    ],
)
def test_only_options_of_the_app_start_it(
    arguments: list[str], options: list[tuple[str, str]] | None
) -> None:
    assert main.app_options(arguments) == options


def entry(
    *arguments: str, cli: str = "", stdout: int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The real entry point without a terminal; `cli` is the body of the command line's `run(argv)`."""
    code = (
        "import sys, types\n"
        "module = sys.modules['tui.cli'] = types.ModuleType('tui.cli')\n"
        f"def run(argv):\n    {cli or 'return 0'}\n"
        "module.run = run\n"
        "from tui.main import main\n"
        "status = main()\n"
        "sys.stderr.write('LOADED TEXTUAL' if 'textual' in sys.modules else '')\n"
        "sys.exit(status)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_without_a_terminal_the_app_is_refused_in_one_line() -> None:
    result = entry()
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert result.stderr.isascii()
    assert "\x1b" not in result.stderr
    assert "briefing read china-legal-shield" in result.stderr
    assert "LOADED TEXTUAL" not in result.stderr


@pytest.mark.parametrize(
    ("terminals", "term", "whole"),
    [({0, 1}, "xterm", True), ({0}, "xterm", False), ({1}, "xterm", False), ({0, 1}, "dumb", False)],
)
def test_the_app_needs_a_terminal_on_both_sides(
    monkeypatch: pytest.MonkeyPatch, terminals: set[int], term: str, whole: bool
) -> None:
    monkeypatch.setattr(os, "isatty", lambda descriptor: descriptor in terminals)
    assert terminal.is_terminal({"TERM": term}) is whole


def test_the_status_and_the_output_are_those_of_the_command() -> None:
    result = entry("list", "--json", cli="print(argv); return 3")
    assert (result.returncode, result.stdout, result.stderr) == (3, "['list', '--json']\n", "")


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ("raise KeyError('x')", 70, "briefing: ended by a fault of its own, KeyError in "),
        ("raise KeyboardInterrupt", 130, ""),
        ("raise BrokenPipeError", 141, ""),
        ("sys.exit(2)", 2, ""),
    ],
)
def test_a_command_that_fails_says_so_in_one_line(body: str, status: int, told: str) -> None:
    result = entry("list", cli=body)
    assert (result.returncode, result.stdout) == (status, "")
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == (1 if told else 0)


@pytest.mark.parametrize("length", [10, 100_000])
def test_a_reader_that_closes_early_is_no_fault(length: int) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = entry("list", cli=f"print('x' * {length}); return 0", stdout=writer)
    os.close(writer)
    assert (result.returncode, result.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_that_cannot_be_written_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        result = entry("list", cli="print('x'); return 0", stdout=full.fileno())
    assert (result.returncode, result.stderr) == (
        4,
        "briefing: the output cannot be written: No space left on device\n",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", [[], ["nope"], ["note", "huawei"], ["nope", "--json"]])
def test_narration_that_cannot_be_written_changes_no_status(arguments: list[str], home: Path) -> None:
    code = "import sys; from tui.main import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BRIEFING_HOME": str(home)}

    def status(stderr: int) -> tuple[int, str]:
        result = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=environment,
            check=False,
        )
        return result.returncode, result.stdout

    with Path("/dev/full").open("w") as full:
        assert status(full.fileno()) == status(subprocess.PIPE)


def test_an_interrupt_before_anything_is_loaded_has_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(terminal, "tolerate_encoding", interrupt)
    assert main.main(["list"]) == main.INTERRUPTED


@pytest.mark.parametrize("asked", ["--json", "--all"])
def test_an_interrupt_while_a_command_is_loaded_gives_the_object_of_one_that_runs(asked: str) -> None:
    code = (
        "import builtins, sys\n"
        "known = builtins.__import__\n"
        "def load(name, *rest):\n"
        "    if name == 'tui.cli.subcommands':\n"
        "        raise KeyboardInterrupt\n"
        "    return known(name, *rest)\n"
        "builtins.__import__ = load\n"
        "from tui.main import main\n"
        "sys.exit(main(['list', sys.argv[1]]))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, asked],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (ended.returncode, ended.stderr) == (main.INTERRUPTED, "")
    told = entry_told(KeyboardInterrupt())
    assert told
    error = {"code": told.code, "message": told.message, "where": told.where}
    expected = {"schema": "briefing/error/1", "error": error} if asked == "--json" else None
    assert (json.loads(ended.stdout) if ended.stdout else None) == expected


def test_a_locale_without_characters_is_no_traceback() -> None:
    result = entry(
        "list",
        cli=r"print('M2 \u592e\u884c \u2717 \udcff'); return 0",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "M2 ???? ? ?\n", "")


def test_the_version_is_that_of_the_package() -> None:
    from tui import __version__

    assert entry("--version").stdout == f"briefing {__version__}\n"
