"""The product in a terminal: first start, hostile documents, a second window, a damaged index."""

from __future__ import annotations

import re
import signal
from base64 import b64decode
from pathlib import Path

import pytest

from tests.pty.conftest import Start
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.pty

APP = Path(__file__).with_name("briefing_app.py")

_HOSTILE = (
    '---\nkind: briefing\nid: evil\ntitle: "T\x1b]0;owned\x07 \x9b31m [/] [@click=app.quit]x"\n'
    "date: 2099-01-01\n---\n# Head\x1b[2J [/] [sic] \u202eabc {#h}\n"
    "Body \x1b]52;c;aGk=\x07 end, [@click=app.quit]press[/] :smile: [/foo] \x9b5n \u2066x\n\n"
    "| a\x1b[1m | [red]b |\n|---|---|\n| \x1bc | [/] |\n\n"
    "[link\x1b[8m](https://example.org/\x1b[31m) [[sm\x1b[2Jci]] <script>x</script>\n\n"
    "```\ncode \x1b[5m\n```\n"
)
_ALLOWED = re.compile(rb"\x1b\[[0-9;?<>=:]*[a-zA-Z$]p?|\x1b\[[0-9;?]*\$[a-z]|\x1b[78=>]|\x1b\]22;[a-z-]*\x07")


def _opened(start: Start, home: Path, **files: str) -> Terminal:
    for name, text in files.items():
        path = home / "lib" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    arguments = ["--library", str(home / "lib")] if files else []
    return start(*arguments, script=APP)


def test_a_first_start_shows_the_bundled_briefing_and_q_leaves(start: Start, home: Path) -> None:
    terminal = _opened(start, home)
    terminal.wait_for("Bottom line")
    terminal.send("3")
    terminal.wait_for("Huawei 华为")
    terminal.send("q")
    assert terminal.wait_end() == 0
    assert terminal.left_behind() == []


def test_bytes_that_are_no_text_end_nothing(start: Start, home: Path) -> None:
    terminal = _opened(start, home)
    terminal.wait_for("Bottom line")
    terminal.send("\udcff\udce5\udce5")  # as a terminal that is not in UTF-8 sends what is typed
    terminal.send(":\udce9t")
    terminal.wait_for(r":\ufffdt")
    terminal.send("\x1b")
    terminal.wait_until(lambda: "\ufffdt" not in terminal.text())
    terminal.send("q")
    assert terminal.wait_end() == 0
    assert terminal.left_behind() == []


def test_a_line_that_cites_a_figure_reaches_the_clipboard(start: Start, home: Path) -> None:
    terminal = _opened(start, home)
    terminal.wait_for("Bottom line")
    terminal.send("2")
    terminal.wait_for("M2 growth")
    terminal.send("\t\t")
    terminal.send("iy")
    terminal.wait_for("Copied: ")
    carried = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)", bytes(terminal.output))
    assert "PBOC by" in b64decode(carried[-1]).decode()
    terminal.send("q")
    assert terminal.wait_end() == 0


def test_no_text_of_a_document_acts_on_the_terminal(start: Start, home: Path) -> None:
    terminal = _opened(start, home, evil=_HOSTILE)
    terminal.wait_for("Bottom line|Head")
    terminal.send("l")
    terminal.wait_for("aGk|T.*owned")
    terminal.send("g\r")  # it is the newest, and came while another one was chosen
    terminal.wait_for(r"\[@click=app.quit\]press\[/\] :smile: \[/foo\]")
    terminal.send("\t\r")
    terminal.wait_for("enter opens|not opened|No item")
    terminal.send("f")
    terminal.wait_for(r"\d+ hints")
    terminal.send("\x1b")
    terminal.wait_for("next link")
    terminal.send(":")
    terminal.wait_for("esc close")
    terminal.send("evil")
    terminal.wait_for(r"EVIL +T.*owned")
    terminal.send("\r")
    terminal.wait_for("next link")
    terminal.send("h")
    terminal.wait_for(":HISTORY")
    terminal.send("q")
    assert terminal.wait_end() == 0
    assert terminal.left_behind() == []
    rest = _ALLOWED.sub(b"", bytes(terminal.output))
    acting = re.findall(rb"[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]|\x1b.{0,8}|\xc2[\x80-\x9f]", rest)
    assert acting == []
    assert "\u202e".encode() not in rest
    assert b"52;c;" not in re.sub(rb"\xe2\x90\x9b\]52;c;", b"", rest)


def test_a_terminated_app_leaves_a_whole_index_behind(start: Start, home: Path) -> None:
    first = _opened(start, home)
    first.wait_for("Bottom line")
    first.signal(signal.SIGTERM)
    assert first.wait_end() == 143
    second = _opened(start, home)
    second.wait_for("Bottom line")
    second.send("q")
    assert second.wait_end() == 0


def test_two_windows_read_at_once(start: Start, home: Path) -> None:
    first = _opened(start, home)
    first.wait_for("Bottom line")
    second = _opened(start, home)
    second.wait_for("Bottom line")
    for terminal in (first, second):
        terminal.send("2")
        terminal.wait_for("M2 minus M1 growth")
        assert "locked" not in terminal.text()
        terminal.send("q")
        assert terminal.wait_end() == 0


