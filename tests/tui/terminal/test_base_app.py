"""The app's manners that need no terminal, and the private names of the framework that they rest on."""

from __future__ import annotations

import asyncio
import inspect
import os
import pty
import re
from datetime import datetime
from pathlib import Path
from signal import SIGHUP
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.color import Color
from textual.drivers.linux_driver import LinuxDriver
from textual.widgets import Static

from sources import secrets
from tui import crash
from tui.terminal import driver, terminal
from tui.terminal.app import ControlWall, TerminalApp
from tui.terminal.driver import TerminalDriver

HOSTILE = "a\x1b]52;c;aGk=\x07b\x9b2Jc\u202ed\x00[/] [b]央[/b]"


class SmallApp(TerminalApp):
    def compose(self) -> ComposeResult:
        yield Static(Text(HOSTILE))

    def shown(self) -> str:
        lines = self.screen._compositor.render_strips()
        return "\n".join(line.text.rstrip() for line in lines)


@pytest.mark.parametrize(
    ("owner", "names"),
    [
        (App, ("_fatal_error", "_handle_exception", "_close_messages_no_wait")),
        (
            LinuxDriver,
            (
                "_sigtstp_application",
                "_sigcont_application",
                "_enable_mouse_support",
                "_enable_bracketed_paste",
                "_disable_line_wrap",
                "_patch_lflag",
                "_patch_iflag",
                "start_application_mode",
                "run_input_thread",
                "close",
            ),
        ),
    ],
)
def test_the_framework_still_has_what_we_override_and_call(owner: type, names: tuple[str, ...]) -> None:
    assert [name for name in names if not callable(getattr(owner, name, None))] == []


def test_the_framework_still_reads_the_attributes_that_we_set() -> None:
    source = inspect.getsource(LinuxDriver)
    for name in ("_file", "_must_signal_resume", "_key_thread", "attrs_before"):
        assert f"self.{name}" in source, name
    assert "self._auto_restart" in source
    assert "self._exception = error" in inspect.getsource(App._handle_exception)
    assert "self._fatal_error()" in inspect.getsource(App._handle_exception)
    assert "WriterThread(self._file)" in inspect.getsource(LinuxDriver.start_application_mode)


async def test_hostile_text_loses_what_acts_and_keeps_its_letters() -> None:
    async with SmallApp().run_test() as pilot:
        assert isinstance(pilot.app, SmallApp)
        assert pilot.app.shown().startswith("a]52;c;aGk=b2Jcd[/] [b]央[/b]")


async def test_a_notification_is_shown_letter_for_letter() -> None:
    async with SmallApp().run_test(notifications=True) as pilot:
        assert isinstance(pilot.app, SmallApp)
        pilot.app.notify("[/] [sic] \x1b[2J", title="[b]\x9b", markup=True)
        await pilot.pause()
        assert "[/] [sic] [2J" in pilot.app.shown()
        assert "\x1b" not in pilot.app.shown()


@given(st.lists(st.text(max_size=20)))
def test_the_wall_never_changes_a_width(texts: list[str]) -> None:
    lines = ControlWall().apply([Segment(text) for text in texts], Color(0, 0, 0))
    assert [cell_len(line.text) for line in lines] == [cell_len(text) for text in texts]
    assert not any(ord(character) < 32 for line in lines for character in line.text)


def test_the_wall_drops_addresses_and_keeps_the_framework_s_own_controls() -> None:
    link = Segment("text", Style(link="https://x\x1b[2J", bold=True))
    bell = Segment("\x07", None, [(ControlType.BELL,)])
    (text, control) = ControlWall().apply([link, bell], Color(0, 0, 0))
    assert text == Segment("text", Style(bold=True))
    assert control is bell


async def test_a_fault_is_kept_as_a_report_and_ends_with_status_1(tmp_path: Path) -> None:
    app = SmallApp(state=tmp_path)
    with pytest.raises(ValueError, match="planted"):
        await _run_and_fail(app)
    assert app.return_code == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".txt"]


async def test_what_the_framework_would_print_at_its_end_is_one_line_of_ours(tmp_path: Path) -> None:
    app = SmallApp(state=tmp_path)
    async with app.run_test():
        app.panic(Text("locals: s3cr3t"))
    assert app._exit_renderables == []
    assert app._last_words.startswith("briefing: ended by a fault of its own, ")
    assert "s3cr3t" not in app._last_words + "".join(each.read_text() for each in tmp_path.iterdir())


async def _run_and_fail(app: SmallApp) -> None:
    async with app.run_test() as pilot:
        app.call_later(_fail)
        await pilot.pause()


def _fail() -> None:
    raise ValueError("planted")


