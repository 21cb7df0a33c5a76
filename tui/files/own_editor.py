"""The reader's own editor: the app steps aside while a text is changed in it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App


def change(app: App[int], command: Sequence[str], file: Path) -> None:
    """Let a file be changed in the editor, which gets it as its one further argument, after no shell. Raises
    OSError where there is no such editor, or where it fails."""
    from textual.app import SuspendNotSupported

    try:
        with app.suspend():
            status = subprocess.run([*command, str(file)], check=False).returncode
    except SuspendNotSupported as error:
        raise OSError("this terminal cannot be lent to an editor") from error
    if status:
        raise OSError(f"{Path(command[0]).name} ended with status {status}")
