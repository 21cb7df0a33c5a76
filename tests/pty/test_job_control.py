"""The app as a job of an interactive shell: stopped, gone on with, ended while it is stopped."""

from __future__ import annotations

import shlex
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.pty.conftest import Start
from tests.pty.terminal import Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash, for its job control"),
]

HERE = Path(__file__).parent
CTRL_Z = "\x1a"


@pytest.fixture
def stopped(start: Start, home: Path) -> Terminal:
    """A shell in which the app was started, went to a tab, and was stopped."""
    terminal = start(script=HERE / "shell.py")
    terminal.wait_for("SHELL>")
    launch(terminal)
    terminal.send("3")
    terminal.wait_for("Huawei 华为")
    terminal.send(CTRL_Z)
    terminal.wait_for(r"Stopped[\s\S]*SHELL>")
    terminal.forget_screen()  # which a screen with a second page would have done
    return terminal


def test_a_stopped_app_leaves_the_terminal_to_the_shell(stopped: Terminal) -> None:
    assert stopped.left_behind() == []
    stopped.send("echo seen as it is typed\r")
    stopped.wait_for("echo seen as it is typed\nseen as it is typed\n")


def test_fg_draws_the_page_whole_for_the_size_that_the_terminal_has_then(stopped: Terminal) -> None:
    stopped.resize(120, 40)
    stopped.send("fg\r")
    stopped.wait_for("▸3 Key players")
    stopped.wait_for("tab next link.*l library.*help")
    rows = stopped.text().split("\n")
    assert ":PLAYERS" in rows[0]
    assert "Huawei 华为" in stopped.text()
    assert "tab next link" in rows[39]
    assert {1049, 1003, 2004} <= stopped.modes
    stopped.send("q")
    stopped.wait_for("SHELL>")
    assert stopped.left_behind() == []


def test_an_app_that_is_ended_while_it_is_stopped_leaves_nothing(stopped: Terminal) -> None:
    stopped.send("kill %1; fg\r")
    stopped.wait_for("terminated|Terminated")
    stopped.send("wait; echo o''ver\r")
    stopped.wait_for("over\n")
    assert stopped.left_behind() == []


@pytest.mark.parametrize("is_stopped", [True, False])
@pytest.mark.parametrize("is_nested", [True, False])
def test_an_app_whose_shell_is_killed_ends(
    start: Start, home: Path, is_nested: bool, is_stopped: bool
) -> None:
    terminal = start(script=HERE / "shell.py")
    terminal.wait_for("SHELL>")
    if is_nested:
        terminal.send(shlex.join([sys.executable, str(HERE / "shell.py")]) + "\r")
        terminal.wait_for(r"SHELL>[\s\S]*SHELL>")
    launch(terminal)
    app = next(
        each for each in terminal.started() if not each.children() and "briefing" in str(each.cmdline())
    )
    shell = app.parent()
    assert shell
    if is_stopped:
        terminal.send(CTRL_Z)
        terminal.wait_for(r"Stopped[\s\S]*SHELL>")
        assert app.status() == psutil.STATUS_STOPPED
    try:
        shell.kill()
        terminal.wait_until(lambda: has_ended(app))
        if is_nested:  # the other shell goes on
            terminal.wait_until(lambda: not terminal.modes)
    finally:
        with suppress(psutil.NoSuchProcess):
            app.kill()


def test_an_app_without_a_shell_ends_also_where_it_was_told_to_ignore_that(start: Start, home: Path) -> None:
    terminal = start(script=HERE / "shell.py")
    terminal.wait_for("SHELL>")
    launch(terminal, "sh", "-c", "trap '' HUP; exec \"$@\"", "sh")
    (app,) = [each for each in terminal.started() if "briefing_app" in str(each.cmdline())]
    terminal.send(CTRL_Z)
    terminal.wait_for(r"Stopped[\s\S]*SHELL>")
    shell = app.parent()
    assert shell
    try:
        shell.kill()
        terminal.wait_until(lambda: has_ended(app))
    finally:
        with suppress(psutil.NoSuchProcess):
            app.kill()


def launch(terminal: Terminal, *through: str) -> None:
    """Start the app in a shell, through a command that becomes it."""
    app = [sys.executable, str(HERE / "briefing_app.py"), "--offline"]
    terminal.send(shlex.join([*through, *app]) + "\r")
    terminal.wait_for("Bottom line")


def has_ended(process: psutil.Process) -> bool:
    """Whether a process is no more, or waits only for somebody who asks how it ended."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
