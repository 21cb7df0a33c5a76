"""The reader's own editor: the app steps aside while a text is changed in it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cache.paths import make_private
from sources import limits
from sources.text import decode

if TYPE_CHECKING:
    from textual.app import App


def written(app: App[int], command: Sequence[str], text: str, folder: Path) -> str:
    """The text as the editor leaves it. It gets a private file in `folder` as its one further argument,
    after no shell. Raises OSError where there is no such editor, or where it fails."""
    from textual.app import SuspendNotSupported

    make_private(folder)
    handle, name = tempfile.mkstemp(prefix="note-", suffix=".md", dir=folder)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{text}\n" if text else "")
        try:
            with app.suspend():
                status = subprocess.run([*command, name], check=False).returncode
        except SuspendNotSupported as error:
            raise OSError("this terminal cannot be lent to an editor") from error
        if status:
            raise OSError(f"{Path(command[0]).name} ended with status {status}")
        with draft.open("rb") as file:
            return decode(file.read(limits.NOTE_BYTES * 2)).text
    finally:
        draft.unlink(missing_ok=True)
