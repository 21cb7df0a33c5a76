"""What answers for a past day takes long to import: never in the thread that draws."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.conftest import TODAY, copy_home
from tests.tui.screens import past_reader

ROOT = Path(__file__).parents[3]
DAY = "2026-04-20"


@pytest.mark.parametrize("opening", [("@", "rest", *DAY), (":", *"@2", "rest", *DAY[1:])], ids=["@", ":"])
def test_it_is_imported_beside_the_screen_while_the_day_is_typed(
    settled: Path, tmp_path: Path, opening: tuple[str, ...]
) -> None:
    home = tmp_path / "home"
    copy_home(settled, home)
    typed = subprocess.run(
        [sys.executable, past_reader.__file__, str(TODAY), *opening, "enter"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "BRIEFING_HOME": str(home), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    drawing, beside, screen = typed.stdout.split("\n", 2)
    assert f"as of {DAY}" in screen
    assert {"briefings.past.past", "briefings.past.observing"} <= {*beside.split()}
    heavy = ("briefings.past", "briefings.ledger", "sources", "cache")
    assert [name for name in drawing.split() if name.startswith(heavy)] == []
