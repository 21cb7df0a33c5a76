"""A note written in the reader's own editor: the app steps aside and comes back."""

from __future__ import annotations

from pathlib import Path

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


@pytest.mark.parametrize("status", [0, 3])
def test_the_editor_gets_the_terminal_and_the_note_its_text(
    start: Start, tmp_path: Path, status: int
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text(_EDITOR.format(status=status))
    editor.chmod(0o700)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text("editor = true\n")
    terminal = start(script=APP, BRIEFING_HOME=str(tmp_path), EDITOR=f"'{editor}' -n")
    terminal.wait_for("Bottom line")
    terminal.send("a")
    terminal.wait_for("editor has the terminal: 2")
    terminal.send("from outside $(id) 外\n")
    terminal.wait_for("Kept: Note on" if status == 0 else "Nothing kept: my editor ended with status 3")
    found = list((tmp_path / "library").glob("notes/*.md"))
    assert [path.read_text("utf-8").rsplit("\n\n", 1)[1] for path in found] == (
        ["from outside $(id) 外\n"] if status == 0 else []
    )
    assert not list((tmp_path / "state").glob("note-*"))
    terminal.send("q")
    assert terminal.wait_end() == 0
    assert terminal.left_behind() == []
