"""The terminal is given back as it was, whatever ends or stops the app."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.pty.conftest import Start
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.pty

CTRL_C, CTRL_Z = "\x03", "\x1a"


def test_the_app_takes_the_screen_and_q_gives_it_back(start: Start) -> None:
    terminal = start()
    terminal.wait_for("ready 央")
    assert {1049, 1003, 2004} <= terminal.modes
    assert {"hidden cursor", "attributes"} <= set(terminal.left_behind())
    terminal.send("q")
    assert terminal.wait_end() == 0
    assert terminal.left_behind() == []


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_the_app_in_order(start: Start, number: int, status: int) -> None:
    terminal = start()
    terminal.wait_for("ready")
    terminal.signal(number)
    assert terminal.wait_end() == status
    assert terminal.left_behind() == []
    assert b"Traceback" not in terminal.output


def test_a_second_sigterm_ends_an_app_that_hangs(start: Start) -> None:
    terminal = start("blocked")
    terminal.wait_for("ready")
    terminal.send("x")
    terminal.wait_for("blocked")
    terminal.signal(signal.SIGTERM)
    while not terminal.has_ended(within=0.1):
        terminal.signal(signal.SIGTERM)
    assert terminal.wait_end() == 143
    assert terminal.left_behind() == []


def test_a_fault_leaves_one_line_and_a_report_without_locals(start: Start, home: Path) -> None:
    terminal = start()
    terminal.wait_for("ready")
    terminal.send("x")
    assert terminal.wait_end() == 1
    assert terminal.left_behind() == []
    line = terminal.text().replace("\n", "")
    (report,) = (home / ".local/state/briefing").iterdir()
    assert line.startswith("briefing: ended by a fault of its own, ValueError in pty/small_app.py:")
    assert line.endswith(f"Report: ~/.local/state/briefing/{report.name}")
    assert report.stat().st_mode & 0o777 == 0o600
    told = report.read_text()
    assert "planted ␛[2J, 7 letters" in told
    assert "action_misfortune" in told
    assert "hunter2" not in told
    assert str(home) not in told


def test_a_fault_before_the_app_runs_never_takes_the_screen(start: Start) -> None:
    terminal = start("broken")
    assert terminal.wait_end() == 1
    assert "ended by a fault of its own, ImportError" in terminal.text()
    assert b"\x1b" not in terminal.output


def test_an_app_that_cannot_stop_gives_the_terminal_back_all_the_same(start: Start) -> None:
    terminal = start("unable to stop")
    terminal.wait_for("ready")
    terminal.send("x")
    assert terminal.wait_end() != 0
    assert terminal.left_behind() == []


def test_ctrl_c_typed_says_how_to_quit(start: Start) -> None:
    terminal = start()
    terminal.wait_for("ready")
    terminal.send(CTRL_C)
    terminal.wait_for(r"q quits\.")


def test_ctrl_z_gives_the_terminal_back_until_fg(start: Start) -> None:
    terminal = settled(start())
    terminal.send(CTRL_Z)
    terminal.wait_stopped()
    assert terminal.left_behind() == []
    terminal.forget_screen()
    terminal.signal(signal.SIGCONT)
    terminal.wait_for("pressed 1 央")
    terminal.send("cq")
    assert terminal.wait_end() == 0
    assert terminal.left_behind() == []


def test_a_stop_from_outside_ends_in_a_repaint_and_one_input_thread(start: Start) -> None:
    terminal = settled(start())
    terminal.signal(signal.SIGSTOP)
    terminal.wait_stopped()
    terminal.forget_screen()
    terminal.signal(signal.SIGCONT)
    terminal.wait_for("pressed 1 央")
    assert {1049, 1003, 2004} <= terminal.modes
    terminal.send("c")
    terminal.wait_for("pressed 2")
    terminal.send("q")
    assert terminal.wait_end() == 0
    assert terminal.left_behind() == []


def settled(terminal: Terminal) -> Terminal:
    """An app whose first paints are over: from here on it paints only with a reason."""
    terminal.wait_for("ready")
    terminal.send("c")
    terminal.wait_for("pressed 1 央")
    return terminal


@pytest.mark.parametrize("misfortune", ["", "deaf"])
def test_closing_the_window_ends_the_app_even_if_it_hears_no_signal(start: Start, misfortune: str) -> None:
    terminal = start(misfortune)
    terminal.wait_for("ready")
    terminal.hang_up()
    assert terminal.wait_end() == 129


def test_the_app_is_drawn_on_standard_output(start: Start, tmp_path: Path) -> None:
    terminal = start(stderr=tmp_path / "log")
    terminal.wait_for("ready")
    terminal.send("q")
    assert terminal.wait_end() == 0
    assert (tmp_path / "log").read_bytes() == b""


def test_an_encoding_that_lacks_characters_keeps_their_width(start: Start) -> None:
    terminal = start(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    terminal.wait_for(r"ready \?\?\?\?")
    terminal.send("q")
    assert terminal.wait_end() == 0


def test_a_dumb_terminal_is_refused(start: Start) -> None:
    terminal = start(TERM="dumb")
    assert terminal.wait_end() == 2
    assert "no terminal here" in terminal.text()
    assert b"\x1b" not in terminal.output
