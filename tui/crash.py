"""What is told and kept when the program itself is at fault.

A report never holds local variables, the name of the home folder, a key, or what looks like one.
"""

from __future__ import annotations

import os
import re
import traceback
from datetime import datetime
from pathlib import Path

from cache.paths import make_private
from sources.secrets import hide
from sources.text import clean, clean_line

_LONGEST_REPORT = 100_000
_LARGEST_FILE = 1_000_000
_SECRETS = (
    (re.compile(r"(?i)([?&][\w.-]*(?:key|token|secret|pass|auth)[\w.-]*=)[^&\s'\"]+"), r"\1***"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), r"\1 ***"),
    (re.compile(r"://[^/\s@'\"]+@"), "://***@"),
)


def record(
    error: BaseException, folder: Path | None, when: datetime | None = None, *, ended: bool = True
) -> str:
    """Append a report on `error` to the day's file in `folder`; the one line to show.

    `ended` says whether the program ends by it, or goes on without what failed.
    Never raises: where nothing can be written, the line says so.
    """
    home = str(Path("~").expanduser())
    moment = when or datetime.now()
    told = f"briefing: {'ended by' if ended else 'went on after'} a fault of its own, {place(error)}."
    if folder is None:
        return f"{told} No report: its folder is unknown."
    path = folder / f"crash-{moment:%Y-%m-%d}.txt"
    try:
        _append(path, f"{moment:%Y-%m-%d %H:%M:%S}\n{report(error, home)}\n")
    except OSError as trouble:
        return clean_line(masked(f"{told} No report: {trouble}", home))
    return clean_line(masked(f"{told} Report: {path}", home))


def report(error: BaseException, home: str) -> str:
    """The traceback of `error` as text that may be shown and sent."""
    text = "".join(traceback.format_exception(error))
    return clean(masked(text, home))[-_LONGEST_REPORT:]


def place(error: BaseException) -> str:
    """The kind of error and where it happened: `ValueError in widgets/document.py:120`."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    return f"{type(error).__name__} in {'/'.join(Path(frames[-1].filename).parts[-2:])}:{frames[-1].lineno}"


def masked(text: str, home: str) -> str:
    """`text` without the home folder's name, the keys of providers, and what looks like a secret."""
    text = hide(text)
    if len(home) > 1:
        text = text.replace(home, "~")
    for pattern, shown in _SECRETS:
        text = pattern.sub(shown, text)
    return text


def _append(path: Path, text: str) -> None:
    make_private(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        os.fchmod(descriptor, 0o600)
        if file.tell() > _LARGEST_FILE:
            file.truncate(0)
        file.write(text)
