"""A note written in the reader's own editor: the app steps aside and comes back."""

from __future__ import annotations

from pathlib import Path
from signal import SIGHUP, SIGKILL

import pytest

from tests.pty.conftest import Start

pytestmark = pytest.mark.pty

APP = Path(__file__).with_name("briefing_app.py")

_EDITOR = """#!/bin/sh
printf 'editor has the terminal: %s\\n' "$#"
read line
printf '%s\\n' "$line" >> "$2"
exit {status}
"""


_SAVES_AND_STAYS = """#!/bin/sh
printf 'half a thought 外\\n' > "$1.new" && mv "$1.new" "$1"
printf 'saved\\n'
read line
"""


def _with_editor(home: Path, script: str) -> str:
    editor = home / "my editor"
    editor.write_text(script)
    editor.chmod(0o700)
    (home / "config").mkdir()
    (home / "config" / "config.toml").write_text("editor = true\n")
    return f"'{editor}'"


@pytest.mark.parametrize("ends", [SIGKILL, SIGHUP])
def test_what_the_editor_wrote_is_offered_after_the_app_was_ended_beneath_it(
    start: Start, tmp_path: Path, ends: int
) -> None:
    command = _with_editor(tmp_path, _SAVES_AND_STAYS)
    terminal = start(script=APP, BRIEFING_HOME=str(tmp_path), EDITOR=command)
    terminal.wait_for("Bottom line")
    terminal.send("a")
    terminal.wait_for("saved")
    if ends == SIGHUP:
        terminal.hang_up()
    else:
        terminal.signal(ends)
    terminal.wait_end()
    assert not list((tmp_path / "library").glob("notes/*.md"))
    again = start(script=APP, BRIEFING_HOME=str(tmp_path), EDITOR="true")
    again.wait_for("Draft of .*: enter goes on with it")
    again.send("\r")
    again.wait_for("Kept: Note on")
    (note,) = (tmp_path / "library").glob("notes/*.md")
    assert note.read_text("utf-8").endswith("\n\nhalf a thought 外\n")
    assert list((tmp_path / "state" / "drafts").iterdir()) == []


@pytest.mark.parametrize("status", [0, 3])
def test_the_editor_gets_the_terminal_and_the_note_its_text(
    start: Start, tmp_path: Path, status: int
) -> None:
    command = _with_editor(tmp_path, _EDITOR.format(status=status))
    terminal = start(script=APP, BRIEFING_HOME=str(tmp_path), EDITOR=f"{command} -n")
    terminal.wait_for("Bottom line")
    terminal.send("a")
    terminal.wait_for("editor has the terminal: 2")
    terminal.send("from outside $(id) 外\n")
    terminal.wait_for("Kept: Note on" if status == 0 else "Nothing kept: my editor ended with status 3")
    found = list((tmp_path / "library").glob("notes/*.md"))
    assert [path.read_text("utf-8").rsplit("\n\n", 1)[1] for path in found] == (
        ["from outside $(id) 外\n"] if status == 0 else []
    )
    left = list((tmp_path / "state" / "drafts").iterdir())
    if status:
        terminal.send("a")
        terminal.wait_for("Draft of .*: enter goes on with it, a drops it")
    else:
        assert left == []
    terminal.send("q")
    assert terminal.wait_end() == 0
    assert terminal.left_behind() == []
