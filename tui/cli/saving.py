"""Files that the user asked for: written whole or not at all, and over nothing that is there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sources.text import clean_line
from tui.cli.output import OWN_FILES, USAGE, RequestError


def save(path: Path, text: str, *, force: bool = False) -> None:
    """Write a new file; with `force` one that is there is replaced, a link too, rather than followed.

    Raises `RequestError` where something is there already, or where it cannot be written.
    """
    named = clean_line(str(path))
    try:
        handle, name = tempfile.mkstemp(prefix=".briefing-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise RequestError("output", f"{named} cannot be written: {error.strerror}", OWN_FILES) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            os.fchmod(handle, 0o666 & ~_mask())
        if not force:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))  # ours from here on, or somebody else's
        temporary.replace(path)
    except FileExistsError:
        raise RequestError("output", f"{named} is there already; --force replaces it", USAGE) from None
    except OSError as error:
        raise RequestError("output", f"{named} cannot be written: {error.strerror}", OWN_FILES) from error
    finally:
        temporary.unlink(missing_ok=True)


def _mask() -> int:
    """The permissions that the user's shell takes away from new files."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