@pytest.mark.parametrize(
    ("trouble", "ending"), [(OSError("gone"), ("leave", SIGHUP)), (ValueError("parser"), ("fail", "parser"))]
)
async def test_an_input_that_breaks_ends_the_app(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception, ending: tuple[str, object]
) -> None:
    def fail(_: LinuxDriver) -> None:
        raise trouble

    asked: list[tuple[str, object]] = []
    app = SimpleNamespace(
        leave=lambda number: asked.append(("leave", number)),
        fail=lambda error: asked.append(("fail", str(error))),
    )
    monkeypatch.setattr(LinuxDriver, "run_input_thread", fail)
    driver = object.__new__(TerminalDriver)
    vars(driver).update(_app=app, _loop=asyncio.get_running_loop())
    await asyncio.to_thread(driver.run_input_thread)
    assert asked == [ending]


async def test_a_worker_s_fault_is_told_and_the_app_goes_on(tmp_path: Path) -> None:
    app = SmallApp(state=tmp_path)
    async with app.run_test(notifications=True) as pilot:
        app.run_worker(_fail, thread=True, exit_on_error=False)
        while "went on after" not in app.shown():
            await pilot.pause()
        assert app.is_running
    assert len(list(tmp_path.iterdir())) == 1


def test_a_report_masks_home_and_secrets_and_has_no_locals(tmp_path: Path, home: Path) -> None:
    local = "private"
    try:
        raise OSError(f"{home}/x https://u:pw@h/?api_key=abc&b=1 Bearer abcdefgh12 \x1b[2J{len(local)}")
    except OSError as error:
        line = crash.record(error, tmp_path / "state", datetime(2026, 11, 23, 20, 11))
        line = crash.record(error, tmp_path / "state", datetime(2026, 11, 23, 20, 12))
    (path,) = (tmp_path / "state").iterdir()
    assert path.name == "crash-2026-11-23.txt"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    told = path.read_text()
    assert told.count("Traceback") == 2
    assert "~/x https://***@h/?api_key=***&b=1 Bearer *** ␛[2J7" in told
    assert not any(word in told for word in ("private", "abc", "pw@", str(home)))
    assert "OSError in terminal/test_base_app.py:" in line
    assert str(path) in line


def test_a_report_masks_keys_that_were_found_however_they_stand_in_it(tmp_path: Path) -> None:
    secrets.load(["fred"], {"BRIEFING_FRED": "fedcba/9876"}, tmp_path)
    secrets.load(["short"], {"BRIEFING_SHORT": "the"}, tmp_path)
    crash.record(ValueError("the server refused fedcba/9876, or fedcba%2F9876"), tmp_path / "state")
    (path,) = (tmp_path / "state").iterdir()
    assert "ValueError: the server refused ***, or ***\n" in path.read_text()


def test_a_report_follows_no_link(tmp_path: Path) -> None:
    mine, state = tmp_path / "mine", tmp_path / "state"
    mine.write_text("mine")
    state.mkdir(mode=0o700)
    (state / "crash-2026-11-23.txt").symlink_to(mine)
    line = crash.record(ValueError("x"), state, datetime(2026, 11, 23, 20, 11))
    assert "No report: " in line
    assert mine.read_text() == "mine"


def test_where_no_report_can_be_written_the_line_says_why(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    line = crash.record(ValueError("x"), tmp_path / "state")
    assert line.startswith("briefing: ended by a fault of its own, ValueError. No report: ")
    assert "\n" not in line


def test_the_reset_string_undoes_every_mode_that_the_driver_may_set() -> None:
    source = inspect.getsource(LinuxDriver) + inspect.getsource(TerminalDriver)
    switched_on = set(re.findall(r"^(?!\s*#).*\\x1b\[\?(\d+)h", source, re.MULTILINE))
    assert {"1049", "1003", "2048"} <= switched_on
    wanted_on = {"7", "25"}  # wrapping and the cursor
    assert [m for m in switched_on - wanted_on if f"\x1b[?{m}l" not in terminal.RESET] == []
    assert [m for m in wanted_on if f"\x1b[?{m}h" not in terminal.RESET] == []


async def test_the_app_ends_once_its_terminal_is_hung_up_without_a_signal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(driver, "WATCH_SECONDS", 0.01)
    app = SmallApp()
    async with app.run_test():
        own, other = pty.openpty()
        watched = TerminalDriver(app)
        watched.fileno = other
        watched._watch_terminal()
        assert watched._watching
        assert app.return_code is None
        os.close(own)
        while app.return_code is None:
            await asyncio.sleep(0)
        os.close(other)
    assert app.return_code == 128 + SIGHUP