def test_a_damaged_index_is_set_aside_and_said(start: Start, home: Path) -> None:
    first = _opened(start, home)
    first.wait_for("Bottom line")
    first.send("q")
    first.wait_end()
    (index,) = (home / ".cache" / "briefing").glob("index-*.db")
    index.write_bytes(b"<html>not a database</html>" * 500)
    second = _opened(start, home)
    second.wait_for("Bottom line")
    second.send("1")
    second.wait_for("Legal shield")
    second.send("q")
    assert second.wait_end() == 0
    assert second.left_behind() == []


def test_nowhere_to_write_the_app_still_reads(start: Start, home: Path) -> None:
    (home / ".cache").write_text("in the way", encoding="utf-8")
    terminal = _opened(start, home)
    terminal.wait_for("Bottom line")
    terminal.send("q")
    assert terminal.wait_end() == 0


def test_a_chart_that_is_left_leaves_nothing_on_the_terminal(start: Start, home: Path) -> None:
    terminal = _opened(start, home)
    terminal.wait_for("Bottom line")
    for name, read_out in (("us.vix", "VIX, month-end [0-9]"), ("cn.m1_yoy", "M1 growth [0-9.]+ %   ")):
        terminal.send("2")
        terminal.wait_for("M1 growth +[0-9.]+ +%(.|\n)*Growth of the stock of")
        terminal.send(":")
        terminal.wait_for("tab complete")
        for typed in (name, "\r"):
            terminal.send(typed)
            terminal.wait_for(read_out if typed == "\r" else f":{typed}")
    terminal.send("2")
    terminal.wait_for("M1 growth +[0-9.]+ +%(.|\n)*Growth of the stock of")


def test_the_bytes_of_a_mouse_read_out_choose_and_zoom_charts(start: Start, home: Path) -> None:
    terminal = _opened(start, home)
    terminal.wait_for("Bottom line")
    terminal.send("2")
    terminal.wait_for("M2 growth")
    terminal.send("d")
    terminal.wait_for(r"▸ \S.*\n(?s:.*)20\d\d-\d\d.*  all")
    terminal.send("\x1b[<35;40;5M")
    terminal.wait_for(r"\n  201\d-\d\d.*  all")
    terminal.send("\x1b[<0;40;10M\x1b[<0;40;10m")
    terminal.wait_for(r"▸ Producer prices")
    terminal.send("\x1b[<64;40;10M")
    terminal.wait_for(r"\n  201\d-\d\d(?!.*  all)")
    terminal.send("q")
    assert terminal.wait_end() == 0
    assert terminal.left_behind() == []


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_keeps_where_the_reader_was_and_what_was_being_written(
    start: Start, home: Path, number: int, status: int
) -> None:
    first = _opened(start, home)
    first.wait_for("Bottom line")
    first.send("3")
    first.wait_for("Huawei 华为")
    first.send("a")
    first.wait_for("Note on China")
    first.send("half a thought")
    first.wait_for("half a thought")
    first.signal(number)
    assert first.wait_end() == status
    assert first.left_behind() == []
    (note,) = (home / ".local/share/briefing/library/notes").iterdir()
    assert "half a thought" in note.read_text(encoding="utf-8")
    second = _opened(start, home)
    second.wait_for("Bottom line")
    second.send("H")
    second.wait_for("▸3 Players")
    second.send("q")
    assert second.wait_end() == 0


def test_an_index_damaged_behind_its_head_is_set_aside_and_said(start: Start, home: Path) -> None:
    first = _opened(start, home)
    first.wait_for("Bottom line")
    first.send("q")
    first.wait_end()
    (index,) = (home / ".cache" / "briefing").glob("index-*.db")
    data = index.read_bytes()
    index.write_bytes(data[: len(data) // 3] + b"\x7f" * (len(data) - len(data) // 3))
    second = _opened(start, home)
    second.wait_for(r"set aside")
    second.wait_for("Bottom line")
    second.send("3")
    second.wait_for("Huawei 华为")
    second.send("q")
    assert second.wait_end() == 0
    assert second.left_behind() == []


def test_a_note_being_written_outlives_a_kill(start: Start, home: Path) -> None:
    first = _opened(start, home)
    first.wait_for("Bottom line")
    first.send("a")
    first.wait_for("Note on China")
    first.send("half a thought")
    first.wait_for("half a thought")
    drafts = home / ".local/state/briefing/drafts"
    first.wait_until(
        lambda: any("half a thought" in each.read_text("utf-8") for each in drafts.glob("*.txt"))
    )
    first.signal(signal.SIGKILL)
    assert first.wait_end() == -signal.SIGKILL
    second = _opened(start, home)
    second.wait_for("Draft of .*: enter goes on with it. Note on China")
    second.send("\r")
    second.wait_for("half a thought")
    second.send(" and the rest\x1b")
    second.wait_for("Kept: Note on China")
    second.send("q")
    assert second.wait_end() == 0
    (note,) = (home / ".local/share/briefing/library/notes").iterdir()
    assert "half a thought and the rest" in note.read_text(encoding="utf-8")
    assert not list(drafts.glob("*"))
