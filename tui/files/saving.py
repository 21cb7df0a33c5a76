"""Files that the user asked for: written whole or not at all, and over nothing that is there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, body: bytes, *, replace: bool = False) -> None:
    """Write a new file; with `replace` one that is there is replaced, a link too, rather than followed.

    Raises FileExistsError where something is there already, and OSError where it cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=".briefing-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            os.fchmod(handle, 0o666 & ~_mask())
        if not replace:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))  # ours from here on, or somebody else's
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _mask() -> int:
    """The permissions that the user's shell takes away from new files."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
