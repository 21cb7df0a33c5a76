"""The entry point: decides between the app and the command line before anything heavy is imported."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.settings.settings import Options

NO_TERMINAL = "briefing: no terminal here. Without one: briefing list, or briefing read china-legal-shield"

USAGE, OWN_FILES, OWN_FAULT, INTERRUPTED, BROKEN_PIPE = 2, 4, 70, 130, 141
CRASHED = 1


def main(argv: list[str] | None = None) -> int:
    """Run `briefing` with the arguments `argv` (default: the process's own); the exit status."""
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    from tui.terminal import terminal

    terminal.tolerate_encoding()
    given = app_options(arguments)
    if given is None:
        return _run_command(arguments)
    if not terminal.is_terminal(os.environ):
        return _refuse(NO_TERMINAL)
    return _run_app(given)


def app_options(arguments: Sequence[str]) -> list[tuple[str, str]] | None:
    """The app's own options as (name, value); None when `arguments` are for the command line.

    Whatever is no option of the app (a command, `--help`, a misspelling, a missing value) is for
    the command line to run or to refuse.
    """
    given = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name in ("--library", "--theme", "--as-of"):
            found = value if equals else next(rest, "")
            if not found:
                return None
            given.append((name, found))
        elif argument in ("--ascii", "--offline"):
            given.append((argument, ""))
        else:
            return None
    return given


def _refuse(message: str) -> int:
    _say(message)
    return USAGE


def _say(line: str) -> None:
    from tui.terminal import terminal

    terminal.narrate(f"{line}\n")


def _run_app(given: list[tuple[str, str]]) -> int:
    import gc

    gc.disable()  # until the first paint: TerminalApp switches it on again
    from tui.terminal import terminal

    terminal.save()
    try:
        try:
            return _start_app(given)
        finally:
            terminal.give_back()
    except Exception as error:
        return _confess(error, CRASHED)


def _start_app(given: list[tuple[str, str]]) -> int:
    from tui.settings.settings import load, refusal

    options = _options(given)
    if trouble := refusal(options, os.environ):
        return _refuse(f"briefing: {trouble}")
    try:
        settings = load(os.environ, options)
    except OSError as error:
        _say(f"briefing: {error}")
        return OWN_FILES

    from tui.running import run

    return run(settings)


def _options(given: list[tuple[str, str]]) -> Options:
    from tui.settings.settings import Options
    from tui.terminal import terminal

    values = dict(given)
    return Options(
        libraries=tuple(value for name, value in given if name == "--library"),
        theme=values.get("--theme", ""),
        ascii="--ascii" in values or not terminal.writes_unicode(),
        offline="--offline" in values,
        as_of=values.get("--as-of", ""),
    )


def _run_command(arguments: list[str]) -> int:
    import gc

    from tui import YOUNG_OBJECTS

    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
    try:
        status = _command(arguments)
        _flush()  # here, where a failure can be told, not at the interpreter's end
    except BrokenPipeError:
        _drop_output()
        return BROKEN_PIPE
    except OSError as error:
        _say(f"briefing: {_plain(error)}")
        _drop_unwritable()
        return OWN_FILES
    except Exception as error:
        return _confess(error, OWN_FAULT)
    return status


def _command(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        from tui import __version__

        if sys.stdout is not None:
            sys.stdout.write(f"briefing {__version__}\n")
        return 0
    try:
        from tui.cli import run
    except KeyboardInterrupt:
        if "--json" in arguments:
            _tell_cancelled()
        raise
    return run(arguments)


def _tell_cancelled() -> None:
    """The error object of JSON, without what else writes it: that is not loaded yet."""
    from tui import CANCELLED

    error = f'{{"code": "cancelled", "message": "{CANCELLED}", "where": ""}}'
    if sys.stdout is not None:
        sys.stdout.write(f'{{"schema": "briefing/error/1", "error": {error}}}\n')


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _plain(error: OSError) -> str:
    """What the system refused, in words: an error that names no file is that of the output."""
    if not error.strerror:
        return str(error)
    what = f"{error.filename}" if error.filename else "the output cannot be written"
    return f"{what}: {error.strerror}"


def _drop_unwritable() -> None:
    try:
        _flush()
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not fail on it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _confess(error: Exception, status: int) -> int:
    from tui import crash

    _say(crash.record(error, _state_folder()))
    return status


def _state_folder() -> Path | None:
    try:
        from cache.paths import places

        return places(os.environ).state
    except Exception:  # whatever is wrong there, it must not hide the fault that is being told
        return None


if __name__ == "__main__":
    sys.exit(main())
