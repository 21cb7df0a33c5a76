"""Files that a command was asked for, or why they cannot be written."""

from __future__ import annotations

from pathlib import Path

from sources.text import clean_line
from tui.cli.output import OWN_FILES, USAGE, RequestError
from tui.files.saving import write_whole


def save(path: Path, body: str | bytes, *, force: bool = False) -> None:
    """Write a new file; with `force` one that is there is replaced, a link too, rather than followed.

    Raises `RequestError` where something is there already, or where it cannot be written.
    """
    named = clean_line(str(path))
    try:
        write_whole(path, body.encode() if isinstance(body, str) else body, replace=force)
    except FileExistsError:
        raise RequestError("output", f"{named} is there already; --force replaces it", USAGE) from None
    except OSError as error:
        raise RequestError("output", f"{named} cannot be written: {error.strerror}", OWN_FILES) from error
